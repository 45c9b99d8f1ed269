"""Scale: what 10 thousand, 100 thousand and a million articles cost, and what asking them does.

    python benchmarks/scale.py --data ../shared/data --corpora FOLDER
    python benchmarks/scale.py --data ../shared/data --corpora FOLDER --sizes 10000,100000
    python benchmarks/scale.py --data ../shared/data --corpora FOLDER --only-corpora
    python benchmarks/scale.py --data ../shared/data --corpora FOLDER --lucene CLASSPATH

Corpora are made of real articles (`scaling.corpora`), once: FOLDER/10k.jsonl and so on. What has
been measured is kept in `--results`, a size at a time, so sizes may be measured on different days.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
from contextlib import ExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "indexer"))

from scaling import corpora

_FILES = 30_000
_NOTICES = (5_000, 10_000, 20_000, 40_000)


def main() -> None:
    """Measure each size, and print the table of all that have been measured."""
    options = _options()
    recombined = corpora.Recombined(
        corpora.read(options.data / "articles"), seed=options.seed, copies=options.copies
    )
    if not recombined:
        print("skipped: no data")
        return
    files = {}
    for size in options.sizes:
        _say(f"{size:,} articles: writing them, unless they are there")
        files[size] = corpora.write(recombined, size, options.corpora)
    del recombined
    if options.only_corpora:
        print(*files.values(), sep="\n")
        return
    _measure(files, options)


def _measure(files: dict[int, Path], options: argparse.Namespace) -> None:
    from scaling import extremes, measuring, questions, report

    alike = {"rounds": options.rounds, "clock": "cpu" if options.cpu else "wall"}
    systems = {"kliping": measuring.kliping(**alike, jobs=options.jobs)}
    if options.lucene:
        systems["lucene"] = measuring.lucene(**alike, classes=options.lucene)
    else:
        print("Lucene: skipped: give its class path with --lucene")
    asked = questions.choose(min(files.items())[1], options.data, count=options.queries)
    measured = report.Measured.read(options.results)
    results = measured.sizes
    for size, path in files.items():
        here = results.setdefault(size, {"text": measuring.text_of(path)})
        with ExitStack() as stack:
            folder = options.indexes or Path(stack.enter_context(TemporaryDirectory()))
            for name, system in systems.items():
                index, one = folder / f"{path.stem}-{name}", here.setdefault(name, {})
                if not (index.exists() and "seconds" in one):
                    _say(f"{size:,} articles: {name}: indexing")
                    shutil.rmtree(index, ignore_errors=True)
                    one |= {"commit": measuring.commit(), **system.index(path, index)}
                    measured.write()
                _say(f"{size:,} articles: {name}: asking")
                one |= {"asked": measuring.commit(), **system.ask(index, asked)}
                measured.write()
    if options.more:
        _say("files that are as they were, and notices from one mould")
        measured.more["unchanged"] = extremes.unchanged(files[max(files)], _FILES)
        measured.more["notices"] = extremes.notices(_NOTICES)
        measured.write()
    print(report.table(results), report.told(measured.more), sep="\n\n")
    if options.publish:
        report.publish(measured, options.publish)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    add = parser.add_argument
    add("--data", type=Path, default=Path("../shared/data"), help="holds articles/, relevance/")
    add("--corpora", type=Path, required=True, metavar="FOLDER", help="where corpora are kept")
    add("--sizes", type=_sizes, default="10000,100000,1000000", help="how many articles each")
    add("--copies", type=float, default=corpora.COPIES, help="share of near-duplicates")
    add("--seed", type=int, default=1, help="another seed, other articles")
    add("--only-corpora", action="store_true", help="write the corpora and measure nothing")
    add("--queries", type=int, default=50, metavar="N", help="queries of each kind (default 50)")
    add("--rounds", type=int, default=3, help="how often each is timed (default 3)")
    add("--jobs", type=int, default=os.cpu_count() or 1, help="processes that read (default: all)")
    add("--lucene", metavar="CLASSPATH", help="Lucene's libraries and a class Bench")
    add("--cpu", action="store_true", help="time queries by the processors, not by the clock")
    add("--more", action="store_true", help="an unchanged folder, notices from one mould too")
    add("--indexes", type=Path, metavar="FOLDER", help="keep indexes, and ask what --results has")
    add("--results", type=Path, metavar="FILE", help="keep what was measured, as JSON")
    add("--publish", type=Path, metavar="FILE.md", help="put table and plot there")
    return parser.parse_args()


def _sizes(text: str) -> list[int]:
    return sorted(int(size) for size in text.split(","))


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
