"""Take out of an article's paragraphs what is not the article.

The rules are the rows of ``boilerplate``; this is what applies them. Most paragraphs hold no
anchor of any rule and are not looked at twice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import NamedTuple

from kliping.corpus.text.anchors import Row, active, rows
from kliping.corpus.text.datelines import find_dateline, strip_remains
from kliping.corpus.text.dates import parse_date
from kliping.corpus.text.names import clean_title, is_person, person_names

# What an article's text may tell of it, where nothing else does.
FROM_TEXT = ("authors", "published", "source", "tags", "caption")
_LITTLE = 400  # characters: a lead picture has no more of the text before it
_ENDING, _CODE = 350, 80  # characters: no ending is longer, and no reporter's code

__all__ = ["FROM_TEXT", "Cleaned", "clean", "clean_title", "person_names"]


class Cleaned(NamedTuple):
    """What is left of the paragraphs, and what the removed ones said.

    ``dropped`` holds (name of the rule, text) for all that was removed.
    """

    paragraphs: tuple[str, ...]
    authors: tuple[str, ...] = ()
    source: str | None = None
    place: str | None = None
    tags: tuple[str, ...] = ()
    captions: tuple[str, ...] = ()
    dropped: tuple[tuple[str, str], ...] = ()
    published: datetime | None = None
    caption: str | None = None
    """The lead picture's: the text has but one, and little stands before it."""


@dataclass(slots=True)
class _Draft:
    """The paragraphs while the rules pass over them."""

    paragraphs: list[str]
    anchored: dict[Row, set[str]] = field(default_factory=dict)
    authors: list[str] = field(default_factory=list)
    source: str | None = None
    place: str | None = None
    tags: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    lead: str | None = None
    dropped: list[tuple[str, str]] = field(default_factory=list)
    published: datetime | None = None

    def candidates(self, row: Row) -> Iterator[tuple[int, str]]:
        """Yield the paragraphs that hold a row's anchor, the last first: they may be taken out."""
        anchored = self.anchored[row]
        for at in range(len(self.paragraphs) - 1, -1, -1):
            if (text := self.paragraphs[at]) in anchored:
                yield at, text


def clean(
    paragraphs: Sequence[str], /, *, title: str | None = None, source: str | None = None
) -> Cleaned:
    """Return the paragraphs without boilerplate, and what it said of authors, source and tags.

    ``title`` and ``source`` are the article's, if they are known: a paragraph that repeats the
    title goes, and so does a dateline that names the source.

    >>> cleaned = clean(["WENING, KOMPAS.com - Hujan turun.", "Baca juga: Banjir Surut"])
    >>> cleaned.paragraphs, cleaned.source, cleaned.dropped[0]
    (('Hujan turun.',), 'KOMPAS.com', ('baca juga: a line', 'Baca juga: Banjir Surut'))
    """
    draft = _Draft(
        [
            text
            for text in paragraphs
            if (text[:1].isalnum() and len(text) > _COUNTER_LENGTH) or _says_something(text)
        ]
    )
    draft.anchored = active(draft.paragraphs)
    for row in draft.anchored:
        _APPLY[row.rule.action](row, draft)
    if title:
        _drop_repeated_title(draft, title)
    _take_dateline(draft, source)
    if source and len(draft.paragraphs) > 1 and _is_alike(draft.paragraphs[-1], source):
        draft.dropped.append(("source alone", draft.paragraphs.pop()))
    _take_codes(draft)
    _take_signature(draft)
    return Cleaned(
        tuple(draft.paragraphs),
        tuple(dict.fromkeys(draft.authors)),
        draft.source,
        draft.place,
        tuple(dict.fromkeys(draft.tags)),
        tuple(draft.captions),
        tuple(draft.dropped),
        draft.published,
        draft.lead if len(draft.captions) == 1 else None,
    )


def _drop(row: Row, draft: _Draft) -> None:
    for at, text in draft.candidates(row):
        if row.pattern.fullmatch(text):
            _take(draft, at, row)


def _headlines(row: Row, draft: _Draft) -> None:
    for at, text in draft.candidates(row):
        if row.pattern.fullmatch(text):
            _take(draft, at, row)
            _take_headlines(draft, at, row)


def _slogans(row: Row, draft: _Draft) -> None:
    for at, text in draft.candidates(row):
        if row.pattern.fullmatch(text):
            _take(draft, at, row)
            while at < len(draft.paragraphs) and _is_slogan(draft.paragraphs[at]):
                _take(draft, at, row)


