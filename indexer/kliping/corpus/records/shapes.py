"""The texts in a value of any shape: a string, a number, an object with a text inside, a list."""

from __future__ import annotations

import ast
import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from kliping.corpus.text.tidying import tidy

# Where objects keep their text: our word first, then those of exports (WordPress, MongoDB,
# Blogger, XML made JSON), then of trees of blocks, and what GraphQL wraps them in.
INNER = (
    "name", "nama", "title", "display_name", "displayName", "full_name", "value", "text",
    "rendered", "plain", "raw", "main", "original", "label", "$date", "$oid", "$numberLong",
    "$numberInt", "$numberDouble", "$t", "#text", "_text", "__text", "@value",
    "#cdata-section", "__cdata", "content", "data", "html", "url", "href", "blocks",
    "paragraphs", "children", "node", "nodes", "edges", "document",
    "attributes",
)  # fmt: skip
# What programs write where there is nothing, dates that stand for none included.
_NOTHING = frozenset(
    "null|(null)|[null]|nil|none|(none)|nan|nat|n/a|#n/a|n.a.|na|<na>|undefined|\\n|-|--|---|–|—|.|?"
    "|[]|{}|''|\"\"|['']|#value!|#ref!|#name?|#null!|kosong|(kosong)|(blank)|(empty)|tidak ada"
    "|tidak diketahui|0000-00-00|0000-00-00 00:00:00|0000-00-00t00:00:00|00/00/0000|1900-01-00"
    "|1970-01-01|1970-01-01 00:00:00|1970-01-01 07:00:00|1970-01-01t00:00:00|1970-01-01t00:00:00z"
    "|0001-01-01|0001-01-01 00:00:00|0001-01-01t00:00:00|0001-01-01t00:00:00z|1899-12-30".split("|")
)
_BEFORE_SIGN = re.compile(r" (?=[.,;:!?)”](?: |\Z))")
_DEEPEST = 60  # levels: trees of blocks have some ten
_LONGEST_NOTHING = 24  # characters, with white space around: most texts need no look
_LISTED = re.compile(r"\s*[\[(]\s*['\"].*['\"]\s*+(?:,\s*+)?[\])]\s*", re.DOTALL)
_LONGEST_LIST = 200_000  # characters: what is longer is a text in brackets
_BETWEEN = re.compile(r"(?<=['\"])\s+(?=['\"])")  # as numpy prints: ['a' 'b']


def strings(value: object, /, deep: int = _DEEPEST) -> list[str]:
    """Return the texts in a value of any shape, in order, without words for nothing.

    What lies deeper than so many levels is no text that anyone wrote.

    >>> strings({"rendered": "Banjir"}), strings("['Rina', 'Budi']"), strings(["NULL", 7])
    (['Banjir'], ['Rina', 'Budi'], ['7'])
    """
    if isinstance(value, str):
        return _of_text(value)
    if isinstance(value, bool) or value is None or not deep:
        return []
    if isinstance(value, (int, float)):
        return _of_text(str(value))
    if isinstance(value, Mapping):
        inner = (strings(value[name], deep - 1) for name in INNER if name in value)
        return next(filter(None, inner), [])
    if isinstance(value, (list, tuple)):
        texts = [text for item in value for text in strings(item, deep - 1)]
        return ["".join(texts)] if _is_run(value, texts) else texts
    return []


def _is_run(value: Sequence[object], texts: list[str]) -> bool:
    """Say whether the objects of a list are pieces of one text, as editors keep bold and links.

    The white space between two words stands at the end of the one piece or before the next.
    """
    return (
        len(texts) == len(value) > 1
        and all(isinstance(item, Mapping) and isinstance(item.get("text"), str) for item in value)
        and any(one[-1:].isspace() or other[:1].isspace() for one, other in pairwise(texts))
    )


def text_of(value: object, /) -> str:
    """Return the text of a value; parts are paragraphs, but for links among runs of text.

    >>> text_of(["Air", "Surut"]), text_of(["Baca ", {"type": "link", "text": "a.id"}, " saja"])
    ('Air\\n\\nSurut', 'Baca a.id saja')
    """
    if isinstance(value, str):
        listed = _of_text(value) if value.lstrip()[:1] in {"[", "("} else [value]
        return "\n\n".join(listed)
    texts = strings(_spoken(value))
    is_mixed = isinstance(value, list) and len({isinstance(each, str) for each in value}) > 1
    return ("" if is_mixed else "\n\n").join(texts)


def _spoken(value: object) -> object:
    """Return lists of words, as collections for training keep sentences, as sentences.

    >>> _spoken([[["Air", "surut", "."], ["Warga", "pulang", "."]]])
    ['Air surut. Warga pulang.']
    """
    if not isinstance(value, list) or not value or not isinstance(value[0], list):
        return value
    if all(isinstance(each, list) and each and _is_words(each) for each in value):
        return [_BEFORE_SIGN.sub("", " ".join(each)) for each in value]
    parts = map(_spoken, value)
    return [" ".join(map(str, each)) if isinstance(each, list) else each for each in parts]


def _is_words(value: list[object]) -> bool:
    return all(isinstance(each, str) and " " not in each for each in value)


def first(value: object, /) -> str | None:
    """Return the first text in a value, on one line."""
    if isinstance(value, str) and "[" not in value and not is_nothing(value):
        return tidy(value) or None
    return next((text for item in strings(value) if (text := tidy(item))), None)


def is_nothing(text: str, /) -> bool:
    """Say whether a text is a word that programs write where there is nothing.

    >>> is_nothing(" NaN "), is_nothing("Nihil")
    (True, False)
    """
    return len(text) < _LONGEST_NOTHING and text.strip().lower() in _NOTHING


def _of_text(text: str) -> list[str]:
    if not text.strip() or is_nothing(text):
        return []
    if text.lstrip()[:1] in {"[", "("} and len(text) < _LONGEST_LIST and _LISTED.fullmatch(text):
        try:
            return strings(ast.literal_eval(_BETWEEN.sub(", ", text.strip())))
        except (ValueError, SyntaxError, MemoryError, RecursionError):
            pass
    return [text]
