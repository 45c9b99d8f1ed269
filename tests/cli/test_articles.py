"""What is printed of an article, of those like it, and of a whole index."""

from __future__ import annotations

import json
import re
from pathlib import Path

from tests.cli.running import ARTICLE_KEYS, HIT_KEYS, found, kli


def test_similar_prints_as_a_search_does(sample: Path) -> None:
    first, *_ = found("search", "gempa lembah", "--ids", index=sample).split()
    text = found("similar", first, "--limit", "3", index=sample)
    assert text.startswith(" 1  ")
    assert re.fullmatch(rf"Most like {re.escape(first)}, \d+\.\d ms", text.splitlines()[-1])
    whole = json.loads(found("similar", first, "--limit", "3", "--json", index=sample))
    assert whole["query"] == first
    assert [list(hit) for hit in whole["hits"]] == [HIT_KEYS] * 3
    assert first not in [hit["id"] for hit in whole["hits"]]
    assert "gempa" in whole["hits"][0]["title"].lower()


def test_similar_to_an_unknown_article_is_an_error(sample: Path) -> None:
    result = kli("similar", "tidak-ada", index=sample)
    assert (result.exit_code, result.stdout) == (2, "")
    assert "no article has the id, address or path 'tidak-ada'" in result.stderr


def test_show_prints_the_article(sample: Path) -> None:
    (article_id,) = found(
        "search", "gempa lembah", "--ids", "--limit", "1", index=sample
    ).splitlines()
    article = json.loads(found("show", article_id, "--json", index=sample))
    assert list(article) == ARTICLE_KEYS
    assert article["id"] == article_id
    text = found("show", article_id, index=sample)
    assert text.startswith("Gempa M5,1 guncang Lembah Wening, warga mengungsi\n")
    assert text.rstrip().endswith(f"id: {article_id}")
    assert all(len(line) <= 80 for line in text.splitlines() if not line.startswith(("http", "/")))


def test_info_says_what_is_in_the_index(sample: Path) -> None:
    info = json.loads(found("info", "--json", index=sample))
    assert info["engine"] == "tantivy"
    assert 0 < sum(info["sources"].values()) <= info["articles"]
    assert {"path", "format", "analyser", "created", "size", "files", "first", "last"} <= set(info)
    assert f"{info['articles']} articles from" in found("info", index=sample)


def test_show_prints_the_caption_and_the_moment_of_the_last_change(sample: Path) -> None:
    (article_id,) = found(
        "search", "gempa lembah", "--ids", "--limit", "1", index=sample
    ).splitlines()
    lines = found("show", article_id, index=sample).splitlines()
    assert lines[lines.index("Modified: 12 Mar 2024 09:20 WIB") - 1].endswith("Tegar Anandito")
    assert "Caption: Petugas memasang tenda" in "\n".join(lines)
    assert "https://www.harianwening.example/foto/gempa-lembah-1200.jpg" in lines
