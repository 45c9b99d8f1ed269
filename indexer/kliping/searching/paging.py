"""Pages that neither repeat nor skip while the index changes.

A token names every hit that the pages so far have shown, six bytes each; the next page is the best
of what they have not. A position in the order would be shorter and wrong: with each article that
comes or goes all scores move a little, an article may get another date, and the one that stood for
a group may vanish. Nothing is kept between pages, so a token never expires.
"""

from __future__ import annotations

import binascii
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from kliping.errors import Contradiction
from kliping.store.segments import digest

# Counted up when what a token holds changes: older ones are then refused.
_VERSION = 2
_DIGEST, _CHECK = 8, 4
# Of 10,000 hits shown and 30,000 matches, one passes for another once in a million times.
_MARK = 6
_HEAD = 2 + _DIGEST  # the version, how many weights there are, and what was asked
_TO_ADDRESS, _FROM_ADDRESS = str.maketrans("+/", "-_"), str.maketrans("-_", "+/")


@dataclass(frozen=True, slots=True)
class Seen:
    """The articles that earlier pages have shown: of their ids, only ``in`` can be asked.

    Where those with most of the words followed those with all, ``weights`` says what each weighed.
    """

    marks: frozenset[bytes] = frozenset()
    weights: bytes = b""

    def __contains__(self, article_id: object) -> bool:
        return _mark(str(article_id)) in self.marks

    def __iter__(self) -> Iterator[bytes]:
        return iter(self.marks)

    def __len__(self) -> int:
        return len(self.marks)


def make_token(
    asked: object, marks: Iterable[bytes], ids: Iterable[str], *, weights: bytes = b""
) -> str:
    """Return the token of the page behind one that showed ``ids``, and ``marks`` before.

    ``asked`` is the query and all options that shape the list: two are the same if their ``repr``
    is.
    """
    weights = weights[:255]
    head = bytes((_VERSION, len(weights))) + _hash(repr(asked), _DIGEST) + weights
    whole = head + b"".join(sorted({*marks, *map(_mark, ids)}))
    return _encoded(whole + _check(whole))


def read_token(token: str, asked: object) -> Seen:
    """Return what a token says has been shown.

    Raises:
        Contradiction: the token is broken, or belongs to another query or other options.
    """
    whole = _decoded(token)
    if whole[2:_HEAD] != _hash(repr(asked), _DIGEST):
        raise Contradiction(
            "this token belongs to another query or other options; repeat those of the first page, "
            "or leave the token out and begin anew"
        )
    first = _HEAD + whole[1]
    starts = range(first, len(whole), _MARK)
    return Seen(frozenset(whole[at : at + _MARK] for at in starts), whole[_HEAD:first])


def _encoded(raw: bytes) -> str:
    """Return bytes as base64 that may stand in an address."""
    text = binascii.b2a_base64(raw, newline=False).decode()
    return text.translate(_TO_ADDRESS).rstrip("=")


def _decoded(token: str) -> bytes:
    padded = token.translate(_FROM_ADDRESS) + "=" * (-len(token) % 4)
    try:
        raw = binascii.a2b_base64(padded, strict_mode=True)
    except ValueError:  # also for what is not ASCII
        raw = b""
    whole, check = raw[:-_CHECK], raw[-_CHECK:]
    if len(whole) < _HEAD or check != _check(whole) or whole[0] != _VERSION:
        raise Contradiction(
            "this token is broken; give the whole 'next' of the page before, or begin anew"
        )
    return whole


def _mark(article_id: str) -> bytes:
    return _hash(article_id, _MARK)


def _check(whole: bytes) -> bytes:
    return digest(whole, _CHECK)


def _hash(text: str, size: int) -> bytes:
    return digest(text.encode("utf-8", "surrogatepass"), size)
