"""What did they type, and what do they mean?

Useful for: parsing any string into a tree (:func:`parse`), and planning the clauses an engine is
asked (:class:`Planner`). No engine's syntax leaks in or out.
"""

from __future__ import annotations

from kliping.query.parser import parse
from kliping.query.periods import parse_period
from kliping.query.planner import Asked, Match, Planner
from kliping.query.tree import Query

__all__ = ["Asked", "Match", "Planner", "Query", "parse", "parse_period"]
