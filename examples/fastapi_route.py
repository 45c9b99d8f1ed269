"""A route that answers JSON, in FastAPI: ``uvicorn fastapi_route:app``.

The routes are plain functions, so FastAPI runs them in threads, and the event loop never waits for
a search. The documentation at ``/docs`` shows the schema that kliping gives for its results.
"""

from __future__ import annotations

import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Annotated, Any

from fastapi import FastAPI, HTTPException, Query, Request

import kliping


@asynccontextmanager
async def lifespan(app: FastAPI) -> AsyncIterator[None]:
    """Hold the index open as long as the application runs."""
    with kliping.open(os.environ.get("KLIPING_INDEX", "index"), follow=True) as index:
        app.state.index = index
        yield


app = FastAPI(title="Arsip", lifespan=lifespan)
SCHEMA: dict[int | str, dict[str, Any]] = {
    200: {"content": {"application/json": {"schema": kliping.Results.json_schema()}}}
}


@app.get("/cari", responses=SCHEMA)
def search(
    request: Request,
    q: Annotated[str, Query(max_length=500)],
    limit: Annotated[int, Query(ge=1, le=100)] = 10,
    after: str | None = None,
) -> dict[str, Any]:
    """Find articles, best first."""
    try:
        return {**request.app.state.index.search(q, limit=limit, after=after).to_dict()}
    except kliping.errors.QueryError as error:
        raise HTTPException(400, str(error)) from None


@app.get("/artikel/{key:path}")
def article(request: Request, key: str) -> dict[str, Any]:
    """Return one article."""
    try:
        return {**request.app.state.index.get(key).to_dict()}
    except (kliping.errors.ArticleNotFound, kliping.errors.SeveralArticles) as error:
        raise HTTPException(404, str(error)) from None
