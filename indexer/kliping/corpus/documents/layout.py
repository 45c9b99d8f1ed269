"""Lines on a page, in the order in which a reader takes them: column after column.

A PDF says where each line stands, not which follows which, and many are drawn row by row across the
columns. So white gutters part a page into columns, headlines that cross a gutter part it into
bands, and each part is taken apart again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

# Of the lines of a part, so many may cross its gutter: headlines, pictures' captions.
_MOST_CROSSING = 0.25
_NARROWEST = 0.5  # of a line's height: a gutter
_LEAST_LINES = 3  # of a column


@dataclass(frozen=True, slots=True)
class Line:
    """A line of text and its box, from the lower left corner of its page, in points."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    page: int = 0
    column: tuple[float, float] = (0.0, 0.0)
    """The left and right edge of the column that it stands in."""

    @property
    def size(self) -> float:
        """The height of its letters, more or less."""
        return self.top - self.bottom


def joined_pieces(pieces: Sequence[Line], /) -> list[Line]:
    """Join the pieces of one line that stand beside one another, nearer than columns do."""
    lines: list[Line] = []
    for piece in sorted(pieces, key=lambda p: (-round(p.bottom), p.left)):
        before = lines[-1] if lines else None
        if before and _is_beside(before, piece):
            text = before.text + (" " if piece.left - before.right > 0.1 * piece.size else "")
            lines[-1] = Line(
                text + piece.text,
                before.left,
                min(before.bottom, piece.bottom),
                max(before.right, piece.right),
                max(before.top, piece.top),
                piece.page,
            )
        else:
            lines.append(piece)
    return lines


def _is_beside(before: Line, piece: Line) -> bool:
    overlap = min(before.top, piece.top) - max(before.bottom, piece.bottom)
    gap = piece.left - before.right
    return overlap > 0.5 * min(before.size, piece.size) and gap < 0.9 * max(before.size, piece.size)


def in_order(lines: Sequence[Line], /) -> list[Line]:
    """Return the lines of one page as they are read, each with the edges of its column."""
    gutter = _gutter(lines)
    if gutter is None:
        edges = min(x.left for x in lines), max(x.right for x in lines)
        down = sorted(lines, key=lambda x: (-x.bottom, x.left))
        return [Line(x.text, x.left, x.bottom, x.right, x.top, x.page, edges) for x in down]
    ordered: list[Line] = []
    band: list[Line] = []
    for line in sorted(lines, key=lambda x: (-x.top, x.left)):
        if line.left < gutter < line.right:
            ordered += _columns(band, gutter)
            ordered.append(
                Line(line.text, line.left, line.bottom, line.right, line.top, line.page,
                     (line.left, line.right))
            )  # fmt: skip
            band = []
        else:
            band.append(line)
    return [*ordered, *_columns(band, gutter)]


def _columns(band: Sequence[Line], gutter: float) -> list[Line]:
    sides = [x for x in band if x.right <= gutter], [x for x in band if x.right > gutter]
    return [line for side in sides if side for line in in_order(side)]


def _gutter(lines: Sequence[Line]) -> float | None:
    """Return where a white strip parts most of the lines into two columns, or None.

    Lines beside one another must be parted by it: a short last line has white at its side too.
    """
    if len(lines) < 2 * _LEAST_LINES:
        return None
    size = _median([x.size for x in lines])
    found: list[tuple[int, float, float]] = []
    for edge in {round(line.right, 1) + 0.2 for line in lines}:
        left = [x for x in lines if x.right <= edge]
        right = [x for x in lines if x.left > edge]
        crossing = len(lines) - len(left) - len(right)
        if min(len(left), len(right)) < _LEAST_LINES or crossing > _MOST_CROSSING * len(lines):
            continue
        width = min(x.left for x in right) - edge
        beside = sum(any(_same_height(x, y) for y in left) for x in right)
        if width >= _NARROWEST * size and beside >= _LEAST_LINES:
            found.append((-crossing, width, edge + width / 2))
    return max(found)[-1] if found else None


def _same_height(one: Line, other: Line) -> bool:
    return min(one.top, other.top) - max(one.bottom, other.bottom) > 0


def _median(values: Sequence[float]) -> float:
    return sorted(values)[len(values) // 2]
