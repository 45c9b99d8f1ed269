"""``kliping extract --explain``: which rule took what, and what was dropped, for reading."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import datetime

from kliping.article import Article
from kliping.cli.output import clean, columns, one_line
from kliping.corpus.accounts import Account
from kliping.values import counted

_SHOWN = (
    *("title", "authors", "published", "modified", "source", "section", "tags", "image"),
    *("caption", "language", "body"),
)


def account_text(article: Article, told: list[Account], /) -> str:
    """Return the account of an article as lines, and take it out of what was told.

    An article of several pages has one of each.
    """
    mine = [account for account in told if account.id == article.id]
    told[:] = [account for account in told if account.id != article.id]
    lines = [one_line(article.title or "(no title)")]
    for account in mine:
        lines += [clean(account.path or ""), *map(_short, _lines(article, account))]
    return "\n".join([*lines, ""])


def _lines(article: Article, account: Account) -> Iterator[tuple[str, str, str]]:
    rules = dict(account.rules)
    if article.language and "language" not in rules:
        rules["language"] = "the detector"
    for name in _SHOWN:
        if name in rules and (value := _said(article, name)):
            yield name, rules[name], value
    for note in account.notes:
        yield "note", note, ""
    for rule, text in account.dropped:
        yield "dropped", rule, text


def _said(article: Article, name: str) -> str:
    """Return what a field came out as; of the body, how much."""
    value = getattr(article, name)
    if name == "body":
        words, parts = article.body.split(), article.body.split("\n\n")
        return f"{counted(len(words), 'word')}, {counted(len(parts), 'part')}"
    if isinstance(value, tuple):
        return ", ".join(value)
    return value.isoformat() if isinstance(value, datetime) else value or ""


def _short(line: tuple[str, str, str]) -> str:
    name, rule, text = line
    whole = f"  {name:<10} {one_line(f'{rule}: {text}' if text else rule)}"
    if not sys.stdout.isatty() or len(whole) <= (wide := columns()):
        return whole
    return whole[: wide - 1] + "…"
