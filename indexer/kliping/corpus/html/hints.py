"""What class names and ids say of an element: tables of words, read by finder and cleaner.

A name is cut into words at hyphens, underscores and capitals, so that ``shareholder`` is not
``share``, and each word, and each pair of neighbours, is looked up. To teach kliping a new word,
add it here.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise

# Never part of an article, however much text it holds.
_NEVER = """
    comment comments komentar disqus respond commentlist livefyre fb-comments
    bacajuga baca-juga baca-lainnya berita-terkait artikel-terkait berita-lainnya lihat-juga
    simak-juga read-also also-read readalso read-more-box related-articles related-posts
    related-links related-stories related-article related-post related-news relatedpost
    linksisip lihatjg topiksisip inline-related yarpp jp-relatedposts sharedaddy addthis
    addtoany sharethis a2a mgbox taboola outbrain mgid revcontent dable zergnet adsbygoogle adsense
    breadcrumb breadcrumbs iklan
"""
# Hardly ever part of one: dropped unless it holds much of the text.
_HARDLY = """
    related terkait lainnya rekomendasi recommendation recommendations recommended recirc
    share shares sharing sharebox sharebar shareline social socials sosmed follow followus
    ad ads adv advert adverts advertisement advertising adslot adunit gpt dfp banner promo
    promoted promotion sponsor sponsored partnership
    nav navbar navigation menu submenu sidebar aside rightbar footer foot masthead toolbar
    newsletter subscribe subscription signup register login paywall donate donation
    cookie cookies gdpr consent popup modal overlay tooltip lightbox
    tags taglist tagging tagcloud tag-list tag-links detail-tag body-tag article-tag list-tag
    topic-list keywords hashtag
    byline author-bio author-box authorbox author-info about-author bio profile
    penulis-editor credits copyright trending terpopuler popular populer terkini
    most-read mostread latest-news newsfeed widget widgets ticker poll polling rating ratings
    vote voting print utility skip screen-reader visually-hidden sr-only noprint
    videoplayer video-player jwplayer playlist embed-video
    readmore more-news next-article prev-next tools toolbox rollover-block
    correction-form feedback survey cta call-to-action
"""
# Not shown as the page opens: a popover, or the article's second page.
_HIDDEN = """
    hidden
"""
# The numbers of an article's pages, or the pages themselves: what they hold tells.
_PAGING = """
    pagination pager paging multipage pagenav pages wp-pagenavi
"""
# The words under a picture: kept, but apart.
_CAPTION = """
    caption figcaption captions wp-caption-text image-caption photo-caption img-caption
    foto-caption caption-text pic-caption keterangan keterangan-foto ket-foto photo-credit
    image-credit img-credit credit-photo photocredit photo-info image-info imageinfo para-caption
    artikel-foto media-caption pic-artikel imgcap imgcaption
"""
_PICTURE = frozenset(
    """
    photo photos foto image images img gambar gallery galeri picture pic figure slide slides
    """.split()
)
_UNDER = frozenset(
    """
    description deskripsi desc credit credits copyright source sumber keterangan ket legend
    """.split()
)
# Speaks for the article.
_BODY = """
    article articlebody article-body article-content articlecontent artikel isi isi-berita
    body content konten detail entry entry-content post-content post-body postcontent story
    story-body storytext text txt txt-article teks berita news-content read read-content
    detail-text detail-content maincontent main-content prose richtext rich-text wsw
    article-text body-text bodytext page-content narasi paragraph paragraphs
"""
_TABLES = tuple(
    (name, frozenset(table.split()))
    for name, table in (
        ("never", _NEVER),
        ("caption", _CAPTION),
        ("hardly", _HARDLY),
        ("hidden", _HIDDEN),
        ("paging", _PAGING),
        ("body", _BODY),
    )
)
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|\d+")


@lru_cache(maxsize=16_384)
def words(names: str, /) -> frozenset[str]:
    """Return the words of a class attribute or id, and each neighbouring pair of them.

    >>> sorted(words("detail__bacaJuga"))
    ['baca', 'baca-juga', 'detail', 'detail-baca', 'juga']
    """
    found: set[str] = set()
    for name in names.split()[:12]:
        parts = [part.lower() for part in _WORD.findall(name[:80])]
        found.update(parts)
        found.update(map("-".join, pairwise(parts)))
    return frozenset(found)


@lru_cache(maxsize=16_384)
def verdict(names: str, /) -> str:
    """Return what the names say: 'never', 'caption', 'hardly', 'hidden', 'paging', 'body',
    or nothing.

    >>> verdict("read__bacajuga"), verdict("photo__caption"), verdict("shareholder")
    ('never', 'caption', '')
    """
    said = words(names)
    found = next((name for name, table in _TABLES if not said.isdisjoint(table)), "")
    if found in ("never", "caption") or said.isdisjoint(_UNDER) or said.isdisjoint(_PICTURE):
        return found
    return "caption" if any(map(_is_under_picture, names.split())) else found


def _is_under_picture(name: str) -> bool:
    """Whether one name speaks of a picture and of words with it: ``photo-gallery__description``."""
    said = words(name)
    return not said.isdisjoint(_UNDER) and not said.isdisjoint(_PICTURE)
