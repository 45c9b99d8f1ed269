"""The groups as searches read them: a few files that are never changed, and a list of them.

A commit writes what it changed into a new file, merged with those before it that are not much
larger, so that there are few, and then replaces the list in one step. A newer file goes before an
older one. Readers open the files of one list and hold them, whatever is written or swept up
meanwhile; they look up what they need and need no lock, so opening costs the same however many
groups there are. They do not read the notes in ``state.sqlite``: a writer may lock these for as
long as it runs, and they tell of no commit but the last.

An article's id is kept with the number of its group, a group's number with the ids of its
articles, the earliest published first.
"""

from __future__ import annotations

import heapq
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from operator import itemgetter
from pathlib import Path
from zlib import crc32

from kliping.errors import IndexDamaged
from kliping.errors.cures import damaged, refused
from kliping.store.folder import storage_errors, write_atomically
from kliping.store.segments import Content, Damaged, Segment, key_of, write_segment

Group = tuple[str, ...]
Row = tuple[bytes, Content]
_LIST = "groups.json"
_NAME = "groups-{}.bin"
_TRIES = 5  # to open what commits replace, one after another, while it is being opened
# A file that is at most so many times as large as what is written is merged with it; small ones
# always are.
_MERGED, _SMALL = 2, 2_000


class Groups(Mapping[str, Group]):
    """Id → the ids of all its group, its own among them, as of one commit.

    Whatever is looked up raises ``IndexDamaged`` where it is not as it was written.
    """

    def __init__(self, generation: Path, names: Sequence[str]) -> None:
        self.names = tuple(names)
        self._generation = generation
        self._segments: list[Segment] = []  # the newest first
        for name in reversed(names):
            with _reading(generation, name):
                self._segments.append(Segment(generation / name))

    def __getitem__(self, article_id: str) -> Group:
        group = self.members(self.number(article_id))
        if article_id in group:
            return group
        raise KeyError(article_id)

    def __iter__(self) -> Iterator[str]:
        return (article_id for _, group in self.every() for article_id in group)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __bool__(self) -> bool:
        return bool(self._segments)

    def number(self, article_id: str, /) -> int:
        """Return the number of an article's group, 0 if it is in none."""
        number = self._get(key_of(article_id.encode()))
        return number if isinstance(number, int) else 0

    def members(self, number: int, /) -> Group:
        """Return the ids of a group."""
        record = self._get(_group_key(number)) if number else None
        return _group(record)[1] if isinstance(record, bytes) and record else ()

    def every(self) -> Iterator[tuple[int, Group]]:
        """Yield all groups, each behind its number."""
        for _, content in self.rows(range(len(self._segments))):
            if isinstance(content, bytes) and content:
                yield _group(content)

    def sizes(self) -> list[int]:
        """Return how many rows each file has, the newest first."""
        return [segment.rows for segment in self._segments]

    def rows(self, which: Iterable[int], /) -> Iterator[Row]:
        """Yield what stands in some of the files in the order of keys, each key's newest."""
        newer = b""
        ordered = heapq.merge(*(self._rows_of(age) for age in which))
        for key, age, value in ordered:
            if key != newer:
                segment = self._segments[age]
                with _reading(self._generation, segment.path.name):
                    content = segment.content(value)
                yield key, content
            newer = key

    def _rows_of(self, age: int) -> Iterator[tuple[bytes, int, int]]:
        segment = self._segments[age]
        with _reading(self._generation, segment.path.name):
            for key, value in segment:
                yield key, age, value

    def _get(self, key: bytes) -> Content | None:
        for segment in self._segments:
            try:
                found = segment.get(key)
            except Damaged as error:
                raise damaged(segment.path, error, self._generation.parent) from error
            if found is not None:
                return found
        return None


def read_groups(generation: Path, /) -> Groups:
    """Open the groups of a generation as they are now.

    Raises:
        IndexDamaged: the list or a file is missing, or not as it was written.
    """
    names = listed(generation)
    for _ in range(_TRIES):
        try:
            return Groups(generation, names)
        except IndexDamaged:
            if (now := listed(generation)) == names:
                raise
            names = now
    return Groups(generation, names)


