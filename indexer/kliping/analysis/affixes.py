"""The affixes of Indonesian as tables: what may stand before a root, what after it, and together.

The rules come from

* Nazief & Adriani, *Confix-stripping: approach to stemming algorithm for Bahasa Indonesia* (1996);
* Asian, Williams & Tahaghoghi, *Stemming Indonesian* (ACSC 2005): the order of clitics, suffixes
  and prefixes, and the confixes that cannot occur (``be-…-i``, ``ke-…-kan``, …);
* Arifin, Mahendra & Ciptaningtyas, *Enhanced confix stripping stemmer* (2009): ``memper-``,
  ``pem-`` before ``p``, ``-i`` after every ``me-``;
* Sneddon, *Indonesian: A Comprehensive Grammar* (2010): the nasal changes and the rarer prefixes.

Departures from all of them, each with the number of the corpus's 136,000 word forms it changes and,
of the older ones, its effect on gold (percentage points; ``benchmarks/stemming.py``):

* Whole chains (``memper-``, ``keber-``) stand in one table, so that every reading of a word is
  found at once and the best wins, where they strip affix after affix and stop at the first root.
  The chains change 666 forms: ud-csui affixed + 2.3, unimorph-ind + 3.0.
* The choice is by evidence (``readings``): 535 forms, ud-csui affixed + 2.2, unimorph-ind + 1.8.
* Bare -an and -i want a root of two syllables, or names in -an and -i lose it (*milan*, *hadi*):
  219 forms, ud-names + 0.1.
* be-, te-, pe- for ber-, ter-, per- want r, or a first syllable in -er-: 201 forms.
* A known word and a clitic is the likeliest reading of all: 60 forms, ud-mwt-clitics + 0.5.
* *menunjukan* for *menunjukkan*, *penegakkan* for *penegakan*: slips that the press makes daily.
  235 forms; gold has few.
* -isme, -isasi, -wan are suffixes where a list does not say that the whole word is the better
  term: 129 forms, sastrawi-test + 1.5. -is is none: *teroris* is listed, *terapis* is no *terap*.
* -nisasi, what -isasi is after a vowel (*pipanisasi*): 4 forms.
* What is spoken is read as it is written: *ngantuk*, *ngurusin*, *dimarahin*. 706 forms.
* Two roots within a prefix and a suffix are one (``readings.compounds``): *kesalahpahaman*.
  196 forms.
* The letters there go before letters swallowed, where all else is equal: *memarahi* is *marah*, not
  *parah*. 28 forms.
* p, k, t are lost before l and r too (*pemrosesan*, *mengritik*): 13 forms; a root's first
  consonant may come twice (*dedaunan*): 15 forms.

A prefix row reads: the letters before the root, the name shown to a reader, the letter that the
prefix swallowed (``men`` + *t*\\ ulis), the first letters a root may have there, the suffixes that
go with it, and its cost: how implausible it is, in the units of ``stemmer``'s score.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from typing import NamedTuple

NONE, AN, KAN, FINAL_I, FOREIGN, FINAL_IN = 1, 2, 4, 8, 16, 32
VERBAL = NONE | KAN | FINAL_I
NOMINAL = NONE | AN
SPOKEN = NONE | FINAL_IN

VOWELS = "aeiou"
LIQUIDS = "lr"
ANY = "abcdefghijklmnopqrstuvwxyz"
NOT_R = ANY.replace("r", "")

# What a root must look like, beyond its first letter; see ``SHAPES``.
ANY_SHAPE, ONE_SYLLABLE, SYLLABLES, CLOSED_BY_R = range(4)


class Prefix(NamedTuple):
    """One way for a prefix chain to stand before a root."""

    name: str
    swallowed: str
    initials: str
    suffixes: int
    cost: float
    shape: int


class Suffix(NamedTuple):
    """One chain of suffixes: its derivational class, the names of its parts, its cost."""

    name: str
    kind: int
    cost: float


_ONE_VOWEL = re.compile(f"[^{VOWELS}]*[{VOWELS}][^{VOWELS}]*")
_TWO_VOWELS = re.compile(f"[{VOWELS}][^{VOWELS}]*[{VOWELS}]")

# shape -> what is true of a root that has it. One syllable: menge-bom. Two or more: bare -an and
# -i. Closed by r: be-kerja, te-percaya (Sneddon 1.9).
SHAPES: tuple[Callable[[str], object], ...] = (
    lambda root: True,
    _ONE_VOWEL.fullmatch,
    _TWO_VOWELS.search,
    lambda root: root[1:3] == "er",
)

# Allomorph: letters, swallowed letter, first letters of the root after it, extra cost, shape.
_Allomorph = tuple[str, str, str, float, int]


def _nasal(vowelled: str) -> tuple[_Allomorph, ...]:
    """The shapes of meN- and peN-; ``vowelled`` is ``me`` or ``pe``."""
    return (
        (vowelled, "", "lmnrwy", 0.0, ANY_SHAPE),
        (vowelled + "m", "", "bfv", 0.0, ANY_SHAPE),
        (vowelled + "m", "p", VOWELS, 0.1, ANY_SHAPE),
        (vowelled + "m", "", "p", 0.75, ANY_SHAPE),
        (vowelled + "m", "p", LIQUIDS, 0.5, ANY_SHAPE),
        (vowelled + "n", "", "cdjz", 0.0, ANY_SHAPE),
        (vowelled + "n", "t", VOWELS, 0.1, ANY_SHAPE),
        (vowelled + "n", "", "st", 0.75, ANY_SHAPE),
        (vowelled + "n", "t", LIQUIDS, 0.5, ANY_SHAPE),
        (vowelled + "ng", "", VOWELS + "ghqx", 0.0, ANY_SHAPE),
        (vowelled + "ng", "k", VOWELS, 0.1, ANY_SHAPE),
        (vowelled + "ng", "", "k", 0.75, ANY_SHAPE),
        (vowelled + "ng", "k", LIQUIDS, 0.5, ANY_SHAPE),
        (vowelled + "ny", "s", VOWELS, 0.1, ANY_SHAPE),
        (vowelled + "ny", "sy", VOWELS, 1.0, ANY_SHAPE),
        (vowelled + "nge", "", ANY, 0.38, ONE_SYLLABLE),
    )


_MEN = _nasal("me")
_PEN = _nasal("pe")


# ber-, per- and ter- lose their r before r, and before a first syllable in -er-.
def _liquid(letters: str) -> tuple[_Allomorph, ...]:
    return (
        (letters + "r", "", NOT_R, 0.0, ANY_SHAPE),
        (letters, "", "r", 0.8, ANY_SHAPE),
        (letters, "", NOT_R, 0.3, CLOSED_BY_R),
    )


_BER = _liquid("be")
_TER = _liquid("te")
_PER = _liquid("pe")
# per- after pem- may lose its p (pemersatu, pemerataan).
_PER_CLIPPED = tuple((shape[0][1:], *shape[1:]) for shape in _PER)
# The first consonant again with e: pe-pohon-an, we-wangi-an (Sneddon 1.10).
_DOUBLED = tuple((c + "e", "", c, 0.0, SYLLABLES) for c in ANY if c not in VOWELS)
# meN- as it is spoken: ngopi, nyari, nonton, mikir.
_SPOKEN: tuple[_Allomorph, ...] = (
    ("nge", "", ANY, 0.0, ANY_SHAPE),
    ("ng", "", VOWELS, 0.0, SYLLABLES),
    ("ng", "k", VOWELS, 0.0, SYLLABLES),
    ("ny", "s", VOWELS, 0.0, SYLLABLES),
    ("ny", "c", VOWELS, 0.3, SYLLABLES),
)
# Beside -in alone (nungguin, maksain): bare, n- and m- take too many names (nanda, martial).
_SPOKEN_CLIPPED: tuple[_Allomorph, ...] = (
    ("n", "t", VOWELS, 0.0, SYLLABLES),
    ("m", "p", VOWELS, 0.1, SYLLABLES),
)
_AGENT: tuple[_Allomorph, ...] = (("pe", "", ANY, 0.0, ANY_SHAPE),)


def _plain(letters: str) -> tuple[_Allomorph, ...]:
    return ((letters, "", ANY, 0.0, ANY_SHAPE),)


def _after(lead: str, shapes: tuple[_Allomorph, ...]) -> tuple[_Allomorph, ...]:
    return tuple((lead + shape[0], *shape[1:]) for shape in shapes)


# What it costs to read a word as root + suffix with no prefix, and the shape the root then has. A
# known word and a clitic (buku-nya) is the likeliest reading of all; a bare imperative in -kan is
# rare in writing.
BARE: dict[int, tuple[float, int]] = {
    NONE: (-1.5, ANY_SHAPE),
    KAN: (0.5, ANY_SHAPE),
    AN: (0.0, SYLLABLES),
    FINAL_I: (0.0, SYLLABLES),
    FOREIGN: (0.0, SYLLABLES),
}

# Prefix, its shapes, the suffixes it takes, its cost.
_SIMPLE: tuple[tuple[str, tuple[_Allomorph, ...], int, float], ...] = (
    ("meN-", _MEN, VERBAL, 0.75),
    ("peN-", _PEN, AN, 0.75),
    ("peN-", _PEN, NONE, 1.25),
    # The slips: menunjukan, dimasukan, penegakkan, kenaikkan.
    ("meN-", _MEN, AN, 2.5),
    ("di-", _plain("di"), AN, 2.5),
    ("peN-", _PEN, KAN, 2.5),
    ("ke-", _plain("ke"), KAN, 2.5),
    # memfinalisasi: the verb of a learned noun.
    ("meN-", _MEN, FOREIGN, 1.5),
    ("di-", _plain("di"), FOREIGN, 1.5),
    ("ber-", _BER, NOMINAL, 0.75),
    ("ber-", _BER, KAN, 1.75),
    ("ter-", _TER, VERBAL, 0.75),
    ("per-", _PER, AN, 0.75),
    ("pe-", _AGENT, NOMINAL, 1.6),
    ("per-", _PER, VERBAL, 1.62),
    ("di-", _plain("di"), VERBAL, 0.75),
    ("ke-", _plain("ke"), AN, 0.75),
    ("ke-", _plain("ke"), NONE, 1.88),
    ("se-", _plain("se"), NONE, 0.75),
    ("se-", _plain("se"), AN, 1.88),
    ("ku-", _plain("ku"), VERBAL, 1.88),
    ("kau-", _plain("kau"), VERBAL, 1.5),
    ("R-", _DOUBLED, AN, 1.5),
    ("N-", _SPOKEN, SPOKEN, 2.5),
    ("N-", _SPOKEN_CLIPPED, FINAL_IN, 2.5),
    ("di-", _plain("di"), FINAL_IN, 2.5),
)

# Chains: the outer letters, put before the shapes of the inner prefix.
_CHAINS: tuple[tuple[str, str, str, tuple[_Allomorph, ...], int, float], ...] = (
    ("meN-", "mem", "per-", _PER, VERBAL, 1.12),
    ("di-", "di", "per-", _PER, VERBAL, 1.12),
    ("ku-", "ku", "per-", _PER, VERBAL, 2.0),
    ("ter-", "ter", "per-", _PER, VERBAL, 1.5),
    ("ter-", "te", "per-", _PER, VERBAL, 1.6),
    ("se-", "se", "per-", _PER, NOMINAL, 1.5),
    ("ke-", "ke", "per-", _PER, AN, 1.5),
    ("ber-", "ber", "per-", _PER, NOMINAL, 1.75),
    ("peN-", "pem", "per-", _PER, NOMINAL, 1.62),
    ("peN-", "pem", "per-", _PER_CLIPPED, NOMINAL, 1.6),
    ("meN-", "mem", "per-", _PER_CLIPPED, VERBAL, 1.9),
    ("meN-", "mem", "ber-", _BER, KAN | FINAL_I, 1.25),
    ("di-", "di", "ber-", _BER, KAN, 1.25),
    ("peN-", "pem", "ber-", _BER, AN, 1.25),
    ("ke-", "ke", "ber-", _BER, AN, 1.25),
    ("ke-", "ke", "ter-", _TER, AN, 1.25),
    ("di-", "di", "ter-", _TER, KAN, 1.75),
    ("meN-", "men", "ter-", _TER, KAN, 2.0),
    ("per-", "per", "se-", _plain("se"), AN, 1.5),
    ("ke-", "ke", "se-", _plain("se"), AN, 1.38),
    ("ber-", "ber", "se-", _plain("se"), NOMINAL, 1.62),
    ("ber-", "ber", "ke-", _plain("ke"), AN, 1.25),
    ("meN-", "meng", "ke-", _plain("e"), KAN, 1.75),
    ("di-", "di", "ke-", _plain("ke"), KAN, 1.75),
    ("peN-", "peng", "ke-", _plain("e"), AN, 1.75),
    ("se-", "se", "ke-", _plain("ke"), AN, 1.75),
    ("se-", "sepeng", "ke-", _plain("e"), AN, 2.0),
    ("ter-", "ter", "ke-", _plain("ke"), NONE | KAN, 1.75),
    ("ke-", "ke", "peN-", _PEN, AN, 1.38),
    ("ber-", "ber", "peN-", _PEN, NOMINAL, 1.38),
    ("se-", "se", "peN-", _PEN, NOMINAL, 1.5),
    ("ke-", "ke", "tidak-", _plain("tidak"), NOMINAL, 1.0),
    ("ke-", "ke", "tak-", _plain("tak"), AN, 1.12),
    ("ke-", "ke", "maha-", _plain("maha"), AN, 1.5),
    ("ke-", "ke", "tidak- + ter-", _after("tidak", _TER), AN, 1.62),
    ("ke-", "ke", "tidak- + ber-", _after("tidak", _BER), AN, 1.62),
    ("ke-", "ke", "tidak- + se-", _plain("tidakse"), AN, 1.62),
    ("ke-", "ke", "tak- + ter-", _after("tak", _TER), AN, 1.75),
    ("ke-", "ke", "tak- + ber-", _after("tak", _BER), AN, 1.75),
    ("ber-", "ber", "ke- + se-", _plain("kese"), AN, 1.88),
    ("ber-", "ber", "ke- + ter-", _after("ke", _TER), AN, 1.88),
)

# Learned prefixes: written solid, they leave the root as it is (PUEBI II.A).
LEARNED = ("antar", "anti", "pasca", "pra", "non", "maha", "multi", "super", "eks")


def _prefix_rows() -> Iterator[tuple[str, Prefix]]:
    for name, shapes, suffixes, cost in _SIMPLE:
        for letters, swallowed, initials, extra, shape in shapes:
            yield letters, Prefix(name, swallowed, initials, suffixes, cost + extra, shape)
    for outer, lead, inner, shapes, suffixes, cost in _CHAINS:
        for letters, swallowed, initials, extra, shape in shapes:
            name = f"{outer} + {inner}"
            yield lead + letters, Prefix(name, swallowed, initials, suffixes, cost + extra, shape)
    for letters in LEARNED:
        yield letters, Prefix(f"{letters}-", "", ANY, NONE, 1.88, ANY_SHAPE)


# Derivational suffixes; possessives and particles follow them in that order.
_DERIVATIONAL: tuple[tuple[str, int, float], ...] = (
    ("", NONE, 0.0),
    ("an", AN, 0.38),
    ("kan", KAN, 0.38),
    ("i", FINAL_I, 0.62),
    ("in", FINAL_IN, 1.0),
    ("wan", FOREIGN, 1.5),
    ("wati", FOREIGN, 1.5),
    ("isasi", FOREIGN, 1.0),
    ("nisasi", FOREIGN, 1.0),
    ("isme", FOREIGN, 1.0),
    ("iah", FOREIGN, 3.0),
    ("wi", FOREIGN, 3.0),
)
_POSSESSIVES: tuple[tuple[str, float], ...] = (("", 0.0), ("nya", 0.4), ("ku", 3.5), ("mu", 3.5))
_PARTICLES: tuple[tuple[str, float], ...] = (
    ("", 0.0),
    ("lah", 0.6),
    ("kah", 2.5),
    ("pun", 0.6),
    ("tah", 2.5),
)
NO_SUFFIX = Suffix("", NONE, 0.0)


def _suffix_rows() -> Iterator[tuple[str, Suffix]]:
    for letters, kind, cost in _DERIVATIONAL:
        for possessive, owned in _POSSESSIVES:
            for particle, stressed in _PARTICLES:
                parts = [f"-{part}" for part in (letters, possessive, particle) if part]
                total = cost + owned + stressed
                if parts:
                    yield letters + possessive + particle, Suffix(" ".join(parts), kind, total)


def prefix_table() -> dict[str, tuple[Prefix, ...]]:
    """Letters at the start of a word -> every prefix chain that they may be."""
    table: dict[str, list[Prefix]] = defaultdict(list)
    for letters, row in _prefix_rows():
        table[letters].append(row)
    return {letters: tuple(rows) for letters, rows in table.items()}


def suffix_table() -> dict[str, tuple[Suffix, ...]]:
    """Letters at the end of a word -> every suffix chain that they may be."""
    table: dict[str, list[Suffix]] = defaultdict(list)
    for letters, row in _suffix_rows():
        table[letters].append(row)
    return {letters: tuple(rows) for letters, rows in table.items()}


def beginnings(root: str, /) -> set[str]:
    """Return how a form of ``root`` may begin, whatever its suffixes.

    >>> {"tulis", "menulis", "pertulis"} <= beginnings("tulis")
    True
    """
    found = {root}
    for letters, row in _prefix_rows():
        rest = root.removeprefix(row.swallowed)
        if root.startswith(row.swallowed) and rest[:1] in row.initials:
            found.add(letters + rest)
    return found
