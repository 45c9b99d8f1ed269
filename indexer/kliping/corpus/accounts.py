"""How each article came to be: told to whoever listens, free for those who do not.

Readers hand on articles, and an account is no part of one. So it goes another way: a reader tells
it just before it yields the article, if anyone listens.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TYPE_CHECKING

from kliping.values import Value

if TYPE_CHECKING:
    from kliping.corpus.records.profile import Profile


class Account(Value):
    """Which rule took what, and what was dropped.

    ``rules`` holds (field, rule); ``dropped`` holds (rule, text), in the order of the work;
    ``notes`` what else is worth knowing, such as markup that was repaired.
    """

    id: str
    path: str | None
    rules: tuple[tuple[str, str], ...]
    dropped: tuple[tuple[str, str], ...] = ()
    notes: tuple[str, ...] = ()


_heard: ContextVar[list[Account] | None] = ContextVar("accounts", default=None)


@contextmanager
def listening() -> Iterator[list[Account]]:
    """Give a list to which each article's account is added while the block runs."""
    heard: list[Account] = []
    token = _heard.set(heard)
    try:
        yield heard
    finally:
        _heard.reset(token)


def is_heard() -> bool:
    """Say whether anyone listens, where an account costs something to make."""
    return _heard.get() is not None


def tell(account: Account, /) -> None:
    """Tell the account of an article that is about to be yielded."""
    if (heard := _heard.get()) is not None:
        heard.append(account)


_profiles: ContextVar[list[Profile] | None] = ContextVar("profiles", default=None)


@contextmanager
def profiling() -> Iterator[list[Profile]]:
    """Give a list to which the profile of each file of records is added while the block runs."""
    heard: list[Profile] = []
    token = _profiles.set(heard)
    try:
        yield heard
    finally:
        _profiles.reset(token)


def tell_profile(profile: Profile, /) -> None:
    """Tell what a file of records is, before its first article is yielded."""
    if (heard := _profiles.get()) is not None:
        heard.append(profile)
