from __future__ import annotations

import shutil
from pathlib import Path

import kliping
from kliping.article import Article
from tests.conftest import WriteLines
from tests.server.serving import serving


def test_a_server_sees_an_index_come_grow_go_and_come_again(
    tmp_path: Path, articles: tuple[Article, ...], write_lines: WriteLines
) -> None:
    index, rows = tmp_path / "index", tmp_path / "rows.jsonl"
    with serving(index, tmp_path / "log") as server:

        def total() -> tuple[int, str]:
            answer = server.get("/api/search?q=")
            return answer.json["total"], answer.headers["etag"]

        none = server.get("/api/search?q=")
        assert (none.status, none.headers["retry-after"]) == (503, "5")
        assert "being built" in none.json["detail"]
        assert server.get("/healthz").json["index"] == "being built"

        kliping.build(write_lines(rows, articles[:2]), index)
        assert (first := total())[0] == 2
        assert total() == first
        kliping.build(write_lines(rows, articles[:5]), index)
        assert (second := total())[0] == 5
        assert second[1] != first[1]
        kliping.build(write_lines(rows, articles[:3]), index, rebuild=True)
        assert (third := total())[0] == 3
        assert third[1] not in (first[1], second[1])

        shutil.rmtree(index)
        assert server.get("/api/search?q=").status == 503
        kliping.build(write_lines(rows, articles), index)
        assert total()[0] == 6
        assert server.get("/healthz").json["index"] == "open"


def test_what_only_the_operator_can_mend_is_told_him(tmp_path: Path, source: Path) -> None:
    index = tmp_path / "index"
    kliping.build(source, index)
    (index / "manifest.json").write_text("{")
    with serving(index, tmp_path / "log") as server:
        answer = server.get("/api/search?q=gempa")
        assert answer.status == 503
        assert str(index) not in answer.body.decode()
        assert "index --rebuild" in (tmp_path / "log").read_text()
        assert server.get("/healthz").status == 200
