"""A record is an article: "Here is a row of somebody's CSV or JSON: what are its fields?"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from kliping.article import Article
from kliping.corpus.accounts import Account, is_heard, tell
from kliping.corpus.addresses import original_url
from kliping.corpus.files import NO_FILE, Problem
from kliping.corpus.identity import absolute_url, article_id
from kliping.corpus.records.moments import Undecided, at_clock, moment_of
from kliping.corpus.records.nesting import Record, unwrapped
from kliping.corpus.records.profile import Plan, Profile
from kliping.corpus.records.shapes import first, is_nothing, strings, text_of
from kliping.corpus.records.tally import Tally
from kliping.corpus.sources import host_of, source_of
from kliping.corpus.text.cleaning import FROM_TEXT, Cleaned, clean, clean_title, person_names
from kliping.corpus.text.dates import date_from_url, no_earlier
from kliping.corpus.text.decoding import repair
from kliping.corpus.text.languages import language_code, language_of
from kliping.corpus.text.tidying import (
    has_markup,
    split_paragraphs,
    strip_markup,
    tidy,
    unescaped_markup,
)
from kliping.errors import NotAnArticle

_SEPARATORS = re.compile(r"[,;|\n]")
_PAGE = re.compile(r"\s*<(?:!doctype\s+html|html)\b", re.IGNORECASE)
_PICTURES = ("url", "contentUrl", "src", "sourceUrl", "source_url", "node")
_WRITTEN = re.compile(r"(?:\\r)?\\n")
# What NewsAPI and its like leave of a text.
_CUT = re.compile(r"(?:(?<!\s)\s++)?(?:(?:…|\.\.\.)\s*+)?\[\+\d+ (?:chars|characters)\]\s*$")


class RecordReader:
    """Turns the records of one file into articles, and remembers what was odd about them.

    Where texts are not to be cleaned, ``clean`` is false: what they say stays, all of it.
    """

    def __init__(
        self, path: str, key: str, profile: Profile | None = None, *, clean: bool = True
    ) -> None:
        self.path, self.key, self._is_cleaning = path, key, clean
        self.profile = profile or Profile(path)
        self._tally = Tally()
        # What the record at hand calls our fields, if anyone listens.
        self._names: dict[str, str] = {}

    def read(
        self, record: object, /, *, line: int | None = None, number: int | None = None
    ) -> Iterator[Article | Problem]:
        """Yield the record's article and what is wrong with it, or only the latter."""
        if not isinstance(record, Mapping):
            kind = type(record).__name__
            yield Problem(self.path, f"not a record with fields but a bare {kind}", line)
            return
        record = unwrapped(record)
        plan = self.profile.plan_of(record)
        self._names.clear()
        self._tally.note_unknown(plan.unknown, number)
        fields = self._fields(record, plan)
        title = self._text(fields.get("title"))
        title = tidy(strip_markup(title) if has_markup(title) else title)
        title = clean_title(title) if self._is_cleaning else title
        body = self._body(fields)
        if not title and not body.strip():
            yield Problem(self.path, "a record with neither title nor body", line)
            return
        url = original_url(first(fields.get("url")) or "") or None
        published, odd = self._moment(record, plan.fields.get("published", ()))
        modified, odder = self._moment(record, plan.fields.get("modified", ()))
        for reason in filter(None, (odd, odder)):
            yield Problem(self.path, reason, line, "repaired")
        if published:
            published = at_clock(published, fields.get("clock"))
        published = self._settled(published, url)
        modified = no_earlier(modified, than=published)
        article = self._article(
            fields, title, body, published=published, modified=modified, url=url, number=number
        )
        if article.title or article.body:
            self._tally.count(article)
            yield article
        else:
            yield Problem(self.path, "a record with nothing but boilerplate", line)

    def add(self, other: RecordReader, /) -> None:
        """Count what another reader of the same file has counted."""
        self._tally.add(other._tally)

    def notes(self) -> Iterator[Problem]:
        """Yield what is worth saying once about the whole file."""
        return self._tally.notes(self.profile)

    def _fields(self, record: Record, plan: Plan) -> dict[str, object]:
        """Return what fills our fields, of several columns the best that has anything."""
        fields: dict[str, object] = {}
        is_told = is_heard()
        for ours, names in plan.fields.items():
            for name in names:
                # Beside a section of its own, a channel is the publisher's, as we export it.
                field = "channel" if name == "channel" and "section" in record else ours
                if field not in fields and _is_given(record[name]):
                    fields[field] = record[name]
                    if is_told:
                        self._names[ours] = str(name)
        return fields

    def _body(self, fields: Mapping[str, object]) -> str:
        """Return the text of a record, or what it has in its place."""
        body = self._text(fields.get("body"))
        # A description without a title is that of a program, or of anything.
        if not body.strip() and "title" in fields and (body := self._text(fields.get("summary"))):
            self._tally.summaries += 1
        if body[-2:] == "s]" and self._is_cleaning:
            shorter = _CUT.sub("…", body)
            self._tally.cut += shorter != body
            return shorter
        return body

    def _moment(self, record: Record, names: Sequence[str]) -> tuple[datetime | None, str | None]:
        """Return the moment of the best column that names one, and what is wrong if none does."""
        odd = None
        for name in names:
            if not _is_given(value := record[name]):
                continue
            try:
                told = self.profile.orders.get(name)
                days = self.profile.days(record, name) if told and told.order == "mixed" else ()
                moment = moment_of(
                    value, name=name, order=told.order if told else "day first", days=days
                )
            except Undecided as error:
                odd = f"the date {str(error)[:40]!r}: day or month may stand first: left out"
                continue
            if moment:
                return moment, None
            if (given := first(value)) and not odd:
                odd = f"the date {given[:40]!r} cannot be understood: left out"
        return None, odd

    def _article(
        self,
        fields: Mapping[str, object],
        title: str,
        body: str,
        *,
        published: datetime | None,
        modified: datetime | None,
        url: str | None,
        number: int | None,
    ) -> Article:
        body = unescaped_markup(body)
        if _PAGE.match(body):
            body = _of_page(body, url)
        elif has_markup(body):
            body = strip_markup(body)
        said = _source(fields.get("source"))
        paragraphs = split_paragraphs(body)
        cleaned = (
            clean(paragraphs, title=title or None, source=said)
            if self._is_cleaning
            else Cleaned(tuple(paragraphs))
        )
        source, channel = source_of(said, host_of(url), hinted=cleaned.source)
        authors = [name for text in strings(fields.get("authors")) for name in person_names(text)]
        text = "\n\n".join(cleaned.paragraphs)
        article = Article(
            id=self._id(first(fields.get("id")), url, title, body, number),
            title=title or None,
            body=text,
            authors=tuple(dict.fromkeys(authors or cleaned.authors)),
            published=published or cleaned.published,
            source=source,
            section=_section(fields.get("section")),
            tags=_tags(fields.get("tags")) or cleaned.tags,
            url=url,
            path=self.path,
            modified=modified,
            language=language_code(first(fields.get("language"))) or language_of(text),
            image=_image(fields.get("image"), url),
            caption=self._caption(fields.get("caption")) or cleaned.caption,
            channel=first(fields.get("channel")) or channel,
        )
        if is_heard():
            tell(self._account(article, cleaned))
        return article

    def _id(
        self, own: str | None, url: str | None, title: str, body: str, number: int | None
    ) -> str:
        """Return an article's id; one that only counts something up names no article by itself.

        What lies in no file has no place there that would tell it from others: its text does.
        """
        assigned = self.profile.assigned
        url = None if assigned.is_shared else url
        if own and assigned.counted:
            key = self.key if url else f"{self.key}#{own}#{(title or body)[:200]}"
            return article_id(url=url, key=key)
        if self.key == NO_FILE:
            return article_id(record_id=own, url=url, key=f"{NO_FILE}#{title}\n{body}")
        return article_id(record_id=own, url=url, key=self.key, number=number)

    def _account(self, article: Article, cleaned: Cleaned) -> Account:
        told = {name: "the text" for name in FROM_TEXT if getattr(cleaned, name)}
        told |= {ours: f"field {name}" for ours, name in self._names.items()}
        return Account(article.id, self.path, tuple(told.items()), cleaned.dropped)

    def _caption(self, value: object) -> str | None:
        return strip_markup(self._text(value)) or None if value else None

    def _text(self, value: object) -> str:
        text = text_of(value)
        if "\\" in text:  # there may be breaks that a program wrote out
            text = _WRITTEN.sub("\n", text)
        fixed = repair(text)
        self._tally.repaired += fixed is not text
        return fixed

    def _settled(self, published: datetime | None, url: str | None) -> datetime | None:
        """Return the date, its day and month the right way round.

        Spreadsheets read 10/09/2019 as the ninth of October and write 2019-10-09. Where the
        URL's path names the same day with the two swapped, the URL is right.
        """
        day = date_from_url(url) if url else None
        if day is None or published is None or published.date() == day.date():
            return published or day
        if (published.year, published.month, published.day) != (day.year, day.day, day.month):
            return published
        self._tally.swapped += 1
        return published.replace(month=day.month, day=day.day)


