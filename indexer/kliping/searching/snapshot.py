"""An index as a search sees it: its articles, its groups, and how words are taken."""

from __future__ import annotations

import weakref
from collections.abc import Sequence
from functools import cached_property, lru_cache, partial

from kliping.analysis import Analyser
from kliping.analysis.synonyms import Entry, Synonyms, with_lexicon
from kliping.engines import Engine, open_engine
from kliping.engines.documents import plain
from kliping.errors import IndexingError
from kliping.query import Match, Planner, Query, parse
from kliping.query.clauses import Bool, Clause, Constant, Term
from kliping.query.expansion import Expander
from kliping.query.fields import DEFINITIONS, TEXT, WORDS
from kliping.query.filters import narrowed
from kliping.query.forms import Forms
from kliping.query.most import Part, most, weights
from kliping.query.rarity import idf
from kliping.query.weights import WEIGHTS, Weights
from kliping.store.digests import check_opening
from kliping.store.folder import IndexFolder, Manifest
from kliping.store.groups import Groups, listed, read_groups

# Of what articles say an acronym means, the commonest few count, unless they are rare beside it.
_LEARNT = 3
_LEARNT_SHARE = 0.2
# So many parts of a query can be told by one score: it is a sum of powers of two, and exact.
_AT_ONCE = 20
_REMEMBERED = 10_000  # stems of queries, and words, with how many articles have one
_FORMS = 20_000  # words that begin alike, of which a stem's are picked
_TRIES = 5  # to open what rebuilds replace, one after another, while it is being opened


class Generation:
    """What a rebuild replaces as a whole, open; closed when nothing that uses it is left."""

    def __init__(self, folder: IndexFolder, manifest: Manifest) -> None:
        lexicon = folder.lexicon()
        self.folder, self.manifest = folder, manifest
        self.analyser = Analyser(lexicon)
        folder.check_analyser(manifest, self.analyser.version)
        self.path = folder.generation(manifest.generation)
        self._groups = self._read_groups()
        check_opening(self.path)
        self.engine: Engine = open_engine(manifest.engine, folder.engine_place(manifest.generation))
        weakref.finalize(self, self.engine.close).atexit = False

    @cached_property
    def synonyms(self) -> Synonyms:
        """What is sought beside the words of a query."""
        return with_lexicon(self.analyser.lexicon)

    def refresh(self) -> None:
        """See what has been committed since."""
        self._groups = self._read_groups()
        self.engine.refresh()

    def pinned(self) -> tuple[Engine, Groups]:
        """Return the engine and the groups as they were at one moment.

        A commit changes one after the other, such that whatever both were at one moment fits
        (:mod:`kliping.indexing.transaction`): groups that are the same before and after the
        engine was opened are those of that moment.
        """
        for _ in range(_TRIES):
            self.folder.pull(self.manifest.generation)
            if self._groups.names == listed(self.path):
                break
            self.refresh()
        return self.engine.pinned(), self._groups

    def stamp(self) -> tuple[object, ...]:
        """Return what differs once anything was committed or rebuilt."""
        return self.folder.stamp(self.manifest.generation), self.engine.stamp()

    def _read_groups(self) -> Groups:
        self.folder.pull(self.manifest.generation)
        return read_groups(self.path)


