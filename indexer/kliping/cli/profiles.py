"""What files of records are, for reading: a line for each, and one for each of its columns."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from kliping.cli.output import clean, one_line
from kliping.values import counted

if TYPE_CHECKING:
    from kliping.corpus.records.profile import Profile


def profile_text(profile: Profile, /) -> str:
    """Return a profile as lines."""
    rows = counted(profile.rows, "row")
    rows = rows if profile.whole else f"a sample of some {rows}"
    lines = [f"{clean(profile.path)}: {profile.form}; {rows}"]
    told = list(profile.lines())
    wide = min(24, max((len(one_line(name)) for name, *_ in told), default=0))
    for name, ours, why in told:
        lines.append(f"  {one_line(name) or '(no name)':<{wide}}  {ours or '-':<10} {why}")
    return "\n".join(lines)


columns_option = click.option(
    "--map",
    "maps",
    multiple=True,
    metavar="FIELD=COLUMN",
    help="Which column of records holds a field, as judul=Headline,isi=Naskah; "
    "tanggal=Date:mdy says that the month stands first.",
)
