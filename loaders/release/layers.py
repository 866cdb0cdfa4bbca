"""Hold the layers of a release as named graphs of one store, ask them, and add what follows."""

import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from functools import partial
from typing import TypeVar, cast

import pyoxigraph as ox
from rdflib import Graph, URIRef

from ontology.identifiers import short
from ontology.namespaces import GRAPH
from queries.catalogue import CatalogueQuery, folder, internal_query, queries_in
from queries.engine.interface import DEFAULT_LAYERS

ONTOLOGY = GRAPH["ontology"]
RESOLVED = GRAPH["resolved"]
QUALITY = GRAPH["quality"]
Task = Callable[[], None]
_Graph = ox.NamedNode | ox.DefaultGraph
_END_OF_LINE = " .\n"
"""What stands nowhere but at the end of a line: a line break in a text is escaped."""
_CHARACTERS_AT_ONCE = 16_000_000
_NAMES_GRAPH = re.compile(r"\bGRAPH\b")
_WORKING = GRAPH["resolved/working"]
"""What rules pass on to the rules after them; the default graph has it while they run."""
_DERIVED = {"\n# Working: ": _WORKING, "\n# Quality: ": QUALITY}
"""The layer of what a rule finds, by the line in its header; else it is the resolved one."""
_MEASURE = "\n# Measure: "
"""Stands in the header of a rule that measures all that is known today."""


def reference_name(name: str) -> URIRef:
    """Return the named graph of one part of the reference layer."""
    return GRAPH[f"reference/{name}"]


def is_source(name: URIRef) -> bool:
    """Return whether the name is that of a graph of one source's claims."""
    return str(name).startswith(str(GRAPH["source/"]))


def union(graphs: Iterable[Graph]) -> Graph:
    """Return the triples of some graphs as one graph."""
    whole = Graph()
    for graph in graphs:
        whole += graph
    return whole


def _is_default(name: URIRef) -> bool:
    """Return whether an analyst's query sees a layer without naming it."""
    return str(name).startswith(DEFAULT_LAYERS)


def _then(before: Future[None], thread: ThreadPoolExecutor, task: Task) -> Future[None]:
    """Begin a task in a thread after another there; a fault is raised by all that come after it."""

    def in_turn() -> None:
        before.result()
        task()

    return thread.submit(in_turn)


