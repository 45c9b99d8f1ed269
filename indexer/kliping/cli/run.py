"""``kliping run``: what the index finds for many topics, as a TREC run."""

from __future__ import annotations

import click

from kliping.cli.options import topic_limit, topic_match
from kliping.evaluation import read_topics
from kliping.evaluation import run as run_topics
from kliping.index import open_index
from kliping.query import Asked


@click.command()
@click.argument("topics", type=click.Path())
@topic_limit
@click.option("--tag", default="kliping", show_default=True, help="The name of the run.")
@topic_match
@click.pass_obj
def run(path: str, /, topics: str, limit: int, tag: str, match: Asked) -> None:
    """Search every topic (a line "id TAB query"), and print a TREC run."""
    name = "_".join(tag.split()) or "kliping"  # a run's fields are parted by spaces
    with open_index(path) as index:
        for topic, hits in run_topics(index, read_topics(topics), limit=limit, match=match):
            for rank, (score, article_id) in enumerate(hits, 1):
                click.echo(f"{topic} Q0 {article_id} {rank} {score:.6f} {name}")
