"""What an engine is asked: terms of its fields, and how they combine.

    Clause
    ├── Term        articles whose field has a term                         scored by BM25
    ├── Phrase      terms in order, at most ``slop`` moves apart            scored by BM25
    ├── Near        two terms, in either order, with few between them       scores its boost
    ├── Prefix · Wildcard · Fuzzy   any term that fits                      each scores its boost
    ├── DateRange · Exists · Everything · Nothing                           no score
    ├── Constant    what another clause finds                               scores what it says
    └── Bool        must, should (at least one where there is no must), must_not, filter

The tree of a query is about what was typed; this one is about what is indexed. Each engine
translates these twelve clauses into its own queries, and nothing else of it is known up here.
"""

from __future__ import annotations

from kliping.values import Value


class Term(Value):
    """Articles with ``text`` among the terms of ``field``."""

    field: str
    text: str
    boost: float = 1.0


class Phrase(Value):
    """Articles with ``texts`` in a row in ``field``; two of them may be ``slop`` moves apart.

    Longer phrases are exact: engines mean different things by their slop.
    """

    field: str
    texts: tuple[str, ...]
    slop: int = 0
    boost: float = 1.0


class Near(Value):
    """Articles with one of ``some`` and one of ``others`` and at most ``between`` terms between.

    Either may come first. One occurrence is never both, where a term is among both.
    """

    field: str
    some: tuple[str, ...]
    others: tuple[str, ...]
    between: int
    boost: float = 1.0


class Prefix(Value):
    """Articles with a term that begins with ``text``."""

    field: str
    text: str
    boost: float = 1.0


class Wildcard(Value):
    """Articles with a term that fits ``pattern`` as a whole (``*`` any run, ``?`` any one)."""

    field: str
    pattern: str
    boost: float = 1.0


class Fuzzy(Value):
    """Articles with a term within ``distance`` (0 to 2) insertions, deletions, replacements."""

    field: str
    text: str
    distance: int
    boost: float = 1.0


class DateRange(Value):
    """Articles published at or after ``since`` and before ``until``, in seconds since 1970."""

    since: int | None
    until: int | None


class Exists(Value):
    """Articles that have something in ``field``."""

    field: str


class Everything(Value):
    """All articles."""


class Nothing(Value):
    """No article."""


class Constant(Value):
    """The articles that ``clause`` finds, each with the same score."""

    clause: Clause
    score: float


class Bool(Value):
    """All of ``must`` and ``filter``, none of ``must_not``; ``should`` adds to the score.

    Where there is neither ``must`` nor ``filter``, at least one of ``should`` must match. Only
    ``must`` and ``should`` score, and scores add up.
    """

    must: tuple[Clause, ...] = ()
    should: tuple[Clause, ...] = ()
    must_not: tuple[Clause, ...] = ()
    filter: tuple[Clause, ...] = ()


Clause = (
    Term
    | Phrase
    | Near
    | Prefix
    | Wildcard
    | Fuzzy
    | DateRange
    | Exists
    | Everything
    | Nothing
    | Constant
    | Bool
)
