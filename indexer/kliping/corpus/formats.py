"""What is in a file, by what its first bytes say; its name is asked last."""

from __future__ import annotations

import json
import re
from pathlib import PurePath
from typing import Literal

from kliping.corpus.records import known_fields

Format = Literal["empty", "binary", "html", "json", "lines", "csv", "markdown", "text"]

_UTF16 = (b"\xff\xfe", b"\xfe\xff")
_MAGIC = (
    b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"%PDF", b"PK\x03\x04", b"Rar!",
    b"7z\xbc\xaf", b"\x7fELF", b"MZ\x90", b"RIFF", b"ID3", b"OggS",
    b"\xd0\xcf\x11\xe0", b"SQLite format 3", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd", b"\x1f\x8b",
)  # fmt: skip
_HTML = re.compile(
    rb"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|\?xml[^>]*\?>\s*(?:<!--.*?-->\s*)*<(?:!doctype"
    rb"\s+html|html))\b",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(rb"<(?:p|div|article|section|h1|meta|title|body|main|table|span)\b[^>]*>", re.I)
_JSON_OBJECT = re.compile(rb"""\s*\{\s*(?:"|\}|\Z)""")
_JSON_ARRAY = re.compile(rb"""\s*\[\s*(?:[{"\[\]]|\Z|-?\d+\s*[,\]])""")
_CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13, 27}) + b"\x7f"
_BY_NAME: dict[str, Format] = {
    ".jsonl": "lines", ".ndjson": "lines", ".json": "json", ".csv": "csv", ".md": "markdown",
}  # fmt: skip


def sniff(head: bytes, name: str, /) -> Format:
    """Return the format of a file that begins so and is called so (".gz" does not count)."""
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        return "binary" if len(head) > 64 and not head.strip(b"\x00") else "empty"
    wide = head.startswith(_UTF16)
    if not wide and _is_binary(head):
        return "binary"
    if wide:
        head = head.decode("utf-16", "ignore").encode("utf-8", "ignore")
    return _of_text(head.removeprefix(b"\xef\xbb\xbf"), suffix_of(name))


def suffix_of(name: str, /) -> str:
    """Return the suffix of a file's name in lower case, without ".gz"."""
    return PurePath(name.lower().removesuffix(".gz")).suffix


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
    if _HTML.match(head):
        return "html"
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
