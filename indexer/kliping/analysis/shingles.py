"""How much two texts share: their shingles, every eight words in a row, and a sketch of these.

Resemblance is the share of common shingles among all of both texts (Jaccard; Broder 1997). A
sketch is a sample of a text's shingles, small enough to be kept for each article, from which the
resemblance of two texts can be guessed and articles that may resemble one another looked up.

The sample is a bottom-k one: the first shingles in one fixed order of all shingles, here those
that begin with *yang* or *di*, by checksum, then those that begin with other common words, then
the rest. So what two texts have in common is sampled in both or in neither. Beginning with stop
words (SpotSigs, Theobald et al. 2008) lets most words pass unlooked at, and counts prose for more
than its furniture: a sketch takes as long as splitting the text at spaces thrice, where hashing
each shingle takes four times as long again.
"""

from __future__ import annotations

from array import array
from zlib import crc32

LENGTH = 8
# The places where sampled shingles begin: a text with few of the first kind adds the next.
_BEGINNINGS = (
    (b" yang ", b" di "),
    (b" dan ", b" ini ", b" dengan ", b" untuk ", b" dari ", b" itu ", b" dalam ", b" pada "),
    (b" ",),
)
_ENOUGH, _MOST = 6, 16
# Eight words hardly ever take more bytes; where they do, the shingle is not sampled.
_WINDOW = 112

Shingles = frozenset[tuple[bytes, ...]]


def shingles(words: bytes, /) -> Shingles:
    """Return every eight words in a row; a shorter text has none."""
    row = words.split()
    return frozenset(zip(*(row[start:] for start in range(LENGTH)), strict=False))


def resemblance(one: Shingles, other: Shingles, /) -> float:
    """Return the share of common shingles, 0 to 1; 0 where there is none at all.

    >>> resemblance(shingles(b"a b c d e f g h i"), shingles(b"a b c d e f g h"))
    0.5
    """
    common = len(one & other)
    return common / (len(one) + len(other) - common) if common else 0.0


def sketch(words: bytes, /) -> array[int]:
    """Return up to 16 sampled shingles as 32-bit numbers, first in order first."""
    found: set[int] = set()
    text = b" " + words
    for rank, beginnings in enumerate(_BEGINNINGS):
        for beginning in beginnings:
            _sample(text, beginning, rank << 30, found)
        if len(found) >= _ENOUGH:
            break
    return array("I", sorted(found)[:_MOST])


def _sample(text: bytes, beginning: bytes, rank: int, found: set[int]) -> None:
    """Add the shingles that begin so, their rank in the two highest bits."""
    at = text.find(beginning)
    while at >= 0:
        row = text[at : at + _WINDOW].split(None, LENGTH)[:LENGTH]
        if len(row) == LENGTH:
            found.add(rank | crc32(b" ".join(row)) >> 2)
        at = text.find(beginning, at + 1)


def guess(one: array[int], other: array[int], /) -> float:
    """Guess the resemblance of two texts from their sketches."""
    sample = min(len(one), len(other))
    mine, theirs = set(one), set(other)
    common = mine & theirs
    if not common:
        return 0.0
    return len(common.intersection(sorted(mine | theirs)[:sample])) / sample
