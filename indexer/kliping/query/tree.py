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
    └── Must · Not what the row cannot do without · what it must not have
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Word:
    """One word as typed, in any inflection; ``exact`` asks for this form only."""

    text: str
    exact: bool = False


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words in order, in these forms; with ``slop`` (words of distance) in any inflection."""

    text: str
    slop: int | None = None


@dataclass(frozen=True, slots=True)
class Pattern:
    """A word with ``*`` (any run of letters) and ``?`` (any one letter)."""

    text: str


@dataclass(frozen=True, slots=True)
class Fuzzy:
    """Words within ``distance`` edits of ``text``; ``None`` chooses by its length."""

    text: str
    distance: int | None = None


@dataclass(frozen=True, slots=True)
class Dates:
    """Published at or after ``since`` and before ``until``; an open end is ``None``."""

    since: datetime | None
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Has:
    """The article has something in ``field``."""

    field: str


@dataclass(frozen=True, slots=True)
class In:
    """``node`` looked up in ``field`` alone."""

    field: str
    node: Node


@dataclass(frozen=True, slots=True)
class Boost:
    """``node``, its score multiplied by ``factor``."""

    node: Node
    factor: float


@dataclass(frozen=True, slots=True)
class Words:
    """Nodes beside one another without operators."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class All:
    """Every node must match (``AND``)."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Any:
    """At least one node must match (``OR``)."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Must:
    """A node that must match even where any word would do (``+word``)."""

    node: Node


@dataclass(frozen=True, slots=True)
class Not:
    """A node that must not match (``-word``, ``NOT word``)."""

    node: Node


Node = (
    Word | Phrase | Pattern | Fuzzy | Dates | Has | In | Boost | Words | All | Any | Must | Not
)


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query: what was typed, what it means, and what had to be mended to mean it."""

    text: str
    root: Words | All | Any
    notes: tuple[str, ...] = ()