class Snapshot:
    """What all steps of a search stand on: one commit of one generation.

    A refresh makes another, so that a search that has begun ends as it began.
    """

    def __init__(self, generation: Generation, stamp: object = None) -> None:
        self.generation = generation  # kept open while this is used
        self.analyser = generation.analyser
        self.engine, self.groups = generation.pinned()
        self._stamp = stamp  # taken before the rest: what is committed meanwhile is seen next time
        # In how many articles a stem stands, and what a word in a body weighs; they remember.
        remembering = lru_cache(maxsize=_REMEMBERED)
        self.frequency = remembering(partial(self.engine.frequency, TEXT))
        self._rarity = remembering(partial(_rarity, self.engine))
        self._forms = Forms(self.analyser, partial(self.engine.terms, limit=_FORMS))

    @cached_property
    def _expander(self) -> Expander:
        return Expander(self.generation.synonyms, self._learnt)

    @property
    def each(self) -> tuple[Snapshot, ...]:
        """The snapshot of each index that is searched: of one, itself."""
        return (self,)

    @classmethod
    def of(cls, folder: IndexFolder, /) -> Snapshot:
        """Open an index as it is now.

        Raises:
            IndexingError: there is none, or it is damaged, or another version's.
        """
        for _ in range(_TRIES):
            manifest = folder.manifest()
            try:
                return cls(Generation(folder, manifest))
            except IndexingError:
                if folder.manifest() == manifest:
                    raise
        return cls(Generation(folder, folder.manifest()))

    @property
    def version(self) -> str:
        """What every process that sees this commit of this generation calls it."""
        from hashlib import blake2b  # not in the time of a search that nothing is kept of

        seen = self.generation.manifest, self._stamp or self.generation.stamp()
        return blake2b(repr(seen).encode(), digest_size=8).hexdigest()

    def is_current(self) -> bool:
        """Say whether nothing has been committed or rebuilt since it was renewed."""
        return self._stamp == self.generation.stamp()

    def renewed(self) -> Snapshot:
        """Return the index as it is now, whichever generation that is.

        Raises:
            IndexingError: as for :meth:`of`.
        """
        generation = self.generation
        stamp = generation.stamp()
        if generation.folder.manifest() != generation.manifest:
            return Snapshot.of(generation.folder)
        try:
            generation.refresh()
            return Snapshot(generation, stamp)
        except IndexingError:
            if generation.folder.manifest() == generation.manifest:
                raise
            return Snapshot.of(generation.folder)

    def parse(self, query: str, /, *, expand: bool) -> Query:
        """Return the tree of a query, widened by what means the same if ``expand``."""
        parsed = parse(query)
        return self._expander.expand(parsed) if expand else parsed

    def plan(
        self,
        query: Query,
        match: Match,
        /,
        filters: list[Clause] | None = None,
        *,
        weights: Weights = WEIGHTS,
    ) -> Clause:
        """Return the clause that finds what a query means, among what ``filters`` let through."""
        planner = self.planner(match, weights)
        return narrowed(planner.plan(query), filters or [])

    def planner(self, match: Match = "all", weights: Weights = WEIGHTS, /) -> Planner:
        """Return what plans queries for this commit."""
        return Planner(
            self.analyser,
            match=match,
            weights=weights,
            frequency=self.frequency,
            rarity=self._rarity,
            forms=self._forms,
        )

    def most(self, wider: Clause, parts: tuple[Part, ...], weights: bytes, /) -> Clause:
        """Return ``wider`` without what has less than most of a query's parts; scores stay.

        Of a query that is no row of words, any part will do.
        """
        if len(parts) < 2:
            return wider
        enough = most(parts, weights)
        if not isinstance(wider, Bool):
            return Bool(must=(wider,), filter=(enough,))
        # What has most has any: engines look only there for what a row of words scores.
        return Bool(wider.must, wider.should, wider.must_not, (*wider.filter, enough))

    def weights(self, parts: tuple[Part, ...], /) -> bytes:
        """Return what each part of a query weighs."""
        return weights(parts, self._having, self.engine.articles)

    def _having(self, clause: Clause) -> int:
        """Return how many articles match, or have the commonest word of those that would do."""
        either = clause.should if isinstance(clause, Bool) and not clause.must else (clause,)
        terms = [each for each in either if isinstance(each, Term)]
        if len(terms) < len(either):
            return self.engine.count(clause)
        return max(self.engine.frequency(each.field, each.text) for each in terms)

    def having(self, parts: tuple[Part, ...], ids: Sequence[str], /) -> dict[str, set[int]]:
        """Return for each article the numbers of the parts of a query that it has."""
        having: dict[str, set[int]] = {each: set() for each in ids}
        among = Bool(should=tuple(Term("id", plain(each)) for each in having))
        for first in range(0, len(parts) if ids else 0, _AT_ONCE):
            few = enumerate(parts[first : first + _AT_ONCE])
            told = tuple(Constant(part.clause, float(1 << n)) for n, part in few)
            asked = Bool(should=told, filter=(among,))
            for score, article_id in self.engine.rank(asked, limit=len(having)):
                bits = int(score)
                having[article_id].update(first + n for n in range(len(told)) if bits >> n & 1)
        return having

    def parts(self, query: Query, /) -> tuple[Part, ...]:
        """Return what each part of a row of words finds."""
        return self.planner().parts(query)

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


def _rarity(engine: Engine, word: str) -> float:
    having = engine.frequency(WORDS["body"], word)
    return idf(engine.articles, having) if having else 0.0
