"""Prints ``docs/cli.md``: the help of every command, as Markdown. Run by ``make docs``."""

from __future__ import annotations

import sys
from pathlib import Path

import click

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "indexer"))

from kliping.cli import COMMANDS, main  # noqa: E402 - the checkout's own, not an installed one

OPENING = """\
# The command line

This page is printed by `make docs` from the commands' own `--help`; a test compares the two.
From a checkout, `python cli.py` is `kliping`.

Exit status: 0 found or done, 1 nothing found, 2 an error, told in one line with its cure.
"""


def page() -> str:
    """Return the whole page."""
    root = main.make_context("kliping", [], resilient_parsing=True, terminal_width=80)
    sections = [_section(root)]
    for name in COMMANDS:
        command = main.get_command(root, name)
        assert command, name
        sections.append(
            _section(
                command.make_context(
                    name, [], parent=root, resilient_parsing=True, terminal_width=80
                )
            )
        )
    return "\n".join([OPENING, *sections])


def _section(context: click.Context) -> str:
    return f"## {context.command_path}\n\n```text\n{context.get_help().rstrip()}\n```\n"


if __name__ == "__main__":
    print(page(), end="")
