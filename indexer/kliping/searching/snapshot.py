"""An index as a search sees it: its articles, its groups, and how words are taken."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from kliping.analysis import Analyser
from kliping.analysis.synonyms import Entry, Synonyms
from kliping.engines import Engine
from kliping.query import Match, Planner, Query, parse
from kliping.query.clauses import Clause
from kliping.query.expansion import Expander
from kliping.query.fields import DEFINITIONS, TEXT
from kliping.query.filters import narrowed
from kliping.query.together import Rare, rare
from kliping.store.groups import Groups, read_groups

# Of what articles say an acronym means, the commonest few count, unless they are rare beside it.
_LEARNT = 3
_LEARNT_SHARE = 0.2


class Snapshot:
    """What all steps of a search stand on.

    A refresh makes another, so that a search that has begun keeps its groups and its expander.
    """

    def __init__(
        self, engine: Engine, generation: Path, analyser: Analyser, synonyms: Synonyms
    ) -> None:
        self.engine, self.analyser = engine, analyser
        self.groups: Groups = read_groups(generation)
        self._expander = Expander(synonyms, self._learnt)

    def parse(self, query: str, /, *, expand: bool) -> Query:
        """Return the tree of a query, widened by what means the same if ``expand``."""
        parsed = parse(query)
        return self._expander.expand(parsed) if expand else parsed

    def plan(self, query: Query, match: Match, /, filters: list[Clause] | None = None) -> Clause:
        """Return the clause that finds what a query means, among what ``filters`` let through."""
        planner = Planner(self.analyser, match=match, is_rare=self._is_rare())
        return narrowed(planner.plan(query), filters or [])

    def _is_rare(self) -> Rare:
        return rare(partial(self.engine.frequency, TEXT), self.engine.articles)

    def _learnt(self, surface: str, words: tuple[str, ...]) -> tuple[Entry, ...]:
        """Return what the articles say an acronym means, or how they abbreviate words."""
        single = len(words) == 1
        if single and not (surface.isascii() and surface.isupper()):
            return ()
        prefix = (surface if single else "_".join(words)) + "="
        found = self.engine.terms(DEFINITIONS, prefix, limit=_LEARNT)
        least = max([2, *(count * _LEARNT_SHARE for _, count in found)])
        others = [term[len(prefix) :] for term, count in found if count >= least]
        if single:
            return tuple(Entry(o.replace("_", " "), tuple(o.split("_"))) for o in others)
        return tuple(Entry(o, (o.lower(),), capitals=o.isupper()) for o in others)
