"""How much two texts share: their shingles, every eight words in a row, and a sketch of these.

Resemblance is the share of common shingles among all of both texts (Jaccard; Broder 1997). A
sketch is a sample of a text, small enough to be kept for each article, from which the resemblance
of two texts can be guessed and articles that may resemble one another looked up.

The sample is a bottom-k one: the first in one fixed order of all that texts may have, here what
follows *yang* or *di*, by checksum, then what follows other common words, then all shingles. So
what two texts have in common is sampled in both or in neither. Beginning with stop words (SpotSigs,
Theobald et al. 2008) lets most words pass unlooked at, and counts prose for more than its
furniture; taking what follows by letters rather than by words saves a third of the time.

Notices from one mould (prices, weather, timetables) may share most of their words and yet tell
different things: their numbers differ. So a sketch keeps these too. Of 211 pairs of real articles
that share 0.75 and have numbers, three quarters of the fewer stand in the other, or more; dates
are written in many ways (*06/09/2019*, *6 September*), so noughts in front do not count, nor does
what only one of both has.

Nothing here knows of an index: a sketch is made wherever the text is, and sent as it is.
"""

from __future__ import annotations

from struct import pack, unpack
from zlib import crc32

from kliping.analysis.folding import fold

LENGTH = 8
# The places where samples begin: a text with few of the first kind adds the next.
_BEGINNINGS = ((b" yang ", b" di "), (b" dan ", b" dengan ", b" ini ", b" untuk "))
_ENOUGH, _MOST = 6, 16
_WINDOW = 48  # letters; nearly eight words
# The two highest bits of a mark say what it is of, so that the first kind comes first.
_KIND = 30
_SHINGLE = len(_BEGINNINGS) << _KIND

Shingles = frozenset[int]  # hashes, which hold for one process
# What tells a letter from a digit: all bytes but digits and spaces.
_NO_NUMBER = bytes(each for each in range(256) if each not in b"0123456789 ")
_NUMBERS = 32  # are kept of a text at most, by checksum
_AGREED = 2 / 3
# A digest of all words; the marks, 32 bits each, the first in order first; and the numbers, 16
# bits of a checksum each.
Sketch = tuple[int, bytes, bytes]


def words_of(text: str, /) -> bytes:
    """Return the words that are compared, as they are indexed: folded, parted at hyphens."""
    return b" ".join(fold(text).split()).replace(b"-", b" ")


def shingles(words: bytes, /) -> Shingles:
    """Return every eight words in a row; a shorter text has none."""
    row = words.split()
    return frozenset(map(hash, zip(*(row[start:] for start in range(LENGTH)), strict=False)))


def resemblance(one: Shingles, other: Shingles, /) -> float:
    """Return the share of common shingles, 0 to 1; 0 where there is none at all.

    >>> resemblance(shingles(b"a b c d e f g h i"), shingles(b"a b c d e f g h"))
    0.5
    """
    common = len(one & other)
    return common / (len(one) + len(other) - common) if common else 0.0


def sketch(words: bytes, /) -> Sketch:
    """Return the sketch of :func:`words_of` a text; a short one has no marks."""
    text, found = b" " + words, set[int]()
    for kind, beginnings in enumerate(_BEGINNINGS):
        for beginning in beginnings:
            _sample(text, beginning, kind << _KIND, found)
        if len(found) >= _ENOUGH:
            break
    else:
        row = words.split()
        places = range(len(row) - LENGTH + 1)
        found |= {_SHINGLE | crc32(b" ".join(row[at : at + LENGTH])) >> 2 for at in places}
    marks = sorted(found)[:_MOST]
    packed = pack(f"<{len(marks)}I", *marks)
    # Of texts with the same samples, one in four thousand million has the same checksum by chance.
    return crc32(words) << 31 | crc32(packed) >> 1, packed, _numbers(words)


def _numbers(words: bytes) -> bytes:
    numbers = {number.lstrip(b"0") for number in words.translate(None, _NO_NUMBER).split()}
    kept = sorted({crc32(number) & 0xFFFF for number in numbers})[:_NUMBERS]
    return pack(f"<{len(kept)}H", *kept)


def _sample(text: bytes, beginning: bytes, kind: int, found: set[int]) -> None:
    last, find = len(text) - _WINDOW, text.find
    at = find(beginning)
    while 0 <= at <= last:
        found.add(kind | crc32(text[at : at + _WINDOW]) >> 2)
        at = find(beginning, at + 1)


def marks_of(packed: bytes, /) -> tuple[int, ...]:
    """Return the marks of a sketch as numbers."""
    return unpack(f"<{len(packed) // 4}I", packed)


def numbers_of(packed: bytes, /) -> tuple[int, ...]:
    """Return the numbers of a sketch, each as a checksum, the least first."""
    return unpack(f"<{len(packed) // 2}H", packed)


def agree(one: bytes, other: bytes, /) -> bool:
    """Say whether two texts tell the same numbers, by what their sketches have of these."""
    mine, theirs = numbers_of(one), numbers_of(other)
    if len(mine) == _NUMBERS or len(theirs) == _NUMBERS:  # there may be more of them
        last = min(row[-1] for row in (mine, theirs) if len(row) == _NUMBERS)
        mine, theirs = (tuple(n for n in row if n <= last) for row in (mine, theirs))
    return len(set(mine).intersection(theirs)) >= _AGREED * min(len(mine), len(theirs))


def guess(one: bytes, other: bytes, /, least: float = 0.0) -> float:
    """Guess the resemblance of two texts from the marks of their sketches; 0 if below ``least``."""
    mine, theirs = set(marks_of(one)), marks_of(other)
    common = mine.intersection(theirs)
    sample = min(len(mine), len(theirs))
    if not common or len(common) < least * sample:
        return 0.0
    guessed = len(common.intersection(sorted(mine.union(theirs))[:sample])) / sample
    return guessed if guessed >= least else 0.0


def exactly(one: bytes, other: bytes, /) -> float | None:
    """Return the resemblance of two texts so short that their marks tell all of them, else None."""
    mine, theirs = marks_of(one), marks_of(other)
    if not (_tell_all(mine) and _tell_all(theirs)):
        return None
    ours = {mark for mark in mine if mark >= _SHINGLE}
    common = len(ours.intersection(theirs))
    return common / (len(ours) + sum(mark >= _SHINGLE for mark in theirs) - common)


def _tell_all(marks: tuple[int, ...]) -> bool:
    return 0 < len(marks) < _MOST and marks[-1] >= _SHINGLE
