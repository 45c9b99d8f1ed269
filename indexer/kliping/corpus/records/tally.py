"""What was odd about the records of a file, counted, and said once when all have been read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

from kliping.article import Article
from kliping.corpus.files import Problem
from kliping.corpus.records.profile import Profile

_SHOWN = 12  # names in a note


@dataclass(slots=True)
class Tally:
    """Counts of articles (``read``), those with text and with a date, and of what was mended."""

    unknown: dict[str, None] = field(default_factory=dict)
    read: int = 0
    with_text: int = 0
    with_date: int = 0
    repaired: int = 0
    swapped: int = 0
    summaries: int = 0
    cut: int = 0

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
            names = ", ".join(list(self.unknown)[:_SHOWN])
            yield f"fields that say nothing to us, ignored: {names}"
        if self.repaired:
            yield f"mojibake (UTF-8 read as another encoding) repaired in {self.repaired} texts"
        if self.swapped:
            yield f"day and month stood swapped in {self.swapped} dates, as their URLs show"
        if self.summaries:
            yield f"{self.summaries} records have a summary only: kept as their body"
        if self.cut:
            yield f"{self.cut} bodies were cut off by the service that they come from"
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
                f"none of its {self.read:,} records has a text; if a column holds it, try: "
                f"--map isi=COLUMN, of: {names}"
            )
        if not self.with_date and (looks := profile.looks_dated()):
            yield (
                f"none of its {self.read:,} records has a date, though {', '.join(looks)} looks "
                f"like one; try: --map 'tanggal={looks[0]}'"
            )


def _field(profile: Profile, name: str) -> str:
    published = profile.assigned.fields.get("published", ())
    return "tanggal" if name in published else "diperbarui"
