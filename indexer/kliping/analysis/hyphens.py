"""Hyphenated words: which of their parts carries the root.

Sneddon (2010), ch. 1: full reduplication (anak-anak), reduplication with an affix on either half
(buah-buahan, tarik-menarik, meniru-nirukan) or around both (kemerah-merahan) has one root. What
is neither (besar-kecil, covid-19) is no derivation, and loses only its clitics.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kliping.analysis.affixes import LEARNED

CLITICS = ("nya", "ku", "mu", "lah", "kah", "pun")
# What a hyphen parts from a name, an acronym or a foreign word: di-PHK-kan, meng-update, nge-vape.
_PREFIXES = frozenset("se ku kau di ter ber per me mem men meng menge nge pe pem pen peng".split())
_SUFFIXES = frozenset(("an", "kan", "i", "in"))
_INFIXES = ("em", "el", "er")
# Letters that are written before a word with a hyphen or without: e-KTP, K-pop, T-shirt, X-ray.
LETTERS = frozenset("ekpstx")
# The second half of a reduplicated verb keeps the nasal and drops the rest: menyepak-nyepak.
_NASALS = ("m", "n")


def outer_parts(word: str) -> tuple[str, ...]:
    """The parts between hyphens, clitics written as parts of their own left out.

    >>> outer_parts("kpk-nya"), outer_parts("se-indonesia")
    (('kpk',), ('indonesia',))
    """
    parts = [part for part in word.split("-") if part]
    while len(parts) > 1 and parts[-1] in CLITICS:
        parts.pop()
    if len(parts) == 3 and parts[0] in _PREFIXES | {"ke"} and parts[2] in _SUFFIXES:
        return (parts[1],)
    if len(parts) == 2 and parts[1] in ("an", "kan") and parts[0].isalpha():
        return (parts[0],)
    if len(parts) == 2 and parts[0] in _PREFIXES and len(parts[1]) > 2 and parts[1].isalpha():
        parts.pop(0)
    return tuple(parts)


def joined(parts: tuple[str, ...]) -> str:
    """The word without its hyphen, where spelling varies: *e-KTP*, *non-aktif*; '' elsewhere.

    >>> joined(("e", "ktp")), joined(("besar", "kecil"))
    ('ektp', '')
    """
    first = parts[0]
    varies = len(parts) == 2 and (first in LETTERS or first in LEARNED) and len(parts[1]) > 2
    return "".join(parts) if varies and parts[1].isalpha() else ""


def bare_compounds(word: str) -> Iterator[str]:
    """The word without each clitic that its end may be: where to look for ``kupu-kupunya``."""
    if word.endswith(CLITICS):
        for clitic in CLITICS:
            if word.endswith(clitic):
                yield word[: -len(clitic)]


def reduplicated(first: str, second: str, stem: Callable[[str], str]) -> str | None:
    """The root that both halves of a reduplication share; None if they share none."""
    root, other = stem(first), stem(second)
    if first.endswith(second) or other == root:
        return root
    bare = second.removesuffix("an")
    if bare and bare != second and first.endswith(bare):
        return stem(bare)  # kekuning-kuningan, where kuningan has a stem of its own
    if second in [first[:1] + infix + first[1:] for infix in _INFIXES]:
        return root  # tali-temali
    if second.startswith(_NASALS) and stem(f"me{second}") == root:
        return root
    return None
