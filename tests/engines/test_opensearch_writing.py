"""How changes go to a server that is busy, hangs up or refuses some; the server is an invention."""

from __future__ import annotations

import json
from collections.abc import Callable
from threading import Lock
from typing import Any

import pytest

pytest.importorskip("opensearchpy")

from opensearchpy import Connection
from opensearchpy.exceptions import ConnectionError as Unreachable
from opensearchpy.exceptions import ConnectionTimeout, TransportError

from kliping.article import Article
from kliping.engines import opensearch_retrying, opensearch_writing
from kliping.engines.documents import Document, dump_article
from kliping.engines.opensearch_address import Address
from kliping.engines.opensearch_client import connect
from kliping.engines.opensearch_mapping import GAP, article, key
from kliping.engines.opensearch_retrying import READING, WRITING, patiently
from kliping.engines.opensearch_writing import Changes, send
from kliping.errors import StorageError

HERE = Address.parse("http://127.0.0.1:9200/kliping")
Act = Callable[[str], int]


class Server:
    """Keeps rows by id; ``acts`` says, request by request, what each row is answered, or raises."""

    def __init__(self) -> None:
        self.rows: dict[str, Any] = {}
        self.requests: list[list[str]] = []
        self.acts: list[Act] = []
        self.lock = Lock()

    def bulk(self, body: bytes) -> list[dict[str, Any]]:
        given = [json.loads(line) for line in body.splitlines()]
        with self.lock:
            act = self.acts.pop(0) if self.acts else lambda name: 201
            self.requests.append([])
            items = []
            while given:
                ((kind, named),) = given.pop(0).items()
                name, row = named["_id"], given.pop(0) if kind == "index" else None
                self.requests[-1].append(name)
                status = act(name)
                if status < 300:
                    self.rows.pop(name, None)
                    self.rows |= {name: row} if row else {}
                error = {"error": {"type": f"kind_{status}", "reason": f"alasan {status}"}}
                items.append({kind: {"status": status, **(error if status >= 300 else {})}})
        return items


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The seconds that would have been waited; they pass at once."""
    found: list[float] = []
    now = [0.0]

    def sleep(seconds: float) -> None:
        found.append(seconds)
        now[0] += seconds

    monkeypatch.setattr(opensearch_retrying.time, "sleep", sleep)
    monkeypatch.setattr(opensearch_retrying.time, "monotonic", lambda: now[0])
    return found


@pytest.fixture
def give(server: Server) -> Callable[[Changes], None]:
    """Return what sends changes to the server."""

    class Wire(Connection):
        def perform_request(self, method: str, url: str, *rest: Any, **named: Any) -> Any:
            assert (method, url) == ("POST", "/kliping/_bulk")
            items = server.bulk(rest[1])
            is_bad = any("error" in told for item in items for told in item.values())
            answer = json.dumps({"errors": is_bad, "items": items})
            return 200, {"content-type": "application/json"}, answer

    client = connect(HERE, connection_class=Wire)

    def give(changes: Changes) -> None:
        try:
            send(client, HERE, changes.batches())
        finally:
            changes.forget()

    return give


def document(name: str, **terms: str) -> Document:
    return Document(name, terms, {}, None, dump_article(Article(name, None, "")))


def changes(*names: str) -> Changes:
    made = Changes()
    made.add(document(name) for name in names)
    return made


def refusing(*statuses: int) -> Act:
    """Answer the rows of one request in turn so, and those behind them well."""
    left = list(statuses)
    return lambda name: left.pop(0) if left else 201


def raising(error: TransportError) -> Act:
    def act(name: str) -> int:
        raise error

    return act


def test_an_article_is_sent_as_it_comes_back(server, give):
    whole = Article("a", "Judul\n", "Isi \x00 \u2028 \U0001f600.")
    made = Changes()
    made.add(
        [Document("a", {"text": "isi " + "é" * 200}, {"tags": ("x",)}, -5, dump_article(whole))]
    )
    give(made)
    row = server.rows["a"]
    assert article(row) == whole
    assert (row["id"], row["published"], row["tags_facet"]) == ("a", -5, ["x"])
    assert (row["text"], row["title"], row["body_words_listed"]) == (f"isi {GAP}", GAP, [])


def test_the_last_word_on_an_article_is_the_only_one_sent(server, give):
    made = changes("a", "b", "c")
    made.delete(["a", "b"])
    made.add([document("b", text="baru")])
    give(made)
    assert sorted(server.requests) == [["c", "a", "b"]]
    assert server.rows.keys() == {"b", "c"}
    assert server.rows["b"]["text"] == "baru"


def test_what_was_forgotten_is_not_sent(server, give):
    made = changes("a")
    made.forget()
    give(made)
    made.add([document("b")])
    give(made)
    assert server.requests == [["b"]]


def test_more_than_fits_into_memory_waits_on_the_disk(server, give, monkeypatch):
    monkeypatch.setattr(opensearch_writing, "_IN_MEMORY", 1_000)
    monkeypatch.setattr(opensearch_writing, "_BATCH_BYTES", 2_000)
    names = [f"d{n}" for n in range(100)]
    give(changes(*names))
    assert server.rows.keys() == set(names)
    assert sum(map(len, server.requests)) == 100
    assert 1 < max(map(len, server.requests)) < 10


def test_rows_that_a_busy_server_turned_down_are_sent_again_and_no_others(server, give, waits):
    server.acts = [refusing(201, 429, 201, 503), refusing(429)]
    give(changes("a", "b", "c", "d"))
    assert server.requests == [["a", "b", "c", "d"], ["b", "d"], ["b"]]
    assert server.rows.keys() == {"a", "b", "c", "d"}
    assert 0 < waits[0] < waits[1]


@pytest.mark.parametrize(
    "error",
    [
        TransportError(429, "rejected_execution_exception", {}),
        TransportError(503, "unavailable", {}),
        ConnectionTimeout("TIMEOUT", "", OSError()),
    ],
)
def test_a_request_that_may_fare_better_later_is_sent_again(server, give, waits, error):
    server.acts = [raising(error)] * 3
    give(changes("a", "b"))
    assert server.rows.keys() == {"a", "b"}
    assert len(waits) == 3


def test_a_server_that_stays_busy_is_told_after_a_while(server, give, waits):
    server.acts = [lambda name: 429] * 99
    with pytest.raises(StorageError, match="too much to do; try again later"):
        give(changes("a"))
    assert 30 < sum(waits) < 300


def test_what_will_never_be_taken_is_named_and_the_rest_sent(server, give, waits):
    server.acts = [refusing(201, 400, 429, 400)]
    with pytest.raises(StorageError, match=r"refused 2 articles, of which 'b' \(alasan 400\)"):
        give(changes("a", "b", "c", "d"))
    assert server.rows.keys() == {"a", "c"}


def test_a_full_disk_is_not_asked_again(server, give, waits):
    full = {"error": {"type": "cluster_block_exception", "reason": "read-only-allow-delete"}}
    server.acts = [raising(TransportError(429, "cluster_block_exception", full))]
    with pytest.raises(TransportError):
        give(changes("a"))
    assert not waits


def test_a_batch_too_large_for_the_server_goes_in_halves(server, give):
    server.acts = [raising(TransportError(413, "too large", {}))] * 2
    give(changes("a", "b", "c", "d"))
    assert server.rows.keys() == {"a", "b", "c", "d"}
    assert [len(names) for names in server.requests] == [1, 1, 1, 1, 2]


def test_an_id_too_long_for_the_server_is_shortened_and_stays_its_own():
    long, longer = "é" * 256, "é" * 257
    assert key(long) == long
    assert key(longer) != key(longer + "x")
    assert len(key(longer)) < 200
    assert key("")


@pytest.mark.parametrize(("patience", "longest"), [(READING, 1.0), (WRITING, 60.0)])
def test_a_server_that_is_gone_is_waited_for_as_long_as_becomes_it(waits, patience, longest):
    def ask() -> None:
        raise Unreachable("N/A", "refused", OSError())

    with pytest.raises(Unreachable):
        patiently(ask, patience)
    assert longest / 3 < sum(waits) < longest + 11


def test_waits_grow_to_a_bound_and_differ(waits):
    for tried in range(12):
        opensearch_retrying.pause(tried)
    assert 0.1 <= waits[0] <= 0.2
    assert all(5 <= wait <= 10 for wait in waits[-3:])
    assert len({*waits}) == 12
