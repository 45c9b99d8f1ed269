"""What is known of a publisher's pages: a row of the table in ``publishers``."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Publisher:
    """A publisher: its domains, its name, and the selectors of its pages."""

    domains: str
    name: str
    body: tuple[str, ...]
    title: str = ""
    author: str = ""
    date: str = ""
    drop: str = ""
    caption: str = ""
    """Under the lead picture, where neither its tag nor its name says so."""
    confirmed: str = ""
    """The years of real pages whose text the row found; none: it was written from memory."""
