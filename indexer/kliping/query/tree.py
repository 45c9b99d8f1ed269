"""What a query means, as a tree: no engine's syntax, no analysis, only what was typed.

Node
├── Word       any inflection of one word, or its one form when ``exact``
├── Phrase     the words in order; with ``slop``, near one another in any inflection
├── Pattern    a word with ``*`` and ``?``
├── Fuzzy      words within an edit distance
├── Dates      published in a period
├── Has        a field is not empty
├── In         a node looked up in one field
├── Boost      a node that counts more
├── Words      a row of nodes without operators: all or any of them, as the search says
├── All · Any  AND · OR
├── Capitals   a word that articles write in capitals
├── Alternatives  a node, and others that mean the same
└── Must · Not what the row cannot do without · what it must not have
"""

from __future__ import annotations

from datetime import datetime

from kliping.values import Value


class Word(Value):
    """One word as typed, in any inflection; ``exact`` asks for this form only."""

    text: str
    exact: bool = False


class Phrase(Value):
    """Words in order, in these forms; with ``slop`` (words of distance) in any inflection."""

    text: str
    slop: int | None = None


class Pattern(Value):
    """A word with ``*`` (any run of letters) and ``?`` (any one letter)."""

    text: str


class Fuzzy(Value):
    """Words within ``distance`` edits of ``text``; ``None`` chooses by its length."""

    text: str
    distance: int | None = None


class Dates(Value):
    """Published at or after ``since`` and before ``until``; an open end is ``None``."""

    since: datetime | None
    until: datetime | None


class Has(Value):
    """The article has something in ``field``."""

    field: str


class In(Value):
    """``node`` looked up in ``field`` alone."""

    field: str
    node: Node


class Boost(Value):
    """``node``, its score multiplied by ``factor``."""

    node: Node
    factor: float


class Capitals(Value):
    """A word in just these capitals: *AS* the country, not *as* the axle."""

    text: str


class Alternatives(Value):
    """``node`` as typed, or any of ``others``, which mean the same and count less."""

    node: Node
    others: tuple[Node, ...]


class Words(Value):
    """Nodes beside one another without operators."""

    nodes: tuple[Node, ...]


class All(Value):
    """Every node must match (``AND``)."""

    nodes: tuple[Node, ...]


class Any(Value):
    """At least one node must match (``OR``)."""

    nodes: tuple[Node, ...]


class Must(Value):
    """A node that must match even where any word would do (``+word``)."""

    node: Node


class Not(Value):
    """A node that must not match (``-word``, ``NOT word``)."""

    node: Node


Node = (
    Word
    | Phrase
    | Pattern
    | Fuzzy
    | Dates
    | Has
    | In
    | Boost
    | Capitals
    | Alternatives
    | Words
    | All
    | Any
    | Must
    | Not
)


class Query(Value):
    """A parsed query: what was typed, what it means, and what had to be mended to mean it."""

    text: str
    root: Words | All | Any
    notes: tuple[str, ...] = ()
