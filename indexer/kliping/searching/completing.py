"""What the beginning of a query could become: words, names and headlines of the articles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import chain, zip_longest
from typing import Literal

from kliping.analysis.tokens import words_of
from kliping.analysis.wordlists import stop_words
from kliping.engines import Engine
from kliping.query.clauses import Bool, Clause, Phrase, Prefix, Term
from kliping.query.fields import CAPITALS, DEFINITIONS, WORDS

Kind = Literal["word", "name", "headline"]
Words = tuple[str, ...]

_ORDER: tuple[Kind, ...] = ("word", "name", "headline")
_TEXTS = tuple(WORDS.values())
_NAMES = ("source", "section", "authors", "tags")
_TRIED = 30  # of the commonest words that begin so, how many are counted behind those before
_MOST_WORDS = 20
_NEWEST = 200  # articles with such a title, whose titles are told apart
_DEFINED = 2  # articles that say what an acronym means, before it is believed


@dataclass(frozen=True, slots=True)
class Suggestion:
    """What the beginning of a query could become.

    A ``name`` is a source, section, author or tag, or an acronym, or what one stands for.
    ``articles`` counts those that have the words of ``text`` in a row (if a ``word`` follows the
    others in none: anywhere), or are of that source, section, author or tag; for a ``headline``,
    those that have its words in a row in the title.
    """

    text: str
    kind: Kind
    articles: int


def complete(engine: Engine, prefix: str, limit: int, /) -> tuple[Suggestion, ...]:
    """Return at most ``limit`` completions of the last word of ``prefix``: words, names, headlines.

    Each kind gets an equal share while it has any. Words and names are sorted by their articles,
    stop words last; headlines from the newest on, each once. Of the words that could follow
    others, the 30 commonest are tried. A text of more than 20 words is no prefix.
    """
    words = words_of(prefix)
    if not 1 <= len(words) <= _MOST_WORDS:
        return ()
    kinds = _words(engine, words, limit), _names(engine, words), _headlines(engine, words)
    unique: dict[Words, Suggestion] = {}
    for each in chain.from_iterable(zip_longest(*kinds)):
        if len(unique) == limit:
            break
        if each:
            unique.setdefault(words_of(each.text), each)
    return tuple(sorted(unique.values(), key=lambda each: _ORDER.index(each.kind)))


def _words(engine: Engine, words: Words, limit: int) -> list[Suggestion]:
    *before, last = words
    tried = _TRIED if before else limit
    often: dict[Words, int] = {}
    for field in _TEXTS:
        for term, count in engine.terms(field, last, limit=max(_TRIED, limit)):
            text = (*before, term)
            often[text] = max(count, often.get(text, 0))
    texts = _best(often)[:tried]
    found = _counted(engine, texts, _in_a_row) or _counted(engine, texts, _all_of)
    return [Suggestion(" ".join(text), "word", found[text]) for text in _best(found)]


def _best(counts: dict[Words, int]) -> list[Words]:
    return sorted(counts, key=lambda text: (text[-1] in stop_words(), -counts[text], text))


def _counted(
    engine: Engine, texts: list[Words], clause: Callable[[str, Words], Clause]
) -> dict[Words, int]:
    """Return in how many articles each text is found, those left out that are in none."""
    counts = (engine.count(Bool(should=tuple(clause(f, text) for f in _TEXTS))) for text in texts)
    return {text: count for text, count in zip(texts, counts, strict=True) if count}


def _in_a_row(field: str, words: Words) -> Clause:
    return Phrase(field, words) if len(words) > 1 else Term(field, words[0])


def _all_of(field: str, words: Words) -> Clause:
    return Bool(must=tuple(Term(field, word) for word in words))


def _beginning(field: str, words: Words) -> Clause:
    """Return what finds the articles that have the words, the last of them perhaps longer."""
    *before, last = words
    return Bool(must=(*(Term(field, word) for word in before), Prefix(field, last)))


def _names(engine: Engine, words: Words) -> list[Suggestion]:
    begun = " ".join(["", *words])
    clause = Bool(should=tuple(_beginning(field, words) for field in _NAMES))
    counts = dict(_defined(engine, words))
    for values in engine.facets(clause, _NAMES).values():
        for name, count in values.items():
            if begun in " ".join(["", *words_of(name)]):
                counts[name] = max(count, counts.get(name, 0))
    best = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    # What only deleted articles defined is in none.
    return [Suggestion(name, "name", count) for name, count in best if count]


def _defined(engine: Engine, words: Words) -> Iterator[tuple[str, int]]:
    """Yield the acronyms that begin so, and what begins so and has an acronym."""
    for term, count in engine.terms(DEFINITIONS, "_".join(words), limit=_TRIED):
        meaning = tuple(term.partition("=")[0].split("_"))
        if count >= _DEFINED and len(meaning) > 1:
            clause = Bool(should=tuple(_in_a_row(field, meaning) for field in _TEXTS))
            yield " ".join(meaning), engine.count(clause)
    if len(words) == 1:
        for term, count in engine.terms(DEFINITIONS, words[0].upper(), limit=_TRIED):
            if count >= _DEFINED:
                acronym = term.partition("=")[0]
                yield acronym, engine.count(Term(CAPITALS, acronym))


def _headlines(engine: Engine, words: Words) -> Iterator[Suggestion]:
    """Yield the titles that have the words, counted only when they are asked for."""
    found = engine.search(_beginning("title_words", words), limit=_NEWEST, sort="newest")
    for title in dict.fromkeys(article.title for _, article in found.hits if article.title):
        yield Suggestion(title, "headline", engine.count(_in_a_row("title_words", words_of(title))))