def _cut(row: Row, draft: _Draft) -> None:
    for at, text in draft.candidates(row):
        if not row.pattern.fullmatch(text):
            continue
        _take(draft, at, row)
        if at and _is_tail(draft.paragraphs[at:]):
            while len(draft.paragraphs) > at:
                _take(draft, at, row)
        elif row.rule.action == "cut":
            _take_headlines(draft, at, row)


def _inside(row: Row, draft: _Draft) -> None:
    for at, text in draft.candidates(row):
        rest, end = "", 0
        for found in row.pattern.finditer(text):
            draft.dropped.append((row.rule.name, found[0].strip()))
            rest, end = rest + text[end : found.start()], found.end()
        if end:
            _replace(draft, at, rest + text[end:])


def _author(row: Row, draft: _Draft) -> None:
    for at, text in draft.candidates(row):
        found = row.pattern.fullmatch(text)
        if found and (names := _people(found["names"])):
            draft.authors[:0] = names
            _take(draft, at, row)


def _tags(row: Row, draft: _Draft) -> None:
    for at, text in draft.candidates(row):
        if found := row.pattern.fullmatch(text):
            tags = (tag.strip(" #.") for tag in re.split(r"[,;|]|\s(?=#)", found["tags"]))
            draft.tags += [tag for tag in tags if tag]
            _take(draft, at, row)


def _caption(row: Row, draft: _Draft) -> None:
    anchored = list(draft.candidates(row))
    if len(anchored) * 2 > len(draft.paragraphs):  # a picture story: its captions are its text
        return
    for at, text in anchored:
        if row.pattern.fullmatch(text):
            draft.captions.insert(0, text)
            before = sum(map(len, draft.paragraphs[:at]))
            draft.lead = text if before <= _LITTLE else None
            _take(draft, at, row)


def _ending(row: Row, draft: _Draft, within: int = _ENDING) -> None:
    for at in range(len(draft.paragraphs) - 1, max(-1, len(draft.paragraphs) - 3), -1):
        text = draft.paragraphs[at]
        if found := row.pattern.search(text, max(0, len(text) - within)):
            if row.rule.action == "signed":
                draft.authors += _people(found["names"])
            draft.dropped.append((row.rule.name, found[0].strip()))
            _replace(draft, at, text[: found.start()])


def _take_codes(draft: _Draft) -> None:
    """Take the reporter's code off the last paragraph, whatever the rules have left last."""
    last = draft.paragraphs[-1:]
    last += [text for text in draft.paragraphs[-2:-1] if text[0] in "(["]
    if any(text.rstrip(" ,.*")[-1:] in {")", "]"} for text in last):
        for row in _code_rows():
            _ending(row, draft, _CODE)


@cache
def _code_rows() -> tuple[Row, ...]:
    return tuple(row for row in rows() if "]" in row.rule.anchors)


def _take_signature(draft: _Draft) -> None:
    """Take the name in capitals that stands alone below an article: its author's."""
    last = draft.paragraphs[-1] if len(draft.paragraphs) > 1 else ""
    names = _people(last.replace(" | ", ", ")) if _SIGNATURE.fullmatch(last) else []
    if names and all(map(is_person, names)):
        draft.authors += names
        draft.dropped.append(("signature", draft.paragraphs.pop()))


_SIGNATURE = re.compile(r"(?:[A-Z][A-Z.'’]+(?: [A-Z][A-Z.'’]*){1,3}(?:, | DAN | \| |\Z)){1,3}")
_APPLY: Mapping[str, Callable[[Row, _Draft], None]] = {
    "drop": _drop,
    "headlines": _headlines,
    "slogans": _slogans,
    "cut": _cut,
    "end": _cut,
    "inside": _inside,
    "author": _author,
    "tags": _tags,
    "caption": _caption,
    "ending": _ending,
    "signed": _ending,
}


def _take(draft: _Draft, at: int, row: Row) -> None:
    draft.dropped.append((row.rule.name, draft.paragraphs.pop(at)))


def _replace(draft: _Draft, at: int, text: str) -> None:
    text = " ".join(text.split(" ")).strip()
    if _says_something(text):
        draft.paragraphs[at] = text
        for row in draft.anchored.keys() & active([text]):
            draft.anchored[row].add(text)
    else:
        del draft.paragraphs[at]


