"""What is counted for whoever watches the server, in Prometheus's form."""

from __future__ import annotations

import os

from prometheus_client import (
    CONTENT_TYPE_LATEST,
    REGISTRY,
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    generate_latest,
)
from prometheus_client.multiprocess import MultiProcessCollector
from starlette.requests import Request
from starlette.responses import Response

# Where worker processes leave their counts for whichever of them is asked.
FOLDER = "PROMETHEUS_MULTIPROC_DIR"
# From a search of a small index to what is given up.
_SECONDS = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)

_ANSWERED = Counter("kliping_requests", "Requests answered", ["route", "status"])
_TIME = Histogram("kliping_request_seconds", "Time of a request", ["route"], buckets=_SECONDS)
_UNDER_WAY = Gauge(
    "kliping_questions_under_way",
    "Questions to the index that wait or are being answered",
    multiprocess_mode="livesum",
)
_OPEN = Gauge(
    "kliping_index_open", "Whether the index could be searched", multiprocess_mode="livemin"
)


def count(route: str, status: int, seconds: float, /) -> None:
    """Count a request."""
    _ANSWERED.labels(route, status).inc()
    _TIME.labels(route).observe(seconds)


def refuse(status: int, /) -> None:
    """Count a request that was refused before anything looked at it."""
    _ANSWERED.labels("refused", status).inc()


async def metrics(request: Request) -> Response:
    """Tell what was counted, by all workers."""
    asking = request.app.state.asking
    _UNDER_WAY.set(asking.asked)
    _OPEN.set(asking.state == "open")
    registry = REGISTRY
    if FOLDER in os.environ:
        registry = CollectorRegistry()
        MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
    return Response(generate_latest(registry), media_type=CONTENT_TYPE_LATEST)
