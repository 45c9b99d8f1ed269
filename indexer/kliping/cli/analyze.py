"""``kliping analyze``: what the analyser makes of a text."""

from __future__ import annotations

from collections.abc import Iterable

import click

from kliping.analysis import analyser, tokens
from kliping.analysis.synonyms import synonyms
from kliping.cli.output import clean, echo_json, width
from kliping.cli.words import WordsCommand


@click.command(cls=WordsCommand)
@click.argument("text", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print the tokens as JSON.")
def analyze(text: tuple[str, ...], as_json: bool) -> None:
    """Print the tokens of TEXT: where each stands, its words and stems, the rules applied, and what
    else a search for it finds.
    """
    rows = [
        {
            "start": token.start,
            "stop": token.stop,
            "surface": token.surface,
            "words": token.words,
            "stems": analyser().stems(token.surface),
            "rules": [
                step for word in token.words for step in analyser().stemmer.explain(word).steps
            ],
            "means": [same.text for same in synonyms().of(token.surface, token.words)],
        }
        for token in tokens(" ".join(text))
    ]
    if as_json:
        echo_json(rows)
    else:
        header = ("start", "stop", "surface", "words", "stems", "rules", "means")
        _table([header, *([_cell(row[name]) for name in header] for row in rows)])


def _cell(value: object) -> str:
    return ", ".join(map(str, value)) if isinstance(value, list | tuple) else clean(str(value))


def _table(rows: list[Iterable[str]]) -> None:
    cells = [list(row) for row in rows]
    widths = [max(width(cell) for cell in column) for column in zip(*cells, strict=True)]
    for row in cells:
        padded = (c + " " * (w - width(c)) for c, w in zip(row, widths, strict=True))
        click.echo("  ".join(padded).rstrip())
