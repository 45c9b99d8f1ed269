"""Two files give one article: which of them the index takes, now and when one of them changes.

A page saved twice, or a record in two exports, is one article. The version that says it was changed
last wins, else the fuller one: a second save is as often cut short as it is newer, and the times of
files do not outlive a copy. Between equals the first path decides, so that the outcome depends on
the files alone and not on the order in which they came. Who lost is noted as a *rival*: its file is
read again once the winner's has changed or gone.

Records that share an id and nothing else are two articles: the first keeps the id, and the other is
told of. A file that is gone keeps nothing from one that is there: the articles have moved.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import partial
from typing import Literal

from kliping.analysis.shingles import resemblance, shingles, words_of
from kliping.article import Article
from kliping.corpus.identity import canonical_url
from kliping.indexing.changes import is_gone
from kliping.indexing.preparing import Prepared
from kliping.indexing.transaction import Transaction

# Versions of one article share more: its beginning alone may have been saved.
_ALIKE = 0.3
Verdict = Literal["free", "moved", "replaced", "better", "same", "other"]


class Rivals:
    """Decides between an article that has come and the one that is held under its id.

    ``freed`` are the files to be read again in this run, or else in the next.
    """

    def __init__(self, changing: Transaction, /) -> None:
        self._changing, self._state = changing, changing.state
        self._gone: dict[int, bool] = {}
        self.freed: set[int] = set()

    def free(self, ids: Iterable[str], /) -> None:
        """Have the files read again that also give these articles, which have changed or gone."""
        for number in self._state.rivals(ids):
            self.freed.add(number)
            self._changing.after(partial(self._state.undo, number))

    def judge(
        self, item: Article, number: int, owner: int, waiting: Mapping[str, Prepared], /
    ) -> Verdict:
        """Say how an article of file ``number`` stands to what ``owner`` gave; note who lost.

        ``waiting`` are the articles of this file that the engine has not been given. *free* was
        noted and never came; *moved* and *replaced* (by other news) are of a file that is gone;
        *better* takes the other's place; *same* and *other* stay out: against what a program
        gave, always, since it cannot be read again.
        """
        held = self._held(item.id, owner, waiting)
        if held is None:
            return "free"
        alike = is_same(item, held)
        if owner != number and self._is_gone(owner):
            return "moved" if alike else "replaced"
        if alike and not self._state.is_given(owner) and self._wins(item, number, held, owner):
            self._state.note_rival(item.id, owner)
            return "better"
        self._state.note_rival(item.id, number)
        return "same" if alike else "other"

    def _held(self, article_id: str, owner: int, waiting: Mapping[str, Prepared]) -> Article | None:
        if article_id in waiting:
            return waiting[article_id].article
        if owner in self._changing.touched:  # the engine shows only what is committed
            self._changing.commit()
        return self._changing.engine.fetch(article_id)

    def _wins(self, item: Article, number: int, held: Article, owner: int) -> bool:
        ours, theirs = _version(item), _version(held)
        if ours != theirs or number == owner:
            return ours > theirs
        return self._state.path_of(number) < self._state.path_of(owner)

    def _is_gone(self, number: int) -> bool:
        if number not in self._gone:
            self._gone[number] = is_gone(self._state.path_of(number))
        return self._gone[number]


def is_same(one: Article, other: Article, /) -> bool:
    """Say whether two articles of one id are versions of one article.

    >>> is_same(Article("7", "Banjir", "Air naik."), Article("7", "Gempa", "Warga mengungsi."))
    False
    """
    if one.url and other.url and canonical_url(one.url) == canonical_url(other.url):
        return True
    if one.title and one.title == other.title and one.published == other.published is not None:
        return True
    shorter, longer = sorted((words_of(one.body), words_of(other.body)), key=len)
    return shorter.strip() in longer or resemblance(shingles(shorter), shingles(longer)) >= _ALIKE


def _version(article: Article) -> tuple[float, int]:
    moment = article.modified or article.published
    return moment.timestamp() if moment else float("-inf"), len(article.body)
