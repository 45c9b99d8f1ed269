"""What engines store of an article, made small."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kliping.engines.packing import packed, unpacked

NEWS = (
    b"WENING - Wali Kota Wening Rina Astuti mengatakan, pemerintah kota akan memperbaiki jalan "
    b"yang rusak akibat hujan deras pada Selasa (3/12/2024). Menurut dia, perbaikan itu "
    b"menelan biaya sekitar Rp 2 miliar dan akan selesai pada akhir bulan ini."
)


@given(st.binary(max_size=3000))
def test_whatever_is_packed_comes_back(data: bytes) -> None:
    assert unpacked(packed(data)) == data


def test_news_takes_half_the_bytes_though_it_is_short() -> None:
    assert len(packed(NEWS)) < 0.6 * len(NEWS)


@pytest.mark.parametrize("data", [b"", b"berita", packed(NEWS)[:-9]])
def test_what_was_not_packed_here_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r"."):
        unpacked(data)


def test_many_threads_pack_at_once() -> None:
    texts = [bytes([n]) * 50 + NEWS * (n + 1) for n in range(40)]
    with ThreadPoolExecutor(8) as threads:
        assert list(threads.map(lambda text: unpacked(packed(text)), texts * 20)) == texts * 20
