"""Processes of the service are killed at any moment; nobody gets a wrong answer for it."""

from __future__ import annotations

import asyncio
import json
import logging
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from api.hosting.local import hosted
from api.hosting.state import Hosting, Service
from api.http.cache import Cache
from api.observation.observer import Observer
from api.routes.health import ready
from data.settings import Settings
from queries.pool.fork_server import CURATED, WORKER_NAMES
from tests.fixtures.guards import not_empty
from tests.fixtures.servers.served import (
    COUNT,
    Served,
    Told,
    all_processes,
    serving,
    start,
    wait_until,
    write_dataset,
)

TRIPLES = 2_000
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"
QUERY_S = 3
PREPARING_S = 180
"""The longest time until the pages are there."""
A_MOMENT_S = 0.005
ASKED_ON = 5
"""How many queries a client asks when everything is as before."""


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with some triples."""
    return write_dataset(tmp_path_factory.mktemp("killing") / "data.nq", TRIPLES)


@pytest.fixture(scope="module")
def served(dataset: Path) -> Iterator[Served]:
    """Return a service with its data in memory."""
    with serving(dataset=dataset, query_seconds=QUERY_S) as running:
        yield running


class Asking(threading.Thread):
    """A client that asks one small query after the other, never answered from a cache."""

    def __init__(self, served: Served) -> None:
        """Prepare to ask."""
        super().__init__()
        self._served = served
        self._is_over = threading.Event()
        self.told: list[tuple[float, Told]] = []
        """When each query was asked, and its answer."""

    def run(self) -> None:
        """Ask until told to stop."""
        while not self._is_over.is_set():
            asked = time.monotonic()
            self.told.append((asked, self._served.ask(f"{COUNT} # {asked}")))

    def __enter__(self) -> Asking:
        """Begin."""
        self.start()
        time.sleep(0.2)
        return self

    def __exit__(self, *raised: object) -> None:
        """Stop, and check that whatever was answered is right, and refusals are whole."""
        self._is_over.set()
        self.join()
        for _, told in self.told:
            assert told.is_whole and told.status in (200, 503)
            assert told.status == 503 or told.count == TRIPLES

    def asked_after(self, moment: float) -> list[Told]:
        """Return the answers to what was asked after a moment."""
        return [told for asked, told in self.told if asked > moment]


def is_complete(served: Served) -> bool:
    """Return whether every process is there that there is to be."""
    kinds = served.fork_servers(), served.workers(), served.workers(visitors=False)
    return [len(kind) for kind in kinds] == [2, 2, 2]


@pytest.mark.parametrize("who", ["visitors", "curated", "first", "second", "both", "everyone"])
def test_a_process_is_killed_while_others_ask(served: Served, who: str) -> None:
    """Soon every process is there again, and at most what ran in the killed one is lost."""
    kill_while_others_ask(served, who)


@pytest.mark.parametrize("who", ["visitors", "both"])
def test_the_same_on_disk(dataset: Path, who: str) -> None:
    """Whether the data is in memory or on disk makes no difference."""
    with serving(dataset=dataset, query_seconds=QUERY_S, store="disk") as on_disk:
        kill_while_others_ask(on_disk, who)


def kill_while_others_ask(served: Served, who: str) -> None:
    """Kill processes of a kind, and check what a client notices and how long it takes."""
    wait_until(lambda: is_complete(served))
    first, second = served.fork_servers()
    workers = served.workers(), served.workers(visitors=False)
    victims = {
        "visitors": workers[0],
        "curated": workers[1],
        "first": [first],
        "second": [second],
        "both": [first, second],
        "everyone": [first, second, *workers[0], *workers[1]],
    }[who]
    with Asking(served) as asking:
        for number in victims:
            os.kill(number, signal.SIGKILL)
        wait_until(lambda: served.get("/directions").status == 200)
        wait_until(lambda: is_complete(served) and not set(victims) & set(served.processes()))
        back = time.monotonic()
        # What was asked before that ends, whatever came of it, and something is asked after it.
        wait_until(lambda: len(asking.asked_after(back)) > ASKED_ON)
    lost = [told for _, told in asking.told if told.status != 200]
    assert len(lost) <= (0 if who in ("first", "second", "both", "curated") else 8)
    assert all(told.status == 200 for told in not_empty(asking.asked_after(back)))
    assert served.ask(COUNT).count == TRIPLES


def test_a_worker_is_killed_in_the_middle(served: Served) -> None:
    """Its client is told so, in a whole answer; the next one is answered."""
    wait_until(lambda: is_complete(served))
    with closing(served.begin(f"{ENDLESS} # {time.time()}")) as link:
        busy = wait_for_busy(served)
        os.kill(busy, signal.SIGKILL)
        answer = link.makefile("rb").read()
    assert answer.startswith(b"HTTP/1.1 503 ") and answer.endswith(b"}\n")
    wait_until(lambda: is_complete(served))
    assert served.ask(COUNT + " # next").count == TRIPLES


def wait_for_busy(served: Served) -> int:
    """Return the worker that uses the processor."""
    before = {number: used(number) for number in served.workers()}

    def busy() -> list[int]:
        # On a busy machine it gets little of the processor at a time; the others get none.
        return [number for number in before if used(number) > before[number] + 4]

    wait_until(lambda: bool(busy()), QUERY_S)
    return busy()[0]


def used(number: int) -> int:
    """Return the processor time of a process, in hundredths of a second."""
    told = (Path("/proc") / str(number) / "stat").read_text().rpartition(")")[2].split()
    return int(told[11])


@pytest.mark.parametrize("workers", [1, 2])
def test_nothing_survives_the_launcher(dataset: Path, workers: int) -> None:
    """Killed without a chance to tidy up, with queries under way, it leaves no process."""
    with (
        start("--workers", str(workers), dataset=dataset, query_seconds=1) as served,
        ExitStack() as links,
    ):
        for number in range(3):
            links.enter_context(served.begin(f"{ENDLESS} # {number}"))
        wait_until(lambda: len(served.workers()) == 2 * workers)
        served.process.kill()
        served.process.wait()
        wait_until(lambda: not served.processes())


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize("workers", [1, 2])
def test_it_stops_when_told(dataset: Path, workers: int, number: signal.Signals) -> None:
    """No process and no file is left."""
    # The name of a socket must be short, as that of the folder of a test is not.
    with (
        TemporaryDirectory() as short,
        start("--workers", str(workers), environment={"TMPDIR": short}, dataset=dataset) as served,
    ):
        assert list(Path(short).iterdir())
        assert served.stop(number) == 0
        wait_until(lambda: not served.processes())
        assert "Traceback" not in served.log()
        assert not list(Path(short).iterdir())


def test_one_of_two_server_processes_is_killed(dataset: Path) -> None:
    """The other one answers meanwhile; they share one engine."""
    with start("--workers", "2", dataset=dataset) as served:
        wait_until(lambda: len(served.fork_servers()) == 2)
        servers = server_processes(served)
        assert len(servers) == 2
        os.kill(servers[0], signal.SIGKILL)
        # On a busy machine a new process takes as long as the first start; the other one answers.
        wait_until(lambda: len(set(server_processes(served)) - {servers[0]}) == 2)
        for turn in range(20):
            assert served.ask(f"{COUNT} # {turn}").count == TRIPLES
        wait_until(lambda: len(served.workers()) == 4)


def server_processes(served: Served) -> list[int]:
    """Return the processes that hold the port, but for the launcher and those of the engine."""
    own = [number for number, one in served.processes().items() if not one.is_engine]
    return [
        number
        for number in own
        if number != served.process.pid and b"spawn_main" in command(number)
    ]


def command(number: int) -> bytes:
    """Return how a process was started; nothing if it has ended."""
    try:
        return (Path("/proc") / str(number) / "cmdline").read_bytes()
    except OSError:
        return b""


def test_a_port_in_use_is_told_at_once(dataset: Path) -> None:
    """Before anything is loaded or started."""
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = subprocess.run(
            [sys.executable, "-m", "loaders", "serve", "--port", str(port)],
            env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.startswith("Error: ") and "Traceback" not in done.stderr


async def lose_workers(hosting: Hosting) -> Service:
    """Kill the workers of the pages until one of them was asked what these need; return what is."""
    while hosting.service is None or hosting.service.hindrance is None:
        await asyncio.sleep(A_MOMENT_S)
        if hosting.service is not None:
            kill_workers_of_pages()
    return hosting.service


def kill_workers_of_pages() -> None:
    """Kill the workers of the pages that this process has."""
    processes = {process.number: process for process in all_processes()}
    for process in processes.values():
        above = process
        while above.number != os.getpid() and above.parent in processes:
            above = processes[above.parent]
        if process.name == WORKER_NAMES[CURATED] and above.number == os.getpid():
            with suppress(ProcessLookupError):
                os.kill(process.number, signal.SIGKILL)


async def told_of(service: Service | None) -> dict[str, object]:
    """Return what an operator is told of a service."""
    assert service is not None
    found: dict[str, object] = json.loads(bytes((await ready(service)).body))
    return found


def test_pages_follow_a_start_in_which_a_worker_was_lost(
    release: Path, caplog: pytest.LogCaptureFixture
) -> None:
    """Queries are answered at once, the pages when they were asked for again; both are told."""

    async def starting() -> None:
        settings = Settings(release=release)
        hosting = Hosting(Cache(1), Observer(settings))
        losing = asyncio.create_task(lose_workers(hosting))
        async with asyncio.timeout(PREPARING_S), hosted(hosting, settings):
            hindered = await told_of(await losing)
            assert hindered["status"] == "ready for queries"
            assert "killed" in str(hindered["hindrance"])
            while hosting.service is None or not hosting.service.is_complete:
                await asyncio.sleep(A_MOMENT_S)
            found = await told_of(hosting.service)
            assert (found["status"], found["hindrance"]) == ("ready", None)

    with caplog.at_level(logging.ERROR):
        asyncio.run(starting())
    assert "the pages could not be prepared, which is tried again" in caplog.text
    assert "Traceback" not in caplog.text
