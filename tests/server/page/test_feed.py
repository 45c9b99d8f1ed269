"""The feed is Atom as RFC 4287 has it, whatever the articles hold; a browser can add the search."""

from __future__ import annotations

import json
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from lxml import etree

import kliping
from tests.server.serving import Server, serving

ATOM = "{http://www.w3.org/2005/Atom}"
# What section 4 asks of each: exactly one of the first, at most one of the second.
FEED = {"id", "title", "updated"}, {"subtitle", "rights", "logo", "icon", "generator"}
ENTRY = {"id", "title", "updated"}, {"published", "summary", "content", "rights", "source"}


def parsed(content: bytes) -> etree._Element:
    return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True))


def check(element: etree._Element, one: set[str], at_most_one: set[str]) -> None:
    names = [str(child.tag).removeprefix(ATOM) for child in element]
    assert all(names.count(name) == 1 for name in one)
    assert all(names.count(name) <= 1 for name in at_most_one)
    for moment in element.iterchildren(f"{ATOM}updated", f"{ATOM}published"):
        assert datetime.fromisoformat(moment.text or "").tzinfo
    iri = urlsplit(element.findtext(f"{ATOM}id") or "")
    assert iri.scheme in ("http", "urn")
    links = element.findall(f"{ATOM}link")
    assert [each.get("rel") for each in links].count("alternate") == 1
    assert all(urlsplit(each.get("href") or "").scheme in ("http", "https") for each in links)


@pytest.mark.parametrize(
    "query", ["", "q=gempa", "q=tidakada", "q=warga&lang=en&tag=gempa&sort=oldest"]
)
def test_a_feed_has_what_the_standard_asks_for(server: Server, query: str) -> None:
    answer = server.get(f"/feed.atom?{query}")
    assert answer.headers["content-type"].startswith("application/atom+xml")
    feed = parsed(answer.body)
    check(feed, *FEED)
    assert feed.findtext(f"{ATOM}author/{ATOM}name")
    ids = []
    for entry in feed.iterchildren(f"{ATOM}entry"):
        check(entry, *ENTRY)
        ids.append(entry.findtext(f"{ATOM}id"))
    assert len(set(ids)) == len(ids)


def test_entries_are_the_newest_and_lead_to_article_and_source(server: Server) -> None:
    feed = parsed(server.get("/feed.atom?q=gempa").body)
    assert feed.findtext(f"{ATOM}title") == "Kliping: gempa"
    newest, second = feed.iterchildren(f"{ATOM}entry")
    assert newest.findtext(f"{ATOM}title") == "Warga korban gempa menunggu bantuan"
    assert second.findtext(f"{ATOM}published") == "2024-03-12T07:15:00+07:00"
    leads = {each.get("rel"): each.get("href") for each in second.iterchildren(f"{ATOM}link")}
    assert leads["alternate"] == f"http://127.0.0.1:{server.port}/artikel/gempa-1?q=gempa"
    assert leads["via"] == "https://harian-wening.example/gempa-lembah"
    assert "Gempa bermagnitudo 5,1" in (second.findtext(f"{ATOM}summary") or "")


def test_an_entry_keeps_its_id_whatever_the_search(server: Server) -> None:
    ids = [
        {e.findtext(f"{ATOM}title"): e.findtext(f"{ATOM}id") for e in parsed(answer.body)}
        for answer in map(server.get, ("/feed.atom?q=gempa", "/feed.atom?q=warga&lang=en"))
    ]
    shared = ids[0].keys() & ids[1].keys() - {None}
    assert shared
    assert all(ids[0][title] == ids[1][title] for title in shared)


def test_what_xml_forbids_is_left_out(tmp_path: Path) -> None:
    odd = {
        "id": "\u0001<&\"']]>\ud800\uffff",
        "judul": "Gempa \u0000\u001b[31m]]> <b>&amp; \ud83d \ufffe",
        "isi": "Gempa \u0008 <script>alert(1)</script> \ufdd0.",
        "penulis": "A & B\u0003",
        "tags": ["<tag>"],
    }
    (tmp_path / "odd.jsonl").write_text(json.dumps(odd) + "\n")
    kliping.build(tmp_path / "odd.jsonl", tmp_path / "index")
    with serving(tmp_path / "index", tmp_path / "log") as server:
        feed = parsed(server.get("/feed.atom?q=gempa%00%1b").body)
        html = server.get("/?q=gempa%00%1b").body.decode()
    assert len(feed.findall(f"{ATOM}entry")) == 1
    assert not any(character in html for character in "\0\x1b\x08\x03\ufffe")
    assert "<script>alert" not in html


def test_a_browser_can_add_the_search(server: Server) -> None:
    description = parsed(server.get("/opensearch.xml?lang=en").body)
    space = "{http://a9.com/-/spec/opensearch/1.1/}"
    assert len(description.findtext(f"{space}ShortName") or "") <= 16
    templates = {each.get("type"): each.get("template") for each in description.iter(f"{space}Url")}
    home = f"http://127.0.0.1:{server.port}"
    assert templates == {
        "text/html": f"{home}/?q={{searchTerms}}&lang=en",
        "application/atom+xml": f"{home}/feed.atom?q={{searchTerms}}&lang=en",
        "application/x-suggestions+json": f"{home}/suggestions.json?q={{searchTerms}}",
    }
    for address in templates.values():
        path = str(address).removeprefix(home).replace("{searchTerms}", "gemp")
        assert server.get(path).status == 200
    assert json.loads(server.get("/suggestions.json?q=gemp").body)[1][0] == "gempa"