def _take_headlines(draft: _Draft, at: int, row: Row) -> None:
    """Take the headlines at a place: the links under *Baca juga*, five at most."""
    for _ in range(5):
        if at < len(draft.paragraphs) and _is_headline(draft.paragraphs[at]):
            _take(draft, at, row)


def _is_headline(text: str) -> bool:
    """Say whether a paragraph reads as a headline, not as a sentence or a short subheading."""
    if _LISTED.match(text):
        return len(text) < 200
    words = text.split()
    capitals = sum(word[0].isupper() or not word[0].isalpha() for word in words)
    return 4 < len(words) < 25 and text[-1] not in '.,:;"”' and capitals * 10 >= len(words) * 6


def _is_slogan(text: str) -> bool:
    """Say whether a paragraph is a sentence in capitals, as campaigns write them."""
    words = text.split()
    capitals = sum(word[0].isupper() for word in words)
    return len(words) < 20 and text[-1] in ".!" and capitals * 20 >= len(words) * 17


def _is_tail(paragraphs: list[str]) -> bool:
    """Say whether paragraphs are what follows an article: headlines, hardly a sentence."""
    sentences = sum(len(text) > 80 and text[-1] in '."”' for text in paragraphs)
    return sentences * 3 <= len(paragraphs)


_DATELINE_ALONE = re.compile(r"[A-Z][^.!?\n]{1,60}\s[-–—]{1,2}")
_LONGEST_DATE = 60
_PLACED = re.compile(r"([A-Z]\w+(?: [A-Z]\w+){0,2}), ([A-Z][\w.]+(?: [A-Z][\w.]+){1,3})")
_COUNTER_LENGTH = 7
_COUNTER = re.compile(r"\d{1,3} ?/ ?\d{1,3}")
_LISTED = re.compile(r"(?:[-•*▪»>]|\d{1,2}[.)])\s")


def _people(text: str) -> list[str]:
    """Return the names in a by-line, none if it reads otherwise."""
    names = person_names(text)
    return list(names) if all(len(name.split()) < 6 and name[0].isalpha() for name in names) else []


def _says_something(text: str) -> bool:
    """Say whether a paragraph has a word, and more than the number of a picture as "2/7"."""
    return len(text) > 60 or (any(map(str.isalnum, text)) and not _COUNTER.fullmatch(text))


def _is_alike(text: str, name: str) -> bool:
    """Say whether a text is a name, but for signs and capitals."""
    letters = [filter(str.isalnum, each.casefold()) for each in (text, name)]
    return len(text) < 2 * len(name) and [*letters[0]] == [*letters[1]]


def _take_dateline(draft: _Draft, source: str | None) -> None:
    """Take the dateline off the first paragraph, or off one soon after if it names a source."""
    if len(draft.paragraphs) > 1 and _DATELINE_ALONE.fullmatch(draft.paragraphs[0]):
        draft.paragraphs[:2] = [" ".join(draft.paragraphs[:2])]
    _take_place_alone(draft)
    if draft.paragraphs:
        draft.paragraphs[0] = strip_remains(draft.paragraphs[0]) or draft.paragraphs[0]
    context = tuple(draft.paragraphs)  # a title says nothing: any of its words has a capital
    for at, text in enumerate(draft.paragraphs[:3]):
        found = find_dateline(text, source=source, context=context)
        if found and (found.source or at == 0):
            draft.source, draft.place = found.source, found.place
            draft.published = found.published
            draft.dropped.append(("dateline", found.text))
            _replace(draft, at, found.rest)
            return


def _take_place_alone(draft: _Draft) -> None:
    """Take "Wening, Warta Arunika" off the top: a place that the text names, and a source."""
    found = _PLACED.fullmatch(draft.paragraphs[0]) if len(draft.paragraphs) > 1 else None
    if found and re.search(rf"[a-z] {re.escape(found[1])}\b", "\n".join(draft.paragraphs[1:])):
        draft.place, draft.source = found[1], found[2]
        draft.dropped.append(("dateline", draft.paragraphs.pop(0)))


def _drop_repeated_title(draft: _Draft, title: str) -> None:
    first = draft.paragraphs[0] if draft.paragraphs else ""
    # No letter becomes more than three when its case is folded, which takes a while.
    if len(first) > 3 * len(title) + _LONGEST_DATE:
        return
    if not first.casefold().endswith(title.casefold()):
        return
    before = first[: -len(title)].strip()
    if not before or (len(before) < _LONGEST_DATE and parse_date(before)):
        draft.dropped.append(("title repeated", draft.paragraphs.pop(0)))
