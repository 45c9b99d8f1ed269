"""nDCG over a shallow pool: as it stands, and with what nobody judged taken out (condensed).

A grade gains 2^grade − 1 (Burges et al. 2005), so that one article that answers the need outweighs
several that touch on it. An unjudged article is not known to be useless: the condensed list (Sakai
2007) leaves it out, the raw one counts it as useless, and the truth lies between.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

_DEPTH = 10


def ndcg(ids: Sequence[str], grades: Mapping[str, int], /, *, condensed: bool) -> float:
    """Return nDCG@10 of a ranking of at least ten ids, better more where ``condensed``.

    >>> ndcg(["new", "good"], {"good": 1}, condensed=True)
    1.0
    """
    if condensed:
        ids = [each for each in ids if each in grades]
    ideal = _gain(sorted(grades.values(), reverse=True))
    return _gain([grades.get(each, 0) for each in ids]) / ideal if ideal else 0.0


def share_judged(ids: Sequence[str], grades: Mapping[str, int], /) -> float:
    """Return how many of the ten best were judged."""
    return sum(each in grades for each in ids[:_DEPTH]) / max(1, len(ids[:_DEPTH]))


def _gain(grades: Sequence[int]) -> float:
    gains = enumerate(grades[:_DEPTH], 2)
    return sum((2.0 ** max(0, grade) - 1) / math.log2(place) for place, grade in gains)
