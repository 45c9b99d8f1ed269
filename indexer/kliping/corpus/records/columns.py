"""A record is an article: "Here is a row of somebody's CSV or JSON: what are its fields?"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache

from kliping.article import Article
from kliping.corpus.accounts import Account, is_heard, tell
from kliping.corpus.addresses import original_url
from kliping.corpus.files import Problem
from kliping.corpus.identity import absolute_url, article_id
from kliping.corpus.text.cleaning import FROM_TEXT, Cleaned, clean, clean_title, person_names
from kliping.corpus.text.dates import date_from_url, from_epoch, no_earlier, parse_date
from kliping.corpus.text.decoding import repair
from kliping.corpus.text.languages import language_code, language_of
from kliping.corpus.text.tidying import has_markup, split_paragraphs, strip_markup, tidy

# What others call our fields, the most telling name first. Case, spaces and hyphens do not count.
FIELDS: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "_id", "doc_id", "docid", "id_berita", "article_id", "guid"),
    "title": ("judul", "title", "headline", "judul_berita", "judul_artikel", "news_title"),
    "body": (
        "isi", "body", "content", "text", "konten", "artikel", "isi_berita", "isi_artikel",
        "articlebody", "article_body", "article_text", "full_text", "fulltext", "teks", "article",
    ),
    "published": (
        "tanggal", "date", "published", "published_at", "datepublished", "date_published",
        "publish_date", "published_date", "publishdate", "pubdate", "waktu", "time", "datetime",
        "tanggal_terbit", "tanggal_publikasi", "tgl", "timestamp", "created_at",
    ),
    "authors": (
        "penulis", "author", "authors", "reporter", "wartawan", "jurnalis", "byline", "pewarta",
        "kontributor", "editor",
    ),
    "source": ("sumber", "source", "media", "publisher", "site", "situs", "source_name"),
    "url": ("url", "link", "canonical", "canonical_url", "tautan", "article_url"),
    "section": ("kategori", "category", "section", "rubrik", "kanal", "categories", "channel"),
    "tags": ("tags", "tag", "keywords", "kata_kunci", "topik", "topics"),
    "modified": (
        "diperbarui", "modified", "updated", "datemodified", "date_modified", "modified_at",
        "modified_date", "updated_at", "updated_date", "last_modified", "last_updated", "lastmod",
        "tanggal_diperbarui", "tanggal_ubah", "diubah", "dimutakhirkan",
    ),
    "language": ("bahasa", "language", "lang", "inlanguage", "language_code", "kode_bahasa"),
    "image": (
        "gambar", "image", "image_url", "imageurl", "img", "img_url", "gambar_utama", "url_gambar",
        "foto", "lead_image", "top_image", "main_image", "og_image", "thumbnail", "thumbnail_url",
    ),
    "caption": (
        "keterangan_gambar", "keterangan_foto", "caption", "image_caption", "photo_caption",
        "takarir",
    ),
}  # fmt: skip
_RANKS = {name: (ours, rank) for ours, names in FIELDS.items() for rank, name in enumerate(names)}

# Where exports keep the record proper (Elasticsearch, JSON:API), and a value its text.
_WRAPPERS = ("_source", "article", "data", "attributes")
_INNER = ("name", "nama", "title", "value", "text", "$date", "$oid", "#text", "html", "url")
_SEPARATORS = re.compile(r"[,;|\n]")


@dataclass(slots=True)
class RecordReader:
    """Turns the records of one file into articles, and remembers what was odd about them."""

    path: str
    key: str
    unmapped: dict[str, None] = field(default_factory=dict)
    repaired: int = 0
    swapped: int = 0
    names: dict[str, str] = field(default_factory=dict)
    """What the record at hand calls our fields, if anyone listens."""

    def read(
        self, record: object, /, *, line: int | None = None, number: int | None = None
    ) -> Iterator[Article | Problem]:
        """Yield the record's article and what is wrong with it, or only the latter."""
        if not isinstance(record, Mapping):
            kind = type(record).__name__
            yield Problem(self.path, f"not a record with fields but a bare {kind}", line)
            return
        fields = self._fields(record)
        title = clean_title(tidy(self._text(fields.get("title"))))
        body = self._text(fields.get("body"))
        if not title and not body.strip():
            yield Problem(self.path, "a record with neither title nor body", line)
            return
        url = original_url(_first(fields.get("url")) or "") or None
        moments = {name: _moment(fields.get(name)) for name in ("published", "modified")}
        for name, moment in moments.items():
            if moment is None and (given := _first(fields.get(name))):
                reason = f"the date {given[:40]!r} cannot be understood: left out"
                yield Problem(self.path, reason, line, "repaired")
        published = self._settled(moments["published"], url)
        modified = no_earlier(moments["modified"], than=published)
        article = self._article(
            fields, title, body, published=published, modified=modified, url=url, number=number
        )
        if article.title or article.body:
            yield article
        else:
            yield Problem(self.path, "a record with nothing but boilerplate", line)

    def notes(self) -> Iterator[Problem]:
        """Yield what is worth saying once about the whole file."""
        if self.unmapped:
            names = ", ".join(list(self.unmapped)[:12])
            yield Problem(
                self.path, f"fields that say nothing to us, ignored: {names}", kind="note"
            )
        if self.repaired:
            reason = f"mojibake (UTF-8 read as another encoding) repaired in {self.repaired} texts"
            yield Problem(self.path, reason, kind="note")
        if self.swapped:
            reason = f"day and month stood swapped in {self.swapped} dates, as their URLs show"
            yield Problem(self.path, reason, kind="note")

    def _fields(self, record: Mapping[object, object]) -> dict[str, object]:
        names, unmapped = _mapped(tuple(record))
        if not any(ours in {"body", "title"} for ours, _ in names):
            for wrapper in _WRAPPERS:
                if isinstance(inner := record.get(wrapper), Mapping):
                    return self._fields(inner)
        if unmapped:
            self.unmapped.update(dict.fromkeys(unmapped))
        fields: dict[str, object] = {}
        for ours, name in names:
            if not fields.get(ours):  # the best name that is given; 0 and "" give nothing
                fields[ours] = record[name]
        if is_heard():
            self.names = {ours: str(name) for ours, name in reversed(names) if record[name]}
        return fields

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
        if has_markup(body):
            body = strip_markup(body)
        source = _source(fields.get("source"))
        cleaned = clean(split_paragraphs(body), title=title or None, source=source)
        authors = [name for text in _strings(fields.get("authors")) for name in person_names(text)]
        own = _first(fields.get("id"))
        text = "\n\n".join(cleaned.paragraphs)
        article = Article(
            id=article_id(record_id=own, url=url, key=self.key, number=number),
            title=title or None,
            body=text,
            authors=tuple(dict.fromkeys(authors or cleaned.authors)),
            published=published,
            source=source or cleaned.source,
            section=" / ".join(map(tidy, _strings(fields.get("section")))) or None,
            tags=_tags(fields.get("tags")) or cleaned.tags,
            url=url,
            path=self.path,
            modified=modified,
            language=language_code(_first(fields.get("language"))) or language_of(text),
            image=_image(fields.get("image"), url),
            caption=self._caption(fields.get("caption")) or cleaned.caption,
        )
        if is_heard():
            tell(self._account(article, cleaned))
        return article

    def _account(self, article: Article, cleaned: Cleaned) -> Account:
        told = {name: "the text" for name in FROM_TEXT if getattr(cleaned, name)}
        told |= {ours: f"field {name}" for ours, name in self.names.items()}
        return Account(article.id, self.path, tuple(told.items()), cleaned.dropped)

    def _caption(self, value: object) -> str | None:
        return strip_markup(self._text(value)) or None if value else None

    def _text(self, value: object) -> str:
        text = value if isinstance(value, str) else "\n\n".join(_strings(value))
        fixed = repair(text)
        self.repaired += fixed is not text
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
        self.swapped += 1
        return published.replace(month=day.month, day=day.day)


