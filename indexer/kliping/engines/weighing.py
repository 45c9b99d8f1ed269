"""The best matches by a score that also counts their dates, without weighing all of them."""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from typing import TypeVar

from kliping.engines.base import Weigh

Place = TypeVar("Place")


def weighed(
    matches: Iterable[tuple[float, Place, int | None]], weigh: Weigh, /, *, wanted: int
) -> list[tuple[float, Place]]:
    """Return the ``wanted`` best of ``matches``, scores multiplied by ``weigh`` of their dates.

    ``matches`` gives scores, places and dates, the best score first, and is read only as far as
    need be: no weight is above 1, so once a match scores no more than the last one wanted does
    weighed, none behind it comes in. Equal scores keep their order.
    """
    kept: list[tuple[float, int, Place]] = []
    for rank, (score, place, published) in enumerate(matches):
        if len(kept) < wanted:
            heapq.heappush(kept, (score * weigh(published), -rank, place))
        elif score <= kept[0][0]:
            break
        else:
            heapq.heappushpop(kept, (score * weigh(published), -rank, place))
    return [(score, place) for score, _, place in sorted(kept, reverse=True)]
