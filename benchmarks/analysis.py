"""Analysis: tokens a second over article texts, and how long the analyser takes to load."""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import time
from pathlib import Path

from kliping.analysis import Analyser

LOAD = (
    "import time; start = time.process_time();"
    "from kliping.analysis import Analyser; Analyser().stems('menewaskan');"
    "print(time.process_time() - start)"
)


def load_milliseconds(runs: int = 9) -> float:
    """Return the processor's time to import and make an analyser in a fresh process, median."""
    times = [
        float(subprocess.run([sys.executable, "-c", LOAD], capture_output=True, check=True).stdout)
        for _ in range(runs)
    ]
    return statistics.median(times) * 1000


def main() -> None:
    """Print the figures as a Markdown table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    options = parser.parse_args()
    if not options.data.exists():
        print("skipped: no data")
        return
    texts = [
        json.loads(line)["body"] or ""
        for path in sorted((options.data / "articles").glob("*.jsonl"))
        for line in path.open(encoding="utf-8")
    ]
    analyser = Analyser()
    print("analysis of bodies | tokens | tokens/CPU s")
    print("---|--:|--:")
    for name in ("cold", "warm", "warm again"):
        start = time.process_time()
        terms = [analyser.terms(text) for text in texts]
        seconds = time.process_time() - start
        tokens = sum(len(each.words.split()) for each in terms)
        print(f"{name} | {tokens:,} | {tokens / seconds:,.0f}")
    print(f"\nloading the analyser: {load_milliseconds():.0f} ms")


if __name__ == "__main__":
    main()