class Layers:
    """The layers of a release: a store in memory with one named graph each.

    What an analyst's query sees stands in a second store too, as its only graph: there a query that
    names no graph is answered in half the time, and what two layers say is one fact. Each store is
    filled in a thread of its own, so that whoever adds goes on meanwhile; whoever asks waits for
    all that was added.
    """

    def __init__(self) -> None:
        self._store = ox.Store()
        self._seen = ox.Store()
        self._filler = ThreadPoolExecutor(1)
        self._viewer = ThreadPoolExecutor(1)
        self._writer = ThreadPoolExecutor(1)
        self._filled = self._viewed = self._saved = self._filler.submit(lambda: None)
        self._changes: Counter[URIRef] = Counter()
        self._written: dict[URIRef, tuple[int, bytes]] = {}

    @property
    def store(self) -> ox.Store:
        """The store with all layers; waits until it is whole, and raises what went wrong."""
        self._filled.result()
        return self._store

    @property
    def seen(self) -> ox.Store:
        """What an analyst's query sees as the only graph of a store; waits until it is whole."""
        self._viewed.result()
        return self._seen

    def query(self, text: str) -> ox.QuerySolutions | ox.QueryBoolean | ox.QueryTriples:
        """Return the answer as an analyst sees the layers, from the store that is faster at it."""
        if _NAMES_GRAPH.search(text):
            return self.store.query(text, default_graph=self.default_graphs())
        return self.seen.query(text)

    def add_graph(self, name: URIRef, graph: Graph) -> None:
        """Add a graph of rdflib as a layer; its blank nodes get canonical names."""
        lines = graph.serialize(format="nt", encoding="utf-8")
        dataset = ox.Dataset(ox.parse(lines, ox.RdfFormat.N_TRIPLES))
        dataset.canonicalize(ox.CanonicalizationAlgorithm.RDFC_1_0)
        triples = [quad.triple for quad in dataset]

        def extend(store: ox.Store, graph: _Graph) -> None:
            store.bulk_extend(
                ox.Quad(one.subject, one.predicate, one.object, graph) for one in triples
            )

        self._begin(name, extend)

    def add_lines(self, name: URIRef, lines: Iterable[str]) -> None:
        """Begin to add triples in lines of N-Triples to a layer, which is made if it is not there.

        Guarantee: the lines are read before this returns; a fault in one is raised by `store`.
        """
        text = "".join(lines)

        def load(store: ox.Store, graph: _Graph) -> None:
            # One of the two stores checks the addresses; the other need not.
            is_checked_elsewhere = isinstance(graph, ox.DefaultGraph)
            store.load(text, ox.RdfFormat.N_TRIPLES, to_graph=graph, lenient=is_checked_elsewhere)

        self._begin(name, load)

    def _begin(self, name: URIRef, add: Callable[[ox.Store, _Graph], None]) -> None:
        """Begin to add to a layer, in both stores if an analyst's query sees it."""
        self._filled = _then(self._filled, self._filler, partial(self._add, name, add))
        if _is_default(name):
            view = partial(add, self._seen, ox.DefaultGraph())
            self._viewed = _then(self._viewed, self._viewer, view)

    def _add(self, name: URIRef, add: Callable[[ox.Store, _Graph], None]) -> None:
        graph = ox.NamedNode(name)
        self._store.add_graph(graph)
        add(self._store, graph)
        self._changes[name] += 1

    def fill_meanwhile(self, layers: Iterable[tuple[URIRef, Iterable[str]]]) -> None:
        """Begin to add to many layers that no analyst's query sees; their lines are made meanwhile.

        Guarantee: nobody who asks `store` sees a part of them; a fault is raised there.
        """
        self._filled = _then(self._filled, self._filler, partial(self._fill, layers))

    def _fill(self, layers: Iterable[tuple[URIRef, Iterable[str]]]) -> None:
        """Add many layers, those of some million characters in one call of the store."""
        batch: list[str] = []
        size = 0
        for name, lines in layers:
            text = "".join(lines).replace(_END_OF_LINE, f" <{name}> .\n")
            batch.append(text)
            size += len(text)
            self._store.add_graph(ox.NamedNode(name))
            self._changes[name] += 1
            if size > _CHARACTERS_AT_ONCE:
                self._store.bulk_load("".join(batch), ox.RdfFormat.N_QUADS)
                batch, size = [], 0
        self._store.bulk_load("".join(batch), ox.RdfFormat.N_QUADS)

    def end_rules(self, working: URIRef) -> None:
        """Take away what rules passed on to each other, from both stores."""
        graph = ox.NamedNode(working)
        passed_on = [*self.store.quads_for_pattern(None, None, None, graph)]
        self.store.remove_graph(graph)
        for one in passed_on:
            # Another layer may say the same.
            if not any(self.store.quads_for_pattern(one.subject, one.predicate, one.object)):
                self.seen.remove(ox.Quad(one.subject, one.predicate, one.object))

    def write_meanwhile(self, names: Iterable[URIRef]) -> None:
        """Begin to write layers as `n_quads` yields them, after what is being filled, and return.

        Guarantee: a layer to which something is added later is written again by `n_quads`.
        """
        write = partial(self._write, tuple(names), self._filled)
        self._saved = _then(self._saved, self._writer, write)

    def _write(self, names: Iterable[URIRef], filled: Future[None]) -> None:
        filled.result()
        for name in names:
            self._n_quads(name)

    def _n_quads(self, name: URIRef) -> bytes:
        """Return a layer as it was written before, if it is still the same, or write it."""
        # What is added while the layer is written counts as one change more than this.
        changes = self._changes[name]
        written = self._written.get(name)
        if written is None or written[0] != changes:
            written = self._written[name] = changes, self._lines(name)
        return written[1]

    def _lines(self, name: URIRef) -> bytes:
        """Return a layer as N-Quads, sorted by line."""
        graph = ox.NamedNode(name)
        content = self._store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=graph)
        lines = cast(bytes, content).split(_END_OF_LINE.encode())
        lines.pop()
        lines.sort()
        lines.append(b"")
        return f" <{name}> .\n".encode().join(lines)

    def names(self) -> list[URIRef]:
        """Return the names of the layers in their order."""
        graphs = self.store.named_graphs()
        return sorted(URIRef(graph.value) for graph in graphs if isinstance(graph, ox.NamedNode))

    def lines_of(self, name: URIRef) -> str:
        """Return a layer as N-Triples."""
        graph = ox.NamedNode(name)
        return cast(
            bytes, self.store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=graph)
        ).decode()

    def count(self, name: URIRef) -> int:
        """Return the number of triples of a layer."""
        return self._number(f"GRAPH <{name}> {{ ?subject ?property ?value }}")

    def instances(self, of_class: URIRef, name: URIRef) -> int:
        """Return how many things of a class a layer states."""
        return self._number(f"GRAPH <{name}> {{ ?subject a <{of_class}> }}")

    def _number(self, pattern: str) -> int:
        rows = self.store.query(f"SELECT (COUNT(*) AS ?number) WHERE {{ {pattern} }}")
        (row,) = cast(ox.QuerySolutions, rows)
        return int(cast(ox.Literal, row["number"]).value)

    def default_graphs(self) -> list[ox.NamedNode | ox.BlankNode | ox.DefaultGraph]:
        """Return the graphs that an analyst's query sees: ontology, reference, resolved layer."""
        return [ox.NamedNode(name) for name in self.names() if _is_default(name)]

    def n_quads(self) -> Iterator[bytes]:
        """Yield each layer as N-Quads, sorted by line.

        Guarantee: the same triples give the same bytes.
        """
        self._saved.result()
        for name in self.names():
            yield self._n_quads(name)


