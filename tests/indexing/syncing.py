"""Folders that tests write, and what an index then holds."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import kliping
from kliping.indexing.summary import Summary

Write = Callable[..., Path]


def counts(summary: Summary) -> tuple[int, int, int, int]:
    """Return added, updated, removed, unchanged."""
    return summary.added, summary.updated, summary.removed, summary.unchanged


def held(index: Path) -> dict[str, str]:
    """Return every article's id and body, checked against the count."""
    with kliping.open(index) as opened:
        hits = opened.search("isi", limit=1000).hits
        assert len(opened) == len(hits)
        return {hit.article.id: hit.article.body.split()[1] for hit in hits}


def snapshot(index: Path) -> dict[str, tuple[str, int]]:
    return {
        str(path.relative_to(index)): (
            hashlib.sha256(path.read_bytes()).hexdigest(), path.stat().st_mtime_ns,
        )
        for path in sorted(index.rglob("*")) if path.is_file()
    }  # fmt: skip
