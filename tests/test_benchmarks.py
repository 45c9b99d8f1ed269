"""The benchmarks run, on a handful of articles; nothing here is timed."""

from __future__ import annotations

import importlib
import json
import re
import shutil
import subprocess
import sys
from contextlib import ExitStack
from pathlib import Path

import pytest

import kliping

BENCHMARKS = Path(__file__).resolve().parent.parent / "benchmarks"
SYSTEMS = ("kliping-tantivy", "kliping-whoosh", "whoosh", "tantivy", "fts5")
ARTICLES = [
    {"id": "a", "title": "Banjir di Wening", "body": "Warga mengungsi ke balai desa."},
    {"id": "b", "title": None, "body": "Harga 1.500 butir telur naik, AND warga mengeluh."},
    {"id": "a", "title": "Yang kedua", "body": "Nomor ini sudah dipakai."},
]


@pytest.fixture
def peers(monkeypatch):
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return importlib.import_module("peers")


@pytest.fixture
def files(tmp_path):
    path = tmp_path / "source" / "x.jsonl"
    path.parent.mkdir()
    path.write_text("".join(json.dumps(each) + "\n" for each in ARTICLES), encoding="utf-8")
    return [path]


@pytest.fixture
def corpus(peers, files, tmp_path):
    (tmp_path / "articles").mkdir()
    return peers.prepare(files, tmp_path / "articles")


@pytest.mark.parametrize("name", SYSTEMS)
def test_every_system_finds_any_word_and_shows_it(peers, corpus, name, tmp_path):
    folder = tmp_path / name
    folder.mkdir()
    system = peers.create(name, folder)
    assert system.index(corpus) == 2
    hits = system.search("telur gempa", limit=10)
    assert [hit.id for hit in hits] == ["b"]
    assert "telur" in hits[0].highlights
    assert {found for _, found in system.rank("warga", limit=10)} == {"a", "b"}
    system.close()


@pytest.mark.parametrize(
    ("query", "expected"),
    [("warga", {"a", "b"}), ("telur gempa", {"b"}), ("?!", set()), ("", set())],
)
def test_bm25s_ranks_articles_that_have_any_word(peers, corpus, query, expected, tmp_path):
    pytest.importorskip("bm25s")
    pytest.importorskip("Stemmer")
    system = peers.create("bm25s", tmp_path)
    assert system.index(corpus) == 2
    assert {found for _, found in system.rank(query, limit=10)} == expected


@pytest.mark.parametrize("name", SYSTEMS)
@pytest.mark.parametrize("query", ["", "?!", '"', "AND", "NOT OR x", "a:b", "anak-anak", "5% (x"])
def test_no_query_is_a_syntax_error(peers, corpus, name, query, tmp_path):
    folder = tmp_path / name
    folder.mkdir()
    system = peers.create(name, folder)
    system.index(corpus)
    system.search(query, limit=10)
    system.rank(query, limit=10)
    system.close()


def test_one_id_is_one_article(corpus):
    assert [(each.id, each.title) for each in corpus] == [("a", "Banjir di Wening"), ("b", "")]


def test_bodies_only_leaves_titles_out_for_all(peers, files, tmp_path):
    (tmp_path / "articles").mkdir()
    corpus = peers.prepare(files, tmp_path / "articles", limit=2, bodies_only=True)
    assert [each.title for each in corpus] == ["", ""]


@pytest.mark.parametrize(
    ("differences", "chance"),
    [([0.0] * 9, "1.0000"), ([0.5, -0.5] * 9, "1.0000"), ([0.5] * 60, "0.0001")],
)
def test_the_chance_of_a_difference(monkeypatch, differences, chance):
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    pytest.importorskip("pytrec_eval")
    numpy = pytest.importorskip("numpy")
    relevance = importlib.import_module("relevance")
    assert relevance._chance(numpy.array(differences)) == chance


