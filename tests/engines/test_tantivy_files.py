"""What tantivy's refusals are told as."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from kliping.analysis import Analyser
from kliping.article import Article
from kliping.engines import create, open_engine, tantivy_files
from kliping.engines.documents import document
from kliping.engines.tantivy_files import Errors
from kliping.errors import IndexDamaged, StorageError

THREAD = "An error occurred in a thread: 'An index writer was killed.. A worker thread encountered"


@pytest.mark.parametrize(
    "said", [THREAD, "Error: 'No space left'", 'IoError { kind: "StorageFull"']
)
def test_a_writer_that_was_killed_is_told_as_what_ails_it_and_how_to_go_on(said: str) -> None:
    with pytest.raises(StorageError) as caught, Errors(Path("arsip/generation-1/engine")):
        raise ValueError(said)
    assert str(caught.value) == (
        "arsip/generation-1/engine: a file of the index could not be written, nearly always "
        "because the disk is full; free some space and index again"
    )


def test_a_merge_that_a_commit_began_is_finished_and_leaves_nothing_lying_about(
    tmp_path: Path,
) -> None:
    engine, analyser = create("tantivy", tmp_path), Analyser()
    for number in range(12):
        told = " ".join(f"kabar{number}-{at} banjir" for at in range(3_000))
        engine.add([document(Article(f"{number}-{at}", None, told), analyser) for at in range(3)])
        engine.commit()
    engine.close()
    segments = json.loads((tmp_path / "meta.json").read_bytes())["segments"]
    ids = {each["segment_id"].replace("-", "") for each in segments}
    assert len(ids) < 12
    files = {path.stem for path in tmp_path.iterdir() if len(path.stem) == 32}
    assert files == ids


@pytest.mark.parametrize("merged", [True, False])
def test_a_file_that_a_merge_removes_while_an_index_is_opened_is_not_missed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, merged: bool
) -> None:
    create("tantivy", tmp_path).close()
    looked = []

    def broken_files(folder: Path, *_: object, **__: object) -> Iterator[str]:
        looked.append(folder)
        if len(looked) == 1:
            if merged:
                listed = folder / "meta.json"
                listed.write_text(listed.read_text() + "\n")
            raise FileNotFoundError(2, "No such file", str(folder / "a.fieldnorm"))
        yield from ()

    monkeypatch.setattr(tantivy_files, "broken_files", broken_files)
    with nullcontext() if merged else pytest.raises(IndexDamaged, match="fieldnorm"):
        open_engine("tantivy", tmp_path).close()
    assert len(looked) == 1 + merged
