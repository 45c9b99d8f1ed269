"""When a page was published, and when it was changed last."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from kliping.corpus.html import explain, extract
from tests.corpus.html import making as pages
from tests.corpus.html.minimal import ARTICLE, MOMENT, STAMP, WIB, ld


@pytest.mark.parametrize(
    ("head", "top", "rule"),
    [
        (ld(datePublished="2024-03-12T07:15:00+07:00"), "", "JSON-LD datePublished"),
        (ld(datePublished="2024-03-12T00:15:00Z"), "", "JSON-LD datePublished"),
        (f"{ld(datePublished='2024-03-12')}", "Selasa, 12/03/2024 07:15 WIB", "visible date line"),
        ('<meta property="article:published_time" content="2024-03-12T07:15:00+07:00">',
         "Rabu, 13 Maret 2024", "<meta> article:published_time"),
        ('<meta name="content_PublishedDate" content="2024-03-12 07:15:00">', "",
         "<meta> content_publisheddate"),
        ("", '<time itemprop="datePublished" datetime="2024-03-12T07:15:00+07:00">tadi</time>',
         "<time>"),
        ("", "<div>Selasa, 12 Mar 2024 - 07:15 WIB</div>", "visible date line"),
        ("", "<div>12/03/2024, 07:15 WIB</div>", "visible date line"),
        # Local time with a Z behind it: the line that readers see gives it away.
        ('<meta name="pubdate" content="2024-03-12 T07:15:00Z">',
         "<div>Selasa, 12/03/2024 07:15 WIB</div>", "<meta> pubdate"),
    ],
)  # fmt: skip
def test_date(head: str, top: str, rule: str) -> None:
    top = f"<h1>{pages.TITLE}</h1>{top}"
    url = "https://kabarwening.id/b/7"
    found = explain(pages.page(ARTICLE, head=head, top=top, url=url))
    assert found.article.published == MOMENT
    assert dict(found.rules)["published"] == rule


@pytest.mark.parametrize("other", ["Minggu, 10/03/2024 09:30 WIB", "Rabu, 13/03/2024 09:30 WIB"])
def test_the_hour_of_another_day_is_not_taken_for_that_of_publication(other: str) -> None:
    head = ld(datePublished="2024-03-12")
    markup = pages.page(ARTICLE, head=head, top=f"<h1>{pages.TITLE}</h1><div>{other}</div>")
    assert extract(markup).published == datetime(2024, 3, 12, tzinfo=WIB)


def test_date_in_the_url_is_the_last_resort() -> None:
    markup = pages.page(ARTICLE, url="https://kabarwening.id/2024/03/12/jembatan")
    assert extract(markup).published == datetime(2024, 3, 12, tzinfo=WIB)


def test_dates_of_other_articles_are_not_this_one() -> None:
    teaser = "<ul><li>Minggu, 10/03/2024 22:05 WIB <a href=/b>Berita Lain</a></li></ul>"
    markup = pages.page(ARTICLE).replace("<nav>", f"{teaser * 9}<nav>")
    assert extract(markup).published is None


@pytest.mark.parametrize(
    ("head", "top", "rule"),
    [
        (ld(datePublished=STAMP, dateModified="2024-03-12T08:00:00+07:00"), "",
         "JSON-LD dateModified"),
        (ld(datePublished=STAMP, dateModified="2024-03-12T01:00:00Z"), "", "JSON-LD dateModified"),
        ('<meta property="article:modified_time" content="2024-03-12 08:00:00">', "",
         "<meta> article:modified_time"),
        ('<meta property="og:updated_time" content="1710205200">', "", "<meta> og:updated_time"),
        ('<meta name="dcterms.modified" content="12 Maret 2024 08.00 WIB">', "",
         "<meta> dcterms.modified"),
        ("", '<time itemprop="dateModified" datetime="2024-03-12T08:00+07:00">tadi</time>',
         "itemprop dateModified"),
    ],
)  # fmt: skip
def test_modified(head: str, top: str, rule: str) -> None:
    found = explain(pages.page(ARTICLE, head=head, top=f"<h1>{pages.TITLE}</h1>{top}"))
    assert found.article.modified == MOMENT + timedelta(minutes=45)
    assert dict(found.rules)["modified"] == rule


@pytest.mark.parametrize("modified", ["2024-03-12T07:14:59+07:00", "kapan-kapan", ""])
def test_modified_before_it_was_published_is_no_moment(modified: str) -> None:
    found = explain(pages.page(ARTICLE, head=ld(datePublished=STAMP, dateModified=modified)))
    assert found.article.modified is None
    assert "modified" not in dict(found.rules)


def test_modified_in_local_time_with_a_z_like_the_moment_before_it() -> None:
    head = ld(datePublished="2024-03-12T07:15:00Z", dateModified="2024-03-12T08:00:00Z")
    top = f"<h1>{pages.TITLE}</h1><div>Selasa, 12/03/2024 07:15 WIB</div>"
    article = extract(pages.page(ARTICLE, head=head, top=top, url="https://kabarwening.id/b/7"))
    assert (article.published, article.modified) == (MOMENT, MOMENT + timedelta(minutes=45))
