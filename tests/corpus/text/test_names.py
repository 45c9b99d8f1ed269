"""Names of people in by-lines, names of sites in titles."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kliping.corpus.text.cleaning import clean_title, person_names
from kliping.corpus.text.names import writers


@pytest.mark.parametrize(
    ("title", "plain"),
    [
        ("Banjir Wening Surut - Kompas.com", "Banjir Wening Surut"),
        ("Banjir Wening Surut | Tempo.co", "Banjir Wening Surut"),
        ("Banjir Wening Surut – CNN Indonesia", "Banjir Wening Surut"),
        ("Banjir Wening Surut : Okezone News", "Banjir Wening Surut"),
        ("Banjir Wening Surut - ANTARA News Jawa Timur", "Banjir Wening Surut"),
        ("Banjir Wening Surut - Tribun Medan", "Banjir Wening Surut"),
        ("Banjir Wening Surut - Halaman 2", "Banjir Wening Surut"),
        ("Banjir Wening Surut Halaman 2 - Kompas.com", "Banjir Wening Surut"),
        ("Banjir Wening Surut - Halaman 2 - Kompas.com", "Banjir Wening Surut"),
        ("Banjir Wening Surut Halaman all", "Banjir Wening Surut"),
        ("Banjir Wening Surut - kabarwening.id", "Banjir Wening Surut"),
        ("Banjir  Wening\nSurut", "Banjir Wening Surut"),
        ("Kereta Semeru Baru-Arunika Tambah Jadwal", "Kereta Semeru Baru-Arunika Tambah Jadwal"),
        ("Persewening vs Arunika: 2-1", "Persewening vs Arunika: 2-1"),
        ("Bupati: Air Surut - Warga Pulang", "Bupati: Air Surut - Warga Pulang"),
        ("Menabung Rp 2.000 Sehari", "Menabung Rp 2.000 Sehari"),
        ("Kompas.com", "Kompas.com"),
        ("", ""),
    ],
)
def test_titles(title: str, plain: str) -> None:
    assert clean_title(title) == plain


def test_the_source_that_is_known_leaves_the_title() -> None:
    assert clean_title("Banjir Surut - Harian Wening", source="Harian Wening") == "Banjir Surut"
    assert clean_title("Banjir Surut | kabar wening", source="Kabar Wening") == "Banjir Surut"
    assert clean_title("Banjir Surut - Kabar Wening", source=None) == "Banjir Surut - Kabar Wening"


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Rina Sari", ("Rina Sari",)),
        ("Penulis: Rina Sari", ("Rina Sari",)),
        ("Rina Sari, Budi Wening", ("Rina Sari", "Budi Wening")),
        ("Rina Sari dan Budi Wening", ("Rina Sari", "Budi Wening")),
        ("Rina Sari & Budi Wening / Joko", ("Rina Sari", "Budi Wening", "Joko")),
        ("Penulis: Rina Sari | Editor: Budi Wening", ("Rina Sari", "Budi Wening")),
        ("Oleh Rina Sari", ("Rina Sari",)),
        ("by Rina Sari", ("Rina Sari",)),
        ("Dr. Rina Sari, S.H., M.Si.", ("Rina Sari",)),
        ("Prof. Dr. Ir. Budi Wening, Ph.D", ("Budi Wening",)),
        ("Rina Sari (rina@contoh.id)", ("Rina Sari",)),
        ("Rina Sari <rina@contoh.id>", ("Rina Sari",)),
        ("Rina Sari @rinasari", ("Rina Sari",)),
        ("RINA SARI", ("Rina Sari",)),
        ("Annesa K. Ramadhany", ("Annesa K. Ramadhany",)),
        ("Redaksi", ("Redaksi",)),
        ("Tim Redaksi Wening", ("Tim Redaksi Wening",)),
        ("Kompas.com", ()),
        ("Kompas Cyber Media, Rina Sari - detikcom", ("Kompas Cyber Media", "Rina Sari")),
        ("rsa/bws", ()),
        ("https://contoh.id/penulis/rina", ()),
        ("Rina Sari, Rina Sari", ("Rina Sari",)),
        ("-", ()),
        ("", ()),
    ],
)
def test_people(text: str, names: tuple[str, ...]) -> None:
    assert person_names(text) == names


@given(st.text(max_size=700))
def test_any_text_has_names_or_none(text: str) -> None:
    assert all(name.strip() == name and name for name in person_names(text))
    assert isinstance(clean_title(text), str)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Rep: Rina Sari", ("Rina Sari",)),
        ("Red: Rina Sari, Rep: Budi Wening", ("Rina Sari", "Budi Wening")),
        ("Rep. : Rina Sari", ("Rina Sari",)),
        ("Fredi Reptil", ("Fredi Reptil",)),
    ],
)
def test_short_labels(text: str, names: tuple[str, ...]) -> None:
    assert person_names(text) == names


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Penulis: Rina Sari | Editor: Budi Wening", ("Rina Sari",)),
        ("Editor: Budi Wening, Penulis: Rina Sari", ("Rina Sari",)),
        ("Red: Budi Wening", ()),
        ("Rina Sari, Budi Wening", ("Rina Sari", "Budi Wening")),
    ],
)
def test_a_by_line_without_its_editors(text: str, names: tuple[str, ...]) -> None:
    assert writers(text) == names
