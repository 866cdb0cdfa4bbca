"""A process that runs queries has no way out of the machine, each means alone."""

from __future__ import annotations

import errno
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pyoxigraph as ox
import pytest

from queries.engine.dataset import Dataset
from queries.engine.interface import RESULTS_JSON, Question
from queries.engine.limits import QueryLimits
from queries.pool.messages import Kind, Reply, packed_question
from queries.pool.sandbox import can_leave_network, leave_network, limit_memory, open_no_more_files
from queries.pool.worker import work
from tests.fixtures.guards import not_empty
from tests.fixtures.servers.listener import RECEIVED_BYTES, Listener
from tests.fixtures.servers.served import Served


@pytest.fixture(autouse=True)
def nobody_came(listener: Listener) -> Iterator[None]:
    """Check after each test that nobody came to the server."""
    listener.came = 0
    yield
    assert listener.came == 0


def in_another_process(action: Callable[[], int]) -> int:
    """Return what a function returns in a process of its own."""
    number = os.fork()
    if number == 0:
        code = 99
        try:
            code = action()
        finally:
            os._exit(code)
    return os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])


def reach(port: int) -> int:
    """Return 0 after a connection, or else the number of the error."""
    try:
        with socket.socket() as link:
            link.settimeout(None)
            return link.connect_ex(("127.0.0.1", port))
    except OSError as error:
        return error.errno or -1


@pytest.mark.skipif(not can_leave_network(), reason="the machine does not permit it")
def test_a_network_that_was_left_is_out_of_reach(listener: Listener) -> None:
    """Whatever a process tries, there is no way out; without leaving, there is one."""
    assert in_another_process(lambda: reach(listener.port)) == 0
    wait_for(listener)

    def try_after_leaving() -> int:
        assert leave_network()
        return reach(listener.port)

    assert in_another_process(try_after_leaving) in (errno.ENETUNREACH, errno.ECONNREFUSED)


def wait_for(listener: Listener) -> None:
    """Wait until the one who was meant to come has come."""
    for _ in range(100):
        if listener.came:
            break
        threading.Event().wait(0.02)
    assert listener.came == 1
    listener.came = 0


def test_without_further_files_there_is_no_connection(listener: Listener) -> None:
    """Free numbers below those of open files are of no use."""

    def try_without_files() -> int:
        limit_memory(2**30)
        os.dup2(0, 50)
        open_no_more_files()
        return reach(listener.port)

    assert in_another_process(try_without_files) == errno.EMFILE


class Unchecked(Dataset):
    """A dataset that runs whatever it is asked, as if every check of the text had failed."""

    def answer(self, question: Question, output: object) -> None:
        """Hand the query to the engine as it is."""
        result = self._store.query(question.text)
        assert isinstance(result, ox.QuerySolutions)
        result.serialize(output, ox.QueryResultsFormat.JSON)  # type: ignore[arg-type]


@pytest.mark.parametrize("silent", ["", "SILENT"])
def test_a_worker_has_no_way_out(listener: Listener, silent: str) -> None:
    """Past the check of the text, a worker in memory opens nothing by its open files alone."""
    ours, theirs = socket.socketpair()
    number = os.fork()
    if number == 0:
        try:
            ours.close()
            limits = QueryLimits(5, 2**29, 2**20, 1_000)
            work(theirs, Unchecked(ox.Store()), limits, files_closed=True)
        finally:
            os._exit(0)
    theirs.close()
    reply = Reply()
    with ours:
        while reply.take(ours.recv(RECEIVED_BYTES)) is None:
            pass
        query = f"SELECT * {{ SERVICE {silent} <{listener.address}> {{ ?s ?p ?o }} }}"
        ours.sendall(packed_question(Question(query, RESULTS_JSON), 5))
        told = None
        while told is None:
            told = reply.take(ours.recv(RECEIVED_BYTES))
    os.waitpid(number, 0)
    kind, parts = told
    assert kind == (Kind.DONE if silent else Kind.REFUSED), parts


def test_processes_of_a_service_have_left_the_network(served: Served) -> None:
    """The workers alone; whoever may not leave it says so in the log."""
    own = network(os.getpid())
    workers = [*served.workers(), *served.workers(visitors=False)]
    assert len(workers) == 4
    if can_leave_network():
        assert all(network(number) != own for number in workers)
    assert all(network(number) == own for number in not_empty(served.fork_servers()))
    for number in workers:
        told = (Path("/proc") / str(number) / "limits").read_text()
        (line,) = (line for line in told.splitlines() if line.startswith("Max open files"))
        assert line.split()[3:5] == ["0", "0"]


def network(number: int) -> str:
    """Return the network namespace of a process."""
    return str((Path("/proc") / str(number) / "ns" / "net").readlink())


NO_NAMESPACES = """
import ctypes, os, resource, sys
from queries.pool import sandbox
# As on a machine that permits no namespace: the call fails for the fork server and its workers.
sandbox.leave_network = lambda: False
from queries.pool import fork_server
fork_server.leave_network = sandbox.leave_network
fork_server.main(sys.argv[1])
"""


def test_a_machine_that_permits_no_namespace(listener: Listener, tmp_path: Path) -> None:
    """The service says so and serves; what is asked from elsewhere stays refused."""
    folder = tmp_path / "queries"
    program = tmp_path / "python"
    folder.mkdir()
    (tmp_path / "fork_server.py").write_text(NO_NAMESPACES, encoding="utf-8")
    program.write_text(
        f'#!/bin/sh\nshift 2\nexec "{sys.executable}" "{tmp_path / "fork_server.py"}" "$@"\n',
        encoding="utf-8",
    )
    program.chmod(0o755)
    done = subprocess.run(
        [sys.executable, "-c", TRY_WITHOUT, str(program), str(tmp_path), listener.address],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        capture_output=True,
        text=True,
        check=False,
        timeout=60,
    )
    assert done.returncode == 0, done.stderr
    assert "does not let the processes that run queries leave its network" in done.stderr


TRY_WITHOUT = """
import sys
from pathlib import Path
program, folder, address = sys.argv[1:]
from starlette.testclient import TestClient
from api.app import create_app
from data.settings import Settings
path = Path(folder) / "data.nq"
path.write_text("<x:a> <x:b> <x:c> .\\n")
sys.executable = program
with TestClient(create_app(Settings(dataset=path))) as client:
    asked = client.get("/sparql", params={"query": "SELECT * { ?s ?p ?o }"})
    assert len(asked.json()["results"]["bindings"]) == 1
    refused = client.get("/sparql", params={"query": f"ASK {{ SERVICE <{address}> {{}} }}"})
    assert refused.status_code == 400
"""
