"""How a server is run: who may ask, and how much at once."""

from __future__ import annotations

import os
from dataclasses import dataclass, field

from kliping.store.places import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What :func:`kliping.server.app.create_app` is told.

    ``token`` is what a request must know, ``cors`` the origins whose pages may read answers.
    ``hosts`` are the names that a request may address the server by; empty: any. ``threads``
    search at once and ``waiting`` requests at most wait for them or are answered, ``from_one`` of
    them from one address; each has ``seconds``.
    """

    index: Place
    token: str | None = field(default=None, repr=False)  # so that no traceback shows it
    cors: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    threads: int = field(default_factory=lambda: max(2, os.cpu_count() or 2))
    waiting: int = 256
    from_one: int = 192
    seconds: float = 10.0
