"""Hyphenated words: which of their parts carries the root.

Sneddon (2010), ch. 1: full reduplication (anak-anak), reduplication with an affix on either half
(buah-buahan, tarik-menarik, meniru-nirukan) or around both (kemerah-merahan) has one root. What
is neither (besar-kecil, covid-19) is no derivation, and loses only its clitics.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

CLITICS = ("nya", "ku", "mu", "lah", "kah", "pun")
_PROCLITICS = frozenset(("se", "ku", "kau"))
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
    if len(parts) == 2 and parts[0] in _PROCLITICS:
        parts.pop(0)
    return tuple(parts)


def bare_compounds(word: str) -> Iterator[str]:
    """The word without each clitic that its end may be: where to look for ``kupu-kupunya``."""
    if word.endswith(CLITICS):
        for clitic in CLITICS:
            if word.endswith(clitic):
                yield word[: -len(clitic)]


def reduplicated(first: str, second: str, stem: Callable[[str], str]) -> str | None:
    """The root that both halves of a reduplication share; None if they share none."""
    root = stem(first)
    if first.endswith(second) or stem(second) == root:
        return root
    if second.startswith(_NASALS) and stem(f"me{second}") == root:
        return root
    return None
