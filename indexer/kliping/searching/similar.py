"""More like this: an article as a query of its most telling words."""

from __future__ import annotations

import math
from collections import Counter

from kliping.analysis import Analyser
from kliping.analysis.wordlists import stop_words
from kliping.article import Article
from kliping.engines import Engine
from kliping.query import tree
from kliping.query.clauses import Bool, Clause, Nothing, Term
from kliping.query.fields import TEXT

# Measured on 32,278 articles by what came among the ten likest: others that share 15 to 60 % of
# their 8-word shingles (text), others of the same three days with much the same headline (head).
# 25 words: text .905, head .722, in half the time of the 125 clauses of a query of these words
# (.899, .718); 15 words cost text .01, 40 bring .015 and take a third longer. A title that weighs
# as much as the body: head .668. The logarithm of tf for tf: text +.017, head −.033.
_WORDS = 25
# A headline names the event: a word of it counts as often as this many in the body.
_TITLE = 3
# A word of fewer letters, or a number of fewer digits, is rarely what an article is about.
_SHORTEST = 3


def more_like(article: Article, engine: Engine, analyser: Analyser, /) -> tuple[tree.Query, Clause]:
    """Return the words that tell ``article`` from others, and the clause that finds these words.

    They are those whose roots have the greatest tf × idf: often here, rarely elsewhere. A root
    that no other article has could find none and is left out.
    """
    often: Counter[str] = Counter()
    forms: dict[str, str] = {}
    for text, times in ((article.title or "", _TITLE), (article.body, 1)):
        here = _stems(text, analyser, forms)
        often.update({stem: count * times for stem, count in here.items()})
    weights = {stem: count * _rarity(stem, engine) for stem, count in often.items()}
    best = sorted(weights, key=lambda stem: (-weights[stem], stem))[:_WORDS]
    telling = [stem for stem in best if weights[stem]]
    words = tree.Words(tuple(tree.Word(forms[stem]) for stem in telling))
    return tree.Query(" ".join(forms[stem] for stem in telling), words), _any_of(telling)


def _stems(text: str, analyser: Analyser, forms: dict[str, str]) -> Counter[str]:
    """Count the roots of ``text`` that may tell something; note a form of each in ``forms``."""
    counts: Counter[str] = Counter()
    for word, count in Counter(analyser.terms(text).words.split()).items():
        if len(word) >= _SHORTEST and word not in stop_words():
            for stem in analyser.stems(word):
                counts[stem] += count
                forms.setdefault(stem, word)
    return counts


def _rarity(stem: str, engine: Engine) -> float:
    """Return the inverse document frequency, 0 where one article alone has the root."""
    found = engine.frequency(TEXT, stem)
    # Deleted articles may still be counted among those that have it.
    return max(0.0, math.log(engine.articles / found)) if found > 1 else 0.0


def _any_of(stems: list[str]) -> Clause:
    terms = tuple(Term(TEXT, stem) for stem in stems)
    return Bool(should=terms) if terms else Nothing()
