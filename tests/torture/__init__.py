"""An index under torture: nothing lost, nothing doubled, no traceback.

Each test has a short form, which runs with the suite, and a long one, which ``make torture`` runs:
``@pytest.mark.parametrize("rounds", long_too(3, 200))``.
"""

from __future__ import annotations

import pytest
from _pytest.mark import ParameterSet


def long_too(short: int, long: int, /) -> list[ParameterSet]:
    """Return the parameters of a test that has a short form and a long one."""
    marked = pytest.param(long, id="long", marks=pytest.mark.torture)
    return [pytest.param(short, id="short"), marked]
