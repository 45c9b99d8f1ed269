"""The fields that a query can name, in both languages, and how the index keeps them.

Title and body are kept twice. As the words that stand there, each with its places: they keep
phrases exact, and let the very form rank first. And as stems, which find every inflection, without
places: those of both as one text, in which a word of the title counts as several and one of the
lead as two. News puts the point first, and an article without a title is not judged by its lack.
That is BM25F (Robertson, Zaragoza & Taylor 2004) in one list of postings a word. What the title has
and the body lacks is all that is kept of which of the two it was.
"""

from __future__ import annotations

from typing import Literal

TEXT = "text"
# Where the stems of a field are looked up: the body's are those of the text that are not the
# title's alone.
STEMS = {"title": "title", "body": TEXT}
TITLE_ALONE = "title_alone"
WORDS = {"title": "title_words", "body": "body_words"}
# Kept as they stand: the names of the fields that an article has, its words in capitals, the
# acronyms it defines, both ways round (KPK=komisi_pemberantasan_korupsi), and the words of the path
# that it came from, to find it again.
HAS = "has"
CAPITALS = "capitals"
DEFINITIONS = "definitions"
PATH = "path"
# How often the title stands in the text, and where the lead ends, which stands there once more.
TITLE_TIMES = 4
LEAD_CHARACTERS = 350

TEXT_FIELDS = ("title", "body")
NAME_FIELDS = ("authors", "source", "section", "tags", "url")
ANALYSED_FIELDS = ("title", "title_words", "body_words", TEXT)
UNSCORED_FIELDS = (HAS, CAPITALS, DEFINITIONS, PATH, TITLE_ALONE)

# What an engine keeps of each term that an article has in a field: that it is there, how often it
# is, or where it stands, without which there is no phrase. Each costs more than the one before.
Kept = Literal["presence", "counts", "places"]
KEPT: dict[str, Kept] = {
    **dict.fromkeys(("title", TEXT), "counts"),
    **dict.fromkeys((*WORDS.values(), *NAME_FIELDS), "places"),
    **dict.fromkeys(UNSCORED_FIELDS, "presence"),
}

FIELD_NAMES = {
    "judul": "title",
    "title": "title",
    "isi": "body",
    "body": "body",
    "penulis": "authors",
    "wartawan": "authors",
    "reporter": "authors",
    "author": "authors",
    "authors": "authors",
    "sumber": "source",
    "source": "source",
    "rubrik": "section",
    "kategori": "section",
    "kanal": "section",
    "category": "section",
    "section": "section",
    "topik": "tags",
    "tag": "tags",
    "tags": "tags",
    "url": "url",
}
# Names of dates that are ordinary words too: "tahun:baru" is text.
YEAR_NAMES = frozenset({"tahun", "year"})
DATE_NAMES = frozenset({"tanggal", "tgl", "date", "published"}) | YEAR_NAMES
HAS_NAMES = frozenset({"ada", "has"})
HAS_VALUES = {**FIELD_NAMES, **dict.fromkeys(DATE_NAMES, "published")}
