"""Which expressions may cost more than a line, since what they meet is bounded, and by what.

A row names an expression, or the beginning of its name. A row that is not needed any more fails.
"""

from __future__ import annotations

from typing import NamedTuple


class Bound(NamedTuple):
    """``longest``: characters of the text that is met; ``tidy``: it has been through ``tidy``."""

    longest: int | None
    why: str
    tidy: bool = False


BOUNDS: dict[str, Bound] = {
    "boilerplate.txt": Bound(None, "paragraphs come tidied: one space, no line break", tidy=True),
    "boilerplate.txt, ending": Bound(350, "the end of a paragraph (_ENDING)", tidy=True),
    "boilerplate.txt, signed": Bound(350, "the same", tidy=True),
    "corpus/containers/exports.py:_MACHINERY": Bound(40, "the name of a kind (_LONGEST_KIND)"),
    "analysis/gluing.py:_BEFORE": Bound(24, "is given the last letters before a seam"),
    "corpus/text/datelines.py:": Bound(100, "only the head of a paragraph is looked at (_NEAR)"),
    "corpus/text/names.py:": Bound(500, "titles and by-lines, no longer (_LONGEST)", tidy=True),
    "corpus/text/plain_text.py:_SIGNED": Bound(120, "a signature (_LONGEST_SIGNATURE)"),
    "corpus/text/plain_text.py:split(": Bound(80, "a line of names (_LONGEST_NAME)"),
    "corpus/html/shown_date.py:_DAY_BEFORE": Bound(12, "looks at the 12 characters before a date"),
}

# Patterns in tables, which are not called by their name: how each is met.
USES: dict[str, tuple[str, ...]] = {
    "analysis/affixes.py:SHAPES[1]": ("fullmatch",),
    "analysis/affixes.py:SHAPES[2]": ("search",),
    "corpus/addresses.py:_CARRIERS": ("match",),
    "corpus/html/saved.py:_FORMS": ("search",),
    "corpus/text/plain_text.py:_MARKDOWN": ("search",),
    "corpus/addresses.py:_WITHOUT_SCHEME": ("fullmatch",),
    "corpus/text/datelines.py:_OTHERS": ("match",),
    "corpus/text/dates.py:_SHAPES": ("search",),
}

# Patterns made as the program runs, ``file: call``, and why they are harmless.
MADE: dict[str, str] = {
    "server/page/messages.py: re.compile('(.*?)'": "our own messages, of few gaps, "
    "which parts of one query fill",
    "corpus/html/page.py: re.sub(": "a name of letters and digits between two brackets",
    "corpus/text/datelines.py: re.compile(_OPENING": "like _OTHERS, met by the same text",
    "corpus/text/datelines.py: re.search(": "one place's name, escaped",
    "corpus/text/cleaning.py: re.search(": "the same",
    "engines/whoosh_matching.py: re.compile(translate(": "wildcards, met by single terms",
    "searching/results/highlighting.py: re.compile(translate(": "the same",
}


def bound_of(name: str, /) -> tuple[str, Bound] | None:
    """Return the row that holds for an expression, the narrowest if there are several."""
    fitting = [row for row in BOUNDS.items() if name.startswith(row[0])]
    return max(fitting, key=lambda row: len(row[0]), default=None)
