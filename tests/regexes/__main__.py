"""Asks recheck which text could cost each expression more than a line, and measures that text.

    python -m tests.regexes

recheck, which redos-linter brings along, knows JavaScript's dialect: it is told the expressions
without the marks that forbid a second try, so it suspects more than there is. What it suspects
is tried; only what then costs more than a line is a finding.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from typing import Any

import redos_linter

from tests.regexes.bounds import BOUNDS, bound_of
from tests.regexes.collecting import Expression, expressions
from tests.regexes.pumping import Attack, is_dear

_WORDS_OF_JAVASCRIPT = (("(?P<", "(?<"), ("(?>", "(?:"), (r"\Z", "$"), (r"\A", "^"))


def main() -> int:
    """Print what was found; return 1 for an expression that costs more than a line."""
    asked = expressions()
    answers: Any = redos_linter.check_regexes_with_deno([_question(each) for each in asked])
    if answers is None or len(answers) != len(asked):
        print("recheck did not answer; try: pip install --upgrade redos-linter")
        return 2
    by_name = {each.name: each for each in asked}
    dear = [
        f"{answer['filePath']}: {attack.pumps}"
        for answer in answers
        for attack in _suspected(answer)
        if is_dear(by_name[answer["filePath"]], attack, bound=_bound(answer["filePath"]))
    ]
    print(*dear, sep="\n", end="\n" if dear else "")
    said = Counter(answer["status"] for answer in answers)
    print(
        f"{len(asked)} expressions: {said['safe']} lines, "
        f"{said['vulnerable']} suspected and tried, "
        f"{len(asked) - said['safe'] - said['vulnerable']} beyond recheck; "
        f"{len(dear)} cost more than a line, {len(BOUNDS)} rows of bounds kept"
    )
    return 1 if dear else 0


def _question(expression: Expression) -> Any:
    place = {"filePath": expression.name, "line": 0, "col": 0, "source_lines": []}
    return {"regex": _javascript(expression.pattern), **place}


def _javascript(pattern: re.Pattern[Any]) -> str:
    text = (
        pattern.pattern if isinstance(pattern.pattern, str) else pattern.pattern.decode("latin-1")
    )
    if pattern.flags & re.VERBOSE:
        text = re.sub(r"\s+(?:#.*)?", "", text)
    for ours, theirs in _WORDS_OF_JAVASCRIPT:
        text = text.replace(ours, theirs)
    text = re.sub(r"\(\?[imsx]+:", "(?:", re.sub(r"([*+?}])\+", r"\1", text))
    flags = "s" * bool(pattern.flags & re.DOTALL) + "m" * bool(pattern.flags & re.MULTILINE)
    return f"(?{flags}){text}" if flags else text


def _suspected(answer: Any) -> list[Attack]:
    if answer["status"] != "vulnerable":
        return []
    attack = answer["attack"]
    pumps = tuple((pump["prefix"], pump["pump"]) for pump in attack["pumps"] if pump["pump"])
    return [Attack(pumps, attack["suffix"])] if pumps else []


def _bound(name: str) -> Any:
    found = bound_of(name)
    return found[1] if found else None


if __name__ == "__main__":
    sys.exit(main())
