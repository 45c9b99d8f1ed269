"""Here is a word: give me every way to read it as prefixes + root + suffixes.

Useful for: the stemmer, and for measuring roots. Not useful for: hyphens, exceptions, unknown
words; those are the stemmer's. Each reading has a score::

    score = weight(root) - cost(prefix chain) - cost(suffix chain)
    weight = evidence(root) + LENGTH_WEIGHT * letters of the root

``evidence`` is the log of how often the root's family of words occurs in news, from
``data/root_frequencies.txt``: the stage that Nazief & Adriani and their successors leave out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping

from kliping.analysis.affixes import (
    BARE,
    NO_SUFFIX,
    NONE,
    SHAPES,
    Prefix,
    Suffix,
    prefix_table,
    suffix_table,
)

# Score, root, name of the prefix chain, name of the suffix chain: of two, the greater is better.
Reading = tuple[float, str, str, str]

LENGTH_WEIGHT = 0.3
# Letters of a compound's first root, its second, and both: shorter ones would take names and slips
# for compounds. With affixes it has SHORTEST at the least.
_FIRST, _SECOND, _BOTH = 4, 3, 8
SHORTEST = _BOTH + 3
# The evidence for a root that the table leaves out: it has no rival in the corpus, so the figure
# only matters against a rival that the corpus lacks.
UNLISTED = 2.0
# What a form whose root is listed brings beneath a clitic: more than any root may (mengawalnya).
_LISTED = 4.0


def weight(root: str, evidence: float = UNLISTED) -> float:
    """What a root brings to the score of a reading."""
    return evidence + LENGTH_WEIGHT * len(root)


def _lengths(affixes: Iterable[str], edge: slice) -> dict[str, tuple[int, ...]]:
    """Letters at the edge of a word -> how long the affixes are that begin or end so."""
    lengths: dict[str, set[int]] = defaultdict(set)
    for affix in affixes:
        lengths[affix[edge]].add(len(affix))
    return {letters: tuple(sorted(found)) for letters, found in lengths.items()}


_PREFIXES = prefix_table()
_SUFFIXES = suffix_table()
_STARTS = _lengths(_PREFIXES, slice(3))
# What may begin with a long prefix may begin with a shorter one: mengarang with m-, me- or meng-.
for _start in sorted(_STARTS, key=len):
    _shorter = _STARTS.get(_start[:-1]) or _STARTS.get(_start[:1]) or ()
    if len(_start) > 1:
        _STARTS[_start] = (*_shorter, *_STARTS[_start])
_ENDS = _lengths(_SUFFIXES, slice(-2, None))
# The suffix of one letter, which two letters do not find: -i.
_ENDS |= {ending: (1, *sizes) for ending, sizes in _ENDS.items() if ending[1:] == "i"}


def _by_initial() -> dict[str, tuple[Prefix, ...]]:
    """The letters of a prefix chain and the first one after it -> the chains they may be."""
    table: dict[str, tuple[Prefix, ...]] = {}
    for letters, prefixes in _PREFIXES.items():
        for prefix in prefixes:
            alone = (prefix,)
            for key in map(letters.__add__, prefix.initials):
                table[key] = table[key] + alone if key in table else alone
    return table


_CHAINS = _by_initial()


def _heads(word: str) -> list[tuple[int, tuple[Prefix, ...]]]:
    """Where the root may begin after a prefix chain, and the chains that end there."""
    sizes = _STARTS.get(word[:3]) or _STARTS.get(word[:2]) or _STARTS.get(word[:1])
    if sizes is None:
        return []
    longest = len(word) - 2
    return [
        (size, prefixes)
        for size in sizes
        if size <= longest and (prefixes := _CHAINS.get(word[: size + 1]))
    ]


def _tails(word: str) -> list[tuple[int, Suffix]]:
    """Where the root may end before a suffix chain, and the chains that begin there."""
    sizes = _ENDS.get(word[-2:]) or _ENDS.get(word[-1:])
    if sizes is None:
        return []
    length = len(word)
    return [
        (length - size, suffix)
        for size in sizes
        if size < length - 1
        for suffix in _SUFFIXES.get(word[length - size :], ())
    ]


def readings(
    word: str, /, roots: Collection[str], whole: Mapping[str, str], weights: Mapping[str, float]
) -> list[Reading]:
    """Return every reading of ``word`` that takes something off, in no order.

    Args:
        roots: what affixes may stand around.
        whole: what clitics may follow: roots, names, lexicalised and listed forms -> their roots.
        weights: the :func:`weight` of each root that is known to be common or rare.
    """
    heads, tails = _heads(word), _tails(word)
    found = _bare(word, tails, roots, whole, weights) if tails else []
    if heads:
        tails.append((len(word), NO_SUFFIX))
    for start, prefixes in heads:
        for name, swallowed, _, takes, cost, shape in prefixes:
            for cut, (suffix, kind, suffix_cost) in tails:
                if kind & takes and (root := swallowed + word[start:cut]) in roots:
                    if shape and not SHAPES[shape](root):
                        continue
                    score = (weights.get(root) or weight(root)) - cost - suffix_cost
                    found.append((score, root, name, suffix))
    return found


def compounds(word: str, /, roots: Collection[str]) -> list[Reading]:
    """Return the readings of ``word`` as two roots within a prefix and a suffix.

    A phrase that takes both is written solid (PUEBI I.A: *diambilalihkan*). Not for words shorter
    than ``SHORTEST``.
    """
    tails = _tails(word)
    return [
        (-cost - suffix_cost, root, name, suffix)
        for start, prefixes in (_heads(word) if tails else ())
        for cut, (suffix, kind, suffix_cost) in tails
        if cut - start > _BOTH - 3  # a prefix swallows two letters at most
        for name, swallowed, _, takes, cost, _ in prefixes
        if kind & takes > NONE and _is_compound(root := swallowed + word[start:cut], roots)
    ]


def _is_compound(base: str, roots: Collection[str]) -> bool:
    """Say whether ``base`` is two roots written solid, of some length and the first no prefix."""
    return len(base) >= _BOTH and any(
        base[:size] in roots and base[size:] in roots and base[:size] not in _PREFIXES
        for size in range(_FIRST, len(base) - _SECOND + 1)
    )


def _bare(
    word: str,
    tails: list[tuple[int, Suffix]],
    roots: Collection[str],
    whole: Mapping[str, str],
    weights: Mapping[str, float],
) -> list[Reading]:
    """The readings without a prefix."""
    found = []
    for cut, (suffix, kind, cost) in tails:
        root = word[:cut]
        if kind in BARE and root in (whole if kind == NONE else roots):
            bare_cost, shape = BARE[kind]
            if not shape or SHAPES[shape](root):
                score = (weights.get(root) or weight(root)) - cost - bare_cost
                if kind == NONE and whole[root] != root:
                    score += _LISTED
                found.append((score, root, "", suffix))
    return found
