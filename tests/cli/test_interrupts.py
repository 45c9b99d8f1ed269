"""Ctrl-C while indexing: quiet, nothing lost, and the same command goes on."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time

import pytest

import kliping

# An index command whose analysing is slow, and that says when it has begun.
_SLOW = """
import sys, time
from kliping.cli import main
from kliping.indexing import intake, transaction
made = intake.Intake.made
def slow(self, article, path):
    if article.id == "a40":
        print("begun", flush=True)
    time.sleep(0.004)
    return made(self, article, path)
if __name__ == "__main__":
    transaction.BATCH = 16
    intake.Intake.made = slow
    main(sys.argv[1:], prog_name="kliping")
"""
RECORDS = 600


@pytest.fixture
def large(tmp_path):
    """A file of records, and one beside it that takes its turn later."""
    folder = tmp_path / "arsip"
    folder.mkdir()
    for name in "ab":
        rows = [
            {"id": f"{name}{n}", "judul": f"Berita {name}{n}", "isi": f"Isi gempa {name}{n}."}
            for n in range(RECORDS)
        ]
        text = "".join(json.dumps(row) + "\n" for row in rows)
        (folder / f"{name}.jsonl").write_text(text)
    return folder


def start(tmp_path, *arguments):
    program = tmp_path / "slow.py"
    program.write_text(_SLOW)
    process = subprocess.Popen(
        [sys.executable, str(program), "--index", str(tmp_path / "index"), "index", *arguments],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline() == "begun\n"
    return process


def held(index):
    with kliping.open(index) as opened:
        return len(opened), opened.search("gempa", limit=1, collapse=False).total


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_one_ctrl_c_keeps_what_was_analysed_and_the_same_command_goes_on(
    engine_name, large, tmp_path, jobs, monkeypatch
):
    monkeypatch.setattr("kliping.indexing.readers._LARGE_BYTES", 1)
    process = start(tmp_path, str(large), "--engine", engine_name, "--jobs", jobs)
    os.killpg(process.pid, signal.SIGINT)
    printed, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert errors == "interrupted: what was analysed is kept; the same command goes on\n"
    kept, found = held(tmp_path / "index")
    assert kept == found
    assert 40 <= kept < RECORDS
    assert f"{kept} added" in printed
    summary = kliping.build([], tmp_path / "index")
    assert summary.added == 2 * RECORDS - kept
    assert summary.updated == summary.removed == 0
    assert held(tmp_path / "index") == (2 * RECORDS, 2 * RECORDS)
    assert kliping.build([], tmp_path / "index").unchanged == 2 * RECORDS


def test_a_second_ctrl_c_ends_at_once_and_quietly(large, tmp_path):
    process = start(tmp_path, str(large), "--jobs", "1")
    process.send_signal(signal.SIGINT)
    for _ in range(200):
        if process.poll() is not None:
            break
        process.send_signal(signal.SIGINT)
        time.sleep(0.002)
    _, errors = process.communicate(timeout=60)
    assert process.returncode in (130, -signal.SIGINT)  # the latter on its way out
    assert "Traceback" not in errors
    assert len(errors.splitlines()) <= 1
    assert kliping.build([], tmp_path / "index").articles == 2 * RECORDS


def test_an_interrupted_rebuild_leaves_the_old_index(large, tmp_path):
    kliping.build(large, tmp_path / "index")
    before = (tmp_path / "index" / "manifest.json").read_text()
    process = start(tmp_path, str(large), "--jobs", "1", "--rebuild")
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 130
    assert errors == "interrupted: the index is as it was; the same command goes on\n"
    assert (tmp_path / "index" / "manifest.json").read_text() == before
    assert held(tmp_path / "index") == (2 * RECORDS, 2 * RECORDS)


def test_what_was_changed_since_the_interruption_is_read_from_its_start(large, tmp_path):
    process = start(tmp_path, str(large), "--jobs", "1")
    process.send_signal(signal.SIGINT)
    process.communicate(timeout=60)
    row = {"id": "a1", "judul": "Berita a1", "isi": "Isi gempa yang baru."}
    (large / "a.jsonl").write_text(json.dumps(row) + "\n")
    kliping.build([], tmp_path / "index")
    assert held(tmp_path / "index") == (RECORDS + 1, RECORDS + 1)
