"""``kliping search --csv``: hits as rows of a table."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from kliping.cli.output import clean

# A spreadsheet takes a cell that begins so for a formula; an apostrophe in front makes it text.
# https://owasp.org/www-community/attacks/CSV_Injection
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def csv_line(cells: Iterable[object], /, *, raw: bool = False) -> str:
    """Return a line of a table; unless ``raw``, no text in it is a formula.

    >>> csv_line([1, -2.5, "-2+3", "=HYPERLINK(1)", None, "biasa"])
    "1,-2.5,'-2+3,'=HYPERLINK(1),,biasa\\n"
    """
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(_cell(cell, raw) for cell in cells)
    return line.getvalue()


def _cell(value: object, raw: bool) -> object:
    if value is None or not isinstance(value, str):
        return value
    guarded = not raw and value.startswith(_FORMULA)
    return clean(f"'{value}" if guarded else value)
