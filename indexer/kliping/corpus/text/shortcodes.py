"""Codes in square brackets, which a content system replaces when it shows an article.

WordPress has them for pictures, galleries and boxes of all kinds, forums for bold type. Nothing of
them is text, but what a pair encloses is: ``[su_box title="Fakta"]Air naik.[/su_box]``. A word in
brackets that neither has attributes nor is closed again (*[eko]*, *[sic]*) is text.
"""

from __future__ import annotations

import re

# What these enclose is a file or its address.
_MEDIA = (
    "gallery|embed|video|audio|playlist|youtube|vimeo|soundcloud|twitter|tweet|instagram|facebook"
    "|fb|tiktok|iframe|googlemaps|map|img|image|slideshow|slider|pdf|file|script|adsense|ads|ad"
)
# Written without attributes or an end, and still no words.
_ALONE = frozenset(
    (*_MEDIA.split("|"), "more", "nextpage", "toc", "iklan", "contact-form", "contact-form-7")
)
_VALUE = r"(?:\"[^\"]{0,2000}\"|'[^']{0,2000}'|[^\]\[\"'])"
# A picture's words end where those of another begin: nobody closed them.
_CAPTION = re.compile(
    rf"\[(?P<name>(?:wp_)?caption)\b{_VALUE}{{0,400}}\]"
    r"(?P<inside>(?:[^\[]|\[(?!(?:wp_)?caption\b)){0,4000}?)\[/(?P=name)\]",
    re.IGNORECASE,
)
_SHOWN = re.compile(
    rf"\[(?P<name>{_MEDIA})\b{_VALUE}{{0,400}}\][^\[]{{0,2000}}\[/(?P=name)\]", re.IGNORECASE
)
_CODE = re.compile(rf"\[(?P<close>/)?(?P<name>[a-zA-Z][\w-]{{0,60}})(?P<rest>{_VALUE}{{0,400}})\]")
_ATTRIBUTE = re.compile(r"\s*=\s*\S|\s+[\w-]+\s*=\s*[\"'\w“”‘’&]")
_CLOSED = re.compile(r"\[/([a-zA-Z][\w-]{0,60})\]")
_PICTURE = re.compile(r"</?(?:img|a)\b[^<>]*>", re.IGNORECASE)


def has_shortcodes(text: str, /) -> bool:
    """Say whether a text holds codes that are no words of it.

    >>> has_shortcodes('[gallery ids="1,2"]'), has_shortcodes("Air surut [eko].")
    (True, False)
    """
    return "[" in text and without_shortcodes(text) is not text


def without_shortcodes(text: str, /) -> str:
    """Return a text, or a fragment of HTML, without its codes; the very text if it has none.

    >>> without_shortcodes('[su_box title="Fakta"]Air naik [sic].[/su_box][vc_row]')
    'Air naik [sic].'
    """
    if "[" not in text:
        return text
    plain = _CAPTION.sub(_captioned, text)
    plain = _SHOWN.sub("", plain)
    closed = {name.casefold() for name in _CLOSED.findall(plain)}

    def kept(code: re.Match[str]) -> str:
        name = code["name"].casefold()
        is_named = "_" in name or (name in _ALONE and not code["rest"].strip(" /"))
        is_code = is_named or code["close"] or name in closed or _ATTRIBUTE.match(code["rest"])
        return "" if is_code else code[0]

    plain = _CODE.sub(kept, plain)
    return text if plain == text else plain


def _captioned(code: re.Match[str]) -> str:
    """Return a picture's words as HTML writes them."""
    words = _PICTURE.sub("", code["inside"]).strip()
    return f"\n\n<figure data-code><figcaption>{words}</figcaption></figure>\n\n"
