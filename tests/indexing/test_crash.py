"""What a crash, a second writer or a full disk leaves behind: the index as last committed.

Each test runs real processes; none depends on how fast they are.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import pytest

import kliping
from kliping.errors import IndexLocked, IndexNotFound, StorageError
from tests.unprivileged import as_nobody, open_folder

_FILES, _RECORDS = 8, 25
# Commits as often as it can, so that kills fall before, within and after commits.
_BUILD = """
import sys, kliping
from kliping.indexing import transaction
transaction.BATCH = 10
source, index, engine, rebuild = sys.argv[1:]
print("begun", flush=True)
kliping.build(source, index, engine=engine or None, rebuild=rebuild == "rebuild", commit_seconds=0)
"""
_HOLD = """
import sys, kliping
from kliping.store.folder import IndexFolder
with IndexFolder(sys.argv[1]).writing(wait=0):
    print("held", flush=True)
    sys.stdin.read()
"""


def record(article_id: str, body: str) -> str:
    return json.dumps({"id": article_id, "judul": "Berita", "isi": body}) + "\n"


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Files of records; each file's last record repeats the next file's first."""
    folder = tmp_path_factory.mktemp("arsip")
    for n in range(_FILES):
        ids = [*range(n * _RECORDS, (n + 1) * _RECORDS), (n + 1) % _FILES * _RECORDS]
        text = "".join(record(f"a{i}", f"Isi gempa {i}. " * 20) for i in ids)
        (folder / f"f{n:02}.jsonl").write_text(text)
    return folder


@contextmanager
def child(code: str, *arguments: object) -> Iterator[subprocess.Popen[str]]:
    """Run ``code`` in a process of its own, and kill it in the end."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    process = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", code, *map(str, arguments)],
        env=environment, text=True,
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip
    with process:
        try:
            yield process
        finally:
            process.kill()


def held(index: Path) -> list[str]:
    """Return all ids, sorted, each as often as it is found."""
    with kliping.open(index) as opened:
        ids = [article_id for _, article_id in opened.rank("gempa", limit=10_000)]
        assert len(ids) == len(opened)
        return sorted(ids)


EVERYTHING = sorted(f"a{i}" for i in range(_FILES * _RECORDS))


def kill_after(process: subprocess.Popen[str], seconds: float) -> bool:
    """Kill a build some time after it began; say whether it was still running."""
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    time.sleep(seconds)
    running = process.poll() is None
    process.send_signal(signal.SIGKILL)
    process.wait()
    return running


def test_a_killed_build_leaves_what_it_committed_and_the_next_completes_it(
    engine_name, corpus, tmp_path
):
    killed = 0
    for n in range(6):
        index = tmp_path / f"index-{n}"
        with child(_BUILD, corpus, index, engine_name, "") as process:
            killed += kill_after(process, 0.08 * n)
        try:
            found = held(index)
        except IndexNotFound:
            found = []
        assert len(found) == len(set(found))
        assert set(found) <= set(EVERYTHING)
        summary = kliping.build(corpus, index, engine=engine_name)
        assert summary.articles == len(EVERYTHING)
        assert held(index) == EVERYTHING
        assert kliping.build(corpus, index).unchanged == len(EVERYTHING)
    assert killed


def test_one_index_survives_kill_after_kill(engine_name, corpus, tmp_path):
    index = tmp_path / "index"
    for n in range(8):
        with child(_BUILD, corpus, index, engine_name, "") as process:
            kill_after(process, 0.1 * (n % 4))
        for path in sorted(corpus.iterdir())[n::5]:
            os.utime(path)
    kliping.build(corpus, index, engine=engine_name)
    assert held(index) == EVERYTHING


def test_an_update_that_is_killed_neither_loses_nor_doubles_an_article(
    engine_name, corpus, tmp_path
):
    source, index = tmp_path / "arsip", tmp_path / "index"
    source.mkdir()
    texts = {path.name: path.read_text() for path in corpus.iterdir()}
    for name, text in texts.items():
        (source / name).write_text(text)
    kliping.build(source, index, engine=engine_name)
    for n in range(4):
        for name, text in texts.items():
            (source / name).write_text(text.replace("Isi gempa", f"Isi gempa ke-{n}"))
        with child(_BUILD, source, index, "", "") as process:
            kill_after(process, 0.1 * n)
        assert set(held(index)) <= set(EVERYTHING)
        kliping.build(source, index)
        assert held(index) == EVERYTHING
        with kliping.open(index) as opened:
            assert opened.search(f'"ke-{n}"').total == len(EVERYTHING)


def test_a_rebuild_that_is_killed_leaves_the_old_index_in_service(engine_name, corpus, tmp_path):
    index = tmp_path / "index"
    kliping.build(corpus, index, engine=engine_name)
    for n in range(4):
        with child(_BUILD, corpus, index, "", "rebuild") as process:
            kill_after(process, 0.1 * n)
        assert held(index) == EVERYTHING
    kliping.build(corpus, index)
    assert len(list(index.glob("generation-*"))) == 1


def test_an_open_index_goes_on_through_a_rebuild(engine_name, corpus, tmp_path):
    index = tmp_path / "index"
    kliping.build(corpus, index, engine=engine_name)
    with kliping.open(index) as opened:
        assert opened.search("gempa").total == len(EVERYTHING)
        kliping.build(corpus, index, rebuild=True)
        results = opened.search("gempa", limit=500)
        assert sorted(hit.article.id for hit in results) == EVERYTHING


def test_a_second_writer_waits_then_names_the_first(corpus, tmp_path):
    index = tmp_path / "index"
    kliping.build(corpus, index)
    with child(_HOLD, index) as holder:
        assert holder.stdout is not None
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(IndexLocked, match=f"process {holder.pid} on ") as caught:
            kliping.build(corpus, index, wait=0.1)
        assert "\n" not in str(caught.value)
        assert held(index) == EVERYTHING
    assert kliping.build(corpus, index, wait=0.1).unchanged == len(EVERYTHING)


def test_what_an_ended_run_took_of_a_file_is_counted_as_unchanged(engine_name, corpus, tmp_path):
    index, asked = tmp_path / "index", count()
    first = kliping.build(
        corpus, index, engine=engine_name, stop=lambda: next(asked) > _RECORDS + 9
    )
    assert first.interrupted
    assert first.added % _RECORDS
    second = kliping.build(corpus, index)
    assert (second.added, second.updated) == (len(EVERYTHING) - first.added, 0)
    assert second.unchanged == first.added


def test_a_killed_writer_holds_no_lock(corpus, tmp_path):
    index = tmp_path / "index"
    with child(_HOLD, index) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
    assert kliping.build(corpus, index, wait=0.1).articles == len(EVERYTHING)


_FULL = """
import resource, signal, sys, kliping
from kliping.errors import StorageError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
source, index, most = sys.argv[1:]
resource.setrlimit(resource.RLIMIT_FSIZE, (int(most), int(most)))
try:
    kliping.build(source, index, commit_seconds=0)
