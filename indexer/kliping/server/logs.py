"""The server's log: a line an event, for people or as JSON; no token is ever in it."""

from __future__ import annotations

import logging
import re
import sys
from datetime import UTC, datetime
from typing import Any, Literal

import msgspec
from starlette.types import Scope

Form = Literal["lines", "json", "none"]
REQUESTS = logging.getLogger("kliping.server.requests")
_LIBRARY = "uvicorn.error"
# Nothing here takes a token in an address, but who is mistaken about that must not find it here.
_SECRET = re.compile(rb"((?:^|&)[^=&]*(?:token|key|secret|password)=)[^&]*", re.IGNORECASE)


def requested(scope: Scope, status: int, seconds: float, /) -> None:
    """Note a request and how it was answered."""
    if REQUESTS.disabled:
        return
    client = scope.get("client")
    query = scope["query_string"]
    if b"=" in query:
        query = _SECRET.sub(rb"\1***", query)
    address = scope["raw_path"] + (b"?" + query if query else b"")
    about = {
        "client": client[0] if client else None,
        "method": scope["method"],
        "address": address.decode("ascii", "backslashreplace"),
        "status": status,
        "ms": round(seconds * 1000, 2),
    }
    REQUESTS.info("%(client)s %(method)s %(address)s %(status)s %(ms)s ms", about)


class _Lines(logging.Formatter):
    """A line an event; what was logged cannot break it, nor act on a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        level = "" if record.levelno == logging.INFO else f"{record.levelname.lower()}: "
        return f"{moment} {level}{_escaped(_message(self, record))}"


class _Json(logging.Formatter):
    """A JSON object an event."""

    def format(self, record: logging.LogRecord) -> str:
        moment = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds")
        row: dict[str, Any] = {"time": moment, "level": record.levelname.lower()}
        if isinstance(record.args, dict):
            row |= record.args
        else:
            row["message"] = _message(self, record)
        return msgspec.json.encode(row).decode()


def _message(formatter: logging.Formatter, record: logging.LogRecord) -> str:
    text = record.getMessage()
    return f"{text}\n{formatter.formatException(record.exc_info)}" if record.exc_info else text


def _escaped(text: str) -> str:
    if text.isprintable():
        return text
    return "".join(
        c if c.isprintable() else c.encode("unicode_escape", "backslashreplace").decode()
        for c in text
    )


def configure(form: Form, /) -> None:
    """Send the log to standard error in this form; with ``none``, requests are left out."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Json() if form == "json" else _Lines())
    for name in ("kliping.server", _LIBRARY):
        logger = logging.getLogger(name)
        logger.handlers[:] = [handler]
        logger.propagate = False
        logger.setLevel(logging.INFO)
    REQUESTS.disabled = form == "none"
    # The library's own lines say in other words what ours say.
    logging.getLogger(_LIBRARY).setLevel(logging.WARNING)
