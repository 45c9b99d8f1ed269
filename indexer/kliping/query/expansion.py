"""Widening a query by what means the same: acronyms, their expansions, synonyms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from kliping.analysis.synonyms import LONGEST, Entry, Synonyms
from kliping.analysis.tokens import words_of
from kliping.query import tree

# What was learnt from the articles themselves: words, as typed, to entries.
Learnt = Callable[[str, tuple[str, ...]], tuple[Entry, ...]]


def expand(query: tree.Query, synonyms: Synonyms, learnt: Learnt, /) -> tree.Query:
    """Return ``query`` with an alternative beside every word and run of words that has one.

    Only plain words are widened: a phrase, an exact form or a pattern says what it wants.
    """
    root = _Expander(synonyms, learnt).node(query.root)
    assert isinstance(root, tree.Words | tree.All | tree.Any)
    return replace(query, root=root)


class _Expander:
    def __init__(self, synonyms: Synonyms, learnt: Learnt) -> None:
        self._synonyms, self._learnt = synonyms, learnt

    def node(self, node: tree.Node) -> tree.Node:  # noqa: PLR0911 - a table of kinds
        match node:
            case tree.Words(nodes):
                return tree.Words(self._row(nodes))
            case tree.All(nodes):
                return tree.All(tuple(map(self.node, nodes)))
            case tree.Any(nodes):
                return tree.Any(tuple(map(self.node, nodes)))
            case tree.Must(inner):
                return tree.Must(self.node(inner))
            case tree.Boost(inner, factor):
                return tree.Boost(self.node(inner), factor)
            case tree.In(("title" | "body") as field, inner):
                return tree.In(field, self.node(inner))
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
                out.append(run[0] if isinstance(run[0], tree.Word) else self.node(run[0]))
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
            surface = " ".join(texts[:length])
            words = words_of(surface)
            entries = (*self._synonyms.of(surface, words), *self._learnt(surface, words))
            # What has the words among its own (gempa bumi for gempa) is found by them already.
            others = {e.words: _node(e) for e in entries if not set(words) <= set(e.words)}
            if others:
                return length, tuple(others.values())
        return 1, ()


def _node(entry: Entry) -> tree.Node:
    if entry.capitals:
        return tree.Capitals(entry.text)
    return tree.Word(entry.text) if len(entry.words) == 1 else tree.Phrase(entry.text)
