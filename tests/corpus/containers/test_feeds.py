"""RSS, Atom, NewsML-G2 and NITF: their entries as articles, and what hostile XML may not do."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kliping.article import Article
from kliping.corpus import Problem
from tests.corpus.containers import making as made
from tests.corpus.containers.holding import Folder

LINK = f"{made.SITE}/daerah/jembatan"
RSS = f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Kabar Wening</title><link>{made.SITE}</link><description>Berita &amp; cerita</description>
<item><title>{made.TITLE}</title><link>{LINK}</link><guid isPermaLink="false">kw-77</guid>
<dc:creator>Rina Sari</dc:creator><category>Daerah</category><category>jembatan</category>
<pubDate>Tue, 12 Mar 2024 07:15:00 +0700</pubDate><description>Cuplikan pendek.</description>
<content:encoded><![CDATA[<figure><figcaption>Jembatan. Foto: KW</figcaption></figure>
{made.PARAGRAPHS}<p><strong>Baca juga: <a href="/b/9">Sungai Lirih Meluap</a></strong></p>]]>
</content:encoded></item>
<item><title>Hanya Cuplikan</title><link>{LINK}-2</link>
<description>Warga menunggu.</description></item>
</channel></rss>"""
ATOM = f"""<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>Kabar Wening</title><id>urn:kw</id>
<updated>2024-03-12T09:00:00+07:00</updated>
<entry><title>{made.TITLE}</title><id>tag:kw,2024:1</id><link rel="alternate" href="{LINK}"/>
<author><name>Rina Sari</name></author><author><name>Dimas Arga</name></author>
<published>2024-03-12T07:15:00+07:00</published><updated>2024-03-13T08:00:00+07:00</updated>
<category term="jembatan" label="Jembatan"/>
<summary>Cuplikan pendek.</summary>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">{made.PARAGRAPHS}</div></content>
</entry><entry><title>Hanya Cuplikan</title><id>tag:kw,2024:2</id>
<updated>2024-03-12T09:00:00+07:00</updated><summary>Warga menunggu.</summary></entry></feed>"""
NITF = f"""<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE nitf SYSTEM "https://iptc.example/nitf-3-3.dtd">
<nitf><head><title>Judul di kepala</title>
<tobject tobject.type="news"><tobject.subject tobject.subject.type="Bencana"/></tobject>
<docdata><doc-id id-string="wn-2024-0077" regsrc="WN"/><date.issue norm="20240312T071500+0700"/>
<key-list><keyword key="jembatan"/><keyword key="banjir"/></key-list></docdata>
<pubdata name="Warta Nirmala" date.publication="20240312"/></head>
<body><body.head><hedline><hl1>{made.TITLE}</hl1><hl2>Anak judul</hl2></hedline>
<byline>Oleh <person>Rina Sari</person></byline>
<dateline><location>Wening Hulu</location>, <story.date norm="20240312"/></dateline></body.head>
<body.content><block>
<p>Warga <location>Lembah Wening</location> membuka jembatan bambu sepanjang 42 meter di atas
Sungai Lirih, <chron norm="20240312">Selasa</chron>.</p>
<media media-type="image"><media-caption>Jembatan bambu. Foto: WN</media-caption></media>
{"".join(f"<p>{s}</p>" for s in made.SENTENCES[1:3])}</block>
<hl2>Menunggu beton</hl2><p>{made.SENTENCES[3]}</p></body.content></body></nitf>"""
NEWSML = f"""<?xml version="1.0" encoding="UTF-8"?>
<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><header><sent>2024-03-12</sent></header>
<itemSet>
<newsItem guid="urn:newsml:wartanirmala.example:20240312:77" version="3" xml:lang="id">
<itemMeta><itemClass qcode="ninat:text"/><versionCreated>2024-03-13T10:00:00+07:00</versionCreated>
<provider qcode="wn:1"><name>Warta Nirmala</name></provider>
<firstCreated>2024-03-12T07:15:00+07:00</firstCreated><title>judul kerja</title></itemMeta>
<contentMeta><headline>{made.TITLE}</headline><by>Rina Sari</by>
<dateline>Wening Hulu, 12 Maret</dateline>
<subject type="cpnat:abstract" qcode="medtop:03000000"><name xml:lang="id">bencana</name></subject>
<subject qcode="medtop:20000139"/><keyword>jembatan</keyword></contentMeta>
<contentSet><inlineXML contenttype="application/xhtml+xml">
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>x</title></head>
<body>{made.PARAGRAPHS}</body></html></inlineXML></contentSet></newsItem>
<newsItem guid="urn:newsml:wartanirmala.example:20240312:78" version="1">
<itemMeta><itemClass qcode="ninat:picture"/></itemMeta>
<contentSet><remoteContent href="foto.jpg"/></contentSet></newsItem>
</itemSet></newsMessage>"""
BOMB = (
    '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">'
    '<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>'
)


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


