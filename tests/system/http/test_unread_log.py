"""A log that goes to a pipe which nobody reads stops nothing, at the end of the service either."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fixtures.guards import not_empty
from tests.fixtures.servers.served import COUNT, Served, start, wait_until, write_dataset

ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
REQUESTS = 50


@pytest.fixture
def unread(tmp_path: Path) -> Iterator[tuple[Served, int]]:
    """Return a service whose log is a pipe that is full, and the end of that which can be read."""
    reading, writing = os.pipe()
    dataset = write_dataset(tmp_path / "data.nq")
    with (
        os.fdopen(reading, "rb"),
        start(
            dataset=dataset,
            access_log="json",
            query_seconds=1,
            written=os.fdopen(writing, "w"),
        ) as served,
    ):
        os.set_blocking(writing, False)
        with pytest.raises(BlockingIOError):
            while os.write(writing, b"." * 256):
                pass
        os.set_blocking(writing, True)
        yield served, reading


def test_lines_that_nobody_takes_stop_nothing(unread: tuple[Served, int]) -> None:
    """Requests, a query at its limit and an engine that is lost have their lines, and answers."""
    served, _ = unread
    assert served.ask(ENDLESS).status == 503
    for number in not_empty(range(REQUESTS)):
        assert served.ask(f"{COUNT} # {number}").status == 200
    os.kill(served.fork_servers()[0], signal.SIGKILL)
    wait_until(lambda: served.ask(f"{COUNT} # lost").status == 200)
    assert served.stop() == 0
    wait_until(lambda: not served.processes())


def test_lines_wait_for_whoever_reads_late(unread: tuple[Served, int]) -> None:
    """What there was room for is written once there is a reader; the last lines are too."""
    served, reading = unread
    assert served.get("/health/live", {"X-Request-ID": "before-a-reader"}).status == 200
    os.read(reading, 2**20)
    time.sleep(0.5)
    assert served.get("/health/live", {"X-Request-ID": "the-last-line"}).status == 200
    assert served.stop() == 0
    told = os.read(reading, 2**20)
    assert b"before-a-reader" in told and told.rstrip().endswith(b'"the-last-line"}')
