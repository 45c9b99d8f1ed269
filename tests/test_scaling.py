"""The benchmark of scale: its corpora are what it says they are, and it runs."""

from __future__ import annotations

import importlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).resolve().parent.parent / "benchmarks"
SENTENCES = 8


def _patterns():
    """Return articles of eight sentences, each of which names its article and its place."""
    for number in range(40):
        yield {
            "id": f"a{number}",
            "title": f"Jembatan panjang desa{number} dibuka untuk umum",
            "body": " ".join(
                f"Warga desa{number} menata kebun{at} milik desa{number} pada hari pasar."
                for at in range(SENTENCES)
            ),
            "date": "2024-01-02",
            "url": f"https://kabar.example/{number}?utm_source=surel",
            "source": "kabar",
            "category": "daerah",
            "author": None,
        }


@pytest.fixture
def corpora(monkeypatch):
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return importlib.import_module("scaling.corpora")


@pytest.fixture
def data(tmp_path):
    path = tmp_path / "data" / "articles" / "a.jsonl"
    path.parent.mkdir(parents=True)
    path.write_text("".join(json.dumps(each) + "\n" for each in _patterns()), encoding="utf-8")
    return path.parent.parent


def _sentences(body):
    return [each.strip(".") for each in body.replace(".\n", ". ").strip().split(". ")]


def test_a_smaller_corpus_begins_a_larger_one(corpora, tmp_path):
    small, large = (
        corpora.write(corpora.Recombined(_patterns()), size, tmp_path / str(size)).read_bytes()
        for size in (30, 50)
    )
    assert large.startswith(small)
    assert [text.count(b"\n") for text in (small, large)] == [30, 50]


@pytest.mark.parametrize("changed", [{"seed": 2}, {"copies": 1.0}])
def test_what_lies_there_is_taken_if_it_is_the_same(corpora, changed, tmp_path):
    path = corpora.write(corpora.Recombined(_patterns()), 20, tmp_path)
    written = path.stat().st_mtime_ns, path.read_bytes()
    corpora.write(corpora.Recombined(_patterns()), 20, tmp_path)
    assert (path.stat().st_mtime_ns, path.read_bytes()) == written
    corpora.write(corpora.Recombined(_patterns(), **changed), 20, tmp_path)
    assert path.read_bytes() != written[1]


def test_titles_sentences_and_lengths_stay(corpora):
    patterns = list(_patterns())
    real = {each for pattern in patterns for each in _sentences(pattern["body"])}
    recombined = corpora.Recombined(map(dict, patterns), copies=0)
    made = list(map(recombined.article, range(100)))
    assert {each["title"] for each in made} <= {each["title"] for each in patterns}
    assert all(len(_sentences(each["body"])) == SENTENCES for each in made)
    assert {sentence for each in made for sentence in _sentences(each["body"])} <= real
    assert len({each["url"] for each in made}) == len({each["id"] for each in made}) == 100


@pytest.mark.parametrize(("share", "expected"), [(0.0, 0), (0.5, 100), (1.0, 199)])
def test_that_share_are_copies_of_earlier_ones(corpora, share, expected):
    recombined = corpora.Recombined(_patterns(), copies=share)
    bodies = [set(_sentences(recombined.article(number)["body"])) for number in range(200)]
    copies = sum(
        any(len(body & other) > 0.7 * len(body) for other in bodies[:at])
        for at, body in enumerate(bodies)
    )
    assert copies == pytest.approx(expected, abs=20 if 0 < share < 1 else 3)


def test_short_articles_are_no_patterns(corpora):
    assert not corpora.Recombined([{**next(_patterns()), "body": "Satu. Dua. Tiga."}])


def test_sizes_are_measured_and_kept(data, tmp_path):
    pytest.importorskip("psutil")
    command = [sys.executable, str(BENCHMARKS / "scale.py"), "--data", str(data), "--corpora"]
    command += [str(tmp_path / "corpora"), "--sizes", "40,20", "--queries", "3", "--rounds", "1"]
    results = tmp_path / "results.json"
    done = subprocess.run(
        [*command, "--results", str(results)], capture_output=True, text=True, check=True
    )
    assert "Lucene: skipped" in done.stdout
    assert "| kliping 20 | kliping 40 |" in done.stdout
    kept = json.loads(results.read_text(encoding="utf-8"))
    assert [kept[size]["kliping"]["articles"] for size in ("20", "40")] == [20, 40]
    assert kept["40"]["kliping"]["peak"] > kept["40"]["kliping"]["own"] > 10_000_000
    assert kept["20"]["kliping"]["times"].keys() == kept["40"]["kliping"]["times"].keys()
