"""What Factiva and Nexis hand out as text: articles one below the other, their fields by codes.

Factiva puts two letters before each field, the text in two of them; Nexis a count above each
article, fields by capitals around its text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

Found = tuple[int, dict[str, object]]

_FACTIVA = {
    "HD": "title",
    "BY": "authors",
    "PD": "date",
    "SN": "source",
    "LA": "language",
    "SE": "section",
    "LP": "body",
    "TD": "body",
}
# Of the many codes, those that stand below a text and so end it.
_BESIDE = frozenset("CLM CR WC ET SC ED PG VOL CY ART CO IN NS RE PUB IPC IPD RF AN".split())
_ALL = _BESIDE | _FACTIVA.keys()
_LAST = "AN"  # the number of the document ends each
# Two spaces or a tab, or "PD Pasar Wening" would be a date.
_CODE = re.compile(r"([A-Z]{2,3})(?:(?: {2,}|\t)\s*+(\S.*))?[ \t]*")
_CODES = re.compile(r"^[A-Z]{2}(?=  |\t|$)", re.MULTILINE)
_HEAD = 20_000  # characters in which the first article shows its codes
_COUNT = re.compile(r"^[ \t]*+\d{1,6} of \d{1,6} DOCUMENTS?[ \t]*$", re.MULTILINE)
_FIELD = re.compile(
    r"(BYLINE|SECTION|LANGUAGE|URL|LENGTH|DATELINE|LOAD-DATE|PUBLICATION-TYPE|JOURNAL-CODE|SUBJECT"
    r"|GRAPHIC|HIGHLIGHT|TYPE|GEOGRAPHIC|PERSON|COMPANY|ORGANIZATION|INDUSTRY|NOTES|CORRECTION-DATE)"
    r": *(.*)"
)
_NEXIS = {"BYLINE": "authors", "SECTION": "section", "LANGUAGE": "language", "URL": "url"}
_PARAGRAPHS = re.compile(r"\n[ \t]*\n\s*")


def database_records(text: str, /) -> list[Found]:
    """Return the articles, each with the line it begins on; none if the text is no such export.

    >>> text = "HD  Banjir surut\\nPD  3 May 2024\\nLP\\nWarga pulang.\\n\\nAN  Document 1\\n"
    >>> database_records(text)[0][1]["title"], database_records("Banjir surut")
    ('Banjir surut', [])
    """
    if {"HD", "PD", "LP"} <= set(_CODES.findall(text[:_HEAD])):
        return [found for found in _of_factiva(text) if found[1].get("body")]
    if _COUNT.search(text):
        return [found for found in _of_nexis(text) if found[1].get("body")]
    return []


def _of_factiva(text: str) -> Iterator[Found]:
    record: dict[str, object] = {}
    start, field = 1, ""
    for number, line in enumerate(text.split("\n"), start=1):
        coded = _CODE.fullmatch(line)
        code = coded[1] if coded and coded[1] in _ALL else ""
        if code:
            field = _FACTIVA.get(code, "")
            if code == _LAST:
                yield start, record
                record = {}
            start = start if record else number
        if field:
            said = (coded[2] or "") if coded and code else line
            record[field] = f"{record[field]}\n{said}" if field in record else said
    yield start, record


def _of_nexis(text: str) -> Iterator[Found]:
    counts = list(_COUNT.finditer(text))
    ends = [found.start() for found in counts[1:]] + [len(text)]
    for count, end in zip(counts, ends, strict=True):
        blocks = [part.strip() for part in _PARAGRAPHS.split(text[count.end() : end].strip())]
        blocks = [block for block in blocks if not block.startswith("Copyright ")]
        head = [" ".join(block.split()) for block in blocks[:3]]
        record: dict[str, object] = dict(zip(("source", "date", "title"), head, strict=False))
        body: list[str] = []
        for block in blocks[3:]:
            if found := _FIELD.fullmatch(block.split("\n")[0]):
                if ours := _NEXIS.get(found[1]):
                    record[ours] = found[2]
            else:
                body.append(block)
        yield text.count("\n", 0, count.start()) + 1, record | {"body": "\n\n".join(body)}
