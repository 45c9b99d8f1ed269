"""The command line: parse, call, print. Nothing else in kliping uses click.

Each command is a module of its own, imported when it is run: a search never pays for what
indexing needs.
"""

from __future__ import annotations

import importlib
import os
import sys

import click

from kliping.errors import KlipingError

# command → the module that has it; the order is that of the help
COMMANDS = {
    "index": "indexing",
    "search": "searching",
    "show": "showing",
    "info": "showing",
    "extract": "extracting",
    "stem": "analysing",
    "analyze": "analysing",
    "run": "evaluating",
    "evaluate": "evaluating",
}


class _Group(click.Group):
    """Finds commands late, and turns every error into one line and exit status 2."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"kliping.cli.{COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, cmd_name)
        return command

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except KlipingError as error:
            click.echo(f"Error: {error}", err=True)
            ctx.exit(2)
        except BrokenPipeError:
            # The reader (head, less) has seen enough; what is still buffered has nowhere to go.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            ctx.exit(0)


@click.group(cls=_Group, context_settings={"help_option_names": ["-h", "--help"]})
@click.option(
    "--index",
    "path",
    metavar="PATH",
    default="index",
    envvar="KLIPING_INDEX",
    show_default=True,
    show_envvar=True,
    help="The index's folder.",
)
@click.version_option(package_name="kliping", prog_name="kliping")
@click.pass_context
def main(ctx: click.Context, path: str) -> None:
    """Full-text search for Indonesian news: index a folder of articles, and search it.

    Exit status: 0 found or done, 1 nothing found, 2 an error, told in one line with its cure.
    """
    ctx.obj = path
