"""From a page's question to its text: each of these runs where the index may be asked."""

from __future__ import annotations

from urllib.parse import quote

from kliping.index import Index
from kliping.searching.results import Results
from kliping.server.page.feed import feed_of
from kliping.server.page.listing import Listing, listing
from kliping.server.page.messages import told
from kliping.server.page.question import Question
from kliping.server.page.reading import MOST_JUMPS, reading
from kliping.server.page.rendering import render
from kliping.server.page.words import Words, words
from kliping.server.problems import Problem


def search_page(index: Index, question: Question, /) -> str:
    """Return the page of a search, or of all articles where nothing is asked.

    Raises:
        QueryError: the question says what cannot be meant.
    """
    said = words(question.lang)
    found = listing(index, question, said)
    # Where no word is asked for none fits better than another, and the newest come first.
    orders = ("newest", "oldest") if found.browsing else ("relevance", "newest", "oldest")
    return shown(
        "search.html",
        question,
        question.other_language().address(),
        listing=found,
        orders=orders,
        order=question.sort if question.sort in orders else orders[0],
        summary=_summary(found, question, said),
        took=said("took", n=said.decimal(found.results.took_ms)),
    )


def article_page(key: str, index: Index, question: Question, /) -> str:
    """Return the page of an article, the words of the question lit.

    Raises:
        ArticleNotFound: no article has this id, address or path.
        SeveralArticles: more than one has.
        QueryError: the question has a date that cannot be meant.
    """
    found = reading(index, key, question)
    other = question.other_language().article(found.article.id)
    return shown("article.html", question, other, reading=found, jumps=MOST_JUMPS)


def feed(base: str, index: Index, question: Question, /) -> str:
    """Return the newest of what a search finds as an Atom feed (RFC 4287).

    Raises:
        QueryError: the question says what cannot be meant.
    """
    said = words(question.lang)
    return render("feed.atom", question, feed=feed_of(index, question, said, base))


def message_page(kind: str, problem: Problem, question: Question, path: str, /) -> str:
    """Return the page that says what went wrong, and what helps.

    Whatever the path that was asked for, its links stay on this server: ``//host`` would not.
    """
    here = f"/{quote(path.lstrip('/'))}"
    return shown(
        "message.html",
        question,
        question.other_language().address(here),
        kind=kind,
        here=question.address(here),
        # What the reader can mend is told in full.
        detail=told(problem.detail, words(question.lang)) if problem.status == 400 else None,
        choices=problem.ids,
        may_be_tried="Retry-After" in problem.headers,
    )


def shown(template: str, question: Question, other: str, /, **values: object) -> str:
    """Return a page in the frame that all have; ``other`` is its address in the other language."""
    return render(template, question, other=other, home=Question(lang=question.lang), **values)


def _summary(found: Listing, question: Question, said: Words) -> str:
    """Return in a line how many articles were found, and how the words were taken."""
    results: Results = found.results
    if results.relaxed:
        having = results.with_all or 0
        first = said("articles", n=having)
        all_words = said("found_all", articles=first) if having else said("found_none_all")
        some = "found_more_some" if results.total_relation == "gte" else "found_some"
        return f"{all_words}; {said(some, n=found.partly)}"
    articles = said("articles", n=results.total)
    if results.total_relation == "gte":
        articles = said("more_than", articles=articles)
    if found.browsing:
        order = "browsing_oldest" if question.sort == "oldest" else "browsing"
        return said(order, articles=articles)
    return said(f"found_{results.match}", articles=articles)
