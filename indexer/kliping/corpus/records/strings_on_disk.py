"""The texts that the cells of a spreadsheet share, kept on the disk: a sheet may have gigabytes."""

from __future__ import annotations

from array import array
from collections.abc import Iterable
from tempfile import TemporaryFile


class StringsOnDisk:
    """Texts by number, as many as there are, in a nameless temporary file.

    >>> kept = StringsOnDisk(["Banjir", "Wening"])
    >>> kept[1], kept.close()
    ('Wening', None)
    """

    def __init__(self, texts: Iterable[str], /) -> None:
        self._file = TemporaryFile()  # noqa: SIM115 (open as long as the texts are asked for)
        self._ends = array("Q", [0])
        for text in texts:
            data = text.encode("utf-8", "surrogatepass")
            self._file.write(data)
            self._ends.append(self._ends[-1] + len(data))

    def __getitem__(self, number: int, /) -> str:
        start, end = self._ends[number], self._ends[number + 1]
        self._file.seek(start)
        return self._file.read(end - start).decode("utf-8", "surrogatepass")

    def close(self) -> None:
        """Give the disk back."""
        self._file.close()
