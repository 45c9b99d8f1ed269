"""Every error that kliping raises on purpose, drawn as a tree.

    KlipingError
    ├── CorpusError              an article source cannot be read
    │   ├── NotAnArticle         a page holds no article: a front page, a login wall, a video
    │   └── SourceNotFound       the path that was named does not exist
    ├── MappingError             what was said of columns names no field
    ├── AnalysisError            a word list is not what it should be
    │   └── LexiconError         a line of a user's lexicon cannot be understood
    ├── QueryError               the query says what cannot be meant: a nonsense date, a limit
    │   └── Contradiction        options that do not go together, a token of another search
    ├── EvaluationError          a topics or judgements file cannot be understood
    ├── LibraryMissing           a library that only some need is not installed
    └── IndexingError            an index cannot be opened, made or changed
        ├── IndexNotFound        there is no index where one was named
        ├── NotAnIndex           the folder holds something else
        ├── IndexMismatch        the index was made by another format, analyser or engine version
        ├── IndexLocked          another process is writing, and did not finish in time
        ├── IndexDamaged         a file of the index is missing or broken
        ├── StorageError         the disk said no: full, read-only, permission
        ├── IndexClosed          the index was closed, and is asked something
        ├── ArticleNotFound      no article has that id, address or path
        ├── SeveralArticles      more than one article has that address or path
        ├── ArticleRefused       what a program gave is no article
        └── EngineUnavailable    the engine's library is not installed

Each message is one line that names the thing and ends with the cure. Errors of the libraries
underneath are translated once, where the library is called; a bug passes through untouched.
"""

from __future__ import annotations

from pathlib import Path


class KlipingError(Exception):
    """The root of the tree: catch this to catch all that kliping raises on purpose."""


class CorpusError(KlipingError):
    """An article source cannot be read. ``path`` is the file, ``line`` the line if it has one."""

    def __init__(self, message: str, *, path: Path | str, line: int | None = None) -> None:
        where = f"{path}:{line}" if line is not None else f"{path}"
        super().__init__(f"{where}: {message}")
        self.path = path
        self.line = line
        self.reason = message


class NotAnArticle(CorpusError):
    """A page holds no article: a front page, a login wall, a video with two sentences."""


class SourceNotFound(CorpusError):
    """The path that was named does not exist."""


class MappingError(KlipingError):
    """What was said of columns (``judul=Headline``) names no field of an article."""


class AnalysisError(KlipingError):
    """A word list is not what it should be."""


class LexiconError(AnalysisError):
    """A line of a user's lexicon cannot be understood. ``path`` and ``line`` say where."""

    def __init__(self, message: str, *, path: Path | str, line: int | None = None) -> None:
        where = f"{path}:{line}" if line is not None else f"{path}"
        super().__init__(f"{where}: {message}")
        self.path = path
        self.line = line


class QueryError(KlipingError):
    """The query says something that cannot be meant. ``column`` counts characters from 1."""

    def __init__(self, message: str, *, column: int | None = None) -> None:
        super().__init__(message if column is None else f"column {column}: {message}")
        self.column = column


class Contradiction(QueryError):
    """Options that are right by themselves but not together, or a token of another search."""


class EvaluationError(KlipingError):
    """A topics or judgements file cannot be understood. ``path`` and ``line`` say where."""

    def __init__(self, message: str, *, path: Path | str, line: int | None = None) -> None:
        where = f"{path}:{line}" if line is not None else f"{path}"
        super().__init__(f"{where}: {message}")
        self.path = path
        self.line = line


class LibraryMissing(KlipingError):
    """A library that only some need is not installed; the message says how to get it."""


class IndexingError(KlipingError):
    """An index cannot be opened, made or changed. ``path`` is the index."""

    def __init__(self, message: str, *, path: Path | str | None = None) -> None:
        super().__init__(message)
        self.path = path


class IndexNotFound(IndexingError):
    """There is no index where one was named."""


class NotAnIndex(IndexingError):
    """The folder holds something else."""


class IndexMismatch(IndexingError):
    """The index was made by another format, analyser or engine version."""


class IndexLocked(IndexingError):
    """Another process is writing, and did not finish in time. ``holder`` says who."""

    def __init__(self, message: str, *, path: Path | str, holder: str) -> None:
        super().__init__(message, path=path)
        self.holder = holder


class IndexDamaged(IndexingError):
    """A file of the index is missing or broken."""


class StorageError(IndexingError):
    """The disk said no: full, read-only, permission."""


class IndexClosed(IndexingError):
    """The index was closed, and is asked something."""


class ArticleNotFound(IndexingError):
    """No article has that id, address or path."""


class SeveralArticles(IndexingError):
    """More than one article has that address or path. ``ids`` are those of the first of them."""

    def __init__(self, message: str, *, path: Path | str, ids: tuple[str, ...]) -> None:
        super().__init__(message, path=path)
        self.ids = ids


class ArticleRefused(IndexingError):
    """What a program gave is no article: it lacks a text, or a field holds something else."""


class EngineUnavailable(IndexingError):
    """The engine's library is not installed."""
