"""Whatever program wrote it, an export comes in whole."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from kliping.corpus.text.dates import WIB
from tests.corpus.records.exporting import DAYS, table
from tests.corpus.records.exports import EXPORTS
from tests.corpus.records.making import BODIES, TITLES, articles


@pytest.mark.parametrize("case", EXPORTS)
def test_it_comes_in_whole(tmp_path: Path, case: str) -> None:
    found = articles(tmp_path / case.partition("-")[2], EXPORTS[case]())
    assert [(each.title or "").casefold() for each in found] == [t.casefold() for t in TITLES]
    for each, body, day in zip(found, BODIES, DAYS, strict=True):
        assert each.body.startswith(body)
        assert "\\" not in each.body
        assert each.published is not None
        assert each.published.astimezone(WIB).replace(second=0) == day
    assert len({each.id for each in found}) == len(found)
    assert not {each.id for each in found} & {"0", "1", "2"}


def test_cells_of_a_hundred_thousand_characters(tmp_path: Path) -> None:
    long = " ".join(BODIES) * 1000
    data = table("judul|isi", lambda n: (TITLES[n], f"{long} {n}."))
    assert [len(each.body) for each in articles(tmp_path / "a.csv", data)] == [len(long) + 3] * 3


SHORT = ("Pasar Lirih", "Jembatan Wening", "Panen Kopi")


@pytest.mark.parametrize(
    ("beside", "titles"),
    [
        (SHORT, list(SHORT)),
        (("Rina Sari", "Budi Lembah", "Sekar Ayu"), [None] * 3),  # of whom no text speaks
        (("Kabar Wening",) * 3, [None] * 3),
        (("pasar-lirih", "jembatan-wening", "panen-kopi"), [None] * 3),
    ],
)
def test_short_titles_without_a_header_are_known_by_their_texts(
    beside: Sequence[str], titles: list[str | None], tmp_path: Path
) -> None:
    rows = "".join(f'{one},"{body} {body}"\n' for one, body in zip(beside, BODIES, strict=True))
    assert [each.title for each in articles(tmp_path / "a.csv", rows)] == titles
