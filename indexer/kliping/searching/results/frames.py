"""Results as a table of pandas, for who counts and plots; imported when somebody asks for one."""

from __future__ import annotations

from datetime import timedelta, timezone
from typing import TYPE_CHECKING

from kliping.errors import LibraryMissing

if TYPE_CHECKING:
    import pandas

    from kliping.searching.results import Hit, Results

_WIB = timezone(timedelta(hours=7), "WIB")
_TEXTS = "id title source section author url path".split()


def frame(results: Results, /) -> pandas.DataFrame:
    """Return a table with a row a hit; ``published`` is a moment of WIB, missing is missing.

    Raises:
        LibraryMissing: pandas is not installed.
    """
    try:
        import pandas
    except ImportError as error:
        raise LibraryMissing("a table needs pandas; try: pip install pandas") from error
    rows = [_row(hit) for hit in results]
    columns = ["rank", "score", *_TEXTS, "published", "passage", "similar"]
    table = pandas.DataFrame(rows, columns=columns)
    moments = pandas.Series(table["published"], dtype="datetime64[us, UTC]")
    kinds = {
        "rank": "int64",
        "score": "float64",
        "similar": "int64",
        **dict.fromkeys([*_TEXTS, "passage"], "string"),
    }
    return table.assign(published=moments.dt.tz_convert(_WIB)).astype(kinds)


def _row(hit: Hit) -> dict[str, object]:
    return {
        **hit.to_dict(),
        "published": hit.article.published,
        "passage": " … ".join(passage.text for passage in hit.passages),
        "similar": len(hit.similar),
    }
