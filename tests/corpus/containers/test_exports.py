"""Exports of blogs: what was published, without the marks that their editors leave in a text."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.corpus.containers.holding import Folder
from tests.corpus.containers.making import SITE

_POST = {"post_type": "post", "status": "publish", "post_date_gmt": "2024-03-11 02:15:00"}
_ONE, _TWO = "Jembatan bambu selesai dibangun pekan ini.", "Warga tidak lagi memutar jauh [sic]."
_BLOCKS = f"""<!-- wp:paragraph {{"align":"wide"}} -->
<p>{_ONE}</p>
<!-- /wp:paragraph -->

<!-- wp:image {{"id":9}} --><figure><img src="a.jpg"/><figcaption>Jembatan</figcaption></figure>
<!-- /wp:image -->
<!--more-->
<!-- wp:shortcode -->[gallery ids="1,2"]<!-- /wp:shortcode -->
<!-- wp:paragraph --><p>{_TWO}</p><!-- /wp:paragraph -->"""
_CLASSIC = f"""{_ONE}

[caption id="attachment_9" width="300"]<img src="a.jpg" /> Jembatan[/caption]

{_TWO}

[embed]https://video.example/7[/embed]
[vc_row][vc_column width="1/2"][/vc_column][/vc_row]"""


def wxr(*items: tuple[str, Mapping[str, str], str]) -> str:
    entries = "".join(
        f"<item><title>Berita {number}</title><link>{SITE}/?p={number}</link>"
        f"<dc:creator>rina</dc:creator>{more}<content:encoded><![CDATA[{text}]]></content:encoded>"
        + "".join(f"<wp:{name}>{value}</wp:{name}>" for name, value in said.items())
        + "</item>"
        for number, (text, said, more) in enumerate(items, start=1)
    )
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/"><channel>
<title>Kabar Wening</title><link>{SITE}</link><wp:wxr_version>1.2</wp:wxr_version>
<wp:author><wp:author_login><![CDATA[rina]]></wp:author_login>
<wp:author_display_name><![CDATA[Rina Sari]]></wp:author_display_name></wp:author>
{entries}</channel></rss>"""


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    return Folder(tmp_path)


@pytest.mark.parametrize("text", [_BLOCKS, _CLASSIC])
def test_only_the_words_of_a_post_are_its_text(folder: Folder, text: str) -> None:
    categories = (
        '<category domain="category">Daerah</category><category domain="post_tag">desa</category>'
    )
    (article,), problems = folder.read("a.xml", wxr((text, _POST, categories)))
    assert article.body == f"{_ONE}\n\n{_TWO}"
    assert article.caption == "Jembatan"
    assert article.authors == ("Rina Sari",)
    assert (article.section, article.tags) == ("Daerah", ("desa",))
    assert article.published
    assert article.published.isoformat() == "2024-03-11T02:15:00+00:00"
    assert problems == []


@pytest.mark.parametrize("gmt", [{}, {"post_date_gmt": "0000-00-00 00:00:00"}])
@pytest.mark.parametrize(
    ("more", "published"),
    [
        ("", "2024-03-11T09:15:00+07:00"),
        ("<pubDate>Wed, 30 Nov -0001 00:00:00 +0000</pubDate>", "2024-03-11T09:15:00+07:00"),
        ("<pubDate>Mon, 11 Mar 2024 02:15:00 +0000</pubDate>", "2024-03-11T02:15:00+00:00"),
    ],
)
def test_a_post_without_its_date_in_gmt_has_that_of_its_site(
    folder: Folder, gmt: dict[str, str], more: str, published: str
) -> None:
    post = {"post_type": "post", "status": "publish", "post_date": "2024-03-11 09:15:00"} | gmt
    (article,), problems = folder.read("a.xml", wxr((_CLASSIC, post, more)))
    assert article.published
    assert article.published.isoformat() == published
    assert problems == []


def test_what_was_never_published_is_left_out_and_counted(folder: Folder) -> None:
    others = [
        {"status": "draft"},
        {"status": "trash"},
        {"status": "private"},
        {"post_type": "page"},
        {"post_type": "page"},
        {"post_type": "attachment", "status": "inherit"},
        {"post_type": "wp_block"},
        {"post_password": "rahasia"},
    ]
    items = [(_ONE, _POST, ""), *((_TWO, _POST | other, "") for other in others)]
    items.append((_TWO, _POST | {"post_type": "berita"}, ""))
    articles, problems = folder.read("a.xml", wxr(*items))
    assert [article.title for article in articles] == ["Berita 1", "Berita 10"]
    assert problems == [
        "a.xml: 8 entries left out, no published article: 2 page, 1 draft, 1 trash,"
        " 1 private, 1 attachment, 1 wp_block, 1 behind a password"
    ]


def blogger(more: str) -> str:
    kind = "http://schemas.google.com/g/2005#kind"
    return f"""<?xml version='1.0' encoding='UTF-8'?>
<feed xmlns='http://www.w3.org/2005/Atom' xmlns:app='http://purl.org/atom/app#'
 xmlns:blogger='http://schemas.google.com/blogger/2018'><title>Kabar Wening</title>
<entry><id>tag:blogger.com,1999:blog-1.post-1</id><title>Jembatan</title>
<category scheme='{kind}' term='http://schemas.google.com/blogger/2008/kind#post'/>
<category scheme='http://www.blogger.com/atom/ns#' term='desa'/>
<content type='html'>{_ONE}&lt;br /&gt;&lt;br /&gt;{_TWO}</content></entry>
<entry><title>Lain</title><id>x2</id>{more}<content type='html'>{_TWO}</content></entry></feed>"""


@pytest.mark.parametrize(
    ("more", "what"),
    [
        ("<app:control><app:draft>yes</app:draft></app:control>", "draft"),
        ("<blogger:type>POST</blogger:type><blogger:status>DRAFT</blogger:status>", "draft"),
        ("<blogger:type>COMMENT</blogger:type><blogger:status>LIVE</blogger:status>", "comment"),
        (
            "<category scheme='http://schemas.google.com/g/2005#kind'"
            " term='http://schemas.google.com/blogger/2008/kind#template'/>",
            "template",
        ),
    ],
)
def test_the_export_of_blogger(folder: Folder, more: str, what: str) -> None:
    (article,), problems = folder.read("a.xml", blogger(more))
    assert (article.body, article.tags) == (f"{_ONE}\n\n{_TWO}", ("desa",))
    assert article.id == "tag:blogger.com,1999:blog-1.post-1"
    assert article.url is None
    reason = "1 entry left out, no published article"
    assert problems == [f"a.xml: {reason}: 1 {what}"]


@pytest.mark.parametrize("name", ["a.csv", "a.jsonl"])
def test_posts_out_of_a_database_are_read_alike(folder: Folder, name: str) -> None:
    import csv
    import io
    import json

    out = io.StringIO()
    csv.writer(out).writerows([["judul", "isi"], ["Jembatan", _CLASSIC]])
    data = out.getvalue() if name == "a.csv" else json.dumps({"judul": "Jembatan", "isi": _CLASSIC})
    (article,), _ = folder.read(name, data)
    assert article.body == f"{_ONE}\n\n{_TWO}"