@pytest.mark.parametrize("name", ["a.rss", "a.xml", "a.html", "a"])
def test_rss(folder: Folder, name: str) -> None:
    (article,), problems = folder.read(name, RSS)
    assert problems == [f"{name}: entry 2 (Hanya Cuplikan): only a summary"]
    assert (article.title, article.body) == (made.TITLE, made.BODY)
    assert (article.authors, article.source) == (("Rina Sari",), "Kabar Wening")
    assert (article.url, article.tags) == (LINK, ("Daerah", "jembatan"))
    assert article.published
    assert article.published.isoformat() == "2024-03-12T07:15:00+07:00"


@pytest.mark.parametrize("name", ["a.atom", "a.xml", "a"])
def test_atom(folder: Folder, name: str) -> None:
    (article,), problems = folder.read(name, ATOM)
    assert problems == [f"{name}: entry 2 (Hanya Cuplikan): only a summary"]
    assert (article.title, article.body) == (made.TITLE, made.BODY)
    assert article.authors == ("Rina Sari", "Dimas Arga")
    assert (article.url, article.tags) == (LINK, ("Jembatan",))
    assert article.published
    assert article.published.isoformat() == "2024-03-12T07:15:00+07:00"


@pytest.mark.parametrize(
    "markup",
    [
        '<media:content url="{}" medium="image"/>',
        '<media:content url="x.mp4" medium="video"/><media:content url="{}" type="image/jpeg"/>',
        '<enclosure url="x.mp3" type="audio/mpeg"/><enclosure url="{}" type="image/jpeg"/>',
        '<media:thumbnail url="{}"/>',
    ],
)
def test_the_picture_of_an_entry(folder: Folder, markup: str) -> None:
    address = f"{made.SITE}/foto/7.jpg"
    rss = RSS.replace("<rss ", '<rss xmlns:media="http://search.yahoo.com/mrss/" ', 1)
    rss = rss.replace("<pubDate>", markup.format(address) + "<pubDate>")
    (article,), _ = folder.read("a.rss", rss)
    assert article.image == address


def test_an_entry_that_was_updated(folder: Folder) -> None:
    (article,), _ = folder.read("a.atom", ATOM)
    assert article.modified
    assert article.modified.isoformat() == "2024-03-13T08:00:00+07:00"
    only = ATOM.replace("<published>2024-03-12T07:15:00+07:00</published>", "")
    (article,), _ = folder.read("b.atom", only)
    assert article.published
    assert article.modified is None


def test_an_entry_has_the_id_of_its_page(folder: Folder) -> None:
    page = made.page(head=f'<link rel="canonical" href="{LINK}">')
    ids = {folder.read(name, data)[0][0].id for name, data in
           (("a.rss", RSS), ("a.atom", ATOM), ("a.html", page))}  # fmt: skip
    assert len(ids) == 1


def test_a_content_that_breaks_off_is_a_teaser(folder: Folder) -> None:
    cut = RSS.replace(made.PARAGRAPHS, "<p>Warga Lembah Wening membuka jembatan […]</p>")
    cut = re.sub(r"<figure>.*?</figure>|<p><strong>Baca.*?</p>", "", cut)
    articles, problems = folder.read("a.rss", cut)
    assert (articles, len(problems)) == ([], 2)


def test_a_broken_feed_is_read_as_far_as_it_goes(folder: Folder) -> None:
    articles, problems = folder.read("a.rss", RSS[: RSS.index("<item><title>Hanya")])
    assert [a.title for a in articles] == [made.TITLE]
    assert any("a broken feed, read as far as it goes" in problem for problem in problems)


def test_a_feed_without_entries(folder: Folder) -> None:
    data = '<?xml version="1.0"?><rss version="2.0"><channel><title>x</title></channel></rss>'
    assert folder.read("a.rss", data) == ([], ["a.rss: a feed without entries"])


def test_a_feed_is_never_taken_for_a_name(folder: Folder) -> None:
    """What is read is the feed, whatever addresses it holds: feedparser opens what it is given."""
    assert folder.read("a.rss", RSS.replace("<channel>", "<channel><a>file:///etc/x</a>"))[0]


def test_without_the_library_the_cure_is_said(folder: Folder, monkeypatch) -> None:
    monkeypatch.setitem(sys.modules, "feedparser", None)
    (problem,) = folder.items("a.rss", RSS)
    assert isinstance(problem, Problem)
    assert problem.kind == "failed"
    assert problem.reason == "needs feedparser; try: pip install 'kliping[containers]'"


