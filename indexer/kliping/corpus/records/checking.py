"""Whether the columns that a user names are there, asked before anything is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from difflib import get_close_matches
from itertools import islice
from pathlib import Path

from kliping.corpus.accounts import profiling
from kliping.corpus.files import SourceFile, find_files, suffix_of
from kliping.corpus.reading import read_file
from kliping.corpus.records.mapping import Mapped
from kliping.corpus.records.profile import Profile
from kliping.errors import MappingError

_SHOWN = 20  # columns
_TRIED = 50  # files
_NO_RECORDS = frozenset({".html", ".htm", ".xhtml", ".mht", ".mhtml", ".md"})


def check_columns(sources: Iterable[str | Path], mapping: Sequence[Mapped], /) -> None:
    """Raise MappingError for a column that no file of records has; one of them is named."""
    for each in mapping:
        profiles = islice(_profiles(sources), _TRIED)
        lacking: Profile | None = None
        for profile in profiles:
            if each.column in profile.columns.names:
                break
            if lacking is None or not lacking.columns.names:
                lacking = profile
        else:
            if lacking:
                raise MappingError(_reason(each, lacking))


def _profiles(sources: Iterable[str | Path]) -> Iterator[Profile]:
    for file in find_files(sources):
        if isinstance(file, SourceFile) and suffix_of(file.path.name) not in _NO_RECORDS:
            with profiling() as told:
                list(islice(read_file(replace(file, columns=())), 1))
            yield from told


def _reason(mapped: Mapped, profile: Profile) -> str:
    names = [name for name in profile.columns.names if name]
    ours = profile.assigned.fields.get(mapped.field, [])
    near = get_close_matches(mapped.column, names, 1) or [*ours, *names][:1]
    cure = f"; try: --map {str(Mapped(mapped.field, near[0], mapped.order))!r}" if near else ""
    shown = ", ".join(names[:_SHOWN])
    return f"{profile.path}: no column {mapped.column!r} in it, only: {shown}{cure}"
