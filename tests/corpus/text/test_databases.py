"""Articles as news databases hand them out as text, one below the other."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.corpus.records.making import BODIES, TITLES, articles, problems

MORE = "PD Pasar Arunika mengelola kios itu, dan BMKG: cuaca cerah, kata kepala pasar kepada warga."


def factiva(at: int) -> str:
    return (
        f"SE  Daerah\nHD  {TITLES[at]}\nBY  Rina Sari\nWC  40 words\nPD  {at + 3} May 2024\n"
        "ET  10:05\nSN  Kabar Wening\nSC  KBRWNG\nLA  Indonesian\nCY  (c) 2024\n"
        f"LP  \n{BODIES[at]}\n"
        f"\nTD  \n{MORE}\n\nIN  i1 : Pasar\nAN  Document KBRWNG002024\n\n"
    )


def nexis(at: int) -> str:
    return (
        f"\n\n{at + 1:>30} of 3 DOCUMENTS\n\n\n{'Kabar Wening':>50}\n\n"
        f"{f'May {at + 3}, 2024 Friday':>50}\n\n{TITLES[at]}\n\nBYLINE: Rina Sari\n\n"
        f"SECTION: Daerah\n\nLENGTH: 40 words\n\n\n{BODIES[at]}\n\n{MORE}\n\n"
        "LOAD-DATE: May 9, 2024\n\nLANGUAGE: INDONESIAN\n\nCopyright 2024 Kabar Wening\n"
    )


@pytest.mark.parametrize("written", [factiva, nexis])
def test_it_comes_in_whole(tmp_path: Path, written: object) -> None:
    assert callable(written)
    found = articles(tmp_path / "a.txt", "".join(map(written, range(3))))
    assert [each.title for each in found] == list(TITLES)
    assert [each.body for each in found] == [f"{body}\n\n{MORE}" for body in BODIES]
    assert [each.published and each.published.day for each in found] == [3, 4, 5]
    assert {(each.source, each.section, *each.authors) for each in found} == {
        ("Kabar Wening", "Daerah", "Rina Sari")
    }


@pytest.mark.parametrize("text", ["PD Pasar Arunika", "Jilid 1 of 3 DOCUMENTS hilang"])
def test_other_texts_are_articles_as_before(tmp_path: Path, text: str) -> None:
    (one,) = articles(tmp_path / "a.txt", f"{TITLES[0]}\n\n{text}.\n\n{BODIES[0]}")
    assert (one.title, one.body) == (TITLES[0], f"{text}.\n\n{BODIES[0]}")


@pytest.mark.parametrize(
    "text",
    [
        "TY  - NEWS\nAU  - Sari, Rina\nTI  - Pasar Lirih\nER  - \n",
        "@article{sari2024,\n  title = {Pasar Lirih},\n  author = {Sari, Rina}\n}\n",
        "%0 Newspaper Article\n%A Sari, Rina\n%T Pasar Lirih\n",
    ],
)
@pytest.mark.parametrize("name", ["a.ris", "b.txt"])
def test_references_are_no_articles(tmp_path: Path, text: str, name: str) -> None:
    (said,) = problems(tmp_path / name, text)
    assert "references (RIS or BibTeX)" in said
