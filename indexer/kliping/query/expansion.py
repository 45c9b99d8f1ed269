"""Widening a query by what means the same: acronyms, their expansions, synonyms."""

from __future__ import annotations

from collections.abc import Callable

from kliping.analysis.synonyms import LONGEST, Entry, Synonyms
from kliping.analysis.tokens import words_of
from kliping.query import tree

# What was learnt from the articles themselves: words, as typed, to entries.
Learnt = Callable[[str, tuple[str, ...]], tuple[Entry, ...]]
_MEMO_LIMIT = 100_000


class Expander:
    """Puts an alternative beside every word and run of words of a query that has one.

    Only plain words are widened: a phrase, an exact form or a pattern says what it wants. What was
    found for a word is remembered, so an expander serves until what is learnt has changed.

    Args:
        synonyms: what the lists say.
        learnt: what the articles say.
    """

    def __init__(self, synonyms: Synonyms, learnt: Learnt, /) -> None:
        self._synonyms, self._learnt = synonyms, learnt
        self._known: dict[str, tuple[tree.Node, ...]] = {}

    def expand(self, query: tree.Query, /) -> tree.Query:
        """Return ``query``, widened."""
        root = self._node(query.root)
        assert isinstance(root, tree.Words | tree.All | tree.Any)
        return tree.Query(query.text, root, query.notes)

    def _node(self, node: tree.Node) -> tree.Node:  # noqa: PLR0911 - a table of kinds
        match node:
            case tree.Words(nodes):
                return tree.Words(self._row(nodes))
            case tree.All(nodes):
                return tree.All(tuple(map(self._node, nodes)))
            case tree.Any(nodes):
                return tree.Any(tuple(map(self._node, nodes)))
            case tree.Must(inner):
                return tree.Must(self._node(inner))
            case tree.Boost(inner, factor):
                return tree.Boost(self._node(inner), factor)
            case tree.In(("title" | "body") as field, inner):
                return tree.In(field, self._node(inner))
            case tree.Word():
                row = self._row((node,))
                return row[0]
            case _:
                return node

    def _row(self, nodes: tuple[tree.Node, ...]) -> tuple[tree.Node, ...]:
        """Widen a row, the longest runs of words first."""
        out: list[tree.Node] = []
        at = 0
        while at < len(nodes):
            length, others = self._run(nodes[at:])
            run = nodes[at : at + length]
            if others:
                out.append(tree.Alternatives(run[0] if length == 1 else tree.Words(run), others))
            else:
                out.append(run[0] if isinstance(run[0], tree.Word) else self._node(run[0]))
            at += length
        return tuple(out)

    def _run(self, nodes: tuple[tree.Node, ...]) -> tuple[int, tuple[tree.Node, ...]]:
        """Return the length of the longest run from here that has alternatives, and those."""
        texts: list[str] = []
        for node in nodes[:LONGEST]:
            if not isinstance(node, tree.Word) or node.exact:
                break
            texts.append(node.text)
        for length in range(len(texts), 0, -1):
            if others := self._others(" ".join(texts[:length])):
                return length, others
        return 1, ()

    def _others(self, surface: str) -> tuple[tree.Node, ...]:
        if (others := self._known.get(surface)) is None:
            words = words_of(surface)
            entries = (*self._synonyms.of(surface, words), *self._learnt(surface, words))
            # What has the words among its own (gempa bumi for gempa) is found by them already.
            found = {e.words: _node(e) for e in entries if not set(words) <= set(e.words)}
            if len(self._known) >= _MEMO_LIMIT:
                self._known.clear()
            others = self._known[surface] = tuple(found.values())
        return others


def _node(entry: Entry) -> tree.Node:
    if entry.capitals:
        return tree.Capitals(entry.text)
    return tree.Word(entry.text) if len(entry.words) == 1 else tree.Phrase(entry.text)
