"""How else may the same be written: solid or parted, a number with points or without?

Bound forms are written solid (PUEBI II.A: *subsektor*), and are found parted as often (*sub
sektor*, *sub-sektor*). What is sought in one spelling is sought in the others too, as a synonym is:
by rule, where a list would never be whole.

>>> list(respelled("pra kerja", ("pra", "kerja"))), list(respelled("1.500", ("1", "500")))
(['prakerja'], ['1500'])
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kliping.analysis.affixes import LEARNED
from kliping.analysis.hyphens import LETTERS
from kliping.analysis.readings import readings
from kliping.analysis.roots import vocabulary

# No words by themselves: Latin and Greek, Sanskrit, and what is shortened from them.
_BOUND = (
    *LEARNED,
    *"adi aero agro audio auto awa bio catur dasa dwi ekstra elektro fono foto geo hidro".split(),
    *"hiper hipo infra inter intra kontra kuasi makro mega mikro mini mono nara neo nir".split(),
    *"oto panca para poli pro proto pseudo psiko purna radio re semi serba sosio sub".split(),
    *"supra swa tele termo trans tri tuna ultra video vulkano".split(),
)
_SHORTEST, _SURE = 3, 5  # letters of what is bound to, the latter if the whole is a word we know
_POINTED = re.compile(r"[1-9]\d{0,2}(?:\.\d{3})+")
_PLAIN = re.compile(r"[1-9][0-9]{3,14}")
_YEARS = range(1800, 2100)


def respelled(surface: str, words: tuple[str, ...], /) -> Iterator[str]:
    """Yield other spellings of what was typed as ``surface``, one token or a row of them."""
    if len(words) == 1:
        yield from _pointed(words[0]) if _PLAIN.fullmatch(words[0]) else _parted(words[0])
    elif _POINTED.fullmatch(surface):
        yield surface.replace(".", "")
    elif len(words) == 2 and "".join(words).isalpha() and _is_one(surface, *words):
        yield "".join(words)


def _is_one(surface: str, first: str, second: str) -> bool:
    """Say whether two words may be one: joined by a hyphen (*on-line*), or the first one bound."""
    if "-" in surface:
        return first != second
    is_bound = first in _BOUND or first in LETTERS
    return is_bound and not _is_name(first + second) and _is_word(second, _SHORTEST)


def _parted(word: str) -> Iterator[str]:
    """Yield a word as a bound form and a word that is known: *mikroplastik*."""
    if word.startswith(_BOUND) and not _is_name(word):
        least = _SURE if word in vocabulary().known else _SHORTEST
        for bound in _BOUND:
            rest = word.removeprefix(bound)
            if rest != word and _is_word(rest, least):
                yield f"{bound} {rest}"


def _is_name(word: str) -> bool:
    return word in vocabulary().known and word not in vocabulary().roots


def _is_word(word: str, least: int) -> bool:
    """Say whether a word of so many letters is a root, or a longer one derived; names are not."""
    if len(word) < least or word in vocabulary().roots:
        return len(word) >= least
    return len(word) >= _SURE and bool(readings(word, *vocabulary()))


def _pointed(number: str) -> Iterator[str]:
    """Yield a number of four digits or more with its points; what looks like a year is one."""
    if int(number) not in _YEARS:
        yield f"{int(number):,}".replace(",", ".")
