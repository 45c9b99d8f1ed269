"""Clauses that a word or a row is planned as, to compare with."""

from __future__ import annotations

from kliping.analysis import analyser
from kliping.query import Match, Planner, parse
from kliping.query.clauses import Bool, Clause, Constant, Phrase, Term
from kliping.query.weights import Weights

# Every signal of a word with a weight of its own, so that a test sees which was used.
WEIGHTS = Weights(exact=5.0, near=0.0, title=3.0)
# What words say together, beside as little as can be.
TOGETHER = Weights(exact=0.0, near=13.0)


def plan(text: str, match: Match = "all", **options: object) -> Clause:
    options.setdefault("weights", WEIGHTS)
    return Planner(analyser(), match=match, **options).plan(parse(text))  # type: ignore[arg-type]


def word(stem: str, form: str | None = None, boost: float = 1.0) -> tuple[Clause, ...]:
    """The signals of one plain word: its stem in the whole text, and its very form."""
    return (Term("text", stem, boost), *forms(form or stem, boost))


def forms(form: str, boost: float = 1.0) -> tuple[Clause, ...]:
    title = Term("title_words", form, 15.0 * boost)
    return title, in_a_body(Term("body_words", form, 5.0 * boost))


def in_a_body(found: Term | Phrase) -> Constant:
    """What counts once for each word: rarity is left at 1."""
    if isinstance(found, Term):
        return Constant(Term(found.field, found.text), found.boost)
    share = len(set(found.texts)) / len(found.texts)
    once = Phrase(found.field, found.texts, found.slop, share)
    return Constant(once, found.boost / share * len(set(found.texts)))


def inside(field: str, stem: str, form: str | None = None) -> tuple[Clause, ...]:
    """The signals of a word in one field."""
    title, body = forms(form or stem)
    return (Term("title", stem), title) if field == "title" else (in_body(stem), body)


def in_body(stem: str, *more: Clause) -> Bool:
    """A stem that the text has, and not in the title alone."""
    return Bool((Term("text", stem),), more, must_not=(Term("title_alone", stem),))


def ored(*parts: Clause) -> Bool:
    return Bool(should=parts)


def both(one: str, other: str) -> Bool:
    """Two plain words that must both be there: their stems decide, their forms add."""
    words = [word(analyser().stems(each)[0], each) for each in (one, other)]
    return Bool(tuple(stem for stem, *_ in words), tuple(f for _, *add in words for f in add))


GEMPA, TEWAS = ored(*word("gempa")), ored(*word("tewas", "menewaskan"))
