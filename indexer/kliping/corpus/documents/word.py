"""Word's documents (.docx): paragraphs, tables and footnotes, in their order.

mammoth makes HTML of them, with headings for what the document calls so; a title is a headline.
What a document says of its own making (its author's account, its day) is not the article's.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator, Sequence

from bs4 import BeautifulSoup

from kliping.article import Article
from kliping.corpus.containers.libraries import optional
from kliping.corpus.documents.prose import Paragraph
from kliping.corpus.documents.stories import read_stories
from kliping.corpus.files import Problem, SourceFile
from kliping.corpus.html.fragments import parts_of
from kliping.corpus.limits import Limits
from kliping.corpus.text.tidying import tidy
from kliping.errors import LibraryMissing

_TITLES = "p[style-name='Title'] => h1:fresh\np[style-name='Judul'] => h1:fresh"
_PLAIN = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6"})
# The marks that lead to a footnote and back.
_NOTE = re.compile(
    r"<sup><a[^<>#]*+#(?:foot|end)note-[^<>]*>[^<]*+</a></sup>"
    r"|<a[^<>#]*+#(?:foot|end)note-ref-[^<>]*>[^<]*+</a>"
)


def read_word(file: SourceFile, data: bytes, /) -> Iterator[Article | Problem]:
    """Yield the articles of a document, or why there is none."""
    path = file.path.as_posix()
    try:
        mammoth = optional("mammoth", extra="documents")
    except LibraryMissing as error:
        yield Problem(path, str(error), kind="failed")
        return
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            size = sum(info.file_size for info in parts.infolist() if info.filename.endswith("xml"))
        if size > Limits().whole:
            yield Problem(path, f"unpacks to over {Limits().whole >> 20} MB of text: not read")
            return
        made = mammoth.convert_to_html(
            io.BytesIO(data), style_map=_TITLES, convert_image=mammoth.images.img_element(_no_image)
        )
    except (zipfile.BadZipFile, KeyError, ValueError, OSError, AttributeError) as error:
        yield Problem(path, f"a damaged Word document: {error}")
        return
    found = list(_paragraphs(_NOTE.sub("", made.value)))
    if not found:
        yield Problem(path, "a Word document without text")
        return
    yield from read_stories(file, found, {})


def _no_image(image: object) -> dict[str, str]:
    return {"src": ""}


def _paragraphs(markup: str) -> Iterator[Paragraph]:
    for element in BeautifulSoup(markup, "lxml").select("body > *"):
        if element.name in _PLAIN:
            texts: Sequence[str] = [tidy(" ".join(element.get_text().split()))]
        else:
            texts = parts_of(str(element)).paragraphs
        yield from (Paragraph(text, element.name == "h1") for text in texts if text)
