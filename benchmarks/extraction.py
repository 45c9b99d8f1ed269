"""Extraction: kliping beside trafilatura, readability-lxml and "all <p>", in one run.

    python benchmarks/extraction.py --data ../shared/data [--misses] [--rounds 3] [--sites]
    python benchmarks/extraction.py --data ../shared/data --pages 20000

Each system reads the same pages, from bytes, with metadata, in a process of its own on one core;
scores are means over pages of the words' multiset precision, recall and F1. "Date exact" is the
gold's moment to the minute (pages often show no seconds). The pages of today follow (``modern``),
with and without the publishers' table; with --sites by site, too. With --pages, kliping alone reads
so many pages in one process, and the table shows its memory.
"""

from __future__ import annotations

import argparse
import gzip
import json
import multiprocessing
import re
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import cycle, islice
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "indexer"))

import modern

_WORD = re.compile(r"\w+")
_MINUTE = 60
# Where memory is looked at; what grows by less than a twentieth from the first to the last is flat.
_MARKS = (1_000, 2_000, 5_000, 10_000, 20_000)
_FLAT = 1.05


@dataclass(frozen=True, slots=True)
class Sample:
    """A page, its gold text, and where the set has them its gold title and moment."""

    name: str
    data: bytes
    url: str
    text: str
    title: str | None = None
    minute: int | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a system made of a page."""

    text: str = ""
    title: str | None = None
    minute: int | None = None


def indonesian(data: Path) -> list[Sample]:
    """Return the article pages of data/html."""
    samples = []
    for page in sorted((data / "html").glob("*/*.html")):
        if page.stem.endswith("-mainpage"):
            continue
        gold = json.loads(page.with_suffix(".json").read_text(encoding="utf-8"))
        minute = gold["date"] // 1000 // _MINUTE
        samples.append(
            Sample(page.stem, page.read_bytes(), "", gold["content"], gold["title"], minute)
        )
    return samples


def general(data: Path) -> list[Sample]:
    """Return the pages of data/html-general."""
    folder = data / "html-general"
    truth = json.loads((folder / "ground-truth.json").read_text(encoding="utf-8"))
    return [
        Sample(
            f"{key[:8]} {gold['url']}",
            gzip.decompress((folder / f"{key}.html.gz").read_bytes()),
            gold["url"],
            gold["articleBody"],
        )
        for key, gold in truth.items()
    ]


def kliping(sample: Sample) -> Answer:
    from kliping.corpus.html import extract
    from kliping.errors import NotAnArticle

    try:
        article = extract(sample.data, url=sample.url or None)
    except NotAnArticle as error:
        return Answer(title=f"({error.reason})")
    return Answer(article.body, article.title, _minute(article.published))


def trafilatura(sample: Sample) -> Answer:
    return _trafilatura(sample)


def trafilatura_precise(sample: Sample) -> Answer:
    return _trafilatura(sample, favor_precision=True)


def _trafilatura(sample: Sample, **options: bool) -> Answer:
    from trafilatura import bare_extraction

    found = bare_extraction(sample.data, url=sample.url or None, with_metadata=True, **options)
    if found is None:
        return Answer()
    # trafilatura keeps days only: a day right is counted as a date right.
    day = found.date and datetime.fromisoformat(found.date + "T12:00:00+07:00")
    minute = _minute(day or None)
    if minute and sample.minute and abs(minute - sample.minute) <= 12 * 60:
        minute = sample.minute
    return Answer(found.text or "", found.title, minute)


def readability(sample: Sample) -> Answer:
    from lxml.html import fromstring
    from readability import Document

    document = Document(sample.data.decode("utf-8", "replace"))
    summary = document.summary()
    return Answer(fromstring(summary).text_content() if summary else "", document.short_title())


def all_paragraphs(sample: Sample) -> Answer:
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(sample.data.decode("utf-8", "replace"))
    title = tree.css_first("title")
    text = "\n\n".join(node.text() for node in tree.css("p"))
    return Answer(text, title.text() if title else None)


SYSTEMS: dict[str, Callable[[Sample], Answer]] = {
    "kliping": kliping,
    "trafilatura": trafilatura,
    "trafilatura, favor_precision": trafilatura_precise,
    "readability-lxml": readability,
    "all <p>": all_paragraphs,
}
SETS: dict[str, Callable[[Path], list[Sample]]] = {"html": indonesian, "html-general": general}


def score(answer: str, gold: str) -> tuple[float, float, float]:
    """Return the precision, recall and F1 of the words, as multisets."""
    got, wanted = (Counter(_WORD.findall(text.lower())) for text in (answer, gold))
    shared = (got & wanted).total()
    if not shared:
        return 0.0, 0.0, 0.0
    precision, recall = shared / got.total(), shared / wanted.total()
    return precision, recall, 2 * precision * recall / (precision + recall)


def measure(system: str, which: str, data: Path, rounds: int) -> dict[str, object]:
    """Run one system over one set; return its row and its misses. Runs in a process of its own."""
    samples, run = SETS[which](data), SYSTEMS[system]
    run(samples[0])  # imports and caches are not what is measured
    before = _peak()
    answers: list[Answer] = []
    seconds = []
    for _ in range(rounds):
        start = time.process_time()
        answers = [run(sample) for sample in samples]
        seconds.append(time.process_time() - start)
    scores = [score(a.text, s.text) for a, s in zip(answers, samples, strict=True)]
    pairs = list(zip(samples, answers, scores, strict=True))
    return {
        "means": [sum(column) / len(scores) for column in zip(*scores, strict=True)],
        "titles": sum(a.title == s.title for s, a, _ in pairs if s.title),
        "dates": sum(a.minute == s.minute for s, a, _ in pairs if s.minute),
        "dated": sum(1 for s in samples if s.minute),
        "pages": len(samples),
        "seconds": min(seconds),
        "peak": _peak(),
        "growth": _peak() - before,
        "misses": list(_misses(pairs)),
    }


def _misses(pairs: Iterable[tuple[Sample, Answer, tuple[float, float, float]]]) -> Iterable[str]:
    for sample, answer, (precision, recall, f1) in pairs:
        faults = [f"F1 {f1:.3f} (P {precision:.2f}, R {recall:.2f})"] if f1 < 0.97 else []
        if sample.title and answer.title != sample.title:
            faults.append(f"title {answer.title!r}, not {sample.title!r}")
        if sample.minute and answer.minute != sample.minute:
            faults.append(f"date {answer.minute}, not {sample.minute} (minutes since 1970)")
        if faults:
            yield f"{sample.name}: {'; '.join(faults)}"


def _minute(moment: datetime | None) -> int | None:
    return int(moment.timestamp()) // _MINUTE if moment else None


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _resident() -> float:
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * resource.getpagesize() / 2**20


def grow(data: Path, pages: int) -> Iterator[tuple[int, float]]:
    """Extract so many pages of both sets; yield how many have been read and the resident MB.

    The pages come over and over, each time with other words and other class names, so that no
    memo knows them.
    """
    samples = [sample for load in SETS.values() for sample in load(data)]
    marks = {*_MARKS, pages}
    for number, sample in enumerate(islice(cycle(samples), pages), start=1):
        words = sample.data.replace(b"</p>", b" %d</p>" % number)
        kliping(replace(sample, data=words.replace(b'class="', b'class="n%d ' % number)))
        if number in marks:
            yield number, _resident()


def _print_memory(data: Path, pages: int) -> None:
    print("| pages | resident memory |\n|--:|--:|")
    found = []
    for number, megabytes in grow(data, pages):
        print(f"| {number:,} | {megabytes:.1f} MB |", flush=True)
        found.append(megabytes)
    share = found[-1] / found[0]
    print(f"\n{'flat' if share < _FLAT else 'not flat'}: {share:.3f} times the first")


def _row(system: str, found: dict[str, object]) -> str:
    precision, recall, f1 = found["means"]  # type: ignore[misc]
    dated = found["dated"]
    exact = f"{found['titles']}/{dated} | {found['dates']}/{dated}" if dated else "– | –"
    figures = f"{precision:.3f} | {recall:.3f} | {f1:.3f} | {exact}"
    speed = found["pages"] / found["seconds"]  # type: ignore[operator]
    return f"| {system} | {figures} | {speed:.0f} | {found['peak']:.0f} MB |"


def main() -> int:
    """Print a Markdown table for each set, or one of memory."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--rounds", type=int, default=3, help="the fastest counts")
    parser.add_argument("--misses", action="store_true", help="list the pages that fell short")
    parser.add_argument("--only", choices=SYSTEMS, action="append", help="leave out the others")
    parser.add_argument("--sites", action="store_true", help="the pages of today by site, too")
    parser.add_argument("--pages", type=int, help="read so many, and print the memory instead")
    options = parser.parse_args()
    if options.pages and all((options.data / which).is_dir() for which in SETS):
        _print_memory(options.data, options.pages)
        return 0
    context = multiprocessing.get_context("spawn")
    pages, seconds = defaultdict[str, int](int), defaultdict[str, float](float)
    for which in SETS:
        if not (options.data / which).is_dir():
            print(f"{which}: skipped: no data")
            continue
        print(f"\n### {which}\n")
        print("| system | precision | recall | F1 | titles | dates | pages/s | peak memory |")
        print("|---|---|---|---|---|---|---|---|")
        notes: list[str] = []
        for system in options.only or SYSTEMS:
            with context.Pool(1) as pool:
                arguments = (system, which, options.data, options.rounds)
                found = pool.apply(measure, arguments)
            print(_row(system, found), flush=True)
            pages[system] += found["pages"]
            seconds[system] += found["seconds"]
            if options.misses:
                notes += [f"- {system}: {miss}" for miss in found["misses"]]  # type: ignore[attr-defined]
        print(*notes, sep="\n")
    speeds = [f"{system} {pages[system] / seconds[system]:.1f}" for system in pages]
    print("Both together, pages/s:", ", ".join(speeds) or "no data")
    _print_today(options.data, by_site=options.sites)
    return 0


def _print_today(data: Path, *, by_site: bool) -> None:
    for which, report in (("pages-modern", modern.print_modern), ("pages-bulk", modern.print_bulk)):
        if not (data / which).is_dir():
            print(f"{which}: skipped: no data")
            continue
        print(f"\n### {which}\n")
        report(data, by_site=by_site)
        if by_site and which == "pages-bulk":
            modern.print_threshold(data)
            modern.print_rows(data)


if __name__ == "__main__":
    raise SystemExit(main())
