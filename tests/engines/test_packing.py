"""What engines store of an article, made small."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kliping.engines import packing
from kliping.engines.packing import Packing

NEWS = (
    b"WENING - Wali Kota Wening Rina Astuti mengatakan, pemerintah kota akan memperbaiki jalan "
    b"yang rusak akibat hujan deras pada Selasa (3/12/2024). Menurut dia, perbaikan itu "
    b"menelan biaya sekitar Rp 2 miliar dan akan selesai pada akhir bulan ini."
)
PACKING = Packing()


def notice(number: int) -> bytes:
    places = "Wening Sabrang Kedung Lawang Petiran Gunting Tirta Balai".split()
    rows = (
        f"Warga {places[(number + n) % 8]} panen {number * n} ton kopi {places[n % 7]}, "
        f"kata Camat {places[number % 5]} {n} {'lagi ' * (number % 9)}sesudah hujan reda."
        for n in range(12)
    )
    return "\n".join(rows).encode()


@pytest.fixture
def soon(monkeypatch: pytest.MonkeyPatch) -> None:
    """Learn from forty articles, and again from 160."""
    monkeypatch.setattr(packing, "_FIRST", 40)
    monkeypatch.setattr(packing, "_TIMES", 4)


@given(st.binary(max_size=3000))
def test_whatever_is_packed_comes_back(data: bytes) -> None:
    assert PACKING.unpack(PACKING.pack(data)) == data


def test_news_takes_half_the_bytes_though_it_is_short() -> None:
    assert len(PACKING.pack(NEWS)) < 0.6 * len(NEWS)


@pytest.mark.parametrize("data", [b"", b"berita", PACKING.pack(NEWS)[:-9]])
def test_what_was_not_packed_here_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        PACKING.unpack(data)


@pytest.mark.parametrize("at", [0, 3, 4, 5, 20, -1])
def test_an_article_of_which_a_byte_has_changed_is_not_given_back(at: int) -> None:
    stored = bytearray(PACKING.pack(NEWS))
    stored[at] ^= 4
    with pytest.raises(ValueError, match="not as it was stored"):
        PACKING.unpack(bytes(stored))


def test_many_threads_pack_at_once() -> None:
    texts = [bytes([n]) * 50 + NEWS * (n + 1) for n in range(40)]
    with ThreadPoolExecutor(8) as threads:
        found = threads.map(lambda text: PACKING.unpack(PACKING.pack(text)), texts * 20)
        assert list(found) == texts * 20


@pytest.mark.usefixtures("soon")
class TestLearning:
    def test_what_is_learnt_makes_articles_smaller(self, tmp_path: Path) -> None:
        own = Packing(tmp_path)
        stored = [own.pack(notice(number)) for number in range(200)]
        assert sorted(each.name for each in tmp_path.iterdir()) == [
            "articles-1.zdict",
            "articles-2.zdict",
        ]
        assert len(own.pack(notice(300))) < 0.9 * len(PACKING.pack(notice(300)))
        for reader in (own, Packing(tmp_path)):
            assert [reader.unpack(each) for each in stored] == list(map(notice, range(200)))

    def test_a_reader_learns_of_what_came_after_it(self, tmp_path: Path) -> None:
        writer, reader = Packing(tmp_path), Packing(tmp_path)
        assert reader.unpack(writer.pack(NEWS)) == NEWS
        for number in range(50):
            writer.pack(notice(number))
        assert reader.unpack(writer.pack(NEWS)) == NEWS

    def test_another_writer_goes_on_with_what_was_learnt(self, tmp_path: Path) -> None:
        first = Packing(tmp_path)
        for number in range(50):
            first.pack(notice(number))
        again = Packing(tmp_path)
        assert len(again.pack(notice(77))) == len(first.pack(notice(77)))

    def test_nothing_is_learnt_of_what_has_nothing_in_it(self, tmp_path: Path) -> None:
        own = Packing(tmp_path)
        assert [own.unpack(own.pack(b"")) for _ in range(200)] == [b""] * 200
        assert not list(tmp_path.iterdir())

    @pytest.mark.parametrize("spoil", ["missing", "broken"])
    def test_a_dictionary_that_is_not_as_it_was_is_named(self, tmp_path: Path, spoil: str) -> None:
        own = Packing(tmp_path)
        stored = [own.pack(notice(number)) for number in range(60)][-1]
        kept = tmp_path / "articles-1.zdict"
        whole = bytearray(kept.read_bytes())
        whole[len(whole) // 2] ^= 1
        kept.unlink() if spoil == "missing" else kept.write_bytes(whole)
        with pytest.raises(ValueError, match=f"articles-1.zdict is {spoil}"):
            Packing(tmp_path).unpack(stored)
