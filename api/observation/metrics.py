"""What Prometheus reads: how much is asked, how long it takes, and what the service has left."""

import os
from typing import Final

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.multiprocess import MultiProcessCollector

SEVERAL_PROCESSES: Final = "PROMETHEUS_MULTIPROC_DIR"
"""Variable of the library: the folder in which server processes share what they have counted."""
_TOGETHER: Final = "livesum"
_BUCKETS = (0.001, 0.005, 0.02, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_REGISTRY = CollectorRegistry()

REQUESTS = Counter(
    "interventions_requests",
    "Answers, by the kind of address, the status, and whether they were kept from before.",
    ("kind", "status", "kept"),
    registry=_REGISTRY,
)
SECONDS = Histogram(
    "interventions_request_seconds",
    "Time from the head of a request to the end of its answer; not of answers kept on the way in.",
    ("kind",),
    registry=_REGISTRY,
    buckets=_BUCKETS,
)
QUERIES = Counter(
    "interventions_queries",
    "Queries, by who asked (visitors or pages) and what became of them.",
    ("asked_by", "outcome"),
    registry=_REGISTRY,
)
WORKERS = Gauge(
    "interventions_workers",
    "Processes, or places at a remote store, that answer queries.",
    ("asked_by", "state"),
    registry=_REGISTRY,
    multiprocess_mode=_TOGETHER,
)
WAITING = Gauge(
    "interventions_queries_waiting",
    "Queries that wait for a worker.",
    ("asked_by",),
    registry=_REGISTRY,
    multiprocess_mode=_TOGETHER,
)
RESTARTS = Gauge(
    "interventions_worker_restarts",
    "Workers that were started in place of one that ended, for the release that is served.",
    ("asked_by",),
    registry=_REGISTRY,
    multiprocess_mode=_TOGETHER,
)
CACHE_BYTES = Gauge(
    "interventions_cache_bytes",
    "Memory that kept answers take.",
    ("cache",),
    registry=_REGISTRY,
    multiprocess_mode=_TOGETHER,
)
CONNECTIONS = Gauge(
    "interventions_connections",
    "Connections that are open.",
    registry=_REGISTRY,
    multiprocess_mode=_TOGETHER,
)
REFUSED = Counter(
    "interventions_connections_refused",
    "Connections that found no place.",
    registry=_REGISTRY,
)
RELEASE = Gauge(
    "interventions_release_info",
    "Server processes that answer from a release, by its identifier.",
    ("release",),
    registry=_REGISTRY,
    multiprocess_mode=_TOGETHER,
)


def exposition() -> bytes:
    """Return everything that was counted, of all server processes, in the text of Prometheus."""
    if SEVERAL_PROCESSES not in os.environ:
        return generate_latest(_REGISTRY)
    together = CollectorRegistry()
    MultiProcessCollector(together)  # type: ignore[no-untyped-call]
    return generate_latest(together)
