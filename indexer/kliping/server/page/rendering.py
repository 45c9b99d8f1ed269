"""The one place where anything becomes markup: every value is cleaned, then escaped, then put in.

Templates are the project's own; what they are given is plain text and numbers. Nothing marks a text
as safe, here or in a template, so none can reach a page unescaped.
"""

from __future__ import annotations

from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from kliping.server.page.files import HERE, asset
from kliping.server.page.question import Question
from kliping.server.page.words import words

# Controls, which XML forbids and terminals obey; marks that turn the text behind them round;
# halves of characters, which cannot be sent.
_CLEANED: dict[int, str | None] = {
    **dict.fromkeys([*range(9), 11, 12, *range(14, 32), *range(0x7F, 0xA0)], " "),
    **dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFFFE, 0xFFFF], None),
    **dict.fromkeys(range(0xD800, 0xE000), "\ufffd"),
}


def cleaned(value: Any, /) -> Any:
    """Return a text without the characters that no page may hold; other values as they are."""
    return value.translate(_CLEANED) if isinstance(value, str) else value


def render(template: str, question: Question, /, **values: object) -> str:
    """Return a template filled with values, in the language of the question."""
    said = words(question.lang)
    return _environment().get_template(template).render(w=said, question=question, **values)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        finalize=cleaned,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals.update(asset=asset)
    return environment
