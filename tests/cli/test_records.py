"""``--map`` and ``--dry-run``: what a file of records is said to be, and what would be done."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kliping.cli import main
from tests.corpus.records.making import BODIES, TITLES

DARK = "Kolom A;Kolom B;Kolom C\n" + "".join(
    f"{body};{title};{day}/3/2024\n"
    for day, title, body in zip((11, 12, 13), TITLES, BODIES, strict=True)
)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.csv").write_text(
        "ulasan,naskah ku,tanggal\n" + f'"{BODIES[0]}",{TITLES[0]},\n'
    )
    return tmp_path


def run(*arguments: str, status: int = 0) -> Result:
    result = CliRunner().invoke(main, list(arguments))
    assert result.exit_code == status, result.output
    return result


def test_a_dry_run_prints_each_column_and_writes_nothing(folder: Path) -> None:
    (folder / "in/b.csv").write_text(DARK)
    out = run("index", "--dry-run", "in").stdout
    assert "new: in/b.csv: a table parted by semicolons, header in line 1; 3 rows" in out
    assert "  Kolom A  body       by what stands in it; short texts" in out
    assert "  Kolom C  published  by what stands in it; dates, day first" in out
    assert "2 new, 0 changed, 0 gone files, 4 articles to read; nothing was written" in out
    assert not (folder / "index").exists()


def test_a_dry_run_knows_what_was_read_before(folder: Path) -> None:
    run("index", "in")
    before = sorted((path, path.stat().st_mtime_ns) for path in Path("index").rglob("*"))
    (folder / "in/b.csv").write_text(DARK)
    (folder / "in/a.csv").unlink()
    out = run("index", "--dry-run").stdout
    assert "1 new, 0 changed, 1 gone files, 3 articles to read" in out
    assert sorted((path, path.stat().st_mtime_ns) for path in Path("index").rglob("*")) == before


def test_explain_prints_the_profile_first(folder: Path) -> None:
    out = run("extract", "--explain", "in/a.csv").stdout
    assert out.startswith("in/a.csv: a table parted by commas, header in line 1; 1 row\n")


def test_a_mapping_overrules_and_is_remembered(folder: Path) -> None:
    run("index", "in", "--map", "judul=naskah ku,isi=ulasan")
    run("search", "judul:lirih")
    run("search", "judul:pedagang", status=1)
    (folder / "in/a.csv").write_text(f"ulasan,naskah ku\n{BODIES[1]},{TITLES[1]}\n")
    run("index")  # as said before
    run("search", "judul:rampung")
    run("index", "in", "--map", "isi=naskah ku,judul=ulasan")
    run("search", "judul:kilometer")


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("isi=Nskah", "in/a.csv: no column 'Nskah' in it, only: ulasan, naskah ku, tanggal"),
        ("wartawn=tanggal", "no field is called 'wartawn'; name one of: id, judul, isi"),
        ("tanggal", "not a field and its column: 'tanggal'; try: --map isi=tanggal"),
    ],
)
@pytest.mark.parametrize("command", ["index", "extract"])
def test_a_mapping_that_cannot_be_is_refused(
    folder: Path, command: str, said: str, told: str
) -> None:
    result = run(command, "in/a.csv", "--map", said, status=2)
    assert result.stderr.startswith(f"Error: {told}")
    assert not (folder / "index").exists()


def test_the_cure_for_a_wrong_column_works(folder: Path) -> None:
    error = run("extract", "in/a.csv", "--map", "isi=naskahku", status=2).stderr
    cure = error.strip().rpartition("--map ")[2].strip("'")
    assert cure == "isi=naskah ku"
    run("extract", "in/a.csv", "--map", cure)


def test_the_column_that_holds_the_field_is_offered_of_a_file_that_has_columns(
    folder: Path,
) -> None:
    (folder / "in/a.csv").write_text(f'nomor,naskah,kepala\n7,"{BODIES[0]}","{TITLES[0]}"\n')
    (folder / "in/0.json").write_text('{"judul": "x", "isi": ')
    error = run("index", "in", "--map", "isi=Xyz", status=2).stderr
    assert error == (
        "Error: in/a.csv: no column 'Xyz' in it, only: nomor, naskah, kepala;"
        " try: --map 'isi=naskah'\n"
    )


def test_a_file_without_text_is_named_in_the_summary(folder: Path) -> None:
    (folder / "in/a.csv").write_text("judul,tanggal,suka\nBanjir di Wening,kapan-kapan,7\n")
    out = run("index", "in").stdout
    assert "doubtful: in/a.csv: none of its records has a text" in out
    run("index", "in", "--rebuild", "--strict", status=2)
