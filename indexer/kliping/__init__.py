"""kliping: full-text search for Indonesian news.

    import kliping

    kliping.build("corpus/", "index/")
    with kliping.writer("index/") as writer:
        writer.add({"judul": "Gempa di Lembah Wening", "isi": "Gempa mengguncang lembah."})
    with kliping.open("index/") as index:
        for hit in index.search("gempa lembah"):
            print(hit.score, hit.article.title)

Each name is imported when it is first used: a search loads no HTML parser, and ``import kliping``
loads neither engine nor word lists.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kliping import analysis, errors
    from kliping.article import Article
    from kliping.building import build
    from kliping.corpus import extract
    from kliping.index import Index
    from kliping.index import open_index as open
    from kliping.indexing.summary import Summary
    from kliping.release import __version__
    from kliping.searching.completing import Suggestion
    from kliping.searching.information import Info
    from kliping.searching.results import Hit, Passage, Results
    from kliping.writing import Writer
    from kliping.writing import open_writer as writer

__all__ = [
    "Article",
    "Hit",
    "Index",
    "Info",
    "Passage",
    "Results",
    "Suggestion",
    "Summary",
    "Writer",
    "__version__",
    "analysis",
    "build",
    "errors",
    "extract",
    "open",
    "writer",
]

_HOMES = {
    "Article": "kliping.article:Article",
    "Hit": "kliping.searching.results:Hit",
    "Index": "kliping.index:Index",
    "Info": "kliping.searching.information:Info",
    "Passage": "kliping.searching.results:Passage",
    "Results": "kliping.searching.results:Results",
    "Suggestion": "kliping.searching.completing:Suggestion",
    "Summary": "kliping.indexing.summary:Summary",
    "Writer": "kliping.writing:Writer",
    "__version__": "kliping.release:__version__",
    "analysis": "kliping.analysis",
    "build": "kliping.building:build",
    "errors": "kliping.errors",
    "extract": "kliping.corpus:extract",
    "open": "kliping.index:open_index",
    "writer": "kliping.writing:open_writer",
}


if not TYPE_CHECKING:  # which would take any name for one of ours

    def __getattr__(name: str) -> object:
        if name not in _HOMES:
            raise AttributeError(f"module 'kliping' has no attribute '{name}'")
        module, _, attribute = _HOMES[name].partition(":")
        found = import_module(module)
        value = getattr(found, attribute) if attribute else found
        globals()[name] = value
        return value


def __dir__() -> list[str]:
    return __all__
