"""The systems that benchmarks compare: "Keep these articles: which of them match, and where?".

Each of our engines and each peer is one small class of the same shape (``Ranker``), used as its own
documentation shows. ``SYSTEMS`` names them; a ``Worker`` runs one in a process of its own.

Useful for comparing search systems on the same articles and queries. Not useful for tuning them:
a peer gets no more care here than its documentation's first pages ask for.
"""

from __future__ import annotations

from importlib import import_module
from pathlib import Path

from peers.base import Found, Ranker
from peers.corpus import Corpus, Record, prepare

__all__ = [
    "OURS",
    "PEERS",
    "RANKERS",
    "SYSTEMS",
    "Corpus",
    "Found",
    "Ranker",
    "Record",
    "create",
    "prepare",
]

# What options call a system: the module and the class that it is; imported when it is created,
# in the process that runs it.
OURS = {
    "kliping-tantivy": "peers.ours:KlipingTantivy",
    "kliping-whoosh": "peers.ours:KlipingWhoosh",
}
PEERS = {
    "whoosh": "peers.whoosh_docs:WhooshPeer",
    "tantivy": "peers.tantivy_docs:TantivyPeer",
    "fts5": "peers.fts5:Fts5Peer",
}
# What only ranks: it shows no passages.
RANKERS = {
    "lucene": "peers.lucene:LuceneRanker",
    "snowball": "peers.snowball:SnowballRanker",
    "bm25s": "peers.bm25s_docs:Bm25sRanker",
}
SYSTEMS = {**OURS, **PEERS, **RANKERS}


def create(name: str, folder: Path, /) -> Ranker:
    """Return the system of that name, its index to be made in ``folder``.

    Raises:
        ImportError: it is not installed.
    """
    module, _, kind = SYSTEMS[name].partition(":")
    made: Ranker = getattr(import_module(module), kind)(folder)
    return made
