"""Take out of an article's paragraphs what is not the article.

The rules are the rows of ``boilerplate``; this is what applies them. Most paragraphs hold no
anchor of any rule and are not looked at twice.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from kliping.corpus.boilerplate import Rule, rules
from kliping.corpus.datelines import find_dateline, strip_remains
from kliping.corpus.names import clean_title, person_names

__all__ = ["Cleaned", "clean", "clean_title", "person_names"]


@dataclass(frozen=True, slots=True)
class Cleaned:
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


@dataclass(slots=True)
class _Draft:
    """The paragraphs while the rules pass over them."""

    paragraphs: list[str]
    authors: list[str] = field(default_factory=list)
    source: str | None = None
    place: str | None = None
    tags: list[str] = field(default_factory=list)
    captions: list[str] = field(default_factory=list)
    dropped: list[tuple[str, str]] = field(default_factory=list)


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
    draft = _Draft([text for text in paragraphs if text[:1].isalnum() or _says_something(text)])
    for row in _active("^" + "^".join(draft.paragraphs)):
        _APPLY[row.rule.action](row, draft)
    _take_dateline(draft, title, source)
    _take_codes(draft)
    if title:
        _drop_repeated_title(draft, title)
    return Cleaned(
        tuple(draft.paragraphs),
        tuple(dict.fromkeys(draft.authors)),
        draft.source,
        draft.place,
        tuple(dict.fromkeys(draft.tags)),
        tuple(draft.captions),
        tuple(draft.dropped),
    )


@dataclass(frozen=True, slots=True)
class _Row:
    """A rule made ready: its place in the table, its pattern compiled when first needed."""

    place: int
    rule: Rule

    @property
    def pattern(self) -> re.Pattern[str]:
        return _compiled(self.rule.pattern)

    def paragraphs(self, draft: _Draft) -> Iterator[tuple[int, str]]:
        """Yield the paragraphs that hold an anchor, the last first: they may be taken out."""
        for at in range(len(draft.paragraphs) - 1, -1, -1):
            low = "^" + draft.paragraphs[at].lower()
            for anchor in self.rule.anchors:
                if anchor in low:
                    yield at, draft.paragraphs[at]
                    break


_compiled = cache(re.compile)
# Lower-cases ASCII letters and blanks what is neither letter nor digit.
_PLAIN = bytes(
    ord(chr(byte).lower()) if chr(byte).isalnum() and byte < 128 else 32 if byte < 128 else byte
    for byte in range(256)
)
# Too common to look a rule up by.
_COMMON = frozenset(
    {"untuk", "oleh", "juga", "yang", "ini", "lainnya", "pertama", "sebelumnya", "mungkin", "jadi"}
)


@cache
def _rows() -> tuple[_Row, ...]:
    return tuple(_Row(place, rule) for place, rule in enumerate(rules()))


@cache
def _index() -> tuple[dict[bytes, list[tuple[str, _Row]]], frozenset[bytes]]:
    """Return the rows by the longest word of each of their anchors, and those words."""
    index: dict[bytes, list[tuple[str, _Row]]] = {}
    for row in _rows():
        for anchor in row.rule.anchors:
            words = re.findall(r"[a-z0-9]+", anchor) or [""]
            word = max(words, key=lambda word: (word not in _COMMON, len(word)))
            index.setdefault(word.encode(), []).append((anchor, row))
    return index, frozenset(index) - {b""}  # under no word: "^#", which must be looked for


def _active(text: str) -> list[_Row]:
    """Return the rows that have an anchor in a text, in the order of the table.

    Finding the words first costs 20 µs for 2 kB; looking for each anchor would cost 100.
    """
    index, anchors = _index()
    low = text.lower()
    words = text.encode("utf-8", "replace").translate(_PLAIN).split()
    found = {
        row.place: row
        for word in (b"", *anchors.intersection(words))
        for anchor, row in index[word]
        if anchor in low
    }
    return [found[place] for place in sorted(found)] if found else []


def _drop(row: _Row, draft: _Draft) -> None:
    for at, text in row.paragraphs(draft):
        if row.pattern.fullmatch(text):
            _take(draft, at, row)


def _headlines(row: _Row, draft: _Draft) -> None:
    for at, text in row.paragraphs(draft):
        if row.pattern.fullmatch(text):
            _take(draft, at, row)
            _take_headlines(draft, at, row)


def _cut(row: _Row, draft: _Draft) -> None:
    for at, text in row.paragraphs(draft):
        if not row.pattern.fullmatch(text):
            continue
        _take(draft, at, row)
        if at and _is_tail(draft.paragraphs[at:]):
            while len(draft.paragraphs) > at:
                _take(draft, at, row)
        else:
            _take_headlines(draft, at, row)


def _inside(row: _Row, draft: _Draft) -> None:
    for at, text in row.paragraphs(draft):
        if found := row.pattern.findall(text):
            draft.dropped += [(row.rule.name, piece.strip()) for piece in found]
            _replace(draft, at, row.pattern.sub("", text))


def _author(row: _Row, draft: _Draft) -> None:
    for at, text in row.paragraphs(draft):
        found = row.pattern.fullmatch(text)
        if found and (names := _people(found["names"])):
            draft.authors[:0] = names
            _take(draft, at, row)


def _tags(row: _Row, draft: _Draft) -> None:
    for at, text in row.paragraphs(draft):
        if found := row.pattern.fullmatch(text):
            tags = (tag.strip(" #.") for tag in re.split(r"[,;|]|\s(?=#)", found["tags"]))
            draft.tags += [tag for tag in tags if tag]
            _take(draft, at, row)


def _caption(row: _Row, draft: _Draft) -> None:
    matches = [(at, text) for at, text in row.paragraphs(draft) if row.pattern.fullmatch(text)]
    if len(matches) * 2 > len(draft.paragraphs):  # a picture story: its captions are its text
        return
    for at, text in matches:
        draft.captions.insert(0, text)
        _take(draft, at, row)


def _ending(row: _Row, draft: _Draft) -> None:
    for at in range(len(draft.paragraphs) - 1, max(-1, len(draft.paragraphs) - 3), -1):
        text = draft.paragraphs[at]
        if found := row.pattern.search(text, max(0, len(text) - _ENDING)):
            if row.rule.action == "signed":
                draft.authors += _people(found["names"])
            draft.dropped.append((row.rule.name, found[0].strip()))
            _replace(draft, at, text[: found.start()])


def _take_codes(draft: _Draft) -> None:
    """Take the reporter's code off the last paragraph, whatever the rules have left last."""
    if draft.paragraphs and draft.paragraphs[-1].rstrip(" ,.*")[-1:] in {")", "]"}:
        for row in _rows():
            if "]" in row.rule.anchors:
                _ending(row, draft)


