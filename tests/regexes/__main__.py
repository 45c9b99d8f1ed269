"""Asks recheck which text could cost each expression more than a line, and measures that text.

    python -m tests.regexes [--anew]

It takes minutes to answer for all, so what it said of each is noted in ``answers.txt``, and only
expressions that are new or changed are asked about; ``--anew`` asks about all.

recheck, which redos-linter brings along, knows JavaScript's dialect: it is told the expressions
without the marks that forbid a second try, so it suspects more than there is. What it suspects
is tried; only what then costs more than a line is a finding.
"""

from __future__ import annotations

import re
import sys
from collections import Counter
from hashlib import sha256
from pathlib import Path
from typing import Any

import redos_linter

from tests.regexes.bounds import BOUNDS, bound_of
from tests.regexes.collecting import Expression, expressions
from tests.regexes.pumping import Attack, is_dear

_ANSWERS = Path(__file__).parent / "answers.txt"
_HEAD = "# What recheck said of each expression, by its digest; written by python -m tests.regexes."
_SAID = {"safe": "line", "vulnerable": "tried"}
_WORDS_OF_JAVASCRIPT = (("(?P<", "(?<"), ("(?>", "(?:"), (r"\Z", "$"), (r"\A", "^"))


def main() -> int:
    """Print what was found; return 1 for an expression that costs more than a line."""
    known = {} if "--anew" in sys.argv else _noted()
    everything = expressions()
    asked = [each for each in everything if _key(each) not in known]
    answers: Any = []
    if asked:
        answers = redos_linter.check_regexes_with_deno([_question(each) for each in asked])
    if answers is None or len(answers) != len(asked):
        print("recheck did not answer; try: pip install --upgrade redos-linter")
        return 2
    dear = []
    for each, answer in zip(asked, answers, strict=True):
        attacks = [a for a in _suspected(answer) if is_dear(each, a, bound=_bound(each.name))]
        dear += [f"{each.name}: {attack.pumps}" for attack in attacks]
        if not attacks:
            known[_key(each)] = _SAID.get(answer["status"], "beyond")
    _note({key: known[key] for each in everything if (key := _key(each)) in known})
    print(*dear, sep="\n", end="\n" if dear else "")
    said = Counter(known[key] for each in everything if (key := _key(each)) in known)
    print(
        f"{len(everything)} expressions: "
        f"{said['line']} lines, {said['tried']} suspected and tried, "
        f"{said['beyond']} beyond recheck; {len(asked)} asked about now, "
        f"{len(dear)} cost more than a line, {len(BOUNDS)} rows of bounds kept"
    )
    return 1 if dear else 0


def _key(expression: Expression) -> str:
    """Return what an answer is noted by: it holds for this very expression, met by this text."""
    bound = bound_of(expression.name)
    asked = repr((_question(expression)["regex"], expression.uses, bound and bound[1]))
    return sha256(asked.encode("utf-8", "surrogatepass")).hexdigest()[:20]


def _noted() -> dict[str, str]:
    lines = _ANSWERS.read_text("utf-8").splitlines() if _ANSWERS.exists() else []
    return dict(line.split(" ", 1) for line in lines if not line.startswith("#"))


def _note(answers: dict[str, str]) -> None:
    lines = [f"{key} {answer}" for key, answer in sorted(answers.items())]
    _ANSWERS.write_text("\n".join([_HEAD, *lines, ""]), "utf-8")


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
