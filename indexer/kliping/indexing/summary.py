"""What one run did, counted as it is told."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields

from kliping.corpus import Problem

OnProblem = Callable[[Problem], None]
_COUNTED = {"skipped", "repaired", "ignored"}


@dataclass(slots=True)
class Summary:
    """What one run did. All but ``skipped``, ``failed`` and ``repaired`` count articles.

    ``moved`` counts articles that another file gives now, as one that gave them is gone; ``same``
    records that were left out, as the index has a newer or fuller version of the article;
    ``skipped`` files and records that gave no article, ``failed`` files that could not be read,
    ``repaired`` articles that were mended, ``ignored`` files of no article format; ``articles`` is
    what the index holds now. ``interrupted`` says that the run was ended before it was done.
    """

    added: int = 0
    updated: int = 0
    removed: int = 0
    unchanged: int = 0
    moved: int = 0
    same: int = 0
    skipped: int = 0
    failed: int = 0
    repaired: int = 0
    ignored: int = 0
    articles: int = 0
    seconds: float = 0.0
    interrupted: bool = False

    def add(self, other: Summary, /) -> None:
        """Count what was done after this, too."""
        for each in fields(self):
            name, value = each.name, getattr(other, each.name)
            setattr(self, name, value if name == "articles" else getattr(self, name) + value)


class Report:
    """Counts what is wrong, and passes it on to whoever listens."""

    def __init__(self, on_problem: OnProblem) -> None:
        self.summary = Summary()
        self._on_problem = on_problem

    def tell(self, problem: Problem, /) -> None:
        """Count a problem and pass it on."""
        if problem.kind == "failed":
            self.summary.failed += 1
        elif problem.kind in _COUNTED:
            name = problem.kind
            setattr(self.summary, name, getattr(self.summary, name) + 1)
        self._on_problem(problem)
