"""The language of a text: "Is this Indonesian, or Malay, Javanese, Sundanese, English?"."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from typing import Any

# The detector's names for the languages of Indonesian newsrooms, and ISO 639-1's.
_DETECTED = {"id": "id", "ms": "ms", "jw": "jv", "su": "su", "en": "en"}
_ENOUGH = 600
# What records call a language, where that is not its code.
_NAMES = {
    "in": "id", "ind": "id", "indonesia": "id", "indonesian": "id", "bahasa indonesia": "id",
    "msa": "ms", "may": "ms", "zsm": "ms", "melayu": "ms", "malay": "ms", "bahasa melayu": "ms",
    "jw": "jv", "jav": "jv", "jawa": "jv", "javanese": "jv", "bahasa jawa": "jv",
    "sun": "su", "sunda": "su", "sundanese": "su", "bahasa sunda": "su",
    "eng": "en", "inggris": "en", "english": "en", "bahasa inggris": "en",
}  # fmt: skip


def language_of(text: str, /) -> str | None:
    """Return the ISO 639-1 code of a text's language: id, ms, jv, su or en.

    None if the text is too short or too mixed to say, if it is another language, or if the extra
    ``language`` (pycld2) is not installed. The first 600 characters decide.
    """
    detect = _detector()
    return _DETECTED.get(detect(text[:_ENOUGH])) if detect and text else None


def language_code(name: str | None, /) -> str | None:
    """Return the ISO 639-1 code of a language that is named in words or by some code.

    >>> language_code("Bahasa Indonesia"), language_code("en-GB"), language_code("entah")
    ('id', 'en', None)
    """
    plain = " ".join((name or "").lower().split())
    code = plain.replace("_", "-").partition("-")[0]
    known = _NAMES.get(plain) or _NAMES.get(code)
    return known or (code if len(code) == 2 and code.isascii() and code.isalpha() else None)


@cache
def _detector() -> Callable[[str], str] | None:
    """Return what names the language of a text as the detector does, "un" if it is not sure."""
    try:
        import pycld2
    except ImportError:
        return None

    def detect(text: str) -> str:
        try:
            found: Any = pycld2.detect(text, isPlainText=True, hintLanguageHTTPHeaders="id")
        except (pycld2.error, UnicodeError):  # noncharacters and lone surrogates
            return "un"
        return str(found[2][0][1])

    return detect
