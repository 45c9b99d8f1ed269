"""What the engine says of a query, in the reader's language.

The library speaks English. Its notes and refusals are few, and a catalogue has each with its gaps,
under ``messages``; a test provokes them all. What it does not have is shown as it is, as English.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from kliping.server.page.words import Words, words

_PLACED = re.compile(r"column (\d+): (.*)", re.DOTALL)


class Told(NamedTuple):
    """A message, and the language that it is in."""

    text: str
    lang: str


def told(message: str, said: Words, /) -> Told:
    """Return a message of the library in the reader's language, if the catalogue has it.

    >>> told("only the first 400 words count", words("id"))
    Told(text='hanya 400 kata pertama yang dibaca', lang='id')
    """
    if placed := _PLACED.fullmatch(message):
        inner = told(placed[2], said)
        return Told(said("at_column", n=int(placed[1]), message=inner.text), inner.lang)
    for pattern, text in _patterns(said.code):
        if found := pattern.fullmatch(message):
            return Told(text.format(*found.groups()), said.code)
    return Told(message, "en")


@cache
def _patterns(code: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Return each entry as what it matches and what is said instead."""
    return tuple(
        (re.compile("(.*?)".join(map(re.escape, english.split("{}"))), re.DOTALL), text)
        for english, text in words(code).messages.items()
    )
