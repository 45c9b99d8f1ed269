"""Bytes to text: "What did whoever wrote this file mean?".

First what the bytes say (a byte-order mark, or NULs on one side of each pair), then UTF-8 (what
decodes strictly is UTF-8, whatever the page declares), then the declared charset, then what
charset-normalizer makes of them. Last, mojibake: UTF-8 that somebody read as MacRoman or
Windows-1252 and saved again ("‚Äú" and "â€œ" for "“").
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from functools import lru_cache

from kliping.corpus.text.characters import ASCII, besides

# UTF-32 before UTF-16: the little-endian marks begin alike.
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_WIDE_MARKS = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_LOOKED_AT = 1000  # bytes by which UTF-16 is known that lacks its mark
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\f\r"))
_DECLARED = re.compile(
    rb"""(?:charset|encoding)\s*=\s*+(?:["']\s*+)?([A-Za-z][\w.:-]{1,30})""", re.IGNORECASE
)
# As browsers do (WHATWG): who declares Latin-1 or ASCII writes Windows-1252.
_MEANT = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "iso8859-11": "cp874"}


def _shown(encoding: str, first: int, last: int) -> str:
    """Return the characters that bytes first..last show in an encoding, as a regex class."""
    shown = (
        bytes([byte]).decode(encoding, "ignore") or chr(byte) for byte in range(first, last + 1)
    )
    return "[" + "".join(map(re.escape, shown)) + "]"


# Where a sequence of UTF-8 begins, as MacRoman and Windows-1252 show it, and what must follow.
# Left out among the beginnings: characters that begin things in real text (quotes, dashes, À).
_MAC = _shown("mac_roman", 0x80, 0xBF)
_WIN = _shown("cp1252", 0x80, 0xBF)[:-1] + "\x80-\x9f]"  # or Latin-1, which is the same but there
_SIGNS = re.compile(
    rf"[¬√ƒ≈∆ŒœÿŸ⁄€‹›]{_MAC}|[‡‚„‰ÂÊÁËÈÍÎÏÌÓÔ]{_MAC}{{2}}|\uf8ff{_MAC}{{3}}"
    rf"|[ÂÃÄÅÐÑØÙ]{_WIN}|[âãïð]{_WIN}{{2}}"
)
_RUN = re.compile("[^\x00-\x7f][^\x00-\x7f]++")  # a third of the time of "{2,}"


@dataclass(frozen=True, slots=True)
class Decoded:
    """``repaired``: bytes that made no sense were replaced, or mojibake was undone."""

    text: str
    encoding: str
    repaired: bool = False


def decode(data: bytes, /, *, declared: str | None = None) -> Decoded:
    """Return the text of the bytes; ``declared`` is the charset that a header or page names.

    >>> decode("“Hujan”".encode("cp1252"), declared="iso-8859-1").text
    '“Hujan”'
    """
    decoded = _decode(data, declared)
    text = repair(decoded.text)
    return decoded if text is decoded.text else Decoded(text, decoded.encoding, repaired=True)


def wide(head: bytes, /) -> str | None:
    """Return which UTF-16 a text that begins so is in: by its mark, or by the NULs of its letters.

    >>> wide("Hujan".encode("utf-16-le")), wide("Hujan".encode("utf-16-be")), wide(b"Hujan")
    ('utf-16-le', 'utf-16-be', None)
    """
    if b"\x00" not in (head := head[:_LOOKED_AT]) or head[:2] in _WIDE_MARKS:
        return _WIDE_MARKS.get(head[:2])
    for name, text, nuls in (("le", head[::2], head[1::2]), ("be", head[1::2], head[::2])):
        is_text = len(text.translate(None, _CONTROLS)) > 0.95 * len(text)
        if is_text and nuls.count(0) > 0.6 * len(nuls):
            return f"utf-16-{name}"
    return None


def repair(text: str, /) -> str:
    """Return the text with mojibake undone; the very same object where there is no sign of any.

    >>> repair("‚Äúbanjir‚Äù¬†itu caf√©")
    '“banjir”\\xa0itu café'
    """
    if not _may_have_signs(text):
        return text
    fixed = _RUN.sub(_repaired_run, text)
    if _may_have_signs(fixed):
        fixed = "".join(map(_repaired_line, fixed.splitlines(keepends=True)))
    return text if fixed == text else fixed


def _may_have_signs(text: str) -> bool:
    """Say whether there are signs where all that is ASCII is left out, as no part of any is."""
    return not text.isascii() and _SIGNS.search(besides(ASCII, text)) is not None


def _decode(data: bytes, declared: str | None) -> Decoded:
    marked = (encoding for mark, encoding in _MARKS if data.startswith(mark))
    if encoding := next(marked, None) or wide(data):
        return _decoded_as(encoding, data)
    if declared is None and (found := _DECLARED.search(data, 0, 4096)):
        declared = found[1].decode("ascii")
    for name in ("utf-8", _known(declared)):
        try:
            if name:
                return Decoded(data.decode(name), name)
        except UnicodeError:
            continue
    return _detected(data)


def _decoded_as(encoding: str, data: bytes) -> Decoded:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeError:
        return Decoded(data.decode(encoding, "replace"), encoding, repaired=True)


def _known(declared: str | None) -> str | None:
    """Return Python's name of a declared charset, or None if it is none or is no charset."""
    try:
        info = codecs.lookup((declared or "").strip())
    except (LookupError, ValueError):
        return None
    return _MEANT.get(info.name, info.name) if info._is_text_encoding else None


def _detected(data: bytes) -> Decoded:
    """Decode what is neither UTF-8 nor what it declares."""
    text = data.decode("utf-8", "replace")
    if text.count("\ufffd") * 50 < sum(byte > 0x7F for byte in data):  # a few bad bytes
        return Decoded(text, "utf-8", repaired=True)
    from charset_normalizer import from_bytes

    best = from_bytes(data[:65536], cp_isolation=_LIKELY).best()
    return _decoded_as(best.encoding if best else "cp1252", data)


# What Indonesian text that is not UTF-8 has been seen in. Without this fence short texts come
# out as EBCDIC or Cyrillic.
_LIKELY = ["cp1252", "mac_roman", "utf_16_le", "utf_16_be", "cp1256", "gb18030", "shift_jis"]


@lru_cache(maxsize=4096)  # the same few runs, over and over: “ is "‚Äú" wherever it stands
def _repaired(run: str) -> str:
    """Undo a run's mojibake, twice over if need be ("√¢‚Ç¨‚Ñ¢" is "â€™" is "’")."""
    if not _SIGNS.search(run):
        return run
    for encoding in ("cp1252", "mac_roman"):
        try:
            return _repaired(_as_bytes(run, encoding).decode("utf-8"))
        except UnicodeError:
            continue
    return run


def _repaired_run(found: re.Match[str]) -> str:
    return _repaired(found[0])


def _as_bytes(run: str, encoding: str) -> bytes:
    """Encode; Windows-1252 leaves five bytes undefined, which pass as control characters."""
    if encoding != "cp1252":
        return run.encode(encoding)
    return b"".join(
        bytes([ord(char)]) if "\x80" <= char <= "\x9f" else char.encode(encoding) for char in run
    )


def _repaired_line(line: str) -> str:
    if not _SIGNS.search(line):
        return line
    from ftfy import fix_encoding

    return fix_encoding(line)
