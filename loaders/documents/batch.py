"""Read many documents at once, each within its limits: a bad one cannot stop or slow the others."""

from __future__ import annotations

import multiprocessing
import os
import sys
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path

from loaders.documents.extract import extract
from loaders.documents.files.limits import LIMITS, ReadingLimits
from loaders.documents.link_suggestions import hints_of, known_windows, registered
from loaders.documents.record.candidate import candidate_yaml
from ontology.errors import InterventionsError

_FILES_PER_WORKER = 40
"""Files after which a worker is replaced, so that what libraries keep does not add up."""

_MEMORY_BYTES = 1_500_000_000
"""Address space of a worker; a document that needs more is refused."""


@dataclass(frozen=True)
class ReadingOutcome:
    """What became of one file: the candidate as YAML, or why there is none.

    In: `fixed` is the text that the passages count in, where the file itself is not that text.
    """

    path: Path
    record: str = ""
    fixed_name: str = ""
    fixed: str = ""
    kind: str = ""
    unread: tuple[str, ...] = ()
    error: str = ""


def read_one(path: Path, kind: str | None, limits: ReadingLimits = LIMITS) -> ReadingOutcome:
    """Return what becomes of one file."""
    try:
        found = extract(path, kind, limits)
    except InterventionsError as error:
        return ReadingOutcome(path, error=str(error))
    except OSError as error:
        return ReadingOutcome(path, error=f"{path}: {error.strerror}")
    except MemoryError:
        return ReadingOutcome(path, error=f"{path.name} needs more memory than a document may take")
    except RecursionError:
        return ReadingOutcome(
            path, error=f"{path.name} is nested more deeply than a document may be"
        )
    document = found.document
    own = document.form == "text"
    unread = tuple(f"{one.at}: {one.words} ({one.reason})" for one in found.unread)
    return ReadingOutcome(
        path,
        candidate_yaml(found, list(hints_of(found.record, path.name))),
        "" if own else document.file,
        "" if own else document.text,
        found.kind,
        unread,
    )


@dataclass
class _Worker:
    """A process that reads one file at a time."""

    process: multiprocessing.process.BaseProcess
    pipe: Connection
    path: Path | None = None
    deadline: float = 0.0
    done: int = 0


def read_many(
    paths: Sequence[Path], kind: str | None, workers: int, limits: ReadingLimits = LIMITS
) -> Iterator[ReadingOutcome]:
    """Yield what becomes of each file, as soon as it is known."""
    # Known before the first worker starts, so that each has it from the start.
    known_windows()
    registered()
    waiting = list(reversed(paths))
    running: list[_Worker] = []
    try:
        while waiting or any(worker.path for worker in running):
            while waiting and len([one for one in running if one.path]) < workers:
                idle = next((one for one in running if not one.path), None)
                if idle is None:
                    idle = _started(kind, limits)
                    running.append(idle)
                idle.path, idle.deadline = waiting.pop(), time.monotonic() + limits.seconds
                idle.pipe.send(idle.path)
            yield from _finished(running, limits)
    finally:
        for worker in running:
            _stop(worker)


def _finished(running: list[_Worker], limits: ReadingLimits) -> Iterator[ReadingOutcome]:
    """Wait for a worker, and yield the outcomes there are; a worker that is late is stopped."""
    busy = [worker for worker in running if worker.path]
    first = min(worker.deadline for worker in busy)
    ready = wait([worker.pipe for worker in busy], timeout=max(0.0, first - time.monotonic()))
    for worker in busy:
        path = worker.path or Path()
        if worker.pipe in ready:
            outcome = _received(worker, path)
        elif time.monotonic() >= worker.deadline:
            message = f"{path.name}: reading took longer than {limits.seconds:g} s; it is not read"
            outcome = ReadingOutcome(path, error=message)
            worker.done = _FILES_PER_WORKER
        else:
            continue
        worker.path = None
        worker.done += 1
        if worker.done >= _FILES_PER_WORKER:
            running.remove(worker)
            _stop(worker)
        yield outcome


def _received(worker: _Worker, path: Path) -> ReadingOutcome:
    """Return what a worker sends; one that died has sent nothing."""
    try:
        received: ReadingOutcome = worker.pipe.recv()
    except EOFError:
        worker.done = _FILES_PER_WORKER
        return ReadingOutcome(path, error=f"{path.name}: reading it broke off; report the document")
    return received


def _started(kind: str | None, limits: ReadingLimits) -> _Worker:
    """Return a new worker."""
    methods = multiprocessing.get_all_start_methods()
    # A copy of this process knows the reference data already.
    context = multiprocessing.get_context("fork" if "fork" in methods else "spawn")
    ours, theirs = context.Pipe()
    process = context.Process(  # type: ignore[attr-defined]
        target=_work, args=(theirs, ours, kind, limits), daemon=True
    )
    process.start()
    theirs.close()
    return _Worker(process, ours)


def _work(pipe: Connection, parents: Connection, kind: str | None, limits: ReadingLimits) -> None:
    """Read the files that come down a pipe, until it is closed."""
    parents.close()
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (_MEMORY_BYTES, _MEMORY_BYTES))
    # What a library prints about a broken file is no message of ours.
    with Path(os.devnull).open("w", encoding="utf-8") as silence:
        os.dup2(silence.fileno(), 2)
        while True:
            try:
                path = pipe.recv()
            except EOFError:
                return
            pipe.send(read_one(path, kind, limits))


def _stop(worker: _Worker) -> None:
    """End a worker."""
    worker.pipe.close()
    worker.process.kill()
    worker.process.join()
