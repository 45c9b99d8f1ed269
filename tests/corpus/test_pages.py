"""An article saved page by page is one article, whatever came first."""

from __future__ import annotations

import itertools
import os
from contextlib import suppress
from pathlib import Path

import pytest

import kliping
from kliping.article import Article
from kliping.corpus import Problem, SourceFile, find_files, read_file
from kliping.corpus.html import explain
from kliping.corpus.pages import Page, as_page, join, joined, plain
from kliping.engines import tantivy_engine, whoosh_engine
from tests.corpus.containers import making as made

URL = f"{made.SITE}/daerah/jembatan-bambu-sungai-lirih"
SECOND = (
    "Bambu untuk jembatan ditebang dari kebun warga, sedangkan tali ijuk datang dari Pasirlunak.",
    "Jembatan itu diuji dengan menuntun tiga ekor kerbau sebelum anak-anak boleh menyeberang.",
    "Ketua panitia mengatakan biayanya Rp 41 juta, seluruhnya dari iuran dan jimpitan beras.",
    "Perawatan dijadwalkan setiap tiga bulan, bergiliran menurut rukun tetangga di kedua tepi.",
)


def page(
    sentences: tuple[str, ...] = made.SENTENCES,
    *,
    title: str = made.TITLE,
    canonical: str = URL,
    og: str = "",
    links: str = "",
) -> str:
    head = f'<link rel="canonical" href="{canonical}">'
    head += f'<meta property="og:url" content="{og}">' if og else ""
    paragraphs = "".join(f"<p>{sentence}</p>" for sentence in sentences)
    return (
        f"<!doctype html><html lang='id'><head><meta charset='utf-8'><title>{title} - Kabar Wening"
        f"</title>{head}</head><body><article><h1>{made.TITLE}</h1>{paragraphs}{links}</article>"
        "</body></html>"
    )


NEXT = '<div class="paging"><a href="?page=2">2</a></div>'


@pytest.mark.parametrize(
    ("markup", "number"),
    [
        (page(), None),
        (page(og=f"{URL}?page=1"), 1),
        (page(og=f"{URL}?page=2"), 2),
        (page(canonical=f"{URL}?page=3"), 3),
        (page(canonical=f"{URL}?utm_source=x&page=all"), 0),
        (page(canonical=f"{URL}?single=1"), 0),
        (page(canonical=f"{URL}/page/2"), 2),
        (page(title=f"{made.TITLE} - Halaman 2"), 2),
        (page(title=f"{made.TITLE} Halaman all"), 0),
        (page(title=f"{made.TITLE} (Halaman 3 dari 4)"), 3),
        (page(links=NEXT), 1),
        (page(links=f'<a href="{URL}/hal/2">2</a>'), 1),
        (page(links='<a href="?HAL=2">2</a>'), 1),
        (page(links='<a href="?page=20">20</a><a href="?langpage=2">2</a>'), None),
        (page(links=f'<a href="{made.SITE}/indeks?page=2">Indeks</a>'), None),
        (page(links='<a href="/daerah/berita-lain-di-sini?page=2">Lain</a>'), None),
        (page(canonical=f"{made.SITE}/index.php?page=2"), None),
        (page(canonical=f"{URL}?page=2024"), None),
        (page(title="Warga membuka halaman 2 sejarah desa itu"), None),
    ],
)
def test_a_page_says_its_number(markup: str, number: int | None) -> None:
    found = explain(markup)
    assert found.page == number
    if number is not None:
        assert (found.article.url or "").startswith(URL)
        assert "page" not in (found.article.url or "")


def test_the_address_it_was_saved_from_tells_too() -> None:
    assert explain(page(), url=f"{URL}?page=2").page == 2


class TestJoin:
    one = Page("a", "Judul", "\n\n".join(made.SENTENCES), ("Rina",), path="1", number=1)
    two = Page("a", "Judul", "\n\n".join((*made.SENTENCES[:1], *SECOND)), source="KW", path="2",
               number=2)  # fmt: skip
    whole = Page("a", "Judul", "Seluruhnya.", path="0", number=0)

    def test_in_order_without_repeats_whatever_came_first(self):
        for pages in itertools.permutations([self.one, self.two, plain(self.one)]):
            article = join(pages)
            assert type(article) is Article
            assert article.body.split("\n\n") == [*made.SENTENCES, *SECOND]
            assert (article.authors, article.source, article.path) == (("Rina",), "KW", "1")

    def test_the_page_that_shows_all_stands_for_all(self):
        article = join([self.one, self.whole, self.two])
        assert (article.body, article.authors) == ("Seluruhnya.", ("Rina",))

    def test_a_short_line_may_stand_twice(self):
        pages = [as_page(Article("a", "J", "Ya.\n\nTidak."), 1),
                 as_page(Article("a", "J", "Ya."), 2)]  # fmt: skip
        assert join(pages).body == "Ya.\n\nTidak.\n\nYa."

    def test_a_stream_keeps_what_is_no_page_as_it_is(self):
        other = Article("b", "Lain", "Isi.")
        problem = Problem("x", "y")
        assert list(joined([self.two, other, problem, self.one])) == [
            other, problem, join([self.one, self.two]),
        ]  # fmt: skip

    def test_one_page_alone_is_an_article(self):
        assert join([self.two]) == plain(self.two)