except StorageError as error:
    print("StorageError", str(error))
else:
    print("done")
"""


@pytest.mark.parametrize("most", [0, 512, 4_096, 20_000])
def test_a_full_disk_is_one_line_and_leaves_the_index_as_it_was(
    engine_name, corpus, tmp_path, most
):
    """A limit on the size of a file stands in for a full disk."""
    source, index = tmp_path / "arsip", tmp_path / "index"
    source.mkdir()
    (source / "a.jsonl").write_text(record("awal", "Isi gempa."))
    kliping.build(source, index, engine=engine_name)
    for path in corpus.iterdir():
        (source / path.name).write_bytes(path.read_bytes())
    with child(_FULL, source, index, most) as process:
        printed, errors = process.communicate(timeout=60)
    assert "Traceback" not in errors
    assert len(printed.splitlines()) == 1, (process.returncode, errors)
    assert printed.startswith("StorageError")
    found = held(index)
    assert "awal" in found
    assert len(found) == len(set(found))
    kliping.build(source, index)
    assert held(index) == sorted([*EVERYTHING, "awal"])


def test_a_full_disk_stops_a_first_build_with_one_line(engine_name, corpus, tmp_path):
    with child(_FULL.replace("commit", f"engine={engine_name!r}, commit"), corpus,
               tmp_path / "index", 100) as process:  # fmt: skip
        printed, errors = process.communicate(timeout=60)
    assert "Traceback" not in errors
    assert printed.startswith("StorageError")
    assert kliping.build(corpus, tmp_path / "index", engine=engine_name).articles == len(EVERYTHING)


def test_a_folder_that_may_not_be_written_is_a_storage_error(corpus, tmp_path):
    kliping.build(corpus, tmp_path / "index")  # all is imported while it may be
    with open_folder() as folder:
        source = shutil.copytree(corpus, folder / "in")
        folder.chmod(0o555)
        with as_nobody(), pytest.raises(StorageError):
            kliping.build(source, folder / "index")
        folder.chmod(0o755)
