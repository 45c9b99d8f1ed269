"""Articles as JSON lines: those that ``export`` prints, each as it was, or records of any kind."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import IO, cast

from kliping.article import Article
from kliping.corpus.containers.streams import HEAD, Budget, Opened
from kliping.corpus.files import NO_FILE, Problem, SourceFile
from kliping.corpus.limits import Limits
from kliping.corpus.records.accepting import as_exported
from kliping.corpus.records.json_lines import read_json_lines
from kliping.errors import ArticleRefused


def read_stream(stream: IO[bytes], /) -> Iterator[Article | Problem]:
    """Yield the articles of a stream of JSON lines, as they come, and what is wrong with a line."""
    reader = io.BufferedReader(cast("io.RawIOBase", stream), HEAD)
    if _is_exported(reader.peek(HEAD).partition(b"\n")[0]):
        yield from _exported(reader)
    else:
        file = SourceFile(Path(NO_FILE), NO_FILE, 0, 0)
        yield from read_json_lines(Opened(file, reader, Budget(Limits(), packed=sys.maxsize)))


def _is_exported(line: bytes) -> bool:
    """Say whether a first line, or as much of it as was peeked at, is one of ``export``."""
    return line.lstrip(b"\xef\xbb\xbf").startswith(b'{"id": ') and b'"body": ' in line


def _exported(reader: Iterable[bytes]) -> Iterator[Article | Problem]:
    for number, line in enumerate(reader, 1):
        try:
            yield as_exported(json.loads(line))
        except (ValueError, TypeError, RecursionError, ArticleRefused) as error:
            reason = f"not an article that export prints: {error}"
            yield Problem(NO_FILE, reason, number)
