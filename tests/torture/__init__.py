"""An index under torture: nothing lost, nothing doubled, no traceback.

Each test has a short form, which runs with the suite, and a long one, which ``make torture`` runs:
``@pytest.mark.parametrize("rounds", long_too(3, 200))``. Of the longest each piece is a test by
itself, so that it can be run alone: ``pytest -m torture -k long3 tests/torture``.
"""

from __future__ import annotations

import pytest
from _pytest.mark import ParameterSet


def long_too(short: int, long: int, /, *, pieces: int = 1) -> list[ParameterSet]:
    """Return the parameters of a test that has a short form and a long one, in equal pieces."""
    names = [f"long{piece}" for piece in range(pieces)] if pieces > 1 else ["long"]
    marked = [pytest.param(long // pieces, id=each, marks=pytest.mark.torture) for each in names]
    return [pytest.param(short, id="short"), *marked]
