"""Addresses of indexes on OpenSearch, and what the refusals of a cluster mean; needs no server."""

from __future__ import annotations

import socket

import pytest

pytest.importorskip("opensearchpy")

from opensearchpy import exceptions

from kliping.engines.opensearch_address import Address
from kliping.engines.opensearch_client import connect
from kliping.engines.opensearch_errors import Errors, translated
from kliping.engines.opensearch_passwords import password_of
from kliping.errors import IndexDamaged, IndexMismatch, NotAnIndex, QueryError, StorageError

HERE = Address.parse("http://sari@127.0.0.1:9200/kliping")


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://satu/berita", Address("http", (("satu", 9200),), "berita")),
        ("https://satu/berita", Address("https", (("satu", 443),), "berita")),
        ("http://a@satu:1,dua:2/b-1/", Address("http", (("satu", 1), ("dua", 2)), "b-1", "a")),
        ("https://a%40b@[::1]:9200/b", Address("https", (("::1", 9200),), "b", "a@b")),
    ],
)
def test_an_address_is_taken_apart(url, expected):
    assert Address.parse(url) == expected


@pytest.mark.parametrize(
    "url", ["http://satu:9200/b", "https://sari@satu:1,dua:2/b-1", "http://[::1]:9200/b"]
)
def test_an_address_reads_as_it_was_written(url):
    assert str(Address.parse(url)) == url
    beside = Address.parse(url) / "1"
    assert beside.name == f"{Address.parse(url).name}-1"
    assert str(beside) == url  # which is what people may type


@pytest.mark.parametrize(
    "url",
    [
        "ftp://satu/b", "http:///b", "http://satu", "http://satu/", "http://satu/a/b",
        "http://satu/Berita", "http://satu/_b", "http://satu:x/b", "http://satu/b#x",
        "http://satu:99999/b", "http://satu,/b", "http://[::1/b",
    ],
)  # fmt: skip
def test_what_is_no_address_of_an_index_is_refused_with_its_form(url):
    with pytest.raises(NotAnIndex, match=r"http.*//USER@HOST:PORT/NAME"):
        Address.parse(url)


def test_what_a_new_index_is_told_goes_to_the_server_in_its_own_words():
    address = Address.parse("http://satu/b?shards=6&replicas=1&codec=best_compression")
    assert dict((address / "2").settings) == {
        "number_of_shards": "6",
        "number_of_replicas": "1",
        "auto_expand_replicas": "false",
        "codec": "best_compression",
    }
    assert str(address) == "http://satu:9200/b"


@pytest.mark.parametrize("told", ["x=1", "shards=0", "shards=", "shards=a", "codec=lz5"])
def test_what_a_new_index_cannot_be_told_is_refused(told):
    with pytest.raises(NotAnIndex, match=f"not {told}"):
        Address.parse(f"http://satu/b?{told}")


@pytest.mark.parametrize("scheme", ["http", "ftp"])
def test_a_password_in_an_address_is_refused_and_never_shown(scheme):
    with pytest.raises(NotAnIndex) as refused:
        Address.parse(f"{scheme}://sari:rahasia@satu/b")
    assert "rahasia" not in str(refused.value) + str(refused.value.path)


def _told(status: int, kind: str, reason: str = "alasan") -> exceptions.TransportError:
    info = {"error": {"root_cause": [{"type": kind, "reason": reason}], "type": kind}}
    error = exceptions.HTTP_EXCEPTIONS.get(status, exceptions.TransportError)
    return error(status, kind, info)  # type: ignore[return-value]


