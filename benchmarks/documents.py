"""PDF: the share of a page's words in their order, by pypdf, pdfminer.six, pypdfium2 and kliping.

On pages made here of invented text: one to three columns, words parted at line ends, running heads,
drawn column by column or row by row. ``pip install pypdf pdfminer.six`` for the peers.
"""

from __future__ import annotations

import difflib
import io
import re
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.corpus.documents import making  # noqa: E402 (found from the root)
from tests.corpus.documents.test_documents import TEXTS, TITLE  # noqa: E402

_PARTED = re.compile(r"[-\u00ad\x02\ufffe]\s*\n\s*")


def by_pypdf(data: bytes) -> str:
    import pypdf

    return "\n".join(page.extract_text() for page in pypdf.PdfReader(io.BytesIO(data)).pages)


def by_pdfminer(data: bytes) -> str:
    from pdfminer.high_level import extract_text

    return extract_text(io.BytesIO(data))


def by_pypdfium2(data: bytes) -> str:
    import pypdfium2

    with pypdfium2.PdfDocument(data) as document:
        return "\n".join(page.get_textpage().get_text_range() for page in document)


def by_kliping(data: bytes) -> str:
    from kliping.article import Article
    from kliping.corpus import SourceFile
    from kliping.corpus.documents.pdf import read_pdf

    items = read_pdf(SourceFile(Path("a.pdf"), "a.pdf", len(data), 0), data)
    return "\n".join(item.body for item in items if isinstance(item, Article))


SYSTEMS: tuple[Callable[[bytes], str], ...] = (by_pypdf, by_pdfminer, by_pypdfium2, by_kliping)


def in_order(text: str) -> float:
    """Return the share of the words that stand in their order, parted ones joined."""
    words, found = " ".join(TEXTS).split(), _PARTED.sub("", text).split()
    matcher = difflib.SequenceMatcher(None, words, found, autojunk=False)
    return sum(block.size for block in matcher.get_matching_blocks()) / len(words)


def main() -> None:
    """Print a row for each kind of page."""
    print("columns drawn by   " + "".join(f"{each.__name__[3:]:>20}" for each in SYSTEMS))
    for columns in (1, 2, 3):
        for rows in (False, True):
            data = making.newspaper(TITLE, TEXTS, columns=columns, rows=rows)
            cells = []
            for system in SYSTEMS:
                system(data)  # imports are not timed
                started = time.process_time()
                share = in_order(system(data))
                spent = time.process_time() - started
                cells.append(f"{share:>11.3f} {spent * 1000:>5.0f} ms")
            print(f"{columns:<7} {'rows' if rows else 'columns':<11}" + "".join(cells))


if __name__ == "__main__":
    main()
