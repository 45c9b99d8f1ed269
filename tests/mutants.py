"""Puts small bugs in, one at a time, and says which of them no test notices.

    python -m tests.mutants [--minutes 20] [--jobs 2] [--seed 1] [PACKAGE …]

The bugs are cosmic-ray's: an operator turned round, a branch never taken, a number off by one. A
sample of them is tried in copies of the checkout, as many of each package as the time allows, each
by the tests that name its module, then by those beside its package, and if these pass by those of
the packages that stand on it. Those that survive are printed, to be read: either a test is missing,
or the change makes no difference. What took too long is counted apart, as no test has failed.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import re
import shutil
import sys
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import zip_longest
from pathlib import Path
from shlex import quote
from tempfile import TemporaryDirectory

from attrs import evolve
from cosmic_ray.commands.init import _all_work_items
from cosmic_ray.mutating import mutate_and_test
from cosmic_ray.work_item import MutationSpec, TestOutcome, WorkerOutcome

ROOT = Path(__file__).resolve().parents[1]
COPIED = "indexer tests corpus docs cli.py conftest.py setup.cfg pyproject.toml README.md".split()
# Package → the tests beside it, and those that use it most.
TESTS = {
    "store": ("tests/store tests/indexing/test_sync.py", "tests/test_index.py tests/indexing"),
    "indexing": ("tests/indexing/test_sync.py", "tests/indexing tests/corpus/test_pages.py"),
    "searching": ("tests/searching", "tests/test_index.py tests/indexing/test_duplicates.py"),
    "query": ("tests/query", "tests/searching tests/test_index.py tests/engines"),
}
# What these change makes no difference, or is told by the type checker.
_LEFT_OUT = ("RemoveDecorator", "AddNot_Annotation")
# Of a processor, not of the clock: on a machine that is busy, tests that would pass take long too.
_SECONDS = 600
_TOO_SLOW = "ended by SIGXCPU"  # 24: a shell tells of it as 152
_LONGEST = 3600.0

Span = tuple[tuple[int, int], tuple[int, int]]


def main() -> None:
    """Try mutants until the time is over, and print those that survive, and the rates."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("packages", nargs="*", metavar="PACKAGE", help=", ".join(TESTS))
    parser.add_argument("--minutes", type=float, default=20.0)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    ends = time.monotonic() + 60 * options.minutes
    tried: Counter[str] = Counter()
    survived: Counter[str] = Counter()
    slow: Counter[str] = Counter()
    sample = _sample(options.packages or list(TESTS), options.seed)

    def work() -> None:
        with TemporaryDirectory() as folder:
            _copy(Path(folder))
            while time.monotonic() < ends and (row := next(sample, None)):
                package, mutation = row
                outcome, difference = _try(Path(folder), package, mutation)
                tried[package] += outcome != "none"
                survived[package] += outcome == "survived"
                slow[package] += outcome == "slow"
                print("" if outcome == "noticed" else f"{outcome}: {difference}\n", flush=True)

    with ThreadPoolExecutor(options.jobs) as pool:
        for done in [pool.submit(work) for _ in range(options.jobs)]:
            done.result()
    for package, count in tried.items():
        left, late = survived[package], slow[package]
        print(f"{package}: {count - left - late} of {count} noticed, {late} too slow")
    rate = 1 - (survived.total() + slow.total()) / max(tried.total(), 1)
    print(f"{rate:.0%} of {tried.total()} noticed; read the survivors above")


def _copy(copy: Path) -> None:
    for name in COPIED:
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, copy / name)


def _sample(packages: list[str], seed: int) -> Iterator[tuple[str, MutationSpec]]:
    """Return mutations in random order, one of each package in turn."""
    shuffled = []
    for package in packages:
        modules = sorted((ROOT / "indexer" / "kliping" / package).rglob("*.py"))
        found = [item.mutations[0] for item in _all_work_items(modules, {})]
        annotations = {module: list(_annotations(module)) for module in modules}
        wanted = [each for each in found if not _is_left_out(each, annotations)]
        random.Random(seed).shuffle(wanted)
        shuffled.append([(package, each) for each in wanted])
    return iter([each for row in zip_longest(*shuffled) for each in row if each])


def _is_left_out(mutation: MutationSpec, annotations: dict[Path, list[Span]]) -> bool:
    if any(name in mutation.operator_name for name in _LEFT_OUT):
        return True
    spans = annotations[Path(mutation.module_path)]
    return any(start <= tuple(mutation.start_pos) < stop for start, stop in spans)


def _annotations(module: Path) -> Iterator[Span]:
    """Yield where annotations stand: they are not run."""
    for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            found = [node.returns, *(arg.annotation for arg in ast.walk(node.args)
                                     if isinstance(arg, ast.arg))]  # fmt: skip
        else:
            found = [node.annotation] if isinstance(node, ast.AnnAssign) else []
        for each in filter(None, found):
            assert each.end_lineno
            assert each.end_col_offset is not None
            yield (each.lineno, each.col_offset), (each.end_lineno, each.end_col_offset)


def _try(copy: Path, package: str, mutation: MutationSpec) -> tuple[str, str]:
    """Return *noticed*, *survived*, *slow* or *none* (nothing to change), and what it changes."""
    here = copy / Path(mutation.module_path).relative_to(ROOT)
    near = " ".join(_near(copy, here))
    mutation = evolve(mutation, module_path=here)
    difference = ""
    for tests in filter(None, (near, *TESTS[package])):
        command = (
            f"cd {copy} && ulimit -t {_SECONDS} && PYTHONPATH={copy}/indexer "
            f"PYTHONDONTWRITEBYTECODE=1 {sys.executable} -m pytest -x -q -p no:cacheprovider "
            f"{tests}; status=$?; [ $status -ne 152 ] || echo {_TOO_SLOW}; exit $status"
        )
        result = mutate_and_test([mutation], f"sh -c {quote(command)}", _LONGEST)
        if result.worker_outcome is not WorkerOutcome.NORMAL:
            return "none", ""
        difference = str(result.diff).replace(f"{copy}/", "")
        if result.test_outcome is not TestOutcome.SURVIVED:
            is_slow = result.output == "timeout" or _TOO_SLOW in str(result.output)
            return "slow" if is_slow else "noticed", difference
    return "survived", difference


def _near(copy: Path, module: Path) -> list[str]:
    """Return the tests that import a module, or are named after it."""
    dotted = ".".join(module.relative_to(copy / "indexer").with_suffix("").parts)
    parent, _, name = dotted.rpartition(".")
    imported = re.compile(rf"{re.escape(dotted)}\b|from {re.escape(parent)} import .*\b{name}\b")
    return [
        str(path.relative_to(copy))
        for path in sorted((copy / "tests").rglob("test_*.py"))
        if path.stem == f"test_{name}" or imported.search(path.read_text(encoding="utf-8"))
    ]


if __name__ == "__main__":
    main()
