"""Fragments of HTML out of feeds and news XML, as paragraphs."""

from __future__ import annotations

from kliping.corpus.text.tidying import has_markup, split_paragraphs


def paragraphs_of(markup: str, /) -> str:
    r"""Return the paragraphs of a fragment, parted by blank lines; text without markup as it is.

    >>> paragraphs_of("<p>Air <b>surut</b>.</p><p>Warga pulang.</p>")
    'Air surut.\n\nWarga pulang.'
    """
    if not has_markup(markup):
        return "\n\n".join(split_paragraphs(markup))
    from bs4 import BeautifulSoup

    from kliping.corpus.html.paragraphs import take_apart

    soup = BeautifulSoup(markup, "lxml")
    for element in soup(["script", "style", "iframe", "noscript", "template"]):
        element.decompose()
    return "\n\n".join(take_apart(soup, mojibake=True).paragraphs)
