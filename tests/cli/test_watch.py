"""``kliping watch``: a real process, real files, and what can be found."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
import tracemalloc
from contextlib import contextmanager
from queue import Empty, Queue

import pytest
from click.testing import CliRunner

import kliping
from kliping.cli import main
from kliping.cli import watch as command
from kliping.corpus import Problem
from kliping.indexing import watching
from kliping.indexing.settling import Settling
from kliping.indexing.summary import Summary
from kliping.store.folder import IndexFolder

pytest.importorskip("watchfiles")

PAGE = """<html><head><title>{title}</title></head><body><article><h1>{title}</h1>
<p>{title}: perahu {name} berlayar dari pelabuhan kecil menuju pulau seberang pada pagi hari.</p>
<p>Penumpang perahu itu berjumlah {number} orang, dan semuanya tiba dengan selamat di dermaga.</p>
<p>Menurut nakhoda, angin bertiup pelan sepanjang jalan, sehingga layar jarang diturunkan awak.</p>
<p>Perahu akan kembali besok pagi dengan muatan garam dan ikan kering dari pulau seberang itu.</p>
</article></body></html>"""


def page(name, number=7):
    return PAGE.format(title=f"Perahu {name} tiba", name=name, number=number)


class Watched:
    """A process that watches; ``run`` waits for what it tells of its next run."""

    def __init__(self, process, index):
        self.process, self.index = process, index
        self._told = Queue()
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self):
        for line in self.process.stdout:
            self._told.put(json.loads(line))

    def run(self, seconds=20):
        return self._told.get(timeout=seconds)

    def total(self, **counts):
        """Wait for runs until they have counted so many altogether; return how many they were."""
        runs = 0
        while any(counts.values()):
            row = self.run()
            counts = {name: left - row[name] for name, left in counts.items()}
            runs += 1
        return runs

    def rests(self, seconds):
        try:
            return self.run(seconds)
        except Empty:
            return None

    def ids(self, query):
        with kliping.open(self.index) as index:
            return sorted(
                hit.article.title for hit in index.search(query, limit=100, collapse=False)
            )


@contextmanager
def watch(index, *sources, options=("--settle", "0.2")):
    process = subprocess.Popen(
        [sys.executable, "-m", "kliping", "--index", index, "watch", *sources, "--json", *options],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    watched = Watched(process, index)
    try:
        yield watched
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
        process.stderr.close()


def end(watched, number=signal.SIGINT):
    watched.process.send_signal(number)
    assert watched.process.wait(10) == 0
    return watched.process.stderr.read()


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "arsip"
    folder.mkdir()
    (folder / "lama.html").write_text(page("Lama"))
    old = time.time() - 60
    os.utime(folder / "lama.html", (old, old))
    return folder


@pytest.fixture
def index(tmp_path):
    return tmp_path / "index"


def test_what_comes_changes_and_goes_is_found(source, index):
    with watch(index, source) as watched:
        assert watched.run()["added"] == 1
        (source / "2024").mkdir()
        (source / "2024" / "baru.html").write_text(page("Baru"))
        started = time.monotonic()
        assert watched.total(added=1) == 1
        assert time.monotonic() - started < 5  # a second or so on a machine with nothing else to do
        assert watched.ids("perahu") == ["Perahu Baru tiba", "Perahu Lama tiba"]
        (source / "lama.html").write_text(page("Lama", number=900))
        assert watched.total(updated=1) == 1
        (source / "2024" / "baru.html").unlink()
        assert watched.total(removed=1) == 1
        assert watched.ids("perahu") == ["Perahu Lama tiba"]
        (source / "2024" / "foto.png").write_bytes(b"x")  # of no article format
        (source / os.fsdecode(b"caf\xe9.html")).write_text(page("Kopi"))  # no Unicode
        assert watched.total(added=1) >= 1
        assert end(watched) == ""


def test_a_burst_is_few_runs_and_one_bad_file_ends_nothing(source, index):
    with watch(index, source) as watched:
        watched.run()
        (source / "rusak.xlsx").write_bytes(b"PK\x03\x04 no workbook")
        for number in range(60):
            (source / f"a{number}.html").write_text(page(f"A{number}"))
        assert watched.total(added=60) <= 4
        assert len(watched.ids("perahu")) == 61
        (source / "a1.html").unlink()
        assert watched.total(removed=1) == 1
        assert end(watched).count("rusak.xlsx") == 1  # told once, not in each run


def test_a_file_is_not_indexed_half(source, index):
    with watch(index, source, options=("--settle", "0.6")) as watched:
        watched.run()
        with (source / "tumbuh.jsonl").open("w") as file:
            for number in range(12):
                file.write(json.dumps({"id": f"r{number}", "judul": "Rapat", "isi": "Warga "})[:-3])
                file.flush()
                time.sleep(0.15)
                file.write('rapat di balai."}\n')
        row = watched.run()
        assert (row["added"], row["skipped"]) == (12, 0)
        assert watched.rests(1) is None


def test_a_source_that_is_taken_out_keeps_its_articles(source, index, tmp_path):
    with watch(index, source) as watched:
        watched.run()
        source.rename(tmp_path / "away")
        time.sleep(1.5)
        (tmp_path / "away" / "lain.html").write_text(page("Lain"))
        assert watched.ids("perahu") == ["Perahu Lama tiba"]
        (tmp_path / "away").rename(source)
        assert watched.total(added=1) <= 2
        (source / "lagi.html").write_text(page("Lagi"))  # it is watched again
        assert watched.total(added=1) == 1
        assert "is gone" in end(watched)


def test_another_writer_is_waited_for_and_can_write_between(source, index, tmp_path):
    other = tmp_path / "lain.jsonl"
    other.write_text('{"id": "x", "judul": "Rapat desa", "isi": "Warga rapat di balai desa."}\n')
    with watch(index, source) as watched:
        watched.run()
        kliping.build(other, index, wait=0)
        with IndexFolder(index).writing(wait=0):
            (source / "baru.html").write_text(page("Baru"))
            assert watched.rests(2) is None
        row = watched.run()
        assert (row["added"], row["articles"]) == (1, 3)
        said = end(watched)
        assert said.startswith("waiting: process ")
        assert said.count("\n") == 1


def test_an_index_among_its_sources_does_not_wake_itself(source):
    with watch(source / "index", source) as watched:
        watched.run()
        (source / "baru.html").write_text(page("Baru"))
        assert watched.total(added=1) == 1
        assert watched.rests(1.5) is None
        assert end(watched, signal.SIGTERM) == ""


def test_what_was_indexed_before_is_watched(source, index):
    kliping.build(source, index, exclude=["lama*"])
    with watch(index) as watched:
        watched.run()
        (source / "lama2.html").write_text(page("Lama2"))
        (source / "baru.html").write_text(page("Baru"))
        assert watched.total(added=1) == 1
        assert watched.ids("perahu") == ["Perahu Baru tiba"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [(["tiada"], "tiada: there is no such file"), ([], "try: kliping index FOLDER")],
)
def test_what_cannot_be_watched_is_told_at_once(index, arguments, said, monkeypatch):
    monkeypatch.chdir(index.parent)
    done = CliRunner().invoke(main, ["watch", *arguments, "--index", str(index)])
    assert done.exit_code == 2
    assert said in done.stderr
    assert done.stderr.count("\n") == 1


def test_without_the_library_the_cure_is_told(source, index, monkeypatch):
    monkeypatch.setitem(sys.modules, "watchfiles", None)
    done = CliRunner().invoke(main, ["watch", str(source), "--index", str(index)])
    assert (done.exit_code, done.stdout) == (2, "")
    assert done.stderr == "Error: watching needs watchfiles; try: pip install 'kliping[watch]'\n"


def test_memory_is_flat_over_a_day(source, index, monkeypatch):
    """A day of events, a page a minute and nuisances between; only the indexing is left out."""
    now, hours = [0.0], []
    files = [str(source / f"{number}.html") for number in range(100)]

    def told(paths, **_):
        for second in range(0, 24 * 3600, 10):
            now[0] = float(second)
            if second % 3600 == 0:
                hours.append(tracemalloc.get_traced_memory()[0])
            page = [(1, files[second // 60 % 100])] if second % 60 == 0 else []
            yield [*page, (2, str(source / f"{second}.tmp~"))]
        stopped.append(True)
        yield ()

    def build(sources, path, *, on_problem, **_):
        on_problem(Problem(f"rusak-{now[0]}.html", "not an article"))
        runs.append(None)
        return Summary()

    runs, stopped = [], []
    monkeypatch.setattr(watching, "_told", told)
    monkeypatch.setattr(command, "build", build)
    settling = Settling(clock=lambda: now[0])
    keeper = command._Keeper(str(index), (str(source),), settling, lambda: bool(stopped))
    tracemalloc.start()
    try:
        for _ in watching.due(
            keeper.roots, settling, apart=str(index), poll=False, stop=lambda: bool(stopped)
        ):
            keeper.run(lambda problem: None)
    finally:
        tracemalloc.stop()
    assert len(runs) >= 24 * 60
    assert max(hours[4:]) - hours[3] < 50_000
