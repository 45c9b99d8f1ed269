"""Every weight of the ranking, in one table, with the measurement that chose it."""

from __future__ import annotations

from kliping.values import Value


class Weights(Value):
    """How much each signal of one query word counts, relative to a stem in the body.

    ``title`` and ``lead`` are stems in those fields, ``exact_title`` and ``exact_body`` the very
    form that was typed; ``synonym`` multiplies what is found by another word of the same meaning.

    Measured by MRR@10 on known-item topics of three keywords. On the bodies of 23,879 articles:
    no lead and no exact form .441, exact × 0.4 .448, lead × 0.4 .450, both .460; a lead × 0.8
    falls to .447. With titles, over 32,278 articles: title × 1 and its exact form × 0.4 .786,
    × 2 and × 1 .842. The project's judged topics keep their nDCG@10 (.930, .927); × 3 and × 1.5
    cost them .03.

    ``old`` is what recency leaves of the score of an article without a date, or long past.
    """

    body: float = 1.0
    title: float = 2.0
    lead: float = 0.4
    exact_body: float = 0.4
    exact_title: float = 1.0
    synonym: float = 0.5
    old: float = 0.5


WEIGHTS = Weights()
