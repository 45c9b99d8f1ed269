"""The pages of today: counts against gold made by reading, and which pages are refused.

``pages-modern`` holds pages with what a reader found on them: title, day, authors, the first and
the last sentence, phrases that must be in the text and phrases that must not. ``pages-bulk`` holds
pages of which only this is known: they are articles, or they are lists. White space is folded.
"""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta, timezone
from itertools import pairwise
from pathlib import Path
from typing import Any

_WIB = timezone(timedelta(hours=7))
_COUNTS = ("title", "day", "authors", "must", "must_not", "first", "last", "refused")
_SITE = re.compile(r"(?:(?:F-|www\.|m\.|m-local\.)*)([a-z0-9-]+)")


@dataclass(frozen=True, slots=True)
class Read:
    """What a system read on a page; no text means that it refused the page."""

    text: str = ""
    title: str = ""
    day: str = ""
    authors: frozenset[str] = frozenset()


def kliping(data: bytes, url: str | None, *, table: bool = True) -> Read:
    """Read with the publishers' table, or with the general rules alone."""
    from kliping.corpus.html import explain
    from kliping.errors import NotAnArticle

    try:
        article = explain(data, url=url, table=table).article
    except NotAnArticle:
        return Read()
    day = article.published.astimezone(_WIB).date().isoformat() if article.published else ""
    return Read(article.body, article.title or "", day, _names(article.authors))


def general(data: bytes, url: str | None) -> Read:
    """Read without the publishers' table."""
    return kliping(data, url, table=False)


def trafilatura(data: bytes, url: str | None) -> Read:
    """Read as the peer does, with metadata."""
    from trafilatura import bare_extraction

    found = bare_extraction(data, url=url, with_metadata=True)
    if found is None:
        return Read()
    people = (found.author or "").split(";")
    return Read(found.text or "", found.title or "", found.date or "", _names(people))


SYSTEMS: dict[str, Callable[[bytes, str | None], Read]] = {
    "kliping": kliping,
    "kliping, no publishers' table": general,
    "trafilatura": trafilatura,
}


def gold_pages(data: Path) -> Iterator[tuple[str, bytes, dict[str, Any]]]:
    """Yield the site, the page and the gold of each page of pages-modern."""
    for path in sorted((data / "pages-modern").glob("*.json")):
        page = gzip.decompress(path.with_suffix(".html.gz").read_bytes())
        yield path.stem.partition("-")[0], page, json.loads(path.read_text(encoding="utf-8"))


def bulk_pages(data: Path, kind: str) -> Iterator[tuple[str, bytes]]:
    """Yield the site and each page of pages-bulk that is of a kind: articles, lists."""
    for path in sorted((data / "pages-bulk" / kind).glob("*.html.gz")):
        name = path.name.partition("__")[2] if kind == "lists" else path.name
        found = _SITE.match(name.split(".dream.")[-1] if ".dream." in name else name)
        site = "dream" if ".dream." in name else found[1] if found else name
        yield site, gzip.decompress(path.read_bytes())


def counts(read: Read, gold: dict[str, Any]) -> Counter[str]:
    """Return what a system got right on a page (of must_not: what it left in)."""
    text = _folded(read.text)
    found = {
        "title": _folded(read.title) == _folded(gold["title"]),
        "day": read.day == gold["date"][:10],
        "authors": read.authors == _names(gold["authors"]),
        "must": sum(_folded(phrase) in text for phrase in gold["must"]),
        "must_not": sum(_folded(phrase) in text for phrase in gold["must_not"]),
        "first": _folded(gold["first"]) in text,
        "last": _folded(gold["last"]) in text,
        "refused": not text,
    }
    return Counter({name: int(number) for name, number in found.items()})


def print_modern(data: Path, *, by_site: bool) -> None:
    """Print what each system gets right, of all pages and of each site's."""
    pages = list(gold_pages(data))
    wanted = Counter[str]({name: len(pages) for name in _COUNTS})
    for name in ("must", "must_not"):
        wanted[name] = sum(len(gold[name]) for _, _, gold in pages)
    heads = [f"{name} of {wanted[name]}" for name in _COUNTS]
    print(f"| system | {' | '.join(heads)} |\n|---|{'--:|' * len(heads)}")
    sites: defaultdict[str, dict[str, Counter[str]]] = defaultdict(dict)
    for system, run in SYSTEMS.items():
        for site, page, gold in pages:
            found = counts(run(page, gold["url"]), gold)
            found["wanted"] = len(gold["must"])
            found["pages"] = 1
            sites[site][system] = sites[site].get(system, Counter()) + found
        total = sum((each[system] for each in sites.values()), Counter[str]())
        print(f"| {system} | {' | '.join(str(total[name]) for name in _COUNTS)} |", flush=True)
    for site, each in sites.items() if by_site else ():
        shown = (f"{system} {_brief(found)}" for system, found in each.items())
        print(f"- {site}: {'; '.join(shown)}")


