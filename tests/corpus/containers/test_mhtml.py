"""Pages that a browser saved with all that belongs to them."""

from __future__ import annotations

import pytest

from tests.corpus.containers import making as made
from tests.corpus.containers.holding import url
from tests.corpus.containers.saving import mhtml


class TestMhtml:
    @pytest.mark.parametrize("name", ["a.mht", "a.mhtml", "a.html", "a"])
    @pytest.mark.parametrize("encoding", ["quoted-printable", "base64"])
    def test_the_page_in_it_is_the_article(self, folder, name, encoding):
        (article,), problems = folder.read(name, mhtml(made.page(), encoding=encoding))
        assert problems == []
        assert (article.title, article.body) == (f"{made.TITLE} 1", made.BODY)
        assert article.url == url(1)
        assert article.published is None

    def test_another_charset(self, folder):
        markup = made.page().replace("<meta charset='utf-8'>", "").replace("Anak-anak", "“Anak”")
        (article,), _ = folder.read("a.mht", mhtml(markup, charset="cp1252"))
        assert "“Anak” tidak lagi" in article.body

    def test_an_address_on_the_savers_disk_is_none(self, folder):
        data = mhtml(made.page()).replace(url(1).encode(), b"file:///C:/arsip/jembatan.html")
        (article,), _ = folder.read("a.mht", data)
        assert article.url is None

    def test_one_without_a_page(self, folder):
        data = mhtml("x").replace(b"text/html", b"text/css")
        assert folder.read("a.mht", data)[1] == ["a.mht: a saved page (MHTML) without its page"]

    def test_cut_off_in_the_middle(self, folder):
        data = mhtml(made.page())
        (article,), _ = folder.read("a.mht", data[: data.index(b"Sebanyak")])
        assert article.body.startswith(made.SENTENCES[0])
