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
    command += [str(tmp_path / "corpora"), "--sizes", "40,20", "--queries", "2", "--rounds", "1"]
    results = tmp_path / "results.json"
    done = subprocess.run(
        [*command, "--results", str(results)], capture_output=True, text=True, check=True
    )
    assert "Lucene: skipped" in done.stdout
    assert "| kliping 20 | kliping 40 |" in done.stdout
    kept = json.loads(results.read_text(encoding="utf-8"))["sizes"]
    assert [kept[size]["kliping"]["articles"] for size in ("20", "40")] == [20, 40]
    assert kept["40"]["kliping"]["peak"] > kept["40"]["kliping"]["own"] > 10_000_000
    assert kept["20"]["kliping"]["times"].keys() == kept["40"]["kliping"]["times"].keys()


@pytest.fixture
def measured(corpora):
    """A hundred times the articles: linear time, twice the time to answer, as much memory."""
    report = importlib.import_module("scaling.report")
    one = {"articles": 100, "own": 2e8, "index": 3e8, "commit": "abc", "seconds": 4.0, "peak": 3e8}
    sizes = {
        10_000: {
            "text": 4e8,
            "kliping": {**one, "cpu_seconds": 10.0, "times": {"two words": [1, 3]}},
        },
        1_000_000: {
            "text": 4e8,
            "kliping": {**one, "cpu_seconds": 1e3, "times": {"two words": [2, 9]}},
        },
    }
    more = {"notices": {"5": 2.0, "10": 4.5}}
    return report, report.Measured(None, sizes, more)


def test_what_is_measured_is_told_and_extrapolated(measured):
    report, made = measured
    assert report.table(made.sizes).splitlines()[0] == "|  | kliping 10k | kliping 1m |"
    assert "| two words, ms | 1.00 / 3.00 | 2.00 / 9.00 |" in report.table(made.sizes)
    assert "| index / text | 0.75 | 0.75 |" in report.table(made.sizes)
    grown = report.extrapolated(made.sizes)
    assert "| indexing, CPU s | 10.0 | 1,000.0 | 1.00 | 10,000 |" in grown
    assert "| index, MB | 300.0 | 300.0 | 0.00 | 300 |" in grown
    assert "| two words: p50, ms | 1.0 | 2.0 | 0.15 | 3 |" in grown
    assert report.told(made.more).endswith("5: 2.0 s, 10: 4.5 s; each doubling × 2.25")


def test_a_document_gets_table_and_plot_between_its_marks(measured, tmp_path):
    pytest.importorskip("matplotlib")
    report, made = measured
    document = tmp_path / "scale.md"
    document.write_text("Before.\n<!-- measured -->\nold\n<!-- end -->\nBehind.\n")
    for _ in range(2):
        report.publish(made, document)
    text = document.read_text(encoding="utf-8")
    assert text.startswith("Before.\n<!-- measured -->\n![")
    assert text.endswith("\n<!-- end -->\nBehind.\n")
    assert "old" not in text
    assert "](scale.svg)" in text
    assert "kliping was measured with 10k at `abc`, 1m at `abc`." in text
    assert (tmp_path / "scale.svg").read_bytes().startswith(b"<?xml")


def test_a_run_over_unchanged_files_reads_none(corpora, tmp_path):
    pytest.importorskip("psutil")
    extremes = importlib.import_module("scaling.extremes")
    path = corpora.write(corpora.Recombined(_patterns()), 6, tmp_path)
    assert extremes.unchanged(path, 5)["unchanged"] == 5
    assert extremes.notices([3])[3] > 0