@pytest.mark.parametrize("name", ["a.xml", "a.nitf", "a"])
@pytest.mark.parametrize("space", ["", ' xmlns="http://iptc.org/std/NITF/2006-10-18/"'])
def test_nitf(folder: Folder, name: str, space: str) -> None:
    (article,), problems = folder.read(name, NITF.replace("<nitf>", f"<nitf{space}>"))
    assert problems == []
    assert (article.id, article.title) == ("wn-2024-0077", made.TITLE)
    assert article.body.split("\n\n") == [
        *made.SENTENCES[:3], "Menunggu beton", made.SENTENCES[3],
    ]  # fmt: skip
    assert (article.authors, article.source) == (("Rina Sari",), "Warta Nirmala")
    assert article.tags == ("jembatan", "banjir", "Bencana")
    assert article.published
    assert article.published.isoformat() == "2024-03-12T07:15:00+07:00"


def test_newsml(folder: Folder) -> None:
    (article,), problems = folder.read("a.xml", NEWSML)
    guid = "urn:newsml:wartanirmala.example:20240312:7"
    assert problems == [f"a.xml:15: a news item without text ({guid}8)"]
    assert (article.id, article.title) == (f"{guid}7", made.TITLE)
    assert article.body == made.BODY
    assert (article.authors, article.source) == (("Rina Sari",), "Warta Nirmala")
    assert article.tags == ("bencana", "jembatan")
    assert article.published
    assert article.published.isoformat() == "2024-03-12T07:15:00+07:00"


def test_what_news_xml_says_beside_the_text(folder: Folder) -> None:
    address = f"{made.SITE}/foto/7.jpg"
    source = f'<media media-type="image"><media-reference source="{address}"/>'
    (article,), _ = folder.read("a.xml", NITF.replace('<media media-type="image">', source))
    assert (article.image, article.caption) == (address, "Jembatan bambu. Foto: WN")
    language = NEWSML.replace("<contentMeta>", '<contentMeta><language tag="su-ID"/>')
    (article,), _ = folder.read("b.xml", language)
    assert article.language == "su"
    assert article.modified
    assert article.modified.isoformat() == "2024-03-13T10:00:00+07:00"


def test_newsml_with_nitf_inside(folder: Folder) -> None:
    inner = NITF[NITF.index("<nitf>") :].replace("<nitf>", '<nitf xmlns="urn:nitf">')
    outer = NEWSML[: NEWSML.index("<html xmlns")] + inner + NEWSML[NEWSML.index("</inlineXML>") :]
    (article,), _ = folder.read("a.xml", outer)
    assert made.SENTENCES[0] in article.body
    assert (article.source, article.title) == ("Warta Nirmala", made.TITLE)
    assert article.id.endswith(":77")


def test_newsml_with_plain_text(folder: Folder) -> None:
    plain = f"<inlineData>{made.BODY}</inlineData></contentSet>"
    outer = NEWSML[: NEWSML.index("<inlineXML")] + plain + NEWSML[NEWSML.index("</newsItem>") :]
    (article,), _ = folder.read("a.xml", outer)
    assert article.body == made.BODY


def test_other_xml_is_no_article_format(folder: Folder) -> None:
    data = "<?xml version='1.0'?><menu><item><loc>https://a.example/</loc></item></menu>"
    (problem,) = folder.items("menu.xml", data)
    assert isinstance(problem, Problem)
    reason = "XML, but no feed, NewsML-G2 or NITF, and no element with a title and a text"
    assert (problem.kind, problem.reason) == ("ignored", reason)


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("data", [RSS, ATOM, NITF, NEWSML], ids=["rss", "atom", "nitf", "newsml"])
def test_encodings(folder: Folder, data: str, encoding: str) -> None:
    declared = encoding.removesuffix("-sig").replace("cp", "windows-")
    for name in ("UTF-8", "utf-8"):
        data = data.replace(f'encoding="{name}"', f'encoding="{declared}"')
    data = data.replace("rukun warga", "“rukun warga”")
    articles, _ = folder.read("a.xml", data.encode(encoding))
    assert "“rukun warga”" in articles[0].body


