"""A process that runs queries has no way out of the machine, each means alone."""

from __future__ import annotations

import errno
import json
import os
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path

import pyoxigraph as ox
import pytest

from api.hosting.check_task import READY, CheckTask
from queries.engine.child import child_command, child_environment
from queries.engine.dataset import Dataset
from queries.engine.interface import RESULTS_JSON, Question
from queries.engine.limits import QueryLimits
from queries.pool.messages import Kind, Reply, packed_question
from queries.pool.sandbox import (
    drop_privileges,
    leave_network,
    limit_memory,
    open_no_more_files,
)
from queries.pool.system_calls import CallFilter
from queries.pool.worker import work
from tests.fixtures.guards import not_empty
from tests.fixtures.servers.listener import RECEIVED_BYTES, Listener
from tests.fixtures.servers.served import COUNT, PROGRAM, Served, start, write_dataset


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


def can_leave_network() -> bool:
    """Return whether this machine permits to leave its network."""
    return in_another_process(lambda: 0 if leave_network() else 1) == 0


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
            work(theirs, Unchecked(ox.Store()), limits, open_no_more_files)
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


def attempts() -> int:
    """Return how many things that no query needs this process can do; each is tried."""
    done = 0
    for attempt in (
        lambda: os.close(os.open("/", os.O_RDONLY)),
        lambda: socket.socket().close(),
        lambda: os.fork() or os._exit(0),
        lambda: os.execv(sys.executable, [sys.executable, "-c", ""]),
        lambda: os.kill(os.getppid(), 0),
        lambda: os.nice(1),
    ):
        try:
            attempt()
        except OSError as error:
            assert error.errno in (errno.EPERM, errno.EMFILE, errno.EACCES)
        else:
            done += 1
    return done


def try_filtered() -> int:
    """Return how many of them are left where the filter is on, under which what was open works."""
    ours, theirs = socket.socketpair()
    if not CallFilter(is_on_disk=False).put_on():
        return -1
    ours.sendall(b"still here")
    assert theirs.recv(10) == b"still here"
    return attempts()


def test_a_filter_leaves_what_a_query_needs_alone() -> None:
    """Everything else is refused by the kernel."""
    left = in_another_process(try_filtered)
    if left == 255:
        pytest.skip("the machine has no libseccomp, or its kernel no filter")
    assert left == 0


def test_a_process_without_privileges_is_nobody() -> None:
    """It has no capability and can gain none, whoever it was before."""

    def drop() -> int:
        assert drop_privileges()
        told = status(os.getpid())
        assert told["CapEff"] == told["CapPrm"] == "0" * 16 and told["NoNewPrivs"] == "1"
        assert os.geteuid() != 0
        return 0

    assert in_another_process(drop) == 0


def status(number: int) -> dict[str, str]:
    """Return what the kernel tells of a process, by name."""
    lines = (Path("/proc") / str(number) / "status").read_text().splitlines()
    return {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}


def test_the_service_says_what_holds_and_it_holds(served: Served) -> None:
    """In `/health/ready` as in the kernel's own words about each worker."""
    told = served.get("/health/ready").json()["isolation"]
    workers = [*served.workers(), *served.workers(visitors=False)]
    assert told["files"] and told["privileges"] and len(workers) == 4
    assert told["network"] == can_leave_network()
    for number in not_empty(workers):
        known = status(number)
        assert (known["Seccomp"] == "2") == told["system_calls"]
        assert known["CapEff"] == "0" * 16 and known["NoNewPrivs"] == "1"
        assert "0" not in known["Uid"].split()


def test_what_checks_data_of_others_has_given_up_the_same(served: Served) -> None:
    """Also the system calls that no check needs; with those that are left it checks."""
    data = b"<urn:example:a> <urn:example:b> <urn:example:c> ."
    task = CheckTask("ttl", 0, len(data), 2**29, 2**20, 60.0)
    command = child_command("api.hosting.checker_process")
    with subprocess.Popen(
        command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=child_environment()
    ) as process:
        assert process.stdin is not None and process.stdout is not None
        process.stdin.write(json.dumps(asdict(task)).encode() + b"\n")
        process.stdin.flush()
        assert process.stdout.read(len(READY)) == READY
        known, worker = status(process.pid), status(served.workers()[0])
        told, _ = process.communicate(data)
    for name in ("Seccomp", "CapEff", "NoNewPrivs", "Uid"):
        assert known[name] == worker[name], name
    assert process.returncode == 0 and "report" in json.loads(told)


def test_threads_are_no_processes() -> None:
    """A filter that lets a process have threads lets it have no child."""

    def begin_both() -> int:
        calls = CallFilter(is_on_disk=False, has_threads=True)
        if not calls.put_on():
            return 3
        thread = threading.Thread(target=int)
        thread.start()
        thread.join()
        try:
            if os.fork() == 0:
                os._exit(1)
        except PermissionError:
            return 0
        return 2

    has_filter = in_another_process(lambda: int(CallFilter(is_on_disk=False).put_on())) == 1
    assert in_another_process(begin_both) == (0 if has_filter else 3)


def test_no_child_takes_a_module_from_the_working_folder(tmp_path: Path) -> None:
    """Whoever may write there, but not into the program, runs nothing."""
    here = tmp_path / "here"
    here.mkdir()
    for name in ("json", "logging", "socket", "multiprocessing", "queries", "uvloop"):
        text = f"open({str(tmp_path / 'taken')!r}, 'a').write({name!r})\nraise SystemExit(9)\n"
        (here / f"{name}.py").write_text(text, encoding="utf-8")
    data = write_dataset(tmp_path / "data.nq", 20)
    command = (sys.executable, "-P", "-c", PROGRAM)
    for store, workers in (("memory", "1"), ("memory", "2"), ("disk", "1")):
        with start(
            *("--workers", workers), command=command, folder=here, dataset=data, store=store
        ) as served:
            assert served.ask(COUNT).count == 20
    assert not (tmp_path / "taken").exists()


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
import sys
from queries.pool import sandbox
# As on a machine that permits no namespace: the call fails for the fork server and its workers.
sandbox.leave_network = lambda: False
from queries.pool import fork_server
fork_server.main(sys.argv[1])
"""


def test_a_machine_that_permits_no_namespace(listener: Listener, tmp_path: Path) -> None:
    """The service says so and serves; what is asked from elsewhere stays refused."""
    folder = tmp_path / "queries"
    program = tmp_path / "python"
    folder.mkdir()
    (tmp_path / "fork_server.py").write_text(NO_NAMESPACES, encoding="utf-8")
    program.write_text(
        f'#!/bin/sh\nshift 3\nexec "{sys.executable}" "{tmp_path / "fork_server.py"}" "$@"\n',
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
