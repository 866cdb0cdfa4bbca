"""A dataset in a store, and what it answers: in this process and in workers alike."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

import pyoxigraph as ox

from ontology.errors import QueryRefused, UnreadableGraph
from ontology.namespaces import BASE
from queries.engine.formats import DATASET_FORMATS, RDF_FORMATS
from queries.engine.interface import (
    DEFAULT_LAYERS,
    EVERYTHING,
    GRAPH_FORMATS,
    WHOLE_DATASET,
    Question,
    no_graph,
)
from queries.engine.projection import with_columns
from queries.sparql.query_inspection import inspect_query
from queries.sparql.syntax_errors import syntax_message

Graph = ox.NamedNode | ox.BlankNode
AnyGraph = Graph | ox.DefaultGraph
Result = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples

_BASE_IRI = f"{BASE}sparql"
"""What relative addresses in a query without BASE are relative to."""
_ORIGIN = re.compile(r"https?://[^/?#]+", re.IGNORECASE)


class Output(Protocol):
    """Where an answer is written, and which may end it early by an error of its own."""

    def write(self, chunk: bytes, /) -> int:
        """Take a chunk and return its length."""
        ...


class Dataset:
    """A store and the names of its graphs.

    Guarantee: read-only. The default graph of a release is the ontology, the reference and the
    resolved layer together; a dataset that has none of these graphs keeps its own default graph.
    """

    def __init__(self, store: ox.Store) -> None:
        """Take over a store whose default graph is complete."""
        self._store = store
        self._graphs: list[Graph] = sorted(store.named_graphs(), key=str)
        self._names = {graph.value for graph in self._graphs if isinstance(graph, ox.NamedNode)}
        self._is_release = any(name.startswith(DEFAULT_LAYERS) for name in self._names)
        known = () if self._is_release else self._names
        self._origins = {_origin(name) for name in known} - {""}

    def answer(self, question: Question, output: Output) -> None:
        """Write the whole answer, in the media type of the question.

        Raises: QueryRefused for what will not run; what the output raises goes through unchanged.
        """
        if question.text == WHOLE_DATASET:
            quad_format = RDF_FORMATS[GRAPH_FORMATS[question.media_type]]
            ox.serialize(self._quads(), output, format=quad_format)  # type: ignore[arg-type]
            return
        try:
            result = self._result(question)
        except SyntaxError as error:
            raise QueryRefused(syntax_message(question.text, str(error))) from None
        except (ValueError, RuntimeError) as error:
            raise QueryRefused(f"the query cannot be answered: {error}") from None
        try:
            if isinstance(result, ox.QueryTriples):
                rdf_format = RDF_FORMATS[GRAPH_FORMATS[question.media_type]]
                result.serialize(output, rdf_format)  # type: ignore[arg-type]
            else:
                table_format = ox.QueryResultsFormat.from_media_type(question.media_type)
                result.serialize(output, table_format)  # type: ignore[arg-type]
        except RuntimeError as error:
            raise QueryRefused(f"the query cannot be answered: {error}") from None

    def _quads(self) -> Iterator[ox.Quad]:
        """Yield every quad; the default graph of a release repeats its layers and is left out."""
        graphs = self._graphs if self._is_release else [ox.DefaultGraph(), *self._graphs]
        for graph in graphs:
            yield from self._store.quads_for_pattern(None, None, None, graph)

    def _result(self, question: Question) -> Result:
        """Return the result on the dataset that the request names, or else the query.

        The store's own options would silently win over FROM, so they are used only where the
        request names a dataset, or the query the virtual graph of everything.
        """
        seen = question.inspection or inspect_query(question.text)
        default, named = question.default_graphs, question.named_graphs
        if not default and not named:
            default, named = seen.default_graphs, seen.named_graphs
            if EVERYTHING not in default + named:
                self._named(default + named)
                return self._run(question.text, seen.star, None, None)
        default_graphs: list[AnyGraph] = [*self._named(default)] or [ox.BlankNode()]
        return self._run(question.text, seen.star, default_graphs, self._named(named))

    def _run(
        self,
        text: str,
        star: int | None,
        default: list[AnyGraph] | None,
        named: list[Graph] | None,
    ) -> Result:
        result = self._store.query(
            text, base_iri=_BASE_IRI, default_graph=default, named_graphs=named
        )
        if star is None or not isinstance(result, ox.QuerySolutions):
            return result
        # Nothing is evaluated before a result is read, so the second query costs its parsing alone.
        ordered = with_columns(text, star, [variable.value for variable in result.variables])
        return result if ordered is None else self._run(ordered, None, default, named)

    def _named(self, graphs: Iterable[str]) -> list[Graph]:
        """Return graph names for the store; the virtual graph of everything becomes all of them.

        A file of quads cannot say that a graph is empty. In a dataset that is not a release, whose
        graphs are known, a graph beside others of the same origin is therefore taken as empty.
        Raises: QueryRefused for a graph that is not here, because it would have to be fetched.
        """
        names: list[Graph] = []
        for graph in graphs:
            if graph == EVERYTHING:
                names += self._graphs
                continue
            if graph not in self._names and _origin(graph) not in self._origins:
                raise no_graph(graph)
            names.append(ox.NamedNode(graph))
        return names


def _origin(iri: str) -> str:
    """Return scheme and host of an address; empty for what is not of the web."""
    found = _ORIGIN.match(iri)
    return found.group().casefold() if found else ""


def complete(store: ox.Store) -> ox.Store:
    """Return the store, its default graph filled with the layers that a release is asked by."""
    for graph in sorted(store.named_graphs(), key=str):
        if isinstance(graph, ox.NamedNode) and graph.value.startswith(DEFAULT_LAYERS):
            store.bulk_extend(
                ox.Quad(quad.subject, quad.predicate, quad.object)
                for quad in store.quads_for_pattern(None, None, None, graph)
            )
    return store


def load_dataset(path: Path, *, is_release: bool = False, into: Path | None = None) -> ox.Store:
    """Return a store with the content of an N-Quads or TriG file.

    In: whether the file is of a release; the build has written its terms, so they are not checked
    one by one again, which takes a third of the time. The folder of a store on disk, or else it is
    in memory.
    Raises: UnreadableGraph, naming the file.
    """
    suffix = path.suffix.removeprefix(".")
    if suffix not in DATASET_FORMATS:
        raise UnreadableGraph(
            f"{path.name}: expected a file that ends in .{' or .'.join(DATASET_FORMATS)}"
        )
    store = ox.Store() if into is None else ox.Store(str(into))
    try:
        store.bulk_load(path=str(path), format=RDF_FORMATS[suffix], lenient=is_release)
    except (OSError, SyntaxError) as error:
        raise UnreadableGraph(f"{path.name}: {error}") from None
    return store
