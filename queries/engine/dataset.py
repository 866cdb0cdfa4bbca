"""A dataset in a store, and what it answers: in this process and in workers alike."""

import re
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox

from ontology.errors import QueryRefused, UnreadableGraph
from queries.engine.csv_rows import CsvRows
from queries.engine.formats import DATASET_FORMATS, RDF_FORMATS
from queries.engine.interface import (
    DEFAULT_LAYERS,
    EVERYTHING,
    GRAPH_FORMATS,
    WHOLE_DATASET,
    Question,
    no_graph,
)
from queries.engine.merged_graphs import Choice, Graph, MergedGraphs, counts_repeats
from queries.engine.projection import with_columns
from queries.engine.xml_check import Output, XmlCheck, is_xml
from queries.sparql.dataset_clause import BASE_IRI
from queries.sparql.query_inspection import inspect_query
from queries.sparql.standard_functions import StandardQuery, standard_query
from queries.sparql.syntax_errors import refusal_of, syntax_message

Result = ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples

_UNITED = ox.NamedNode(EVERYTHING)
"""Graph of a store on disk that holds what all others hold, each triple once."""
_CSV = "text/csv"
_ORIGIN = re.compile(r"https?://[^/?#]+", re.IGNORECASE)


class Dataset:
    """A store and the names of its graphs.

    Guarantee: read-only. The default graph of a release is the ontology, the reference and the
    resolved layer together; a dataset that has none of these graphs keeps its own default graph.
    """

    def __init__(self, store: ox.Store) -> None:
        """Take over a store whose default graph is complete."""
        self._store = store
        graphs = sorted(store.named_graphs(), key=str)
        self._graphs: list[Graph] = [graph for graph in graphs if graph != _UNITED]
        self._is_united = len(graphs) > len(self._graphs)
        self._names = {graph.value for graph in self._graphs if isinstance(graph, ox.NamedNode)}
        self._is_release = any(name.startswith(DEFAULT_LAYERS) for name in self._names)
        known = () if self._is_release else self._names
        self._merged = MergedGraphs(store)
        self._origins = {_origin(name) for name in known} - {""}

    def prepare(self) -> None:
        """Find out beforehand what would take a query long: which triples stand in two graphs."""
        _ = self._merged.shared

    def answer(self, question: Question, output: Output) -> None:
        """Write the whole answer, in the media type of the question.

        Raises: QueryRefused for what will not run; what the output raises goes through unchanged.
        """
        if question.text == WHOLE_DATASET:
            quad_format = RDF_FORMATS[GRAPH_FORMATS[question.media_type]]
            ox.serialize(self._quads(), output, format=quad_format)  # type: ignore[arg-type]
            return
        standard = standard_query(question.text)
        try:
            with self._choice(question) as choice:
                star = (question.inspection or inspect_query(question.text)).star
                _write(_run(standard, star, choice), question.media_type, output)
        except SyntaxError as error:
            refusal = refusal_of(question.text) or str(error)
            raise QueryRefused(syntax_message(question.text, refusal)) from None
        except (ValueError, RuntimeError) as error:
            raise QueryRefused(f"the query cannot be answered: {error}") from None
        if standard.failed:
            raise standard.failed[0]

    def _quads(self) -> Iterator[ox.Quad]:
        """Yield every quad; the default graph of a release repeats its layers and is left out."""
        graphs = self._graphs if self._is_release else [ox.DefaultGraph(), *self._graphs]
        for graph in graphs:
            yield from self._store.quads_for_pattern(None, None, None, graph)

    def _choice(self, question: Question) -> AbstractContextManager[Choice]:
        """Return what gives the graphs that the request names, or else the query.

        Raises: QueryRefused for a graph that is not here.
        """
        default, named = question.default_graphs, question.named_graphs
        if not default and not named:
            seen = question.inspection or inspect_query(question.text)
            default, named = seen.default_graphs, seen.named_graphs
        if not default and not named:
            if self._is_united and "graph" in question.text.casefold():
                return nullcontext(Choice(self._store, [ox.DefaultGraph()], self._graphs))
            return nullcontext(Choice(self._store))
        asked, among = self._named(default), self._named(named)
        if self._is_united and EVERYTHING in default:
            asked = [_UNITED]
        if len(asked) > 1 and counts_repeats(question.text):
            return self._merged.merged(asked, among)
        # Beside its layers the default graph of a release holds nothing. A description would repeat
        # what is in both.
        is_of_all = self._is_release and EVERYTHING in default and not self._is_united
        if is_of_all and not re.search("DESCRIBE", question.text, re.IGNORECASE):
            return nullcontext(Choice(self._store, None, among, is_of_all=True))
        return nullcontext(Choice(self._store, [*asked] or [ox.BlankNode()], among))

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
        return list(dict.fromkeys(names))


def _run(standard: StandardQuery, star: int | None, choice: Choice) -> Result:
    """Return the result of a query on chosen graphs, which silently win over those of its FROM."""
    result = choice.store.query(
        standard.text,
        base_iri=BASE_IRI,
        use_default_graph_as_union=choice.is_of_all,
        default_graph=choice.default,
        named_graphs=choice.named,
        custom_functions=standard.functions,  # type: ignore[arg-type]
    )
    if star is None or not isinstance(result, ox.QuerySolutions):
        return result
    # Nothing is evaluated before a result is read, so the second query costs its parsing alone.
    columns = [variable.value for variable in result.variables]
    ordered = with_columns(standard.text, star, columns)
    if ordered is None:
        return result
    del result  # An error of the second query keeps no hold of it, as in `_write`.
    return _run(replace(standard, text=ordered), None, choice)


def _write(result: Result, media_type: str, output: Output) -> None:
    """Write a result in a media type.

    Raises: QueryRefused for what the format cannot say.
    Guarantee: an error keeps no hold of the result, which may only be let go in the thread that
    made it; the collector of a thread that handles the error later would do it there.
    """
    check = XmlCheck(output) if is_xml(media_type) else None
    try:
        if media_type == _CSV and isinstance(result, ox.QuerySolutions):
            result.serialize(CsvRows(output), ox.QueryResultsFormat.TSV)  # type: ignore[arg-type]
        elif isinstance(result, ox.QueryTriples):
            rdf_format = RDF_FORMATS[GRAPH_FORMATS[media_type]]
            result.serialize(check or output, rdf_format)  # type: ignore[arg-type]
        else:
            table_format = ox.QueryResultsFormat.from_media_type(media_type)
            result.serialize(check or output, table_format)  # type: ignore[arg-type]
    finally:
        del result
    if check is not None:
        check.close()


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


def unite(store: ox.Store) -> ox.Store:
    """Return the store of a release with a graph of everything, for a store that is only read.

    Such a store cannot be changed for a query, and copying it would take longer than a query has.
    """
    graphs = sorted(store.named_graphs(), key=str)
    if any(graph.value.startswith(DEFAULT_LAYERS) for graph in graphs):
        # All at once: each load on disk makes files of its own.
        store.bulk_extend(
            ox.Quad(quad.subject, quad.predicate, quad.object, _UNITED)
            for graph in graphs
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
