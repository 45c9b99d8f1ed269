"""An index made anew from another's articles and notes, of whatever engine, wherever it lives.

What has been committed of it is not copied again: its notes say all along what it will hold, and
``begun.json`` what it is a copy of. It is read again and compared before it may be seen.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterable
from contextlib import ExitStack, closing
from dataclasses import dataclass
from hashlib import blake2b
from itertools import islice

from kliping.analysis import Analyser
from kliping.article import Article
from kliping.engines import Engine, check_name, create, open_engine
from kliping.engines.documents import document, dump_article, plain
from kliping.errors import IndexDamaged, IndexMismatch, NotAnIndex
from kliping.errors.cures import command
from kliping.indexing.intake import Stop
from kliping.indexing.resuming import begun, resumable
from kliping.indexing.target import Target, chosen_engine, current
from kliping.indexing.transaction import BATCH, COMMIT_SECONDS
from kliping.query.clauses import Bool, Term
from kliping.store.digests import note_digests
from kliping.store.folder import LEXICON, WAIT_SECONDS, IndexFolder
from kliping.store.groups import copy_groups, start_groups
from kliping.store.places import Place, located
from kliping.store.shares import of_share, parted
from kliping.store.sources import read_sources
from kliping.store.state import State


@dataclass(slots=True)
class Copied:
    """What a copy holds: its articles, and a digest of all of them, in whatever order.

    ``new`` were copied now; where ``interrupted``, the same copy goes on.
    """

    articles: int = 0
    new: int = 0
    digest: int = 0
    interrupted: bool = False

    def count(self, articles: Iterable[Article], /) -> None:
        """Count articles."""
        for article in articles:
            self.articles += 1
            own = blake2b(dump_article(article), digest_size=16).digest()
            self.digest = (self.digest + int.from_bytes(own, "big")) % (1 << 128)

    def add(self, other: Copied, /) -> None:
        """Count what another share holds."""
        self.articles, self.new = self.articles + other.articles, self.new + other.new
        self.digest = (self.digest + other.digest) % (1 << 128)
        self.interrupted |= other.interrupted


def copy(
    source: Place,
    to: Place,
    /,
    *,
    engine: str | None = None,
    stop: Stop = lambda: False,
    commit_seconds: float = COMMIT_SECONDS,
) -> Copied:
    """Copy an index to where there is none, with its notes: what it is made from stays known.

    Args:
        source: the index; nobody else may write to it meanwhile.
        to: a folder or an address; a copy that was ended there goes on.
        engine: what keeps the copy in a folder.
        stop: asked between batches whether to end, keeping what has been copied.
        commit_seconds: the longest time between commits.

    Raises:
        IndexNotFound: there is no index to copy.
        IndexMismatch: one is there already; NotAnIndex: shares do not go into a folder.
        IndexLocked: another process is writing to one of them.
        IndexDamaged: the copy is not what was copied.
    """
    check_name(engine)
    done, shares = Copied(), located(source).shares()
    for share in shares:
        place = to if share.share.of == 1 else _of_share(to, share)
        done.add(_copy(share, located(place), engine, stop, commit_seconds))
        if done.interrupted:
            break
    return done


def _of_share(to: Place, share: IndexFolder) -> str:
    if not (new := located(to)).is_address:
        whole = command("export", parted(str(share.place))[0])
        cure = f"{whole} | {command('index -', new.place)}"
        raise NotAnIndex(f"shares go to an address, not into a folder; try: {cure}", path=new.place)
    return of_share(str(to), share.share)


def _copy(
    source: IndexFolder, to: IndexFolder, engine: str | None, stop: Stop, seconds: float
) -> Copied:
    with ExitStack() as held:
        held.enter_context(source.writing(wait=WAIT_SECONDS))
        held.enter_context(to.writing(wait=WAIT_SECONDS))
        old = current(source)
        if to.has_index():
            raise IndexMismatch(
                f"{to.place} holds an index already; name another place", path=to.place
            )
        name = chosen_engine(to, engine)
        opened, state = held.enter_context(old.opened(lambda problem: None))
        asked = [str(source.place), opened.version, old.analyser.version, name]
        number = begun(to, name, made_of := json.dumps(asked))
        target = Target(
            to, name, old.analyser, number or to.newest() + 1,
            fresh=True, rebuild=True, begun=number is not None, made_of=made_of,
        )  # fmt: skip
        done = copy_into(target, opened, state, stop=stop, seconds=seconds)
        if not done.interrupted:
            lexicon = source.path / LEXICON
            target.publish(read_sources(source).values(), lexicon if lexicon.exists() else None)
        return done


def copy_into(
    target: Target,
    engine: Engine,
    state: State,
    /,
    *,
    stop: Stop = lambda: False,
    seconds: float = COMMIT_SECONDS,
) -> Copied:
    """Fill a generation with what an engine and its notes hold; it is not published.

    Raises:
        IndexDamaged: it does not hold the same when it is read again.
    """
    folder, number = target.folder, target.number
    place = folder.generation(number)
    if not target.begun:
        start_groups(folder.start(number))
        state.copy(folder.notes(number))
    where = folder.engine_place(number)
    make = open_engine if target.begun else create
    with (
        closing(make(target.engine, where)) as fresh,
        closing(State(folder.notes(number))) as notes,
    ):
        with resumable(place, target.made_of):
            notes.begin_commit()
            notes.commit()
            folder.keep()
            done = _filled(fresh, engine, target.analyser, stop, seconds)
        if not done.interrupted:
            _compare(done, fresh, folder)
            notes.end_commit(fresh.version)
            notes.commit()
            copy_groups(state.folder, place)
            folder.keep()
    note_digests(place)
    return done


def _filled(
    fresh: Engine, engine: Engine, analyser: Analyser, stop: Stop, seconds: float
) -> Copied:
    """Add what an engine holds to another, which may have some of it already."""
    done, articles = Copied(), engine.every()
    committed, had = time.monotonic(), fresh.articles
    while batch := list(islice(articles, BATCH)):
        done.count(batch)
        there = _there(fresh, batch) if had else set()
        new = [document(each, analyser) for each in batch if each.id not in there]
        fresh.add(new)
        done.new += len(new)
        done.interrupted = stop()
        if done.interrupted or time.monotonic() - committed > seconds:
            fresh.commit()
            committed = time.monotonic()
        if done.interrupted:
            return done
    fresh.commit()
    return done


def _there(engine: Engine, batch: Iterable[Article]) -> set[str]:
    terms = tuple(Term("id", plain(each.id)) for each in batch)
    return {article_id for _, article_id in engine.rank(Bool(should=terms), limit=len(terms))}


def _compare(done: Copied, fresh: Engine, folder: IndexFolder) -> None:
    found = Copied()
    found.count(fresh.every())
    if (found.articles, found.digest) != (done.articles, done.digest):
        raise IndexDamaged(
            f"{folder.place} holds {found.articles:,} articles, digest {found.digest:032x}, in "
            f"place of {done.articles:,}, {done.digest:032x}; copy it again",
            path=folder.place,
        )
