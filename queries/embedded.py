"""The embedded engine: pyoxigraph in memory, asked from a thread of its own per query."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pyoxigraph as ox

from ontology.errors import InterventionsError, QueryRefused, QueryTooLarge, UnreadableGraph
from queries.engine import DEFAULT_LAYERS, EVERYTHING, GRAPH_FORMATS, TABLE_FORMATS, Question
from queries.formats import DATASET_FORMATS, RDF_FORMATS
from queries.outline import outline

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

QUERY_THREADS = 8
QUERY_STACK_BYTES = 512 * 2**20
"""Above what the longest accepted query needs; an overflow would end the whole process."""

SOLUTIONS: dict[str, ox.QueryResultsFormat] = {
    "json": ox.QueryResultsFormat.JSON,
    "xml": ox.QueryResultsFormat.XML,
    "csv": ox.QueryResultsFormat.CSV,
    "tsv": ox.QueryResultsFormat.TSV,
}


class LimitedBuffer(BytesIO):
    """Collects an answer and stops it above a number of bytes."""

    def __init__(self, limit_bytes: int) -> None:
        """Start empty."""
        super().__init__()
        self._limit_bytes = limit_bytes

    def write(self, chunk: ReadableBuffer, /) -> int:
        """Add a chunk and return its length.

        Raises: QueryTooLarge above the limit.
        """
        length = super().write(chunk)
        if self.tell() > self._limit_bytes:
            raise QueryTooLarge(
                f"the answer is larger than {self._limit_bytes:,} bytes; "
                "add LIMIT, or take the release's exports"
            )
        return length


class EmbeddedEngine:
    """Answers queries on a dataset in memory.

    Guarantee: read-only; the default graph is ontology, reference and resolved layer together, or,
    for a dataset that has none of these graphs, the dataset's own default graph.
    """

    def __init__(self, store: ox.Store, maximum_answer_bytes: int) -> None:
        """Take over a loaded store and copy its layers into the default graph."""
        self._store = store
        self._maximum_answer_bytes = maximum_answer_bytes
        self._threads = deep_threads(QUERY_THREADS)
        self._graphs = sorted(store.named_graphs(), key=str)
        for graph in self._graphs:
            if isinstance(graph, ox.NamedNode) and graph.value.startswith(DEFAULT_LAYERS):
                store.update(f"ADD {graph} TO DEFAULT")

    async def answer(self, question: Question) -> bytes:
        """Return the whole answer in the media type of the question."""
        loop = asyncio.get_running_loop()
        return _raised(await loop.run_in_executor(self._threads, self._attempt, question))

    def answer_now(self, question: Question) -> bytes:
        """Return the whole answer; the same as `answer`, for callers without an event loop.

        Raises: QueryRefused, QueryTooLarge.
        """
        return _raised(self._threads.submit(self._attempt, question).result())

    def _attempt(self, question: Question) -> bytes | InterventionsError:
        """Return the answer or the error to raise.

        A result must end in the thread that made it. An error raised while there is one would carry
        it, in its traceback, into the thread that asked; so it is raised where none is left.
        """
        try:
            return self._evaluate(question)
        except QueryTooLarge as error:
            return QueryTooLarge(str(error))
        except (SyntaxError, ValueError, RuntimeError) as error:
            return QueryRefused(f"the query cannot be answered: {error}")

    def _evaluate(self, question: Question) -> bytes:
        """Return the answer on the dataset that the request names, or else the query."""
        seen = outline(question.text)
        default, named = question.default_graphs, question.named_graphs
        in_query = seen.default_graphs + seen.named_graphs
        if not default and not named and EVERYTHING in in_query:
            default, named = seen.default_graphs, seen.named_graphs
        if not default and not named:
            return self._serialise(self._store.query(question.text), question.media_type)
        result = self._store.query(
            question.text,
            default_graph=[*self._named(default)] or [ox.BlankNode()],
            named_graphs=self._named(named),
        )
        return self._serialise(result, question.media_type)

    def _named(self, graphs: Iterable[str]) -> list[ox.NamedNode | ox.BlankNode]:
        """Return graph names for the store; the virtual graph of everything becomes all of them."""
        names: list[ox.NamedNode | ox.BlankNode] = []
        for graph in graphs:
            names += self._graphs if graph == EVERYTHING else [ox.NamedNode(graph)]
        return names

    def _serialise(
        self, result: ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples, media_type: str
    ) -> bytes:
        """Return the result as bytes of the wanted media type."""
        buffer = LimitedBuffer(self._maximum_answer_bytes)
        if isinstance(result, ox.QueryTriples):
            result.serialize(buffer, RDF_FORMATS[GRAPH_FORMATS[media_type]])
        else:
            result.serialize(buffer, SOLUTIONS[TABLE_FORMATS[media_type]])
        return buffer.getvalue()


def _raised(answer: bytes | InterventionsError) -> bytes:
    """Return an answer, or raise the error that stands in its place."""
    if isinstance(answer, InterventionsError):
        raise answer
    return answer


def deep_threads(count: int) -> ThreadPoolExecutor:
    """Return threads with room for the deepest query, which the engine reads recursively.

    Units: the room is address space; only what a query uses becomes memory.
    """
    before = threading.stack_size(QUERY_STACK_BYTES)
    try:
        threads = ThreadPoolExecutor(count, thread_name_prefix="query")
        started = threading.Barrier(count + 1)
        for _ in range(count):
            threads.submit(started.wait)
        started.wait()
    finally:
        threading.stack_size(before)
    return threads


def load_dataset(path: Path, *, is_release: bool = False) -> ox.Store:
    """Return a store in memory with the content of an N-Quads or TriG file.

    In: whether the file is of a release; the build has written its terms, so they are not checked
    one by one again, which takes a third of the time.
    Raises: UnreadableGraph, naming the file.
    """
    suffix = path.suffix.removeprefix(".")
    if suffix not in DATASET_FORMATS:
        raise UnreadableGraph(
            f"{path.name}: expected a file that ends in .{' or .'.join(DATASET_FORMATS)}"
        )
    store = ox.Store()
    try:
        store.bulk_load(path=str(path), format=RDF_FORMATS[suffix], lenient=is_release)
    except (OSError, SyntaxError) as error:
        raise UnreadableGraph(f"{path.name}: {error}") from None
    return store
