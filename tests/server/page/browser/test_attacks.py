"""A corpus whose every field is an attack, walked by a real browser: nothing runs, nothing leaves.

Each attack calls ``tertangkap``, which the browser provides, or asks for what the policy forbids,
which it reports: see ``browsing``. A page that is merely ugly passes; one that obeys fails.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest

import kliping
from kliping.article import Article
from tests.server.page.browser.browsing import Visit, visiting
from tests.server.serving import Server, serving

RUN = "tertangkap(1)"
ATTACKS = {
    "element": f"<script>{RUN}</script>",
    "attribute": f'"><img src=x onerror={RUN}>',
    "single": f"'><svg onload='{RUN}'>",
    "spaces": f"x onmouseover={RUN} autofocus onfocus={RUN} style=color:red",
    "address": f"javascript:{RUN}//",
    "disguised": f"\x01java\tscript:{RUN}",
    "data": f"data:text/html,<script>{RUN}</script>",
    "closing": f"</title></textarea></style></svg></script><script>{RUN}</script>",
    "comment": f"--><script>{RUN}</script><!--",
    "template": "{{ 7*7 }}{% for x in config %}{0.__class__}%s${7*7}",
    "entity": f"&lt;script&gt;{RUN}&lt;/script&gt;&#60;img src=x onerror={RUN}&#62;",
    "bidi": f"\u202e\u2066<script>{RUN}</script>\u2069 gnp.exe",
    "terminal": f"\x1b]8;;https://jahat.example\x07\x1b[2J\x9b31m<b onclick={RUN}>",
    "lines": f"satu\r\nSet-Cookie: a=b\r\n\r\n<script>{RUN}</script>\u2028\u2029\x85\x00",
    "half": f"\ud800<script>{RUN}</script>\udfff",
    "web": f'https://jahat.example/"><script>{RUN}</script>',
    "path": "../../../../etc/passwd",
    "dots": "..",
    "host": "//jahat.example/%2e%2e/\\jahat.example",
    "frame": "<iframe src=//jahat.example></iframe><base href=//jahat.example/>",
    "link": "<link rel=stylesheet href=//jahat.example/a.css><meta http-equiv=refresh content=0>",
    "form": "<form action=//jahat.example><input name=q><button>Cari</button></form>",
}
# How many pages of each kind are opened; the rest have what these have.
MOST = 40


def article(name: str, attack: str) -> Article:
    """Return an article all of whose fields are one attack, and that a search for gempa finds."""
    return Article(
        id=attack,
        title=f"gempa {attack}",
        body=f"gempa {attack} warga. {attack}\n\n{attack} gempa {name} {attack}",
        authors=(attack, f"{name} {attack}"),
        published=datetime(2000 + len(name), 3, len(attack) % 28 + 1, tzinfo=UTC),
        source=f"{name} {attack}",
        section=f"{attack} {name}",
        tags=(attack, f"tag {attack}"),
        url=attack,
        path=attack,
        language=attack,
        image=attack,
        caption=attack,
        channel=attack,
    )


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An index of nothing but attacks, put in by a program: no reader of files has cleaned them."""
    path = tmp_path_factory.mktemp("hostile") / "index"
    with kliping.writer(path) as writer:
        writer.add([article(name, attack) for name, attack in ATTACKS.items()])
    return path


@pytest.fixture(scope="module")
def hostile(index: Path) -> Iterator[Server]:
    """A server of nothing but attacks, none of which reaches the terminal that shows its log."""
    log = index.parent / "log"
    with serving(index, log) as running:
        yield running
    assert not set(log.read_text(encoding="utf-8")) & set("\x1b\x07\x00\x9b")


@pytest.fixture
def visit(browser: Any, hostile: Server) -> Iterator[Visit]:
    with visiting(browser, f"http://127.0.0.1:{hostile.port}") as opened:
        yield opened


def test_every_link_of_an_archive_of_attacks_is_followed_and_nothing_runs(
    visit: Visit, index: Path
) -> None:
    waiting, seen = ["/?q=gempa", "/"], {"/?q=gempa", "/"}
    opened: list[str] = []
    while waiting and len(opened) < MOST:
        path = waiting.pop(0)
        if visit.go(path).status != 200:
            raise AssertionError(f"{path} is led to, and is not there")
        opened.append(path)
        for link in provoked(visit):
            if link not in seen and not link.startswith("/feed"):
                seen.add(link)
                # Articles first: of the ways to narrow a search there are many.
                waiting.insert(0 if link.startswith("/artikel") else len(waiting), link)
    articles = {path.partition("&")[0] for path in opened if path.startswith("/artikel")}
    with kliping.open(index) as written:
        assert len(articles) >= len(written) == len(ATTACKS)
    assert len(opened) == MOST


