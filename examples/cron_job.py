"""A nightly run over a folder of articles, for cron:

    15 2 * * *  /srv/arsip/venv/bin/python /srv/arsip/cron_job.py /srv/arsip/berita /srv/arsip/index

It takes up what is new, changed or gone, and logs one line; what could not be read follows, a line
each. Cron mails what a run prints, so it prints only what somebody should see.
"""

from __future__ import annotations

import logging
import sys
from pathlib import Path

import kliping
from kliping.corpus import Problem

WAIT = 3600  # seconds, should another run still be under way


def main(source: str, index: str) -> int:
    """Bring the index up to date; return the status that cron sees."""
    logging.basicConfig(
        filename=Path(index).with_suffix(".log"), format="%(asctime)s %(message)s", level="INFO"
    )
    unread: list[Problem] = []

    def note(problem: Problem) -> None:
        if problem.kind in ("failed", "skipped"):
            logging.info("%s", problem)
        if problem.kind == "failed":
            unread.append(problem)

    try:
        done = kliping.build(source, index, jobs=2, wait=WAIT, on_problem=note)
    except kliping.errors.KlipingError as error:
        logging.critical("%s", error)
        print(error, file=sys.stderr)
        return 2
    logging.info(
        "%d added, %d updated, %d removed; %d articles in %.1f s",
        done.added, done.updated, done.removed, done.articles, done.seconds,
    )  # fmt: skip
    for problem in unread:
        print(problem, file=sys.stderr)
    return 1 if unread else 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:3]))
