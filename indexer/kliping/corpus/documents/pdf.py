"""PDF: the articles of a printed page, or of one that a browser printed.

pdfium says where each piece of text stands; :mod:`kliping.corpus.documents.layout` and ``prose``
make paragraphs of it. Of what stands at the edge of every page, an address and a full date are the
article's; a document's own moment of creation is not, and is never used.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

from kliping.article import Article
from kliping.corpus.containers.libraries import optional
from kliping.corpus.documents.layout import Line, in_order, joined_pieces
from kliping.corpus.documents.prose import paragraphs, without_heads
from kliping.corpus.documents.stories import read_stories
from kliping.corpus.files import Problem, SourceFile
from kliping.corpus.text.head_lines import head_line
from kliping.errors import LibraryMissing

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")


def read_pdf(file: SourceFile, data: bytes, /) -> Iterator[Article | Problem]:
    """Yield the articles of a PDF, or why there is none."""
    path = file.path.as_posix()
    try:
        pdfium = optional("pypdfium2", extra="documents")
    except LibraryMissing as error:
        yield Problem(path, str(error), kind="failed")
        return
    try:
        with pdfium.PdfDocument(data) as document:
            pages = [joined_pieces(list(_pieces(page, at))) for at, page in enumerate(document)]
            heights = [document.get_page_size(at)[1] for at in range(len(document))]
    except pdfium.PdfiumError as error:
        is_locked = "password" in str(error).lower()
        reason = "an encrypted PDF: its password is needed" if is_locked else "a damaged PDF"
        yield Problem(path, reason)
        return
    if not any(pages):
        yield Problem(path, "a PDF without text, scanned perhaps: make it readable by OCR first")
        return
    kept, heads = without_heads(pages, heights)
    ordered = [line for lines in kept if lines for line in in_order(lines)]
    yield from read_stories(file, paragraphs(ordered), _told_by(heads))


def _pieces(page: Any, at: int) -> Iterator[Line]:
    """Yield the pieces of text on a page, with their boxes."""
    text = page.get_textpage()
    for index in range(text.count_rects()):
        left, bottom, right, top = text.get_rect(index)
        words = " ".join(text.get_text_bounded(left, bottom, right, top).split())
        if not words or top <= bottom:
            continue
        # The box of a letter that its font makes is as high for "a" as for "g".
        first = text.get_index(left + 1, (bottom + top) / 2, 2, 2)
        if first is not None:
            _, bottom, _, top = text.get_charbox(first, loose=True)
        yield Line(words, left, bottom, right, top, at)


def _told_by(heads: Sequence[str]) -> dict[str, object]:
    """Return what running heads tell of an article: its address, the day of the paper."""
    told: dict[str, object] = {}
    for head in heads:
        for part in (head, *head.split()):
            found = head_line(part)
            if found and (found.field == "url" or (found.field == "date" and _YEAR.search(part))):
                told.setdefault(*found)
    return told
