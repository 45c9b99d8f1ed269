"""Here is text: give me its terms.

Useful for: tokens with offsets, stems, the terms of a field. Knows nothing of articles, queries
or engines. :func:`stem` and :func:`tokens` serve one word or one text; :class:`Analyser` serves
an index.
"""

from __future__ import annotations

from functools import cache

from kliping.analysis.analyser import Analyser, Part, Terms
from kliping.analysis.lexicon import UserLexicon
from kliping.analysis.stemmer import Derivation
from kliping.analysis.tokens import Token, tokens

__all__ = [
    "Analyser",
    "Derivation",
    "Part",
    "Terms",
    "Token",
    "UserLexicon",
    "analyser",
    "stem",
    "tokens",
]


@cache
def analyser() -> Analyser:
    """Return the shared analyser that has no user's lexicon."""
    return Analyser()


def stem(form: str, /) -> str:
    """Return the root of one word form; what no root explains comes back whole.

    >>> stem("menewaskan")
    'tewas'
    """
    return analyser().stemmer.stem(form)