# What may happen to the files, step by step: each is a state of the folder.
ONE, TWO, ALL = page(links=NEXT), page(SECOND, og=f"{URL}?page=2"), page(og=f"{URL}?page=all")
UNMARKED = page()
CHANGED = page(
    (*made.SENTENCES[:3], "Lelang jembatan beton dibatalkan oleh kabupaten."), links=NEXT
)
OTHER = page(canonical=f"{made.SITE}/daerah/berita-lain-di-sini", title="Lain")
BOTH: dict[str, str | bytes] = {"1.html": ONE, "2.html": TWO}
ZIPPED = {"a.html": UNMARKED, "b.html": TWO}
STEPS: dict[str, list[dict[str, str | bytes]]] = {
    "together": [BOTH],
    "second later": [{"1.html": ONE}, BOTH],
    "first later": [{"2.html": TWO}, BOTH],
    "unmarked first": [{"1.html": UNMARKED}, {"1.html": UNMARKED, "2.html": TWO}],
    "unmarked last": [{"2.html": TWO}, {"1.html": UNMARKED, "2.html": TWO}],
    "first changes": [BOTH, {"1.html": CHANGED, "2.html": TWO}],
    "second goes": [BOTH, {"1.html": ONE}],
    "first goes": [BOTH, {"2.html": TWO}],
    "both go": [BOTH, {"3.html": OTHER}],
    "both go and come": [BOTH, {}, {"2.html": TWO, "1.html": ONE}],
    "first becomes another": [BOTH, {"1.html": OTHER, "2.html": TWO}],
    "another becomes first": [{"1.html": OTHER, "2.html": TWO}, BOTH],
    "they swap": [BOTH, {"1.html": TWO, "2.html": ONE}],
    "renamed": [BOTH, {"x.html": ONE, "2.html": TWO}],
    "the whole comes": [BOTH, {**BOTH, "3.html": ALL}],
    "the whole goes": [{**BOTH, "3.html": ALL}, BOTH],
    "in an archive": [{"a.zip": made.zipped(ZIPPED)}],
    "out of the archive": [{"a.zip": made.zipped(ZIPPED)}, BOTH],
    "beside an archive": [{"1.html": ONE}, {"1.html": ONE, "a.zip": made.zipped({"b.html": TWO})}],
    "one by one": [{"1.html": ONE}, {}, {"2.html": TWO}, {"2.html": TWO, "3.html": ALL},
                   {"3.html": ALL}, {"1.html": CHANGED, "3.html": TWO}],
}  # fmt: skip


def put(folder: Path, files: dict[str, str | bytes]) -> None:
    for path in folder.iterdir():
        if path.name not in files:
            path.unlink()
    for name, data in files.items():
        raw = data.encode() if isinstance(data, str) else data
        path = folder / name
        if not path.exists() or path.read_bytes() != raw:
            path.write_bytes(raw)


def held(index: Path) -> dict[str, str]:
    with kliping.open(index) as opened:
        hits = opened.search("jembatan OR lelang OR bambu", limit=1000, collapse=False).hits
        assert len(hits) == len(opened)
        return {hit.article.id: hit.article.body for hit in hits}


def expected(folder: Path) -> dict[str, str]:
    """What the files give when they are read in one go, an unmarked first page taken for one."""
    pages: dict[str, list[Article]] = {}
    for file in find_files([folder]):
        assert isinstance(file, SourceFile)
        for item in read_file(file):
            assert isinstance(item, Article)
            pages.setdefault(item.id, []).append(item)
    return {key: join(found).body for key, found in pages.items()}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made_folder = tmp_path / "arsip"
    made_folder.mkdir()
    return made_folder