@lru_cache(maxsize=256)  # the records of a file have the same names, over and over
def _mapped(names: tuple[object, ...]) -> tuple[list[tuple[str, object]], list[str]]:
    """Return our fields with the names that stand for them, best first, and the other names."""
    found: list[tuple[int, str, object]] = []
    unmapped = []
    for name in names:
        plain = re.sub(r"[\s-]+", "_", str(name).strip().lstrip("\ufeff").lower())
        if plain in _RANKS:
            ours, rank = _RANKS[plain]
            found.append((rank, ours, name))
        else:
            unmapped.append(tidy(str(name))[:40] or "(no name)")
    found.sort(key=lambda item: item[0])
    return [(ours, name) for _, ours, name in found], unmapped


def known_fields(names: Sequence[str], /) -> set[str]:
    """Return which fields of ours the names stand for: "is this a header?".

    >>> sorted(known_fields(["Judul", "Isi", "suka"]))
    ['body', 'title']
    """
    return {ours for ours, _ in _mapped(tuple(names))[0]}


def _strings(value: object) -> list[str]:
    """Return the texts in a value of any shape, in order."""
    if isinstance(value, str):
        return [value] if value.strip() else []
    if isinstance(value, bool) or value is None:
        return []
    if isinstance(value, (int, float)):
        return [str(value)]
    if isinstance(value, Mapping):
        return next((_strings(value[name]) for name in _INNER if name in value), [])
    if isinstance(value, (list, tuple)):
        return [text for item in value for text in _strings(item)]
    return []


def _first(value: object) -> str | None:
    if isinstance(value, str):
        return tidy(value) or None
    return next((text for item in _strings(value) if (text := tidy(item))), None)


def _moment(value: object) -> datetime | None:
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return from_epoch(value)
    text = _first(value)
    return parse_date(text) if text else None


def _image(value: object, base: str | None) -> str | None:
    """Return the address of a picture: itself, or the first of several, or an object's."""
    if isinstance(value, (list, tuple)):
        value = value[0] if value else None
    if isinstance(value, Mapping):
        value = next((value[name] for name in ("url", "contentUrl", "src") if name in value), None)
    return absolute_url(value, base=base) if isinstance(value, str) else None


def _source(value: object) -> str | None:
    name = _first(value)
    if name and "://" in name:
        name = name.split("/")[2].removeprefix("www.")
    return name


def _tags(value: object) -> tuple[str, ...]:
    tags: dict[str, str] = {}
    for text in _strings(value):
        for tag in _SEPARATORS.split(text):
            plain = tidy(tag).lstrip("# ")
            tags.setdefault(plain.casefold(), plain)
    return tuple(filter(None, tags.values()))
