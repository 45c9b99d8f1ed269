"""Fuzzing: does any string make a search fail, or take more than a second?

    python benchmarks/fuzz_queries.py --data ../shared/data [--queries 200000] [--index DIR]

Half of the strings are random, over an alphabet rich in operators, rare characters among them; the
other half are real queries (``DATA/relevance``) with a few random changes. Half of all searches
look for other spellings. The seconds are the processor's. Exit status 1 if a search raised
anything but ``QueryError``, or took more than ``--most`` seconds.
"""

from __future__ import annotations

import argparse
import heapq
import random
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "indexer"))

import kliping
from kliping.errors import QueryError

_PIECES = (
    *'"""((()))**??~~^^--++==:::\'’“”.,;/\\&|!@#%_<>[]{}',
    *" AND | OR | NOT | DAN | ATAU | BUKAN |  |   |\t|\n".split("|"),
    *"judul: title: isi: penulis: sumber: rubrik: tag: url: ada: tanggal: date: lain: 12:".split(),
    *"2021 2021-10 2021-13 >=2021 ..2021 2021.. kemarin 7-hari bulan-ini 99999999-tahun".split(),
    *"~1 ~2 ~9 ~5 ^3 ^0 ^1e9 ^99999 * ? *a a* *a* ?* me*n* *an ke*".split(),
    *"gempa presiden jakarta korupsi yang di prabwo anak-anak covid-19 Rp1.500 KPK DPR".split(),
    *"a b k me p 1 0 é ß ı İ ﬁ 東京 بيت".split(),
    *"\u0301\u200d\u00ad\ud800\x00\x1b\U0001f600\u2028",
)
_ASCII = "".join(map(chr, range(32, 127)))


def main() -> int:
    """Print how many strings were searched, what failed, and the slowest."""
    options = _options()
    topics = options.data / "relevance"
    if not topics.is_dir():
        print("skipped: no data")
        return 0
    real = [
        line.partition("\t")[2]
        for path in sorted(topics.glob("*/*.tsv"))
        if path.name != "qrels.tsv"
        for line in path.read_text(encoding="utf-8").splitlines()
    ]
    with TemporaryDirectory() as folder:
        if not options.index:
            kliping.build(options.data / "articles", folder)
        with kliping.open(options.index or folder) as index:
            return _run(index, _queries(real, options.seed), options)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    add = parser.add_argument
    add("--data", type=Path, default=Path("../shared/data"), help="holds articles/, relevance/")
    add("--index", type=Path, help="an index of the articles, if there is one already")
    add("--queries", type=int, default=200_000)
    add("--seed", type=int, default=1)
    add("--most", type=float, default=1.0, help="seconds that a search may take")
    return parser.parse_args()


def _run(index: kliping.Index, queries: Iterator[str], options: argparse.Namespace) -> int:
    refused, suggested, failures = 0, 0, []
    slowest: list[tuple[float, str]] = []
    for number in range(options.queries):
        query, match = next(queries), ("all", "any")[number // 2 % 2]
        started = time.process_time()
        try:
            suggested += bool(index.search(query, match=match, suggest=number % 2 == 0).suggestions)
        except QueryError:
            refused += 1
        except Exception as error:
            failures.append(f"{query!r}: {type(error).__name__}: {error}")
        heapq.heappush(slowest, (time.process_time() - started, repr(query)))
        if len(slowest) > 10:
            heapq.heappop(slowest)
        if number % 10_000 == 9_999:
            print(f"{number + 1:,}, {len(failures)} failed", file=sys.stderr)
    over = sum(seconds > options.most for seconds, _ in slowest)
    print(f"{options.queries:,} strings, {len(index):,} articles, engine {index.engine}")
    print(f"refused with a reason: {refused:,}; with suggestions: {suggested:,}")
    print(f"failed: {len(failures)}; over {options.most:g} s: {over}{'+' * (over == 10)}\n")
    print("\n".join([*failures[:50], ""]), end="")
    for seconds, query in sorted(slowest, reverse=True):
        print(f"{seconds * 1000:8.1f} ms  {query[:200]}")
    return 1 if failures or over else 0


def _queries(real: list[str], seed: int) -> Iterator[str]:
    dice = random.Random(seed)
    while True:
        yield "".join(_piece(dice) for _ in range(dice.choice((1, 3, 8, 20, 60))))
        yield _changed(dice.choice(real), dice)


def _piece(dice: random.Random) -> str:
    kind = dice.random()
    if kind < 0.7:
        return dice.choice(_PIECES)
    if kind < 0.702:
        return dice.choice(_PIECES) * dice.randrange(5_000)
    return dice.choice(_ASCII) if kind < 0.95 else chr(dice.randrange(0x110000))


def _changed(query: str, dice: random.Random) -> str:
    for _ in range(dice.randint(1, 6)):
        at, stop = sorted(dice.randint(0, len(query)) for _ in range(2))
        change: Callable[[str], str] = dice.choice(_CHANGES)
        query = query[:at] + change(query[at:stop]) + query[stop:]
        at = dice.randint(0, len(query))
        query = query[:at] + _piece(dice) + query[at:]
    return query


_CHANGES: tuple[Callable[[str], str], ...] = (
    lambda part: part[1:],
    lambda part: part[::-1] if len(part) < 4 else part,
    lambda part: f'"{part}"~3',
    lambda part: f"judul:({part})",
    lambda part: f"({part}) OR ({part})",
    lambda part: f"-({part})",
    lambda part: part.replace(" ", "* "),
    lambda part: part.replace(" ", "~ "),
    lambda part: part.replace(" ", " OR "),
    lambda part: part.upper(),
    lambda part: "",
)


if __name__ == "__main__":
    sys.exit(main())