def provoked(visit: Visit) -> list[str]:
    """Return the links of a page once all that it hides was unfolded and all of it touched."""
    return list(
        visit.page.evaluate(
            """() => {
              for (const each of document.querySelectorAll("details")) each.open = true;
              for (const each of document.querySelectorAll("main *"))
                for (const kind of ["mouseover", "focus", "pointermove"])
                  each.dispatchEvent(new Event(kind, { bubbles: true }));
              if (document.querySelector("iframe, form:not([action='/']), base, object, style"))
                tertangkap("an element that no template has");
              const here = [];
              for (const each of document.querySelectorAll("a[href]")) {
                const to = new URL(each.getAttribute("href"), location);
                if (to.origin === location.origin) here.push(to.pathname + to.search);
                else if (!/^https?:$/.test(to.protocol) || each.rel !== "noopener nofollow")
                  tertangkap(`a link to ${to}`);
              }
              return here;
            }"""
        )
    )


def test_an_attack_as_a_question_is_only_text(visit: Visit) -> None:
    for each in ATTACKS.values():
        attack = each.encode("utf-8", "replace").decode()
        named = {"q": attack, "since": attack[:90], "source": attack, "sort": "newest"}
        key = quote(attack, safe="")
        for path in (f"/?{urlencode(named)}", f"/artikel/{key}?{urlencode({'q': attack})}"):
            assert visit.go(path).status in (200, 400, 404)
            provoked(visit)
            assert not visit.wrong, path


def test_suggestions_are_only_text(visit: Visit) -> None:
    visit.go("/")
    for typed in ("gemp", "scri", "ter", "iframe"):
        visit.page.locator("#q").fill(typed)
        visit.page.wait_for_timeout(250)
        provoked(visit)
    visit.page.locator("#q").fill("gemp")
    visit.page.locator(".options li").nth(3).wait_for()
    assert any("<" in text for text in visit.texts(".options bdi"))


def test_no_response_leads_elsewhere_or_sets_a_cookie(hostile: Server) -> None:
    for attack in ATTACKS.values():
        named = quote(attack.encode("utf-8", "replace"), safe="")
        for path in (f"/artikel/{named}", f"/?q={named}", f"/feed.atom?q={named}", f"/{named}"):
            answer = hostile.get(path, accept="text/html", host="jahat.example", cookie="a=b")
            assert answer.status in (200, 400, 404, 421)
            assert not {"location", "set-cookie", "refresh"} & set(answer.headers)
            links = re.findall(rb'(?:href|src|action)="([^"]*)"', answer.body)
            home = b"http://jahat.example"  # a feed names the server as it was addressed
            assert all(re.match(rb"/(?!/)|#", link.removeprefix(home)) for link in links), links


def test_no_text_that_turns_others_round_or_acts_on_a_terminal_is_sent(hostile: Server) -> None:
    names = [*ATTACKS.values()]
    paths = ["/", "/?page=2", "/?page=3", "/?q=gempa", "/feed.atom"]
    paths += [f"/artikel/{quote(each.encode('utf-8', 'replace'), safe='')}" for each in names]
    for path in paths:
        text = hostile.get(path, accept="text/html").body.decode()
        assert not set(text) & set("\x1b\x07\x00\x9b\x85\u202e\u2066\u2069\x01"), path


@pytest.mark.parametrize(("lax", "noticed"), [(False, "policy: script-src"), (True, "ran: 1")])
def test_the_walk_would_notice_what_runs(
    browser: Any, hostile: Server, lax: bool, noticed: str
) -> None:
    with pytest.raises(AssertionError, match=noticed):
        obey(browser, f"http://127.0.0.1:{hostile.port}", bypass_csp=lax)


def obey(browser: Any, home: str, **options: Any) -> None:
    """Visit a page as it would be if a template did not escape."""

    def unescaped(route: Any) -> None:
        response = route.fetch()
        body = response.text().replace("</main>", f"{ATTACKS['element']}</main>")
        route.fulfill(response=response, body=body)

    with visiting(browser, home, **options) as visit:
        visit.page.route(f"{home}/", unescaped)
        visit.go("/")
        visit.page.wait_for_timeout(50)
