"""The lines of a file, one at a time: memory does not grow with the file."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from kliping.corpus.containers.streams import DAMAGE, Opened
from kliping.corpus.files import Kind, Problem
from kliping.corpus.limits import Limits
from kliping.corpus.text.decoding import decode, wide

_BY_CR = re.compile(rb"\}\r[\[{]")


@dataclass(slots=True)
class Lines:
    """Iterates over the lines of a stream as text; ``problems`` fills with what was wrong."""

    stream: io.BufferedReader
    path: str
    limits: Limits
    packed: bool = False
    number: int = 0
    problems: list[Problem] = field(default_factory=list)
    _encoding: str = ""

    def __iter__(self) -> Iterator[str]:
        """Yield the lines, without NUL bytes, an empty string for one that is too long."""
        encoding = wide(self.stream.peek())
        try:
            yield from self._wide(encoding) if encoding else map(self._text, self._lines())
        except DAMAGE as error:
            reason = f"cut off or damaged after line {self.number}: {error}"
            self._tell(reason if self.packed else f"cannot be read on: {error}")

    def drained(self) -> list[Problem]:
        """Return the problems since the last time, and forget them."""
        problems, self.problems = self.problems, []
        return problems

    def _lines(self) -> Iterator[bytes]:
        limit = self.limits.line
        with self._reading() as (readline, end):
            while line := readline(limit + 1):
                self.number += 1
                if len(line) > limit:
                    self._tell(f"a line of more than {limit >> 20} MB")
                    while (piece := readline(limit)) and not piece.endswith(end):
                        pass
                    line = b""
                yield line

    @contextmanager
    def _reading(self) -> Iterator[tuple[Callable[[int], bytes], bytes]]:
        """Give what reads a line, and what ends it: a bare CR where that parts records."""
        head = self.stream.peek()
        if b"\n" in head or not _BY_CR.search(head):
            yield self.stream.readline, b"\n"
            return
        wrapper = io.TextIOWrapper(self.stream, "latin-1", newline="\r")
        try:
            yield lambda size: wrapper.readline(size).encode("latin-1"), b"\r"
        finally:
            wrapper.detach()  # or it closes the stream, which is not its own

    def _text(self, line: bytes) -> str:
        if self.number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if b"\x00" in line:
            self._tell("NUL bytes left out", kind="repaired")
            line = line.replace(b"\x00", b"")
        try:
            return line.decode("utf-8")
        except UnicodeDecodeError:
            return self._guessed(line)

    def _guessed(self, line: bytes) -> str:
        """Decode what is not UTF-8; said once a file, for the others are like the first."""
        decoded = decode(line, declared=self._encoding)
        if not self._encoding:
            self._encoding = decoded.encoding
            self._tell(f"bytes that are not UTF-8, read as {decoded.encoding}", kind="repaired")
        return decoded.text

    def _wide(self, encoding: str) -> Iterator[str]:
        wrapper = io.TextIOWrapper(self.stream, encoding, errors="replace", newline="")
        try:
            for line in wrapper:
                self.number += 1
                yield line.lstrip("\ufeff").replace("\x00", "")
        finally:
            wrapper.detach()  # or it closes the stream, which is not its own

    def _tell(self, reason: str, *, kind: Kind = "skipped") -> None:
        self.problems.append(Problem(self.path, reason, self.number or None, kind))


def lines_of(opened: Opened, /) -> Lines:
    """Return the lines of an opened file."""
    return Lines(opened.stream, opened.path, opened.limits, opened.packed)
