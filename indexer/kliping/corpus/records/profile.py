"""What a file of records is, told before its rows are read, from a sample across the whole of it.

A row by itself does not say whether 10/7 is in October, or whether an id is its own; the columns
of many rows do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from operator import itemgetter

from kliping.corpus.records.columns import Columns
from kliping.corpus.records.days import Told, has_order, order_of
from kliping.corpus.records.fields_of_columns import Assigned, assign
from kliping.corpus.records.mapping import Mapped
from kliping.corpus.records.naming import Meaning, meaning
from kliping.corpus.records.nesting import Record, unwrapped
from kliping.corpus.records.shapes import first
from kliping.corpus.text.dates import date_from_url
from kliping.corpus.text.tidying import tidy
from kliping.values import Value

_MOMENTS = frozenset({"dates", "epochs", "serial dates"})
_DATES = frozenset({"published", "modified", "fetched"})
_REMEMBERED = 256  # sets of names that the records of a file have
_UNUSED = {
    "fetched": "when somebody fetched it: left out",
    "row": "counts rows: left out",
    "summary": "stands in where a body is missing",
    "clock": "the time of day, beside the date",
}
_COUNTED = "only counts: an id is made of the address, else of file, number and title"


class Plan(Value):
    """Which names of a record fill which field of ours, the best first; and which say nothing."""

    fields: dict[str, list[str]]
    unknown: tuple[str, ...]


@dataclass(slots=True)
class Profile:
    """What a file is, and which of its columns is what.

    ``form`` is its format in a few words; ``rows`` is how many it has, or about so many where
    ``whole`` is false. ``missing`` is what a user said of columns that it has not. ``orders``
    says of dates whether the day or the month comes first.
    """

    path: str
    form: str = ""
    columns: Columns = field(default_factory=lambda: Columns(()))
    assigned: Assigned = field(default_factory=Assigned)
    rows: int = 0
    whole: bool = True
    missing: tuple[Mapped, ...] = ()
    orders: dict[str, Told] = field(default_factory=dict)
    _plans: dict[tuple[object, ...], Plan] = field(default_factory=dict)

    def plan_of(self, record: Record, /) -> Plan:
        """Return what to take from a record with such names: those of a file are mostly alike."""
        names = tuple(record)
        plan = self._plans.get(names)
        if plan is None:
            if len(self._plans) >= _REMEMBERED:
                self._plans.clear()
            plan = self._plans[names] = self._made(names)
        return plan

    def looks_dated(self) -> list[str]:
        """Return the columns that look like dates, whether or not they fill a field."""
        return [name for name in self.columns.names if self.columns.kind(name) in _MOMENTS]

    def days(self, record: Record, besides: str, /) -> Iterator[date]:
        """Yield the days that a record's address, and dates written year first, name."""
        fields = self.plan_of(record).fields
        for name in fields.get("url", ()):
            if (url := first(record[name])) and (day := date_from_url(url)):
                yield day.date()
        for name in (name for ours in _DATES for name in fields.get(ours, ()) if name != besides):
            if text := first(record[name]):
                try:
                    yield date.fromisoformat(text[:10])
                except ValueError:
                    continue

    def lines(self) -> Iterator[tuple[str, str, str]]:
        """Yield for each column its name, its field ("" for none), and why."""
        fields = {name: ours for ours, names in self.assigned.fields.items() for name in names}
        for name in self.columns.names:
            ours = fields.get(name, "")
            how = self.assigned.how.get(name, "")
            known = meaning(name)
            unused = _UNUSED.get(ours or (known.field if known else ""), "")
            notes = [f"by {how}" if how else "", self.columns.kind(name)]
            if told := self.orders.get(name):
                notes[1] += f", {told.order} ({told.why})"
            if ours == "id" and self.assigned.counted:
                notes.append(_COUNTED)
            notes.append(unused or ("" if how else "not understood"))
            yield name, "" if ours in _UNUSED else ours, "; ".join(filter(None, notes))

    def _made(self, names: Sequence[str]) -> Plan:
        assigned = self.assigned
        fields = {
            ours: [name for name in known if name in names]
            for ours, known in assigned.fields.items()
        }
        unseen = [name for name in names if name not in self.columns.names]
        found = [(each.rank, each.field, name) for name in unseen if (each := _plain(name))]
        told = {name for name, how in assigned.how.items() if how == "--map"}
        for _, ours, name in sorted(found, key=itemgetter(0)):
            if told.isdisjoint(assigned.fields.get(ours, ())):
                fields.setdefault(ours, []).append(name)
        dark = [name for name in names if name not in assigned.how and _plain(name) is None]
        dark = [name for name in dark if name in unseen or self.columns.values(name)]
        return Plan(fields, tuple(tidy(str(name))[:40] or "(no name)" for name in dark))


def take_profile(
    path: str,
    form: str,
    records: Sequence[object],
    /,
    *,
    rows: int,
    whole: bool,
    mapping: Sequence[Mapped] = (),
) -> Profile:
    """Return the profile of a file of which these records are a sample."""
    columns = Columns([unwrapped(each) for each in records if isinstance(each, dict)])
    missing = tuple(each for each in mapping if each.column not in columns.names)
    assigned = assign(columns, [each for each in mapping if each not in missing], rows=rows)
    profile = Profile(path, form, columns, assigned, rows, whole, missing)
    given = {each.column: each.order for each in mapping if each.order}
    for name in (*assigned.fields.get("published", ()), *assigned.fields.get("modified", ())):
        if name in given:
            profile.orders[name] = Told(given[name], "--map")
        elif any(isinstance(each, str) and has_order(each) for each in columns.some(name)):
            told = order_of(
                [
                    (value, profile.days(row, name))
                    for row in columns.rows
                    if isinstance(value := row.get(name), str)
                ]
            )
            profile.orders |= {name: told} if told else {}
    return profile


def _plain(name: object) -> Meaning | None:
    each = meaning(name)
    return each if each and not each.weak else None
