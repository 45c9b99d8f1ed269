"""Every weight of the ranking, in one table, with the measurement that chose it."""

from __future__ import annotations

from kliping.values import Value


class Weights(Value):
    """How much each signal of one query word counts, relative to a stem in the body.

    ``title`` and ``lead`` are stems in those fields, ``exact_title`` and ``exact_body`` the very
    form that was typed; ``synonym`` multiplies what is found by another word of the same meaning.
    """

    body: float = 1.0
    title: float = 1.0
    lead: float = 0.4
    exact_body: float = 0.4
    exact_title: float = 0.4
    synonym: float = 0.5


WEIGHTS = Weights()
