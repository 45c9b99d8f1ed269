"""Which articles of one segment match a clause, for the engine of Whoosh, and how well.

The library finds terms and their postings; how they combine is done here, with dictionaries from
an article's number to its score. Its own compound matchers lose matches or raise where
exclusions, filters and optional parts are nested, give 1.0 to what should not score, and score a
phrase by its words wherever they stand.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from fnmatch import translate
from functools import partial, reduce
from typing import Any

from whoosh.query import NumericRange
from whoosh.scoring import bm25

from kliping.query import clauses
from kliping.query.clauses import Clause
from kliping.query.fields import UNSCORED_FIELDS

Scores = dict[int, float]
# What stands in the place of a word too long to be one; no pattern fits it.
GAP = "\x00"
_B, _K1 = 0.75, 1.2


def scores(segment: Any, clause: Clause, /) -> Scores:
    """Return the numbers of the articles that match in ``segment``, a searcher, with scores."""
    return _KINDS[type(clause)](segment, clause)


def _term(segment: Any, clause: clauses.Term) -> Scores:
    field, text, boost = clause.field, clause.text, clause.boost
    postings = _postings(segment, field, text)
    if field in UNSCORED_FIELDS:  # how often a term stands in those is not kept
        score = _scoring(segment, field, (text,))
        return {(number := posting.id()): boost * score(number, 1) for posting in postings}
    return {posting.id(): boost * posting.score() for posting in postings}


def _scoring(segment: Any, field: str, texts: tuple[str, ...]) -> Callable[[int, int], float]:
    """Return what scores an article in which ``texts`` stand so many times together."""
    whole = segment.get_parent()
    idf = sum(whole.idf(field, text) for text in texts)
    average = whole.avg_field_length(field) or 1
    length = segment.doc_field_length
    return lambda number, often: bm25(idf, often, length(number, field, 1), average, _B, _K1)


def _phrase(segment: Any, clause: clauses.Phrase) -> Scores:
    if len(clause.texts) == 1:
        return _term(segment, clauses.Term(clause.field, clause.texts[0], clause.boost))
    field, texts = clause.field, clause.texts
    rarest_first = sorted(set(texts), key=partial(segment.get_parent().doc_frequency, field))
    places = _places(segment, field, rarest_first)
    count, score = _counting(clause), _scoring(segment, field, texts)
    counts = ((number, count([words[t] for t in texts])) for number, words in places.items())
    return {number: clause.boost * score(number, often) for number, often in counts if often}


def _near_either(segment: Any, clause: clauses.Near) -> Scores:
    """Articles in which two positions, one of each side, are near enough."""
    some, others = (
        _positions(segment, clause.field, each) for each in (clause.some, clause.others)
    )
    return {
        number: clause.boost
        for number in some.keys() & others.keys()
        if any(0 < abs(p - q) <= clause.between + 1 for p in some[number] for q in others[number])
    }


def _positions(segment: Any, field: str, texts: Iterable[str]) -> dict[int, list[int]]:
    """Return where any of ``texts`` stands in each article that has one."""
    found: dict[int, list[int]] = {}
    for text in texts:
        for posting in _postings(segment, field, text):
            found.setdefault(posting.id(), []).extend(posting.value_as("positions"))
    return found


def _places(segment: Any, field: str, texts: list[str]) -> dict[int, dict[str, list[int]]]:
    """Return, for each article that has all of ``texts`` (rarest first), where they stand."""
    found: dict[int, dict[str, list[int]]] = {
        posting.id(): {texts[0]: list(posting.value_as("positions"))}
        for posting in _postings(segment, field, texts[0])
    }
    for text in texts[1:]:
        both = {}
        for posting in _postings(segment, field, text, among=found):
            number = posting.id()
            found[number][text] = list(posting.value_as("positions"))
            both[number] = found[number]
        found = both
    return found


def _postings(
    segment: Any, field: str, text: str | bytes, *, among: Iterable[int] | None = None
) -> Iterator[Any]:
    """Yield a cursor that stands on each article with a term, or on those of ``among``."""
    if (field, text) not in segment.reader():
        return
    posting = segment.postings(field, text)
    if among is None:
        while posting.is_active():
            yield posting
            posting.next()
        return
    for number in among:
        if posting.is_active() and posting.id() < number:
            posting.skip_to(number)
        if not posting.is_active():
            return
        if posting.id() == number:
            yield posting


def _counting(clause: clauses.Phrase) -> Callable[[list[list[int]]], int]:
    """Return what says how often a phrase stands in an article, by its words' positions."""
    if clause.slop <= 0 or len(clause.texts) != 2:
        return _in_a_row
    near = _repeated if clause.texts[0] == clause.texts[1] else _near
    return lambda words: near(words[0], words[1], clause.slop)