def _is_given(value: object) -> bool:
    """Say whether a value is anything: 0, "" and words for nothing are not."""
    return bool(value) and not (isinstance(value, str) and is_nothing(value))


def _of_page(markup: str, url: str | None) -> str:
    """Return the text of the article in a whole page, which a crawler kept in a field."""
    from kliping.corpus.html import extract

    try:
        return extract(markup, url=url).body
    except NotAnArticle:
        return strip_markup(markup)


def _image(value: object, base: str | None) -> str | None:
    """Return the address of a picture: itself, or the first of several, or an object's."""
    if isinstance(value, (list, tuple)):
        value = value[0] if value else None
    if isinstance(value, Mapping):
        inner = (_image(value[name], base) for name in _PICTURES if name in value)
        return next(filter(None, inner), None)
    return absolute_url(value, base=base) if isinstance(value, str) else None


def _source(value: object) -> str | None:
    name = first(value)
    if name and "://" in name:
        name = name.split("/")[2].removeprefix("www.")
    return name


def _section(value: object) -> str | None:
    names = [tidy(part) for text in _named(value) for part in text.split("|")]
    return " / ".join(filter(None, names)) or None


def _named(value: object) -> list[str]:
    """Return the texts in a value; numbers alone are names that another table keeps."""
    texts = strings(value) if value else []
    return [] if all(text.strip().isdecimal() for text in texts) else texts


def _tags(value: object) -> tuple[str, ...]:
    tags: dict[str, str] = {}
    for text in _named(value):
        for tag in _SEPARATORS.split(text):
            plain = tidy(tag).lstrip("# ")
            tags.setdefault(plain.casefold(), plain)
    return tuple(filter(None, tags.values()))
