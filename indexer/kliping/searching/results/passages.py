"""Which stretch of an article shows best why it matched?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kliping.searching.results.highlighting import Match
from kliping.searching.results.hits import Passage, Spans
from kliping.searching.results.sentences import END, gap

# About three lines of 80 columns: what a reader takes in at a glance.
LENGTH = 240
# How much of a sentence that is too long to show from its start stands before the first match.
_RUN_UP = 60
_BREAK = re.compile(r"(?<!\s)[^\S\n]*+\n\s*")


def passages(body: str, matches: Sequence[Match], /, *, limit: int = 2) -> tuple[Passage, ...]:
    """Return the best one to ``limit`` passages of ``body``, in the order of the text.

    A passage is better the more different query words it has; of those that have all, the earliest
    is best, since news puts the point first, and of others with as many, the one with the more
    matches, then the earlier. A further passage must show a word that those before it do not, or
    stand alone. Without matches the body's opening is returned, unlit.
    """
    if not matches:
        return (_passage(body, 0, _end(body, 0, 0), ()),) if body else ()
    chosen: list[tuple[int, int]] = []
    hidden = {match.term for match in matches}
    while hidden and len(chosen) < limit:
        best = _best_window(matches, hidden, chosen)
        if best is None:
            break
        first, last = best
        hidden.difference_update([match.term for match in matches[first : last + 1]])
        chosen.append((first, last))
    return _cut(body, matches, sorted(chosen))


def _best_window(
    matches: Sequence[Match], hidden: set[int], taken: list[tuple[int, int]]
) -> tuple[int, int] | None:
    """Return the first and last match of the best window that is free and shows hidden terms."""
    best, best_score = None, (0, 0)
    last = 0
    for first, (start, _, term) in enumerate(matches):
        if best_score[0] == len(hidden):
            break  # no later window shows more words, and news puts the point first
        if term not in hidden:
            continue
        last = max(last, first)
        while last + 1 < len(matches) and matches[last + 1].stop - start <= LENGTH:
            last += 1
        if any(first <= b and a <= last for a, b in taken):
            continue
        inside = matches[first : last + 1]
        fresh = len(hidden.intersection([match.term for match in inside]))
        if (score := (fresh, len(inside))) > best_score:
            best, best_score = (first, last), score
    return best


def _cut(
    body: str, matches: Sequence[Match], windows: list[tuple[int, int]]
) -> tuple[Passage, ...]:
    """Widen each window to sentence or word boundaries, and join those that meet."""
    stretches: list[tuple[int, int]] = []
    for first, last in windows:
        start = _start(body, matches[first].start, matches[last].stop)
        stop = _end(body, start, matches[last].stop)
        if stretches and start <= stretches[-1][1] + 1:
            start, stop = stretches[-1][0], max(stop, stretches.pop()[1])
        stretches.append((start, stop))
    return tuple(
        _passage(body, start, stop, [m for m in matches if start <= m.start and m.stop <= stop])
        for start, stop in stretches
    )


def _start(body: str, first: int, last: int) -> int:
    """Return where the sentence around ``first`` begins, if ``last`` still fits; else a word."""
    floor = max(0, last - LENGTH)
    if gap := _last_gap(body, floor, first):
        return gap[1]
    if floor == 0:
        return 0
    for at in range(max(floor, first - _RUN_UP), first):
        if body[at - 1].isspace() and not body[at].isspace():
            return at
    before = (at for at in range(first, max(0, first - LENGTH), -1) if body[at - 1].isspace())
    return next(before, first)  # in a word longer than a passage


def _end(body: str, start: int, least: int) -> int:
    """Return where a passage from ``start`` ends: a sentence's end within reach, else a word's."""
    most = max(start + LENGTH, least)
    if most >= len(body):
        return len(body.rstrip())
    if gap := _last_gap(body, max(least, start + LENGTH // 2), most):
        return gap[0]
    spaces = (at for at in range(most, max(least, start + 1) - 1, -1) if body[at].isspace())
    if (space := next(spaces, None)) is None:
        ahead = (at for at in range(most, min(len(body), most + LENGTH)) if body[at].isspace())
        return next(ahead, len(body) if len(body) <= most + LENGTH else most)
    while space > least and body[space - 1].isspace():
        space -= 1
    return space


def _last_gap(body: str, start: int, stop: int) -> tuple[int, int] | None:
    """Return the last white space between two sentences from ``start`` to ``stop``, as a span."""
    # What stands around a gap says whether it is one, so the search sees a little more.
    for found in reversed([*END.finditer(body, max(0, start - 4), stop + 8)]):
        span = gap(body, found)
        if span and start <= span[1] and span[0] <= stop:
            return span
    return None


def _passage(body: str, start: int, stop: int, matches: Sequence[Match]) -> Passage:
    """Return one stretch as a line of text: a paragraph's end becomes one space."""
    if body.find("\n", start, stop) < 0:
        return Passage(body[start:stop], tuple([(a - start, b - start) for a, b, _ in matches]))
    pieces: list[str] = []
    spans: list[tuple[int, int]] = []
    at, length = start, 0
    for match in matches:
        before, lit = _line(body[at : match.start]), _line(body[match.start : match.stop])
        spans.append((length + len(before), length + len(before) + len(lit)))
        pieces += (before, lit)
        length += len(before) + len(lit)
        at = match.stop
    pieces.append(_line(body[at:stop]))
    return Passage("".join(pieces), tuple(spans))


def _line(text: str) -> str:
    return _BREAK.sub(" ", text) if "\n" in text else text


def title_spans(matches: Sequence[Match], /) -> Spans:
    """Return the matches of a title as spans."""
    return tuple([(start, stop) for start, stop, _ in matches])
