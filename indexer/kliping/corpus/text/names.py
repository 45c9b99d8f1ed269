"""Names: of the people in a by-line, and of the sites in a title."""

from __future__ import annotations

import re
from itertools import pairwise

from kliping.corpus.text.tables import words

_SITES = frozenset(words("sites.txt"))
# Sites that come with a section or a town behind: "Okezone News", "ANTARA News Jawa Timur".
_FAMILIES = re.compile(
    r"(?:detik|okezone|tribun|antara ?news|sindonews|kompas\.com|viva|republika|suara|merdeka"
    r"|tempo|liputan6|radar|grid|cnn indonesia|bisnis|kontan|jawapos|pikiran rakyat)"
    r"[ .-]?[\w. -]{0,30}",
    re.IGNORECASE,
)
_DOMAIN = re.compile(
    r"(?:www\.)?[\w-]+(?:\.[\w-]+){0,2}\.(?:com|co\.id|id|co|net|org|tv|news|asia)", re.IGNORECASE
)
_PARTS = re.compile(r"\s+(?:[-–—|»·•:]|::|-\|-)\s+|\s*\|\s*")
_MARK = re.compile("[-–—|»·•:(]")
_ALL_PAGES = ("all", "All", "semua", "Semua")
_PAGE = re.compile(
    r"\s*[-–|(]?\s*\b(?:Halaman|Page|Hal\.?)\s+(?:\d{1,2}|all|semua)\b(?:\s+(?:dari|of)\s+\d+)?\)?$",
    re.IGNORECASE,
)

_DAYS_MONTHS = frozenset(
    """
    senin selasa rabu kamis jumat sabtu minggu ahad januari februari maret april mei juni juli
    agustus september oktober november desember hari ini
    """.split()
)
# What stands where a name is looked for, and names nobody.
_NOBODY = frozenset(
    """
    terjemahan redaktur editor reporter penulis admin administrator anonim sumber foto video berita
    news home beranda ikuti follow share bagikan oleh by
    """.split()
)
_PARTICLES = frozenset(
    """
    bin binti van von de da di del der den al el la le ibn ibnu abu s/o d/o dan and atau y
    """.split()
)
_PLACES = frozenset(name.casefold() for name in words("places.txt"))
_EDITOR = re.compile(
    r"\b(?:editor|redaktur|penyunting|uploader|fotografer|(?:red\.?|foto)(?=\s*:))\s*[:|]?\s*",
    re.IGNORECASE,
)
_WRITER = re.compile(
    r"\b(?:penulis|reporter|pewarta|wartawan|kontributor|jurnalis|(?:rep|teks)(?=\s*:)|oleh|by)\b",
    re.IGNORECASE,
)
_ROLE = re.compile(
    r"\b(?:(?:re[pd]|teks|foto)(?=\.?\s*:)|penulis|reporter|editor|pewarta|wartawan|kontributor|jurnalis|redaktur|penyunting"
    r"|uploader|fotografer|ditulis oleh|written by)\b\.?\s*[:/|]?\s*|^(?:oleh|by)\b\s*:?\s*",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"[(<\[]?[^\s@]++@\S+\.\w+[)>\]]?|https?://\S+|@\w+")
_SEPARATORS = re.compile(r"\s*(?:[,;|/&\n•·]|\s-\s|\bdan\b|\band\b|\bserta\b)\s*")
_BEFORE = re.compile(r"^(?:(?:Dr|dr|Prof|Ir|Drs|Dra|Hj|KH|Ust|Ustaz|Bapak|Ibu|Sdr|Sdri)\b\.?\s*)+")
_DEGREE = re.compile(
    r"(?:[SMD]\.\s?[A-Z][A-Za-z]{0,5}\.?|S\.?[EHST]\.?|M\.?[HMA]\.?|MBA|M\.?Si\.?|M\.?Kom\.?"
    r"|S\.?(?:Kom|Sos|Pd|IP|Psi|Farm)\.?|Ph\.?D\.?|SH|MH|Lc\.?|M\.?Pd\.?|A\.?Md\.?)(?:\s|$)"
)
_BRACKETS = re.compile(r"\s*[(\[][^()\[\]]*[)\]]\s*")
_LONGEST = 500  # characters: what is longer is no title and no by-line
_LETTERS = re.compile(r"[\W_]+")