@pytest.mark.parametrize("data", [RSS, ATOM, NITF, NEWSML], ids=["rss", "atom", "nitf", "newsml"])
class TestHostile:
    def put(self, data: str, doctype: str, entity: str) -> str:
        head, _, rest = data.partition("?>")
        rest = rest.replace('<!DOCTYPE nitf SYSTEM "https://iptc.example/nitf-3-3.dtd">', "")
        return f"{head}?>{doctype}{rest}".replace("Sebanyak", entity)

    @pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
    def test_an_entity_bomb_is_refused(self, folder, data, encoding):
        if encoding != "utf-8":
            data = data.replace("UTF-8", encoding).replace("utf-8", encoding)
        articles, problems = folder.read("a.xml", self.put(data, BOMB, "&c;").encode(encoding))
        assert articles == []
        reason = "declares entities of its own, which are never resolved: not read"
        assert problems == [f"a.xml: {reason}"]

    @pytest.mark.parametrize("kind", ["", "% "])
    def test_external_entities_are_never_fetched(self, folder, data, kind):
        secret = folder.path / "rahasia.txt"
        secret.write_text("SANDI-RAHASIA")
        doctype = f'<!DOCTYPE x [<!ENTITY {kind}f SYSTEM "{secret.as_uri()}">]>'
        items = folder.items("a.xml", self.put(data, doctype, "&f;"))
        assert [type(item) for item in items] == [Problem]
        assert "SANDI" not in str(items)

    def test_an_external_dtd_is_never_fetched(self, folder, data):
        dtd = folder.path / "x.dtd"
        dtd.write_text('<!ENTITY f "SANDI-RAHASIA">')
        doctype = f'<!DOCTYPE x SYSTEM "{dtd.as_uri()}">'
        assert "SANDI" not in str(folder.items("a.xml", self.put(data, doctype, "&f;")))

    def test_names_of_html_are_characters(self, folder, data):
        articles, _ = folder.read("a.xml", data.replace("rukun warga", "rukun&nbsp;warga&hellip;"))
        assert "rukun warga…" in articles[0].body

    def test_a_hundred_thousand_nested_elements(self, folder, data):
        deep = "<b>" * 100_000 + "Sebanyak" + "</b>" * 100_000
        assert folder.items("a.xml", data.replace("Sebanyak", deep, 1))


@given(drawn=st.data(), data=st.sampled_from([RSS, ATOM, NITF, NEWSML]))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=120)
def test_any_cut_or_damage_is_told_and_never_raised(folder: Folder, drawn, data: str) -> None:
    start, stop = sorted(drawn.draw(st.tuples(*[st.integers(0, len(data))] * 2)))
    filler = drawn.draw(st.text(alphabet="<>&;/![]?\"'= a", max_size=20))
    items = folder.items("a.xml", data[:start] + filler + data[stop:])
    assert all(isinstance(item, Article | Problem) for item in items)


@pytest.mark.parametrize(
    ("root", "reason"),
    [
        (
            "<opml version='2.0'><body><outline xmlUrl='https://a.example/rss'/></body></opml>",
            "OPML",
        ),
        ("<urlset><url><loc>https://a.example/</loc></url></urlset>", "a sitemap"),
    ],
)
def test_lists_of_addresses_are_named(folder: Folder, root: str, reason: str) -> None:
    (problem,) = folder.items("a.xml", f'<?xml version="1.0"?>{root}')
    assert isinstance(problem, Problem)
    assert (problem.kind, problem.reason.split(":")[0]) == ("ignored", reason)


@pytest.mark.parametrize(
    "record",
    [
        f"<judul>{made.TITLE}</judul><tanggal>2024-03-12</tanggal><isi>{{}}</isi>",
        f"<title>{made.TITLE}</title><date>2024-03-12</date><body><![CDATA[{{}}]]></body>",
        f"<title>{made.TITLE}</title><pubDate>2024-03-12</pubDate><content>{{}}</content><x/>",
    ],
)
@pytest.mark.parametrize("around", ["<root><data>{}</data></root>", "<berita>{0}{0}</berita>"])
def test_elements_that_are_records(folder: Folder, record: str, around: str) -> None:
    one = record.format(made.PARAGRAPHS)
    several = around.format(f"<item>{one}</item>") if "{0}" in around else around.format(one)
    articles, _ = folder.read("a.xml", f'<?xml version="1.0"?>{several}')
    assert len(articles) == several.count("2024-03-12")
    for article in articles:
        assert (article.title, article.body) == (made.TITLE, made.BODY)
        assert article.published
        assert article.published.day == 12


def test_a_description_that_is_the_whole_text(folder: Folder) -> None:
    item = (
        f"<title>{made.TITLE}</title><link>{LINK}</link><description><![CDATA[{{}}]]></description>"
    )
    whole = item.format(made.PARAGRAPHS + made.PARAGRAPHS.replace("Wening", "Anggara"))
    short = item.format(f"<p>{made.SENTENCES[0]}</p>")
    feed = f"<rss version='2.0'><channel><item>{whole}</item><item>{short}</item></channel></rss>"
    (article,), problems = folder.read("a.rss", f"<?xml version='1.0'?>{feed}")
    assert article.body.startswith(made.BODY)
    assert problems == [f"a.rss: entry 2 ({made.TITLE}): only a summary"]
