"""What a program hands over as an article: an Article, or a mapping with the names of records."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import fields, replace
from datetime import UTC, date, datetime
from typing import Any, TypeGuard

from kliping.article import Article
from kliping.corpus.files import NO_FILE, Problem
from kliping.corpus.limits import Limits
from kliping.corpus.records.reader import RecordReader
from kliping.corpus.text.dates import WIB
from kliping.corpus.text.languages import language_of
from kliping.errors import ArticleRefused

Given = Article | Mapping[str, Any]
_NAMES = frozenset(field.name for field in fields(Article))
_SEVERAL = ("authors", "tags")
_MOMENTS = ("published", "modified")
_TEXTS = _NAMES - {*_SEVERAL, *_MOMENTS}
_MOST = Limits().text
_SHOWN = 60


class Accepting:
    """Takes articles one by one, each by itself: what came before says nothing of the next.

    So dates such as 10/7/2024 are read day first, and an id is taken as it is. With ``clean``,
    texts are cleaned as those of files are. What cannot be understood of an article, such as its
    date, is told to ``tell`` and left out; where nobody is to be told, the article is refused.
    """

    def __init__(self, *, clean: bool, tell: Callable[[Problem], None] | None = None) -> None:
        self._is_cleaning, self._tell = clean, tell
        self._reader = RecordReader(NO_FILE, NO_FILE, clean=clean)

    def article(self, given: object, /) -> Article:
        """Return what was handed over as an article that may be indexed.

        Raises:
            ArticleRefused: it is none; the message says what it lacks.
        """
        if isinstance(given, Mapping):
            whole = set(given) == _NAMES
            return self._settled(as_exported(given)) if whole else self._read(given)
        if isinstance(given, Article):
            return self._settled(given)
        raise ArticleRefused(
            f"an article is an Article or a mapping, not {_short(given)}; "
            "files and folders are taken in by kliping.build"
        )

    def notes(self) -> Iterator[Problem]:
        """Yield what is worth saying once of all that was taken, such as names not understood."""
        yield from (note for note in self._reader.notes() if note.kind == "note")

    def _settled(self, article: Article) -> Article:
        article = checked(article)
        if self._is_cleaning:
            return replace(self._read(article.to_dict()), id=article.id)
        if article.language is None and (language := language_of(article.body)):
            return replace(article, language=language)
        return article

    def _read(self, given: Mapping[Any, Any]) -> Article:
        record = {str(name): _plain(str(name), value) for name, value in given.items()}
        path = record.pop("path", None)
        items = list(self._reader.read(record))
        found = next((item for item in items if isinstance(item, Article)), None)
        problems = [item for item in items if isinstance(item, Problem)]
        if found is None:
            raise ArticleRefused(f"no article but {problems[-1].reason}: {_short(given)}")
        for problem in problems:
            if self._tell is None:
                raise ArticleRefused(
                    f"{problem.reason.removesuffix(': left out')}: {_short(given)}"
                )
            self._tell(problem)
        return checked(replace(found, path=path if isinstance(path, str) else None))


def is_several(given: object, /) -> TypeGuard[Iterable[object]]:
    """Say whether several articles were handed over, not one."""
    one = isinstance(given, (str, bytes, Mapping, Article))
    return isinstance(given, Iterable) and not one


def as_exported(row: Mapping[str, Any], /) -> Article:
    """Return the article of which ``Article.to_dict`` gave this.

    Raises:
        ArticleRefused: it is something else.
    """
    if set(row) != _NAMES:
        raise ArticleRefused("its fields are others")
    values = dict(row)
    for name in _MOMENTS:
        if isinstance(values[name], str):
            try:
                values[name] = datetime.fromisoformat(values[name])
            except ValueError as error:
                raise ArticleRefused(f"{name}: {error}") from None
    for name in _SEVERAL:
        if isinstance(values[name], list):
            values[name] = tuple(values[name])
    return checked(Article(**values))


def checked(article: Article, /) -> Article:
    """Return an article whose fields are what they should be; a moment without a zone is WIB's.

    Raises:
        ArticleRefused: the message names the field.
    """
    for name in _TEXTS:
        value = getattr(article, name)
        if not isinstance(value, str) and (value is not None or name in ("id", "body")):
            raise ArticleRefused(f"{name} takes text, not {_short(value)}")
    for name in _SEVERAL:
        value = getattr(article, name)
        if not (isinstance(value, tuple) and all(isinstance(each, str) for each in value)):
            raise ArticleRefused(f"{name} takes a tuple of texts, not {_short(value)}")
    published, modified = (_zoned(name, getattr(article, name)) for name in _MOMENTS)
    if not article.id.strip():
        raise ArticleRefused(f"it lacks an id: {_short(article.title or article.body)}")
    if len(article.body) > _MOST:
        raise ArticleRefused(
            f"article '{article.id}' has over {_MOST:,} characters: too large for one article"
        )
    if not (article.body.strip() or (article.title or "").strip()):
        raise ArticleRefused(f"article '{article.id}' has neither title nor body")
    if published is article.published and modified is article.modified:
        return article
    return replace(article, published=published, modified=modified)


def _zoned(name: str, moment: object) -> datetime | None:
    if moment is None:
        return None
    if not isinstance(moment, datetime):
        raise ArticleRefused(f"{name} takes a datetime, not {_short(moment)}")
    zoned = moment if moment.utcoffset() is not None else moment.replace(tzinfo=WIB)
    try:
        for zone in (WIB, UTC):
            zoned.astimezone(zone)
    except OverflowError:  # a day before the first, or behind the last that there is
        raise ArticleRefused(f"{name} takes a datetime of its time, not {moment}") from None
    return zoned


def _plain(name: str, value: object) -> object:
    """Return a value as JSON might have it: of objects that it has not, what they are as text."""
    if value is None or isinstance(value, (str, bool, Mapping)):
        return value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, (bytes, bytearray)):
        raise ArticleRefused(f"{name} takes text, not bytes; decode them first")
    return [_plain(name, each) for each in value] if is_several(value) else str(value)


def _short(value: object) -> str:
    text = " ".join(repr(value).split())
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…"
