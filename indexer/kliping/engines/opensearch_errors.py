"""What goes wrong between here and a cluster, as errors whose cure works."""

from __future__ import annotations

import re
from types import TracebackType
from typing import Any

from opensearchpy.exceptions import ConnectionError as Unreachable
from opensearchpy.exceptions import (
    ConnectionTimeout,
    NotFoundError,
    OpenSearchException,
    SerializationError,
    SSLError,
    TransportError,
)

from kliping.engines.opensearch_address import FORM, PASSWORD, Address
from kliping.engines.opensearch_client import CA_FILE
from kliping.errors import IndexMismatch, KlipingError, QueryError, StorageError
from kliping.errors.cures import command, damaged

_LONGEST_REASON = 160
_MAPPING = ("mapper_parsing_exception", "strict_dynamic_mapping_exception")
UNWELL = (502, 503, 504)
# How the server says that a query is more than it takes.
_INTRICATE = re.compile(r"too_many_(?:nested_)?clauses|maxClauseCount|Determinizing|Terms Query")


class Errors:
    """Translates the library's errors, within a ``with`` block about the index at ``address``."""

    __slots__ = ("_address",)

    def __init__(self, address: Address, /) -> None:
        self._address = address

    def __enter__(self) -> None:
        return None

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if isinstance(error, OpenSearchException):
            raise translated(error, self._address) from error


def translated(error: OpenSearchException, address: Address, /) -> KlipingError:
    """Return an error of the library as what it means for the index at ``address``."""
    if isinstance(error, Unreachable):
        return StorageError(f"{address}: {_unreached(error, address)}", path=str(address))
    if isinstance(error, SerializationError) or not isinstance(error, TransportError):
        why = "what answers there is no OpenSearch; check the address"
        return StorageError(f"{address}: {why}", path=str(address))
    kind, reason = cause(error.info, error.error)
    if isinstance(error, NotFoundError):
        return damaged(address.name, reason, str(address))
    if kind in _MAPPING:
        cure = command("index --rebuild", str(address))
        return IndexMismatch(
            f"{address} has the mapping of another version ({reason}); try: {cure}",
            path=str(address),
        )
    if _INTRICATE.search(f"{kind} {reason}"):
        return QueryError("the query has too many words, or too intricate a pattern; write fewer")
    return StorageError(f"{address}: {_refused(error, kind, reason, address)}", path=str(address))


def cause(info: Any, otherwise: object, /) -> tuple[str, str]:
    """Return the kind and the reason that a server gives for an error, on one line."""
    found = info.get("error", info) if isinstance(info, dict) else None
    if isinstance(found, dict):
        shards = [each.get("reason") for each in found.get("failed_shards", ())]
        roots = [*shards, *found.get("root_cause", ())]
        found = next((each for each in roots if isinstance(each, dict)), found)
        kind, reason = str(found.get("type", "")), str(found.get("reason", ""))
    else:
        kind, reason = "", str(found or otherwise)
    short = " ".join(reason.split())
    return kind, short if len(short) <= _LONGEST_REASON else f"{short[:_LONGEST_REASON]}…"


def _unreached(error: Unreachable, address: Address) -> str:
    why = str(error.error)
    if isinstance(error, ConnectionTimeout):
        return "it did not answer in time; try again when it has less to do"
    if "WRONG_VERSION_NUMBER" in why or "record layer failure" in why:
        return "the server does not speak TLS; try: http:// in place of https://"
    if isinstance(error, SSLError) or "CERTIFICATE" in why:
        told = re.search(r"certificate verify failed: ([^(\[\]]+)|Hostname mismatch[^(]*", why)
        reason = (told[1] or told[0]).strip() if told else "it cannot be verified"
        return f"its certificate is refused ({reason}); name the file of its CA in {CA_FILE}"
    if re.search(r"Name or service|getaddrinfo|name resolution|NameResolution", why):
        return "there is no such host; check the address"
    if "RemoteDisconnected" in why or "BadStatusLine" in why or "reset by peer" in why:
        return "the server hung up; check that http or https is right, and that it runs"
    return f"nothing answers at {address.nodes}; start the server, or check the address"


def _refused(error: TransportError, kind: str, reason: str, address: Address) -> str:
    if "read-only-allow-delete" in reason:
        return "the disk of a node is nearly full, so nothing can be written; free some space there"
    if kind == "cluster_block_exception":
        return f"it takes no changes now ({reason}); lift the block in the index's settings"
    user = address.user
    told = {
        401: f"the password of '{user}' is wrong; set {PASSWORD}"
        if user
        else f"it wants to know who asks; write the user before the host: {FORM}",
        403: f"'{user or 'nobody'}' may not do that ({reason}); ask its administrator for leave",
        429: f"it has too much to do ({reason}); try again later",
        **dict.fromkeys(UNWELL, f"it cannot answer now ({reason}); try again when it is well"),
    }
    other = f"it says {error.status_code}: {reason}; look into the server's log"
    return told.get(int(error.status_code), other)
