"""Read the files: "Here is a file: give me its articles."."""

from __future__ import annotations

import io
import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace

from kliping.article import Article
from kliping.corpus.containers.streams import DAMAGE, HEAD, Bomb, Budget, Opened, gunzipped
from kliping.corpus.files import Kind, Problem, SourceFile
from kliping.corpus.formats import Format, sniff
from kliping.corpus.limits import Limits
from kliping.corpus.shares import Share

# An archive may lie in an archive, and no deeper.
_DEEPEST = 1
_PIECE = 1 << 20
_CURE = "split it if it holds several"


def read_file(
    file: SourceFile,
    /,
    *,
    limits: Limits = Limits(),  # noqa: B008 (frozen)
    share: Share | None = None,
) -> Iterator[Article | Problem]:
    """Yield the articles of a file, and what is wrong with it; never raise for what is in it.

    The format is what the content says, not the name. Lines (.jsonl, .csv), archives and WARC
    stream. ``share`` is the part that is asked for, where others read the rest.
    """
    path = file.path.as_posix()
    try:
        with io.BufferedReader(file.path.open("rb", buffering=0), HEAD) as raw:
            budget = Budget(limits, packed=os.fstat(raw.fileno()).st_size)
            for item in _read(Opened(file, raw, budget, share=share or Share())):
                kept = _of_a_size(item, limits)
                yield _aloud(kept, path) if file.named else kept
    except RecursionError:
        yield Problem(path, "nested too deeply to be read on")
    except Bomb as bomb:
        yield Problem(path, str(bomb))
    except OSError as error:
        yield Problem(path, f"cannot be read: {error.strerror or error}")


def _of_a_size(item: Article | Problem, limits: Limits) -> Article | Problem:
    """Return the item, or what is wrong with an article that no one can have written."""
    if isinstance(item, Problem) or len(item.body) <= limits.text:
        return item
    what = f"'{(item.title or item.id)[:60]}' has over {limits.text:,} characters"
    return Problem(item.path or item.id, f"{what}: too large for one article; {_CURE}")


def _aloud(item: Article | Problem, path: str) -> Article | Problem:
    """Return what is said of a file that was named by hand: that it is passed over, too."""
    if isinstance(item, Problem) and item.kind == "ignored" and item.path == path:
        return replace(item, kind="skipped")
    return item


def _read(opened: Opened) -> Iterator[Article | Problem]:
    path = opened.path
    stream = opened.stream
    try:
        stream = gunzipped(stream, opened.budget)
        head = stream.peek(HEAD)
    except DAMAGE as error:
        yield Problem(path, f"{_damaged(opened, stream)}: {error}")
        return
    found = sniff(head, opened.file.path.name)
    opened = replace(opened, stream=stream, packed=opened.packed or stream is not opened.stream)
    if found not in _SHARED and not opened.share.is_here:
        return
    if reason := _NOTHING.get(found):
        kind: Kind = "ignored" if found in _IGNORED else "skipped"
        yield Problem(path, reason, kind=kind)
    elif found in _ARCHIVES:
        yield from _read_archive(opened, found)
    elif found in _STREAMED:
        yield from _STREAMED[found](opened)
    else:
        yield from _read_whole(opened, found)


def _damaged(opened: Opened, stream: object) -> str:
    if stream is not opened.stream:
        return "a damaged gzip"
    return "cut off or damaged" if opened.packed else "cannot be read"


def _read_archive(opened: Opened, found: Format) -> Iterator[Article | Problem]:
    from kliping.corpus.containers.archives import read_tar, read_zip

    if opened.depth > _DEEPEST:
        yield Problem(opened.path, "an archive in an archive in an archive: not read")
    else:
        yield from (read_zip if found == "zip" else read_tar)(opened, _read)


def _read_warc(opened: Opened) -> Iterator[Article | Problem]:
    from kliping.corpus.containers.warc import read_warc

    return read_warc(opened)


def _read_lines(opened: Opened) -> Iterator[Article | Problem]:
    from kliping.corpus.records.json_lines import read_json_lines

    return read_json_lines(opened)


def _read_json(opened: Opened) -> Iterator[Article | Problem]:
    from kliping.corpus.records.json_files import read_json

    return read_json(opened)


def _read_excel(opened: Opened) -> Iterator[Article | Problem]:
    from kliping.corpus.records.spreadsheets import read_excel

    return read_excel(opened)


def _read_ods(opened: Opened) -> Iterator[Article | Problem]:
    from kliping.corpus.records.spreadsheets import read_ods

    return read_ods(opened)


def _read_csv(opened: Opened) -> Iterator[Article | Problem]:
    from kliping.corpus.records.delimited import read_delimited

    return read_delimited(opened)