class TestSync:
    @pytest.mark.parametrize("steps", STEPS.values(), ids=STEPS)
    def test_every_sequence_ends_like_a_fresh_index(self, engine_name, folder, tmp_path, steps):
        index = tmp_path / "index"
        problems: list[Problem] = []
        count = 0
        for files in steps:
            put(folder, files)
            summary = kliping.build(folder, index, engine=engine_name, on_problem=problems.append)
            count += summary.added - summary.removed
            assert held(index) == expected(folder)
            assert summary.articles == count == len(held(index))
            again = kliping.build(folder, index)
            assert (again.added, again.updated, again.removed) == (0, 0, 0)
            assert again.unchanged == summary.articles
        assert problems == []
        fresh = kliping.build(folder, tmp_path / "fresh", engine=engine_name)
        assert held(tmp_path / "fresh") == held(index)
        assert (fresh.added, fresh.updated, fresh.removed) == (summary.articles, 0, 0)

    def test_the_article_has_both_pages_in_order(self, folder, tmp_path):
        put(folder, {"z.html": ONE, "a.html": TWO})
        summary = kliping.build(folder, tmp_path / "index")
        assert (summary.added, summary.skipped) == (1, 0)
        (body,) = held(tmp_path / "index").values()
        assert body.split("\n\n") == [*made.SENTENCES, *SECOND]

    def test_a_page_that_comes_is_an_update(self, folder, tmp_path):
        put(folder, {"1.html": UNMARKED})
        kliping.build(folder, tmp_path / "index")
        put(folder, {"1.html": UNMARKED, "2.html": TWO})
        summary = kliping.build(folder, tmp_path / "index")
        assert (summary.added, summary.updated, summary.unchanged) == (0, 1, 0)

    def test_pages_in_different_sources(self, folder, tmp_path):
        other = tmp_path / "lain"
        other.mkdir()
        put(folder, {"1.html": ONE})
        put(other, {"2.html": TWO})
        kliping.build(folder, tmp_path / "index")
        kliping.build(other, tmp_path / "index")
        (body,) = held(tmp_path / "index").values()
        assert body.split("\n\n") == [*made.SENTENCES, *SECOND]
        put(other, {})
        kliping.build(other, tmp_path / "index")
        assert list(held(tmp_path / "index").values()) == [made.BODY]

    @pytest.mark.parametrize("steps", STEPS.values(), ids=STEPS)
    @pytest.mark.parametrize(
        ("engine_name", "commit"),
        [*(("tantivy", n) for n in range(1, 7)), ("whoosh", 1), ("whoosh", 2)],
    )
    def test_a_crash_at_any_commit_is_made_good(
        self, engine_name, folder, tmp_path, monkeypatch, steps, commit
    ):
        engine = {
            "tantivy": tantivy_engine.TantivyEngine, "whoosh": whoosh_engine.WhooshEngine,
        }[engine_name]  # fmt: skip
        index = tmp_path / "index"
        for files in steps[:-1]:
            put(folder, files)
            kliping.build(folder, index, engine=engine_name)
        put(folder, steps[-1])
        count = 0
        for name, owner in (("commit", engine), ("commit", kliping.store.state.State)):
            real = getattr(owner, name)

            def crashing(self, *args, real=real, **named):
                nonlocal count
                count += 1
                if count == commit:
                    raise KeyboardInterrupt
                return real(self, *args, **named)

            monkeypatch.setattr(owner, name, crashing)
        with suppress(KeyboardInterrupt):
            kliping.build(folder, index, engine=engine_name)
        monkeypatch.undo()
        kliping.build(folder, index, engine=engine_name)
        assert held(index) == expected(folder)

    def test_a_page_that_cannot_be_read_now_is_waited_for(self, folder, tmp_path, monkeypatch):
        put(folder, {"1.html": UNMARKED, "2.html": TWO})
        index = tmp_path / "index"
        kliping.build(folder, index)
        before = held(index)
        put(
            folder,
            {"1.html": UNMARKED, "2.html": TWO, "3.html": page(SECOND[:1] * 9, og=f"{URL}?page=3")},
        )
        opening = Path.open

        def refuse(self: Path, *args: object, **options: object):
            if self.name == "1.html":
                raise PermissionError(13, "Permission denied")
            return opening(self, *args, **options)

        monkeypatch.setattr(Path, "open", refuse)
        kliping.build(folder, index)
        assert held(index) == before
        monkeypatch.undo()
        kliping.build(folder, index)
        assert held(index) == expected(folder)

    def test_many_pages_read_by_processes(self, folder, tmp_path):
        for n in range(120):
            url = f"{URL}-{n}"
            (folder / f"{n}-1.html").write_text(page(links=NEXT, canonical=url))
            (folder / f"{n}-2.html").write_text(page(SECOND, canonical=f"{url}?page=2"))
        summary = kliping.build(folder, tmp_path / "index", jobs=2)
        assert (summary.added, summary.articles, summary.skipped) == (120, 120, 0)
        assert {body.count("\n\n") for body in held(tmp_path / "index").values()} <= {7}


def test_the_pair_of_the_sample_corpus(tmp_path: Path) -> None:
    folder = Path(__file__).parents[2] / "corpus" / "harian-wening"
    summary = kliping.build(folder, tmp_path / "index")
    assert summary.skipped == 0
    with kliping.open(tmp_path / "index") as index:
        (hit,) = index.search("kereta wisata anggara").hits
        assert hit.article.body.startswith("Peluit panjang memecah pagi")
        assert hit.article.body.endswith("baru kemudian terdengar peluitnya.")
        assert os.fspath(hit.article.path or "").endswith("halaman-1.html")
