"""What stands in a column: "Are these dates, addresses, long texts, titles, names?"."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from statistics import median
from typing import Literal

from kliping.corpus.records.days import has_order
from kliping.corpus.records.shapes import strings
from kliping.corpus.text.dates import parse_date

Kind = Literal[
    "nothing", "dates", "epochs", "serial dates", "clocks", "numbers", "pictures", "addresses",
    "long texts", "short texts", "names", "words",
]  # fmt: skip

TEXTS: frozenset[Kind] = frozenset({"long texts", "short texts"})
LOOKED_AT = 40  # values of a column: what most of them are, the others are
_MOST = 0.8
BESIDE_TITLES = 100  # characters of texts that nothing but short ones beside them tells
LONG, _SHORT = 200, 15  # characters, at the median, of a body, and of a title at least
_SERIAL = (20_000, 80_000)  # the days of 1954 to 2119, as spreadsheets count them
_ADDRESS = re.compile(r"(?:https?:)?//[\w-]+(?:\.[\w-]+)+(?:[:/?#]\S*)?|www\.[\w-]+\.\S+", re.I)
_PICTURE = re.compile(r"\S+\.(?:jpe?g|png|gif|webp|avif)(?:[?#]\S*)?", re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?\d{1,15}(?:[.,]\d+)?(?:[eE][+-]?\d+)?")
_CLOCK = re.compile(
    r"(?:pukul\s+)?(?:[01]?\d|2[0-4])[:.][0-5]\d(?:[:.][0-5]\d)?\s*(?:[ap]\.?m\.?|wib|wita|wit)?",
    re.IGNORECASE,
)
_NAME = re.compile(r"(?:[A-Z][\w'’.-]*)(?:\s+(?:[A-Z][\w'’.-]*|bin|binti|al|van|de)){1,4}")


def kind_of(values: Sequence[object], /) -> Kind:
    """Return what most values of a column are.

    >>> kind_of(["7 Mei 2024", "8 Mei 2024"]), kind_of(["22.05", "07.30"]), kind_of([45363.5])
    ('dates', 'clocks', 'serial dates')
    """
    texts = ["\n".join(found) for value in values if (found := strings(value))][:LOOKED_AT]
    if not texts:
        return "nothing"
    for kind, is_one in _KINDS:
        if sum(map(is_one, texts)) >= _MOST * len(texts):
            return kind
    lengths = median(map(len, texts))
    if lengths >= LONG:
        return "long texts"
    is_spoken = lengths >= _SHORT and median(text.count(" ") for text in texts) >= 2
    return "short texts" if is_spoken else "words"


def _is_number(text: str) -> bool:
    return _NUMBER.fullmatch(text.strip()) is not None


def _number(text: str) -> float:
    return float(text.strip().replace(",", ".")) if _is_number(text) else -1.0


def _is_epoch(text: str) -> bool:
    number = _number(text)  # the years 1980 to 2100, in seconds, milli- or microseconds
    return any(3.2e8 <= number / unit < 4.1e9 for unit in (1, 1e3, 1e6))


def _is_date(text: str) -> bool:
    if not 6 <= len(text) <= 60 or not any(map(str.isdigit, text)):
        return False
    if _ADDRESS.match(text):  # an address may name a day
        return False
    return parse_date(text) is not None or has_order(text)


_KINDS: Sequence[tuple[Kind, Callable[[str], bool]]] = (
    ("clocks", lambda text: len(text) < 20 and _CLOCK.fullmatch(text.strip()) is not None),
    ("serial dates", lambda text: _SERIAL[0] <= _number(text) < _SERIAL[1]),
    ("epochs", _is_epoch),
    ("dates", _is_date),
    ("numbers", _is_number),
    ("pictures", lambda text: _PICTURE.fullmatch(text.strip()) is not None),
    ("addresses", lambda text: _ADDRESS.fullmatch(text.strip()) is not None),
    ("names", lambda text: len(text) < 60 and _NAME.fullmatch(text.strip()) is not None),
)
