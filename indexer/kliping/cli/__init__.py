"""The command line: parse, call, print. Nothing else in kliping uses click.

Each command is a module of its own, imported when it is run: a search never pays for what
indexing needs.
"""

from __future__ import annotations

import atexit
import errno
import gc
import importlib
import io
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any

from kliping.cli.late import postpone

# click needs the one for generators and deprecated callbacks, urllib the other for addresses in
# brackets. The first is an eighth of a cold search.
postpone("inspect", "ipaddress")

import click  # noqa: E402

from kliping.cli.options import Option, option, with_help  # noqa: E402
from kliping.errors import KlipingError  # noqa: E402

# What a short command loads stays to its end: looking for garbage in it takes 6 % of a cold search,
# and as much again when the interpreter takes itself apart.
gc.disable()
atexit.register(gc.freeze)
_READING = frozenset({"search", "suggest", "show", "similar", "open", "info", "run", "evaluate"})
_WITHOUT = frozenset({"extract", "stem", "analyze"})  # which ask no index
_STDERR = 2
_LONG = frozenset({"index", "copy", "watch", "extract", "run", "evaluate", "serve", "mcp"})

# Each is the name of its module and of what that module runs; the order is that of the help.
COMMANDS = (
    *("index", "watch", "search", "suggest", "show", "similar", "open", "info"),
    *("sources", "remove", "check", "compact", "copy", "export"),
    *("extract", "stem", "analyze", "run", "evaluate", "serve", "mcp"),
)
# What a system refuses that concerns what is printed, where it names no file.
_OUTPUT = (errno.ENOSPC, errno.EBADF, errno.EIO, errno.EFBIG, errno.EDQUOT)


class _Group(click.Group):
    """Finds commands late, and turns every error into one line and exit status 2."""

    def main(self, *args: Any, **extra: Any) -> Any:
        run: Any = super().main
        if not extra.pop("standalone_mode", True):
            return run(*args, standalone_mode=False, **extra)
        _take_any_text()
        try:
            status = _status(partial(run, *args, standalone_mode=False, **extra))
        except OSError as error:
            _drop_output()
            status = _fail(_refused(error))
        sys.exit(status)

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        if cmd_name in _LONG:
            gc.enable()
        if cmd_name in _READING:
            _hush_libraries()
        module = importlib.import_module(f"kliping.cli.{cmd_name}")
        command: click.Command = getattr(module, cmd_name)
        if not any("--index" in parameter.opts for parameter in command.params):
            command.params.append(Option(["--index", "path"], **_INDEX_BEHIND))
        return with_help(command)

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            _drop_output()  # the reader (head, less) has seen enough
            ctx.exit(0)


def _status(run: Callable[[], object]) -> int:
    """Run a command, tell what went wrong, and return the exit status."""
    if sys.stdout is None:
        return _fail("standard output is closed; send it to a file or a pipe")
    try:
        status = run()
    except KlipingError as error:
        status = _fail(str(error))
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        status = 0
    except click.UsageError as error:
        status = _fail(f"{error.format_message().rstrip('.')}; try: {_cure(error)}")
    except click.ClickException as error:
        status = _fail(error.format_message())
    except click.Abort:
        from kliping.cli.interrupts import INTERRUPTED

        status = INTERRUPTED
    return status if isinstance(status, int) else 0


def _refused(error: OSError) -> str:
    from kliping.errors.cures import refusal

    if error.filename:
        return f"{error.filename}: {refusal(error)}"
    if error.errno in _OUTPUT:  # an index's refusals are told by what opens it
        return f"the output cannot be written ({error.strerror}); send it to another place"
    return refusal(error)


def _choose_index(ctx: click.Context, _: click.Parameter, path: str | None) -> None:
    """Take the index that is named behind the command rather than one before it."""
    if path is not None:
        ctx.obj = path
    if "://" in str(ctx.obj) and ctx.info_name not in _WITHOUT and not ctx.resilient_parsing:
        from kliping.cli.passwords import ask_password

        ask_password(ctx.obj)


# Every command takes the index's folder too, wherever it stands in the line.
_INDEX_BEHIND: dict[str, Any] = {
    "metavar": "PATH",
    "expose_value": False,
    "callback": _choose_index,
    "help": "The index's folder or address, as before the command.",
}


def _fail(message: str) -> int:
    """Print an error as one line, whatever it quotes, and return its exit status."""
    from kliping.cli.output import one_line

    click.echo(f"Error: {one_line(message)}", err=True)
    return 2


def _cure(error: click.UsageError) -> str:
    """Return what helps: a file that is called like an option is named by its place."""
    command = error.ctx.command_path if error.ctx else "kliping"
    if isinstance(error, click.NoSuchOption):
        from pathlib import Path
        from shlex import join

        words = sys.argv[1:]
        named = [
            f"./{each}" if each.startswith("-") and Path(each).exists() else each for each in words
        ]
        if named != words:
            return join([command.split()[0], *named])
    return f"{command} --help"


def _take_any_text() -> None:
    """Let what the terminal's encoding does not have be replaced, not raise."""
    for stream in (sys.stdin, sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


def _hush_libraries() -> None:
    """Keep to ourselves what a library prints of a panic: one line tells what came of it."""
    if sys.stderr is not sys.__stderr__ or sys.stderr is None or sys.stderr.fileno() != _STDERR:
        return
    kept, nowhere = os.dup(_STDERR), os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, _STDERR)
    os.close(nowhere)
    sys.stderr = os.fdopen(kept, "w", 1, sys.stderr.encoding, "replace")


def _drop_output() -> None:
    """Send what is still buffered nowhere: closing it would fail once more."""
    with suppress(OSError):  # it may be no file at all
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _version(ctx: click.Context, _: click.Parameter, wanted: bool) -> None:
    if wanted:
        from kliping.release import __version__

        click.echo(f"kliping, version {__version__}")
        ctx.exit()


@with_help
@click.group(cls=_Group)
@option(
    "--index",
    "path",
    metavar="PATH",
    default="index",
    envvar="KLIPING_INDEX",
    show_default=True,
    show_envvar=True,
    help="The index's folder, or its address: https://USER@HOST:9200/NAME.",
)
@option(
    "--version",
    is_flag=True,
    is_eager=True,
    expose_value=False,
    callback=_version,
    help="Show the version and exit.",
)
@click.pass_context
def main(ctx: click.Context, path: str) -> None:
    """Full-text search for Indonesian news: index a folder of articles, and search it.

    Exit status: 0 found or done, 1 nothing found, 2 an error, told in one line with its cure.
    """
    from kliping.cli.output import colours

    ctx.obj = path
    ctx.color = colours()
