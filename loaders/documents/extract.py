"""Read one document into a candidate record, or many at once, each within its limits."""

import multiprocessing
import os
import signal
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, as_completed
from dataclasses import dataclass, replace
from pathlib import Path

from pebble import ProcessPool
from pydantic import ValidationError

from loaders.documents.files.fixed_text import FixedText, read_document
from loaders.documents.files.limits import LIMITS, ReadingLimits
from loaders.documents.kinds.recognition import kind_named, recognise
from loaders.documents.record.candidate import Candidate, candidate_yaml
from loaders.documents.review import hints_of, known_windows, registered
from ontology.errors import InterventionsError, UnreadableDocument


def extract(path: Path, kind: str | None = None, limits: ReadingLimits = LIMITS) -> Candidate:
    """Return the candidate record of a file.

    In: the name of its kind, if it is not to be recognised.
    Raises: UnreadableDocument, saying what is wrong and what to do.
    """
    return extract_text(read_document(path, limits), kind)


def extract_text(document: FixedText, kind: str | None = None) -> Candidate:
    """Return the candidate record of a text that has been read."""
    if kind is None:
        recognised = recognise(document.text, document.name)
        chosen, reasons = recognised.kind, recognised.reasons
    else:
        chosen, reasons = kind_named(kind), ("as asked for",)
    try:
        candidate = chosen.read(document)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(step) for step in first["loc"])
        raise UnreadableDocument(
            f"{document.name}: what was read does not make a record ({place}: {first['msg']}); "
            "report the document"
        ) from None
    return replace(candidate, kind=chosen.name, reasons=reasons)


_FILES_PER_WORKER = 40
"""Files after which a worker is replaced, so that what libraries keep does not add up."""

_MEMORY_BYTES = 1_200_000_000
"""Address space beyond what a worker begins with; a document that needs more is refused."""


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
    unread: int = 0
    error: str = ""


def read_one(path: Path, kind: str | None, limits: ReadingLimits = LIMITS) -> ReadingOutcome:
    """Return what becomes of one file."""
    try:
        candidate = extract(path, kind, limits)
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
    return outcome_of(path, candidate)


def outcome_of(path: Path, candidate: Candidate) -> ReadingOutcome:
    """Return what is written of a candidate: its record, and the text that this counts in."""
    document = candidate.document
    is_own_text = document.form == "text"
    return ReadingOutcome(
        path,
        candidate_yaml(candidate, list(hints_of(candidate.record, path.name))),
        "" if is_own_text else document.file,
        "" if is_own_text else document.text,
        candidate.kind,
        len(candidate.unread),
    )


class _TimeIsUp(BaseException):
    """The processor time of a file is used up; no library that goes on after a fault catches it."""


def _end_reading(_signal: int, _frame: object) -> None:
    raise _TimeIsUp


def _read_in_time(path: Path, kind: str | None, limits: ReadingLimits) -> ReadingOutcome:
    """Return what becomes of one file within its own processor time, in a worker.

    Raises: _TimeIsUp when that is used up.
    """
    if not hasattr(signal, "setitimer"):
        return read_one(path, kind, limits)
    signal.signal(signal.SIGPROF, _end_reading)
    signal.setitimer(signal.ITIMER_PROF, limits.seconds)
    try:
        return read_one(path, kind, limits)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def read_many(
    paths: Sequence[Path], kind: str | None, workers: int, limits: ReadingLimits = LIMITS
) -> Iterator[ReadingOutcome]:
    """Yield what becomes of each file, as soon as it is known."""
    # Known before the first worker starts, so that each has it from the start.
    known_windows()
    registered()
    # A copy of this process knows the reference data already.
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    pool = ProcessPool(
        workers,
        max_tasks=_FILES_PER_WORKER,
        initializer=_begin,
        context=multiprocessing.get_context(method),
    )
    try:
        reading: dict[Future[ReadingOutcome], Path] = {
            pool.schedule(_read_in_time, (path, kind, limits), timeout=limits.clock_seconds): path
            for path in paths
        }
        for done in as_completed(reading):
            yield _outcome(reading[done], done, limits)
    finally:
        pool.stop()  # type: ignore[no-untyped-call]
        pool.join()


def _outcome(path: Path, done: Future[ReadingOutcome], limits: ReadingLimits) -> ReadingOutcome:
    error = done.exception()
    if error is None:
        return done.result()
    reason = "reading it broke off; report the document"
    if isinstance(error, TimeoutError | _TimeIsUp):
        reason = f"reading took longer than {limits.seconds:g} s; it is not read"
    return ReadingOutcome(path, error=f"{path.name}: {reason}")


def _begin() -> None:
    """Limit a worker before its first file."""
    if sys.platform == "linux":
        from queries.pool.sandbox import limit_memory

        limit_memory(_MEMORY_BYTES)
    # What a library prints about a broken file is no message of ours.
    with Path(os.devnull).open("w", encoding="utf-8") as silence:
        os.dup2(silence.fileno(), 2)
