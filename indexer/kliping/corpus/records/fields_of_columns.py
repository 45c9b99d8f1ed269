"""Which column fills which field: as the user says, by its name, else by what stands in it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from kliping.corpus.records.columns import Columns
from kliping.corpus.records.identifiers import are_serial
from kliping.corpus.records.kinds import BESIDE_TITLES, LONG, TEXTS, Kind
from kliping.corpus.records.mapping import Mapped
from kliping.corpus.records.naming import Meaning, meaning

_LONGER = 1.5  # a text so much longer than that of a better name is the whole of it
_FEWEST = 3  # rows by which a column of short titles is known
_LONG_WORD = re.compile(r"[^\W\d_]{4,}")
_LONG = 60  # characters that a text has, at least, beside what is called a title
# What must stand in a column of which a name says but half what it is.
_AGREES: dict[str, frozenset[Kind]] = {
    "title": frozenset({"short texts"}),
    "body": TEXTS,
    "summary": TEXTS,
    "url": frozenset({"addresses"}),
    "authors": frozenset({"names"}),
    "source": frozenset({"names", "words", "addresses"}),
    "section": frozenset({"names", "words"}),
    "tags": frozenset({"names", "words", "short texts"}),
    "image": frozenset({"pictures"}),
}
_PATH = re.compile(r"https?://[^/\s]+/[^\s]*\w", re.IGNORECASE)


@dataclass(slots=True)
class Assigned:
    """The columns of each field, the best first, and how each column was told.

    ``counted`` says that the ids only count something up, ``is_shared`` that the address is not
    an article's own.
    """

    fields: dict[str, list[str]] = field(default_factory=dict)
    how: dict[str, str] = field(default_factory=dict)
    counted: bool = False
    is_shared: bool = False

    def add(self, ours: str, name: str, how: str, /) -> None:
        """Let a column fill a field where those before it have nothing."""
        self.fields.setdefault(ours, []).append(name)
        self.how[name] = how

    def move(self, name: str, ours: str, to: str, /) -> None:
        """Let a column fill another field, by what stands in it."""
        self.fields[ours].remove(name)
        if not self.fields[ours]:
            del self.fields[ours]
        self.add(to, name, "what stands in it")


def assign(columns: Columns, mapping: Sequence[Mapped] = (), *, rows: int = 0) -> Assigned:
    """Return which column fills which field; ``rows`` is how many there are in all, or about."""
    done = Assigned()
    for each in mapping:
        done.add(each.field, each.column, "--map")
    meanings = _meanings(name for name in columns.names if name not in done.how)
    settled = frozenset(done.fields)
    for name, said in meanings:
        if not said.weak and said.field not in settled:
            done.add(said.field, name, "its name")
    _part_clocks(done, columns)
    _part_addresses(done, columns, dict(meanings))
    _prefer_whole_texts(done, columns)
    for name, said in meanings:
        agrees = _AGREES.get(said.field, frozenset())
        if said.weak and said.field not in done.fields and columns.kind(name) in agrees:
            done.add(said.field, name, "its name, and what stands in it")
    _by_content(done, columns, frozenset(dict(meanings)))
    urls = done.fields.get("url", [])
    done.is_shared = bool(urls) and columns.repeats(urls[0])
    _prefer_identifiers(done, columns, max(rows, len(columns.rows)))
    return done


def _meanings(names: Iterable[str]) -> list[tuple[str, Meaning]]:
    """Return the names that say something, the most telling first."""
    found = [(name, each) for name in names if (each := meaning(name))]
    return sorted(found, key=lambda pair: pair[1].rank)


def _part_clocks(done: Assigned, columns: Columns) -> None:
    """Tell what names but a time of day from what names a day; both may be called *waktu*."""
    dates = done.fields.get("published", [])
    if len(dates) > 1 or "clock" in done.fields:
        for name in list(dates):
            if columns.kind(name) == "clocks":
                done.move(name, "published", "clock")


def _part_addresses(done: Assigned, columns: Columns, meanings: dict[str, Meaning]) -> None:
    """Tell the address of an article from that of its site; both may be called *source_url*."""
    for name in list(done.fields.get("url", [])):
        vague = name in meanings and meanings[name].vague
        if vague and (len(done.fields["url"]) > 1 or columns.repeats(name)):
            done.move(name, "url", "source")
    for name in list(done.fields.get("source", [])) if "url" not in done.fields else ():
        values = [value for value in columns.some(name) if isinstance(value, str)]
        if values and all(map(_PATH.match, values)) and not columns.repeats(name):
            done.move(name, "source", "url")


def _prefer_whole_texts(done: Assigned, columns: Columns) -> None:
    names = done.fields.get("body", [])
    if len(names) > 1 and done.how[names[0]] != "--map":
        longest = max(names, key=columns.length)
        if columns.length(longest) > _LONGER * columns.length(names[0]):
            names.remove(longest)
            names.insert(0, longest)


def _by_content(done: Assigned, columns: Columns, named: frozenset[str]) -> None:
    """Fill the fields that no name fills by what stands in columns whose names say nothing."""
    if {"title", "body", "url", "published"} <= done.fields.keys():
        return
    dark = [name for name in columns.names if name not in done.how and name not in named]
    if "published" not in done.fields:
        # A number that could be a Unix time is as well the number of a version.
        dates = [name for name in dark if columns.kind(name) == "dates"]
        if len(dates) == 1:
            done.add("published", dates[0], "what stands in it")
    if "url" not in done.fields:
        urls = [name for name in dark if columns.kind(name) == "addresses"]
        urls = [name for name in urls if not columns.repeats(name)]
        if len(urls) == 1:
            done.add("url", urls[0], "what stands in it")
    texts = [name for name in dark if columns.kind(name) in TEXTS and not columns.repeats(name)]
    texts.sort(key=columns.length, reverse=True)
    if "body" not in done.fields and texts and columns.length(texts[0]) >= _least(done, texts):
        done.add("body", texts.pop(0), "what stands in it")
    if "title" not in done.fields and "body" in done.fields:
        _title_by_content(done, columns, texts, dark)


def _least(done: Assigned, texts: list[str]) -> int:
    """Return how long texts must be to be bodies: the less else speaks for articles, the longer."""
    if "title" in done.fields:
        return _LONG
    return BESIDE_TITLES if len(texts) > 1 else LONG


def _title_by_content(done: Assigned, columns: Columns, texts: list[str], dark: list[str]) -> None:
    """Take for the title a short text beside the body, one that is called a text too, perhaps.

    Short titles look like names, but each is its row's own, and the body speaks of it.
    """
    bodies = done.fields["body"]
    most = columns.length(bodies[0]) / _LONGER
    for name in [*bodies[1:], *texts]:
        if columns.kind(name) == "short texts" and columns.length(name) < most:
            if name in bodies:
                done.move(name, "body", "title")
            else:
                done.add("title", name, "what stands in it")
            return
    for name in dark:
        if columns.kind(name) in {"names", "words"} and _heads(columns, name, bodies[0]):
            done.add("title", name, "what stands in it")
            return


def _heads(columns: Columns, name: str, body: str) -> bool:
    """Say whether what stands in a column heads the texts of another: most speak of it."""
    pairs = [
        (head.strip().casefold(), text.casefold())
        for row in columns.rows
        if isinstance(head := row.get(name), str) and isinstance(text := row.get(body), str)
    ]
    telling = sum(any(word in text for word in _LONG_WORD.findall(head)) for head, text in pairs)
    spoken = sum(" " in head for head, _ in pairs)
    is_own = len({head for head, _ in pairs}) == len(pairs) >= _FEWEST
    return is_own and min(telling, spoken) > len(pairs) / 2


def _prefer_identifiers(done: Assigned, columns: Columns, rows: int) -> None:
    """Put an id that identifies before one that only counts, and say whether there is none."""
    names = done.fields.get("id", [])
    if names and done.how[names[0]] != "--map":
        counted = [name for name in names if are_serial(columns.values(name), rows)]
        names.sort(key=lambda name: name in counted)
        done.counted = bool(counted) and names[0] in counted
