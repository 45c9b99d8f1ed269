"""PDF and Word documents as small as they can be, made for tests: no library writes them."""

from __future__ import annotations

import io
import textwrap
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from html import escape

_WIDTH, _HEIGHT = 595, 842
_ADVANCE = 0.6  # of Courier's letters, all alike


@dataclass(slots=True)
class Sheet:
    """A page: pieces of text with the place and size of each."""

    pieces: list[tuple[float, float, float, str]] = field(default_factory=list)

    def put(self, x: float, y: float, text: str, size: float = 10) -> None:
        self.pieces.append((x, y, size, text))

    def stream(self) -> bytes:
        lines = []
        for x, y, size, text in self.pieces:
            safe = text.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
            lines.append(f"BT /F1 {size} Tf {x:.1f} {y:.1f} Td ({safe}) Tj ET")
        return "\n".join(lines).encode("cp1252")


def pdf(*sheets: Sheet) -> bytes:
    """Return a document of these pages."""
    kids = " ".join(f"{4 + 2 * n} 0 R" for n in range(len(sheets)))
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(sheets)} >>".encode(),
        b"<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
    ]
    for number, sheet in enumerate(sheets):
        content = sheet.stream()
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {_WIDTH} {_HEIGHT}] /Contents"
            f" {5 + 2 * number} 0 R /Resources << /Font << /F1 3 0 R >> >> >>".encode()
        )
        objects.append(b"<< /Length %d >>\nstream\n%b\nendstream" % (len(content), content))
    out, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, start=1):
        places.append(len(out))
        out += b"%d 0 obj\n%b\nendobj\n" % (number, content)
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    size = len(objects) + 1
    out += f"xref\n0 {size}\n0000000000 65535 f \n{table}trailer\n".encode()
    return out + b"<< /Root 1 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF" % (
        size,
        out.index(b"xref\n"),
    )


def newspaper(
    title: str,
    paragraphs: Sequence[str],
    *,
    columns: int = 2,
    rows: bool = False,
    heads: bool = True,
    size: float = 8,
    depth: int = 30,
) -> bytes:
    """Return pages of columns, words parted at line ends; ``rows``: drawn across the columns."""
    gap = 20.0
    wide = (_WIDTH - 80 - gap * (columns - 1)) / columns
    letters = int(wide / (size * _ADVANCE))
    lines = [line for text in paragraphs for line in _broken(text, letters)]
    sheets: list[Sheet] = []
    while lines:
        top = 740.0 if sheets else 680.0
        here, lines = lines[: depth * columns], lines[depth * columns :]
        per = -(-len(here) // columns)
        sheet = Sheet()
        sheets.append(sheet)
        if heads:
            sheet.put(40, 810, "KABAR WENING", 7)
            sheet.put(430, 810, "Senin, 11 Maret 2024", 7)
            sheet.put(290, 30, str(6 + len(sheets)), 7)
        if len(sheets) == 1:
            sheet.put(40, 720, title, 18)
        places = [(c, r) for c in range(columns) for r in range(per) if c * per + r < len(here)]
        for column, row in sorted(places, key=lambda p: p[::-1]) if rows else places:
            text, first = here[column * per + row]
            left = 40 + column * (wide + gap) + (size if first else 0)
            sheet.put(left, top - row * size * 1.25, text, size)
    return pdf(*sheets)


def _broken(text: str, letters: int) -> list[tuple[str, bool]]:
    """Return the lines of a paragraph, long words parted before a consonant."""
    lines = [""]
    for word in text.split():
        most = letters - (3 if len(lines) == 1 else 0)
        joined = f"{lines[-1]} {word}".strip()
        if len(joined) <= most:
            lines[-1] = joined
            continue
        room = most - len(lines[-1]) - 2
        cut = next((n for n in range(min(room, len(word) - 3), 2, -1) if _may_part(word, n)), 0)
        if cut:
            lines[-1] += f" {word[:cut]}-"
        lines.append(word[cut:])
    return [(line, number == 0) for number, line in enumerate(lines)]


def _may_part(word: str, at: int) -> bool:
    return word.isalpha() and word[at - 1] in "aiueo" and word[at] not in "aiueo"


def printed(url: str, title: str, paragraphs: Sequence[str]) -> bytes:
    """Return a page as a browser prints it: the day of printing above, the address below."""
    sheets = [Sheet(), Sheet()]
    for number, sheet in enumerate(sheets, start=1):
        sheet.put(25, 825, "3/20/24, 10:12 AM", 7)
        sheet.put(200, 825, f"{title} - Kabar Wening", 7)
        sheet.put(25, 15, url, 7)
        sheet.put(560, 15, f"{number}/2", 7)
    sheets[0].put(40, 780, title, 18)
    half = len(paragraphs) // 2
    for sheet, texts in zip(sheets, (paragraphs[:half], paragraphs[half:]), strict=True):
        y = 740.0
        for text in texts:
            for line in textwrap.wrap(text, 85):
                sheet.put(40, y, line)
                y -= 13
            y -= 13
    return pdf(*sheets)


_W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
_TYPES = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"


def paragraph(text: str, style: str = "", more: str = "") -> str:
    """Return a paragraph of a Word document."""
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{named}<w:r><w:t>{escape(text)}</w:t></w:r>{more}</w:p>"


def word(body: str, footnote: str = "") -> bytes:
    """Return a Word document with this content, and perhaps a footnote (number 2)."""
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{name}"><w:name w:val="{label}"/></w:style>'
        for name, label in (("Title", "Title"), ("H1", "heading 1"), ("H2", "heading 2"))
    )
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels"'
        ' ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override'
        f' PartName="/word/document.xml" ContentType="{_TYPES}.document.main+xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="r1"'
        f' Type="{_RELATIONS}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/_rels/document.xml.rels": f'<Relationships xmlns="{_PACKAGE}/relationships">'
        f'<Relationship Id="r1" Type="{_RELATIONS}/styles" Target="styles.xml"/>'
        f'<Relationship Id="r2" Type="{_RELATIONS}/footnotes" Target="footnotes.xml"/>'
        "</Relationships>",
        "word/styles.xml": f"<w:styles {_W}>{styles}</w:styles>",
        "word/footnotes.xml": f'<w:footnotes {_W}><w:footnote w:id="2">{paragraph(footnote)}'
        "</w:footnote></w:footnotes>",
        "word/document.xml": f"<w:document {_W}><w:body>{body}</w:body></w:document>",
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{text}')
    return out.getvalue()
