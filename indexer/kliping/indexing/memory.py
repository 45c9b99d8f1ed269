"""How much memory a run may take, and what follows from it: how many processes, how many commits.

Nothing else grows with the corpus: what waits between processes fills a pipe, what waits for the
engine is a batch, and the engine writes what it holds to the disk when its own bound is reached.
"""

from __future__ import annotations

import os

MEMORY = 512  # megabytes
LEAST = 256
# Measured with 32,278 articles: 164 MB and 71 a worker. With millions the engine's bound is
# reached, and the words that a worker remembers.
_WRITER, _WORKER = 270, 120
_ARTICLES_A_MEGABYTE = 100  # between two commits: notes that wait take some ten kilobytes each


def usable_cores() -> int:
    """Return how many processors this process may use, which may be fewer than there are."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def jobs_within(memory: int, jobs: int, /) -> int:
    """Return how many of so many jobs fit into so many megabytes; one needs no other process.

    >>> jobs_within(512, 8), jobs_within(1000, 8), jobs_within(256, 8)
    (2, 6, 1)
    """
    return max(1, min(jobs, (memory - _WRITER) // _WORKER))


def fewer(fitting: int, jobs: int, memory: int, /) -> str:
    """Say why there are fewer jobs than were asked for, and what would do."""
    enough = _WRITER + jobs * _WORKER
    return f"{fitting} of {jobs} processes fit into {memory} MB; for all, try: --memory {enough}"


def articles_within(memory: int, /) -> int:
    """Return how many articles may wait for a commit."""
    return memory * _ARTICLES_A_MEGABYTE