@pytest.mark.parametrize(
    ("ids", "raw", "condensed"),
    [
        (["good", "fair"], 1.0, 1.0),
        (["unknown", "good", "fair"], 0.64, 1.0),
        (["useless", "good", "fair"], 0.64, 0.64),
        (["fair", "good"], 0.71, 0.71),
        ([], 0.0, 0.0),
    ],
)
def test_what_nobody_judged_counts_for_nothing_or_is_left_out(monkeypatch, ids, raw, condensed):
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    graded = importlib.import_module("graded")
    grades = {"good": 3, "fair": 1, "useless": 0}
    assert graded.ndcg(ids, grades, condensed=False) == pytest.approx(raw, abs=0.01)
    assert graded.ndcg(ids, grades, condensed=True) == pytest.approx(condensed, abs=0.01)
    assert graded.ndcg(ids, {}, condensed=True) == 0.0


def test_weights_are_chosen_on_the_sets_that_are_given(monkeypatch, corpus, tmp_path):
    """Where the right article differs only by the form that was typed, the form gets a weight."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    pytest.importorskip("pytrec_eval")
    pytest.importorskip("numpy")
    folds, judged, kept = map(importlib.import_module, ("folds", "judged", "kept"))
    bodies = {"right": "Warga mengungsi.", "wrong": "Warga pengungsi.", "no": "Kopi dijemur."}
    rows = [{"id": name, "title": None, "body": body} for name, body in bodies.items()]
    path = corpus.folder / "x.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in reversed(rows)), encoding="utf-8")
    one = judged.Collection("forms", corpus, [("1", "mengungsi")], {"1": {"right": 1}})
    with ExitStack() as stack:
        setting = folds.Folds([one], kept.Kept(tmp_path), stack).choose([one])
        assert setting["exact"] > 0
        assert setting.keys() == folds.GRID.keys() == folds.in_force().keys()


def test_what_is_kept_is_made_once_and_never_taken_half_made(monkeypatch, tmp_path):
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    module = importlib.import_module("kept")
    first = module.Kept(tmp_path)

    def ended(folder):
        (folder / "half").touch()
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        first.folder("indexes/a", ended)
    again = module.Kept(tmp_path)
    made = again.folder("indexes/a", lambda folder: (folder / "whole").touch())
    assert [path.name for path in made.iterdir()] == ["whole"]
    assert again.folder("indexes/a", ended) == made
    assert again.value("runs/a, 1", lambda: ["label", {"1": ["x"]}]) == ["label", {"1": ["x"]}]
    assert again.value("runs/a, 1", lambda: 1 / 0) == ["label", {"1": ["x"]}]


def test_memory_over_many_pages(tmp_path):
    site, general = tmp_path / "html" / "kabarwening", tmp_path / "html-general"
    site.mkdir(parents=True)
    general.mkdir()
    (site / "a.html").write_text("<title>Banjir surut</title><p>Warga pulang.</p>", "utf-8")
    gold = {"date": 0, "content": "Warga pulang.", "title": "Banjir surut"}
    (site / "a.json").write_text(json.dumps(gold), "utf-8")
    (general / "ground-truth.json").write_text("{}", "utf-8")
    command = [sys.executable, str(BENCHMARKS / "extraction.py"), "--data", str(tmp_path)]
    done = subprocess.run([*command, "--pages", "1001"], capture_output=True, text=True, check=True)
    *_, first, last, _, verdict = done.stdout.splitlines()
    sizes = [float(row.split()[3]) for row in (first, last)]
    assert [row.split()[1] for row in (first, last)] == ["1,000", "1,001"]
    assert float(verdict.split()[-4]) == pytest.approx(sizes[1] / sizes[0], abs=0.005)
    assert verdict.startswith("flat: 1.0")  # one page more is next to nothing


@pytest.mark.parametrize(
    "script", ["search.py", "latency.py", "duplicates.py", "relevance.py", "scale.py", "writing.py"]
)
def test_without_data_it_says_so(script, tmp_path):
    command = [sys.executable, str(BENCHMARKS / script), "--data", str(tmp_path)]
    command += ["--corpora", str(tmp_path)] if script == "scale.py" else []
    done = subprocess.run(command, capture_output=True, text=True, check=True)
    assert done.stdout == "skipped: no data\n"


GOLD = {
    "url": "https://kabarwening.example/b/7",
    "title": "Banjir surut  di Wening",
    "date": "2024-03-12T07:15+07:00",
    "authors": ["Rina Sari"],
    "first": "Warga pulang.",
    "last": "Air surut.",
    "must": ["pulang", "surut"],
    "must_not": ["iklan", "menu"],
}


@pytest.mark.parametrize(
    ("read", "right"),
    [
        ({}, {"refused": 1}),
        (
            {"text": "Warga  pulang.\n\nAir surut.", "title": "Banjir surut di Wening",
             "day": "2024-03-12", "authors": frozenset({"rina sari"})},
            {"title": 1, "day": 1, "authors": 1, "must": 2, "first": 1, "last": 1},
        ),
        ({"text": "Menu iklan. Warga pulang."}, {"must": 1, "must_not": 1, "first": 1}),
        ({"text": "x", "authors": frozenset({"rina sari", "budi"})}, {}),
    ],
)  # fmt: skip
def test_what_is_counted_on_the_pages_of_today(monkeypatch, read, right):
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    modern = importlib.import_module("modern")
    assert +modern.counts(modern.Read(**read), GOLD) == right


def test_the_threshold_lies_in_the_middle_of_the_gap(monkeypatch):
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    modern = importlib.import_module("modern")
    shares = [(0.0, False), (0.3, False), (0.9, True), (1.0, True), (0.05, True)]
    assert modern._middle(shares) == pytest.approx(0.6)


def test_the_pages_of_today_with_and_without_the_table(monkeypatch, tmp_path, capsys):
    import gzip

    from tests.corpus.html import making

    monkeypatch.syspath_prepend(str(BENCHMARKS))
    modern = importlib.import_module("modern")
    monkeypatch.delitem(modern.SYSTEMS, "trafilatura")
    page = making.page(f"<article>{making.PARAGRAPHS.of(*making.SENTENCES)}</article>").encode()
    for name in ("pages-modern/wening-1", "pages-bulk/articles/wening__1", "pages-bulk/lists/1"):
        path = tmp_path / f"{name}.html.gz"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(gzip.compress(page))
    gold = GOLD | {"title": making.TITLE, "must": [making.SENTENCES[1]]}
    (tmp_path / "pages-modern" / "wening-1.json").write_text(json.dumps(gold), "utf-8")
    modern.print_modern(tmp_path, by_site=True)
    modern.print_bulk(tmp_path, by_site=False)
    printed = capsys.readouterr().out.splitlines()
    assert "| kliping | 1 | 0 | 0 | 1 | 0 | 0 | 0 | 0 |" in printed
    assert "| kliping, no publishers' table | 0 of 1 (0.0 %) | 1 of 1 (100.0 %) |" in printed


def test_stages_are_told_with_what_bounds_them(files, tmp_path):
    (tmp_path / "articles").mkdir()
    files[0].rename(tmp_path / "articles" / "x.jsonl")
    said = subprocess.run(
        [sys.executable, BENCHMARKS / "stages.py", "--data", tmp_path, "--articles", "3"],
        capture_output=True, text=True, check=True,
    ).stdout  # fmt: skip
    assert "| read and clean | workers |" in said
    assert "| the engine's thread | writer |" in said
    assert "\n| 16 | " in said


def test_serving_is_compared_with_a_thread(tmp_path):
    pytest.importorskip("uvicorn", reason="needs kliping[server]")
    if shutil.which("wrk") is None:
        pytest.skip("needs wrk")
    corpus = BENCHMARKS.parent / "corpus"
    kliping.build(corpus, tmp_path / "index", jobs=1)
    options = ["--index", str(tmp_path / "index"), "--topics", str(corpus / "topics.tsv")]
    command = [sys.executable, str(BENCHMARKS / "serving.py"), *options, "--rounds", "1"]
    done = subprocess.run([*command, "--seconds", "1"], capture_output=True, text=True, check=True)
    assert "| 1 | " in done.stdout
    assert " 0 errors" in done.stdout
    done = subprocess.run(
        [*command, "--seconds", "1", "--requests", "1"], capture_output=True, text=True, check=True
    )
    assert re.search(r"requests, 0 errors: [\d.]+ MB", done.stdout)
