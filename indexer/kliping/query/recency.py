"""Recent articles count more, by a half-life: *30d*, *6m*, *2-minggu*."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import datetime

from kliping.errors import QueryError
from kliping.query.periods import WIB, days_of
from kliping.query.weights import WEIGHTS

_DAY = 24 * 60 * 60


def decay(half_life: str, /, *, now: datetime | None = None) -> Callable[[int | None], float]:
    """Return what an article's score is multiplied by, given its date in seconds since 1970.

    ``old + (1 − old) × 0.5 ** (age / half-life)``: 1 for an article of now or of the future, and
    ``old`` (see :class:`kliping.query.weights.Weights`) for one long past or without a date.

    Args:
        half_life: days, weeks, months of 30 days or years of 365: ``30d 2w 6m 1y 30-hari``.
        now: the moment that ages count to; by default the present.

    Raises:
        QueryError: the text is no length of time.

    >>> weigh = decay("1d", now=datetime(2024, 3, 2, tzinfo=WIB))
    >>> weigh(int(datetime(2024, 3, 1, tzinfo=WIB).timestamp())), weigh(None)
    (0.75, 0.5)
    """
    days = days_of("-".join(half_life.lower().split()))
    if not days:
        raise QueryError(
            f"'{half_life}' is not a half-life; write 30d, 2w, 6m, 1y, 30-hari or 2-minggu"
        )
    present = (now or datetime.now(WIB)).timestamp()
    span, old = days * _DAY, WEIGHTS.old

    def weigh(published: int | None) -> float:
        if published is None:
            return old
        return old + (1 - old) * math.exp2(-max(0.0, present - published) / span)

    return weigh
