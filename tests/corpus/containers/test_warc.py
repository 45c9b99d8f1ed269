"""WARC: the pages that were answered are read as if they lay in a folder."""

from __future__ import annotations

import gzip
import sys
import tracemalloc

import pytest

from kliping.corpus import SourceFile, read_file
from tests.corpus.containers import making as made
from tests.corpus.containers.holding import counted, pages, url


class TestWarc:
    @pytest.mark.parametrize("packed", [False, True])
    @pytest.mark.parametrize("name", ["a.warc", "a.warc.gz", "a"])
    def test_each_page_that_answered_is_an_article(self, folder, packed, name):
        articles, problems = folder.read(name, made.warc(pages(1, 2), packed=packed))
        assert problems == []
        assert [(a.title, a.url) for a in articles] == [
            (f"{made.TITLE} {n}", url(n)) for n in (1, 2)
        ]
        assert articles[0].body == made.BODY
        assert articles[0].path == f"{folder.path}/{name}"

    def test_a_whole_file_in_one_gzip_member_is_read_too(self, folder):
        articles, problems = folder.read("a.warc.gz", gzip.compress(made.warc(pages(1, 2))))
        assert (len(articles), problems) == (2, [])

    def test_the_date_is_never_the_crawls(self, folder):
        (article,), _ = folder.read("a.warc", made.warc(pages(1)))
        assert article.published is None
        head = '<meta property="article:published_time" content="2024-03-12T07:15:00+07:00">'
        dated = made.record(url(1), made.http(made.page(1, head=head)))
        (article,), _ = folder.read("b.warc", made.warc([dated]))
        assert article.published
        assert article.published.isoformat() == "2024-03-12T07:15:00+07:00"

    def test_a_page_says_its_own_address_first(self, folder):
        markup = made.page(1, head=f'<link rel="canonical" href="{url(9)}">')
        (article,), _ = folder.read("a.warc", made.warc([made.record(url(1), made.http(markup))]))
        assert article.url == url(9)

    def test_what_is_no_page_is_counted(self, folder):
        gone = made.http("").replace(b"200 OK", b"404 Not Found")
        blocks = [
            made.record(url(1), b"GET / HTTP/1.1\r\n\r\n", kind="request"),
            made.record(url(1), made.http(b"\x89PNG", kind="image/png")),
            made.record(url(2), gone),
            *pages(3),
            made.record("dns:kabarwening.example", b"20010101000000\r\n127.0.0.1\r\n"),
        ]
        articles, problems = folder.read("a.warc", made.warc(blocks))
        assert [a.url for a in articles] == [url(3)]
        assert problems == ["a.warc: no page, or no answer (200), passed over: 3 records"]

    def test_a_page_without_an_article_is_named(self, folder):
        blocks = [made.record(url(1), made.http("<html><body></body></html>")), *pages(2)]
        articles, problems = folder.read("a.warc", made.warc(blocks))
        assert len(articles) == 1
        assert problems == [f"a.warc: record 2 ({url(1)}): not an article: no article text"]

    def test_chunked_and_packed_answers(self, folder):
        data = made.page(1).encode()
        chunked = f"{len(data):x}\r\n".encode() + data + b"\r\n0\r\n\r\n"
        blocks = [
            made.record(url(1), made.http(chunked, more="Transfer-Encoding: chunked\r\n")),
            made.record(url(2), made.http(gzip.compress(data), more="Content-Encoding: gzip\r\n")),
        ]
        articles, problems = folder.read("a.warc", made.warc(blocks))
        assert problems == []
        assert [a.body for a in articles] == [made.BODY] * 2

    def test_the_charset_of_the_header_counts(self, folder):
        markup = made.page(1).replace("<meta charset='utf-8'>", "").replace("Anak-anak", "“Anak”")
        block = made.http(markup.encode("cp1252"), kind="text/html; charset=windows-1252")
        (article,), _ = folder.read("a.warc", made.warc([made.record(url(1), block)]))
        assert "“Anak” tidak lagi" in article.body

    @pytest.mark.parametrize("packed", [False, True])
    def test_what_was_complete_before_the_cut_is_kept(self, folder, packed):
        data = made.warc(pages(1, 2, 3), packed=packed)
        articles, problems = folder.read("a.warc.gz", data[: -100 if packed else -300])
        assert [a.url for a in articles] == [url(1), url(2)]
        (problem,) = problems
        assert problem.startswith("a.warc.gz: cut off")
        assert problem.endswith(f"in record 4 ({url(3)})")

    def test_a_cut_at_every_place_gives_at_most_one_line(self, folder, capsys):
        data = made.warc(pages(1, 2))
        for end in range(200, len(data), 97):
            articles, problems = folder.read("a.warc", data[:end])
            assert len(articles) <= 2
            assert len(problems) <= 1, (end, problems)
        assert capsys.readouterr().err == ""

    def test_a_wrong_length_is_no_crash(self, folder, capsys):
        data = made.warc(pages(1, 2)).replace(b"Content-Length: ", b"Content-Length: 9")
        assert folder.read("a.warc", data)[1]
        data = made.warc(pages(1, 2)).replace(b"Content-Length: ", b"Content-Length: -")
        folder.read("a.warc", data)
        assert capsys.readouterr().err == ""

    def test_a_page_that_is_too_large_is_passed_over(self, folder):
        blocks = [made.record(url(1), made.http(made.page(1) * 9000)), *pages(2)]
        articles, problems = folder.read("a.warc", made.warc(blocks), whole=1 << 20)
        assert [a.url for a in articles] == [url(2)]
        assert problems == [
            f"a.warc: record 2 ({url(1)}): larger than 1 MB: too large for one article"
        ]

    def test_a_bomb_inside_a_record(self, folder):
        bomb = gzip.compress(b"a" * (3 << 20))
        blocks = [made.record(url(1), made.http(bomb, more="Content-Encoding: gzip\r\n"))]
        _, problems = folder.read("a.warc", made.warc(blocks), whole=1 << 20)
        assert len(problems) == 1
        assert "larger than 1 MB" in problems[0] or "unpacks to over" in problems[0]

    def test_memory_does_not_grow_with_the_file(self, folder):
        def peak(count: int) -> int:
            path = folder.path / f"{count}.warc.gz"
            path.write_bytes(made.warc(pages(*range(count)), packed=True))
            tracemalloc.start()
            assert counted(read_file(SourceFile(path, "x/a", 0, 0))) == count
            _, most = tracemalloc.get_traced_memory()
            tracemalloc.stop()
            return most

        peak(5)
        assert peak(300) < 1.5 * peak(30)  # ten times the pages: what one leaves would be more

    def test_without_the_library_the_cure_is_said(self, folder, monkeypatch):
        monkeypatch.setitem(sys.modules, "warcio.archiveiterator", None)
        (problem,) = folder.items("a.warc", made.warc(pages(1)))
        assert problem.kind == "failed"
        assert problem.reason == "needs warcio; try: pip install 'kliping[containers]'"
