"""Several articles in one text: "Where does the next one begin?".

People paste articles one below the other. What tells them apart is that their heads are alike:
each has its date, its address, a field by its name or a number that counts up, at the same distance
from its first line. A rule of ``=====`` counts where a headline and a text follow each.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby, pairwise

from kliping.corpus.records.naming import known_fields
from kliping.corpus.text.head_lines import body_of, head_line

# Lines into the text, blank ones aside, in which the first article shows what its head is like.
_HEAD = 5
_PREAMBLE = 2  # lines that may stand above them all: "Kliping Juli 2022"
_TEXT = 40  # characters: a shorter line is no paragraph
_LONGEST_TITLE = 200
_RULE = re.compile(r"([=\-_*#~+•.])(?:\s?\1){4,}")
_COUNTED = re.compile(
    r"(?=.{1,80}$)\W*(?:[^\W\d]+\W+){0,2}(?:ke\W)?(?!(?:19|20)\d\d\b)(\d{1,5})"
    r"(?:\W+(?:of|dari|/)\W*\d+)?(?:\s+[A-Z]{4,})?\W*"
)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that is not blank. ``fresh``: after a blank line, a rule, or nothing."""

    at: int
    text: str
    kind: str
    fresh: bool


def split_texts(text: str, /) -> list[tuple[int, str]]:
    r"""Return the articles of a text, each with the line that it begins on; it may be the only one.

    >>> one = "19/07/2022\nPasar\nPasar dibuka lagi setelah dua bulan diperbaiki.\n"
    >>> split_texts(f"{one}\n{one}") == [(1, f"{one}"), (5, one)]
    True
    """
    raw = text.split("\n")
    lines = list(_lines(raw))
    starts = max(
        (
            _starts(lines[skip:], kind, depth)
            for skip in range(_PREAMBLE + 1)
            for depth, kind in enumerate(_kinds(lines[skip:]))
        ),
        key=len,
        default=[],
    )
    if len(starts) < 2:
        starts = _ruled(lines, raw)
    if len(starts) < 2:
        return [(1, text)]
    if all(line.kind for line in lines if line.at < starts[0]):  # the first says more of itself
        starts[0] = lines[0].at
    ends = [*starts[1:], len(raw)]
    found = []
    for start, end in zip(starts, ends, strict=True):
        first = start + (_COUNTED.fullmatch(raw[start].strip()) is not None)  # a number is no text
        found.append((first + 1, "\n".join(raw[first:end])))
    return found


def preamble(text: str, line: int, /) -> str:
    """Return what stands before the first article, which begins on this line."""
    lines = map(str.strip, text.split("\n")[: line - 1])
    return " / ".join(x for x in lines if any(map(str.isalnum, x)) and not _COUNTED.fullmatch(x))


def _lines(raw: Sequence[str]) -> Iterator[_Line]:
    fresh = True
    for at, line in enumerate(raw):
        plain = line.strip().lstrip("\ufeff")
        if not plain or _RULE.fullmatch(plain):
            fresh = True
            continue
        yield _Line(at, plain, _kind(plain), fresh)
        fresh = False


def _kind(line: str) -> str:
    """Return what sort of head line this is: "date", "url", "=title", "#artikel"; else nothing."""
    if len(line) > 300:
        return ""
    if found := head_line(line):
        named = known_fields([found.field])
        return found.field if found.value == line else "=" + "".join(sorted(named))
    if counted := _COUNTED.fullmatch(line):
        return "#" + "".join(filter(str.isalpha, line[: counted.start(1)].casefold()))
    return ""


def _kinds(lines: Sequence[_Line]) -> list[str]:
    return [line.kind for line in lines[:_HEAD]]


def _starts(lines: Sequence[_Line], kind: str, depth: int) -> list[int]:
    """Return where articles begin whose line at this depth is of this kind, as in the first."""
    if not kind:
        return []
    above = [line.kind for line in lines[:depth]]
    if any(not one and not _is_title(lines[at].text) for at, one in enumerate(above)):
        return []
    places = [
        at - depth
        for at, line in enumerate(lines)
        if line.kind == kind and _is_alike(lines, at - depth, above)
    ]
    if kind.startswith("#"):
        places = _counting(lines, places, depth)
    airy = any(lines[at].fresh for at in places[1:])
    heads = [at for at in places if lines[at].fresh or not airy]
    ends = [*heads[1:], len(lines)]
    starts = [
        start
        for start, end in zip(heads, ends, strict=False)  # no heads have no ends
        if _is_article(lines[start:end], kind)
    ]
    return [lines[start].at for start in starts] if starts[:1] == [0] else []


def _is_alike(lines: Sequence[_Line], start: int, above: Sequence[str]) -> bool:
    """Say whether the lines from here are of the kinds that stand above the first such line."""
    if not above:
        return True
    here = lines[start : start + len(above)]
    return start >= 0 and all(
        line.kind == kind and (kind or _is_title(line.text))
        for line, kind in zip(here, above, strict=False)
    )


def _counting(lines: Sequence[_Line], places: list[int], depth: int) -> list[int]:
    """Return the places, if the numbers there count up by one; else none."""
    found = (_COUNTED.fullmatch(lines[at + depth].text) for at in places)
    numbers = (int(one[1]) for one in found if one)  # until one does not fit
    return places if all(after == one + 1 for one, after in pairwise(numbers)) else []


def _is_article(lines: Sequence[_Line], kind: str) -> bool:
    """Say whether lines have a text under their head; and a headline, if a date is their mark."""
    texts = [line for line in lines if not line.kind]
    has_text = any(len(line.text) >= _TEXT for line in texts) or any(
        body_of(line.text) is not None for line in lines
    )
    if kind != "date" and not kind.startswith("#"):
        return has_text
    return has_text and len(texts) > 1 and _is_title(texts[0].text)


def _ruled(lines: Sequence[_Line], raw: Sequence[str]) -> list[int]:
    """Return where articles begin that rules part, each with a headline and a text."""
    rules = [at for at, line in enumerate(raw) if _RULE.fullmatch(line.strip())]
    parted = groupby(lines, key=lambda line: bisect(rules, line.at))
    blocks = [list(block) for _, block in parted]
    if all(_is_article(block, "#") for block in blocks):
        return [block[0].at for block in blocks]
    return []


def _is_title(line: str) -> bool:
    return len(line) <= _LONGEST_TITLE and (line[-1] not in ".,:;" or line.endswith("..."))