@pytest.mark.parametrize(
    ("error", "expected", "says"),
    [
        (_told(401, "security_exception"), StorageError, "password of 'sari' is wrong; set KLIP"),
        (_told(403, "security_exception"), StorageError, "'sari' may not do that"),
        (
            _told(403, "cluster_block_exception", "blocked by: [FORBIDDEN/5/read-only]"),
            StorageError,
            "lift the block",
        ),
        (
            _told(429, "cluster_block_exception", "index has read-only-allow-delete block"),
            StorageError,
            "free some space",
        ),
        (_told(404, "index_not_found_exception"), IndexDamaged, "--rebuild --index http://sari@"),
        (_told(400, "strict_dynamic_mapping_exception"), IndexMismatch, "try: kliping index --reb"),
        (_told(400, "too_many_nested_clauses"), QueryError, "write fewer"),
        (_told(400, "x", "Determinizing automaton with 16 states"), QueryError, "write fewer"),
        (_told(429, "rejected_execution_exception"), StorageError, "too much to do"),
        (_told(503, "no_shard_available_action_exception"), StorageError, "when it is well"),
        (_told(500, "null_pointer_exception"), StorageError, "says 500: alasan"),
        (exceptions.ConnectionTimeout("TIMEOUT", "", OSError()), StorageError, "in time"),
        (exceptions.SSLError("N/A", "[SSL: WRONG_VERSION_NUMBER]", OSError()), StorageError, "TLS"),
        (
            exceptions.SSLError("N/A", "certificate verify failed: self-signed (_ssl.c:1)", None),
            StorageError,
            r"refused \(self-signed\); name the file of its CA in KLIPING_OPENSEARCH_CA",
        ),
        (exceptions.ConnectionError("N/A", "Name or service", OSError()), StorageError, "no such"),
        (exceptions.SerializationError("<html>"), StorageError, "no OpenSearch"),
    ],
)
def test_each_refusal_is_one_line_with_its_cure(error, expected, says):
    told = translated(error, HERE)
    assert type(told) is expected
    assert "\n" not in str(told)
    with pytest.raises(expected, match=says), Errors(HERE):
        raise error


def test_a_user_is_asked_for_where_none_was_named():
    nameless = Address.parse("http://127.0.0.1:9200/kliping")
    assert "write the user before the host" in str(translated(_told(401, "x"), nameless))


def test_a_server_that_is_not_there_is_one_line():
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        address = Address("http", (("127.0.0.1", free.getsockname()[1]),), "kliping")
    with pytest.raises(StorageError, match="nothing answers at 127"), Errors(address):
        connect(address).info()


def test_the_password_goes_with_each_request_and_stands_nowhere(monkeypatch):
    monkeypatch.setenv("KLIPING_OPENSEARCH_PASSWORD", "rahasia")
    client = connect(HERE)
    assert "rahasia" not in repr(client) + repr(HERE) + str(HERE)
    header = client.transport.get_connection().headers["authorization"]
    assert header.startswith("Basic ")


def test_bugs_pass_through_untouched():
    with pytest.raises(ZeroDivisionError), Errors(HERE):
        _ = 1 // 0


@pytest.mark.parametrize("seconds", ["tiga", "-1", "0", "nan", "1e9"])
def test_seconds_that_are_none_are_refused(seconds, monkeypatch):
    monkeypatch.setenv("KLIPING_OPENSEARCH_TIMEOUT", seconds)
    with pytest.raises(StorageError, match=r"takes seconds, such as 30, not"):
        connect(Address.parse("http://host/x"))


def test_certificates_that_cannot_be_read_are_named(tmp_path, monkeypatch):
    for path in (tmp_path / "tidak-ada.pem", tmp_path / "kosong.pem"):
        monkeypatch.setenv("KLIPING_OPENSEARCH_CA", str(path))
        with pytest.raises(StorageError, match=rf"{path.name}: no certificate can be read"):
            connect(Address.parse("https://host/x"))
        (tmp_path / "kosong.pem").write_text("bukan sertifikat")


def test_a_password_may_come_from_netrc(tmp_path, monkeypatch):
    monkeypatch.delenv("KLIPING_OPENSEARCH_PASSWORD", raising=False)
    notes = tmp_path / "netrc"
    monkeypatch.setenv("NETRC", str(notes))
    place = Address.parse("https://meja@cari.example:9200/x")
    assert password_of(place) is None
    notes.write_text("machine cari.example login meja password rahasia\n")
    notes.chmod(0o600)
    assert password_of(place) == "rahasia"
    assert password_of(Address.parse("https://lain@cari.example:9200/x")) is None
    monkeypatch.setenv("KLIPING_OPENSEARCH_PASSWORD", "yang-lain")
    assert password_of(place) == "yang-lain"
