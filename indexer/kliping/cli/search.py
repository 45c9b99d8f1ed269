"""``kliping search``: ranked hits with highlighted passages."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial, wraps
from typing import Any

import click

from kliping.cli.options import hit_limit, option
from kliping.cli.output import clean, echo_json, one_line, page
from kliping.cli.rendering import render
from kliping.cli.words import WordsCommand
from kliping.index import open_index
from kliping.searching.results import Results

_FORMS = {
    "json": "One JSON object.",
    "jsonl": "One JSON object a hit.",
    "csv": "A table with a header line, in which no text is a formula.",
    "csv-raw": "The same for programs: every text as it is.",
    "ids": "The ids alone.",
}


def _format_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add an option for each form of output; more than one of them is an error."""

    @wraps(command)
    def chosen(*arguments: Any, **options: Any) -> Any:
        forms = [name for name in _FORMS if options.pop(name.replace("-", "_"))]
        if len(forms) > 1:
            raise click.UsageError(f"--{forms[0]} and --{forms[1]} go apart; choose one of them")
        return command(*arguments, form=forms[0] if forms else None, **options)

    wrapped: Callable[..., Any] = chosen
    for name, text in reversed(_FORMS.items()):
        wrapped = option(f"--{name}", is_flag=True, help=text)(wrapped)
    return wrapped


@click.command(cls=WordsCommand)
@click.argument("query", nargs=-1, required=True)
@hit_limit
@option("--offset", default=0, show_default=True, help="How many hits to pass over first.")
@option(
    "--after",
    metavar="TOKEN",
    help="The page behind one whose JSON has this as 'next': whatever has changed since, what "
    "was shown is not shown again, and nothing is left out.",
)
@option(
    "--sort",
    type=click.Choice(["relevance", "newest", "oldest"]),
    default="relevance",
    show_default=True,
    help="What comes first.",
)
@option("--since", metavar="DATE", help="Published from then on: 2024, 2024-03, 7-hari …")
@option("--until", metavar="DATE", help="Published up to and including then.")
@option("--source", multiple=True, help="Only this source, or any of several; likewise:")
@option("--section", multiple=True, help="Only this section.")
@option("--author", multiple=True, help="Only this author.")
@option("--tag", multiple=True, help="Only this tag.")
@option(
    "--boost-recent",
    metavar="HALF-LIFE",
    help="Rank recent articles higher: the advantage halves in each 30d, 6m, 1y, 2-minggu …",
)
@option(
    "--match",
    type=click.Choice(["auto", "all", "any"]),
    default="auto",
    show_default=True,
    help="Whether an article needs all words or any; auto: all, and where they are few, most.",
)
@option(
    "--all",
    "collapse",
    is_flag=True,
    default=True,
    flag_value=False,
    help="Show every article, also those that say the same as another.",
)
@option("--facets", is_flag=True, help="Count dates, sources, sections, authors and tags.")
@option(
    "--no-expand",
    "expand",
    is_flag=True,
    default=True,
    flag_value=False,
    help="Leave out acronyms and synonyms.",
)
@option(
    "--no-suggest",
    "suggest",
    is_flag=True,
    default=True,
    flag_value=False,
    help="Offer no other spellings, and do not count each word, where little is found.",
)
@option("--explain", is_flag=True, help="Say how the query was read, and what scores are made of.")
@_format_options
@click.pass_obj
def search(
    path: str, /, query: tuple[str, ...], form: str | None, explain: bool, **options: Any
) -> None:
    """Find articles, best first.

    Words match in any inflection; "a phrase" exactly; -word excludes; AND OR NOT (DAN ATAU
    BUKAN), word*, judul:word, tanggal:2024-03 and more: see docs/query-language.md. An empty
    query, '', finds all, the newest first.
    """
    with open_index(path) as index:
        text = " ".join(query)
        options["suggest"] &= form in (None, "json")
        results = index.search(text, explain=explain, **options)
        expand = options["expand"]
        plan = index.explain(text, match=results.match, expand=expand) if explain else None
    _PRINTERS[form or "text"](results, plan)
    if not results.total:
        click.get_current_context().exit(1)


def _print_text(results: Results, plan: str | None) -> None:
    page((f"{clean(plan)}\n\n" if plan else "") + render(results))


def _print_json(results: Results, plan: str | None) -> None:
    whole = results.to_dict()
    if plan:
        whole["explain"] = plan
    echo_json(whole)


def _print_jsonl(results: Results, plan: str | None) -> None:
    for hit in results:
        echo_json(hit.to_dict(), indent=None)


def _print_ids(results: Results, plan: str | None) -> None:
    for hit in results:
        click.echo(one_line(hit.article.id))


def _print_csv(results: Results, plan: str | None, *, raw: bool = False) -> None:
    from kliping.cli.tables import csv_line

    header = "rank score id title source section author published url path passage".split()
    click.echo(csv_line(header), nl=False)
    for hit in results:
        row: Mapping[str, object] = {**hit.to_dict()}
        passage = " … ".join(each.text for each in hit.passages)
        cells = [row[name] for name in header if name != "passage"]
        click.echo(csv_line([*cells, passage], raw=raw), nl=False)


_PRINTERS: dict[str, Callable[[Results, str | None], None]] = {
    "text": _print_text,
    "json": _print_json,
    "jsonl": _print_jsonl,
    "csv": _print_csv,
    "csv-raw": partial(_print_csv, raw=True),
    "ids": _print_ids,
}
