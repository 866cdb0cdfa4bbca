"""How many of our functions and modules one fact passes on its way; the numbers are printed.

Show them: `pytest -rP tests/integration/test_lengths_of_ways.py`. A way is what is on the stack,
from the first function of ours to the one that a test names; what returned before is not on it.
"""

from __future__ import annotations

import asyncio
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from pathlib import Path
from types import CodeType, FrameType
from typing import Any
from urllib.parse import quote

import pyoxigraph as ox
import pytest
import uvicorn
from click.testing import CliRunner

from api.app import create_app
from api.connection.fast_path import FastPath
from data.settings import Settings
from loaders.__main__ import cli
from loaders.claims.claim import Claim
from loaders.documents.facts.directions import powers
from loaders.release.build import build
from loaders.tables.claim_source import RowPlace
from loaders.tables.inspections.single_inspections import SingleInspectionRow
from queries.engine.dataset import Dataset
from queries.pool.messages import receive_question
from queries.pool.worker_client import Worker
from queries.sparql.query_inspection import inspect_query
from tests.fixtures.documents.small_documents import direction, pdf
from tests.fixtures.guards import not_empty
from tests.fixtures.paths import ROOT

FUNCTIONS_OF_A_PDF, MODULES_OF_A_PDF = 20, 12
FUNCTIONS_OF_A_QUERY = 20
MODULES_OF_A_ROW = 15
FOLDERS = {"api", "data", "loaders", "ontology", "queries", "shapes"}
ANSWERED_WITHIN_S = 30
Step = tuple[str, str]
"""A module and a function in it."""


def step(code: CodeType) -> Step | None:
    """Return the step that code is; None for what is not ours, for a module and a comprehension."""
    path = Path(code.co_filename)
    if not path.is_relative_to(ROOT) or path.relative_to(ROOT).parts[0] not in FOLDERS:
        return None
    if code.co_name.startswith("<") and code.co_name != "<lambda>":
        return None
    return str(path.relative_to(ROOT)), code.co_name


def steps(frame: FrameType | None) -> list[Step]:
    """Return the functions of ours on the stack, the outermost first."""
    found: list[Step] = []
    while frame is not None:
        here = step(frame.f_code)
        found += [here] if here else []
        frame = frame.f_back
    return found[::-1]


def report(path: list[Step]) -> tuple[int, int]:
    """Print a path and return how many functions and modules it passes."""
    modules = list(dict.fromkeys(module for module, _ in path))
    print(f"{len(path)} functions, {len(modules)} modules")
    for module, function in path:
        print(f"  {module}  {function}")
    return len(path), len(modules)


@contextmanager
def calls_noted(into: Path, module: str) -> Iterator[None]:
    """Write the path to each call of a module from outside it, also in processes forked meanwhile.

    In: the file that takes one line a path, and the module by its place in the repository.
    """
    wanted = str(ROOT / module)

    def note(frame: FrameType, event: str, argument: object) -> None:
        if event != "call" or frame.f_code.co_filename != wanted or not step(frame.f_code):
            return
        caller = frame.f_back
        if caller is None or caller.f_code.co_filename == wanted:
            return
        with into.open("a", encoding="utf-8") as file:
            file.write("\t".join(f"{path} {name}" for path, name in steps(frame)) + "\n")

    before = sys.getprofile()
    threading.setprofile(note)
    sys.setprofile(note)
    try:
        yield
    finally:
        sys.setprofile(before)
        threading.setprofile(before)


def test_a_pdf_to_the_reader_of_powers(tmp_path: Path) -> None:
    """From the command to the reader of one kind of fact, in the process that reads the file."""
    source, noted = tmp_path / "x.pdf", tmp_path / "paths"
    source.write_bytes(pdf([[line[:400] for line in direction().splitlines()]]))
    reader = str(Path(str(powers.__file__)).relative_to(ROOT))
    with calls_noted(noted, reader):
        result = CliRunner().invoke(cli, ["extract", str(source)])
    assert result.exit_code == 0, result.output
    lines = noted.read_text(encoding="utf-8").splitlines()
    longest = max(lines, key=lambda line: line.count("\t"))
    path = [(module, name) for module, name in (word.split() for word in longest.split("\t"))]
    assert "extract_command" in {name for _, name in path}, "the path begins after the command"
    functions, modules = report(path)
    assert path[-1][0] == reader
    assert functions <= FUNCTIONS_OF_A_PDF and modules <= MODULES_OF_A_PDF


