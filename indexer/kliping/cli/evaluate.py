"""``kliping run`` and ``kliping evaluate``: how good is the ranking?"""

from __future__ import annotations

import click

from kliping.cli.output import echo_json
from kliping.evaluation import evaluate as measure
from kliping.evaluation import read_qrels, read_topics
from kliping.evaluation import run as run_topics
from kliping.index import open_index
from kliping.query import Match

_match = click.option(
    "--match",
    type=click.Choice(["all", "any"]),
    default="any",
    show_default=True,
    help="Whether an article needs all words or any.",
)
_limit = click.option("--limit", default=100, show_default=True, help="How many hits a topic.")


@click.command()
@click.argument("topics", type=click.Path())
@_limit
@click.option("--tag", default="kliping", show_default=True, help="The name of the run.")
@_match
@click.pass_obj
def run(path: str, /, topics: str, limit: int, tag: str, match: Match) -> None:
    """Search every topic (a line "id TAB query"), and print a TREC run."""
    name = "_".join(tag.split()) or "kliping"  # a run's fields are parted by spaces
    with open_index(path) as index:
        for topic, hits in run_topics(index, read_topics(topics), limit=limit, match=match):
            for rank, (score, article_id) in enumerate(hits, 1):
                click.echo(f"{topic} Q0 {article_id} {rank} {score:.6f} {name}")


@click.command()
@click.argument("topics", type=click.Path())
@click.argument("qrels", type=click.Path())
@_limit
@_match
@click.option("--json", "as_json", is_flag=True, help="Print the measures as JSON.")
@click.pass_obj
def evaluate(
    path: str, /, topics: str, qrels: str, limit: int, match: Match, as_json: bool
) -> None:
    """Search every topic and judge the run by QRELS (lines "topic 0 id grade")."""
    with open_index(path) as index:
        judged = read_qrels(qrels)
        measures = measure(index, read_topics(topics), judged, limit=limit, match=match)
    if as_json:
        echo_json(measures)
    else:
        for name, value in measures.items():
            click.echo(f"{name:<12} {value:.4f}")
