"""JSON as people have it: value by value out of a stream, decoded leniently."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from kliping.corpus.containers.streams import DAMAGE, Opened
from kliping.corpus.records.literals import as_json
from kliping.corpus.records.nesting import is_article
from kliping.corpus.text.decoding import decode

_DEEPEST = 60  # levels: trees of blocks have some ten, and what looks into a value calls itself
_PIECE = 1 << 20  # bytes
_LARGE = 8 << 20  # characters of a value, beyond which it can but be a whole that holds a list
_LIST = re.compile(r'"\s*:\s*\[\s*(?=\{)')
_BETWEEN = re.compile(r"[\s,;)]*")
# What scripts put before a value: "const berita = ", "window.data = ", "callback(".
_ASSIGNED = re.compile(
    r"\s*+(?:/\*(?>.*?\*/)\s*+|//[^\n]*+\s*+)*+"
    r"(?:export\s+default|[\w$.\[\]\"' ]{1,80}[=(])\s*",
    re.DOTALL,
)


class TooLarge(ValueError):
    """A single value is larger than may be kept."""


class TooDeep(RecursionError):
    """A value is nested deeper than anyone writes; it goes as far as ``end``."""

    def __init__(self, end: int) -> None:
        super().__init__("nested too deeply")
        self.end = end


class _Decoder(json.JSONDecoder):
    """Decodes JSON, and raises a RecursionError for all that is nested too deeply."""

    def raw_decode(self, s: str, idx: int = 0) -> tuple[Any, int]:
        value, end = super().raw_decode(s, idx)
        is_nested = s.find("{", idx + 1, end) >= 0 or s.find("[", idx + 1, end) >= 0
        if is_nested and _is_deep(value):
            raise TooDeep(end)
        return value, end


def _is_deep(value: object) -> bool:
    level: list[Any] = [[value]]
    for _ in range(_DEEPEST):
        inner = (each.values() if isinstance(each, dict) else each for each in level)
        level = [each for row in inner for each in row if isinstance(each, (dict, list))]
        if not level:
            return False
    return True


JSON = _Decoder(strict=False)  # a raw line break inside a string is no reason to refuse


@dataclass(slots=True)
class Values:
    """Iterates over the values of an array, or of one after another, with their lines.

    What comes before a break is good; the break itself is the last value, an exception. Memory
    grows with the largest value, not with the file.
    """

    opened: Opened
    _text: str = ""
    _place: int = 0
    _line: int = 1
    _begins: bool = False
    _is_translated: bool = False
    _is_within: bool = False
    _pieces: Iterator[str] = field(default_factory=lambda: iter(()))

    def __iter__(self) -> Iterator[tuple[object, int]]:
        self._pieces = self._decoded()
        self._more()
        self._begin()
        while self._at_value():
            try:
                value, end = self._value()
            except TooDeep as error:
                yield error, self._line
                self._advance(error.end)
                continue
            except (ValueError, RecursionError, *DAMAGE) as error:
                yield error, self._line
                return
            yield unpacked(value), self._line
            self._advance(end)

    def _begin(self) -> None:
        """Go past what stands before the first value, the bracket of an array included."""
        place = len(self._text) - len(self._text.lstrip("\ufeff \t\r\n"))
        if self._text[place : place + 1] not in {"[", "{"} and (
            found := _ASSIGNED.match(self._text, place)
        ):
            place = found.end()
        self._advance(place + self._text.startswith("[", place))

    def _at_value(self) -> bool:
        """Go to the next value; say whether there is one."""
        while True:
            found = _BETWEEN.match(self._text, self._place)
            self._advance(found.end() if found else self._place)
            if self._place == len(self._text):
                if not self._more():
                    return False
            elif self._text[self._place] == "]":  # another array may follow
                self._advance(self._place + 1)
                self._begins = True
                if self._is_within:
                    return self._entered()
            elif self._begins and self._text[self._place] == "[":
                self._advance(self._place + 1)
                self._begins = False
            else:
                return True

    def _value(self) -> tuple[object, int]:
        """Return the value here and where it ends, reading on until it is whole."""
        while True:
            try:
                value, end = JSON.raw_decode(self._text, self._place)
            except ValueError:
                size = len(self._text) - self._place
                if size > _LARGE and not self._is_within and self._entered():
                    continue
                if size > self.opened.limits.whole:
                    most = self.opened.limits.whole >> 20
                    raise TooLarge(f"a single value of more than {most} MB") from None
                if not self._more(size) and not self._translated():
                    raise
                continue
            if end < len(self._text) or isinstance(value, (dict, list)) or not self._more():
                return value, end

    def _entered(self) -> bool:
        """Go to the next list of articles within a whole that is too large for one value."""
        self._is_within = True
        while True:
            for found in _LIST.finditer(self._text, self._place):
                try:
                    first, _ = JSON.raw_decode(self._text, found.end())
                except (ValueError, RecursionError):
                    continue
                if is_article(first):
                    self._advance(found.end())
                    return True
            self._advance(max(self._place, len(self._text) - _PIECE))
            if not self._more():
                return False

    def _translated(self) -> bool:
        """Make JSON of the rest, if that is a script's and changes anything."""
        if self._is_translated:
            return False
        self._is_translated = True
        rest = self._text[self._place :]
        self._text, self._place = as_json(rest), 0
        return self._text != rest

    def _advance(self, place: int) -> None:
        self._line += self._text.count("\n", self._place, place)
        self._place = place

    def _more(self, size: int = 0) -> bool:
        """Read on, at least so many characters; say whether there was anything."""
        parts = [self._text[self._place :]]
        added = 0
        while piece := next(self._pieces, ""):
            parts.append(piece)
            added += len(piece)
            if added >= size:
                break
        self._text, self._place = "".join(parts), 0
        return bool(added)

    def _decoded(self) -> Iterator[str]:
        stream = self.opened.stream
        data = stream.read1(_PIECE)
        encoding = decode(data).encoding
        decoder = codecs.getincrementaldecoder(encoding)("replace")
        while data:
            yield decoder.decode(data).replace("\x00", "") or " "
            data = stream.read1(_PIECE)
        yield decoder.decode(b"", final=True)


def unpacked(value: object, /) -> object:
    """Return what is in a value; JSON that was made JSON once more is undone."""
    if isinstance(value, str) and value.lstrip()[:1] in {"[", "{"}:
        try:
            return JSON.decode(value)
        except (ValueError, RecursionError):
            return value
    return value


def reason(error: Exception, /) -> str:
    """Say in a few words why a text was not decoded."""
    if isinstance(error, RecursionError):
        return "JSON nested too deeply"
    if isinstance(error, TooLarge):
        return f"{error}: not read; try: jq -c '.[]' FILE > FILE.jsonl"
    if isinstance(error, DAMAGE):
        return f"cut off or damaged: {error}"
    detail = getattr(error, "msg", error)
    return f"broken JSON: {detail}"