_ENDING = 350  # characters: no ending is longer
_APPLY: Mapping[str, Callable[[_Row, _Draft], None]] = {
    "drop": _drop,
    "headlines": _headlines,
    "cut": _cut,
    "inside": _inside,
    "author": _author,
    "tags": _tags,
    "caption": _caption,
    "ending": _ending,
    "signed": _ending,
}


def _take(draft: _Draft, at: int, row: _Row) -> None:
    draft.dropped.append((row.rule.name, draft.paragraphs.pop(at)))


def _replace(draft: _Draft, at: int, text: str) -> None:
    text = " ".join(text.split(" ")).strip()
    if _says_something(text):
        draft.paragraphs[at] = text
    else:
        del draft.paragraphs[at]


def _take_headlines(draft: _Draft, at: int, row: _Row) -> None:
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


def _is_tail(paragraphs: list[str]) -> bool:
    """Say whether paragraphs are what follows an article: headlines, hardly a sentence."""
    sentences = sum(len(text) > 80 and text[-1] in '."”' for text in paragraphs)
    return sentences * 3 <= len(paragraphs)


_LISTED = re.compile(r"(?:[-•*▪»>]|\d{1,2}[.)])\s")


def _people(text: str) -> list[str]:
    """Return the names in a by-line, none if it reads otherwise."""
    names = person_names(text)
    return list(names) if all(len(name.split()) < 6 and name[0].isalpha() for name in names) else []


def _says_something(text: str) -> bool:
    return len(text) > 60 or any(map(str.isalnum, text))


def _take_dateline(draft: _Draft, title: str | None, source: str | None) -> None:
    """Take the dateline off the first paragraph, or off one soon after if it names a source."""
    if draft.paragraphs:
        draft.paragraphs[0] = strip_remains(draft.paragraphs[0]) or draft.paragraphs[0]
    context = (title or "", *draft.paragraphs)
    for at, text in enumerate(draft.paragraphs[:3]):
        found = find_dateline(text, source=source, context=context)
        if found and (found.source or at == 0):
            draft.source, draft.place = found.source, found.place
            draft.dropped.append(("dateline", found.text))
            _replace(draft, at, found.rest)
            return


def _drop_repeated_title(draft: _Draft, title: str) -> None:
    if draft.paragraphs and draft.paragraphs[0].casefold() == title.casefold():
        draft.dropped.append(("title repeated", draft.paragraphs.pop(0)))
