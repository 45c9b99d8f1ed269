"""Why did it match?

Useful for: hits and passages as plain values, and :class:`Highlighter`, which finds the words of
a text that a query matches. Knows nothing of engines, terminals or HTML.
"""

from __future__ import annotations

from kliping.searching.results.highlighting import Highlighter
from kliping.searching.results.hits import Hit, Passage, Relation, Results
from kliping.searching.results.passages import passages, title_spans

__all__ = ["Highlighter", "Hit", "Passage", "Relation", "Results", "passages", "title_spans"]
