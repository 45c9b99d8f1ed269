"""What may be asked over HTTP: each class is one endpoint's parameters, and describes them.

The options of the command line, with its words: ``--boost-recent 30d`` is ``boost_recent=30d`` (or
``boost-recent=30d``), ``--all`` is ``all=true``, and what may be repeated there may be here.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, Literal, TypeVar, get_args, get_type_hints
from urllib.parse import parse_qsl

import msgspec
from msgspec import Meta

from kliping.server.problems import Problem

_MOST_PARAMETERS = 100
_Kind = TypeVar("_Kind", bound="Parameters")

Text = Annotated[str, Meta(max_length=1000, description="What to look for, in the query language.")]
# What a description can say of them; all that the query language takes is taken.
_DAY = (
    r"^((19|20)[0-9]{2}(-(0[1-9]|1[0-2])(-(0[1-9]|1[0-9]|2[0-8]))?)?"
    r"|[1-9][0-9]{0,2}-(hari|minggu|bulan|tahun)|hari-ini|kemarin)$"
)
_HALF_LIFE = r"^[1-9][0-9]{0,2}(-(hari|minggu|bulan|tahun)|[dwmy])$"
Day = Annotated[
    str,
    Meta(
        max_length=100,
        description="2024, 2024-03, 2024-03-12, 7-hari, kemarin …",
        extra_json_schema={"pattern": _DAY},
    ),
]
Names = Annotated[
    tuple[Annotated[str, Meta(max_length=300)], ...],
    Meta(max_length=20, description="Only this one; repeated: any of them."),
]
HalfLife = Annotated[
    str,
    Meta(
        max_length=30,
        description="30d, 6m, 1y …: how fast articles lose half of a bonus.",
        extra_json_schema={"pattern": _HALF_LIFE},
    ),
]
Token = Annotated[str, Meta(description="The page behind one that has this as its next.")]
Limit = Annotated[int, Meta(ge=1, le=100, description="How many to return.")]
Key = Annotated[
    str,
    Meta(min_length=1, max_length=2000, description="An article's id, address or path, quoted."),
]


class Parameters(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What an endpoint may be told."""


class Filtered(Parameters, frozen=True, kw_only=True):
    """What is looked for, and what narrows it."""

    q: Text = ""
    since: Day | None = None
    until: Day | None = None
    source: Names = ()
    section: Names = ()
    author: Names = ()
    tag: Names = ()
    match: Annotated[
        Literal["auto", "all", "any"],
        Meta(description="Whether an article needs all words or any; auto: all, then most."),
    ] = "auto"
    all: Annotated[
        bool, Meta(description="Show also the articles that say the same as another.")
    ] = False
    no_expand: Annotated[bool, Meta(description="Leave out acronyms and synonyms.")] = False
    limit: Limit = 10

    def options(self) -> dict[str, Any]:
        """Return these as the options of :meth:`kliping.Index.search`, but for ``q``."""
        own = {name: getattr(self, name) for name in self.__struct_fields__}
        flags = {"collapse": "all", "expand": "no_expand", "suggest": "no_suggest"}
        flipped = {option: not own.pop(name, False) for option, name in flags.items()}
        return {name: value for name, value in own.items() if name not in ("q", "by")} | flipped


class Search(Filtered, frozen=True, kw_only=True):
    """What a search may be told."""

    offset: Annotated[
        int, Meta(ge=0, le=10_000, description="How many hits to pass over first.")
    ] = 0
    after: Token | None = None
    sort: Annotated[
        Literal["relevance", "newest", "oldest"], Meta(description="What comes first.")
    ] = "relevance"
    boost_recent: HalfLife | None = None
    facets: Annotated[
        bool, Meta(description="Count dates, sources, sections, authors and tags.")
    ] = False
    explain: Annotated[bool, Meta(description="Say what each score is made of.")] = False
    no_suggest: Annotated[bool, Meta(description="Offer no other spellings.")] = False


class Trend(Filtered, frozen=True, kw_only=True):
    """What a count over time may be told."""

    by: Annotated[Literal["year", "month", "day"], Meta(description="What is counted.")] = "month"


class OfArticle(Parameters, frozen=True, kw_only=True):
    """Which article."""

    key: Key


class Similar(OfArticle, frozen=True, kw_only=True):
    """Which article others are like."""

    limit: Limit = 10


class Suggest(Parameters, frozen=True, kw_only=True):
    """What is to be completed."""

    q: Annotated[str, Meta(max_length=200, description="The beginning of a query.")]
    limit: Limit = 10


def read(kind: type[_Kind], query: bytes, path: Mapping[str, str], /) -> _Kind:
    """Return the parameters that a request gives.

    Raises:
        Problem: one is unknown, given twice, or not what it takes; the detail names it.
    """
    given: dict[str, Any] = {}
    for name, value in _pairs(query):
        if name in _repeated(kind):
            given.setdefault(name, []).append(value)
        elif name in given:
            raise Problem(400, f"'{name}' is given twice; give it once")
        elif name not in kind.__struct_fields__ or name in path:
            fields = ", ".join(each for each in kind.__struct_fields__ if each not in path)
            raise Problem(400, f"there is no parameter '{name:.50}'; there are {fields}")
        else:
            given[name] = value
    try:
        return msgspec.convert({**given, **path}, kind, strict=False)
    except msgspec.ValidationError as error:
        what, _, where = str(error).partition(" - at `$.")
        where = where.rstrip("`")
        if choices := get_args(get_type_hints(kind).get(where)) if "enum value" in what else ():
            what += f"; choose from {', '.join(map(str, choices))}"
        named = f"{where}: {what}" if where else what
        raise Problem(400, named.replace("`", "'")) from None


def _pairs(query: bytes) -> list[tuple[str, str]]:
    try:
        pairs = parse_qsl(
            query.decode(),
            keep_blank_values=True,
            errors="strict",
            max_num_fields=_MOST_PARAMETERS,
        )
    except UnicodeDecodeError:
        raise Problem(400, "the parameters are no UTF-8; quote them as UTF-8") from None
    except ValueError:
        raise Problem(400, f"{_MOST_PARAMETERS} parameters at most") from None
    return [(name.replace("-", "_"), value) for name, value in pairs]


@cache
def _repeated(kind: type[Parameters]) -> frozenset[str]:
    """Return the names of the parameters that may be given several times."""
    fields = msgspec.structs.fields(kind)
    return frozenset(field.name for field in fields if field.default == ())
