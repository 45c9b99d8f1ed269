"""A view that searches, and shows the stories of the database in the order of the hits."""

from __future__ import annotations

from functools import cache

from django.conf import settings
from django.http import HttpRequest, JsonResponse

import kliping
from berita.models import Story


@cache
def index() -> kliping.Index:
    """Open the index once, for all threads of this process."""
    return kliping.open(settings.KLIPING_INDEX, follow=True)


def search(request: HttpRequest) -> JsonResponse:
    """Answer ``?q=``, with ``&after=`` for the next page."""
    try:
        results = index().search(request.GET.get("q", ""), after=request.GET.get("after"))
    except kliping.errors.QueryError as error:
        return JsonResponse({"error": str(error)}, status=400)
    stories = Story.objects.in_bulk([int(hit.article.id) for hit in results])
    hits = [
        {"headline": stories[key].headline, **hit.to_dict()}
        for hit in results
        if (key := int(hit.article.id)) in stories
    ]
    return JsonResponse({"total": results.total, "next": results.next, "hits": hits})