def clean_title(title: str, /, source: str | None = None) -> str:
    """Return the title without the site's name and without a page number.

    >>> clean_title("Banjir Wening Surut - Halaman 2 - Kompas.com")
    'Banjir Wening Surut'
    """
    title = " ".join(title.split())
    if len(title) > _LONGEST:
        return title
    while _MARK.search(title) or title[-1:].isdigit() or title.endswith(_ALL_PAGES):
        shorter = _PAGE.sub("", title) or title
        head, tail = _last_part(shorter)
        if head and _is_site(tail, source):
            shorter = head
        if shorter == title:
            break
        title = shorter
    return title


def person_names(text: str, /) -> tuple[str, ...]:
    """Return the people that a by-line names: no roles, no degrees, no e-mail addresses.

    *Tim Redaksi* and the like are kept as such.

    >>> person_names("Penulis: Dr. RINA SARI, S.Kom (rina@contoh.id) dan Budi Wening")
    ('Rina Sari', 'Budi Wening')
    """
    text = _ADDRESS.sub(" ", " ".join(text[:_LONGEST].split()))
    text = _BRACKETS.sub(" , ", text)
    names = map(_plain_name, _SEPARATORS.split(_ROLE.sub(",", text)))
    return tuple(dict.fromkeys(name for name in names if name))


def writers(text: str, /) -> tuple[str, ...]:
    """Return the people that a by-line names, without its editors.

    >>> writers("Rep: Rina Sari/ Red: Budi Wening"), writers("Editor: Budi Wening")
    (('Rina Sari',), ())
    """
    text = text[:_LONGEST]
    labels = [(found.start(), "") for found in _WRITER.finditer(text)]
    labels += [(found.start(), "editor") for found in _EDITOR.finditer(text)]
    if not any(role for _, role in labels):
        return person_names(text)
    edges = [(0, ""), *sorted(labels), (len(text), "")]
    parts = [text[at:end] for (at, role), (end, _) in pairwise(edges) if not role]
    return tuple(dict.fromkeys(name for part in parts for name in person_names(part)))


def is_person(name: str, /) -> bool:
    """Say whether a text reads as a name: no date, no place, no sentence.

    >>> [is_person(name) for name in ("Rina binti Sari", "29 Mei 2020", "Surabaya", "Warga pulang")]
    [True, False, False, False]
    """
    found = name.split()
    if not 0 < len(found) <= 7 or any(map(str.isdigit, name)) or name.casefold() in _PLACES:
        return False
    plain = {word.strip(".,").casefold() for word in found}
    if plain <= _DAYS_MONTHS or plain <= _NOBODY:
        return False
    return all(word[0].isupper() or word.casefold() in _PARTICLES for word in found)


def _plain_name(text: str) -> str:
    name = _BEFORE.sub("", text.strip(" .:*_-–—'\"“”()[]"))
    if not any(map(str.isalpha, name)) or _DEGREE.fullmatch(name) or _is_site(name, None):
        return ""
    if len(name) < 3 or (len(name) < 5 and name.islower()):  # a reporter's code
        return ""
    return name.title() if name.isupper() and " " in name else name


def _is_site(name: str, source: str | None) -> bool:
    plain = _LETTERS.sub("", name).lower()
    if not plain:
        return True
    if source and plain in {_LETTERS.sub("", source).lower(), source.split(".")[0].lower()}:
        return True
    return plain in _SITES or bool(_DOMAIN.fullmatch(name) or _is_family(name))


def _is_family(name: str) -> bool:
    return _FAMILIES.fullmatch(name) is not None and len(name.split()) <= 4


def _last_part(title: str) -> tuple[str, str]:
    """Return a title's parts before and after its last separator."""
    parts = list(_PARTS.finditer(title))
    return (title[: parts[-1].start()], title[parts[-1].end() :]) if parts else ("", title)
