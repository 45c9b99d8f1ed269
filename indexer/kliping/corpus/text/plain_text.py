"""A text file is an article: "Which line is the headline, and who wrote it?".

The shape that saved Indonesian articles have: the headline on the first line; then, each on a
line of its own and in any order, the author's name and the word *Penulis*, a teaser that
repeats a sentence of the body, perhaps a date; then the body, whose first sentence follows a
dateline. What ``clean`` takes out of any article (*Baca juga*, *Artikel terkait*, datelines) is
left to it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import takewhile

from kliping.corpus.records.naming import known_fields
from kliping.corpus.text.datelines import find_dateline
from kliping.corpus.text.head_lines import body_of, head_line, is_date, known_pair, pair
from kliping.corpus.text.tidying import split_paragraphs

_HEADER_LINES = 8  # between headline and body: two authors, two roles, teaser, date, place, source
_ROLES = r"(?:penulis|editor|reporter|pewarta|wartawan|kontributor|oleh|teks|tim penulis)"
_ROLE = re.compile(rf"{_ROLES}\s*:?", re.IGNORECASE)
_SIGNED = re.compile(rf"(?i:{_ROLES})\s*[-–—|/,]\s*(.+)|(.+?)\s*[-–—|/,(]\s*(?i:{_ROLES})\)?")
_NAME = re.compile(
    r"(?:[A-Z][\w.'’-]*|bin|binti|van|de|al)(?: (?:[A-Z][\w.'’-]*|bin|binti|van|de|al|dan|&)){0,6}"
)
_LONGEST_NAME = 80  # characters, of several names too
_LONGEST_SIGNATURE = 120  # with the word that says what they did
_SENTENCE = re.compile(r"""(?<=[.!?])["'”’)]*\s+""")
_FRONT_MATTER = re.compile(r"---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)

# A line that messengers show in bold or italics.
_EMPHASIS = re.compile(r"^([*_])(?=[^\s*_])([^*_\n]{1,500})(?<!\s)\1$", re.MULTILINE)
# What a message that was handed on says above its headline.
_FORWARDED = re.compile(
    r"\W*+(?:diteruskan|forwarded|fwd|copas|copy ?paste|repost|dari (?:grup|group))\b"
    r"[^\n.!?]{0,60}\n+",
    re.IGNORECASE,
)
# How messengers export a message: "[05/11/24 15.40.12] Grup Warta: ", "5/11/24, 15.40 - Rina: ".
_CHAT = re.compile(
    r"\[?\d{1,2}[/.]\d{1,2}[/.]\d{2,4},? \d{1,2}[.:]\d\d(?:[.:]\d\d)?(?:\]| -) [^:\n]{1,40}: "
)
# The way to a page, copied with it: "Beranda > Nasional > Peristiwa".
_CRUMBS = re.compile(r"[\w &-]{2,30}(?:[>»›][\w &-]{2,30}){1,5}\n")
# What Markdown adds to a text, and what stands for it: pictures, links, emphasis, headings and
# quotations.
_MARKDOWN = tuple(
    (re.compile(pattern, re.MULTILINE), plain)
    for pattern, plain in (
        (r"!\[[^\]\n]{0,500}\]\([^)\n]{0,500}\)", ""),
        (r"\[([^\]\n]{1,500})\]\([^)\s]{0,500}(?:\s\"[^\"\n]{0,500}\")?\)", r"\1"),
        (r"(\*\*|__)(?=\S)(.{1,500}?)(?<=\S)\1", r"\2"),
        (r"(?<![\w*])([*_])(?=\S)([^*_\n]{1,500}?)(?<=\S)\1(?![\w*])", r"\2"),
        (r"^\s{0,3}(?:#{1,6}|>)[ \t]+", ""),
        (r"^(?:```|~~~).*$", ""),
    )
)


def parse_text(text: str, /, *, markdown: bool = False) -> dict[str, object]:
    """Return the record that a text file amounts to: title, body, authors, whatever it says.

    >>> parse_text("Banjir di Wening\\nPenulis\\nRina Sari\\nABC.com - Hujan turun.")
    {'title': 'Banjir di Wening', 'authors': ['Rina Sari'], 'body': 'ABC.com - Hujan turun.'}
    """
    record: dict[str, object] = {}
    text = text.replace("\r\n", "\n").lstrip("\ufeff\n ")
    if matter := _FRONT_MATTER.match(text):
        record |= _front_matter(matter[1])
        text = text[matter.end() :]
    text = _without_markdown(text) if markdown else _EMPHASIS.sub(r"\2", text)
    if chat := _CHAT.match(text):
        text = _EMPHASIS.sub(r"\2", text[chat.end() :])
    if handed_on := _FORWARDED.match(text):
        text = text[handed_on.end() :]
    if crumbs := _CRUMBS.match(text):
        text = text[crumbs.end() :].lstrip()
    told, text = _head_of(text)
    record |= told
    lines = split_paragraphs(text)
    is_labelled = bool(record and lines) and body_of(lines[0]) is not None
    if (
        len(lines) > 1
        and not is_labelled
        and "title" not in known_fields(list(record))
        and _is_title(lines[0])
    ):
        record["title"] = lines.pop(0)
    elif lines and lines[0] == record.get("title"):
        lines.pop(0)
    return _without_header(lines, record)


def _head_of(text: str) -> tuple[dict[str, object], str]:
    """Return what the lines above the headline say, and the text below them."""
    told: dict[str, object] = {}
    lines = text.split("\n")
    at = 0
    while at < len(lines) - 1 and (found := head_line(lines[at].strip())):
        told.setdefault(*found)
        at += 1
        while at < len(lines) - 1 and not lines[at].strip():
            at += 1
    return told, "\n".join(lines[at:])


def _without_header(lines: list[str], record: dict[str, object]) -> dict[str, object]:
    end = _header_end(lines)
    header, body = lines[:end], lines[end:]
    if (header or record) and body and (labelled := body_of(body[0])) is not None:
        body[:1] = [labelled] if labelled else []
    people = _names_by_role(header)
    authors: list[str] = []
    kept: list[str] = []
    for line in header:
        if _ROLE.fullmatch(line):
            continue
        if name := _signed_name(line) or (line if line in people else None):
            authors.append(name)
        elif found := head_line(line):
            record.setdefault(*found)
        elif is_date(line):
            record.setdefault("date", line)
        elif not _is_repeated(line, body):
            kept.append(line)
    if authors:
        record["authors"] = authors
    record["body"] = "\n\n".join(kept + _without_footer(body, record))
    return record


def _names_by_role(header: list[str]) -> list[str]:
    """Return the names in a run with the word *Penulis*, else the first name in its header."""
    names: list[str] = []
    roles = [at for at, line in enumerate(header) if _ROLE.fullmatch(line)]
    for role in roles:
        names += takewhile(_is_name, header[role + 1 :])
        names += takewhile(_is_name, header[:role][::-1])
    return names or (list(filter(_is_name, header))[:1] if roles else [])


def _header_end(lines: list[str]) -> int:
    """Return how many lines may stand before the body: those above a dateline, or that look it."""
    head = lines[: _HEADER_LINES + 1]
    for place, line in enumerate(head):
        if find_dateline(line):
            return place
    ends = [
        place + 1
        for place, line in enumerate(head)
        if _ROLE.fullmatch(line) or _signed_name(line) or head_line(line) or is_date(line)
    ]
    return max(ends, default=0) if ends and ends[-1] < len(lines) else 0


def _without_footer(lines: list[str], record: dict[str, object]) -> list[str]:
    """Take an address by its label, and a name beside the word *Penulis*, off the end."""
    if (
        len(lines) > 1
        and (found := known_pair(lines[-1]))
        and known_fields([found.field]) == {"url"}
    ):
        record.setdefault(*found)
        lines = lines[:-1]
    for place in range(max(0, len(lines) - 4), len(lines)):
        if not _ROLE.fullmatch(lines[place]):
            continue
        for beside in (place + 1, place - 1):
            if 0 < beside < len(lines) and _is_name(lines[beside]):
                record.setdefault("authors", [lines[beside]])
                return [line for at, line in enumerate(lines) if at not in {place, beside}]
    return lines


def _is_title(line: str) -> bool:
    return (
        len(line) <= 200
        and (not line.endswith(".") or line.endswith("..."))
        and not (find_dateline(line) or known_pair(line) or _ROLE.fullmatch(line))
    )


def _is_name(line: str) -> bool:
    if len(line) > _LONGEST_NAME or _ROLE.fullmatch(line) or re.search(r"\w{3}\.$", line):
        return False
    return all(map(_NAME.fullmatch, re.split(r"\s*[,/]\s*", line)))


def _signed_name(line: str) -> str | None:
    """Return the name in a line such as "Rina Sari - Penulis"."""
    found = _SIGNED.fullmatch(line) if len(line) <= _LONGEST_SIGNATURE else None
    name = (found[1] or found[2]) if found else ""
    return name if name and _is_name(name) else None


def _is_repeated(teaser: str, body: list[str]) -> bool:
    """Say whether each sentence of a line stands in the body again, so that none is lost."""
    text = _letters(" ".join(body))
    cut = _letters(teaser.removesuffix("…").removesuffix("..."))
    if teaser.endswith(("…", "...")) and len(cut) > 20:
        return cut in text
    sentences = [_letters(sentence) for sentence in _SENTENCE.split(teaser)]
    return len(cut) > 10 and all(sentence in text for sentence in sentences)


def _letters(text: str) -> str:
    return "".join(filter(str.isalnum, text.casefold()))


def _front_matter(text: str) -> dict[str, object]:
    """Return the fields of a Markdown file's head: "key: value", lists as [a, b] or "- a"."""
    fields: dict[str, object] = {}
    key = ""
    for line in text.split("\n"):
        if found := pair(line.strip()):
            key, value = found.field, found.value.strip("\"' ")
            fields[key] = _list(value) if value.startswith("[") else value
        elif key and line.lstrip().startswith("- "):
            listed = fields[key] if isinstance(fields[key], list) else []
            fields[key] = [*_items(listed), line.strip()[2:].strip("\"' []")]
    return fields


def _items(value: object) -> Iterator[object]:
    yield from value if isinstance(value, list) else ()


def _list(value: str) -> list[str]:
    return [item.strip("\"' ") for item in value.strip("[]").split(",") if item.strip()]


def _without_markdown(text: str) -> str:
    for pattern, plain in _MARKDOWN:
        text = pattern.sub(plain, text)
    return text
