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
import json
import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / "indexer"))

from scaling import corpora


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
    from scaling import measuring, questions, report

    asked = questions.choose(min(files.items())[1], options.data, count=options.queries)
    results = report.read(options.results)
    if not options.lucene:
        print("Lucene: skipped: give its class path with --lucene")
    for size, path in files.items():
        with TemporaryDirectory(dir=options.corpora) as folder:
            work = Path(folder)
            _say(f"{size:,} articles: kliping")
            measured = {
                "commit": measuring.commit(),
                "text": measuring.text_of(path),
                "kliping": measuring.kliping(
                    path, asked, work=work, rounds=options.rounds, jobs=options.jobs
                ),
            }
            if options.lucene:
                _say(f"{size:,} articles: Lucene")
                java = [_java(), "-cp", options.lucene]
                measured["lucene"] = measuring.lucene(path, asked, work=work, java=java)
        results[size] = measured
        if options.results:
            options.results.write_text(json.dumps(results, indent=1), encoding="utf-8")
    print(report.table(results))


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
    add("--results", type=Path, metavar="FILE", help="keep what was measured, as JSON")
    return parser.parse_args()


def _sizes(text: str) -> list[int]:
    return sorted(int(size) for size in text.split(","))


def _java() -> str | Path:
    home = os.environ.get("JAVA_HOME")
    return Path(home, "bin", "java") if home else "java"


def _say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