def listed(generation: Path, /) -> tuple[str, ...]:
    """Return the names of the files that have the groups now, the oldest first.

    Raises:
        IndexDamaged: the list is missing, or not as it was written.
    """
    with _reading(generation, _LIST):
        text = (generation / _LIST).read_bytes()
        *names, _ = json.loads(text)
        if text != _list_of(names):
            raise Damaged("it is not as it was written")
        return tuple(names)


def start_groups(generation: Path, /) -> None:
    """Make a generation's groups anew, without any."""
    _publish(generation, ())


def write_groups(generation: Path, groups: Iterable[tuple[int, Sequence[str]]], /) -> None:
    """Replace some groups by number; where all are as they were, nothing is written.

    Args:
        generation: the folder.
        groups: numbers and ids, the earliest article first; fewer than two are none. An id that
            leaves one group for another stands in both of them.
    """
    old = read_groups(generation)
    rows: dict[bytes, Content] = {}
    left: dict[str, int] = {}
    for number, ids in groups:
        group = tuple(ids) if len(ids) > 1 else ()
        if group != (before := old.members(number)):
            rows[_group_key(number)] = json.dumps([number, *group]).encode() if group else b""
            came = set(group).difference(before)
            rows |= dict.fromkeys((key_of(each.encode()) for each in came), number)
            left |= dict.fromkeys(set(before).difference(group), number)
    for article_id, number in left.items():
        if old.number(article_id) == number:
            rows.setdefault(key_of(article_id.encode()), 0)
    if rows:
        _add(generation, old, rows)


def copy_groups(generation: Path, other: Path, /) -> None:
    """Write all groups of a generation to another, in one file."""
    old = read_groups(generation)
    files = range(len(old.sizes()))
    rows = (row for row in old.rows(files) if row[1])
    _write(other, _NAME.format(1), (), rows, sum(old.sizes()))


def _add(generation: Path, old: Groups, new: Mapping[bytes, Content]) -> None:
    """Write what is new into a file of its own, with what is little beside it."""
    sizes, room, count = old.sizes(), len(new), 0
    while count < len(sizes) and sizes[count] <= max(_MERGED * room, _SMALL):
        room += sizes[count]
        count += 1
    rows = _newest(sorted(new.items()), old.rows(range(count)))
    if count == len(sizes):  # nothing stands below that has to be hidden
        rows = (row for row in rows if row[1])
    name = _NAME.format(1 + max(map(_number, old.names), default=0))
    _write(generation, name, old.names[: len(sizes) - count], rows, room)


def _write(
    generation: Path, name: str, older: tuple[str, ...], rows: Iterable[Row], room: int
) -> None:
    """Write a file, and publish it behind the older ones; ``room`` is at least its rows."""
    with storage_errors(generation):
        write_segment(generation / name, rows, room=room)
    _publish(generation, (*older, name))


def _newest(new: Iterable[Row], old: Iterable[Row]) -> Iterator[Row]:
    last = b""
    for key, content in heapq.merge(new, old, key=itemgetter(0)):
        if key != last:
            yield key, content
        last = key


def _publish(generation: Path, names: tuple[str, ...]) -> None:
    """Make files the groups, in one step, and sweep up all others."""
    with storage_errors(generation):
        write_atomically(generation / _LIST, _list_of(names).decode())
    for path in generation.glob(_NAME.format("*")):
        if path.name not in names:
            with suppress(OSError):  # some systems keep what a reader holds
                path.unlink()


def _list_of(names: Sequence[str]) -> bytes:
    """Return the list as it is written: names, and a checksum of them."""
    return json.dumps([*names, crc32("\n".join(names).encode())]).encode()


def _number(name: str) -> int:
    return int(name.removesuffix(".bin").rpartition("-")[2])


def _group_key(number: int) -> bytes:
    return key_of(b"\0" + number.to_bytes(8, "big"))


def _group(record: bytes) -> tuple[int, Group]:
    number, *ids = json.loads(record)
    return number, tuple(ids)


@contextmanager
def _reading(generation: Path, name: str) -> Iterator[None]:
    path = generation / name
    try:
        yield
    except (FileNotFoundError, IsADirectoryError) as error:
        raise damaged(path, "it is missing", generation.parent) from error
    except OSError as error:
        raise refused(path, error) from error
    except (ValueError, TypeError, RecursionError) as error:
        raise damaged(path, error, generation.parent) from error
