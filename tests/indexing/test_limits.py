"""Where too few files may be open: one line, and the index as it was."""

from __future__ import annotations

import json
import os
import subprocess
import sys

import pytest

import kliping

resource = pytest.importorskip("resource", reason="limits are set as POSIX does")

_LIMITED = """
import resource, sys
from kliping.cli import main
from kliping.cli import index
resource.setrlimit(resource.RLIMIT_NOFILE, (int(sys.argv[1]), int(sys.argv[1])))
main(sys.argv[2:], prog_name="kliping")
"""


@pytest.mark.parametrize("most", [5, 7, 9, 11, 14, 18, 23, 40])
def test_too_few_open_files_are_one_line_and_lose_nothing(engine_name, tmp_path, most):
    source, index = tmp_path / "a.jsonl", tmp_path / "index"
    row = {"id": "awal", "judul": "Berita", "isi": "Isi gempa."}
    source.write_text(json.dumps(row) + "\n")
    kliping.build(source, index, engine=engine_name)
    source.write_text("".join(json.dumps({**row, "id": f"k{n}"}) + "\n" for n in range(300)))
    line = [str(most), "--index", str(index), "index", str(source), "--jobs", "1"]
    done = subprocess.run(
        [sys.executable, "-c", _LIMITED, *line], capture_output=True, text=True, check=False,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}, timeout=120,
    )  # fmt: skip
    with kliping.open(index) as opened:
        found = len(opened)
    if done.returncode:
        assert done.returncode == 2
        assert len(done.stderr.splitlines()) == 1
        assert "ulimit -n" in done.stderr
        assert found == 1
    else:
        assert found == 300
    assert (done.returncode == 0) == (most == 40)
