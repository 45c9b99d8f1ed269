"""What services of news and systems that keep articles answer."""

from __future__ import annotations

import json

from tests.corpus.records.exporting import DAYS, URLS, epoch, export, rows, table
from tests.corpus.records.making import BODIES, TITLES


@export("a.json")
def newsapi() -> str:
    return json.dumps(
        {
            "status": "ok",
            "totalResults": 3,
            "articles": rows(
                lambda n: {
                    "source": {"id": None, "name": "Kabar Wening"},
                    "author": "Rina Sari",
                    "title": TITLES[n],
                    "description": BODIES[n][:60],
                    "url": URLS[n],
                    "urlToImage": f"{URLS[n]}.jpg",
                    "publishedAt": DAYS[n].isoformat(),
                    "content": BODIES[n],
                }
            ),
        }
    )


@export("a.json")
def gnews() -> str:
    found = rows(
        lambda n: {
            "title": TITLES[n], "description": "Ringkas.", "content": BODIES[n], "url": URLS[n],
            "image": f"{URLS[n]}.jpg", "publishedAt": DAYS[n].isoformat(),
            "source": {"name": "Kabar", "url": "https://kabar.example"},
        }
    )  # fmt: skip
    return json.dumps({"totalArticles": 3, "articles": found})


@export("a.json")
def mediastack() -> str:
    data = rows(
        lambda n: {
            "author": None, "title": TITLES[n], "description": BODIES[n], "url": URLS[n],
            "source": "Kabar", "image": None, "category": "general", "language": "id",
            "country": "id", "published_at": DAYS[n].isoformat(),
        }
    )  # fmt: skip
    return json.dumps({"pagination": {"limit": 3, "offset": 0}, "data": data})


@export("a.json")
def drupal_rest() -> str:
    return json.dumps(
        rows(
            lambda n: {
                "nid": [{"value": n}],
                "title": [{"value": TITLES[n]}],
                "body": [{"value": f"<p>{BODIES[n]}</p>", "format": "html", "summary": ""}],
                "created": [{"value": DAYS[n].isoformat(), "format": "Y-m-d"}],
                "changed": [{"value": "2025-01-01T00:00:00+00:00"}],
            }
        )
    )


@export("a.json")
def drupal_views() -> str:
    nodes = rows(
        lambda n: {"node": {"title": TITLES[n], "Body": BODIES[n], "Post date": str(epoch(n))}}
    )
    return json.dumps({"nodes": nodes})


@export("a.json")
def json_api() -> str:
    data = rows(
        lambda n: {
            "type": "node--article",
            "id": f"9e1c2f7a-{n}",
            "attributes": {
                "title": TITLES[n],
                "created": DAYS[n].isoformat(),
                "body": {"value": BODIES[n], "format": "html", "processed": BODIES[n]},
            },
        }
    )
    return json.dumps({"jsonapi": {"version": "1.0"}, "data": data})


@export("a.csv")
def joomla() -> str:
    return table(
        "id|asset_id|title|alias|introtext|fulltext|state|catid|created|modified|publish_up",
        lambda n: (
            n, 77, TITLES[n], "x", "<p>Pembuka.</p>", f"<p>{BODIES[n]}</p>", 1, 8,
            "2023-01-01 00:00:00", "0000-00-00 00:00:00", f"{DAYS[n]:%Y-%m-%d %H:%M:%S}",
        ),
        delimiter=";",
    )  # fmt: skip


@export("a.csv")
def wordpress_all_export() -> str:
    return table(
        "ID|Title|Content|Excerpt|Date|Post Type|Permalink|Categories|Tags|Status|Author Username",
        lambda n: (
            n, TITLES[n], f"<!-- wp:paragraph --><p>{BODIES[n]}</p><!-- /wp:paragraph -->", "",
            f"{DAYS[n]:%Y-%m-%d %H:%M:%S}", "post", URLS[n], "Daerah|Ekonomi", "air|banjir",
            "publish", "rina",
        ),
    )  # fmt: skip


@export("a.json")
def wordpress_rest() -> str:
    return json.dumps(
        rows(
            lambda n: {
                "id": n + 5,
                "date": f"{DAYS[n]:%Y-%m-%dT%H:%M:%S}",
                "date_gmt": f"{DAYS[n]:%Y-%m-%dT02:%M:%S}",
                "guid": {"rendered": f"https://kabar.example/?p={n}"},
                "modified": "2025-01-01T00:00:00",
                "title": {"rendered": TITLES[n]},
                "content": {"rendered": f"<p>{BODIES[n]}</p>", "protected": False},
                "excerpt": {"rendered": "<p>Ringkas.</p>", "protected": False},
                "author": 3,
                "categories": [4, 5],
                "tags": [],
                "link": URLS[n],
            }
        )
    )


@export("a.json")
def blogger() -> str:
    entry = rows(
        lambda n: {
            "id": {"$t": f"tag:blogger.com,1999:blog-1.post-{n}"},
            "published": {"$t": DAYS[n].isoformat()},
            "updated": {"$t": "2025-01-01T00:00:00+07:00"},
            "title": {"type": "text", "$t": TITLES[n]},
            "content": {"type": "html", "$t": f"<p>{BODIES[n]}</p>"},
            "author": [{"name": {"$t": "Rina Sari"}}],
        }
    )
    return json.dumps({"version": "1.0", "feed": {"title": {"$t": "Kabar"}, "entry": entry}})


@export("a.json")
def ghost() -> str:
    posts = rows(
        lambda n: {
            "id": f"65f{n}", "uuid": f"u-{n}", "title": TITLES[n], "slug": "x",
            "html": f"<p>{BODIES[n]}</p>", "plaintext": BODIES[n], "feature_image": None,
            "status": "published", "created_at": "2023-01-01T00:00:00.000Z",
            "published_at": DAYS[n].isoformat(),
        }
    )  # fmt: skip
    return json.dumps({"db": [{"meta": {"version": "5"}, "data": {"posts": posts}}]})


@export("a.json")
def json_feed() -> str:
    items = rows(
        lambda n: {
            "id": str(n), "url": URLS[n], "title": TITLES[n], "content_html": f"<p>{BODIES[n]}</p>",
            "date_published": DAYS[n].isoformat(),
        }
    )  # fmt: skip
    head = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Kabar",
        "description": "Tentang",
    }
    return json.dumps({**head, "items": items})
