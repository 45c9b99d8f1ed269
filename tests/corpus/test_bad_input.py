"""Bad files through the command line: read, or named in one clear line, and soon."""

from __future__ import annotations

import gzip
import json
import time
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from kliping.cli import main
from tests.corpus.containers import making as made
from tests.corpus.html import making as pages

ARTICLE = f"<article>{pages.PARAGRAPHS.of(*pages.SENTENCES)}</article>"
GOOD = pages.page(ARTICLE)
LD = '<script type="application/ld+json">{}</script>'
ENTITIES = '<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;"><!ENTITY f SYSTEM "file:///etc/hostname">'
WARC = [made.record(f"{made.SITE}/{n}", made.http(made.page(n))) for n in (1, 2)]
PREFIXED = (
    '<?xml version="1.0"?><h:html xmlns:h="http://www.w3.org/1999/xhtml"><h:head>'
    f"<h:title>{pages.TITLE}</h:title></h:head><h:body><h:h1>{pages.TITLE}</h:h1>"
    + "".join(f"<h:p>{sentence}</h:p>" for sentence in pages.SENTENCES)
    + "</h:body></h:html>"
)

READ: dict[str, str | bytes] = {
    "20 MB of script.html": pages.page(f"<script>{'x < y && <p>bukan</p> ' * 900_000}</script>")
    .replace("</h1>", "</h1>" + ARTICLE),
    "unclosed comment.html": GOOD.replace("<article>", "<!-- iklan <article>"),
    "base.html": pages.page(ARTICLE, head='<base href="//a.example/b/" target="_top">'),
    "prefixed.xhtml": PREFIXED,
    "prefixed.html": PREFIXED,
    "namespace.html": GOOD.replace("<html", '<html xmlns="http://www.w3.org/1999/xhtml"'),
    "utf-16.html": GOOD.encode("utf-16"),
    "utf-16 without its mark.html": GOOD.encode("utf-16-be"),
    "json-ld of 5 MB.html": pages.page(ARTICLE, head=LD.format('["' + "ha" * 2_500_000 + '"]')),
    "json-ld of 200,000 objects.html": pages.page(
        ARTICLE, head=LD.format("[" + '{"@type": "Article"},' * 200_000 + "{}]")
    ),
    "20,000 json-ld.html": pages.page(ARTICLE + LD.format("{") * 20_000),
    "entities.html": GOOD.replace("html>", f"html [{ENTITIES}]>", 1).replace("Bambu", "&b;&f;", 1),
}  # fmt: skip
NESTS = {
    "boxes": "<div>", "bold": "<b>", "links": "<a><div>", "lists": "<ul><li><b>", "open": "<p><b>",
    "closed by a slash": "<div/>", "fonts": "<p><font color={}>", "never closed": "<a b='",
    "scripts": "<script ", "definitions": "<dl>",
}  # fmt: skip
for name, unit in NESTS.items():
    nest = "".join(unit.format(number) for number in range(90_000 // len(unit)))
    READ[f"nested {name}.html"] = pages.page(ARTICLE + nest)
BOMB = b" " * 70_000_000
REFUSED: dict[str, tuple[str | bytes, str]] = {
    "login.html": (
        f'<h1>{pages.TITLE}</h1><p>{pages.SENTENCES[0]}</p><input type="password">',
        "not an article: a login wall",
    ),
    "index.html": (
        pages.page(pages.TEASERS * 5, title="Indeks Berita Daerah"),
        "not an article: an index page",
    ),
    "video.html": (
        pages.page(f"<video></video><p>{pages.SENTENCES[0]}</p><p>Simak videonya.</p>"),
        "not an article: a video page with two sentences",
    ),
    "frames.html": (
        '<html><frameset cols="20%,80%"><frame src="a.html"><frame src="b.html"></frameset></html>',
        "not an article: a frameset: its text is in other files",
    ),
    "bomb.html.gz": (
        gzip.compress(GOOD.encode() + BOMB, 1),
        "larger than 32 MB: too large for one",
    ),
    "bomb.zip": (made.zipped({"a.html": GOOD.encode() + BOMB}), "unpacks to over 200 times its"),
    "entities.xml": (
        f"<!DOCTYPE rss [{ENTITIES}]><rss><channel><item><title>&b;&f;</title></item></channel>",
        "declares entities of its own, which are never resolved: not read",
    ),
}
CUT = {"cut.warc": made.warc(WARC)[:-300], "cut.warc.gz": made.warc(WARC, packed=True)[:-100]}


def run(path: Path, data: str | bytes, command: str) -> Result:
    """Write the file; run the command on it, within three seconds of this process."""
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    start = time.process_time()
    index = ("--index", str(path.parent / "index"))
    result = CliRunner().invoke(main, [*index, command, str(path)], catch_exceptions=False)
    assert time.process_time() - start < 3
    return result


@pytest.mark.parametrize("name", READ)
def test_read(name: str, tmp_path: Path) -> None:
    result = run(tmp_path / name, READ[name], "extract")
    assert (result.exit_code, result.stderr) == (0, "")
    article = json.loads(result.stdout)
    assert article["title"] == pages.TITLE
    assert article["body"].startswith(pages.SENTENCES[0][:40])
    assert "<" not in article["body"]
    assert "haha" not in article["body"]
    result = run(tmp_path / name, READ[name], "index")
    assert (result.exit_code, result.stderr) == (0, "")
    assert result.stdout.startswith("1 added")


@pytest.mark.parametrize("name", REFUSED)
def test_refused_in_one_line(name: str, tmp_path: Path) -> None:
    data, reason = REFUSED[name]
    result = run(tmp_path / name, data, "extract")
    assert (result.exit_code, result.stdout) == (2, "")
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"skipped: {tmp_path / name}: {reason}")
    result = run(tmp_path / name, data, "index")
    assert result.exit_code == 0
    assert result.stderr.splitlines() == [line]
    assert "1 skipped" in result.stdout


@pytest.mark.parametrize("name", CUT)
def test_a_warc_cut_off_gives_what_came_before(name: str, tmp_path: Path) -> None:
    result = run(tmp_path / name, CUT[name], "extract")
    assert [json.loads(line)["url"] for line in result.stdout.splitlines()] == [f"{made.SITE}/1"]
    (line,) = result.stderr.splitlines()
    assert line.startswith(f"skipped: {tmp_path / name}: cut off")
    result = run(tmp_path / name, CUT[name], "index")
    assert result.stdout.startswith("1 added")
    assert result.stderr.splitlines() == [line]