def _in_a_row(words: list[list[int]]) -> int:
    starts = set(words[0])
    for place, positions in enumerate(words[1:], start=1):
        starts.intersection_update([position - place for position in positions])
    return len(starts)


def _near(first: list[int], second: list[int], slop: int) -> int:
    """Count pairs, none sharing a word, that ``slop`` moves or fewer put in a row."""
    count = i = j = 0
    while i < len(first) and j < len(second):
        moves = second[j] - 1 - first[i]
        near = abs(moves) <= slop
        count += near
        i += near or moves > 0
        j += near or moves < 0
    return count


def _repeated(positions: list[int], _: list[int], slop: int) -> int:
    """Count the pairs of a word and itself at their commonest distance within ``slop``."""
    distances = Counter(
        later - earlier
        for place, earlier in enumerate(positions)
        for later in positions[place + 1 :]
        if later - earlier <= slop + 1
    )
    return max(distances.values(), default=0)


def _prefix(segment: Any, clause: clauses.Prefix) -> Scores:
    terms = segment.reader().expand_prefix(clause.field, clause.text)
    return _any_of(segment, clause.field, terms, clause.boost)


def _wildcard(segment: Any, clause: clauses.Wildcard) -> Scores:
    fits = re.compile(translate(clause.pattern)).match
    head = re.split(r"[*?]", clause.pattern, maxsplit=1)[0]
    terms = segment.reader().expand_prefix(clause.field, head)
    fitting = [term for term in terms if fits(term.decode("utf-8"))]
    return _any_of(segment, clause.field, fitting, clause.boost)


def _fuzzy(segment: Any, clause: clauses.Fuzzy) -> Scores:
    terms = segment.reader().terms_within(clause.field, clause.text, clause.distance)
    return _any_of(segment, clause.field, set(terms), clause.boost)


def _any_of(segment: Any, field: str, terms: Iterable[str | bytes], score: float) -> Scores:
    words = [term for term in terms if term not in (GAP, GAP.encode())]
    return {posting.id(): score for term in words for posting in _postings(segment, field, term)}


def _dates(segment: Any, clause: clauses.DateRange) -> Scores:
    since, until = clause.since, clause.until
    if since is None and until is None:
        return _exists(segment, clauses.Exists("published"))
    return dict.fromkeys(NumericRange("published", since, until, endexcl=True).docs(segment), 0.0)


def _exists(segment: Any, clause: clauses.Exists) -> Scores:
    return _any_of(segment, "has", [clause.field], 0.0)


def _everything(segment: Any, _: Clause) -> Scores:
    return dict.fromkeys(segment.reader().all_doc_ids(), 0.0)


def _bool(segment: Any, clause: clauses.Bool) -> Scores:
    find = partial(scores, segment)
    demands = (*map(find, clause.must), *map(_unscored, map(find, clause.filter)))
    additions = [find(each) for each in clause.should]
    if demands:
        found = reduce(_both, demands)
        for addition in additions:
            for number in found.keys() & addition.keys():
                found[number] += addition[number]
    elif additions:
        found = reduce(_either, additions)
    else:
        found = _everything(segment, clause)
    for each in clause.must_not:
        for number in found.keys() & find(each).keys():
            del found[number]
    return found


def _constant(segment: Any, clause: clauses.Constant) -> Scores:
    return dict.fromkeys(scores(segment, clause.clause), clause.score)


def _unscored(found: Scores) -> Scores:
    return dict.fromkeys(found, 0.0)


def _both(left: Scores, right: Scores) -> Scores:
    return {number: left[number] + right[number] for number in left.keys() & right.keys()}


def _either(left: Scores, right: Scores) -> Scores:
    for number, score in right.items():
        left[number] = left.get(number, 0.0) + score
    return left


_KINDS: dict[type, Callable[[Any, Any], Scores]] = {
    clauses.Term: _term,
    clauses.Phrase: _phrase,
    clauses.Near: _near_either,
    clauses.Prefix: _prefix,
    clauses.Wildcard: _wildcard,
    clauses.Fuzzy: _fuzzy,
    clauses.DateRange: _dates,
    clauses.Exists: _exists,
    clauses.Everything: _everything,
    clauses.Nothing: lambda _, __: {},
    clauses.Constant: _constant,
    clauses.Bool: _bool,
}
