"""Values as scripts write them: JavaScript's and Python's literals, made JSON."""

from __future__ import annotations

import json
import re

_TOKEN = re.compile(
    r""" "(?:[^"\\]|\\.)*+"
    | (?P<quoted> '(?:[^'\\]|\\.)*+' | `(?:[^`\\]|\\.)*+` )
    | (?P<comment> //[^\n]*+ | /\*(?:(?!\*/).)*+(?:\*/)? )
    | (?P<key> (?<![\w$])[A-Za-z_$][\w$]*+ (?=\s*:) )
    | (?P<comma> , (?=\s*[\]}]) )
    | (?P<word> \b(?:undefined|None|True|False)\b )""",
    re.VERBOSE | re.DOTALL,
)
_WORDS = {"undefined": "null", "None": "null", "True": "true", "False": "false"}
_ESCAPED = re.compile(r"\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)", re.DOTALL)
_MEANT = {"n": "\n", "r": "\r", "t": "\t", "b": "\b", "f": "\f", "\n": ""}


def as_json(text: str, /) -> str:
    """Return a literal as JSON: keys and strings in its quotation marks, no commas to spare.

    >>> as_json("[{judul: 'Jum\\\\'at', isi: \\"https://a.id\\", suka: undefined,}, // satu")
    '[{"judul": "Jum\\'at", "isi": "https://a.id", "suka": null}, '
    """
    return _TOKEN.sub(_told, text)


def _told(found: re.Match[str]) -> str:
    token = found[0]
    if found.lastgroup == "quoted":
        plain = _ESCAPED.sub(_character, token[1:-1])
        return json.dumps(plain, ensure_ascii=False)
    if found.lastgroup == "key":
        return f'"{token}"'
    if found.lastgroup == "word":
        return _WORDS[token]
    return "" if found.lastgroup else token


def _character(found: re.Match[str]) -> str:
    code = found[1]
    return chr(int(code[1:], 16)) if len(code) > 1 else _MEANT.get(code, code)
