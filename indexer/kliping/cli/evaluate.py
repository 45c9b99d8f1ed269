"""``kliping evaluate``: how good is the ranking?"""

from __future__ import annotations

import click

from kliping.cli.options import topic_limit, topic_match
from kliping.cli.output import echo_json
from kliping.evaluation import evaluate as measure
from kliping.evaluation import read_qrels, read_topics
from kliping.index import open_index
from kliping.query import Asked


@click.command()
@click.argument("topics", type=click.Path())
@click.argument("qrels", type=click.Path())
@topic_limit
@topic_match
@click.option("--json", "as_json", is_flag=True, help="Print the measures as JSON.")
@click.pass_obj
def evaluate(
    path: str, /, topics: str, qrels: str, limit: int, match: Asked, as_json: bool
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
