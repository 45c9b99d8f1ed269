"""Search results as a person reads them: rank and title, source and date, passages, where it is.

The words that matched are lit by colour and weight on a terminal, and plain in a pipe.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice

import click

from kliping.article import Article
from kliping.cli.output import clean, colours, columns, cut, day, one_line, width
from kliping.searching.request import browses
from kliping.searching.results import Hit, Passage, Results
from kliping.searching.results.hits import Spans
from kliping.values import counted

_SHOWN_FACETS = 8
_PERIODS = ("year", "month", "day")
# Characters of a title and of an address or path that are shown; JSON has all of them.
_LONGEST_TITLE, _LONGEST_PLACE = 300, 1_000
_FINISHED = re.compile(r"[.!?…][\"'”’)\]]*$")


def render(results: Results, /, *, summary: str | None = None) -> str:
    """Return the results as text for the terminal or the pipe that standard output is.

    ``summary`` is the last line, where it is not to be that of a search.
    """
    wide, colour = columns(), colours()
    blocks = list(_blocks(results, wide, colour))
    blocks += _facets(results)
    blocks += [f"Note: {clean(note)}." for note in results.notes]
    blocks += _alone(results, wide)
    blocks.append(summary or _summary(results))
    blocks += [f"Did you mean: {clean(query)}?" for query in results.suggestions]
    return "\n".join(blocks)


def _blocks(results: Results, wide: int, colour: bool) -> Iterator[str]:
    """Yield the hits, and a line before the first of those that lack words."""
    lacking = False
    for hit in results:
        if hit.missing and not lacking:
            lacking = True
            yield _dim(_few(results.with_all or 0), colour)
        yield "\n".join(_hit(hit, wide, colour))


def _few(number: int) -> str:
    return f"{_having(number)}; with some of them:"


def _having(number: int) -> str:
    return f"{counted(number, 'article')} with all words" if number else "No article has all words"


def _summary(results: Results) -> str:
    took = f"{results.took_ms:.1f} ms"
    if not results.total:
        return f"Nothing found, {took}"
    if results.relaxed:
        having = results.with_all or 0
        more = "more than " if results.total_relation == "gte" else ""
        return f"{_having(having)}, {more}{results.total - having:,} with some of them, {took}"
    more = "More than " if results.total_relation == "gte" else ""
    articles = f"{more}{counted(results.total, 'article')}"
    if browses(results.query):
        return f"{articles}, the newest first, {took}"
    words = "all words" if results.match == "all" else "any of the words"
    return f"{articles} with {words}, {took}"


def _alone(results: Results, wide: int) -> Iterator[str]:
    """Yield what each word alone would find, where there are several."""
    if len(results.word_counts) > 1:
        counts = (f"{word} {count:,}" for word, count in results.word_counts.items())
        yield from _lit(Passage(f"Each alone: {', '.join(counts)}"), wide, False, first="")


def _hit(hit: Hit, wide: int, colour: bool) -> Iterator[str]:
    article = hit.article
    title = _title(article.title, hit.title_spans) if article.title else Passage("(no title)")
    rank = f"{hit.rank:>2}  "
    yield from _lit(title, wide, colour, first=rank, bold=True)
    published = day(article.published) if article.published else None
    about = " · ".join(
        one_line(x[:wide]) for x in (article.source, article.section, published) if x
    )
    more = f"+{len(hit.similar)} similar" if hit.similar else ""
    if about and more:
        more = " · " + more
    if about or more:
        yield "    " + _dim(cut(about, wide - 4 - len(more)) + more, colour)
    if hit.missing:
        yield "    " + _dim(cut(f"without: {one_line(', '.join(hit.missing))}", wide - 4), colour)
    if hit.passages:
        yield from _lit(_joined(hit.passages), wide, colour, first="    ")
    place = one_line(_place(article))[:_LONGEST_PLACE]
    yield "    " + (click.style(place, fg="blue") if colour else place)
    for part, score in hit.explanation:
        yield "    " + _dim(cut(f"{score:>9.3f}  {clean(part)}", wide - 4), colour)
    if hit.explanation:
        yield "    " + _dim(f"{hit.score:>9.3f}  score", colour)


def _title(title: str, spans: Spans) -> Passage:
    if len(title) <= _LONGEST_TITLE:
        return Passage(title, spans)
    return Passage(title[:_LONGEST_TITLE] + "…", tuple(s for s in spans if s[1] <= _LONGEST_TITLE))


def _place(article: Article) -> str:
    """Return what opens the article: where it has no address, a path may be that of several."""
    if article.url:
        return article.url
    return f"{article.path} · id: {article.id}" if article.path else f"id: {article.id}"


def _joined(passages: tuple[Passage, ...]) -> Passage:
    """Return the passages as one, an ellipsis wherever something was left out."""
    text, spans = "", []
    for passage in passages:
        text += " … " if text else "… " if passage.text[:1].islower() else ""
        spans += [(start + len(text), stop + len(text)) for start, stop in passage.spans]
        text += passage.text
    return Passage(text if _FINISHED.search(text) else f"{text} …", tuple(spans))


def _lit(
    passage: Passage, wide: int, colour: bool, *, first: str, bold: bool = False
) -> Iterator[str]:
    """Yield a passage as lines of at most ``wide`` columns, its spans lit."""
    text = clean(passage.text.replace("\n", " ").replace("\t", " "))
    line, used, indent = first, len(first), " " * len(first)
    fresh = True
    for start, stop in _words(text, wide - len(first)):
        need = width(text[start:stop])
        if not fresh and used + 1 + need > wide:
            yield line
            line, used, fresh = indent, len(indent), True
        line += ("" if fresh else " ") + _styled(text, start, stop, passage.spans, colour, bold)
        used += need + (not fresh)
        fresh = False
    yield line


def _words(text: str, longest: int) -> Iterator[tuple[int, int]]:
    """Yield the span of each word, in pieces where a word is longer than a line."""
    start = 0
    for word in text.split(" "):
        stop = start + len(word)
        for at in range(start, stop, longest):
            yield at, min(at + longest, stop)
        start = stop + 1


def _styled(
    text: str, start: int, stop: int, spans: tuple[tuple[int, int], ...], colour: bool, bold: bool
) -> str:
    """Return one word, the parts of it that a span covers lit."""
    if not colour:
        return text[start:stop]
    out, at = "", start
    for first, last in spans:
        if last <= start or first >= stop:
            continue
        out += _plain(text[at : max(first, at)], bold)
        at = max(first, at)
        out += click.style(text[at : min(last, stop)], fg="yellow", bold=True)
        at = min(last, stop)
    return out + _plain(text[at:stop], bold)


def _plain(text: str, bold: bool) -> str:
    return click.style(text, bold=True) if bold and text else text


def _dim(text: str, colour: bool) -> str:
    return click.style(text, dim=True) if colour else text


def _facets(results: Results) -> Iterator[str]:
    """Yield one line a facet; of the periods, the shortest whose counts a line can hold."""
    if not results.facets:
        return
    facets, most = results.facets, _SHOWN_FACETS
    if len(facets["month"]) > most:  # then there are more days, which need not be counted
        periods = {"year": dict(sorted(facets["year"].items(), reverse=True))}
    else:
        shortest = "day" if len(facets["day"]) <= most else "month"
        periods = {shortest: dict(sorted(facets[shortest].items()))}
    named = {name: facets[name] for name in facets if name not in _PERIODS}
    for name, values in {**periods, **named}.items():
        if values:
            best = islice(values.items(), _SHOWN_FACETS)
            yield f"{name}: " + ", ".join(
                f"{cut(one_line(value), 60)} ({count})" for value, count in best
            )
