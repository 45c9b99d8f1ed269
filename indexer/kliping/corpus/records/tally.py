"""What was odd about the records of a file, counted, and said once when all have been read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from kliping.article import Article
from kliping.corpus.files import Problem
from kliping.corpus.records.profile import Profile
from kliping.values import counted

_SHOWN = 12  # names in a note
_COUNTS = "read", "with_text", "with_date", "repaired", "swapped", "summaries", "cut"


@dataclass(slots=True)
class Tally:
    """Counts of articles (``read``), those with text and with a date, and of what was mended.

    ``unknown`` are names of fields, each with the first record that has it, and its place there.
    """

    unknown: dict[str, tuple[int, int]] = field(default_factory=dict)
    read: int = 0
    with_text: int = 0
    with_date: int = 0
    repaired: int = 0
    swapped: int = 0
    summaries: int = 0
    cut: int = 0

    def note_unknown(self, names: Sequence[str], number: int | None, /) -> None:
        """Note the names of a record's fields that say nothing; ``number`` is its place."""
        for place, name in enumerate(names):
            self.unknown.setdefault(name, (self.read if number is None else number, place))

    def add(self, other: Tally, /) -> None:
        """Count what was counted elsewhere in the file."""
        for name, first in other.unknown.items():
            self.unknown[name] = min(first, self.unknown.get(name, first))
        for name in _COUNTS:
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def count(self, article: Article, /) -> None:
        """Count an article that came out."""
        self.read += 1
        self.with_text += bool(article.body)
        self.with_date += article.published is not None

    def notes(self, profile: Profile, /) -> Iterator[Problem]:
        """Yield what is worth saying once about the whole file."""
        for text in self._remarks(profile):
            yield Problem(profile.path, text, kind="note")
        for text in self._doubts(profile):
            yield Problem(profile.path, text, kind="doubtful")

    def _remarks(self, profile: Profile) -> Iterator[str]:
        if self.unknown:
            names = ", ".join(sorted(self.unknown, key=self.unknown.__getitem__)[:_SHOWN])
            yield f"fields that say nothing to us, ignored: {names}"
        for count, noun, remark in (
            (self.repaired, "text", "mojibake (UTF-8 read as another encoding) repaired in"),
            (self.swapped, "date", "day and month stood swapped, as the address shows, in"),
            (self.summaries, "record", "a summary only, kept as the body, in"),
            (self.cut, "text", "cut off by the service that it comes from:"),
            (self.with_text and self.read - self.with_text, "record", "a title and no text in"),
        ):
            if count:
                yield f"{remark} {counted(count, noun)}"
        for name, told in profile.orders.items():
            if not told.is_known:
                yield (
                    f"nothing in {name!r} says whether day or month stands first: read day first; "
                    f"otherwise, try: --map '{_field(profile, name)}={name}:mdy'"
                )

    def _doubts(self, profile: Profile) -> Iterator[str]:
        """Yield what the whole file lacks, which it can hardly lack by right."""
        if not self.read:
            return
        names = ", ".join(profile.columns.names[:_SHOWN])
        if not self.with_text:
            yield (
                f"none of its records has a text; if a column holds it, try: "
                f"--map isi=COLUMN, of: {names}"
            )
        if not self.with_date and (looks := profile.looks_dated()):
            yield (
                f"none of its records has a date, though {', '.join(looks)} "
                f"looks like one; try: --map 'tanggal={looks[0]}'"
            )


def _field(profile: Profile, name: str) -> str:
    published = profile.assigned.fields.get("published", ())
    return "tanggal" if name in published else "diperbarui"
