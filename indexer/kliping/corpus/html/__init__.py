"""HTML: "Here is a page: give me its article, and nothing else."

Lexbor parses the whole page and finds the article's elements; Beautiful Soup takes only those
apart. The modules, in the order of the work: page, finder (publishers, scorer), metadata
(headline, published, pictures), paragraphs (hints), refusal.
"""

from __future__ import annotations

from kliping.corpus.html.extraction import Extraction, explain, extract

__all__ = ["Extraction", "explain", "extract"]
