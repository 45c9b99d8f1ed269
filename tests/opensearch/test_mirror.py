"""Notes that lie on a cluster: sent as blocks, fetched by others, and by one writer only."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

pytest.importorskip("opensearchpy")

from kliping.errors import IndexLocked, IndexMismatch, IndexNotFound, NotAnIndex
from kliping.store import lease
from kliping.store.address import IndexAddress
from kliping.store.blocks import BLOCK
from kliping.store.shares import Share
from tests.opensearch.servers import Servers


def _names(server: Servers, place: str) -> list[str]:
    """Return the names of all blocks that are there."""
    index = f"{place.rpartition('/')[2]}-notes"
    server.ask(f"{index}/_refresh", method="POST")
    found = server.ask(f"{index}/_search?size=1000&q=share:*&_source_includes=name")
    return sorted(hit["_source"]["name"] for hit in found["hits"]["hits"])


def test_what_is_kept_is_what_others_find(server: Servers, place: str) -> None:
    content = os.urandom(2 * BLOCK + 7)
    with (ours := IndexAddress(place)).writing(wait=0):
        (folder := ours.generation(1)).mkdir()
        (folder / "state.sqlite").write_bytes(content)
        (ours.path / "sources.json").write_text("[]")
        ours.keep()
        assert len(_names(server, place)) == 3
        (folder / "state.sqlite").write_bytes(content[:-7] + b"lain")
        ours.keep()
        assert len(_names(server, place)) == 3  # what nothing names any more is gone
    with (theirs := IndexAddress(place)).writing(wait=0):
        assert theirs.path != ours.path
        assert theirs.notes(1).read_bytes() == content[:-7] + b"lain"
        assert (theirs.path / "sources.json").read_text() == "[]"
        (theirs.path / "sources.json").unlink()
    ours.look()
    assert not (ours.path / "sources.json").exists()


def test_two_writers_are_told_apart(place: str) -> None:
    with IndexAddress(place).writing(wait=0):
        told = rf"process {os.getpid()} on \S+ since 20\d\d-.* writes; wait for it"
        with pytest.raises(IndexLocked, match=told), IndexAddress(place).writing(wait=1):
            pass
    with IndexAddress(place).writing(wait=0):
        pass


def test_shares_are_written_apart(place: str) -> None:
    with IndexAddress(f"{place}?shard=1/2").writing(wait=0):
        with IndexAddress(f"{place}?shard=2/2").writing(wait=0):
            pass
        for other in (f"{place}?shard=1/3", place):
            with (
                pytest.raises(IndexMismatch, match=r"parted into 2, not [13].*--shard 1/2"),
                IndexAddress(other).writing(wait=0),
            ):
                pass


def test_a_writer_that_dies_is_followed_at_once_on_its_machine(place: str) -> None:
    script = (
        "import os; from kliping.store.address import IndexAddress\n"
        f"with IndexAddress({place!r}).writing(wait=0): os._exit(9)"
    )
    assert subprocess.run([sys.executable, "-c", script], check=False).returncode == 9
    with IndexAddress(place).writing(wait=0):
        pass


def test_one_that_is_not_heard_of_loses_its_place_and_cannot_write(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lease, "BEAT", 1_000.0)
    slow, other = IndexAddress(place), IndexAddress(place)
    with slow.writing(wait=0):
        _keep(slow, "[1]")
        started = time.monotonic()
        with other.writing(wait=20):
            assert lease.LEFT < time.monotonic() - started < lease.LEFT + 4
            _keep(other, "[2]")
            with pytest.raises(IndexLocked, match="has taken this one's place"):
                _keep(slow, "[3]")
        (slow.path / "sources.json").write_text("[1]")  # and nothing is left to be kept
    other.look()
    assert (other.path / "sources.json").read_text() == "[2]"


def _keep(index: IndexAddress, sources: str) -> None:
    (index.path / "sources.json").write_text(sources)
    index.keep()


def test_a_place_is_kept_as_long_as_its_holder_lives(
    place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lease, "BEAT", 0.2)
    monkeypatch.setattr(lease, "LEFT", 1.0)
    first, second = IndexAddress(place), IndexAddress(place)
    with first.writing(wait=0), pytest.raises(IndexLocked), second.writing(wait=3):
        pass


def test_readers_see_all_of_a_push_while_others_follow(place: str) -> None:
    """Two files that are pushed together are never found of two times."""
    done = threading.Event()
    _write(place)

    def write() -> None:
        with (ours := IndexAddress(place)).writing(wait=0):
            (folder := ours.generation(1)).mkdir()
            for number in range(12):
                for name in ("groups-1.bin", "groups.json"):
                    (folder / name).write_bytes(bytes([number]) * (BLOCK + number))
                ours.keep()
        done.set()

    writer = threading.Thread(target=write)
    writer.start()
    reader, seen = IndexAddress(place), set[int]()
    while not done.is_set():
        reader.pull(1)
        found = {path.read_bytes() for path in reader.generation(1).glob("groups*")}
        assert len(found) <= 1
        seen.update(each[0] for each in found)
    writer.join()
    reader.pull(1)
    assert (reader.generation(1) / "groups.json").read_bytes()[0] == 11
    assert seen


def test_what_a_writer_that_died_has_left_is_swept_up(server: Servers, place: str) -> None:
    script = (
        "import os; from kliping.store.address import IndexAddress\n"
        f"with (ours := IndexAddress({place!r})).writing(wait=0):\n"
        "    ours.generation(1).mkdir()\n"
        "    (path := ours.notes(1)).write_bytes(os.urandom(9))\n"
        "    ours._mirror._blocks.send(path, ())\n"
        "    os._exit(9)"
    )
    subprocess.run([sys.executable, "-c", script], check=False)
    assert len(_names(server, place)) == 1
    with IndexAddress(place).writing(wait=0):
        assert _names(server, place) == []


def test_what_is_nobody_s_is_no_index_and_what_is_another_s_is_left_alone(
    server: Servers, place: str
) -> None:
    with pytest.raises(IndexNotFound, match=r"there is no index at http.*--index http"):
        IndexAddress(place).manifest()
    server.ask(place.rpartition("/")[2], {}, method="PUT")
    for ask in (lambda: IndexAddress(place).manifest(), lambda: _write(place)):
        with pytest.raises(NotAnIndex, match="is not an index; name another place"):
            ask()


def _write(place: str) -> None:
    with IndexAddress(place).writing(wait=0):
        pass


@pytest.mark.parametrize("of", [1, 2, 7, 100])
def test_each_file_belongs_to_one_share(of: int, tmp_path: Path) -> None:
    shares = [Share(number, of) for number in range(1, of + 1)]
    names = [f"arsip/2024/{number}.html" for number in range(5_000)]
    counts = [sum(share.has(name) for name in names) for share in shares]
    assert sum(counts) == len(names)
    assert min(counts) > len(names) / of * 0.5
