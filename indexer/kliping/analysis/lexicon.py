"""The user's own words: exceptions, words to leave whole, synonyms.

One entry a line, ``#`` opens a comment::

    menteng = menteng       # form = root: an exception to the rules
    !gojek                  # left whole; "!" may be left out
    tiongkok ~ china ~ cina # synonyms, used when querying
"""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType

from kliping.errors import LexiconError

_SHAPES = "write 'form = root', 'word' or 'a ~ b'"


def _no_exceptions() -> Mapping[str, str]:
    return MappingProxyType({})


@dataclass(frozen=True, slots=True)
class UserLexicon:
    """What a user's lexicon says. Words are lower-case; the order of lines does not matter."""

    exceptions: Mapping[str, str] = field(default_factory=_no_exceptions)
    protected: frozenset[str] = frozenset()
    synonyms: frozenset[frozenset[str]] = frozenset()

    @classmethod
    def read(cls, path: Path | str, /) -> UserLexicon:
        """The lexicon in a UTF-8 file."""
        try:
            text = Path(path).read_text(encoding="utf-8-sig")
        except OSError as error:
            reason = error.strerror or "unreadable"
            raise LexiconError(f"{reason.lower()}; check the path", path=path) from error
        except UnicodeDecodeError as error:
            raise LexiconError("not UTF-8; save the file as UTF-8", path=path) from error
        return cls.parse(text, str(path))

    @classmethod
    def parse(cls, text: str, name: str = "<lexicon>", /) -> UserLexicon:
        """The lexicon in a text; ``name`` stands for the file in error messages."""
        lines = _Lines(name)
        for number, line in enumerate(text.splitlines(), 1):
            entry = line.partition("#")[0].strip()
            if entry:
                lines.add(entry.lower(), number)
        return lines.lexicon()

    @property
    def digest(self) -> str:
        """Eight hexadecimal digits that change with what the lexicon says; '' when it is empty."""
        entries = [f"{form}={root}" for form, root in self.exceptions.items()]
        entries += [f"!{word}" for word in self.protected]
        entries += ["~".join(sorted(group)) for group in self.synonyms]
        if not entries:
            return ""
        return f"{zlib.crc32(chr(10).join(sorted(entries)).encode()):08x}"


class _Lines:
    """Collects the entries of a lexicon, knowing where each was."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._exceptions: dict[str, str] = {}
        self._protected: set[str] = set()
        self._synonyms: set[frozenset[str]] = set()
        self._lines: dict[str, int] = {}

    def add(self, entry: str, line: int) -> None:
        if "~" in entry:
            self._add_synonyms(entry, line)
        elif "=" in entry:
            self._add_exception(entry, line)
        else:
            self._protect(self._word(entry.removeprefix("!"), line), line)

    def _add_synonyms(self, entry: str, line: int) -> None:
        group = frozenset(" ".join(part.split()) for part in entry.split("~"))
        if "" in group or "=" in entry or len(group) < 2:
            raise self._error("synonyms need two words or more between '~'; write 'a ~ b'", line)
        self._synonyms.add(group)

    def _add_exception(self, entry: str, line: int) -> None:
        form, _, root = entry.partition("=")
        form, root = self._word(form, line), self._word(root, line)
        if form == root:
            self._protect(form, line)
        elif self._exceptions.get(form, root) != root or form in self._protected:
            raise self._error(f"'{form}' was given on line {self._lines[form]}; keep one", line)
        else:
            self._exceptions[form] = root
            self._lines[form] = line

    def _protect(self, word: str, line: int) -> None:
        if word in self._exceptions:
            raise self._error(f"'{word}' was given on line {self._lines[word]}; keep one", line)
        self._protected.add(word)
        self._lines[word] = line

    def _word(self, text: str, line: int) -> str:
        """The one word in ``text``; an error if there is none, or more."""
        words = text.split()
        if len(words) != 1 or not any(map(str.isalnum, words[0])) or set("!=") & set(words[0]):
            raise self._error(f"'{text.strip()}' is not one word; {_SHAPES}", line)
        return words[0]

    def lexicon(self) -> UserLexicon:
        for form, root in self._exceptions.items():
            if root in self._exceptions:
                message = f"the root '{root}' is itself a form, on line {self._lines[root]}"
                raise self._error(f"{message}; name the final root", self._lines[form])
        return UserLexicon(
            MappingProxyType(self._exceptions),
            frozenset(self._protected),
            frozenset(self._synonyms),
        )

    def _error(self, message: str, line: int) -> LexiconError:
        return LexiconError(message, path=self._name, line=line)