def _read_whole(opened: Opened, found: Format) -> Iterator[Article | Problem]:
    path, limits = opened.path, opened.limits
    try:
        most = _most(found, limits)
        data = b"".join(_pieces(opened.stream, most + 1))
    except DAMAGE as error:
        yield Problem(path, f"cut off or damaged: {error}")
        return
    if len(data) > most:
        size = f"larger than {most >> 20} MB"
        yield Problem(path, f"{size}: too large for one article; {_CURE}")
        return
    try:
        yield from _WHOLE[found](opened.file, data)
    except RecursionError:
        yield Problem(path, "nested too deeply to be read")


def _pieces(stream: io.BufferedReader, most: int) -> Iterator[bytes]:
    """Yield so many bytes at most: asked for at once, they would be set aside at once."""
    while most and (piece := stream.read(min(most, _PIECE))):
        most -= len(piece)
        yield piece


def _most(found: Format, limits: Limits) -> int:
    """Return how many bytes a file may have that is read whole."""
    if found == "mhtml":
        return limits.saved
    return min(limits.whole, 4 * limits.text) if found in {"text", "markdown"} else limits.whole


def _read_html(file: SourceFile, data: bytes) -> Iterator[Article | Problem]:
    from kliping.corpus.html.webpage import read_page

    return read_page(file, data, url=file.url)


def _read_mhtml(file: SourceFile, data: bytes) -> Iterator[Article | Problem]:
    from kliping.corpus.containers.mhtml import read_mhtml

    return read_mhtml(file, data)


def _read_feed(file: SourceFile, data: bytes) -> Iterator[Article | Problem]:
    from kliping.corpus.containers.feeds import read_feed

    return read_feed(file, data)


def _read_news_xml(file: SourceFile, data: bytes) -> Iterator[Article | Problem]:
    from kliping.corpus.containers.news_xml import read_news_xml

    return read_news_xml(file, data)


def _read_xml(file: SourceFile, data: bytes) -> Iterator[Article | Problem]:
    from kliping.corpus.containers.xml_records import read_xml

    return read_xml(file, data)


def _read_pdf(file: SourceFile, data: bytes) -> Iterator[Article | Problem]:
    from kliping.corpus.documents.pdf import read_pdf

    return read_pdf(file, data)


def _read_word(file: SourceFile, data: bytes) -> Iterator[Article | Problem]:
    from kliping.corpus.documents.word import read_word

    return read_word(file, data)


def _read_mail(file: SourceFile, data: bytes) -> Iterator[Article | Problem]:
    from kliping.corpus.containers.mail import read_mail

    return read_mail(file, data)


def _read_mbox(file: SourceFile, data: bytes) -> Iterator[Article | Problem]:
    from kliping.corpus.containers.mail import read_mbox

    return read_mbox(file, data)


def _read_trec(file: SourceFile, data: bytes) -> Iterator[Article | Problem]:
    from kliping.corpus.containers.trec import read_trec

    return read_trec(file, data)


def _read_text(file: SourceFile, data: bytes) -> Iterator[Article | Problem]:
    from kliping.corpus.text.text_files import read_text

    return read_text(file, data)


def _read_markdown(file: SourceFile, data: bytes) -> Iterator[Article | Problem]:
    from kliping.corpus.text.text_files import read_text

    return read_text(file, data, markdown=True)


_NOTHING: Mapping[str, str] = {
    "empty": "empty",
    "binary": "binary, not text",
    "opml": "OPML: a list of feeds, not their articles; save the feeds and name them",
    "sitemap": "a sitemap: addresses, not articles; save the pages and name them",
    "references": "references (RIS or BibTeX), not the texts; save their pages and name them",
    "sql": "a database or a dump of one: export its table as CSV and name that",
    "parquet": "Parquet: save it as JSON lines or CSV and name that",
    "old-office": "an Office file of before 2007: save it as .xlsx or .docx and name that",
    "program": "the program or a fragment of a page, not the page that it made",
}
_IGNORED = frozenset({"program", "opml", "sitemap"})
_ARCHIVES = frozenset({"zip", "tar"})
_STREAMED: Mapping[str, Callable[[Opened], Iterator[Article | Problem]]] = {
    "lines": _read_lines,
    "json": _read_json,
    "csv": _read_csv,
    "excel": _read_excel,
    "ods": _read_ods,
    "warc": _read_warc,
}
_SHARED = _ARCHIVES | {"lines", "json", "csv", "warc"}
_WHOLE: Mapping[str, Callable[[SourceFile, bytes], Iterator[Article | Problem]]] = {
    "html": _read_html,
    "text": _read_text,
    "markdown": _read_markdown,
    "mhtml": _read_mhtml,
    "feed": _read_feed,
    "news-xml": _read_news_xml,
    "trec": _read_trec,
    "xml": _read_xml,
    "pdf": _read_pdf,
    "word": _read_word,
    "mail": _read_mail,
    "mbox": _read_mbox,
}
