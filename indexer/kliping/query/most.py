"""Most of what was typed: articles that lack some words of a row, but not what it is about.

A word weighs as much as it is rare (its inverse document frequency). An article has most of a row
if what it has weighs at least a share of the whole; a word that no article has weighs nothing,
since none could have it.
"""

from __future__ import annotations

from collections.abc import Callable

from kliping.query import tree
from kliping.query.clauses import Bool, Clause, Nothing
from kliping.query.rarity import idf
from kliping.values import Value

# Of a longer row the heaviest so many words decide: there are at most 70 ways to have most of them.
_DECIDING = 8
# The share of the weight that makes most of a row.
MOST = 0.3


class Part(Value):
    """One word, phrase or group of a row: ``text`` as a query, and the clause that finds it.

    Where some are ``demanded``, having these is enough.
    """

    text: str
    clause: Clause
    demanded: bool = False


def weights(parts: tuple[Part, ...], count: Callable[[Clause], int], articles: int, /) -> bytes:
    """Return what each part weighs, from 0 to 255: few of the ``articles`` have what weighs most.

    A page keeps them for those behind it: counted anew, what had most of a row may no longer.
    """
    if any(part.demanded for part in parts):
        return bytes(255 * part.demanded for part in parts)
    found = [count(part.clause) for part in parts]
    rarity = [idf(articles, n) if n else 0.0 for n in found]
    heaviest = max(rarity, default=0.0) or 1.0
    return bytes(round(255 * each / heaviest) for each in rarity)


def most(parts: tuple[Part, ...], weights: bytes, /) -> Clause:
    """Return what finds the articles that have most of the weight of ``parts``."""
    deciding = [(weights[n], parts[n].clause) for n in _deciding(weights)]
    return _least(deciding, MOST * sum(weight for weight, _ in deciding))


def _deciding(weights: bytes) -> tuple[int, ...]:
    """Return the numbers of the parts that decide, the heaviest first."""
    having_any = (n for n in range(len(weights)) if weights[n])
    return tuple(sorted(having_any, key=lambda n: -weights[n])[:_DECIDING])


def _least(weighed: list[tuple[int, Clause]], least: float) -> Clause:
    """Return what finds articles whose words weigh ``least``, which is more than nothing."""
    if not weighed or sum(weight for weight, _ in weighed) < least:
        return Nothing()
    (weight, clause), *rest = weighed
    more = Nothing() if weight >= least else _least(rest, least - weight)
    having = clause if weight >= least else Bool(must=(clause, more))
    without = _least(rest, least)
    ways = [having] if weight >= least or not isinstance(more, Nothing) else []
    if isinstance(without, Bool) and not without.must:
        ways += without.should
    elif not isinstance(without, Nothing):
        ways.append(without)
    return ways[0] if len(ways) == 1 else Bool(should=tuple(ways)) if ways else Nothing()


def typed(node: tree.Node, /) -> str:  # noqa: PLR0911 - a table of kinds
    """Return a node as a query that finds the same."""
    match node:
        case tree.Word(text, exact):
            return f"={text}" if exact else text
        case tree.Phrase(text, slop):
            return f'"{text}"' if slop is None else f'"{text}"~{slop}'
        case tree.Fuzzy(text, distance):
            return f"{text}~" if distance is None else f"{text}~{distance}"
        case tree.Pattern(text):
            return text
        case tree.In(field, inner):
            return f"{field}:{_grouped(inner)}"
        case tree.Boost(inner, _) | tree.Must(inner) | tree.Alternatives(inner, _):
            return typed(inner)
        case tree.Not(inner):
            return f"-{_grouped(inner)}"
        case tree.Words(nodes) | tree.All(nodes):
            return " ".join(map(typed, nodes))
        case tree.Any(nodes):
            return " OR ".join(map(typed, nodes))
        case _:
            return ""


def _grouped(node: tree.Node) -> str:
    text = typed(node)
    return f"({text})" if " " in text and not text.startswith('"') else text
