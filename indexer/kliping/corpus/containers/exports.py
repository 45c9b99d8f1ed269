"""Exports of blogs in the form of a feed: WordPress's (WXR) and Blogger's.

An export holds all that the site has, so what an entry is and whether it was ever published decide:
a draft, a page, a comment is no news. Authors stand in it by the names that they log in with.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from typing import Any

# What WordPress and its plugins keep as posts of their own type. Other types are a site's news:
# "berita", "artikel", "video".
_MACHINERY = re.compile(
    r"page|attachment|nav_menu_item|revision|custom_css|customize_changeset|oembed_cache"
    r"|user_request|feedback|product\w*|shop_\w+|wp_\w+|wpcf7_\w+|elementor_\w+|acf-\w+|\w*template"
    r"|popup\w*|\w*form\w*|tablepress_table|mc4wp\w*|e-landing-page|et_\w+|vc\w*|amp_\w+|advert\w*"
)
_LONGEST_KIND = 40  # characters: WordPress takes twenty
_PUBLISHED = frozenset({"publish", "published", "live"})
_KIND = "http://schemas.google.com/blogger/2008/kind#"
_AUTHOR = re.compile(r"<wp:author>((?:[^<]++|<(?!/?wp:author>))*+)</wp:author>")
_PART = (
    r"<wp:author_{}>\s*+(?:<!\[CDATA\[)?((?:[^<]|<(?!/?wp:))*?)(?:\]\]>)?"
    r"(?:(?<!\s)\s++)?</wp:author_{}>"
)
_LOGIN, _NAME = (re.compile(_PART.format(name, name)) for name in ("login", "display_name"))
_TITLES = ("<item>", "<item ")


def why_left_out(entry: Mapping[str, Any], /) -> str | None:
    """Return what an entry of an export is, if that is no published article.

    >>> why_left_out({"wp_post_type": "post", "wp_status": "draft"})
    'draft'
    """
    kind = str(entry.get("wp_post_type") or entry.get("blogger_type") or _kind(entry) or "").lower()
    status = str(entry.get("wp_status") or entry.get("blogger_status") or "").lower()
    if _MACHINERY.fullmatch(kind[:_LONGEST_KIND]) or kind in {"comment", "settings"}:
        return kind
    if (entry.get("app_draft") or "").lower() == "yes":
        return "draft"
    if entry.get("wp_post_password"):
        return "behind a password"
    return status.replace("_", " ") if status and status not in _PUBLISHED else None


def _kind(entry: Mapping[str, Any]) -> str | None:
    """Return the kind that Blogger gives an entry among its categories."""
    terms = (str(tag.get("term")) for tag in entry.get("tags", ()))
    return next((term.removeprefix(_KIND) for term in terms if term.startswith(_KIND)), None)


def names_by_login(text: str, /) -> dict[str, str]:
    """Return the names of the authors that a WordPress export lists, by what they log in with."""
    end = min((at for mark in _TITLES if (at := text.find(mark)) >= 0), default=len(text))
    found = {}
    for author in _AUTHOR.findall(text, 0, end):
        login, name = _LOGIN.search(author), _NAME.search(author)
        if login and name and name[1].strip():
            found[login[1].strip()] = html.unescape(name[1].strip())
    return found


def told_by(entry: Mapping[str, Any], /) -> Iterator[tuple[str, object]]:
    """Yield what a WordPress export tells of an entry better than the feed's own elements do."""
    if "wp_post_type" not in entry:
        return
    for name, field in (("date", "wp_post_date"), ("modified", "wp_post_modified")):
        moment, local = (_moment(entry, field + end) for end in ("_gmt", ""))
        if moment:
            yield name, f"{moment}+00:00"
        elif name == "date" and local and not entry.get("published_parsed"):
            yield name, local  # posts that were imported often lack the other two
    for name, scheme in (("section", "category"), ("tags", "post_tag")):
        yield name, [tag["term"] for tag in entry.get("tags", ()) if tag.get("scheme") == scheme]


def _moment(entry: Mapping[str, Any], field: str) -> str:
    """Return the date in a field; WordPress writes zeroes for none."""
    moment = str(entry.get(field) or "")
    return "" if moment.startswith("0000") else moment
