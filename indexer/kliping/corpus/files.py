"""Find the files: "Here is a folder: which files may hold articles?"."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from kliping.corpus.leaving_out import (
    IGNORE_FILE,
    Patterns,
    Rules,
    RulesOf,
    is_index,
    leads_out,
)
from kliping.errors import CorpusError, SourceNotFound
from kliping.values import counted

if TYPE_CHECKING:
    from kliping.corpus.records.mapping import Mapped

Kind = Literal["skipped", "repaired", "note", "ignored", "failed", "doubtful"]

# In place of a path, of what lies in no file: articles of a program, or from standard input.
NO_FILE = "-"

_PAGES = {".html", ".htm", ".xhtml", ".mht", ".mhtml"}
_RECORDS = {".txt", ".md", ".json", ".jsonl", ".ndjson", ".js", ".csv", ".tsv", ".tab"}
_SHEETS = {".xlsx", ".xlsm", ".ods"}
_DOCUMENTS = {".pdf", ".docx", ".eml", ".mbox"}
_MARKED_UP = {".xml", ".rss", ".atom", ".opml", ".sgm", ".sgml", ".trec"}
_CONTAINERS = {".warc", ".zip", ".tar", ".tgz"}
# The names of programs that made a page: what was saved is the page, or else no article.
SERVED = frozenset(
    ".php .php3 .php4 .php5 .phtml .shtml .shtm .stm .asp .aspx .ashx .jsp .jspx .jsf .do .cfm .cgi"
    " .pl .action".split()
)
PACKED = frozenset({".gz", ".zip", ".tgz", ".xlsx", ".xlsm", ".ods"})
SUFFIXES = frozenset(_PAGES | _RECORDS | _SHEETS | _MARKED_UP | _DOCUMENTS | _CONTAINERS | SERVED)
# What wget leaves in a name: the query behind it ("@" on Windows), the number of a second copy.
_QUERY = re.compile(r"(?:\?|%3f|@(?=\w+=)).*|(?<=\w)\.\d{1,3}$", re.IGNORECASE | re.DOTALL)
_OWN = "an index of kliping, no articles; name the folder that it was made from"
_HERE = Path()
_SUFFIX = re.compile(r"\.[a-z][a-z0-9]{0,9}")
# Hidden files, what editors keep beside a file that is open, and what says what a folder holds.
_PASSED_OVER = re.compile(r"\..*|.*~|#.*#|~\$.*|README(\..*)?", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file that may hold articles.

    ``path`` is the path as it was named. ``key`` names the file whatever the working folder:
    the name of the source's folder, then the path below it, with "/" between. ``url`` is where a
    page was saved from, if that is known; ``now`` is what its *2 jam yang lalu* is counted from,
    if it shall be counted at all. Of a file that was ``named`` by hand it is always said why it
    gives no article. ``columns`` is what a user says of the columns of a file of records;
    ``linked``, whether it is reached by a link.
    """

    path: Path
    key: str
    size: int
    mtime_ns: int
    url: str | None = None
    now: datetime | None = None
    named: bool = False
    columns: tuple[Mapped, ...] = ()
    linked: bool = False


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that was wrong, or worth a word, in a file (and line), or of a source, by name.

    ``kind``: *skipped* (something could not be taken), *repaired* (it was taken, something was
    put right or left out), *note* (worth knowing), *ignored* (not an article format), *failed*
    (it cannot be read here and now, and may be at another time: a library is missing),
    *doubtful* (taken, but all of the file lacks what it can hardly lack by right: text, dates).
    """

    path: str
    reason: str
    line: int | None = None
    kind: Kind = "skipped"

    def __str__(self) -> str:
        where = self.path if self.line is None else f"{self.path}:{self.line}"
        return f"{where}: {self.reason}"


def find_files(
    sources: Iterable[str | Path], /, *, rules_of: RulesOf = lambda path: Rules()
) -> Iterator[SourceFile | Problem]:
    """Yield the files of the sources (folders, recursively, and files), sorted, none twice.

    Left out: hidden files and folders, READMEs, editors' backups, the ``<page>_files`` folder that
    a browser saves beside a page, indexes of ours, what links outside, what ``.klipingignore`` and
    ``rules_of`` (a source, by its path) say. What cannot be used is yielded as a Problem. A source
    that does not exist raises SourceNotFound.
    """
    paths = [Path(source) for source in sources]
    if missing := next(filter(_is_missing, paths), None):
        cure = "check the spelling, or name the folder that holds your articles"
        raise SourceNotFound(f"no such file or folder; {cure}", path=missing)
    seen: set[tuple[int, int]] = set()
    for path in paths:
        yield from _walk(path, seen, rules_of(path))


def _is_missing(source: Path) -> bool:
    try:
        source.stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:  # it may be there: the walk says what is wrong with it
        return False
    return False


def _walk(source: Path, seen: set[tuple[int, int]], rules: Rules) -> Iterator[SourceFile | Problem]:
    resolved = source.resolve()
    base = resolved.name if source.is_dir() else resolved.parent.name
    above = "" if source == _HERE else f"{source.as_posix().rstrip('/')}/"
    waiting = [(source, source.is_symlink(), Patterns().within(source, rules.exclude))]
    outside: list[Path] = []
    while waiting:
        path, linked, patterns = waiting.pop()
        if path is not source and patterns.leave_out(path):
            continue
        if path is not source and linked and not rules.follow_links and leads_out(path, resolved):
            outside.append(path)
            continue
        try:
            status = path.stat()
        except OSError as error:
            yield Problem(str(path), f"cannot be read: {error.strerror}")
            continue
        if (status.st_dev, status.st_ino) in seen:  # a link, a loop, or named twice
            continue
        seen.add((status.st_dev, status.st_ino))
        if stat.S_ISDIR(status.st_mode):
            try:
                children, patterns = _children(path, patterns)
            except OSError as error:
                yield Problem(str(path), f"folder cannot be read: {error.strerror}")
            except CorpusError as error:
                yield Problem(str(path / IGNORE_FILE), f"{error.reason}; the folder is left out")
            else:
                waiting += [(child, is_link, patterns) for child, is_link in reversed(children)]
                if path is source and not children and is_index({x.name for x in path.iterdir()}):
                    yield Problem(str(path), _OWN)
        else:
            key = f"{base}/{path.name if path is source else path.as_posix().removeprefix(above)}"
            yield _looked_at(path, status, key, named=path is source, linked=linked)
    if outside:
        links = f"{counted(len(outside), 'link')} out of it, such as {outside[0].name}"
        yield Problem(str(source), f"{links}: not followed; --follow-links does", kind="note")


def _looked_at(
    path: Path, status: os.stat_result, key: str, *, named: bool, linked: bool
) -> SourceFile | Problem:
    """Return what is no folder as a file that may hold articles, or say why it holds none."""
    if not stat.S_ISREG(status.st_mode):
        return Problem(str(path), "not a regular file", kind="skipped" if named else "ignored")
    if not named and not is_article_name(path.name):
        return Problem(str(path), "not an article format", kind="ignored")
    return SourceFile(path, key, status.st_size, status.st_mtime_ns, named=named, linked=linked)


def _children(folder: Path, patterns: Patterns) -> tuple[list[tuple[Path, bool]], Patterns]:
    """Return what is in a folder and whether it is a link, and the patterns for it.

    What is never looked at is left out.
    """
    children = sorted(folder.iterdir(), key=attrgetter("name"))
    names = {child.name for child in children}
    with os.scandir(folder) as scanned:  # tells of links without asking for each
        links = {entry.name for entry in scanned if entry.is_symlink()}
    if is_index(names):
        return [], patterns
    if IGNORE_FILE in names:
        lines = (folder / IGNORE_FILE).read_text(encoding="utf-8-sig", errors="replace")
        patterns = patterns.within(folder, lines.splitlines())
    kept = [child for child in children if not is_passed_over(child.name, names)]
    return [(child, child.name in links) for child in kept], patterns


def is_passed_over(name: str, beside: Container[str], /) -> bool:
    """Say whether a file or folder, with others beside it, is never looked at."""
    if _PASSED_OVER.fullmatch(name):
        return True
    page = name.removesuffix("_files")
    return page != name and (page + ".html" in beside or page + ".htm" in beside)


def is_article_name(name: str, /) -> bool:
    """Say whether a file called so may hold articles."""
    suffix = suffix_of(name)
    return not suffix or suffix in SUFFIXES


def suffix_of(name: str, /) -> str:
    """Return what a file's name says of its format, in lower case; ".gz" says nothing.

    >>> suffix_of("Berita.HTML.gz"), suffix_of("read.php?id=5.1"), suffix_of("index.html.2")
    ('.html', '.php', '.html')
    >>> suffix_of("kurs-dolar-rp-15.750-sehari")
    ''
    """
    plain = name.lower()
    while plain.endswith(".gz"):
        plain = plain.removesuffix(".gz")
    plain = _QUERY.sub("", plain)
    at = plain.rfind(".")
    suffix = plain[at:] if at > 0 else ""
    return suffix if _SUFFIX.fullmatch(suffix) else ""
