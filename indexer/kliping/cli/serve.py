"""``kliping serve``: an index over HTTP, and its page."""

from __future__ import annotations

import re

import click

from kliping.cli.extras import needing

_ORIGIN = re.compile(r"\*|https?://[\w.\-\[\]:]+")
# What a header carries as it is.
_TOKEN = re.compile(r"[!-~]+")


def _checked_token(ctx: click.Context, _: click.Parameter, token: str | None) -> str | None:
    if token and not _TOKEN.fullmatch(token):
        raise click.BadParameter("letters, digits and signs of ASCII only, without spaces")
    if token == "":
        raise click.BadParameter("it is empty; leave the option out for none")
    return token


def _checked_origins(
    ctx: click.Context, _: click.Parameter, origins: tuple[str, ...]
) -> tuple[str, ...]:
    for origin in origins:
        if not _ORIGIN.fullmatch(origin):
            raise click.BadParameter(f"'{origin}' is no origin; write https://example.org, or *")
    return origins


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen to.")
@click.option(
    "--port",
    type=click.IntRange(0, 65_535),
    default=8000,
    show_default=True,
    help="The port; 0: any that is free.",
)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    default=1,
    show_default=True,
    help="How many processes answer.",
)
@click.option(
    "--token",
    envvar="KLIPING_TOKEN",
    show_envvar=True,
    callback=_checked_token,
    help="What a request must know; by the variable, no list of processes shows it.",
)
@click.option("--public", is_flag=True, help="Let anyone ask, from other machines too.")
@click.option(
    "--cors",
    multiple=True,
    metavar="ORIGIN",
    callback=_checked_origins,
    help="Let pages of this origin read answers; may be repeated.",
)
@click.option(
    "--log",
    type=click.Choice(["lines", "json", "none"]),
    default="lines",
    show_default=True,
    help="How each request is noted on standard error.",
)
@click.pass_obj
def serve(
    path: str,
    /,
    host: str,
    port: int,
    workers: int,
    token: str | None,
    public: bool,
    cors: tuple[str, ...],
    log: str,
) -> None:
    """Answer searches over HTTP until it is ended (Ctrl-C).

    It follows what is indexed meanwhile. Beyond this machine it answers only with --token or
    --public. docs/server.md says what may be asked, and how to run it behind nginx.
    """
    with needing("server", "serve"):
        from kliping.server.running import is_loopback, local_names, run
        from kliping.server.settings import Settings
    local = is_loopback(host)
    if not (local or token or public):
        raise click.UsageError(
            f"--host {host} lets other machines search this index; add --token TOKEN, or --public "
            "if anyone may"
        )
    hosts = local_names(host) if local and not (token or public) else ()
    settings = Settings(index=path, token=token, cors=cors, hosts=hosts)
    run(settings, host=host, port=port, workers=workers, log=log)  # type: ignore[arg-type]
