"""What a page is asked, as its address says it: the search, its page, the reader's language.

Every state of the page is an address, so each can be kept, sent and gone back to.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any, Literal, Self
from urllib.parse import parse_qsl, quote, urlencode

import msgspec
from msgspec import Meta

from kliping.server.page.words import CODES
from kliping.server.parameters import Filtered, read

PER_PAGE = 10
MOST_PAGES = 100
# What a search may be narrowed to by name, in the order in which the page shows it.
NAMED = ("source", "section", "author", "tag")


class Question(Filtered, frozen=True, kw_only=True):
    """One state of the page."""

    sort: Literal["relevance", "newest", "oldest"] = "relevance"
    page: Annotated[int, Meta(ge=1, le=MOST_PAGES)] = 1
    lang: Literal["id", "en"] = "id"

    @classmethod
    def read(cls, query: bytes, /) -> Self:
        """Return what the query of an address asks; what is empty or unknown is passed over.

        A form sends its empty fields too, and those who pass an address on add to it.

        Raises:
            Problem: a parameter is not what it takes.
        """
        pairs = parse_qsl(query.decode("utf-8", "replace"), errors="replace")
        known = [pair for pair in pairs if pair[0] in cls.__struct_fields__ and pair[0] != "limit"]
        return read(cls, urlencode(known).encode(), {})

    def options(self) -> dict[str, Any]:
        """Return what :meth:`kliping.Index.search` takes, but for ``q``."""
        options = super().options()
        start = (options.pop("page") - 1) * PER_PAGE
        del options["lang"]
        return {**options, "limit": PER_PAGE, "offset": start}

    def changed(self, **changes: Any) -> Self:
        """Return the state that differs so; another list of hits begins at its first page."""
        same = changes.keys() <= {"page", "lang"}
        return msgspec.structs.replace(self, **(changes if same else {"page": 1, **changes}))

    def toggled(self, name: str, value: str, /) -> Self:
        """Return the state with a value of a facet chosen, or no longer."""
        chosen: tuple[str, ...] = getattr(self, name)
        kept = tuple(each for each in chosen if each != value)
        return self.changed(**{name: kept if kept != chosen else (*chosen, value)})

    def unfiltered(self) -> Self:
        """Return the state without what narrows the search."""
        names = dict.fromkeys(NAMED, ())
        return self.changed(since=None, until=None, **names)

    @property
    def is_filtered(self) -> bool:
        """Whether something narrows the search."""
        return bool(self.since or self.until or any(getattr(self, name) for name in NAMED))

    def pairs(self) -> Iterator[tuple[str, str]]:
        """Yield the names and values that differ from a new page's, as an address has them."""
        for name, usual in _usual():
            value = getattr(self, name)
            if value == usual:
                continue
            for each in value if isinstance(value, tuple) else (value,):
                yield name, "true" if each is True else str(each)

    def address(self, path: str = "/", /, **more: str) -> str:
        """Return the address of this state."""
        query = urlencode([*more.items(), *self.pairs()], errors="replace")
        return f"{path}?{query}" if query else path

    def article(self, key: str, /) -> str:
        """Return the address of an article, from which the way leads back to this state."""
        # A browser takes a part of a path that is one or two dots for a step, however quoted.
        if key in (".", ".."):
            return self.address("/artikel/", key=key)
        return self.address(f"/artikel/{quote(key, safe='', errors='replace')}")

    def other_language(self) -> Self:
        """Return this state in the other language."""
        return self.changed(lang=next(code for code in CODES if code != self.lang))


@cache
def _usual() -> tuple[tuple[str, object], ...]:
    """Return the names of what a question says, and what a new page's says: slow to find out."""
    return tuple((field.name, field.default) for field in msgspec.structs.fields(Question))
