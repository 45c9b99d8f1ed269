"""What a file is, told by its beginning, however that was made."""

from __future__ import annotations

import time

import pytest

from kliping.corpus.formats import sniff

_PAGE = b"<html><body><p>Pasar Lirih dibuka.</p></body></html>"
_FEED = b"<rss version='2.0'><channel/></rss>"


@pytest.mark.parametrize(
    ("opening", "markup", "found"),
    [
        (b"<!-- iklan -->\n", _PAGE, "html"),
        (b"<!-- iklan -->\n", b"<?xml version='1.0'?>" + _FEED, "feed"),
        (b"<!-- iklan --> <!-- -- > -->", b"<!DOCTYPE html>" + _PAGE, "html"),
        (b"<?pi a?>\n", _FEED, "feed"),
        (b"<!DOCTYPE rss [ <!ELEMENT rss ANY> ]>\n", _FEED, "feed"),
        (b"<!-- iklan -->\n", b"Pasar Lirih dibuka.", "text"),
        (b"<!-- iklan\n", b"Pasar Lirih dibuka.", "text"),
    ],
)
@pytest.mark.parametrize("times", [1, 24, 900])
def test_whatever_often_stands_before_the_first_element(
    opening: bytes, markup: bytes, found: str, times: int
) -> None:
    started = time.process_time()
    assert sniff(opening * times + markup, "berkas.txt") == found
    assert time.process_time() - started < 0.2


def test_tags_that_never_end() -> None:
    started = time.process_time()
    sniff(b"<p " * 21_000, "berkas.html")
    assert time.process_time() - started < 0.2
