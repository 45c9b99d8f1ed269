"""The fields that a query can name, in both languages, and how the index keeps them.

Title and body are kept twice: as stems, which find every inflection, and as the words that stand
there, which keep phrases exact and let the exact form rank first. The stems of both are kept once
more as one text, in which a word of the title counts as several and one of the lead as two: news
puts the point first, and an article without a title is not judged by its lack. That is BM25F
(Robertson, Zaragoza & Taylor 2004) in one list of postings a word.
"""

from __future__ import annotations

STEMS = {"title": "title", "body": "body"}
WORDS = {"title": "title_words", "body": "body_words"}
# Kept as they stand: the names of the fields that an article has, its words in capitals, the
# acronyms it defines, both ways round (KPK=komisi_pemberantasan_korupsi), and the words of the path
# that it came from, to find it again.
HAS = "has"
CAPITALS = "capitals"
DEFINITIONS = "definitions"
PATH = "path"
UNSCORED_FIELDS = (HAS, CAPITALS, DEFINITIONS, PATH)
# How often the title stands in the text, and where the lead ends, which stands there once more.
TEXT = "text"
TITLE_TIMES = 4
LEAD_CHARACTERS = 350

TEXT_FIELDS = ("title", "body")
NAME_FIELDS = ("authors", "source", "section", "tags", "url")
ANALYSED_FIELDS = ("title", "title_words", "body", "body_words", TEXT)

FIELD_NAMES = {
    "judul": "title",
    "title": "title",
    "isi": "body",
    "body": "body",
    "penulis": "authors",
    "author": "authors",
    "authors": "authors",
    "sumber": "source",
    "source": "source",
    "rubrik": "section",
    "section": "section",
    "tag": "tags",
    "tags": "tags",
    "url": "url",
}
DATE_NAMES = frozenset({"tanggal", "date", "published"})
HAS_NAMES = frozenset({"ada", "has"})
HAS_VALUES = {**FIELD_NAMES, **dict.fromkeys(DATE_NAMES, "published")}
