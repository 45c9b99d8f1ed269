"""What is in a file, by what its first bytes say; its name is asked last."""

from __future__ import annotations

import json
import re
from typing import Literal

from kliping.corpus.files import SERVED, suffix_of
from kliping.corpus.records.dialect import looks_tabular
from kliping.corpus.text.decoding import wide

Format = Literal[
    "empty", "binary", "html", "json", "lines", "csv", "markdown", "text",
    "warc", "mhtml", "feed", "news-xml", "xml", "zip", "tar", "program",
    "excel", "ods", "trec", "opml", "sitemap", "pdf", "word", "mail", "mbox",
    "references", "sql", "parquet", "old-office",
]  # fmt: skip

_MAGIC = (
    b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"Rar!",
    b"7z\xbc\xaf", b"\x7fELF", b"MZ\x90", b"RIFF", b"ID3", b"OggS",
    b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd", b"\x1f\x8b",
)  # fmt: skip
# What other programs can turn into something that we read.
_FOR_OTHERS: dict[bytes, Format] = {
    b"PAR1": "parquet", b"\xd0\xcf\x11\xe0": "old-office", b"SQLite format 3": "sql",
}  # fmt: skip
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
# The first entry of what keeps references: RIS, BibTeX, Zotero's and EndNote's exports.
_REFERENCES = re.compile(
    rb"\s*+(?:TY {2}- [A-Z]+\s|%0 [A-Z][^\n]{1,40}\n%[A-Z] |@[a-z]{3,16}\s?\{[^\s{},]{0,80},\s)",
    re.IGNORECASE,
)
# What mysqldump, pg_dump and sqlite3's .dump write first.
_SQL = re.compile(
    rb"\s*+(?:(?:--[^\n]*+|/\*(?>.*?\*/);?|SET [^\n]*+)\s++)*+(?:PRAGMA |BEGIN TRANS"
    rb"|(?:CREATE|DROP) (?:TABLE|DATABASE)|INSERT INTO|LOCK TABLES)",
    re.IGNORECASE | re.DOTALL,
)
_TAG = re.compile(rb"<(?:p|div|article|section|h1|meta|title|body|main|table|span)\b[^<>]*>", re.I)
_JSON_OBJECT = re.compile(rb"""\s*\{\s*(?:"|\}|\Z)""")
_JSON_ARRAY = re.compile(rb"""\s*\[\s*(?:[{"\[\]]|\Z|-?\d+\s*[,\]]|null\s*,)""")
# A script that holds nothing but a value: "const berita = [", "window.data = {", "callback([".
_ASSIGNED = re.compile(
    rb"\s*+(?:/\*(?>.*?\*/)\s*+|//[^\n]*+\s*+)*+(?:export\s+)?"
    rb"(?:default|(?:var|let|const)\s+[\w$]+\s*=|[\w$.]++(?:\[[^\]]*\])?\s*[=(])\s*(?=[\[{])",
    re.DOTALL,
)
_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_NAME = 30  # where the name of a zip's first part stands
_ODS = b"mimetypeapplication/vnd.oasis.opendocument.spreadsheet"
_TAR, _TAR_PLACE = b"ustar", 257
_ROOT = re.compile(
    rb"\s*+(?:<\?(?>.*?\?>)\s*+|<!--(?>.*?-->)\s*+|<!DOCTYPE[^>\[]*+(?>(?:\[.*?\]\s*+)?>)\s*+)*+"
    rb"<(?:[\w.-]+:)?([A-Za-z][\w.-]*)",
    re.IGNORECASE | re.DOTALL,
)
_XML_ROOTS: dict[bytes, Format] = {
    b"html": "html",
    b"rss": "feed", b"RDF": "feed", b"feed": "feed",
    b"opml": "opml", b"urlset": "sitemap", b"sitemapindex": "sitemap",
    b"DOC": "trec", b"doc": "trec",
    b"newsItem": "news-xml", b"newsMessage": "news-xml", b"nitf": "news-xml",
}  # fmt: skip
_MIME = re.compile(
    rb"(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*)*?content-type:\s*(?:multipart/|text/html)",
    re.IGNORECASE,
)
_MIME_VERSION = re.compile(rb"^mime-version:\s*1", re.IGNORECASE | re.MULTILINE)
# Whoever saves a page writes none of these; whoever sends one does.
_SENT = re.compile(
    rb"^(?:received|message-id|return-path|delivered-to|to|list-unsubscribe|x-[\w-]+):",
    re.IGNORECASE | re.MULTILINE,
)
_HEADERS = re.compile(rb"(?:[A-Za-z][\w-]*:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}\r?\n")
_MBOX = re.compile(rb"From \S+ (?>[^\n]*\d{4})[^\n]*+\n(?=[A-Za-z][\w-]*:)")
_CONTROLS = bytes(set(range(32)) - {9, 10, 12, 13, 27}) + b"\x7f"
_BY_NAME: dict[str, Format] = {
    ".jsonl": "lines", ".ndjson": "lines", ".json": "json", ".md": "markdown", ".csv": "csv",
    ".tsv": "csv", ".tab": "csv",
}  # fmt: skip
_TABLES = frozenset(name for name, found in _BY_NAME.items() if found == "csv")
_TEXTS = frozenset({".html", ".htm", ".xhtml", ".md"})  # a comma in them parts no columns
_SCRIPTS = frozenset({".js", ".json", ".jsonp", ""})


