"""What an operator sees: lines of requests and queries, counts, identifiers, and readiness."""

from __future__ import annotations

import contextlib
import json
import os
import signal
import socket
import time
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
from prometheus_client.parser import text_string_to_metric_families

from api.observation.lines import query_hash
from tests.fixtures.guards import not_empty
from tests.fixtures.servers.served import COUNT, Served, serving, wait_until, write_dataset

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
SORTED = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?i ?a"
KEPT = f"/sparql?query={quote(COUNT)}"
WORKERS = 4
CLIENT = "198.51.100.77"


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with some triples."""
    return write_dataset(tmp_path_factory.mktemp("observation") / "data.nq")


def lines_of(served: Served, event: str) -> list[dict[str, Any]]:
    """Stop a service and return the lines about an event that it wrote as JSON."""
    assert served.stop() == 0
    log = served.log()
    assert "Traceback" not in log
    found = [json.loads(line) for line in log.splitlines() if line.startswith("{")]
    return [line for line in found if line["event"] == event]


def test_nothing_is_written_of_requests_unless_that_is_wished(dataset: Path) -> None:
    """The log is off, and what it would say is in no other line."""
    with serving(dataset=dataset) as served:
        assert served.get("/health/live").status == served.get(KEPT).status == 200
        assert served.stop() == 0
        assert "event=request" not in (log := served.log()) and "/health/live" not in log


def test_a_line_for_each_request(dataset: Path) -> None:
    """With client, duration, status, size, and whether the answer was kept; and nothing asked."""
    with serving(dataset=dataset, access_log="json") as served:
        asked = {"X-Forwarded-For": CLIENT, "X-Request-ID": "seen-before.1"}
        told = served.get("/directions", asked)
        assert told.headers["x-request-id"] == "seen-before.1"
        for _ in range(4):
            with socket.create_connection(("127.0.0.1", served.port), timeout=10) as link:
                link.sendall(f"GET {KEPT} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
                assert b"x-request-id: " in link.recv(4096)
        assert served.get("/directions").status == 200
        served.request("OPTIONS", "/sparql")
        with socket.create_connection(("127.0.0.1", served.port), timeout=10) as link:
            link.sendall(b"NONSENSE\r\n\r\n")
            assert b" 400 " in link.recv(4096)
        lines = [one for one in lines_of(served, "request") if "health" not in one["path"]]
    first = lines[0]
    assert first | {"milliseconds": 0, "time": ""} == {
        "time": "",
        "event": "request",
        "client": "198.51.100.0",
        "method": "GET",
        "path": "/directions",
        "status": 200,
        "bytes": len(told.body),
        "milliseconds": 0,
        "kept": False,
        "request": "seen-before.1",
    }
    assert first["time"].endswith("Z") and first["milliseconds"] > 0
    queries = [one for one in lines if one["path"] == "/sparql" and one["method"] == "GET"]
    assert [one["kept"] for one in queries] == [False, True, True, True]
    assert len({one["request"] for one in lines}) == len(lines)
    assert [one["status"] for one in lines[5:]] == [200, 204, 400]
    assert lines[5]["kept"] is True


def test_text_and_whole_addresses(dataset: Path) -> None:
    """Nothing that is asked can begin another line or field; a visitor's words are not told."""
    secret = "SELECT ('a secret' AS ?x) {}"
    with serving(dataset=dataset, access_log="text", client_addresses="whole") as served:
        served.get("/no%0Athing%20status=200", {"X-Forwarded-For": CLIENT})
        assert served.ask(secret).status == 200
        assert served.stop() == 0
        log = served.log()
    (line,) = [one for one in log.splitlines() if "thing" in one]
    assert f"client={CLIENT} " in line and " status=404 " in line
    assert 'path="/no\\nthing status=200"' in line
    assert "secret" not in log


def test_a_line_for_each_query_that_is_killed_refused_or_lost(dataset: Path) -> None:
    """With its hash and the reason, whether requests are written down or not."""
    expected = {
        ENDLESS: ("killed", "time"),
        SORTED: ("lost", "memory, or killed from outside"),
        "SELECT * { SERVICE <http://x/> { ?s ?p ?o } }": ("refused", "not to be run"),
        "SELECT * {": ("refused", "not to be run"),
        f"{ENDLESS} # left": ("killed", "client left"),
        "SELECT * { ?s ?p ?o } LIMIT 3": ("refused", "answer too large"),
    }
    with serving(dataset=dataset, query_seconds=5, query_bytes=32 * 2**20, answer_rows=2) as served:
        for query in expected:
            if query.endswith("left"):
                link = served.begin(query)
                time.sleep(0.3)
                link.close()
            else:
                assert served.ask(query).status in (400, 503)
        time.sleep(2)
        assert served.ask("ASK {}").status == 200
        counted = families(served)
        assert served.stop() == 0
        log = served.log()
    found = {}
    for line in (one for one in log.splitlines() if " event=query " in one):
        by_hash = {query_hash(query): query for query in expected}
        (query,) = (query for key, query in by_hash.items() if f" query={key} " in line)
        found[query] = line
    assert found.keys() == expected.keys()
    for query, (outcome, reason) in expected.items():
        written = f'"{reason}"' if " " in reason else reason
        assert f" outcome={outcome} reason={written} " in found[query]
    outcomes = counted["interventions_queries_total"]
    assert (
        outcomes[labels("visitors", "killed")] == 2 and outcomes[labels("visitors", "refused")] == 3
    )


