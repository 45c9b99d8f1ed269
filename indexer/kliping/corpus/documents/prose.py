"""Lines in their order, made paragraphs: "Which line ends one, and which word goes on?"."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from kliping.corpus.documents.layout import Line

_HYPHENS = ("-", "\u00ad", "\u2010", "\x02", "\ufffe")
_SENTENCE_END = re.compile(r"""[.!?:]["'”’)]*$""")
_WORD_BEFORE = re.compile(r"(?<![^\W\d_])([^\W\d_]++)$")
_WORD_AFTER = re.compile(r"([^\W\d_]+)")
_HEADLINE = 1.25  # times the size of most lines
_INDENT = 0.6  # of a line's size
_EDGE = 0.1  # of a page's height, in which running heads and numbers stand
_NUMBER = re.compile(
    r"\W*(?:(?:halaman|hal|page)\W*)?\d{1,4}(?:\s*(?:/|dari|of)\s*\d{1,4})?\W*", re.I
)
_DIGITS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; ``headline`` where its letters are larger than the text's."""

    text: str
    headline: bool = False


def without_heads(
    pages: Sequence[Sequence[Line]], heights: Sequence[float], /
) -> tuple[list[list[Line]], list[str]]:
    """Return the pages without what stands at the edge of several, and what that was.

    Of a single page go its number, and what stands at its edge apart and in smaller letters.
    """
    shown: Counter[str] = Counter()
    for lines, height in zip(pages, heights, strict=True):
        shown.update({_unnumbered(line) for line in lines if _is_at_edge(line, height)})
    kept: list[list[Line]] = []
    heads: dict[str, None] = {}
    usual = _usual(line for lines in pages for line in lines)
    for lines, height in zip(pages, heights, strict=True):
        kept.append([])
        for line in lines:
            is_head = shown[_unnumbered(line)] > 1 or bool(_NUMBER.fullmatch(line.text))
            is_small = round(line.size) < round(usual)
            is_head = is_head or (is_small and _is_apart(line, lines))
            if _is_at_edge(line, height) and is_head:
                heads[line.text] = None
            else:
                kept[-1].append(line)
    return kept, list(heads)


def _is_at_edge(line: Line, height: float) -> bool:
    return line.bottom > (1 - _EDGE) * height or line.top < _EDGE * height


def _is_apart(line: Line, lines: Sequence[Line]) -> bool:
    """Say whether nothing but what is level with a line stands near it."""
    gaps = [max(other.bottom - line.top, line.bottom - other.top) for other in lines]
    return all(gap < 0 or gap > 2 * line.size for gap in gaps)


def _unnumbered(line: Line) -> str:
    return f"{_DIGITS.sub('#', line.text)}@{round(line.left / 20)}"


def paragraphs(lines: Sequence[Line], /) -> list[Paragraph]:
    """Return the paragraphs that lines in their order make."""
    if not lines:
        return []
    size = _usual(lines)
    pitch = _pitch(lines)
    hyphened = {
        word.lower() for line in lines for word in re.findall(r"(?<!\w)\w++-\w+", line.text)
    }
    found: list[Paragraph] = []
    for group in _groups(lines, size, pitch):
        text = group[0].text
        for line in group[1:]:
            text = _joined(text, line.text, hyphened)
        found.append(Paragraph(text.strip(), group[0].size >= _HEADLINE * size))
    return found


def _usual(lines: Iterable[Line]) -> float:
    """Return the size that most letters have."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size)] += len(line.text)
    return float(sizes.most_common(1)[0][0])


def _pitch(lines: Sequence[Line]) -> float:
    """Return the usual distance from one line to the next."""
    steps = Counter(
        round(before.bottom - line.bottom)
        for before, line in pairwise(lines)
        if before.page == line.page and before.column == line.column
    )
    return float(max(steps, key=lambda step: (steps[step], -step), default=12))


def _groups(lines: Sequence[Line], size: float, pitch: float) -> Iterator[list[Line]]:
    group = [lines[0]]
    for before, line in pairwise(lines):
        if _begins(before, line, size, pitch):
            yield group
            group = []
        group.append(line)
    yield group


def _begins(before: Line, line: Line, size: float, pitch: float) -> bool:
    """Say whether a line begins a paragraph."""
    if abs(before.size - line.size) > 0.2 * size:
        return True
    indent = line.left - line.column[0]
    if before.page == line.page and before.column == line.column:
        step = before.bottom - line.bottom
        is_large = line.size >= _HEADLINE * size
        if step > (1.5 * line.size if is_large else 1.45 * pitch):
            return True
        if is_large:
            return False
    was_indented = before.left - before.column[0] > _INDENT * size
    if indent > _INDENT * size and not was_indented:
        return True
    return bool(_SENTENCE_END.search(before.text)) and _would_fit(before, line)


def _would_fit(before: Line, line: Line) -> bool:
    """Say whether a line's first word had room behind the line before: then that was an end."""
    word = len(line.text.partition(" ")[0]) + 1
    width = word * (line.right - line.left) / max(len(line.text), 1)
    return before.column[1] - before.right > width


def _joined(text: str, line: str, hyphened: set[str]) -> str:
    """Join a line to the text before it, and the halves of a word that was parted for it."""
    if not text.endswith(_HYPHENS):
        return f"{text.rstrip()} {line.lstrip()}"
    cut, line = text[:-1], line.lstrip()
    before, after = _WORD_BEFORE.search(cut), _WORD_AFTER.match(line)
    if not before or not after:
        return f"{text} {line}" if cut.endswith(" ") else cut + "-" + line
    one, other = before[1].lower(), after[1].lower()
    is_double = len(one) > 2 and (one in other or other in one)  # anak-anak, tarik-menarik
    if is_double or f"{one}-{other}" in hyphened or not after[1][0].islower():
        return f"{cut}-{line}"
    return cut + line