class Tasks:
    """The paths of tasks: a task that a function starts goes on where that function stood."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        """Note where each task is started."""
        self._started: dict[int, list[Step]] = {}
        create = asyncio.BaseEventLoop.create_task
        # Kept, so that no two have one number.
        self._tasks: list[asyncio.Task[Any]] = []

        def noting(loop: asyncio.BaseEventLoop, *arguments: Any, **options: Any) -> Any:
            before = self.path(sys._getframe(1))
            task = create(loop, *arguments, **options)
            self._tasks.append(task)
            self._started[id(task)] = before
            return task

        patch.setattr(asyncio.BaseEventLoop, "create_task", noting)

    def path(self, frame: FrameType) -> list[Step]:
        """Return the path to a frame, through the tasks it runs in."""
        task = None
        with suppress(RuntimeError):
            task = asyncio.current_task()
        return [*self._started.get(id(task), ()), *steps(frame)]


@contextmanager
def listening(release: Path) -> Iterator[int]:
    """Run the service in a thread of this process, with its own kind of connection."""
    server = uvicorn.Server(
        uvicorn.Config(
            create_app(Settings(release=release)),
            port=0,
            http=FastPath,
            loop="asyncio",
            log_level="warning",
            access_log=False,
            proxy_headers=False,
        )
    )
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        end = time.monotonic() + ANSWERED_WITHIN_S
        while not server.started:
            assert thread.is_alive() and time.monotonic() < end, "the service has not started"
            time.sleep(0.02)
        port: int = server.servers[0].sockets[0].getsockname()[1]
        yield port
    finally:
        server.should_exit = True
        thread.join()


def answer_to(link: socket.socket, query: str) -> bytes:
    """Return the status line of the answer to a query, once its body has come."""
    link.sendall(f"GET /sparql?query={quote(query)} HTTP/1.1\r\nHost: here\r\n\r\n".encode())
    received = b""
    while not received.endswith(b"}}"):
        part = link.recv(2**16)
        assert part, received
        received += part
    return received.partition(b"\r\n")[0]


def note_calls(
    patch: pytest.MonkeyPatch, function: Callable[..., Any], called: Callable[..., None]
) -> None:
    """Let a function be noted wherever a module has it by name."""

    def noting(*arguments: Any, **options: Any) -> Any:
        called(*arguments)
        return function(*arguments, **options)

    for module in list(sys.modules.values()):
        for name, value in list(vars(module).items()):
            if value is function:
                patch.setattr(module, name, noting)


def test_a_query_from_the_socket_to_the_worker(
    release: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By the long way, which a connection's first query goes, and by the fast path of the next."""
    asked: list[list[Step]] = []
    tasks, ask = Tasks(monkeypatch), Worker.ask

    async def noted(worker: Worker, message: bytes) -> Any:
        # What stands in for the worker's method is no step; the method itself is one.
        asked.append([*tasks.path(sys._getframe(1)), ("queries/pool/worker_client.py", "ask")])
        return await ask(worker, message)

    with listening(release) as port, socket.create_connection(("127.0.0.1", port)) as link:
        link.settimeout(ANSWERED_WITHIN_S)
        monkeypatch.setattr(Worker, "ask", noted)
        for number in (1, 2):
            assert answer_to(link, f"SELECT ({number} AS ?x) {{}}") == b"HTTP/1.1 200 OK"
            assert len(asked) == number
            functions, _ = report(asked[-1])
            assert functions <= FUNCTIONS_OF_A_QUERY
    assert {name for _, name in asked[0]} >= {"data_received", "ask"}
    assert "answer_plain" in {name for _, name in asked[1]}


def test_a_query_is_looked_at_once(release: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The service and its worker together; the worker's part is done in this process."""
    looked: list[str] = []
    ask = Worker.ask

    async def noted(worker: Worker, message: bytes) -> Any:
        ours, theirs = socket.socketpair()
        with ours, theirs:
            ours.sendall(message)
            _, question = receive_question(theirs)
        Dataset(ox.Store()).answer(question, BytesIO())
        return await ask(worker, message)

    note_calls(monkeypatch, inspect_query, lambda text, *_: looked.append(text))
    with listening(release) as port, socket.create_connection(("127.0.0.1", port)) as link:
        link.settimeout(ANSWERED_WITHIN_S)
        monkeypatch.setattr(Worker, "ask", noted)
        # Not those of the test above: the answers that connections keep outlive one service.
        queries = [f"SELECT ({number} AS ?y) {{}}" for number in (1, 2)]
        assert {answer_to(link, query) for query in queries} == {b"HTTP/1.1 200 OK"}
    times = {query: looked.count(query) for query in queries}
    print(times)
    assert set(times.values()) == {1}


class Claimed(AssertionError):
    """The first claim of the row has been made; the build need not go on."""


def test_a_row_of_a_table_to_its_claim(monkeypatch: pytest.MonkeyPatch) -> None:
    """From `build`: what the row passes when it is read, stated, and made into a claim."""
    passed: dict[str, list[Step]] = {}
    row: list[str] = []
    say, claim = RowPlace.said, Claim.__init__

    def read(cls: type[SingleInspectionRow], cells: Any) -> SingleInspectionRow:
        row.append(cells["report"])
        passed.setdefault("read", steps(sys._getframe(1)))
        return cls(**cells)

    def said(place: RowPlace, *arguments: Any, **manner: Any) -> Any:
        if [place.row] == row[:1]:
            passed.setdefault("stated", steps(sys._getframe(1)))
        return say(place, *arguments, **manner)

    def claimed(made: Claim, *arguments: Any, **options: Any) -> None:
        claim(made, *arguments, **options)
        if [made.passage.row] == row[:1]:
            passed["claimed"] = steps(sys._getframe(1))
            raise Claimed

    monkeypatch.setattr(SingleInspectionRow, "model_validate", classmethod(read))
    monkeypatch.setattr(RowPlace, "said", said)
    monkeypatch.setattr(Claim, "__init__", claimed)
    with pytest.raises(Claimed):
        build()
    assert list(passed) == ["read", "stated", "claimed"]
    assert all(
        path[0] == ("loaders/release/build.py", "build") for path in not_empty(passed.values())
    )
    _, modules = report([step for path in passed.values() for step in path])
    assert modules <= MODULES_OF_A_ROW
