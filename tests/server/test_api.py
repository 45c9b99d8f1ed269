from __future__ import annotations

from pathlib import Path
from urllib.parse import quote

import pytest

import kliping
from tests.server.serving import Server


def test_a_search_is_what_the_library_gives(server: Server, served_index: Path) -> None:
    answer = server.get("/api/search?q=gempa+lembah&limit=2&facets=true")
    with kliping.open(served_index) as index:
        wanted = index.search("gempa lembah", limit=2, facets=True).to_dict()
    assert answer.status == 200
    assert answer.headers["content-type"] == "application/json"
    assert {**answer.json, "took_ms": 0} == {**wanted, "took_ms": 0}


@pytest.mark.parametrize(
    ("query", "ids"),
    [
        ("q=gempa&source=Harian+Wening&sort=oldest", ["gempa-1", "gempa-2"]),
        ("q=&source=Gelanggang&source=Kabar+Wening&until=1970", ["pantun"]),
        ("q=warga&author=dimas&since=2024", ["gempa-2"]),
        ("q=&tag=bencana", ["gempa-1"]),
        ("q=&section=bola&boost-recent=30d", ["bola"]),
        ("q=&section=bola&boost_recent=30d", ["bola"]),
        ("q=gempa+tewas&match=all", []),
        ("q=gempa&limit=1&offset=1&sort=newest", ["gempa-1"]),
    ],
)
def test_the_options_of_the_command_are_parameters(
    server: Server, query: str, ids: list[str]
) -> None:
    assert [hit["id"] for hit in server.get(f"/api/search?{query}").json["hits"]] == ids


def test_pages_follow_one_another_by_their_tokens(server: Server) -> None:
    seen, token = [], None
    for _ in range(6):
        more = f"&after={token}" if token else ""
        page = server.get(f"/api/search?q=&limit=1{more}").json
        seen += [hit["id"] for hit in page["hits"]]
        token = page["next"]
    assert len(set(seen)) == 6
    assert token is None


def test_an_article_is_found_by_id_and_address(server: Server) -> None:
    by_id = server.get("/api/articles/gempa-1").json
    address = quote("https://harian-wening.example/gempa-lembah", safe="")
    assert server.get(f"/api/articles/{address}").json == by_id
    assert by_id["authors"] == ["Sari Puspa"]


def test_other_endpoints_answer(server: Server) -> None:
    likest = server.get("/api/similar/gempa-1?limit=1").json["hits"]
    assert [hit["id"] for hit in likest] == ["gempa-2"]
    words = [each["text"] for each in server.get("/api/suggest?q=gem").json["suggestions"]]
    assert words[0] == "gempa"
    counts = server.get("/api/facets?q=gempa").json
    assert counts["facets"]["source"] == {"Harian Wening": 2}
    assert server.get("/api/trend?q=&by=year").json["periods"] == [
        {"period": "1969", "articles": 1},
        {"period": "2023", "articles": 1},
        {"period": "2024", "articles": 3},
    ]
    assert server.get("/healthz").json["status"] == "ok"


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        ("/api/search?limt=3", 400, "'limt'"),
        ("/api/search?limit=0", 400, "limit"),
        ("/api/search?limit=101", 400, "limit"),
        ("/api/search?limit=2&limit=3", 400, "twice"),
        ("/api/search?facets=perhaps", 400, "facets"),
        ("/api/search?sort=best", 400, "sort"),
        ("/api/search?sort=best", 400, "choose from relevance, newest, oldest"),
        ("/api/search?since=later", 400, "'later' is not a date"),
        ("/api/search?q=%ff", 400, "UTF-8"),
        ("/api/search?q=" + "a" * 1001, 400, "q"),
        ("/api/search?after=x", 409, "token"),
        ("/api/search?since=2021&until=2020", 409, "change them round"),
        ("/api/search?sort=newest&boost_recent=30d", 409, "relevance"),
        ("/api/search?after=x&offset=1", 409, "leave out one"),
        ("/api/search?" + "tag=a&" * 101, 400, "100"),
        ("/api/suggest", 400, "q"),
        ("/api/articles/none", 404, "no article"),
        ("/api/similar/none", 404, "no article"),
        ("/nowhere", 404, "nothing at this address"),
        ("/api/search/", 404, "nothing at this address"),
    ],
)
def test_what_cannot_be_answered_is_told_as_a_problem(
    server: Server, path: str, status: int, said: str
) -> None:
    answer = server.get(path)
    assert answer.status == answer.json["status"] == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert said in answer.json["detail"]


def test_what_a_client_has_is_not_sent_again(server: Server) -> None:
    first = server.get("/api/search?q=gempa")
    again = server.get("/api/search?q=gempa", If_None_Match=first.headers["etag"])
    assert (again.status, again.body) == (304, b"")
    assert server.get("/api/search?q=gempa", If_None_Match='W/"other"').status == 200
