"""The pages of an article, which its files give one by one, become one article of the index.

Each file that gives a page of an article is noted, and so is each article whose pages have
changed, in the same step as the change. When all files have been read, those articles are made
anew from all their pages. So the result is the same whatever came first; a crash in between
leaves the note, and the next run does the joining.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Literal

from kliping.article import Article
from kliping.corpus.pages import Page, join
from kliping.store.state import State

# Pages are kept in memory until they are joined, up to so many characters; others are read again.
_KEPT = 16 << 20
_Before = Literal["new", "counted", "old"]
Reread = Callable[[int], Iterable[object] | None]


@dataclass(slots=True)
class Joined:
    """What a joining gave: the articles with the file that each is noted for, and how it counts.

    ``gone`` are the articles without any page left; ``updated`` those that were there before.
    """

    articles: list[tuple[Article, int]] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    added: int = 0
    updated: int = 0
    removed: int = 0

    @property
    def ids(self) -> list[str]:
        """The articles that are settled by this."""
        return [*(article.id for article, _ in self.articles), *self.gone]


class Joining:
    """The articles of one run whose pages have changed."""

    def __init__(self, state: State) -> None:
        self._state = state
        self._before: dict[str, _Before] = dict.fromkeys(state.joins(), "old")
        self._taken: set[int] = set()
        # The pages that each file gave in this run; None where the file must be read again.
        self._pages: dict[tuple[str, int], list[Article] | None] = {}
        self._kept = 0

    def __bool__(self) -> bool:
        return bool(self._before)

    def begin(self, number: int, /) -> set[str]:
        """Note that a file is read anew, or is gone; return the articles it shares with others.

        Those stay in the index as they are until they are joined.
        """
        self._taken.add(number)
        shared = set()
        for key in self._state.page_ids(number):
            self._pages.pop((key, number), None)
            if key in self._before or self._state.has_pages(key, besides=number):
                self._touch(key, "old")
                shared.add(key)
        self._state.forget_pages(number)
        return shared

    def claims(self, item: Article, number: int, owner: int | None, /) -> bool:
        """Say whether an article is to be joined with others, and so not to be indexed as it is.

        ``owner`` is the file that has given this article already, if one has.
        """
        key = item.id
        self._taken.add(number)
        if key in self._before:
            self._note(item, number)
            return True
        is_page = isinstance(item, Page)
        if owner is None:
            if is_page:
                self._note(item, number)
            return False
        if not is_page and not self._state.has_pages(key):
            return False
        self._touch(key, "counted" if owner in self._taken else "old")
        self._state.note_page(key, owner)
        self._pages.setdefault((key, owner), None)
        self._note(item, number)
        return True

    def join(self, reread: Reread, /) -> Joined:
        """Return the articles whose pages have changed; ``reread`` gives a file's items again.

        An article of which a file cannot be read now waits for the next run.
        """
        pages: dict[str, list[Article]] = {key: [] for key in self._before}
        again: dict[int, set[str]] = {}
        owners = {key: self._state.page_files(key) for key in pages}
        for key, numbers in owners.items():
            for number in numbers:
                if kept := self._pages.get((key, number)):
                    pages[key] += kept
                else:
                    again.setdefault(number, set()).add(key)
        for number, keys in again.items():
            items = reread(number)
            if items is None:
                pages = {key: found for key, found in pages.items() if key not in keys}
                continue
            for item in items:
                if isinstance(item, Article) and item.id in keys and item.id in pages:
                    pages[item.id].append(item)
        return self._counted(pages, owners)

    def settle(self, done: Joined, /) -> None:
        """Forget what has been joined, and is committed."""
        self._state.forget_joins(done.ids)
        for key in done.ids:
            del self._before[key]

    def _counted(self, pages: dict[str, list[Article]], owners: dict[str, list[int]]) -> Joined:
        done = Joined()
        for key, found in pages.items():
            was = "new" if self._state.owner(key) is None else self._before[key]
            if found:
                done.articles.append((join(found), owners[key][0]))
                done.added += was == "new"
                done.updated += was == "old"
            else:
                done.gone.append(key)
                done.removed += was == "old"
        return done

    def _touch(self, key: str, before: _Before) -> None:
        self._before.setdefault(key, before)
        self._state.note_join(key)

    def _note(self, item: Article, number: int) -> None:
        self._state.note_page(item.id, number)
        kept = self._pages.setdefault((item.id, number), [])
        self._kept += len(item.body)
        if self._kept > _KEPT:
            self._pages[item.id, number] = None
        elif kept is not None:
            kept.append(item)
