"""Text that repeats a pattern's own pieces, and what the pattern costs on it.

A pattern costs more than a line where a piece can be matched in two ways, or from every place
again. Which piece that is, its parse tree says: each node gives an example of what it matches,
behind an example of what must stand before it, and is repeated; what follows fits nothing.
"""

from __future__ import annotations

import re
import signal
import time
from collections.abc import Iterator
from re import _compiler, _parser
from re import _constants as op
from typing import Any, NamedTuple

from kliping.corpus.text.tidying import tidy
from tests.regexes.bounds import Bound
from tests.regexes.collecting import Expression

_REPETITIONS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)
# What a class of characters may hold, the likelier first.
_CHARACTERS = "aA1 \n\t-.,_'\"<>()[]{}/\\:;=&#@!?*+|~^“”’–»•½\x00\x01"
# Pieces that no pattern need name: what a stranger's text repeats most easily.
_SEEDS = (" ", "\n", "\r\n", "a", "A", "1", "- ", ", ", ". ", "a-", "a.", "a ", "A ", "<", "(", '"')
# A line costs some 100 ns a character at most, 2 ms in all: what has not ended by a hundred times
# that, of the processor's own time, is none, however busy the machine is.
_LENGTH = 16_000
_CHEAP = 0.012
_PATIENCE = 0.2


class Attack(NamedTuple):
    """Pieces to repeat, each behind what must stand before it, and what follows them all."""

    pumps: tuple[tuple[str, str], ...]
    after: str

    def text(self, length: int) -> str:
        """Return the text, so long but for what stands once."""
        share = length // len(self.pumps)
        pumped = (before + piece * (share // len(piece) + 1) for before, piece in self.pumps)
        return "".join(pumped) + self.after


def attacks(pattern: re.Pattern[Any], /) -> list[Attack]:
    """Return the attacks on a pattern that its own pieces make."""
    source = pattern.pattern
    text = source if isinstance(source, str) else source.decode("latin-1")
    tree = _parser.parse(text, pattern.flags)
    found = dict.fromkeys(_pumped(tree.data, ""))
    found.update(dict.fromkeys(_attack("", seed) for seed in _SEEDS))
    return list(found)


def _pumped(nodes: list[Any], before: str) -> Iterator[Attack]:
    """Yield an attack for each node of a sequence, and for each pair of neighbours."""
    for place, node in enumerate(nodes):
        ahead = before + "".join(_example(each) for each in nodes[:place])
        pair = "".join(_example(each) for each in nodes[place : place + 2])
        for piece in (*_examples(node), pair):
            if piece and not (node[0] is op.LITERAL and len(nodes) > 1 and piece[0].isalnum()):
                yield _attack(ahead, piece)
        if node[0] in _REPETITIONS and ahead:  # from every beginning again
            yield _attack("", ahead)
        for inner in _inner(node):
            yield from _pumped(inner, ahead)


def _attack(before: str, piece: str) -> Attack:
    """Return an attack that ends in what one that matches the piece is unlikely to match."""
    return Attack(((before, piece),), "\x01!" if piece[-1].isalnum() else "\x01s")


def _inner(node: Any) -> list[list[Any]]:
    """Return the sequences that lie within a node."""
    code, argument = node
    if code is op.BRANCH:
        return [branch.data for branch in argument[1]]
    if code is op.SUBPATTERN:
        return [argument[3].data]
    if code in _REPETITIONS:
        return [argument[2].data]
    if code in (op.ASSERT, op.ASSERT_NOT):
        return [argument[1].data]
    return [argument.data] if code is op.ATOMIC_GROUP else []


def _example(node: Any) -> str:
    return next(iter(_examples(node)), "")


def _examples(node: Any) -> list[str]:
    """Return some texts that a node matches: of a class several, of a repetition the shortest."""
    code, argument = node
    if code in (op.LITERAL, op.NOT_LITERAL, op.ANY, op.IN):
        return [chr(argument)] if code is op.LITERAL else _members(node)
    if code in (op.ASSERT, op.ASSERT_NOT):  # takes up nothing
        return []
    times = 1
    if code in _REPETITIONS:
        times = max(1, min(argument[0], 40))
        if len(argument[2].data) == 1:
            return [piece * times for piece in _examples(argument[2].data[0])]
    return ["".join(map(_example, nodes)) * times for nodes in _inner(node)][:4]


def _members(node: Any) -> list[str]:
    """Return some characters of a class: the likeliest, and one that stands in it by name."""
    whole = _parser.SubPattern(_parser.State(), [node])
    matches = _compiler.compile(whole).match
    likely = [each for each in _CHARACTERS if matches(each)][:4]
    stated = node[1] if node[0] is op.IN else []
    named = [chr(value) for code, value in stated if code is op.LITERAL and matches(chr(value))]
    return list(dict.fromkeys((*likely, *named[:1])))


def seconds(expression: Expression, text: str) -> float:
    """Return the processor's time for the dearest way in which the expression is used."""
    pattern = expression.pattern
    met: Any = text if isinstance(pattern.pattern, str) else text.encode("utf-8", "replace")
    return max(_timed(getattr(pattern, use), met) for use in expression.uses)


def _timed(use: Any, text: str | bytes) -> float:
    """Return what one call costs, ``_PATIENCE`` if it is not done by then."""
    before = signal.signal(signal.SIGVTALRM, _interrupt)
    signal.setitimer(signal.ITIMER_VIRTUAL, _PATIENCE)
    started = time.process_time()
    try:
        use(text)
        return time.process_time() - started
    except TimeoutError:
        return _PATIENCE
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)


def _interrupt(*_: object) -> None:
    raise TimeoutError


def is_dear(expression: Expression, attack: Attack, /, *, bound: Bound | None = None) -> bool:
    """Say whether the expression costs more than a line on the attack.

    One that meets bounded text only must be done with that in no time.
    What is done in milliseconds is cheap, whatever its growth; else four times the text must not
    cost nine times as much, three times in a row.
    """
    if bound and bound.longest:
        return min(_spent(expression, attack, bound.longest, bound) for _ in range(3)) > _CHEAP
    spent = _spent(expression, attack, _LENGTH // 4, bound)
    if spent < _CHEAP / 12:  # a square of this length takes five times that
        return False
    return spent >= _PATIENCE or all(_grows(expression, attack, bound) for _ in range(3))


def _grows(expression: Expression, attack: Attack, bound: Bound | None) -> bool:
    # As much text in all as below: the processor's time may be counted in steps of 4 ms.
    short = sum(_spent(expression, attack, _LENGTH // 4, bound) for _ in range(4)) / 4
    long = _spent(expression, attack, _LENGTH, bound)
    return long >= _PATIENCE or long > max(9 * short, _CHEAP)


def _spent(expression: Expression, attack: Attack, length: int, bound: Bound | None) -> float:
    text = attack.text(length)
    if bound and bound.tidy:
        text = " ".join(tidy(text).split())
    return seconds(expression, text[: bound.longest] if bound else text)