def labels(*values: str) -> frozenset[str]:
    """Return what a figure is known by."""
    return frozenset(values)


def families(
    served: Served, headers: dict[str, str] | None = None
) -> dict[str, dict[frozenset[str], float]]:
    """Return what is counted, read as Prometheus reads it: by name and labels."""
    told = served.get("/metrics", headers)
    assert told.status == 200 and told.headers["content-type"].startswith("text/plain")
    found: dict[str, dict[frozenset[str], float]] = {}
    for family in not_empty(list(text_string_to_metric_families(told.body.decode()))):
        for sample in family.samples:
            key = labels(*sample.labels.values())
            found.setdefault(sample.name, {})[key] = sample.value
    return found


@pytest.mark.parametrize("processes", [1, 2])
def test_what_prometheus_reads(dataset: Path, processes: int) -> None:
    """Requests, durations, workers, queue, restarts, cache, connections and release, together."""
    with serving("--workers", str(processes), dataset=dataset) as served:
        for _ in range(20):
            assert served.ask(COUNT).status == 200
        os.kill(served.workers()[0], signal.SIGKILL)
        time.sleep(2.5)
        counted = families(served)
        requests = counted["interventions_requests_total"]
        assert sum(value for key, value in requests.items() if "sparql" in key) == 20
        assert requests[labels("sparql", "200", "yes")] >= 20 - 2 * processes
        assert counted["interventions_request_seconds_count"][labels("health")] >= 1
        workers = counted["interventions_workers"]
        assert (
            workers[labels("visitors", "free")] + workers[labels("visitors", "running")]
            == 2 * processes
        )
        assert counted["interventions_worker_restarts"][labels("visitors")] == 1
        assert counted["interventions_queries_waiting"][labels("visitors")] == 0
        assert counted["interventions_cache_bytes"][labels("answers")] > 0
        assert counted["interventions_connections"][labels()] >= 1
        assert list(counted["interventions_release_info"].values()) == [processes]
        assert counted["interventions_connections_refused_total"][labels()] == 0


def test_metrics_are_for_this_machine_unless_others_are_let_in(dataset: Path) -> None:
    """Not for whom a proxy on this machine lets in."""
    through = {"X-Forwarded-For": CLIENT}
    with serving(dataset=dataset) as served:
        assert served.get("/metrics").status == 200
        for headers in (through, {"Forwarded": f"for={CLIENT}"}, {"X-Forwarded-Host": "x"}):
            assert served.get("/metrics", headers).status == 404
    with serving(dataset=dataset, metrics="open") as served:
        assert families(served, through)
    with serving(dataset=dataset, metrics="off") as served:
        assert served.get("/metrics").status == 404


def test_ready_means_that_a_query_was_answered(dataset: Path) -> None:
    """A service whose workers cannot answer is alive and not ready; then it is again."""
    with serving(dataset=dataset, visitor_queries=2, curated_queries=2) as served:

        def workers() -> list[int]:
            return [*served.workers(), *served.workers(visitors=False)]

        # The one that prepared the pages ends after the service has begun to answer.
        wait_until(lambda: len(workers()) == WORKERS)
        stopped = workers()
        for number in not_empty(stopped):
            os.kill(number, signal.SIGSTOP)
        time.sleep(5.5)
        told = served.get("/health/ready")
        assert told.status >= 500 and told.json()["type"].startswith("/docs#")
        assert served.get("/health/live").status == 200
        for number in stopped:
            # The one that was asked has been ended at the limit.
            with contextlib.suppress(ProcessLookupError):
                os.kill(number, signal.SIGCONT)
        wait_until(lambda: served.get("/health/ready").status == 200)


def test_readiness_is_known_before_it_is_asked_for(dataset: Path) -> None:
    """Where nobody asks anything the service asks itself, again and again."""

    def answered() -> float:
        return families(served)["interventions_queries_total"].get(labels("pages", "answered"), 0)

    with serving(dataset=dataset) as served:
        for _ in range(2):
            before = answered()
            wait_until(lambda before=before: answered() > before)  # type: ignore[misc]


def test_a_client_that_goes_leaves_no_traceback(dataset: Path) -> None:
    """In the middle of a head, of a body, of an answer, by closing or by a reset."""
    big = quote("SELECT * { ?s ?p ?o . ?a ?b ?o2 FILTER(?s = ?a) } LIMIT 20000")
    requests = (
        b"GET /direc",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
        b"Content-Length: 99\r\n\r\nASK",
        b"POST /directions HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\nASK",
        f"GET /sparql?query={big} HTTP/1.1\r\nHost: x\r\n\r\n".encode(),
        b"GET /openapi.json HTTP/1.1\r\nHost: x\r\n\r\n" * 40,
    )
    linger = (1).to_bytes(4, "little") + (0).to_bytes(4, "little")
    with serving(dataset=dataset, access_log="json") as served:
        for asked in requests:
            for is_reset in (False, True):
                with socket.create_connection(("127.0.0.1", served.port)) as link:
                    if is_reset:
                        link.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
                    link.sendall(asked)
                    time.sleep(0.05)
        assert served.get("/health/live").status == 200
        lines = lines_of(served, "request")
    left = [line for line in lines if line["status"] is None]
    assert {line["path"] for line in left} >= {"/sparql"}
    assert "/health/live" in {line["path"] for line in lines}
