"""Article: the value that every stage hands on."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields
from datetime import datetime
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kliping.json_forms import ArticleJSON


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

    def __reduce_ex__(self, protocol: Any) -> Any:
        """Return what it is pickled as, which takes a third of what a dataclass does by itself.

        What says more than an article is pickled by itself, or that would be lost.
        """
        if type(self) is Article:
            return Article, _values(self)
        return super(Article, self).__reduce_ex__(protocol)

    def to_dict(self) -> ArticleJSON:
        """Return it as the JSON object that ``export`` prints, and ``Writer.add`` takes back."""
        return {
            "id": self.id,
            "title": self.title,
            "body": self.body,
            "authors": [*self.authors],
            "published": moment_json(self.published),
            "source": self.source,
            "section": self.section,
            "tags": [*self.tags],
            "url": self.url,
            "path": self.path,
            "modified": moment_json(self.modified),
            "language": self.language,
            "image": self.image,
            "caption": self.caption,
            "channel": self.channel,
        }

    @staticmethod
    def json_schema() -> dict[str, Any]:
        """Return the JSON Schema of what :meth:`to_dict` gives."""
        from kliping.json_forms import ArticleJSON, schema

        return schema(ArticleJSON)


_values: Callable[[Article], tuple[object, ...]] = attrgetter(
    *(each.name for each in fields(Article))
)


def moment_json(moment: datetime | None, /) -> str | None:
    """Return a moment as JSON has it."""
    return moment.isoformat() if moment else None
