"""What all commands print with: JSON, tables of lines, and text that fits the terminal."""

from __future__ import annotations

import dataclasses
import json
import os
import re
import shutil
import sys
import unicodedata
from collections.abc import Iterable
from datetime import datetime

import click

from kliping.article import Article

PIPE_COLUMNS = 80
# Sequences that move the cursor or change the terminal must not come out of an article.
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
_MONTHS = "Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des".split()


def echo_json(value: object, /, *, indent: int | None = 2) -> None:
    """Print a value as JSON, its text readable."""
    click.echo(json.dumps(value, ensure_ascii=False, indent=indent, default=_plain))


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.isoformat()
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    raise TypeError(f"{type(value).__name__} has no JSON")


def article_json(article: Article, /) -> dict[str, object]:
    """Return an article as the JSON object that every command prints for it."""
    return {field.name: getattr(article, field.name) for field in dataclasses.fields(article)}


def clean(text: str, /) -> str:
    """Return text without the characters that would act on a terminal."""
    return _CONTROL.sub(" ", text)


def colours() -> bool:
    """Say whether to colour: on a terminal, unless NO_COLOR is set (https://no-color.org)."""
    return sys.stdout.isatty() and not os.environ.get("NO_COLOR")


def columns() -> int:
    """Return the width to print to: the terminal's, within reason, or 80 in a pipe."""
    if not sys.stdout.isatty():
        return PIPE_COLUMNS
    return min(max(shutil.get_terminal_size((PIPE_COLUMNS, 24)).columns, 40), 100)


def day(moment: datetime, /) -> str:
    """Return a date and time as Indonesian newspapers print it: 12 Mar 2024 07:15 WIB."""
    minutes = (offset := moment.utcoffset()) and int(offset.total_seconds()) // 60
    zones = {420: "WIB", 480: "WITA", 540: "WIT", 0: "UTC", None: ""}
    zone = zones.get(minutes, moment.strftime("%z"))
    return f"{moment.day} {_MONTHS[moment.month - 1]} {moment:%Y %H:%M} {zone}".rstrip()


def width(text: str, /) -> int:
    """Return how many columns a terminal gives ``text``: wide characters take two, marks none."""
    if text.isascii():
        return len(text)
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1
        for c in text
    )


def wrap(words: Iterable[str], /, *, columns: int, indent: str, shown: dict[str, str]) -> list[str]:
    """Fill lines of ``columns`` with words; ``shown`` gives a word's coloured form."""
    lines: list[str] = []
    line, used = "", columns
    for word in words:
        need = width(word)
        if used + 1 + need > columns:
            lines.append(line)
            line, used = indent + shown.get(word, word), len(indent) + need
        else:
            line += " " + shown.get(word, word)
            used += 1 + need
    return [*lines[1:], line]
