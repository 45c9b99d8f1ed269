"""``kliping stem``: the stems of words."""

from __future__ import annotations

import sys
from collections.abc import Iterable

import click

from kliping.analysis import analyser
from kliping.cli.words import WordsCommand


@click.command(cls=WordsCommand)
@click.argument("words", nargs=-1, metavar="[WORD]...")
def stem(words: tuple[str, ...]) -> None:
    """Print each word form and its stem, a tab between them; read standard input without words."""
    find = analyser().stemmer.stem
    lines: Iterable[str] = words or sys.stdin or ()
    forms = (word for line in lines for word in line.split())
    for batch in _batches(forms):
        click.echo("\n".join(f"{form}\t{find(form)}" for form in batch))


def _batches(forms: Iterable[str], size: int = 5_000) -> Iterable[list[str]]:
    batch: list[str] = []
    for form in forms:
        batch.append(form)
        if len(batch) == size:
            yield batch
            batch = []
    if batch:
        yield batch
