"""An index that others change and rebuild while it is held open."""

from __future__ import annotations

import gc
import json
import shutil
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest

import kliping
from kliping.errors import IndexClosed, IndexMismatch, IndexNotFound


@pytest.fixture
def place(tmp_path, engine_name):
    write(tmp_path, "awal")
    kliping.build(tmp_path / "arsip", tmp_path / "index", engine=engine_name)
    return tmp_path


def write(place, *names):
    (place / "arsip").mkdir(exist_ok=True)
    rows = ({"id": name, "judul": name, "isi": f"Gempa {name} di lembah."} for name in names)
    lines = "".join(json.dumps(row) + "\n" for row in rows)
    (place / "arsip" / "a.jsonl").write_text(lines)


def change(place, *names, rebuild):
    write(place, *names)
    kliping.build(place / "arsip", place / "index", rebuild=rebuild)


def ids(index):
    return sorted(hit.article.id for hit in index.search("gempa", limit=100, collapse=False))


@pytest.mark.parametrize("rebuild", [False, True])
def test_an_open_index_stays_as_it_was_until_it_is_refreshed(place, rebuild):
    with kliping.open(place / "index") as index:
        change(place, "kedua", rebuild=rebuild)
        assert ids(index) == ["awal"]
        index.refresh()
        assert ids(index) == ["kedua"]
        assert len(index) == 1
        assert "kedua" in index
        assert index.info().articles == 1


@pytest.mark.parametrize("rebuild", [False, True])
def test_one_that_follows_sees_each_change_by_itself(place, rebuild):
    with kliping.open(place / "index", follow=True) as index:
        assert ids(index) == ["awal"]
        for name in ("kedua", "ketiga", "keempat"):
            change(place, name, rebuild=rebuild)
            assert ids(index) == [name]
            assert index.get(name).title == name
            assert index.suggest(name[:4])[0].text == name


def test_one_that_follows_does_nothing_where_nothing_changed(place, monkeypatch):
    with kliping.open(place / "index", follow=True) as index:
        ids(index)
        snapshot = index._snapshot
        assert ids(index) == ["awal"]
        assert index._snapshot is snapshot


def test_another_engine_is_followed_too(place, engine_name):
    with kliping.open(place / "index", follow=True) as index:
        other = {"tantivy": "whoosh", "whoosh": "tantivy"}[engine_name]
        kliping.build([], place / "index", engine=other, rebuild=True)
        assert ids(index) == ["awal"]
        assert index.engine == other


def test_a_walk_that_has_begun_ends_on_its_own_articles(place):
    change(place, *(f"a{n}" for n in range(30)), rebuild=False)
    with kliping.open(place / "index") as index:
        walk = iter(index)
        first = next(walk)
        change(place, "lain", rebuild=True)
        index.refresh()
        gc.collect()
        assert len({first.id, *(each.id for each in walk)}) == 30


def test_an_index_that_is_gone_or_another_version_s_is_told_and_the_old_one_stays(place):
    with kliping.open(place / "index") as index:
        manifest = json.loads((place / "index" / "manifest.json").read_text())
        (place / "index" / "manifest.json").write_text(json.dumps({**manifest, "format": 99}))
        with pytest.raises(IndexMismatch, match="format 99"):
            index.refresh()
        assert ids(index) == ["awal"]
        shutil.rmtree(place / "index")
        with pytest.raises(IndexNotFound):
            index.refresh()
        assert ids(index) == ["awal"]


def test_threads_search_while_it_is_changed_and_rebuilt(place):
    """Every answer is that of one commit, whole: never some of one and some of the next."""
    commits = [[f"{letter}{n}" for n in range(20)] for letter in "abcd"]
    done = Event()

    def search(index):
        seen = set()
        while not done.is_set():
            found = ids(index)
            assert found in [["awal"], *map(sorted, commits)], found
            seen.add(found[0])
        return seen

    with (
        kliping.open(place / "index", follow=True) as index,
        kliping.open(place / "index") as slow,
        ThreadPoolExecutor(4) as pool,
    ):
        searches = [pool.submit(search, index) for _ in range(2)] + [pool.submit(search, slow)]
        try:
            for number, names in enumerate(commits):
                change(place, *names, rebuild=number % 2 == 1)
                slow.refresh()
        finally:
            done.set()
        assert all(each.result() for each in searches)
        assert ids(index) == ids(slow) == sorted(commits[-1])


@pytest.mark.parametrize(
    "ask",
    [
        lambda index: index.search("gempa"),
        lambda index: index.get("awal"),
        lambda index: index.find("awal"),
        lambda index: "awal" in index,
        len,
        lambda index: next(iter(index)),
        lambda index: index.similar("awal"),
        lambda index: index.suggest("gem"),
        lambda index: index.rank("gempa"),
        lambda index: index.explain("gempa"),
        kliping.Index.info,
        kliping.Index.refresh,
        lambda index: index.engine,
    ],
)
@pytest.mark.parametrize("follow", [False, True])
def test_a_closed_index_says_so(place, ask, follow):
    index = kliping.open(place / "index", follow=follow)
    index.close()
    index.close()
    with pytest.raises(IndexClosed, match=r"was closed; open it again: kliping\.open\('"):
        ask(index)
    assert index.path == place / "index"


@pytest.mark.filterwarnings("error")
def test_nothing_is_left_open(place):
    with kliping.open(place / "index", follow=True) as index:
        for rebuild in (False, True, False):
            change(place, f"b{rebuild}", rebuild=rebuild)
            ids(index)
    gc.collect()
