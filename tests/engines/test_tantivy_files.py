"""What tantivy's refusals are told as."""

from __future__ import annotations

from pathlib import Path

import pytest

from kliping.engines.tantivy_files import Errors
from kliping.errors import StorageError

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
