"""Asks for the password of a cluster's user, where nothing says it and somebody can be asked."""

from __future__ import annotations

import os
import sys

import click

from kliping.engines.opensearch_address import PASSWORD, Address
from kliping.engines.opensearch_passwords import password_of
from kliping.store.shares import parted


def ask_password(place: str, /) -> None:
    """Ask whoever sits at the terminal, once, and keep the answer for what this command starts.

    Raises:
        NotAnIndex: the address is none, or holds a password.
    """
    address = Address.parse(parted(place)[0])
    if not address.user or password_of(address) is not None:
        return
    if sys.stdin.isatty() and sys.stderr.isatty():
        question = f"Password of {address.user} at {address.nodes}"
        os.environ[PASSWORD] = click.prompt(question, hide_input=True, err=True)
