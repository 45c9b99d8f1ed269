"""Options that several commands take."""

from __future__ import annotations

import click

topic_match = click.option(
    "--match",
    type=click.Choice(["auto", "all", "any"]),
    default="any",
    show_default=True,
    help="Whether an article needs all words or any; auto: all first, then most.",
)
topic_limit = click.option(
    "--limit", "-n", default=100, show_default=True, help="How many hits a topic."
)
hit_limit = click.option(
    "--limit", "-n", default=10, show_default=True, help="How many hits to show."
)

timeout_option = click.option(
    "--timeout",
    type=click.IntRange(1, 86_400),
    default=60,
    show_default=True,
    help="Seconds that a file may take to give its next article, before it is left out.",
)
