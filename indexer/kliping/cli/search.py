"""``kliping search``: ranked hits with highlighted passages."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

import click

from kliping.cli.output import clean, echo_json
from kliping.cli.rendering import render
from kliping.index import open_index
from kliping.searching.results import Hit, Results


def _format_options(command: Callable[..., Any]) -> Callable[..., Any]:
    helps = {
        "json": "One JSON object.",
        "jsonl": "One JSON object a hit.",
        "csv": "A table with a header line.",
        "ids": "The ids alone.",
    }
    for name, text in reversed(helps.items()):
        command = click.option(f"--{name}", "form", flag_value=name, help=text)(command)
    return command


class _Search(click.Command):
    """Says where a word that is left out can stand, when its minus was taken for an option's."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        typed = list(args)
        try:
            return super().parse_args(ctx, args)
        except click.NoSuchOption as error:
            sign, letter = error.option_name[:1], error.option_name[1:]
            words = (w for w in typed if w[:1] == sign != w[1:2] and letter in w[1:])
            if not error.option_name.startswith("--") and (word := next(words, None)):
                cure = f"To leave out a word, write: {ctx.command_path} -- {word}"
                message = f"{error.message.rstrip('.')}. {cure}"
                raise click.UsageError(message, ctx) from error
            raise


@click.command(cls=_Search)
@click.argument("query", nargs=-1, required=True)
@click.option("--limit", default=10, show_default=True, help="How many hits to show.")
@click.option("--offset", default=0, show_default=True, help="How many hits to pass over first.")
@click.option(
    "--after",
    metavar="TOKEN",
    help="The page behind one whose JSON has this as 'next': whatever has changed since, what "
    "was shown is not shown again, and nothing is left out.",
)
@click.option(
    "--sort",
    type=click.Choice(["relevance", "newest", "oldest"]),
    default="relevance",
    show_default=True,
    help="What comes first.",
)
@click.option("--since", metavar="DATE", help="Published from then on: 2024, 2024-03, 7-hari …")
@click.option("--until", metavar="DATE", help="Published up to and including then.")
@click.option("--source", help="Only this source; likewise:")
@click.option("--section", help="Only this section.")
@click.option("--author", help="Only this author.")
@click.option(
    "--boost-recent",
    metavar="HALF-LIFE",
    help="Rank recent articles higher: the advantage halves in each 30d, 6m, 1y, 2-minggu …",
)
@click.option(
    "--match",
    type=click.Choice(["auto", "all", "any"]),
    default="auto",
    show_default=True,
    help="Whether an article needs all words or any; auto: all, and where they are few, most.",
)
@click.option(
    "--all",
    "collapse",
    is_flag=True,
    default=True,
    flag_value=False,
    help="Show every article, also those that say the same as another.",
)
@click.option("--facets", is_flag=True, help="Count dates, sources, sections, authors and tags.")
@click.option(
    "--no-expand",
    "expand",
    is_flag=True,
    default=True,
    flag_value=False,
    help="Leave out acronyms and synonyms.",
)
@click.option(
    "--no-suggest",
    "suggest",
    is_flag=True,
    default=True,
    flag_value=False,
    help="Offer no other spellings, and do not count each word, where little is found.",
)
@click.option(
    "--explain", is_flag=True, help="Say how the query was read, and what scores are made of."
)
@_format_options
@click.pass_obj
def search(
    path: str, /, query: tuple[str, ...], form: str | None, explain: bool, **options: Any
) -> None:
    """Find articles, best first.

    Words match in any inflection; "a phrase" exactly; -word excludes; AND OR NOT (DAN ATAU
    BUKAN), word*, judul:word, tanggal:2024-03 and more: see docs/query-language.md. A query that
    begins with a minus goes behind "--".
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
    if plan:
        click.echo(clean(plan) + "\n")
    click.echo(render(results))


def _print_json(results: Results, plan: str | None) -> None:
    whole = results_json(results)
    if plan:
        whole["explain"] = plan
    echo_json(whole)


def _print_jsonl(results: Results, plan: str | None) -> None:
    for hit in results:
        echo_json(hit_json(hit), indent=None)


def _print_ids(results: Results, plan: str | None) -> None:
    for hit in results:
        click.echo(clean(hit.article.id))


def _print_csv(results: Results, plan: str | None) -> None:
    header = "rank score id title source section author published url path passage".split()
    click.echo(_csv_line(header), nl=False)
    for hit in results:
        row = hit_json(hit)
        passage = " … ".join(each.text for each in hit.passages)
        cells = [row[name] for name in header if name != "passage"]
        click.echo(_csv_line([*cells, passage]), nl=False)


def _csv_line(cells: Iterable[object]) -> str:
    import csv
    import io

    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(
        "" if c is None else clean(str(c)) for c in cells
    )
    return line.getvalue()


_PRINTERS: dict[str, Callable[[Results, str | None], None]] = {
    "text": _print_text,
    "json": _print_json,
    "jsonl": _print_jsonl,
    "csv": _print_csv,
    "ids": _print_ids,
}


def results_json(results: Results, /) -> dict[str, Any]:
    """Return results as the JSON object that the documentation promises."""
    whole: dict[str, Any] = {
        "query": results.query,
        "total": results.total,
        "took_ms": round(results.took_ms, 3),
        "match": results.match,
        "relaxed": results.relaxed,
        "with_all": results.with_all,
        "notes": results.notes,
        "suggestions": results.suggestions,
        "word_counts": results.word_counts,
        "next": results.next,
        "hits": [hit_json(hit) for hit in results],
    }
    if results.facets:
        whole["facets"] = results.facets
    return whole


def hit_json(hit: Hit, /) -> dict[str, Any]:
    """Return a hit as the JSON object that the documentation promises."""
    article = hit.article
    whole = {
        "rank": hit.rank,
        "score": round(hit.score, 6),
        "id": article.id,
        "title": article.title,
        "title_spans": hit.title_spans,
        "source": article.source,
        "section": article.section,
        "author": ", ".join(article.authors) or None,
        "published": article.published.isoformat() if article.published else None,
        "url": article.url,
        "path": article.path,
        "passages": [{"text": p.text, "spans": p.spans} for p in hit.passages],
        "similar": hit.similar,
        "missing": hit.missing,
    }
    if hit.explanation:
        parts = ((part, round(score, 6)) for part, score in hit.explanation)
        whole["explain"] = [{"clause": part, "score": score} for part, score in parts]
    return whole
