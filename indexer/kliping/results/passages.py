"""Which stretch of an article shows best why it matched?"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kliping.results.highlighting import Match
from kliping.results.hits import Passage, Spans

# About three lines of 80 columns: what a reader takes in at a glance.
LENGTH = 240
# How far a passage may reach back to begin where its sentence does.
_REACH = 90
_SENTENCE = re.compile(r"(?<=[.!?])[\"'”’)]*\s+(?=[\"'“‘(]*[A-Z0-9])|\n+")


def passages(body: str, matches: Sequence[Match], /, *, limit: int = 2) -> tuple[Passage, ...]:
    """Return the best one to ``limit`` passages of ``body``, in the order of the text.

    A passage is better the more different query words it has, then the more matches, then the
    earlier. A further passage must show a word that those before it do not, or stand alone.
    Without matches the body's opening is returned, unlit.
    """
    if not matches:
        return (_passage(body, 0, _end(body, 0, 0), ()),) if body else ()
    chosen: list[tuple[int, int]] = []
    shown: set[int] = set()
    while len(chosen) < limit:
        best = _best_window(matches, shown, chosen)
        if best is None:
            break
        first, last = best
        shown.update(m.term for m in matches[first : last + 1])
        chosen.append((first, last))
    return _cut(body, matches, sorted(chosen))


def _best_window(
    matches: Sequence[Match], shown: set[int], taken: list[tuple[int, int]]
) -> tuple[int, int] | None:
    """Return the first and last match of the best window that is free and shows more."""
    best, best_score = None, 0.0
    last = 0
    for first, match in enumerate(matches):
        last = max(last, first)
        while last + 1 < len(matches) and matches[last + 1].stop - match.start <= LENGTH:
            last += 1
        if any(first <= b and a <= last for a, b in taken):
            continue
        inside = matches[first : last + 1]
        fresh = len({m.term for m in inside} - shown)
        score = 10.0 * fresh + len(inside) - first / len(matches)
        if fresh and score > best_score:
            best, best_score = (first, last), score
    return best


def _cut(
    body: str, matches: Sequence[Match], windows: list[tuple[int, int]]
) -> tuple[Passage, ...]:
    """Widen each window to sentence or word boundaries, and join those that meet."""
    stretches: list[tuple[int, int]] = []
    for first, last in windows:
        start = _start(body, matches[first].start)
        stop = _end(body, start, matches[last].stop)
        if stretches and start <= stretches[-1][1]:
            start, stop = stretches[-1][0], max(stop, stretches.pop()[1])
        stretches.append((start, stop))
    return tuple(
        _passage(body, start, stop, [m for m in matches if start <= m.start and m.stop <= stop])
        for start, stop in stretches
    )


def _start(body: str, position: int) -> int:
    """Return where the sentence around ``position`` begins, if near, else a word before it."""
    floor = max(0, position - _REACH)
    sentence = floor if floor == 0 else -1
    for boundary in _SENTENCE.finditer(body, floor, position):
        sentence = boundary.end()
    if sentence >= 0:
        return sentence
    space = body.find(" ", max(0, position - _REACH // 2), position)
    return space + 1 if space >= 0 else position


def _end(body: str, start: int, least: int) -> int:
    """Return where a passage from ``start`` ends: a sentence's end within reach, else a word's."""
    most = start + max(LENGTH, least - start)
    if most >= len(body):
        return len(body.rstrip())
    ends = [b.start() for b in _SENTENCE.finditer(body, max(least, start), most)]
    if ends and ends[-1] - start >= LENGTH // 2:
        return ends[-1]
    space = body.rfind(" ", least, most + 1)
    if space < 0:
        newline = body.find("\n", least, most + LENGTH)
        space = max(least, newline if newline >= 0 else most)
    return space


def _passage(body: str, start: int, stop: int, matches: Sequence[Match]) -> Passage:
    """Return one stretch as a line of text: a paragraph's end becomes one space."""
    pieces: list[str] = []
    spans: list[tuple[int, int]] = []
    at, length = start, 0
    for match in matches:
        before = " ".join(body[at : match.start].split("\n\n")).replace("\n", " ")
        lit = body[match.start : match.stop].replace("\n", " ")
        spans.append((length + len(before), length + len(before) + len(lit)))
        pieces += (before, lit)
        length += len(before) + len(lit)
        at = match.stop
    pieces.append(" ".join(body[at:stop].split("\n\n")).replace("\n", " "))
    return Passage("".join(pieces), tuple(spans))


def title_spans(matches: Sequence[Match], /) -> Spans:
    """Return the matches of a title as spans."""
    return tuple((match.start, match.stop) for match in matches)
