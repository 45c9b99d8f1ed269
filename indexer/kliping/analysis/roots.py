"""The words the stemmer knows: roots and how common they are, names, exceptions.

The root list is that of the PySastrawi package, read where it is installed; what we add, take
away or keep whole is in ``data/*.txt``, one word a line, each file opening with where it is from.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Mapping
from functools import cache
from importlib.machinery import PathFinder
from pathlib import Path
from typing import NamedTuple

from kliping.analysis.readings import weight
from kliping.errors import AnalysisError

_DATA = Path(__file__).parent / "data"
# The lists are read at every start: a search over the whole file, not a loop over its lines.
_WORD = re.compile(r"^[^\s#=]+", re.MULTILINE)
_PAIR = re.compile(r"^([^\s#=]+) *= *([^\s#]+)", re.MULTILINE)
_LINE = re.compile(r"^[^\s#].*", re.MULTILINE)
_LISTS = (
    "exceptions.txt",
    "lexicalised.txt",
    "names.txt",
    "root_frequencies.txt",
    "roots_added.txt",
    "roots_removed.txt",
)


class Vocabulary(NamedTuple):
    """Everything the rules are checked against; shared by all stemmers of a process."""

    roots: Mapping[str, str]  # what affixes may stand around
    known: dict[str, str]  # words that are not analysed -> what they stand for
    weights: dict[str, float]  # roots with a rival in the corpus -> what each brings to a reading


class Lists(NamedTuple):
    """The lists that a vocabulary is made of; a benchmark withholds parts of them."""

    packaged: list[str]  # PySastrawi's roots
    added: list[str]
    removed: list[str]
    lexicalised: list[str]
    names: list[str]
    exceptions: dict[str, str]
    classes: dict[str, float]  # how common the roots are that have a rival in the corpus


def read_words(name: str) -> list[str]:
    """The words of one data file: the first of each line, ``#`` opens a comment."""
    return _WORD.findall((_DATA / name).read_text(encoding="utf-8"))


def read_pairs(name: str) -> dict[str, str]:
    """The ``form = root`` lines of one data file."""
    return dict(_PAIR.findall((_DATA / name).read_text(encoding="utf-8")))


def read_classes(name: str) -> dict[str, float]:
    """A frequency table: each line a class, then the roots in it."""
    classes: dict[str, float] = {}
    for line in _LINE.findall((_DATA / name).read_text(encoding="utf-8")):
        number, *roots = line.split()
        classes.update(dict.fromkeys(roots, float(number)))
    return classes


def packaged_file() -> Path:
    """Where PySastrawi's root list is; the package itself is not imported."""
    spec = PathFinder.find_spec("Sastrawi")
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
    lists = b"".join(path.read_bytes() for path in (packaged_file(), *map(_DATA.joinpath, _LISTS)))
    return f"{zlib.crc32(lists):08x}"


def read_lists() -> Lists:
    """Every list that the stemmer reads."""
    return Lists(
        packaged_roots(),
        read_words("roots_added.txt"),
        read_words("roots_removed.txt"),
        read_words("lexicalised.txt"),
        read_words("names.txt"),
        read_pairs("exceptions.txt"),
        read_classes("root_frequencies.txt"),
    )


def assemble(lists: Lists, /) -> Vocabulary:
    """Make a vocabulary of lists."""
    # Dictionaries in the files' order: made and copied in a fifth of the time that sets take.
    roots = dict(zip(lists.packaged, lists.packaged, strict=True))
    for root in lists.removed:
        roots.pop(root, None)
    added = [*lists.added, *lists.exceptions, *lists.exceptions.values()]
    roots.update(zip(added, added, strict=True))
    roots.pop("ku", None)  # an exception too short to be a root of anything
    known = roots.copy()
    whole = [*lists.lexicalised, *lists.names]
    known.update(zip(whole, whole, strict=True))
    known.update(lists.exceptions)
    for word in lists.lexicalised:
        roots.pop(word, None)
    weights = {root: weight(root, count) for root, count in lists.classes.items()}
    return Vocabulary(roots, known, weights)


@cache
def vocabulary() -> Vocabulary:
    """The vocabulary of all our lists, read once for the process."""
    return assemble(read_lists())
