"""A process that asks an index: `asking.py INDEX ROUNDS cpu|wall < kinds.json`.

Prints the milliseconds of each query as JSON.

Each query is asked in every round, and its figure is its best one, so that a busy moment of the
machine falls out; in each round all kinds have their turn.
"""

from __future__ import annotations

import json
import sys
import time

import kliping

_CLOCKS = {"cpu": time.thread_time, "wall": time.perf_counter}


def main() -> None:
    """Print for each kind a figure a query."""
    path, rounds, clock = sys.argv[1], int(sys.argv[2]), _CLOCKS[sys.argv[3]]
    kinds = json.load(sys.stdin)
    times: dict[str, list[list[float]]] = {
        name: [[] for _ in asked] for name, asked in kinds.items()
    }
    with kliping.open(path) as index:
        for number in range(rounds + 1):
            for name, asked in kinds.items():
                for at, (query, options) in enumerate(asked):
                    started = clock()
                    index.search(query, **options)
                    if number:  # the first round warms up
                        times[name][at].append((clock() - started) * 1000)
    print(json.dumps({name: list(map(min, each)) for name, each in times.items()}))


if __name__ == "__main__":
    main()
