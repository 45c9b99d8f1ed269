"""What makes an article itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kliping.corpus.identity import article_id, canonical_url


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("http://contoh.id/a", "https://contoh.id/a"),
        ("HTTPS://WWW.Contoh.ID/Berita", "https://www.contoh.id/Berita"),
        ("https://contoh.id/a/", "https://contoh.id/a"),
        ("https://contoh.id", "https://contoh.id/"),
        ("https://contoh.id:443/a", "https://contoh.id/a"),
        ("http://contoh.id:80/a", "https://contoh.id/a"),
        ("https://contoh.id:8080/a", "https://contoh.id:8080/a"),
        ("https://contoh.id/a#komentar", "https://contoh.id/a"),
        ("https://contoh.id/a?utm_source=x&utm_medium=y", "https://contoh.id/a"),
        ("https://contoh.id/a?id=7&fbclid=abc", "https://contoh.id/a?id=7"),
        ("https://contoh.id/a?page=2", "https://contoh.id/a?page=2"),
        (" https://contoh.id/a\n", "https://contoh.id/a"),
        ("//contoh.id/a", "https://contoh.id/a"),
        ("/berita/a", "/berita/a"),
        ("bukan url", "bukanurl"),
        ("http://[rusak", "http://[rusak"),
        ("http://a:b/", "http://a:b/"),
        ("", ""),
    ],
)
def test_canonical_url(url: str, canonical: str) -> None:
    assert canonical_url(url) == canonical


@given(st.text())
def test_canonical_url_is_stable(url: str) -> None:
    once = canonical_url(url)
    assert canonical_url(once) == once


def test_a_record_keeps_its_own_id() -> None:
    assert (
        article_id(record_id="kompas-7", url="https://contoh.id/a", key="x/a.jsonl") == "kompas-7"
    )
    assert article_id(record_id=7, key="x/a.jsonl") == "7"
    assert article_id(record_id=0, key="x/a.jsonl") == "0"
    assert article_id(record_id="\tberita  7\n", key="x/a.jsonl") == "berita_7"


def test_else_the_url_names_it() -> None:
    one = article_id(record_id=" ", url="http://contoh.id/a/?utm_source=x", key="x/a.html")
    assert one == article_id(url="https://contoh.id/a", key="y/b.html")
    assert len(one) == 16


def test_else_its_place() -> None:
    ids = {
        article_id(key="x/a.jsonl", number=1),
        article_id(key="x/a.jsonl", number=2),
        article_id(key="x/a.jsonl"),
        article_id(key="y/a.jsonl"),
        article_id(url="x/a.jsonl", key="x"),
    }
    assert len(ids) == 5


def test_ids_do_not_change_between_versions() -> None:
    assert article_id(url="https://contoh.id/a", key="") == "ee44fa0b7c098a4e"
    assert article_id(key="corpus/a.txt") == "3ffa2e59e028fc68"
