"""Acronyms as an article writes them: which stand in capitals, and what it says they mean.

*Komisi Pemberantasan Korupsi (KPK)* defines an acronym. Definitions are learnt from every article
that is indexed, kept as terms of a field of their own, and so counted, and forgotten with their
articles, like any other term.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kliping.analysis.gluing import cases_of
from kliping.analysis.tokens import words_of

# Two capitals are rare, and found as bytes in half the time; then the edges are asked for.
_SEVERAL = re.compile(rb"AA+")
_CAPITALS = re.compile(r"(?<![^\W_])[A-Z]{2,8}(?![^\W_])")
_BRACKETED = re.compile(r"\(([A-Z][A-Za-z-]{1,9})\)")
# Room for ten words in front of the bracket; a sentence's end cuts it short.
_REACH = 120
_SHOUTING = 0.5
# Function words lend no letter to an acronym, but may (*dan* in *KPPU* does not, in *PPDB* does).
_SILENT = frozenset("dan di ke dari untuk yang dengan the of and for serta atau".split())


def capitals(text: str, cases: bytes | None = None, /) -> str:
    """Return the distinct words of 2 to 8 capitals in ``text``, space-joined.

    A text that is mostly in capitals, such as an old headline, shouts and abbreviates nothing.

    >>> capitals("KPK dan DPR, kata KPK")
    'DPR KPK'
    """
    runs = _SEVERAL.finditer(cases or cases_of(text))
    found = {word[0] for run in runs if (word := _CAPITALS.match(text, run.start()))}
    if sum(map(len, found)) > _SHOUTING * len(text):
        return ""
    return " ".join(sorted(found))


def definitions(text: str, /) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yield acronyms that ``text`` defines, each with the folded words it stands for.

    >>> list(definitions("Ketua Komisi Pemberantasan Korupsi (KPK) hadir."))
    [('KPK', ('komisi', 'pemberantasan', 'korupsi'))]
    """
    for match in _BRACKETED.finditer(text):
        acronym = match[1]
        if sum(map(str.isupper, acronym)) < 2:
            continue
        before = re.split(r"[.;:\n(]", text[max(0, match.start() - _REACH) : match.start()])[-1]
        if words := _expansion(acronym.lower().replace("-", ""), words_of(before)):
            yield acronym, words


def _expansion(letters: str, words: tuple[str, ...]) -> tuple[str, ...]:
    """Return the last words whose initials are ``letters``, or () where there are none.

    >>> _expansion("bpjs", ("lewat", "badan", "penyelenggara", "jaminan", "sosial"))
    ('badan', 'penyelenggara', 'jaminan', 'sosial')
    """
    left = len(letters)
    for start in range(len(words) - 1, -1, -1):
        word = words[start]
        if left and word[0] == letters[left - 1]:
            left -= 1
        elif word not in _SILENT:
            return ()
        if not left:
            return words[start:]
    return ()