def print_bulk(data: Path, *, by_site: bool) -> None:
    """Print how many articles each system refuses, and how many lists it accepts."""
    print("| system | articles refused | lists accepted |\n|---|--:|--:|")
    for system, run in SYSTEMS.items():
        cells, notes = [], []
        for kind, is_wrong in (("articles", False), ("lists", True)):
            wrong, every = Counter[str](), Counter[str]()
            for site, page in bulk_pages(data, kind):
                every[site] += 1
                wrong[site] += bool(run(page, None).text.strip()) == is_wrong
            share = 100 * wrong.total() / max(every.total(), 1)
            cells.append(f"{wrong.total()} of {every.total()} ({share:.1f} %)")
            notes += [f"{kind} of {site} {n}/{every[site]}" for site, n in wrong.items() if n]
        print(f"| {system} | {' | '.join(cells)} |", flush=True)
        if by_site:
            print(f"  wrong: {', '.join(notes)}")


def print_rows(data: Path) -> None:
    """Print which rows of the publishers' table these pages confirm, beside what the table says."""
    from kliping.corpus.html import explain
    from kliping.corpus.html.publishers import PUBLISHERS
    from kliping.errors import NotAnArticle

    seen: defaultdict[str, set[int]] = defaultdict(set)
    pages = [(page, gold["url"]) for _, page, gold in gold_pages(data)]
    pages += [(page, None) for _, page in bulk_pages(data, "articles")]
    for page, url in pages:
        try:
            found = explain(page, url=url)
        except NotAnArticle:
            continue
        rule = dict(found.rules)["body"]
        if rule.startswith("publisher: ") and found.article.published:
            name = rule.removeprefix("publisher: ").partition(",")[0]
            seen[name].add(found.article.published.year)
    for row in PUBLISHERS:
        years = " ".join(map(str, sorted(seen[row.name]))) or "–"
        print(f"- {row.name}: seen here {years}; in the table {row.confirmed or 'from memory'}")


def print_threshold(data: Path) -> None:
    """Print the threshold of cards chosen anew without each site, and that site's errors by it."""
    from kliping.corpus.html.cards import cards_in
    from kliping.corpus.html.extraction import _utf8
    from kliping.corpus.html.finder import find
    from kliping.corpus.html.page import parse

    shares: list[tuple[str, float, bool]] = []
    for kind in ("articles", "lists"):
        for site, raw in bulk_pages(data, kind):
            found = find(parse(_utf8(raw)), None) if b"<" in raw else None
            share = cards_in(found.nodes).share if found else 0.0
            if kind == "articles" or share:  # a page about the site is known by other signs
                shares.append((site, share, kind == "lists"))
    chosen, errors = [], 0
    for left in sorted({site for site, _, _ in shares}):
        limit = _middle([(share, is_list) for site, share, is_list in shares if site != left])
        chosen.append(limit)
        errors += sum((s >= limit) != is_list for site, s, is_list in shares if site == left)
    print(
        f"cards, chosen anew without each of {len(chosen)} sites: {min(chosen):.2f} to "
        f"{max(chosen):.2f}; wrong on the site left out: {errors} of {len(shares)} pages"
    )


def _middle(shares: list[tuple[float, bool]]) -> float:
    """Return the middle of the gap that parts lists from articles with the fewest errors."""
    marks = sorted({0.0, 1.01, *(share for share, _ in shares)})
    gaps = [
        (sum((2 * share >= low + high) != is_list for share, is_list in shares), low - high, low)
        for low, high in pairwise(marks)
    ]
    _, width, low = min(gaps)
    return low - width / 2


def _brief(found: Counter[str]) -> str:
    names = ("title", "day", "authors", "first", "last")
    right = " ".join(f"{name} {found[name]}/{found['pages']}" for name in names)
    return f"{right} must {found['must']}/{found['wanted']} left in {found['must_not']}"


def _names(people: Any) -> frozenset[str]:
    return frozenset(name.strip().casefold() for name in people if name.strip())


def _folded(text: str) -> str:
    return " ".join(text.split())
