"""The words the stemmer knows: roots and how common they are, names, exceptions.

The root list is that of the PySastrawi package, read where it is installed; what we add, take
away or keep whole is in ``data/*.txt``, one word a line, each file opening with where it is from.
"""

from __future__ import annotations

import importlib.util
from collections.abc import Set
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import resources
from pathlib import Path

from kliping.analysis.readings import weight
from kliping.errors import AnalysisError

_DATA = resources.files("kliping.analysis") / "data"
_LISTS = (
    "exceptions.txt",
    "lexicalised.txt",
    "names.txt",
    "root_frequencies.txt",
    "roots_added.txt",
    "roots_removed.txt",
)


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Everything the rules are checked against; shared by all stemmers of a process."""

    roots: Set[str]  # what affixes may stand around
    known: dict[str, str]  # words that are not analysed -> what they stand for
    weights: dict[str, float]  # roots with a rival in the corpus -> what each brings to a reading


def read_words(name: str) -> list[str]:
    """The words of one data file: the first of each line, ``#`` opens a comment."""
    lines = (_DATA / name).read_text(encoding="utf-8").splitlines()
    return [line.partition("#")[0].strip() for line in lines if line and line[0] != "#"]


def read_pairs(name: str) -> dict[str, str]:
    """The ``form = root`` lines of one data file."""
    pairs = (word.partition("=") for word in read_words(name))
    return {form.strip(): root.strip() for form, _, root in pairs}


def read_classes(name: str) -> dict[str, float]:
    """A frequency table: each line a class, then the roots in it."""
    classes: dict[str, float] = {}
    for line in read_words(name):
        number, *roots = line.split()
        classes.update(dict.fromkeys(roots, float(number)))
    return classes


def packaged_file() -> Path:
    """Where PySastrawi's root list is; the package itself is not imported."""
    spec = importlib.util.find_spec("Sastrawi")
    if spec is None or not spec.submodule_search_locations:
        raise AnalysisError("the root list is not installed; try: pip install PySastrawi")
    folder = Path(next(iter(spec.submodule_search_locations)))
    return folder / "Stemmer" / "data" / "kata-dasar.txt"


def packaged_roots() -> list[str]:
    """PySastrawi's root list."""
    return packaged_file().read_text(encoding="utf-8").split()


@cache
def digest() -> str:
    """Eight hexadecimal digits that change with any list that the stemmer reads."""
    lists = sha256(packaged_file().read_bytes())
    for name in _LISTS:
        lists.update((_DATA / name).read_bytes())
    return lists.hexdigest()[:8]


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary, read once for the process."""
    exceptions, lexicalised = read_pairs("exceptions.txt"), read_words("lexicalised.txt")
    roots = set(packaged_roots())
    roots.difference_update(read_words("roots_removed.txt"))
    roots.update(read_words("roots_added.txt"), exceptions, exceptions.values())
    roots.discard("ku")  # an exception too short to be a root of anything
    whole = [*roots, *lexicalised, *read_words("names.txt")]
    known = dict(zip(whole, whole, strict=True))
    known.update(exceptions)
    roots.difference_update(lexicalised)
    classes = read_classes("root_frequencies.txt")
    return Vocabulary(roots, known, {root: weight(root, classes[root]) for root in classes})
