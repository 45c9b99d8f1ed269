"""From what was typed to what an engine is asked: analysis, fields, weights."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache
from itertools import chain, pairwise
from typing import Literal

from kliping.analysis import Analyser
from kliping.analysis.folding import fold
from kliping.analysis.tokens import words_of
from kliping.analysis.wordlists import normalisation, question_words, stop_words
from kliping.query import clauses, tree
from kliping.query.clauses import Bool, Clause, Near
from kliping.query.fields import CAPITALS, STEMS, TEXT, TEXT_FIELDS, TITLE_ALONE, WORDS
from kliping.query.most import Part, typed
from kliping.query.together import bare, near
from kliping.query.weights import FORM_ARTICLES, NEAR_SLOP, NEAR_WHOLE, WEIGHTS, Weights

Match = Literal["all", "any"]
# What a search may ask: all words first, then most of them, where few articles have all.
Asked = Literal["auto", "all", "any"]

# What decides whether an article matches, and what only adds to its score.
Halves = tuple[Clause, list[Clause]]

_FILTERS = (tree.Dates, tree.Has)


class Planner:
    """Plans queries for one analyser.

    Args:
        analyser: turns query words into the terms that the index holds.
        match: whether a row of words means all of them or any of them.
        weights: how much each signal counts.
        fields: the text fields that words without a field are looked up in.
        frequency: in how many articles a stem stands, since what common words say beside their
            stems is not worth the time.
        rarity: what a word weighs where it only counts that a body has it; nothing, if none has.
        forms: the words that have a stem, for what must stand at a place.
    """

    def __init__(
        self,
        analyser: Analyser,
        /,
        *,
        match: Match = "all",
        weights: Weights = WEIGHTS,
        fields: tuple[str, ...] = TEXT_FIELDS,
        frequency: Callable[[str], int] = lambda _: 0,
        rarity: Callable[[str], float] = lambda _: 1.0,
        forms: Callable[[str], Iterable[str]] = lambda stem: (stem,),
    ) -> None:
        self._analyser = analyser
        self._match = match
        self._weights = weights
        self._default = fields
        self._fields = fields
        self._frequency, self._rarity = frequency, rarity
        self._forms_of = forms

    def plan(self, query: tree.Query, /) -> Clause:
        """Return the clause that finds what ``query`` means; no words mean nothing is found."""
        return self._node(query.root, 1.0)

    def parts(self, query: tree.Query, /) -> tuple[Part, ...]:
        """Return what each node of the outermost row finds; of operators, nothing."""
        if not isinstance(query.root, tree.Words):
            return ()
        planned = [(node, self._halves(node, 1.0)[0]) for node in content(query.root.nodes)]
        return tuple(
            Part(typed(node), clause, isinstance(node, tree.Must))
            for node, clause in planned
            if not isinstance(clause, clauses.Nothing)
        )

    def _node(  # noqa: PLR0911 - a table of kinds
        self, node: tree.Node, boost: float
    ) -> Clause:
        match node:
            case tree.Word(text, True):
                return self._exactly(text, boost)
            case (
                tree.Word()
                | tree.Alternatives()
                | tree.Any()
                | tree.Boost()
                | tree.Must()
                | tree.In()
            ):
                return _joined(*self._halves(node, boost))
            case tree.Phrase(text, slop):
                return self._phrase(text, slop, boost)
            case tree.Pattern(text):
                return self._pattern(text, boost)
            case tree.Fuzzy(text, distance):
                return self._fuzzy(text, distance, boost)
            case tree.Dates(since, until):
                return clauses.DateRange(
                    int(since.timestamp()) if since else None,
                    int(until.timestamp()) if until else None,
                )
            case tree.Has(field):
                return clauses.Exists(field)
            case tree.Capitals(text):
                return clauses.Term(CAPITALS, text, boost)
            case tree.Not():
                return self._row((node,), "all", boost)
            case tree.Words(nodes):
                return self._row(nodes, self._match, boost)
            case tree.All(nodes):
                return self._row(nodes, "all", boost)

    def _halves(self, node: tree.Node, boost: float) -> Halves:
        """Return what decides whether an article has ``node``, and what only adds to its score.

        An article with the very form of a word has its stem: engines need not look for both to
        know what matches.
        """
        match node:
            case tree.Word(text, False):
                return self._word(text, boost)
            case tree.Boost(inner, factor):
                return self._halves(inner, boost * factor)
            case tree.Must(inner):
                return self._halves(inner, boost)
            case tree.Alternatives(inner, others):
                less = boost * self._weights.synonym
                others_decide = [self._halves(each, less)[0] for each in others]
                halves = [self._halves(inner, boost), *((each, []) for each in others_decide)]
            case tree.Any(nodes):
                halves = [self._halves(each, boost) for each in nodes]
            case tree.In(field, inner):
                outer, self._fields = self._fields, (field,)
                try:
                    return self._halves(inner, boost)
                finally:
                    self._fields = outer
            case _:
                return self._node(node, boost), []
        return _any([decides for decides, _ in halves]), _added(halves)

    def _row(self, nodes: tuple[tree.Node, ...], match: Match, boost: float) -> Clause:
        """Join a row: what is excluded, what is demanded, what may match.

        Dates and ``ada:`` are demands in any row and never score. Stop words and question words
        need not match, and add nothing, beside words that do.
        """
        excluded = tuple(self._node(n.node, boost) for n in nodes if isinstance(n, tree.Not))
        filters = tuple(self._node(n, boost) for n in nodes if isinstance(n, _FILTERS))
        wanted = content(nodes)
        demands = [match == "all" or isinstance(n, tree.Must) for n in wanted]
        halves = [self._halves(n, boost) for n in wanted]
        if len(halves) == 1 and not (excluded or filters):
            return _joined(*halves[0])
        paired = list(zip(halves, demands, strict=True))
        must = _known([decides for (decides, _), demand in paired if demand])
        may = _known([_joined(*half) for half, demand in paired if not demand])
        may += _added([half for half, demand in paired if demand])
        may += self._together(wanted, boost) if len(wanted) > 1 else []
        if may and not must:
            must, may = [_any(may)], []
        if not (excluded or filters or may) and len(must) <= 1:
            return must[0] if must else clauses.Nothing()
        if not (must or filters or wanted):
            must = [clauses.Everything()]
        elif not (must or filters):
            return clauses.Nothing()
        return Bool(tuple(must), _flat(may), excluded, filters)

    def _together(self, wanted: list[tree.Node], boost: float) -> list[Clause]:
        """Return what rewards an article that has neighbours of a row near each other."""
        weight = boost * self._weights.near * min(1.0, NEAR_WHOLE / len(wanted))
        if not weight:
            return []
        row = [self._plain(bare(node)) for node in wanted]
        pairs = near(row, self._weights.reach, self._frequency)
        fields = [field for field in self._fields if field in STEMS]
        found = [self._beside(f, pair, NEAR_SLOP, weight) for f in fields for pair in pairs]
        return list(chain.from_iterable(found))

    def _beside(self, field: str, words: tuple[str, ...], slop: int, weight: float) -> list[Clause]:
        """Return what scores words as they were typed, beside their stems.

        Of a body it counts that they are there, by how rare they are: how often it speaks of them
        the stems have told, and told again that would outweigh the other words of a query. A title
        hardly says a word twice. What no body has is not looked for.
        """
        if field != "body":
            return _known([self._exact(field, words, weight, slop)])
        rarities = [self._rarity(word) for word in dict.fromkeys(words)]
        if not (rarities and all(rarities)):
            return []
        return [clauses.Constant(self._exact(field, words, 1.0, slop), weight * sum(rarities))]

    def _plain(self, node: tree.Node) -> tuple[str, str] | None:
        """Return a plain word that is looked up among stems, and its stem."""
        if not isinstance(node, tree.Word) or node.exact or not STEMS.keys() & self._fields:
            return None
        match self._analyser.typed(node.text):
            case (((word,), (stem,)),):
                return word, stem
            case _:
                return None

    def _word(self, text: str, boost: float) -> Halves:
        """Plan what stands between two spaces: nearly always one word."""
        halves = [self._token(*token, boost) for token in self._analyser.typed(text)]
        return _all([d for d, _ in halves]), _added(halves)

    def _exactly(self, text: str, boost: float) -> Clause:
        return _all([self._forms(token.words, boost) for token in self._analyser.typed(text)])

    def _forms(self, words: tuple[str, ...], boost: float) -> Clause:
        return _any([self._exact(f, words, boost) for f in self._fields])

    def _token(self, words: tuple[str, ...], stems: tuple[str, ...], boost: float) -> Halves:
        """Any inflection of a word; the very form adds to the score."""
        if len(stems) != 1:
            return self._forms(words, boost), []
        stemmed = [f for f in self._fields if f in STEMS]
        decide = self._stemmed(stems[0], stemmed, boost)
        decide += [self._exact(f, words, boost) for f in self._fields if f not in STEMS]
        exact = boost * self._weights.exact
        if not exact:
            return _any(decide), []
        boosts = {"title": exact * self._weights.title, "body": exact}
        if self._frequency(stems[0]) > FORM_ARTICLES:
            del boosts["body"]
        adds = [self._beside(f, words, 0, boosts[f]) for f in stemmed if f in boosts]
        return _any(decide), list(chain.from_iterable(adds))

    @staticmethod
    def _stemmed(stem: str, fields: Sequence[str], boost: float) -> list[Clause]:
        """Look a stem up in the text of an article, or in the one or the other part of it."""
        if tuple(fields) == TEXT_FIELDS:
            return [clauses.Term(TEXT, stem, boost)]
        found = [clauses.Term(STEMS[field], stem, boost) for field in fields]
        alone = clauses.Term(TITLE_ALONE, stem)
        return [Bool(must=(t,), must_not=(alone,)) if t.field == TEXT else t for t in found]

    @staticmethod
    def _exact(field: str, words: tuple[str, ...], boost: float, slop: int = 0) -> Clause:
        name = WORDS.get(field, field)
        if len(words) == 1:
            return clauses.Term(name, words[0], boost)
        # A word that stands twice in a phrase (gara-gara) makes it no rarer than once.
        share = len(set(words)) / len(words) if words else 0.0
        return clauses.Phrase(name, words, slop, boost * share) if words else clauses.Nothing()

    def _phrase(self, text: str, slop: int | None, boost: float) -> Clause:
        if slop is None:
            words = words_of(text)
            return _any([self._exact(f, words, boost) for f in self._fields])
        stems = tuple(stem for token in self._analyser.typed(text) for stem in token.stems)
        if len(stems) < 2:
            return _joined(*self._word(text, boost))
        return _any([self._near(field, text, stems, slop, boost) for field in self._fields])

    def _near(
        self, field: str, text: str, stems: tuple[str, ...], between: int, boost: float
    ) -> Clause:
        """Each word within so many words of the next, in either order; the stems' scores add up.

        Pair by pair, because engines mean different things by a longer phrase with gaps.
        """
        row: list[tuple[str, ...]] = [(word,) for word in words_of(text)]
        scores: list[Clause] = []
        if field in STEMS:
            row = [tuple(self._forms_of(stem)) for stem in stems]
            scores += [clauses.Term(STEMS[field], stem, boost) for stem in dict.fromkeys(stems)]
        name = WORDS.get(field, field)
        pairs = [Near(name, *pair, between, boost) for pair in dict.fromkeys(pairwise(row))]
        return Bool(must=tuple(pairs), should=tuple(scores))

    def _pattern(self, text: str, boost: float) -> Clause:
        """Plan ``korup*`` or ``pe*an``; of a pattern of several words, each must fit."""
        return _all(
            [
                _any([self._fitting(WORDS.get(f, f), part, boost) for f in self._fields])
                for part in fold_pattern(text)
            ]
        )

    @staticmethod
    def _fitting(field: str, pattern: str, boost: float) -> Clause:
        if pattern.endswith("*") and not set(pattern[:-1]) & set("*?"):
            return clauses.Prefix(field, pattern[:-1], boost)
        return clauses.Wildcard(field, pattern, boost)

    def _fuzzy(self, text: str, distance: int | None, boost: float) -> Clause:
        found = []
        for word in words_of(text):
            allowed = usual_distance(word) if distance is None else distance
            found.append(
                _any([clauses.Fuzzy(WORDS.get(f, f), word, allowed, boost) for f in self._fields])
            )
        return _all(found)


def content(nodes: tuple[tree.Node, ...], /) -> list[tree.Node]:
    """Return the nodes of a row that articles are ranked by: not its exclusions and filters.

    Stop words and question words are left out beside others; alone, they are what is looked for.
    What was typed twice counts once.
    """
    wanted: list[tree.Node] = [
        n for n in dict.fromkeys(nodes) if not isinstance(n, (tree.Not, *_FILTERS))
    ]
    return [n for n in wanted if not _is_function_word(n)] or wanted


def _is_function_word(node: tree.Node) -> bool:
    return isinstance(node, tree.Word) and not node.exact and _are_function_words(node.text)


@lru_cache(maxsize=65_536)
def _are_function_words(text: str) -> bool:
    standard = normalisation()
    words = [standard.get(word, word) for word in words_of(text)]  # brp is berapa
    return all(word in stop_words() or word in question_words() for word in words)


def usual_distance(word: str, /) -> int:
    """Return how many edits ``word~`` allows: a short word with two changes is another word."""
    return 0 if len(word) < 3 else 1 if len(word) < 6 else 2


def fold_pattern(text: str, /) -> list[str]:
    """Return the words of a pattern, folded but for its ``*`` and ``?``.

    >>> fold_pattern("Covid-1*")
    ['covid', '1*']
    """
    folded = "".join(c if c in "*?" else fold(c).decode() for c in text)
    return [word for word in folded.replace("-", " ").split() if word.strip("*?")]


def _known(found: list[Clause]) -> list[Clause]:
    """Leave out words that have no letters to look up."""
    return [clause for clause in found if not isinstance(clause, clauses.Nothing)]


def _all(found: list[Clause]) -> Clause:
    known = _known(found)
    if not known:
        return clauses.Nothing()
    return known[0] if len(known) == 1 else Bool(tuple(known), (), (), ())


def _joined(decides: Clause, adds: list[Clause]) -> Clause:
    """Return one clause of two halves."""
    if isinstance(decides, Bool) and decides.must and not decides.should and adds:
        return Bool(decides.must, _flat(adds), decides.must_not, decides.filter)
    return _any([decides, *adds])


def _added(halves: list[Halves]) -> list[Clause]:
    return [each for _, adds in halves for each in adds]


def _any(found: list[Clause]) -> Clause:
    known = _known(found)
    if not known:
        return clauses.Nothing()
    return known[0] if len(known) == 1 else Bool((), _flat(known), (), ())


def _flat(found: list[Clause]) -> tuple[Clause, ...]:
    """Lift the parts of pure ``should`` clauses: engines skip faster through one flat list."""
    flat: list[Clause] = []
    for clause in found:
        if isinstance(clause, Bool) and not (clause.must or clause.must_not or clause.filter):
            flat += clause.should
        else:
            flat.append(clause)
    return tuple(flat)
