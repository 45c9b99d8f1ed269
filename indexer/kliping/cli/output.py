"""What all commands print with: JSON, tables of lines, and text that fits the terminal."""

from __future__ import annotations

import dataclasses
import json
import os
import re
import sys
from datetime import datetime
from typing import TextIO

import click

PIPE_COLUMNS = 80
# What moves the cursor, changes the terminal or turns a line round must not come out of an
# article.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_UNSAFE_IN_JSON = re.compile(r"[\x7f-\x9f\u2028-\u202e\u2066-\u2069]")
_MONTHS = "Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des".split()


def echo_json(value: object, /, *, indent: int | None = 2) -> None:
    """Print a value as JSON, its text readable; what would act on a terminal is escaped."""
    text = json.dumps(value, ensure_ascii=False, indent=indent, default=_plain)
    click.echo(_UNSAFE_IN_JSON.sub(lambda found: f"\\u{ord(found[0]):04x}", text))


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    raise TypeError(f"{type(value).__name__} has no JSON")


def clean(text: str, /) -> str:
    """Return text without the characters that would act on a terminal."""
    return _CONTROL.sub(" ", text)


def one_line(text: str, /) -> str:
    """Return text as one line, cleaned: an error, whatever file name it quotes."""
    return " ".join(clean(text).split())


def colours() -> bool:
    """Say whether to colour: on a terminal that can, unless the environment says otherwise.

    See https://no-color.org and https://force-color.org.
    """
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    return is_terminal(sys.stdout)


def is_terminal(stream: TextIO, /) -> bool:
    """Say whether a stream goes to a terminal that can do more than print lines."""
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def page(text: str, /) -> None:
    """Print text, with a pager where it is longer than the terminal that it goes to."""
    if is_terminal(sys.stdout) and sys.stdin is not None and sys.stdin.isatty():
        import shutil  # with what unpacks archives

        if text.count("\n") >= shutil.get_terminal_size().lines:
            os.environ.setdefault("LESS", "FRX")
            click.echo_via_pager(text, color=colours())
            return
    click.echo(text)


def columns() -> int:
    """Return the width to print to: the terminal's, within reason, or 80 in a pipe."""
    if not sys.stdout.isatty():
        return PIPE_COLUMNS
    try:
        wide = os.get_terminal_size(sys.stdout.fileno()).columns
    except OSError:
        wide = PIPE_COLUMNS
    return min(max(wide or PIPE_COLUMNS, 40), 100)


def day(moment: datetime, /) -> str:
    """Return a date and time as Indonesian newspapers print it: 12 Mar 2024 07:15 WIB."""
    offset = moment.utcoffset()
    zones = {7: "WIB", 8: "WITA", 9: "WIT", 0: "UTC"}
    hours, rest = divmod(offset.total_seconds(), 3600) if offset is not None else (None, 0)
    zone = zones[int(hours)] if hours in zones and not rest else moment.strftime("%z")
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment:%Y %H:%M} {zone}".rstrip()


def width(text: str, /) -> int:
    """Return how many columns a terminal gives ``text``: wide characters take two, marks none."""
    if text.isascii():
        return len(text)
    import unicodedata

    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def cut(text: str, wide: int, /) -> str:
    """Return text that takes ``wide`` columns at most, an ellipsis for what was cut off."""
    text = text[: 4 * wide]  # marks take no column, but a column seldom has more than three
    while width(text) > wide:
        text = text[: wide - 1].rstrip() + "…" if len(text) > wide else text[:-2] + "…"
    return text
