"""Tidy text: the spaces, entities and invisible characters of the web, made plain."""

from __future__ import annotations

import html
import re
from itertools import pairwise

from kliping.corpus.text.characters import PRINTED, besides
from kliping.corpus.text.shortcodes import has_shortcodes, without_shortcodes

# Only entities that are closed: html.unescape alone also turns "P&regional" into "P®ional".
# The inner group takes entities that were escaped twice ("&amp;nbsp;").
_ENTITY = re.compile(r"&(?:amp;)*(#\d{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,30};)")

# Controls, soft hyphens, zero-width and direction marks, the byte-order mark, lone surrogates:
# nothing that a reader sees. (\t \n \r and the separators \x1c-\x1f, \x85 are spaces: the
# splitting below deals with those.) str.isprintable is false for every one of them, and quick to
# ask.
_INVISIBLE = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\ufeff\ufff9-\ufffb\ud800-\udfff]"
)
_OBJECT = "\ufffc"  # where a picture was; printable, as Python has it
_PLAIN = PRINTED + b"\r\n"
_EXCEL_RETURN = "_x000D_"  # how a spreadsheet writes a carriage return

_MARKUP = re.compile(
    r"</?(?:p|br|div|span|a|b|i|u|em|strong|h[1-6]|ul|ol|li|table|t[rdh]|img|figure|figcaption"
    r"|blockquote|section|article|script|style|iframe|font|center|hr)\b[^<>]*>",
    re.IGNORECASE,
)
_ESCAPED = re.compile(r"&(?:amp;)*+lt;/?(?:p|br|div|span|h[1-6]|ul|table)\b", re.IGNORECASE)
_MOST_ESCAPES = 4
# What opens something that no one reads, and what closes it.
_UNREAD = re.compile(r"<!--|<(?:script|style|iframe|noscript)\b", re.IGNORECASE)
_CLOSINGS = {
    opening: re.compile(closing, re.IGNORECASE)
    for opening, closing in {
        "<!--": "-->",
        "<script": r"</script\s*>",
        "<style": r"</style\s*>",
        "<iframe": r"</iframe\s*>",
        "<noscript": r"</noscript\s*>",
    }.items()
}
_CODED_FIGURE = re.compile(r"<figure data-code>(?:[^<]++|<(?!/?figure\b))*+</figure>")
_BLOCK = re.compile(
    r"(?:(?<!\s)\s++)?(?:</?(?:p|div|h[1-6]|ul|ol|table|figure|figcaption|blockquote|section|article|center|hr)"
    r"\b[^<>]*>\s*|<br\s*/?>\s*(?=<br\b))",
    re.IGNORECASE,
)
_LINE = re.compile(r" ?<(?:br|li|tr)\b[^<>]*> ?", re.IGNORECASE)
_CELL = re.compile(r"</t[dh]\s*>", re.IGNORECASE)
_SENTENCE_END = re.compile(r"""[.!?:;)\]"'”’…]$""")


def tidy(text: str, /) -> str:
    """Return the text with plain spaces, no entities, no invisible or control characters.

    Lines stay lines; paragraphs are parted by one blank line.

    >>> tidy("Harga\\xa0beras  naik &amp; langka\\u200b \\r\\n\\r\\n\\r\\n Warga antre.")
    'Harga beras naik & langka\\n\\nWarga antre.'
    """
    text = _unescaped(text)
    if text.isprintable():  # one line
        return " ".join(text.split()) if "  " in text else text.strip(" ")
    return _join_lines(_tidy_lines(text))


def split_paragraphs(text: str, /) -> list[str]:
    """Return the tidy paragraphs of a text, whichever way it parts them.

    Blank lines part paragraphs; where single line breaks do, each line is one; where lines
    were wrapped at a width, they are joined again.

    >>> split_paragraphs("Hujan turun sejak\\nsubuh di kota\\nitu.\\n\\nWarga mengungsi.")
    ['Hujan turun sejak subuh di kota itu.', 'Warga mengungsi.']
    >>> split_paragraphs("Hujan turun.\\nWarga mengungsi.")
    ['Hujan turun.', 'Warga mengungsi.']
    """
    lines = _tidy_lines(_unescaped(text))
    if _is_wrapped(lines):
        return [block.replace("\n", " ") for block in _join_lines(lines).split("\n\n")]
    return [line for line in lines if line]


def unescaped_markup(text: str, /) -> str:
    """Return the text, and where all its tags were escaped, once or more often, with its tags.

    >>> unescaped_markup("&amp;lt;p&amp;gt;Hujan &amp;amp; angin.&amp;lt;/p&amp;gt;")
    '<p>Hujan & angin.</p>'
    """
    for _ in range(_MOST_ESCAPES if "&" in text and "lt;" in text else 0):
        if "<" in text or not _ESCAPED.search(text):
            break
        text = html.unescape(text)
    return text


def has_markup(text: str, /) -> bool:
    """Say whether the text holds HTML tags or comments, or a content system's own codes."""
    is_html = "<" in text and ("<!--" in text or _MARKUP.search(text) is not None)
    return is_html or has_shortcodes(text)


def strip_markup(text: str, /) -> str:
    """Return the text of a fragment of HTML, paragraphs and lines kept.

    >>> strip_markup("<p>Hujan <b>deras</b>.</p><p>Warga<br>mengungsi.</p>")
    'Hujan deras.\\n\\nWarga\\nmengungsi.'
    """
    text = _without_unread(_CODED_FIGURE.sub("", without_shortcodes(text)))
    text = "\n".join(" ".join(line.split()) for line in text.splitlines())
    text = _CELL.sub(" ", text)
    text = _LINE.sub("\n", _BLOCK.sub("\n\n", text))
    return tidy(_MARKUP.sub("", text))


def _without_unread(text: str) -> str:
    """Return the markup without comments and scripts; what is never closed is left."""
    kept, place = [], 0
    unclosed: set[str] = set()  # looked for once: a text of nothing but openings stays cheap
    for found in _UNREAD.finditer(text):
        opening = found[0].lower()
        if found.start() < place or opening in unclosed:
            continue
        if closing := _CLOSINGS[opening].search(text, found.end()):
            kept.append(text[place : found.start()])
            place = closing.end()
        else:
            unclosed.add(opening)
    return " ".join([*kept, text[place:]])


def _unescaped(text: str) -> str:
    if "&" in text:
        text = _ENTITY.sub(lambda found: html.unescape("&" + found[1]), text)
    if "_" in text:
        text = text.replace(_EXCEL_RETURN, "\n")
    return text.replace(_OBJECT, "").replace("\xa0", " ")


def _tidy_lines(text: str) -> list[str]:
    lines = text.splitlines()
    if not besides(_PLAIN, text).isprintable():
        return [" ".join(_INVISIBLE.sub("", line).split()) for line in lines]
    return [" ".join(line.split()) if "  " in line else line.strip(" ") for line in lines]


def _join_lines(lines: list[str]) -> str:
    kept = [line for line, before in zip(lines, ["", *lines], strict=False) if line or before]
    return "\n".join(kept).strip("\n")


def _is_wrapped(lines: list[str]) -> bool:
    """Say whether most line breaks fall inside a sentence."""
    pairs = [(a, b) for a, b in pairwise(lines) if a and b]
    inside = sum(b[0].islower() and not _SENTENCE_END.search(a) for a, b in pairs)
    return len(pairs) > 1 and inside * 2 > len(pairs)
