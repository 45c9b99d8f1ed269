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
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from itertools import product
from typing import NamedTuple

from kliping.analysis.affixes import (
    ANY,
    BARE,
    NO_SUFFIX,
    NONE,
    SHAPES,
    Prefix,
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


# The letters that prefix chains swallow, every suffix that one of these takes, and the chains.
_Group = tuple[str, int, tuple[Prefix, ...]]


class _Tail(NamedTuple):
    """A suffix chain, and what it costs with no prefix before; ``None`` if it never stands so."""

    stop: int | None  # where the root ends, from the end of the word
    kind: int
    name: str
    cost: float
    bare: float | None
    shape: int


_PREFIXES = prefix_table()


class _Chains(dict[str, tuple[_Group, ...]]):
    """The letters of a prefix chain and the first one after it -> the chains they may be."""

    def __missing__(self, key: str) -> tuple[_Group, ...]:
        groups: dict[str, _Group] = {}
        for prefix in _PREFIXES.get(key[:-1], ()):
            if key[-1] in prefix.initials:
                _, takes, chains = groups.get(prefix.swallowed, ("", 0, ()))
                found = prefix.swallowed, takes | prefix.suffixes, (*chains, prefix)
                groups[prefix.swallowed] = found
        self[key] = tuple(groups.values())
        return self[key]


_Sizes = Mapping[str, tuple[int, ...]]


def _sizes(
    affixes: Iterable[tuple[str, int]], edge: Callable[[str, int], str], few: int, more: int
) -> tuple[_Sizes, _Sizes]:
    """A few letters at the edge of a word, and more -> how long affixes are that it may have there.

    Of long ones the few only say that there are any. So not many are tried, and half of all names
    are seen at once to have none.
    """
    short: dict[str, set[int]] = defaultdict(set)
    long: dict[str, set[int]] = defaultdict(set)
    for letters, size in affixes:
        told = short[edge(letters, few)]
        (long[edge(letters, more)] if len(letters) >= more else told).add(size)
    ordered = [{key: tuple(sorted(each[key])) for key in each} for each in (short, long)]
    return ordered[0], ordered[1]


def _tail_rows() -> dict[str, tuple[_Tail, ...]]:
    """Letters at the end of a word -> the suffix chains that they may be."""
    return {
        letters: tuple(
            _Tail(-len(letters), kind, name, cost, *BARE.get(kind, (None, 0)))
            for name, kind, cost in suffixes
        )
        for letters, suffixes in suffix_table().items()
    }


def _beginnings() -> Iterator[tuple[str, int]]:
    """Yield how a word with a prefix chain begins, in three letters or more, and its length."""
    for letters, prefixes in _PREFIXES.items():
        initials = set("".join([prefix.initials for prefix in prefixes]))
        thirds = ANY if len(letters) == 1 else ("",)
        for initial, third in product(initials if len(letters) < 5 else ("",), thirds):
            yield letters + initial + third, len(letters)


_CHAINS = _Chains()
_SUFFIXES = _tail_rows()
_STARTS, _LONG_STARTS = _sizes(_beginnings(), lambda letters, size: letters[:size], 3, 5)
_ENDS, _LONG_ENDS = _sizes(
    (
        (key, len(suffix))
        for suffix in _SUFFIXES
        for key in ([suffix] if suffix[1:] else [letter + suffix for letter in ANY])
    ),
    lambda letters, size: letters[-size:],
    2,
    4,
)
_NO_TAIL = (_Tail(None, NO_SUFFIX.kind, NO_SUFFIX.name, NO_SUFFIX.cost, None, 0),)


def may_be_derived(word: str, /) -> bool:
    """Say whether a word begins or ends as an affix does; if not, it has no reading."""
    return word[:3] in _STARTS or word[-2:] in _ENDS


def _heads(word: str) -> list[tuple[int, tuple[_Group, ...]]]:
    """Where the root may begin after a prefix chain, and the chains that end there."""
    found = []
    sizes = _STARTS.get(word[:3])
    if sizes is not None:
        sizes += _LONG_STARTS.get(word[:5], ())
        for size in sizes:
            groups = _CHAINS[word[: size + 1]]
            if groups and size < len(word) - 1:
                found.append((size, groups))
    return found


def _tails(word: str) -> tuple[_Tail, ...]:
    """The suffix chains that a word may end in, where a root of two letters is left."""
    found: tuple[_Tail, ...] = ()
    sizes = _ENDS.get(word[-2:])
    if sizes is not None:
        sizes += _LONG_ENDS.get(word[-4:], ())
        for size in sizes:
            if size < len(word) - 1:
                found += _SUFFIXES.get(word[-size:], ())
    return found


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
    if not heads:
        return found
    tails += _NO_TAIL
    for start, groups in heads:
        for swallowed, taken, prefixes in groups:
            for stop, kind, suffix, suffix_cost, _, _ in tails:
                # Nearly all that is tried is no root: chains are asked of what is one.
                if kind & taken and (root := swallowed + word[start:stop]) in roots:
                    worth = (weights.get(root) or weight(root)) - suffix_cost
                    for name, _, _, takes, cost, shape in prefixes:
                        if kind & takes and (not shape or SHAPES[shape](root)):
                            found.append((worth - cost, root, name, suffix))
    return found


def compounds(word: str, /, roots: Collection[str]) -> list[Reading]:
    """Return the readings of ``word`` as two roots within a prefix and a suffix.

    A phrase that takes both is written solid (PUEBI I.A: *diambilalihkan*). Not for words shorter
    than ``SHORTEST``.
    """
    tails = _tails(word)
    return [
        (-cost - suffix_cost, root, name, suffix)
        for start, groups in (_heads(word) if tails else ())
        for swallowed, taken, prefixes in groups
        for stop, kind, suffix, suffix_cost, _, _ in tails
        if kind & taken > NONE and _is_compound(root := swallowed + word[start:stop], roots)
        for name, _, _, takes, cost, _ in prefixes
        if kind & takes
    ]


def _is_compound(base: str, roots: Collection[str]) -> bool:
    """Say whether ``base`` is two roots written solid, of some length and the first no prefix."""
    return len(base) >= _BOTH and any(
        base[:size] in roots and base[size:] in roots and base[:size] not in _PREFIXES
        for size in range(_FIRST, len(base) - _SECOND + 1)
    )


def _bare(
    word: str,
    tails: tuple[_Tail, ...],
    roots: Collection[str],
    whole: Mapping[str, str],
    weights: Mapping[str, float],
) -> list[Reading]:
    """The readings without a prefix."""
    found = []
    for stop, kind, suffix, cost, bare, shape in tails:
        root = word[:stop]
        if root in (whole if kind == NONE else roots) and bare is not None:
            if shape and not SHAPES[shape](root):
                continue
            score = (weights.get(root) or weight(root)) - cost - bare
            if kind == NONE and whole[root] != root:
                score += _LISTED
            found.append((score, root, "", suffix))
    return found
