"""Article: the value that every stage hands on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Article:
    """One news article, cleaned: what is indexed, stored and shown.

    ``body`` is plain text, paragraphs parted by a blank line. ``published`` is timezone-aware
    (WIB, UTC+7, where the text gives no zone). What is missing is ``None`` or empty, never a
    guess. ``id`` is unique in an index: a record's own, else derived from the canonical URL,
    else from the path. ``path`` is the file that the article came from, as it was named.

    ``modified`` is timezone-aware and never before ``published``. ``language`` is an ISO 639-1
    code: a record's own, else what the text shows (id, ms, jv, su or en). ``image`` is the
    absolute address of the lead picture, ``caption`` the words under it. ``source`` is the
    publisher by its one name, ``channel`` the article's own word for it where that is another:
    *detikFinance*, *finance.detik.com*.
    """

    id: str
    title: str | None
    body: str
    authors: tuple[str, ...] = ()
    published: datetime | None = None
    source: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    url: str | None = None
    path: str | None = None
    modified: datetime | None = None
    language: str | None = None
    image: str | None = None
    caption: str | None = None
    channel: str | None = None
