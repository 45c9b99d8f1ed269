"""What is in a file, by what its first bytes say; its name is asked last."""

from __future__ import annotations

import json
import re
from typing import Literal

from kliping.corpus.files import SERVED, suffix_of
from kliping.corpus.records.columns import known_fields

Format = Literal[
    "empty", "binary", "html", "json", "lines", "csv", "markdown", "text",
    "warc", "mhtml", "feed", "news-xml", "xml", "zip", "tar", "program",
]  # fmt: skip

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_MAGIC = (
    b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF", b"Rar!",
    b"7z\xbc\xaf", b"\x7fELF", b"MZ\x90", b"RIFF", b"ID3", b"OggS",
    b"\xd0\xcf\x11\xe0", b"SQLite format 3", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd", b"\x1f\x8b",
)  # fmt: skip
# What these meet is a stranger's. So a comment, once read, is read (``(?>``, ``*+``): tried with
# other ends, forty comments before the first tag would take days.
_HTML = re.compile(
    rb"\s*+(?:<!--(?>.*?-->)\s*+)*+<(?:!doctype\s+html|html|head|body"
    rb"|\?xml(?>[^>]*\?>)\s*+(?:<!--(?>.*?-->)\s*+)*+<(?:!doctype\s+html|html))\b",
    re.IGNORECASE | re.DOTALL,
)
# What "curl -i" and "wget --save-headers" write before a page.
_HTTP_HEAD = re.compile(rb"HTTP/\d(?:\.\d)? \d{3}[^\n]*\n(?:[\w-]+:[^\n]*\n)*\r?\n")
_PROGRAM = re.compile(rb"\s*(?:<\?(?:php|=)|<%|#!)", re.IGNORECASE)
_TAG = re.compile(rb"<(?:p|div|article|section|h1|meta|title|body|main|table|span)\b[^<>]*>", re.I)
_JSON_OBJECT = re.compile(rb"""\s*\{\s*(?:"|\}|\Z)""")
_JSON_ARRAY = re.compile(rb"""\s*\[\s*(?:[{"\[\]]|\Z|-?\d+\s*[,\]])""")
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_TAR, _TAR_PLACE = b"ustar", 257
# UTF-16 that lacks its mark: what begins with "<" is markup.
_WIDE_MARKUP = {b"<\x00": "utf-16-le", b"\x00<": "utf-16-be"}
_ROOT = re.compile(
    rb"\s*+(?:<\?(?>.*?\?>)\s*+|<!--(?>.*?-->)\s*+|<!DOCTYPE[^>\[]*+(?>(?:\[.*?\]\s*+)?>)\s*+)*+"
    rb"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)",
    re.IGNORECASE | re.DOTALL,
)
_XML_ROOTS: dict[bytes, Format] = {
    b"html": "html",
    b"rss": "feed", b"RDF": "feed", b"feed": "feed",
    b"newsItem": "news-xml", b"newsMessage": "news-xml", b"nitf": "news-xml",
}  # fmt: skip
_MIME = re.compile(
    rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?content-type:\s*(?:multipart/|text/html)",
    re.IGNORECASE,
)
_MIME_VERSION = re.compile(rb"^mime-version:\s*1", re.IGNORECASE | re.MULTILINE)
_CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13, 27}) + b"\x7f"
_BY_NAME: dict[str, Format] = {
    ".jsonl": "lines", ".ndjson": "lines", ".json": "json", ".csv": "csv", ".md": "markdown",
}  # fmt: skip


def sniff(head: bytes, name: str, /) -> Format:
    """Return the format of a file that begins so and is called so (".gz" does not count)."""
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        return "binary" if len(head) > 64 and not head.strip(b"\x00") else "empty"
    if found := _packed(head):
        return found
    encoding = "utf-16" if head.startswith(_UTF16) else _WIDE_MARKUP.get(head[:2])
    if not encoding and _is_binary(head):
        return "binary"
    if encoding:
        head = head.decode(encoding, "ignore").encode("utf-8", "ignore")
    return _of_text(head.removeprefix(b"\xef\xbb\xbf"), suffix_of(name))


def _packed(head: bytes) -> Format | None:
    """Return the format of a container, if the file is one."""
    if head.startswith(_ZIP):
        return "zip"
    if head.startswith(_TAR, _TAR_PLACE):
        return "tar"
    return "warc" if head.startswith(b"WARC/") else None


def delimiter_of(header: str, /) -> str | None:
    """Return what parts the columns of a CSV header, or None if it is no header of articles."""
    best = max(",;\t|", key=header.count)
    names = known_fields([name.strip('" ') for name in header.split(best)])
    return best if names & {"title", "body"} else None


def _is_binary(head: bytes) -> bool:
    if head.startswith(_MAGIC):
        return True
    return len(head) - len(head.translate(None, _CONTROLS)) > len(head) * 0.05


def _of_text(head: bytes, suffix: str) -> Format:
    if served := _HTTP_HEAD.match(head):
        head = head[served.end() :]
    if suffix in SERVED:
        found: Format = "program" if _PROGRAM.match(head) else _of_content(head, suffix)
        return "program" if found == "text" else found
    return _of_content(head, suffix)


def _of_content(head: bytes, suffix: str) -> Format:
    if found := _of_markup(head, suffix):
        return found
    if _JSON_ARRAY.match(head):
        return "json"
    if _JSON_OBJECT.match(head):
        return "lines" if suffix in {".jsonl", ".ndjson"} or _is_one_a_line(head) else "json"
    if suffix in {".html", ".htm", ".xhtml"} or len(_TAG.findall(head, 0, 16384)) > 5:
        return "html" if _TAG.search(head) else "text"
    if named := _BY_NAME.get(suffix):
        return "lines" if named == "json" else named
    first = head.split(b"\n", 1)[0].decode("utf-8", "replace")
    return "csv" if suffix != ".txt" and delimiter_of(first) and _is_columns(first) else "text"


def _of_markup(head: bytes, suffix: str) -> Format | None:
    """Return which XML this is by its root, or that it is a page; None if its name must tell."""
    if _HTML.match(head):
        return "html"
    if _MIME_VERSION.search(head, 0, 4096) and _MIME.match(head):
        return "mhtml"
    root = _ROOT.match(head)
    if root is None:
        return None
    if found := _XML_ROOTS.get(root[1]):
        return found
    is_xml = head.lstrip().startswith(b"<?xml") or suffix in {".xml", ".rss", ".atom"}
    return "xml" if is_xml and suffix not in {".html", ".htm", ".xhtml"} else None


def _is_one_a_line(head: bytes) -> bool:
    """Say whether the first line is a whole JSON object and another begins on the next."""
    first, newline, rest = head.strip().partition(b"\n")
    if not newline or not rest.lstrip().startswith(b"{"):
        return False
    try:
        json.loads(first)
    except (ValueError, RecursionError):
        return False
    return True


def _is_columns(header: str) -> bool:
    best = max(",;\t|", key=header.count)
    names = header.split(best)
    return len(names) > 1 and len(known_fields([name.strip('" ') for name in names])) > 1
