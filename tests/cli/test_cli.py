"""The command line, to the letter: what is printed where, exit statuses, formats, manners."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from datetime import datetime, timedelta, timezone
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import kliping
from kliping.cli import COMMANDS, main
from kliping.cli.output import clean, columns, day, echo_json, one_line, width

ROOT = Path(__file__).parents[2]
CORPUS = ROOT / "corpus"
HIT_KEYS = (
    "rank score id title title_spans source section author published url path passages similar"
    " missing"
).split()
SUMMARY_KEYS = "added updated removed unchanged skipped failed articles seconds moved same".split()
ARTICLE_KEYS = [
    *("id", "title", "body", "authors", "published", "source", "section", "tags", "url", "path"),
    *("modified", "language", "image", "caption", "channel"),
]
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e]")
# What acts on a terminal, wherever an article can hold it.
NASTY = "merah\x1b[31m \x9b2J\x07\x08\u202eterbalik"


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of the sample corpus."""
    place = tmp_path_factory.mktemp("cli") / "index"
    kliping.build(CORPUS, place)
    return place


@pytest.fixture(scope="module")
def nasty(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of one article that tries to take the terminal over."""
    folder = tmp_path_factory.mktemp("nasty")
    row = {"id": f"id{NASTY}", "judul": f"Judul {NASTY}", "isi": f"Gempa {NASTY}. " * 9}
    row |= {"sumber": NASTY, "rubrik": NASTY, "penulis": NASTY, "tags": NASTY, "url": f"x:{NASTY}"}
    (folder / "a.jsonl").write_text(json.dumps(row), encoding="utf-8")
    kliping.build(folder / "a.jsonl", folder / "index")
    return folder / "index"


def kli(*arguments: str | Path, index: Path | None = None, stdin: str | bytes = "") -> Result:
    """Run a command in this process."""
    chosen = ["--index", str(index)] if index else []
    return CliRunner().invoke(main, [*chosen, *map(str, arguments)], input=stdin)


def shell(
    *arguments: str | Path,
    env: dict[str, str] | None = None,
    cwd: Path | None = None,
    stdin: bytes = b"",
) -> subprocess.CompletedProcess[bytes]:
    """Run ``python cli.py`` as a process of its own."""
    command = [sys.executable, str(ROOT / "cli.py"), *map(str, arguments)]
    kept = {k: v for k, v in os.environ.items() if k not in ("KLIPING_INDEX", "NO_COLOR")}
    return subprocess.run(
        command, capture_output=True, cwd=cwd, env={**kept, **(env or {})}, input=stdin, check=False
    )


def found(*arguments: str | Path, index: Path, status: int = 0) -> str:
    result = kli(*arguments, index=index)
    assert result.exit_code == status, result.output
    assert result.stderr == ""
    return result.stdout


# -- search ---------------------------------------------------------------------------------------


def test_search_prints_rank_title_source_date_passage_and_place(sample: Path) -> None:
    text = found("search", "gempa lembah", "--match", "all", index=sample)
    lines = text.splitlines()
    assert lines[0] == " 1  Gempa M5,1 guncang Lembah Wening, warga mengungsi"
    assert lines[1] == "    Harian Wening · Daerah · 12 Mar 2024 07:15 WIB"
    assert lines[2].startswith("    Sedikitnya 12 rumah rusak setelah gempa")
    assert re.fullmatch(r"4 articles with all words, \d+\.\d ms", lines[-1])
    assert [line[:4] for line in lines if re.match(r" \d  ", line)] == [
        " 1  ",
        " 2  ",
        " 3  ",
        " 4  ",
    ]


def test_a_pipe_gets_80_columns_and_no_colour(sample: Path) -> None:
    text = found("search", "warga OR desa OR kota", "--limit", "50", "--facets", index=sample)
    places = [article.split("\n")[-1] for article in text.split("\n\n")]
    for line in text.splitlines():
        bare = line.strip()
        whole = (
            bare.startswith(("http", "/", "corpus"))
            or re.match(r"[a-z]+: ", bare)
            or line in places
        )
        assert whole or width(line) <= 80, line
    assert "\x1b" not in text


@pytest.mark.parametrize(
    ("arguments", "summary"),
    [
        (["gempa", "lembah", "--match", "all"], "4 articles with all words"),
        (["gempa", "lembah", "--limit", "4"], "4 articles with all words"),
        (["gempa", "lembah"], r"4 articles with all words, \d+ with some of them"),
        (["gempa cashback kereta"], r"No article has all words, \d+ with some of them"),
        (["gempa", "kereta", "--match", "any"], r"\d+ articles with any of the words"),
    ],
)
def test_the_summary_says_how_words_were_taken(
    sample: Path, arguments: list[str], summary: str
) -> None:
    text = found("search", *arguments, index=sample)
    assert re.fullmatch(rf"{summary}, \d+\.\d ms", text.splitlines()[-1])


def test_a_line_parts_articles_with_all_words_from_those_that_lack_some(sample: Path) -> None:
    lines = found("search", "gempa lembah", index=sample).splitlines()
    at = lines.index("4 articles with all words; with some of them:")
    ranks = [int(line.split()[0]) for line in lines[at:] if re.match(r"[ \d]\d  ", line)]
    assert ranks[0] == 5
    lacking = [line for line in lines[at:] if re.fullmatch(r"    without: (gempa|lembah)", line)]
    assert len(lacking) == len(ranks)
    assert not any(line.startswith("    without:") for line in lines[:at])
    assert found("search", "gempa zebra", index=sample).startswith(
        "No article has all words; with some of them:\n 1  "
    )


def test_nothing_found_is_status_1_and_no_error(sample: Path) -> None:
    text = found("search", "cashback", index=sample, status=1)
    assert re.fullmatch(r"Nothing found, \d+\.\d ms\n", text)
    assert found("search", "cashback", "--ids", index=sample, status=1) == ""
    assert json.loads(found("search", "cashback", "--json", index=sample, status=1))["hits"] == []


def test_little_found_says_what_each_word_finds_and_what_may_be_meant(sample: Path) -> None:
    lines = found("search", "gempa", "lmebah", index=sample).splitlines()
    assert re.fullmatch(r"Each alone: gempa \d+, lmebah 0", lines[-3])
    assert lines[-2].startswith("No article has all words")
    assert lines[-1] == "Did you mean: gempa lembah?"
    assert "mean" not in found("search", "gempa lembah", index=sample)


def test_a_word_that_is_alone_is_not_counted_twice(sample: Path) -> None:
    text = found("search", "lmebah", index=sample, status=1)
    assert re.fullmatch(r"Nothing found, \d+\.\d ms\nDid you mean: lembah\?\n", text)


def test_other_spellings_are_in_json_and_can_be_left_out(sample: Path) -> None:
    whole = json.loads(found("search", "gempa lmebah", "--json", index=sample))
    assert whole["suggestions"] == ["gempa lembah"]
    assert list(whole["word_counts"]) == ["gempa", "lmebah"]
    assert whole["word_counts"]["lmebah"] == 0
    quiet = found("search", "gempa lmebah", "--json", "--no-suggest", index=sample)
    assert (json.loads(quiet)["suggestions"], json.loads(quiet)["word_counts"]) == ([], {})
    text = found("search", "gempa lmebah", "--no-suggest", index=sample)
    assert "Each alone" not in text
    assert "mean" not in text


def test_what_was_typed_does_not_act_on_the_terminal(sample: Path) -> None:
    text = found("search", "gempa\x1b!", "lmebah\x1b!", index=sample)
    assert "Each alone" in text
    assert "Did you mean" in text
    assert not CONTROLS.search(text.replace("\n", ""))


# -- suggest --------------------------------------------------------------------------------------


def test_suggest_prints_articles_kind_and_text(sample: Path) -> None:
    text = found("suggest", "gempa", "lem", index=sample)
    lines = [re.fullmatch(r" *([\d,]+)  (word|name|headline) +(.+)", x) for x in text.splitlines()]
    assert all(lines)
    assert lines[0].groups()[1:] == ("word", "gempa lembah")  # type: ignore[union-attr]
    assert len(found("suggest", "g", "--limit", "3", index=sample).splitlines()) == 3


def test_suggest_prints_json(sample: Path) -> None:
    whole = json.loads(found("suggest", "gempa lem", "--json", index=sample))
    assert list(whole) == ["prefix", "suggestions"]
    assert whole["prefix"] == "gempa lem"
    assert [list(each) for each in whole["suggestions"]] == [
        ["text", "kind", "articles"] for _ in whole["suggestions"]
    ]


@pytest.mark.parametrize("prefix", ["", "?!", "zzzz", "gempa zzzz\x1b[2J"])
def test_suggest_of_what_nothing_begins_with_is_one_line_and_status_1(
    sample: Path, prefix: str
) -> None:
    result = kli("suggest", prefix, index=sample)
    assert (result.exit_code, result.stdout) == (1, "")
    assert re.fullmatch(r"Nothing begins with '[^\n\x1b]*'\n", result.stderr)
    result = kli("suggest", prefix, "--json", index=sample)
    assert (result.exit_code, result.stderr) == (1, "")
    assert json.loads(result.stdout) == {"prefix": prefix, "suggestions": []}


def test_suggest_refuses_an_impossible_limit(sample: Path) -> None:
    result = kli("suggest", "gempa", "--limit", "0", index=sample)
    assert result.exit_code == 2
    assert result.stderr == "Error: a limit of 0 is not possible; choose 1 to 300\n"


def test_suggest_cleans_what_an_article_holds(nasty: Path) -> None:
    text = found("suggest", "merah", index=nasty)
    assert "headline" in text
    assert not CONTROLS.search(text.replace("\n", ""))


# -- search, in other forms -----------------------------------------------------------------------


def test_json_has_the_keys_of_the_contract(sample: Path) -> None:
    whole = json.loads(found("search", "gempa lembah", "--match", "all", "--json", index=sample))
    assert list(whole)[:3] == ["query", "total", "total_relation"]
    assert set(whole) == {
        "query", "total", "total_relation", "took_ms", "match", "relaxed", "with_all", "notes",
        "suggestions", "word_counts", "next", "hits",
    }  # fmt: skip
    assert (whole["query"], whole["total"], len(whole["hits"])) == ("gempa lembah", 4, 4)
    for rank, hit in enumerate(whole["hits"], 1):
        assert list(hit) == HIT_KEYS
        assert hit["rank"] == rank
        for start, stop in hit["title_spans"]:
            assert hit["title"][start:stop].lower() in ("gempa", "lembah")
        for passage in hit["passages"]:
            assert list(passage) == ["text", "spans"]
            lit = [passage["text"][start:stop] for start, stop in passage["spans"]]
            assert {word.lower() for word in lit} <= {"gempa", "lembah"}
            assert lit


def test_json_says_what_was_mended_counted_and_asked(sample: Path) -> None:
    whole = json.loads(
        found("search", '"gempa lembah', "--json", "--facets", "--explain", index=sample, status=1)
    )
    assert whole["notes"] == ["a quotation mark was not closed; it is taken to close at the end"]
    assert "explain" in whole
    whole = json.loads(found("search", "gempa", "--json", "--facets", index=sample))
    assert list(whole["facets"]) == "year month day source section author tag".split()


def test_jsonl_csv_and_ids_say_the_same(sample: Path) -> None:
    whole = json.loads(found("search", "gempa lembah", "--json", index=sample))
    hits = [
        json.loads(line)
        for line in found("search", "gempa lembah", "--jsonl", index=sample).splitlines()
    ]
    assert hits == whole["hits"]
    ids = [hit["id"] for hit in hits]
    assert found("search", "gempa lembah", "--ids", index=sample).splitlines() == ids
    rows = list(csv.DictReader(io.StringIO(found("search", "gempa lembah", "--csv", index=sample))))
    assert [row["id"] for row in rows] == ids
    assert (
        list(rows[0])
        == "rank score id title source section author published url path passage".split()
    )


def test_options_narrow_and_sort(sample: Path) -> None:
    def hits(*arguments: str) -> list[dict[str, object]]:
        return json.loads(found("search", *arguments, "--json", index=sample))["hits"]

    newest = [hit["published"] for hit in hits("warga", "--sort", "newest") if hit["published"]]
    oldest = [hit["published"] for hit in hits("warga", "--sort", "oldest") if hit["published"]]
    assert newest == sorted(newest, reverse=True)
    assert oldest == sorted(oldest)
    assert {hit["source"] for hit in hits("warga", "--source", "harian wening")} == {
        "Harian Wening"
    }
    assert all(str(hit["published"]) >= "2024" for hit in hits("warga", "--since", "2024"))
    assert all(str(hit["published"]) < "2024" for hit in hits("warga", "--until", "2023"))
    first, rest = hits("warga", "--limit", "3"), hits("warga", "--limit", "2", "--offset", "1")
    assert [hit["id"] for hit in rest] == [hit["id"] for hit in first[1:]]
    assert rest[0]["rank"] == 2


def test_words_of_a_query_need_no_quotes(sample: Path) -> None:
    assert found("search", "--ids", "gempa", "lembah", index=sample) == found(
        "search", "--ids", "gempa lembah", index=sample
    )


def test_notes_and_plans_are_printed(sample: Path) -> None:
    text = found("search", "(gempa", "--explain", index=sample)
    assert "Note: a '(' was not closed; it is taken to close at the end." in text
    assert "text:gempa" in text


def test_every_key_is_documented(sample: Path) -> None:
    page = (ROOT / "docs" / "search.md").read_text(encoding="utf-8")
    whole = json.loads(
        found("search", "gempa lembah", "--json", "--facets", "--explain", index=sample)
    )
    keys = {*whole, *whole["facets"], *whole["hits"][0], *whole["hits"][0]["explain"][0]}
    assert [key for key in keys if f"`{key}`" not in page] == []


def test_a_score_is_shown_as_a_sum(sample: Path) -> None:
    strict = "--match", "all"
    text = found(
        "search", "gempa lembah", "--explain", "--boost-recent", "1y", *strict, index=sample
    )
    sums = re.findall(r"^ {4} *(-?\d+\.\d{3})  (.+)$", text, re.MULTILINE)
    whole, scores = 0.0, 0
    for number, part in sums:
        if part == "score":
            assert whole == pytest.approx(float(number), abs=0.01)
            whole, scores = 0.0, scores + 1
        else:
            whole += float(number)
    assert scores == 4
    assert any(part.startswith("recency: × 0.") for _, part in sums)
    hits = json.loads(found("search", "gempa lembah", "--explain", "--json", index=sample))["hits"]
    for hit in hits:
        assert list(hit) == [*HIT_KEYS, "explain"]
        assert all(list(part) == ["clause", "score"] for part in hit["explain"])
        assert sum(part["score"] for part in hit["explain"]) == pytest.approx(hit["score"], 1e-4)


def test_pages_follow_one_another_by_token(sample: Path) -> None:
    ids: list[str] = []
    more: list[str] = []
    while True:
        page = json.loads(found("search", "warga", "--json", "--limit", "7", *more, index=sample))
        ids += [hit["id"] for hit in page["hits"]]
        if page["next"] is None:
            break
        more = ["--after", page["next"]]
    whole = found("search", "warga", "--limit", "100", "--ids", index=sample).split()
    assert len(whole) > 14
    assert ids == whole


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["--after", "xyz"], "this token is broken"),
        (["--boost-recent", "12h"], "'12h' is not a half-life; write 30d"),
        (["--boost-recent", "1y", "--sort", "oldest"], "leave out one of them"),
    ],
)
def test_nonsense_is_one_line_with_its_cure(
    sample: Path, arguments: list[str], message: str
) -> None:
    result = kli("search", "gempa", *arguments, index=sample)
    assert (result.exit_code, result.stdout) == (2, "")
    assert result.stderr.startswith("Error: ")
    assert message in result.stderr
    assert result.stderr.count("\n") == 1


def test_facets_show_the_finest_period_that_a_line_can_hold(sample: Path) -> None:
    def periods(*arguments: str) -> list[str]:
        text = found("search", *arguments, "--facets", "--limit", "1", index=sample)
        return re.findall(r"^(?:day|month|year): .*$", text, re.MULTILINE)

    assert periods("gempa lembah") == ["day: 2024-03-12 (1), 2024-03-20 (1), 2024-05-02 (1)"]
    [line] = periods("--limit", "1", "--match", "any", "warga OR yang OR di")
    assert re.match(r"(month|year): \d{4}", line)


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


# -- the other commands ---------------------------------------------------------------------------


def test_index_sums_up_and_changes_nothing_the_second_time(tmp_path: Path) -> None:
    result = kli("index", CORPUS, "--json", "--jobs", "1", index=tmp_path / "i")
    summary = json.loads(result.stdout)
    assert result.exit_code == 0
    assert list(summary) == SUMMARY_KEYS
    assert summary["added"] == summary["articles"] > 50
    again = json.loads(kli("index", CORPUS, "--json", "--jobs", "1", index=tmp_path / "i").stdout)
    assert (again["added"], again["updated"], again["removed"]) == (0, 0, 0)
    assert again["articles"] == summary["articles"]
    text = kli("index", CORPUS, "--jobs", "1", index=tmp_path / "i").stdout
    assert re.search(rf"^{again['articles']} articles in ", text, re.MULTILINE)


def test_index_reports_each_problem_once_on_stderr(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"isi": "Gempa besar terjadi tadi pagi."}\n{broken\n')
    result = kli("index", tmp_path / "a.jsonl", "--jobs", "1", index=tmp_path / "i")
    assert result.exit_code == 0
    assert re.search(r"a\.jsonl:2", result.stderr)
    strict = kli(
        "index", tmp_path / "a.jsonl", "--strict", "--rebuild", "--jobs", "1", index=tmp_path / "i"
    )
    assert strict.exit_code == 2


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


def test_extract_prints_articles_as_json_lines() -> None:
    result = kli("extract", CORPUS / "harian-wening" / "gempa-lembah.html")
    article = json.loads(result.stdout)
    assert list(article) == ARTICLE_KEYS
    assert article["title"] == "Gempa M5,1 guncang Lembah Wening, warga mengungsi"
    many = kli("extract", CORPUS)
    assert len(many.stdout.splitlines()) > 50
    assert all(list(json.loads(line)) == ARTICLE_KEYS for line in many.stdout.splitlines())


def test_show_prints_the_caption_and_the_moment_of_the_last_change(sample: Path) -> None:
    (article_id,) = found(
        "search", "gempa lembah", "--ids", "--limit", "1", index=sample
    ).splitlines()
    lines = found("show", article_id, index=sample).splitlines()
    assert lines[lines.index("Modified: 12 Mar 2024 09:20 WIB") - 1].endswith("Tegar Anandito")
    assert "Caption: Petugas memasang tenda" in "\n".join(lines)
    assert "https://www.harianwening.example/foto/gempa-lembah-1200.jpg" in lines


def test_extract_prints_the_ids_that_index_gives_for_the_same_folder(tmp_path: Path) -> None:
    (tmp_path / "arsip" / "2024").mkdir(parents=True)
    (tmp_path / "arsip" / "2024" / "a.txt").write_text("Banjir Wening\n\nAir sungai naik lagi.\n")
    kliping.build(tmp_path / "arsip", tmp_path / "index")
    (row,) = map(json.loads, kli("extract", tmp_path / "arsip").stdout.splitlines())
    assert found("search", "banjir", "--ids", index=tmp_path / "index").split() == [row["id"]]


def test_extract_explains_which_rule_took_what() -> None:
    text = kli("extract", CORPUS / "lentera5" / "inflasi-cabai.html", "--explain").stdout
    title, path, *lines = text.splitlines()
    assert title == json.loads(kli("extract", path).stdout)["title"]
    names = [line.split()[0] for line in lines if line]
    assert names[:4] == ["title", "authors", "published", "modified"]
    assert {"image", "caption", "body", "dropped"} <= set(names)
    assert any(re.match(r"  published  JSON-LD datePublished: 2022-12-01T", line) for line in lines)
    assert not any(line.endswith("…") for line in lines)  # no terminal, nothing cut


def test_extract_explains_every_article_once_and_each_page_of_one() -> None:
    told = kli("extract", CORPUS, "--explain").stdout.strip().split("\n\n")
    profiles = [block for block in told if " row" in block.partition("\n")[0]]
    assert {Path(block.partition(": ")[0]).suffix for block in profiles} == {
        ".csv", ".gz", ".json", ".jsonl", ".ndjson",
    }  # fmt: skip
    blocks = [block for block in told if block not in profiles]
    assert len(blocks) == len(kli("extract", CORPUS).stdout.splitlines())
    assert all("\n  body " in block for block in blocks)
    pages = [block for block in blocks if "kereta-wisata-halaman-1.html" in block]
    assert len(pages) == 1
    assert "kereta-wisata-halaman-2.html" in pages[0]


def test_extract_explains_records_by_their_fields_and_texts_by_what_was_cleaned() -> None:
    text = kli("extract", CORPUS / "gelanggang" / "arsip.csv", "--explain").stdout
    assert "  authors    field penulis: Reza Maulidan" in text
    assert "  dropped    dateline: GELANGGANG -" in text


def test_extract_takes_the_address_of_a_saved_page(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    paragraph = (
        "<p>Gempa mengguncang lembah itu pada Selasa pagi dan warga mengungsi ke balai desa.</p>"
    )
    page.write_text(f"<html><h1>Gempa di lembah</h1><article>{paragraph * 6}</article></html>")
    result = kli("extract", page, "--url", "https://a.example/gempa")
    assert json.loads(result.stdout)["url"] == "https://a.example/gempa"


def test_extract_unpacks_a_page_whose_address_is_given() -> None:
    page = CORPUS / "harian-wening" / "harga-beras-medium.html.gz"
    with_address = json.loads(kli("extract", page, "--url", "https://a.example/beras").stdout)
    assert with_address["body"] == json.loads(kli("extract", page).stdout)["body"]


@pytest.mark.parametrize("url", ["http://[oops", "gempa", "ftp://a.example/gempa"])
def test_extract_refuses_an_address_that_is_none(url: str) -> None:
    result = kli("extract", CORPUS / "lentera5" / "inflasi-cabai.html", "--url", url)
    assert result.exit_code == 2
    assert "not an address on the web" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_stem_reads_arguments_or_standard_input() -> None:
    assert kli("stem", "menewaskan", "anak-anak").stdout == "menewaskan\ttewas\nanak-anak\tanak\n"
    assert kli("stem", stdin="menewaskan anak-anak\n\nBekasi").stdout.splitlines() == [
        "menewaskan\ttewas",
        "anak-anak\tanak",
        "Bekasi\tbekasi",
    ]
    assert kli("stem", "dua kata").stdout.splitlines() == ["dua\tdua", "kata\tkata"]
    broken = kli("stem", stdin=b"menewaskan\xff\n")
    assert broken.exit_code == 0


def test_analyze_prints_offsets_words_and_stems() -> None:
    rows = json.loads(kli("analyze", "Banjir menewaskan", "Covid-19", "--json").stdout)
    assert [(row["start"], row["stop"], row["surface"]) for row in rows] == [
        (0, 6, "Banjir"),
        (7, 17, "menewaskan"),
        (18, 26, "Covid-19"),
    ]
    assert rows[2]["words"] == rows[2]["stems"] == ["covid", "19"]
    assert rows[1]["stems"] == ["tewas"]
    lines = kli("analyze", "Banjir menewaskan").stdout.splitlines()
    assert lines[0].split() == ["start", "stop", "surface", "words", "stems", "rules", "means"]
    assert lines[2].split()[:5] == ["7", "17", "menewaskan", "menewaskan", "tewas"]
    assert json.loads(kli("analyze", "KPK", "--json").stdout)[0]["means"] == [
        "Komisi Pemberantasan Korupsi"
    ]
    assert kli("analyze", "…").exit_code == 0


def test_run_prints_trec_lines(sample: Path, tmp_path: Path) -> None:
    (tmp_path / "t.tsv").write_text("q1\tgempa lembah\nq2\ttidakadakataini\n")
    text = found("run", tmp_path / "t.tsv", "--limit", "3", "--tag", "a b", index=sample)
    rows = [line.split(" ") for line in text.splitlines()]
    assert [(row[0], row[1], row[3], row[5]) for row in rows] == [
        ("q1", "Q0", str(rank), "a_b") for rank in (1, 2, 3)
    ]
    assert all(re.fullmatch(r"\d+\.\d{6}", row[4]) for row in rows)


def test_evaluate_prints_the_measures(sample: Path) -> None:
    pytest.importorskip("pytrec_eval")
    files = CORPUS / "topics.tsv", CORPUS / "qrels.tsv"
    names = ["MRR@10", "Success@1", "Recall@10", "Recall@100", "nDCG@10"]
    assert list(json.loads(found("evaluate", *files, "--json", index=sample))) == names
    lines = found("evaluate", *files, index=sample).splitlines()
    assert [line.split()[0] for line in lines] == names


def test_version_and_help() -> None:
    assert kli("--version").stdout == f"kliping, version {kliping.__version__}\n"
    assert re.fullmatch(r"\d+\.\d+\.\d+.*", kliping.__version__)
    assert kli().exit_code == 0
    assert kli().stdout == kli("--help").stdout == kli("-h").stdout
    for name in COMMANDS:
        assert kli(name, "--help").exit_code == 0


# -- errors ---------------------------------------------------------------------------------------

ERRORS = [
    (["search", "gempa", "--limit", "0"], "choose 1 to 10,000"),
    (["search", "gempa", "--offset", "-1"], "choose 0 or more"),
    (["search", "tanggal:2021-13"], "column 9: '2021-13' is not a date; write 2021"),
    (["search", "gempa", "--since", "kapan"], "is not a date; write 2021"),
    (["search", "gempa", "--sort", "best"], "try: kliping search --help"),
    (["search", "gempa", "--limit", "x"], "try: kliping search --help"),
    (["search", "--nosuch"], "try: kliping search --help"),
    (["search"], "try: kliping search --help"),
    (["serach", "gempa"], "try: kliping --help"),
    (["--nosuch"], "try: kliping --help"),
    (["show", "no-such-id"], "these are what search prints"),
    (["show", "no\nsuch\x1b[31m"], "these are what search prints"),
    (["run", "no-such-file"], "cannot be read"),
    (["evaluate", "no-such-file", "nor-this"], "cannot be read"),
    (["extract", "no-such-file"], "check the spelling"),
    (["index", "no-such-file"], "check its name"),
]


@pytest.mark.parametrize(("arguments", "cure"), ERRORS, ids=[" ".join(a)[:40] for a, _ in ERRORS])
def test_an_error_is_one_line_with_the_cure(sample: Path, arguments: list[str], cure: str) -> None:
    result = CliRunner().invoke(main, ["--index", str(sample), *arguments], prog_name="kliping")
    assert result.exit_code == 2
    assert result.stdout == ""
    assert result.stderr.startswith("Error: ")
    assert result.stderr.count("\n") == 1
    assert not CONTROLS.search(result.stderr)
    assert cure in result.stderr


def test_a_missing_index_says_how_to_make_one(tmp_path: Path) -> None:
    result = shell("--index", tmp_path / "none", "search", "gempa")
    assert result.returncode == 2
    assert re.fullmatch(
        rb"Error: there is no index at (.*none); make one with: "
        rb"kliping index FOLDER --index \1\n",
        result.stderr,
    )
    (tmp_path / "notes.txt").write_text("x")
    result = shell("--index", tmp_path, "search", "gempa")
    assert result.returncode == 2
    assert b"is not an index; name another place with --index\n" in result.stderr


# -- manners of a process -------------------------------------------------------------------------


def test_a_checkout_runs_from_anywhere(sample: Path, tmp_path: Path) -> None:
    result = shell("--index", sample, "search", "gempa lembah", cwd=tmp_path)
    assert result.returncode == 0
    assert b"4 articles with all words" in result.stdout
    assert result.stderr == b""
    assert shell("--index", sample, "search", "cashback", cwd=tmp_path).returncode == 1


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_takes_the_index_on_both_sides(name: str) -> None:
    assert "--index PATH" in kli(name, "--help").stdout


def test_the_index_is_named_before_or_behind_the_command(sample: Path, tmp_path: Path) -> None:
    before = found("search", "gempa", "--ids", index=sample)
    assert found("search", "gempa", "--ids", "--index", sample, index=tmp_path / "none") == before
    assert found("info", index=sample) == kli("info", "--index", sample).stdout
    wrong = kli("search", "gempa", "--index", tmp_path / "none", index=sample)
    assert wrong.exit_code == 2
    assert f"no index at {tmp_path}/none" in wrong.stderr


def test_the_index_can_be_named_by_the_environment(sample: Path) -> None:
    result = shell("search", "gempa lembah", "--ids", env={"KLIPING_INDEX": str(sample)})
    assert result.stdout.decode() == found("search", "gempa lembah", "--ids", index=sample)


def test_a_reader_may_leave_early(sample: Path) -> None:
    command = (
        f"'{sys.executable}' '{ROOT / 'cli.py'}' --index '{sample}' run '{CORPUS / 'topics.tsv'}'"
    )
    result = subprocess.run(
        ["/bin/bash", "-c", f"{command} | head -n 1; exit ${{PIPESTATUS[0]}}"],
        capture_output=True,
        check=False,
    )
    assert result.returncode == 0
    assert result.stderr == b""
    assert result.stdout.startswith(b"t01 Q0 ")


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full")
def test_a_full_disk_is_an_error(sample: Path) -> None:
    command = [sys.executable, str(ROOT / "cli.py"), "--index", str(sample), "search", "gempa"]
    with Path("/dev/full").open("w") as full:
        result = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, check=False)
    assert result.returncode == 2
    assert result.stderr.startswith(b"Error: ")
    assert result.stderr.count(b"\n") == 1


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
def test_what_the_terminal_cannot_write_is_a_question_mark(sample: Path, encoding: str) -> None:
    result = shell("--index", sample, "search", "gempa", env={"PYTHONIOENCODING": encoding})
    assert result.returncode == 0
    assert result.stderr == b""


def test_bytes_that_are_no_text_are_searched_for_in_peace(sample: Path) -> None:
    command = [
        sys.executable,
        str(ROOT / "cli.py"),
        "--index",
        str(sample),
        "search",
        b"gempa\xff",
        "--json",
    ]
    result = subprocess.run(command, capture_output=True, check=False)
    assert result.returncode in (0, 1)
    assert result.stderr == b""
    assert json.loads(result.stdout)["query"].startswith("gempa")


def on_terminal(*arguments: str | Path, env: dict[str, str] | None = None, wide: int = 60) -> str:
    """Run ``python cli.py`` with a terminal for its output, and return what it shows."""
    pty = pytest.importorskip("pty")
    import fcntl
    import struct
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, wide, 0, 0))
    kept = {k: v for k, v in os.environ.items() if k != "NO_COLOR"}
    command = [sys.executable, str(ROOT / "cli.py"), *map(str, arguments)]
    with subprocess.Popen(command, stdout=theirs, stderr=theirs, env={**kept, **(env or {})}):
        os.close(theirs)
        shown = b""
        try:
            while piece := os.read(ours, 65536):
                shown += piece
        except OSError:
            pass  # the other end was closed
    os.close(ours)
    return shown.decode()


def test_a_terminal_gets_colours_and_its_own_width(sample: Path) -> None:
    shown = on_terminal("--index", sample, "search", "gempa lembah", "--limit", "1")
    assert "\x1b[33m\x1b[1mgempa\x1b[0m" in shown
    plain = re.sub(r"\x1b\[[0-9;]*m", "", shown)
    assert not CONTROLS.search(plain.replace("\r", ""))
    passage = [line for line in plain.splitlines() if not line.strip().startswith("http")]
    assert 50 < max(width(line) for line in passage) <= 60


def test_no_color_is_respected(sample: Path) -> None:
    shown = on_terminal("--index", sample, "search", "gempa", "--limit", "1", env={"NO_COLOR": "1"})
    assert "\x1b" not in shown
    assert "Gempa" in shown


def test_articles_cannot_act_on_the_terminal(nasty: Path) -> None:
    (article_id,) = kliping.open(nasty).search("gempa")[0:1]
    article = article_id.article.id
    runs = [["search", "gempa", "--facets", "--explain"], ["search", "gempa", "--json", "--facets"]]
    runs += [["search", "gempa", form] for form in ("--jsonl", "--csv", "--ids")]
    runs += [["show", article], ["show", article, "--json"], ["info"], ["info", "--json"]]
    for arguments in runs:
        result = kli(*arguments, index=nasty)
        assert result.exit_code == 0, result.output
        assert not CONTROLS.search(result.output), arguments
    shown = on_terminal("--index", nasty, "search", "gempa")
    assert not CONTROLS.search(re.sub(r"\x1b\[[0-9;]*m|\r", "", shown))
    assert "\x1b[31m" not in shown


def test_a_search_imports_no_parser_and_no_other_engine(sample: Path) -> None:
    code = (
        "import sys; sys.path.insert(0, 'indexer'); from kliping.cli import main\n"
        f"main(['--index', {str(sample)!r}, 'search', 'gempa', '--ids'], standalone_mode=False)\n"
        "heavy = {'whoosh', 'bs4', 'lxml', 'selectolax', 'ftfy', 'Sastrawi', 'sqlite3', 'csv',\n"
        "         'socket', 'filelock', 'charset_normalizer', 'kliping.building',\n"
        "         'kliping.writing', 'kliping.indexing.sync', 'hashlib', 'shutil', 'tempfile',\n"
        "         'locale', *(('dis', 'tokenize') if sys.version_info < (3, 13) else ())}\n"
        "print(sorted(heavy & sys.modules.keys()), file=sys.stderr)"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, cwd=ROOT, check=False
    )
    assert result.stderr.strip() == b"[]"


# -- small parts ----------------------------------------------------------------------------------


def test_parts_of_the_output() -> None:
    from datetime import datetime, timedelta, timezone

    def at(hours: float) -> str:
        return day(datetime(2024, 8, 5, 7, 5, tzinfo=timezone(timedelta(hours=hours))))

    assert at(7) == "5 Agu 2024 07:05 WIB"
    assert at(8) == "5 Agu 2024 07:05 WITA"
    assert at(9) == "5 Agu 2024 07:05 WIT"
    assert at(0) == "5 Agu 2024 07:05 UTC"
    assert at(5.5) == "5 Agu 2024 07:05 +0530"
    assert clean("a\x1b[31mb\tc\u202ed") == "a [31mb\tc d"
    assert one_line("a\n b\x00c\t d") == "a b c d"
    assert width("a東e\u0301") == 4
    assert columns() == 80


def test_json_keeps_every_value_and_escapes_what_acts(capsys: pytest.CaptureFixture[str]) -> None:
    value = {"a": NASTY, "é": ["東", None, 1.5]}
    echo_json(value, indent=None)
    printed = capsys.readouterr().out
    assert json.loads(printed) == value
    assert not CONTROLS.search(printed)
    assert "東" in printed


def test_extract_counts_relative_dates_only_when_asked(tmp_path: Path) -> None:
    body = "<p>Warga Lembah Wening pulang ke rumah setelah banjir surut, Kamis.</p>" * 20
    page = tmp_path / "a.html"
    page.write_text(f"<article><h1>Banjir surut</h1><time>2 jam yang lalu</time>{body}</article>")
    saved = datetime(2024, 3, 12, 9, 15, tzinfo=timezone(timedelta(hours=7)))
    os.utime(page, (saved.timestamp(), saved.timestamp()))
    assert json.loads(kli("extract", page).stdout)["published"] is None
    asked = json.loads(kli("extract", page, "--relative-dates").stdout)
    assert asked["published"] == "2024-03-12T07:15:00+07:00"
