"""An article in sentences: numbered, lit, on the lines that it has, and never without an end."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import kliping
from kliping.article import Article
from kliping.server.page.question import Question
from kliping.server.page.reading import LONGEST, Reading, reading

LIST = "Rumah rusak:\n- Desa Wening\n- Desa Lirih. Warga mengungsi.\n\nBantuan tiba."
LONG = "Warga gempa mengungsi. " * 12_000


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[kliping.Index]:
    path = tmp_path_factory.mktemp("reading") / "index"
    with kliping.writer(path) as writer:
        writer.add([Article("daftar", "Rumah", LIST), Article("panjang", None, LONG)])
        writer.add([Article("kosong", "Rumah", "")])
    with kliping.open(path) as opened:
        yield opened


def text(found: Reading) -> list[list[str]]:
    return [["".join(p.text for p in s.pieces) for s in row] for row in found.paragraphs]


def test_sentences_are_numbered_through_all_paragraphs(index: kliping.Index) -> None:
    found = reading(index, "daftar", Question(q="mengungsi desa"))
    assert text(found) == [
        ["Rumah rusak:", "- Desa Wening", "- Desa Lirih.", "Warga mengungsi."],
        ["Bantuan tiba."],
    ]
    sentences = [sentence for row in found.paragraphs for sentence in row]
    assert [sentence.number for sentence in sentences] == [1, 2, 3, 4, 5]
    assert [sentence.on_a_line for sentence in sentences] == [False, True, True, False, False]
    assert found.lit == (2, 3, 4)


def test_a_very_long_text_is_cut_and_says_so(index: kliping.Index) -> None:
    found = reading(index, "panjang", Question(q="gempa"))
    assert sum(len(sentence) for row in text(found) for sentence in row) <= LONGEST
    assert found.left_out == len(found.article.body) - LONGEST > 0
    assert len(found.lit) > 8_000


def test_without_a_question_or_a_text_nothing_is_lit(index: kliping.Index) -> None:
    assert reading(index, "daftar", Question()).lit == ()
    assert reading(index, "kosong", Question(q="rumah")).paragraphs == ()
