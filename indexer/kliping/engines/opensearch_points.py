"""An index as it was at one moment: what a server keeps for those who read on."""

from __future__ import annotations

import json
import weakref
from contextlib import suppress
from typing import Any

from opensearchpy import OpenSearch
from opensearchpy.exceptions import OpenSearchException, TransportError

from kliping.engines.opensearch_address import Address
from kliping.engines.opensearch_errors import UNWELL, cause
from kliping.engines.opensearch_retrying import READING, patiently

_KEPT = "5m"  # after the last search
_PATH = "/_search/point_in_time"
# What the server says where it has forgotten a moment, or who kept it has gone.
_LOST = ("search_context_missing", "no_shard_available", "node_", "search_phase_execution")


class Point:
    """A point in time of an index; let go when nobody holds it any more.

    One that was lost, unused for too long or with its node, is replaced by the present, and
    ``losses`` counts how often.
    """

    def __init__(self, client: OpenSearch, address: Address, /, *, shards: int) -> None:
        self._client, self._address = client, address
        # Of several shards each would weigh words by its own articles alone.
        kind = "dfs_query_then_fetch" if shards > 1 else "query_then_fetch"
        self._params = {"search_type": kind, "allow_partial_search_results": "false"}
        self._id: list[str] = []
        self.losses = 0
        self.articles: int | None = None  # once they have been counted
        patiently(self._open, READING)
        self.close = weakref.finalize(self, _let_go, client, self._id)
        self.close.atexit = False

    def search(self, body: dict[str, Any], /) -> Any:
        """Return what the server answers."""

        def ask() -> Any:
            name = next(iter(self._id), None) or self._reopened()
            sent = {**body, "pit": {"id": name, "keep_alive": _KEPT}}
            raw = json.dumps(sent, ensure_ascii=False).encode("utf-8", "replace")
            try:
                return self._ask("POST", "/_search", self._params, raw)
            except TransportError as error:
                if _is_lost(error):
                    self._id.clear()
                raise

        return patiently(ask, READING, also=_is_lost)

    def _reopened(self) -> str:
        self.losses += 1
        return self._open()

    def _open(self) -> str:
        params = {"keep_alive": _KEPT, "allow_partial_pit_creation": "false"}
        answer = self._ask("POST", f"/{self._address.name}{_PATH}", params)
        self._id[:] = [answer["pit_id"]]
        self.articles = None
        return self._id[0]

    def _ask(self, method: str, path: str, params: dict[str, str], body: Any = None) -> Any:
        return self._client.transport.perform_request(method, path, params=params, body=body)


def _is_lost(error: TransportError) -> bool:
    return error.status_code in (404, 500, *UNWELL) and cause(error.info, "")[0].startswith(_LOST)


def _let_go(client: OpenSearch, held: list[str]) -> None:
    """Tell the server, which else forgets by itself a little later."""
    if held:
        with suppress(OpenSearchException):
            body = json.dumps({"pit_id": held}).encode()
            client.transport.perform_request("DELETE", _PATH, body=body, timeout=2)
