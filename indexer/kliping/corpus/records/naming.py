"""What the name of a column says: "Which field of ours is tgl_publikasi, or articleBody?".

A name is taken apart into words (``tglPublikasi``, ``dc:date``, ``isiberita``), and each word has
a role. What the roles make together decides, so names that nobody listed are understood. A name
with a word that says nothing to us is *weak*: what stands in the column must agree.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from kliping.values import Value

# Our fields, and four roles that are none: a summary stands in for a body that is missing, a
# clock belongs to a date, what was fetched or counted says nothing of the article.
_ROLES = {
    "title": "judul title headline heading titel",
    "body": "isi body content konten articlebody naskah narasi paragraphs paragraf selftext",
    "text": "text teks txt",
    "date": "tanggal date tgl datetime waktu time timestamp epoch tarikh dt tdt",
    "published": (
        "terbit diterbitkan penerbitan published publish pub publikasi dipublikasikan publication "
        "tayang ditayangkan posted rilis release released issued dimuat unggah "
        "diunggah upload uploaded"
    ),
    "created": "created create creation dibuat pembuatan",
    "modified": (
        "diperbarui modified modify modification updated update perbarui pembaruan diubah ubah "
        "perubahan edited diedit lastmod dimutakhirkan pemutakhiran"
    ),
    "authors": (
        "penulis author authors reporter wartawan jurnalis byline pewarta kontributor writer "
        "creator oleh editor"
    ),
    "source": (
        "sumber source media publisher site situs website portal domain outlet koran penerbit "
        "newspaper provider hostname"
    ),
    "url": "url link tautan permalink href uri canonical laman pranala",
    "section": "kategori category categories section rubrik kanal channel subkategori desk",
    "tags": "tags tag keywords keyword katakunci topik topics topic hashtags hashtag labels kunci",
    "language": "bahasa language lang inlanguage",
    "image": "gambar image images img foto photo picture thumbnail thumb",
    "caption": "caption takarir",
    "id": "id guid uuid docno docid oid",
    "summary": (
        "ringkasan summary abstract abstrak excerpt description deskripsi keterangan teaser "
        "snippet sinopsis lead intro sub"
    ),
    "clock": "jam pukul clock",
    "fetched": (
        "scraped scrape scraping crawled crawl crawling fetched fetch retrieved retrieval "
        "download downloaded unduh diunduh diambil accessed access diakses akses indexed "
        "collected insert inserted ingested imported extracted visited"
    ),
    "row": "no nomor index idx row rownum baris unnamed level",
    "thing": "artikel article berita news story tweet post posting",
    # Says how, or how much of it, never what.
    "whole": (
        "full lengkap main utama asli original html raw plain rendered value str string encoded"
    ),
    "filler": (
        "name nama at of on to di pada dari last first terakhir code kode dc og wp meta seo schema "
        "field data info display top featured cover gmt utc wib iso local unix ms up in kata "
        "entry item page doc document hari web ts dd mm yyyy"
    ),
}  # fmt: skip
_ROLE_OF = {word: role for role, words in _ROLES.items() for word in words.split()}
_RANK_OF = {word: at for words in _ROLES.values() for at, word in enumerate(words.split())}
_SILENT = frozenset({"whole", "filler", "thing", "text"})
# Of one field, what is asked last.
_LATE = {"date": 20, "created": 50, "text": 10, "thing": 40}
_WRAPPERS = re.compile(r"^(?:_source|attributes|fields|node|doc|row|data|article|item)\.", re.I)
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[^\W\d_a-zA-Z]+")
_SHORTEST_PIECE = 3
_SHORT_PIECES = frozenset({"id", "at"})

OURS = (
    "id", "title", "body", "published", "authors", "source", "url", "section", "tags", "modified",
    "language", "image", "caption",
)  # fmt: skip


class Meaning(Value):
    """What a name stands for: ``rank`` orders names of one field, the most telling first.

    ``vague`` is a name that a site's address has as often as an article's.
    """

    field: str
    rank: int
    weak: bool = False
    vague: bool = False


# What several roles make together: the first row whose roles are all there decides.
_TOGETHER: tuple[tuple[frozenset[str], str | None], ...] = tuple(
    (frozenset(roles.split()), field)
    for roles, field in (
        ("fetched", "fetched"),
        ("row id", "row"),
        ("image caption", "caption"),
        ("image summary", "caption"),
        ("image url", "image"),
        ("image", None),
        ("id", None),
        ("url source", "url"),
        ("url", None),
        ("modified published", None),
        ("modified created", None),
        ("modified date", "modified"),
        ("published clock", "clock"),
        ("date clock", "clock"),
        ("published date", "published"),
        ("created date", "published"),
        ("title source", "source"),
        ("title published", "source"),  # "Publication Title"
        ("body summary", "summary"),
        ("title summary", "summary"),
        ("section summary", "section"),
        ("section tags", "tags"),
    )
)


def meaning(name: object, /) -> Meaning | None:
    """Return what a column of this name holds, or None if the name says nothing to us.

    >>> meaning("tglPublikasi").field, meaning("konten berita").field, meaning("id_penulis")
    ('published', 'body', None)
    """
    return _meaning(str(name)[:80])


def known_fields(names: Iterable[object], /) -> set[str]:
    """Return which fields of ours the names stand for: "is this a header?".

    >>> sorted(known_fields(["Judul", "Isi", "suka"]))
    ['body', 'title']
    """
    found = (meaning(name) for name in names)
    return {each.field for each in found if each and not each.weak} & set(OURS)


@lru_cache(maxsize=4096)
def _meaning(name: str) -> Meaning | None:
    name = name.strip().lstrip("\ufeff")
    while (shorter := _WRAPPERS.sub("", name)) != name:
        name = shorter
    words = list(_words(name))
    told = [(role, word) for word in words if (role := _ROLE_OF.get(word))]
    roles = {role for role, _ in told} - _SILENT
    field = _of_roles(roles, {role for role, _ in told})
    if field is None or (field == "row" and len(told) < len(words)):
        return None
    return Meaning(field, _rank(told), len(told) < len(words), roles >= {"url", "source"})


def _of_roles(roles: set[str], all_roles: set[str]) -> str | None:
    """Return the field that roles make together."""
    if not roles:  # "full_text" and "berita" are a body, "post_name" is nothing
        is_text = "text" in all_roles or "thing" in all_roles
        return "body" if is_text and "filler" not in all_roles else None
    if len(roles) > 1:
        return next((field for needed, field in _TOGETHER if needed <= roles), None)
    (role,) = roles
    return "published" if role in {"date", "created"} else role


def _rank(told: list[tuple[str, str]]) -> int:
    """Return how telling a name is: what says *published* before a date, that before a making."""
    roles = {role for role, _ in told}
    telling = (roles - _SILENT) or (roles & {"text"}) or roles
    if telling > {"date"}:
        telling.discard("date")  # the other says which date
    late = 30 if {"url", "source"} <= telling else max(_LATE.get(role, 0) for role in telling)
    rank = late + min(_RANK_OF[word] for role, word in told if role in telling)
    return 4 * rank + sum(role == "filler" for role, _ in told) - ("whole" in roles)


def _words(name: str) -> Iterator[str]:
    """Yield the words of a name in lower case, glued ones taken apart where all parts are known."""
    for word in _WORDS.findall(name):
        if len(word) > 1:  # the s of "author(s)"
            plain = word.lower()
            yield from _pieces(plain) or (plain,)


def _pieces(word: str) -> tuple[str, ...] | None:
    """Return the fewest known words that make up a word, or None.

    >>> _pieces("datepublished"), _pieces("judulnya"), _pieces("suka")
    (('date', 'published'), ('judul',), None)
    """
    one = word.removesuffix("s")  # but "articles" are those of a whole, not what one says
    for known in (word, word.removesuffix("nya"), one if _ROLE_OF.get(one) != "thing" else ""):
        if known in _ROLE_OF:
            return (known,)
    for cut in range(len(word) - 2, 1, -1):
        first, rest = word[:cut], word[cut:]
        if first in _ROLE_OF and (len(first) >= _SHORTEST_PIECE or first in _SHORT_PIECES):
            if len(rest) < _SHORTEST_PIECE and rest not in _SHORT_PIECES:
                continue
            if pieces := _pieces(rest):
                return (first, *pieces)
    return None
