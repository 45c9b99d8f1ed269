"""Newsletters as a mailbox keeps them (.eml, .mbox): the message is the article.

Its subject is the headline, its day the day, its sender the source. One that somebody forwarded is
the message within. Of the forms that it comes in, the one with the most text counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from email import message_from_bytes, policy
from email.message import EmailMessage, MIMEPart
from email.utils import parseaddr, parsedate_to_datetime

from bs4 import BeautifulSoup

from kliping.article import Article
from kliping.corpus.files import Problem, SourceFile
from kliping.corpus.html.fragments import parts_of
from kliping.corpus.records.reader import RecordReader
from kliping.corpus.text.decoding import decode
from kliping.corpus.text.tidying import split_paragraphs

_BOX = re.compile(rb"^From \S+ (?>[^\n]*\d{4})[^\n]*+\n(?=[A-Za-z][\w-]*:)", re.MULTILINE)
_PREFIX = re.compile(r"(?:(?:fwd?|fw|re|trs|bls|teruskan|balas)\s*:\s*)+", re.IGNORECASE)
# What mail programs write above a message that is forwarded: a rule, then its headers.
_FORWARDED = re.compile(
    r"(?<![-_ ])[-_ ]{2,}+\s*+"
    r"(?:forwarded message|original message|pesan (?:yang )?diteruskan|pesan asli)"
    r"\s*[-_ ]{2,}",
    re.IGNORECASE,
)
_HEADERS = {
    "from": "source", "dari": "source", "date": "date", "sent": "date", "tanggal": "date",
    "dikirim": "date", "subject": "title", "subjek": "title", "perihal": "title",
    "to": "", "kepada": "", "cc": "", "reply-to": "",
}  # fmt: skip
_HEADER = re.compile(rf"\*?({'|'.join(_HEADERS)})\s*:\*?\s*(.*)", re.IGNORECASE)
# Lines by which a newsletter speaks of itself.
_OF_ITSELF = re.compile(
    r".{0,60}\b(?:unsubscribe|berhenti berlangganan|batal(?:kan)? (?:ber)?langganan"
    r"|(?:view|lihat|buka|baca)\b.{0,30}\b(?:in (?:your |a )?browser|peramban|browser)"
    r"|manage (?:your )?preferences|kelola preferensi)\b.{0,120}",
    re.IGNORECASE,
)
_HIDDEN = re.compile(r"display\s*:\s*none|mso-hide\s*:\s*all", re.IGNORECASE)


def read_mail(file: SourceFile, data: bytes, /) -> Iterator[Article | Problem]:
    """Yield the article that a message is, or why it is none."""
    reader = RecordReader(file.path.as_posix(), file.key)
    yield from _read(reader, data)
    yield from reader.notes()


def read_mbox(file: SourceFile, data: bytes, /) -> Iterator[Article | Problem]:
    """Yield the articles that the messages of a mailbox are."""
    reader = RecordReader(file.path.as_posix(), file.key)
    starts = [*(found.end() for found in _BOX.finditer(data)), len(data)]
    ends = [*(found.start() for found in _BOX.finditer(data)), len(data)][1:]
    for number, (start, end) in enumerate(zip(starts, ends, strict=False), start=1):
        line = data.count(b"\n", 0, start) + 1
        yield from _read(reader, data[start:end], line=line, number=number)
    yield from reader.notes()


def _read(
    reader: RecordReader, data: bytes, *, line: int | None = None, number: int | None = None
) -> Iterator[Article | Problem]:
    message = _innermost(message_from_bytes(data, policy=policy.default))
    paragraphs = _paragraphs(message)
    if not paragraphs:
        yield Problem(reader.path, "a message without text", line)
        return
    name, address = parseaddr(_header(message, "From"))
    record: dict[str, object] = {
        "title": _PREFIX.sub("", _header(message, "Subject")),
        "source": name or address.rpartition("@")[2],
        "url": _header(message, "Archived-At").strip("<> "),
    }
    forwarded = next((at for at, x in enumerate(paragraphs) if _FORWARDED.match(x)), None)
    if forwarded is not None:
        told, paragraphs = _without_headers(paragraphs[forwarded:])
        record |= told
    record.setdefault("date", _day(_header(message, "Date")))
    record["body"] = "\n\n".join(x for x in paragraphs if not _OF_ITSELF.fullmatch(x))
    yield from reader.read(record, line=line, number=number)


def _innermost(message: EmailMessage) -> EmailMessage:
    """Return the message that was forwarded as an attachment, if it is all there is."""
    for part in message.walk():
        if part.get_content_type() == "message/rfc822" and part is not message:
            inner = part.get_payload()
            if isinstance(inner, list) and isinstance(inner[0], EmailMessage):
                own = message.get_body(("plain", "html"))
                return inner[0] if own is None or len(_text(own)) < 200 else message
    return message


def _header(message: EmailMessage, name: str) -> str:
    try:
        return " ".join(str(message.get(name, "")).split())
    except (ValueError, IndexError, AttributeError):  # what no standard foresees
        return ""


def _day(text: str) -> datetime | str | None:
    try:
        return parsedate_to_datetime(text).isoformat() if text else None
    except (ValueError, TypeError):
        return text


def _paragraphs(message: EmailMessage) -> list[str]:
    """Return the paragraphs of the form that says the most."""
    forms = []
    for kind in ("html", "plain"):
        part = message.get_body((kind,))
        if part is not None and (text := _text(part)):
            forms.append(_of_html(text) if kind == "html" else split_paragraphs(text))
    return max(forms, key=lambda form: sum(map(len, form)) if form else 0, default=[])


def _text(part: MIMEPart) -> str:
    payload = part.get_payload(decode=True)
    if not isinstance(payload, bytes):
        return ""
    return decode(payload, declared=part.get_content_charset()).text


def _of_html(markup: str) -> list[str]:
    """Return the paragraphs of a newsletter: tables lay it out, and its opening is hidden."""
    soup = BeautifulSoup(markup, "lxml")
    for element in soup(["head", "style", "script", "title"]):
        element.decompose()
    for element in soup.find_all(style=_HIDDEN):
        element.decompose()
    for element in soup(["table", "tbody", "thead", "tr", "td", "th", "center"]):
        element.name = "div"
    return list(parts_of(str(soup)).paragraphs)


def _without_headers(paragraphs: list[str]) -> tuple[dict[str, object], list[str]]:
    """Return what the headers of a forwarded message say, and what stands below them."""
    told: dict[str, object] = {}
    lines = [line for text in paragraphs[:8] for line in text.split("\n")]
    lines[0] = _FORWARDED.sub("", lines[0]).strip()
    while lines and (not lines[0] or _HEADER.match(lines[0])):
        found = _HEADER.match(lines.pop(0))
        if found and (field := _HEADERS[found[1].lower()]):
            name = parseaddr(found[2])[0] if field == "source" else found[2]
            told.setdefault(field, _PREFIX.sub("", name) or found[2])
    return told, [*lines, *paragraphs[8:]]