Answer = list[dict[str, str]]


def ask(layers: Layers, *path: str) -> Answer:
    """Return the rows of an internal query, such as `lists`, `coverage_found`.

    Out: an unbound variable is absent, an address is short.
    """
    return answer_to(layers, internal_query(*path))


def answer_to(layers: Layers, query: CatalogueQuery) -> Answer:
    """Return the rows of a query without parameters, as an analyst sees the layers.

    Out: an unbound variable is absent, an address is short.
    """
    solutions = cast(ox.QuerySolutions, layers.query(query.text))
    names = [variable.value for variable in solutions.variables]
    return [
        {name: _plain(term) for name in names if (term := solution[name]) is not None}
        for solution in solutions
    ]


def _plain(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> str:
    if isinstance(term, ox.NamedNode):
        return short(term.value)
    return term.value if isinstance(term, ox.Literal) else str(term)


def derive(layers: Layers, rules: Iterable[CatalogueQuery] | None = None) -> None:
    """Add the results of every query in `queries/derive`, or of some, to the resolved layer.

    Guarantee: the queries run in order of their names and each sees the results of those before
    it, so that the order of the files matters and nothing else does. What a query whose header
    has a line `Working` finds is there for those after it, and is gone at the end; a line `Quality`
    means a discrepancy. Claims that are still being filled in are waited for by the first query
    that names a graph.
    """
    for query in derivations() if rules is None else rules:
        layers.add_lines(_layer_of(query), [found_by(layers, query)])
    layers.end_rules(_WORKING)


def derivations() -> list[CatalogueQuery]:
    """Return the rules that say what follows from the chosen values, in their order."""
    return queries_in(folder("derive"))


def measures() -> list[CatalogueQuery]:
    """Return the rules that measure all that is known today, also for what was known before."""
    return [rule for rule in derivations() if _MEASURE in rule.text]


def found_by(layers: Layers, rule: CatalogueQuery) -> str:
    """Return what a rule finds, as N-Triples."""
    result = cast(ox.QueryTriples, layers.query(rule.text))
    return cast(bytes, result.serialize(format=ox.RdfFormat.N_TRIPLES)).decode()


def add_measures(layers: Layers, today: Layers) -> None:
    """Add to layers what is measured over those of today."""
    for rule in measures():
        layers.add_lines(_layer_of(rule), [found_by(today, rule)])


def _layer_of(rule: CatalogueQuery) -> URIRef:
    return next((layer for sign, layer in _DERIVED.items() if sign in rule.text), RESOLVED)


Asked = TypeVar("Asked")
Found = TypeVar("Found")


def at_once(ask: Callable[[Asked], Found], questions: Iterable[Asked]) -> list[Found]:
    """Return the answers to several questions to a store, in their order.

    The store answers several at once, each on a processor of its own.
    """
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return list(pool.map(ask, questions))


def failed_checks(layers: Layers) -> list[str]:
    """Return a message for each row that a query in `queries/checks` finds: none if all is well."""

    def messages(query: CatalogueQuery) -> list[str]:
        rows = cast(ox.QuerySolutions, layers.query(query.text))
        return [f"{query.name}: {cast(ox.Literal, row['message']).value}" for row in rows]

    return sorted(
        message for found in at_once(messages, queries_in(folder("checks"))) for message in found
    )
