"""The service that is asked what no client should ask."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fixtures.servers.hostile_clients import DELIVERY_S
from tests.fixtures.servers.served import Served, serving, wait_until

CONNECTIONS = 100


@pytest.fixture(scope="session")
def attacked(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Served]:
    """Return a service that waits for a client no longer than it has to.

    Its end is a good one, leaves no process, and its log tells no fault of ours. By `make endure`
    it serves the whole record.
    """
    in_full = bool(request.config.getoption("--endure"))
    release: Path = request.getfixturevalue("national" if in_full else "release")
    with serving(
        release=release,
        environment={"TMPDIR": str(tmp_path_factory.mktemp("passing"))},
        connections=CONNECTIONS,
        head_seconds=2,
        body_seconds=2,
        idle_seconds=2,
        delivery_seconds=DELIVERY_S,
        query_seconds=2,
        query_bytes=96 * 2**20,
        answer_bytes=16 * 2**20,
    ) as served:
        yield served
        assert served.stop() == 0
        wait_until(lambda: not served.processes())
        log = served.log()
        assert "Traceback" not in log, log[max(log.find("Traceback") - 500, 0) :][:5000]
