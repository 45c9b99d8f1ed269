"""Commands that take words as they come, also those that begin with a minus."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import click

# No shell can pass it on, so it marks a word that the parser must not take for an option.
_MARK = "\0"


class WordsCommand(click.Command):
    """A command of which ``-word`` is a word, unless it is one of its own short options.

    Long options stay options, also where they are misspelt: none that is meant is lost.
    """

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse the arguments, the words among them marked meanwhile."""
        rest = super().parse_args(ctx, list(self._marked(args)))
        ctx.params = {name: _unmarked(value) for name, value in ctx.params.items()}
        return rest

    def _marked(self, args: Iterable[str]) -> Iterator[str]:
        valued = {
            name: isinstance(option, click.Option) and not option.is_flag
            for option in self.params
            for name in option.opts
        }
        left = iter(args)
        for arg in left:
            if arg == "--":
                yield arg
                yield from left
            elif arg.startswith("-") and not arg.startswith("--") and len(arg) > 1:
                short = arg[:2]
                known = short in (*valued, "-h") and (len(arg) == 2 or arg[2:].isdecimal())
                yield arg if known else _MARK + arg
            else:
                yield arg
            if valued.get(arg):
                yield from (value for value in [next(left, None)] if value is not None)


def _unmarked(value: Any) -> Any:
    if isinstance(value, tuple):
        return tuple(map(_unmarked, value))
    return value.removeprefix(_MARK) if isinstance(value, str) else value
