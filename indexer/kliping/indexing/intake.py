"""What goes in: the articles of a file, in place of those that it gave before."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import islice

from kliping.analysis import Analyser
from kliping.article import Article
from kliping.corpus import Problem, SourceFile
from kliping.corpus.files import NO_FILE
from kliping.indexing import transaction
from kliping.indexing.changes import real
from kliping.indexing.joining import Joining
from kliping.indexing.patience import seconds_of
from kliping.indexing.preparing import Item, Prepared, article_of, prepare
from kliping.indexing.reading import Read
from kliping.indexing.repeats.lessons import Lessons
from kliping.indexing.rivals import Rivals
from kliping.indexing.summary import Report
from kliping.store.state import State

Progress = Callable[[int, int], None]
Stop = Callable[[], bool]


class Meter:
    """How many bytes of the sources have been read, of how many."""

    def __init__(self, total: int, on_progress: Progress) -> None:
        self._done, self._total, self._on_progress = 0, total, on_progress

    def begin(self, size: int) -> None:
        """Begin a file of ``size`` bytes."""
        self._end = self._done + size

    def move(self, size: int) -> None:
        """Note that about ``size`` bytes more have been read."""
        self._show(min(self._end, self._done + size))

    def finish(self) -> None:
        """Note that the file has been read."""
        self._show(self._end)

    def _show(self, done: int) -> None:
        self._done = done
        self._on_progress(done, self._total)


@dataclass(slots=True)
class _Taking:
    """One file on its way in.

    ``old`` are the ids that it gave before, ``new`` those that it gives, ``won`` those of them that
    it won from another file; ``skipped`` items of it are committed already. ``owners`` are the
    files that gave the articles of the batch at hand before it came; ``waiting`` are the documents
    that neither the engine nor the notes have been given, and ``letters`` how much text they have.
    """

    read: Read
    number: int
    path: str
    old: set[str]
    skipped: int
    again: bool
    new: set[str] = field(default_factory=set)
    won: set[str] = field(default_factory=set)
    owners: dict[str, int] = field(default_factory=dict)
    waiting: dict[str, Prepared] = field(default_factory=dict)
    letters: int = 0
    whole: bool = True


class Intake:
    """Takes up files one by one; what it changes waits in the transaction.

    ``stop`` says whether the run shall end: what has been analysed is kept, and the run that
    follows goes on from there.
    """

    def __init__(
        self,
        changing: transaction.Transaction,
        analyser: Analyser,
        joining: Joining,
        lessons: Lessons,
        report: Report,
        stop: Stop,
    ) -> None:
        self._changing, self._state, self._analyser = changing, changing.state, analyser
        self._joining, self._lessons, self._report = joining, lessons, report
        self._stop = stop
        self.rivals = Rivals(changing)
        self._lost: dict[str, list[Problem | None]] = {}
        self._gone: set[str] = set()
        self._removed = self._state.removed()

    def take(self, read: Read, meter: Meter, /, *, again: bool = False) -> None:
        """Index one file's articles; ``again`` if this run has read and counted it before."""
        file = read.file
        if read.error is not None:
            problem = Problem(str(file.path), f"cannot be read: {read.error}", kind="failed")
            self._report.tell(problem)
            self._note_if_slow(file, read.error)
            return
        path = NO_FILE if file.key == NO_FILE else real(file.path)
        known = self._state.file(path)
        skipped = known.taken if known and known.digest == read.digest else 0
        if known and skipped:
            old = set(self._state.ids(known.number))
        else:
            old = self.clear(known.number, again=again) if known else set()
        number = self._state.note(path, file.size, file.mtime_ns, read.digest, taken=skipped)
        self._lessons.begin(number)
        self._changing.touched.add(number)
        self.rivals.freed.discard(number)
        self._lost[path] = []
        taking = _Taking(read, number, path, old, skipped, again)
        meter.begin(file.size)
        self._take(taking, meter)
        meter.finish()
        self._settle(taking)

    def clear(self, number: int, /, *, again: bool = False) -> set[str]:
        """Take out what a file gave before, but what it shares with others; return the ids.

        Read ``again``, it gives the same: nobody waits for that.
        """
        shared = self._joining.begin(number)
        ids = set(self._state.ids(number)) - shared
        if not again:
            self.rivals.free(ids)
        self._state.forget_rival(number)
        self._changing.touched.add(number)
        self._changing.take_out(ids)
        return ids

    def made(self, item: Article | Prepared, path: str, /) -> Prepared:
        """Return an article of a file, without what its source repeats, as the engine is given it.

        What was prepared elsewhere is as it should be, unless it repeats something.
        """
        article = item.article if isinstance(item, Prepared) else item
        taught = self._lessons.taught(article, path)
        if isinstance(item, Prepared) and taught is article:
            return item
        return prepare(taught, self._analyser)

    def tell_lost(self) -> None:
        """Count and report, in the end, what was left out for another file's article."""
        for problems in self._lost.values():
            for problem in problems:
                if problem:
                    self._report.tell(problem)
                else:
                    self._report.summary.same += 1

    def _take(self, taking: _Taking, meter: Meter) -> None:
        """Index the articles of one file that are not committed already."""
        items = self._items(taking)
        for item in islice(items, taking.skipped):
            article = article_of(item)
            if article and article.id in taking.old:
                taking.new.add(article.id)
                self._lessons.taught(article, taking.path)
        if taking.skipped:  # what that run had begun beyond them
            self._changing.take_out(taking.old - taking.new)
        for count, item in enumerate(items, taking.skipped + 1):
            self._take_item(item, taking)
            is_over = self._stop()
            is_full = (
                len(taking.waiting) == transaction.BATCH or taking.letters > transaction.LETTERS
            )
            if is_over or is_full:
                meter.move(sum(len(each.article.body) for each in taking.waiting.values()))
                self._put(taking)
                if is_over or self._changing.is_due:
                    self._changing.after(partial(self._state.took, taking.number, count))
                    self._changing.commit()
            if is_over:
                taking.whole = False
                return
        self._put(taking)

    def _items(self, taking: _Taking) -> Iterator[Item]:
        """Yield what a file gives; whose its articles are is asked for a batch at once."""
        for batch in taking.read.batches:
            ids = [article.id for article in map(article_of, batch) if article]
            taking.owners = self._state.owners(ids) if ids else {}
            yield from batch

    def _take_item(self, item: Item, taking: _Taking) -> None:
        if isinstance(item, Problem):
            taking.whole &= item.kind != "failed"
            self._note_if_slow(taking.read.file, item.reason)
            if not taking.again:
                self._report.tell(item)
            return
        article = item.article if isinstance(item, Prepared) else item
        if self._may_go_in(article, taking):
            taking.new.add(article.id)
            taking.waiting[article.id] = self.made(item, taking.path)
            taking.letters += len(article.body)

    def _note_if_slow(self, file: SourceFile, reason: str) -> None:
        if seconds := seconds_of(reason):
            self._state.note_slow(real(file.path), file.size, file.mtime_ns, seconds)

    def _put(self, taking: _Taking) -> None:
        self._changing.touched.add(taking.number)
        self._state.own(taking.waiting, taking.number)
        self._changing.put(taking.waiting.values())
        taking.waiting.clear()
        taking.letters = 0

    def _settle(self, taking: _Taking) -> None:
        """Note and count what a file has given."""
        old, new, summary = taking.old, taking.new, self._report.summary
        gone = old - new
        self._changing.after(partial(self._state.drop, gone))
        if taking.again:
            self.rivals.free(gone)
        if taking.whole:  # else it is read again next time
            self._changing.after(partial(self._state.done, taking.number))
        if not self._stop():
            self._gone |= gone
            summary.removed += len(gone)
        stayed = 0 if taking.again else len(new & old)
        summary.unchanged += stayed if taking.skipped else 0
        summary.updated += 0 if taking.skipped else stayed
        came = new - old - taking.won
        back = came & self._gone
        summary.added += len(came) - len(back)
        summary.moved += len(back)
        summary.removed -= len(back)
        self._gone -= back
        if self._changing.is_due:
            self._changing.commit()

    def _may_go_in(self, item: Article, taking: _Taking) -> bool:
        """Say whether an article's id is free; a page is joined with its others in the end."""
        if item.id in self._removed:
            return False
        number, is_taken = taking.number, item.id in taking.new
        owner = number if is_taken else taking.owners.get(item.id)
        is_free = owner is None or (owner == number and not is_taken)
        is_given = owner is not None and owner != number and self._state.is_given(owner)
        if not is_given and self._joining.claims(item, number, None if is_free else owner):
            return False
        return owner is None or is_free or self._wins(item, taking, owner)

    def _wins(self, item: Article, taking: _Taking, owner: int) -> bool:
        """Say whether an article takes the place of another with its id, which then goes."""
        summary = self._report.summary
        verdict = self.rivals.judge(item, taking.number, owner, taking.waiting)
        if verdict in ("same", "other"):
            self._lost[taking.path].append(
                _taken(item.id, owner, taking, self._state) if verdict == "other" else None
            )
            return False
        if taking.waiting.pop(item.id, None) is None:
            self._changing.take_out([item.id])
        if verdict != "free" and owner != taking.number:
            taking.won.add(item.id)
        summary.same += verdict == "better" and not taking.again
        summary.moved += verdict == "moved"
        summary.updated += verdict == "replaced"
        return True


def _taken(article_id: str, owner: int, taking: _Taking, state: State) -> Problem:
    where = "this file" if owner == taking.number else state.path_of(owner)
    where = "a program or standard input" if where == NO_FILE else where
    reason = f"id '{article_id}' is already taken by {where}; give each article an id of its own"
    return Problem(str(taking.read.file.path), reason)
