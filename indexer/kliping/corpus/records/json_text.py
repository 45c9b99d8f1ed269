"""JSON as people have it: decoded leniently, and what is wrong with it in a few words."""

from __future__ import annotations

import json

JSON = json.JSONDecoder(strict=False)  # a raw line break inside a string is no reason to refuse


def reason(error: Exception) -> str:
    """Say in a few words why a text was not decoded."""
    if isinstance(error, RecursionError):
        return "JSON nested too deeply"
    detail = getattr(error, "msg", error)
    return f"broken JSON: {detail}"