def sniff(head: bytes, name: str, /) -> Format:
    """Return the format of a file that begins so and is called so (".gz" does not count)."""
    if not head.strip(b"\x00 \t\r\n\xef\xbb\xbf"):
        return "binary" if len(head) > 64 and not head.strip(b"\x00") else "empty"
    if found := _packed(head):
        return found
    if encoding := wide(head):
        head = head.decode(encoding, "ignore").encode("utf-8", "ignore")
    elif _is_binary(head):
        return "binary"
    return _of_text(head.removeprefix(b"\xef\xbb\xbf"), suffix_of(name))


def _packed(head: bytes) -> Format | None:
    """Return the format of a container, if the file is one."""
    if head.startswith(_ZIP):
        return _of_zip(head)
    if head.startswith(_TAR, _TAR_PLACE):
        return "tar"
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(tuple(_FOR_OTHERS)):
        return _FOR_OTHERS[next(filter(head.startswith, _FOR_OTHERS))]
    return "warc" if head.startswith(b"WARC/") else None


def _of_zip(head: bytes) -> Format:
    """Return which zip this is, by the name of its first part: an archive may hold workbooks."""
    name = head[_NAME : _NAME + int.from_bytes(head[_NAME - 4 : _NAME - 2], "little")]
    if head.startswith(_ODS, _NAME):
        return "ods"
    if not name.startswith((b"[Content_Types].xml", b"_rels/", b"docProps/", b"xl/", b"word/")):
        return "zip"
    if b"xl/" in head:
        return "excel"
    return "word" if b"word/" in head else "zip"


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
    if found := _of_markup(head, suffix) or _of_others(head, suffix):
        return found
    if found := _of_records(head, suffix):
        return found
    if suffix in {".html", ".htm", ".xhtml"} or len(_TAG.findall(head, 0, 16384)) > 5:
        return "html" if _TAG.search(head) else "text"
    if named := _BY_NAME.get(suffix):
        return "lines" if named == "json" else named
    return "text"


def _of_others(head: bytes, suffix: str) -> Format | None:
    """Return what is kept for other programs, and holds no texts or not as such."""
    if _REFERENCES.match(head):
        return "references"
    return "sql" if suffix == ".sql" or _SQL.match(head) else None


def _of_records(head: bytes, suffix: str) -> Format | None:
    """Return which records these are, or that a script is nothing else; None for no records."""
    if _JSON_ARRAY.match(head) or (suffix in _SCRIPTS and _ASSIGNED.match(head)):
        return "json"
    if suffix == ".js":
        return "program"
    if _JSON_OBJECT.match(head):
        return "lines" if suffix in {".jsonl", ".ndjson"} or _is_one_a_line(head) else "json"
    is_table = suffix in _TABLES or (
        suffix not in _TEXTS and looks_tabular(head, strict=suffix == ".txt")
    )
    return "csv" if is_table else None


def _of_markup(head: bytes, suffix: str) -> Format | None:
    """Return which XML this is by its root, or that it is a page; None if its name must tell."""
    if _HTML.match(head):
        return "html"
    if found := _of_mail(head, suffix):
        return found
    if _MIME_VERSION.search(head, 0, 4096) and _MIME.match(head):
        return "mhtml"
    root = _ROOT.match(head)
    if root is None:
        return None
    if found := _XML_ROOTS.get(root[1]):
        return found
    is_xml = head.lstrip().startswith(b"<?xml") or suffix in {".xml", ".rss", ".atom"}
    return "xml" if is_xml and suffix not in {".html", ".htm", ".xhtml"} else None


def _of_mail(head: bytes, suffix: str) -> Format | None:
    """Return whether this is a message, or a box of them; a saved page is a message never sent."""
    if _MBOX.match(head):
        return "mbox"
    headers = _HEADERS.match(head)
    if headers is None:
        return None
    is_message = re.search(rb"^from:", headers[0], re.IGNORECASE | re.MULTILINE)
    is_sent = suffix == ".eml" or len(_SENT.findall(headers[0])) > 1
    is_saved = b"Snapshot-Content-Location" in headers[0] or suffix in {".mht", ".mhtml"}
    return "mail" if is_message and is_sent and not is_saved else None


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
