"""The page's own address, within those that archives, caches and viewers put before it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kliping.corpus.addresses import original_url

PAGE = "https://daerah.contoh.id/read/2021/05/04/0915/pasar-lirih"
ENCODED = "https%3A%2F%2Fdaerah.contoh.id%2Fread%2F2021%2F05%2F04%2F0915%2Fpasar-lirih"
BARE = PAGE.removeprefix("https://")


@pytest.mark.parametrize(
    "address",
    [
        f"https://web.archive.org/web/20240320031236/{PAGE}",
        f"https://web.archive.org/web/20240320031236id_/{PAGE}",
        f"https://web.archive.org/web/20240320031236if_/{PAGE}",
        f"http://web.archive.org/web/2024*/{PAGE}",
        f"https://web.archive.org/web/{PAGE}",
        f"https://web.archive.org/web/20240320031236/{BARE}",
        f"https://web.archive.org/web/20240320031236/{PAGE.replace('://', ':/')}",
        f"https://web.archive.org/web/20240320031236/{ENCODED}",
        f"https://web.archive.org/web/20240320031236/{ENCODED.replace('%', '%25')}",
        f"//web.archive.org/web/20240320031236/{PAGE}",
        f"/web/20240320031236/{PAGE}",
        f"https://archive.ph/20240320031236/{PAGE}",
        f"https://archive.today/2024.03.20-031236/{PAGE}",
        f"https://archive.is/newest/{PAGE}",
        f"https://archive.ph/o/Ab3dE/{PAGE}",
        f"https://archive.ph/?run=1&url={ENCODED}",
        f"https://arquivo.pt/wayback/20240320031236/{PAGE}",
        f"https://wayback.archive-it.org/2950/20240320031236/{PAGE}",
        f"https://webcache.googleusercontent.com/search?q=cache:{PAGE}",
        f"http://webcache.googleusercontent.com/search?q=cache:aB3_dE-fG9kL:{PAGE}+pasar&hl=id",
        f"http://webcache.googleusercontent.com/search?q=cache:{ENCODED}&strip=1",
        f"http://webcache.googleusercontent.com/search?q=cache:aB3_dE-fG9kL:{BARE}",
        f"https://daerah-contoh-id.cdn.ampproject.org/c/s/{BARE}",
        f"https://cdn.ampproject.org/v/s/{BARE}",
        f"https://www.google.com/amp/s/{BARE}",
        f"https://www.google.co.id/url?sa=t&url={ENCODED}&usg=x",
        f"https://translate.google.com/translate?hl=en&sl=id&u={ENCODED}",
        f"https://translate.google.com/translate?hl=en&sl=id&u={PAGE}",
        "https://daerah-contoh-id.translate.goog/read/2021/05/04/0915/pasar-lirih?_x_tr_sl=id",
        f"https://l.facebook.com/l.php?u={ENCODED}&h=AT0",
        f"about:reader?url={ENCODED}",
        f"read://https_daerah.contoh.id/?url={ENCODED}",
        f"chrome-distiller://0f-3a/?title=Pasar&url={ENCODED}",
        f"view-source:{PAGE}",
        f"https://web.archive.org/web/2024/https://webcache.googleusercontent.com/search?q=cache:{PAGE}",
        PAGE,
    ],
)
def test_the_page_is_known_by_its_own_address(address: str) -> None:
    assert original_url(address) == PAGE


def test_what_the_page_was_asked_stays() -> None:
    address = "https://web.archive.org/web/20240320031236/https://contoh.id/read.php?id=5&page=2"
    assert original_url(address) == "https://contoh.id/read.php?id=5&page=2"


@pytest.mark.parametrize(
    "address",
    [
        "https://contoh.id/20240320031236/pasar.html",
        "https://contoh.id/web/20240320/pasar",
        "https://contoh.id/login?url=https://lain.id/a",
        "https://contoh.id/waspada-tautan-https-palsu/https",
        "https://web.archive.org/web/20240320031236/",
        "https://archive.ph/Ab3dE",
        "about:blank",
        "bukan alamat",
        "",
    ],
)
def test_what_carries_no_address_stays_as_it_is(address: str) -> None:
    assert original_url(address) == address


@given(st.text())
def test_what_is_found_carries_no_other(url: str) -> None:
    assert original_url(original_url(url)) == original_url(url)
