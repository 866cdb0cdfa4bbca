"""The SPARQL 1.1 Service Description: what the endpoint can do and which graphs it holds."""

from collections.abc import Iterator, Mapping, Sequence

import pyoxigraph as ox

from ontology.namespaces import GRAPH
from queries.engine.interface import DEFAULT_LAYERS, EVERYTHING, GRAPH_FORMATS, TABLE_FORMATS
from queries.engine.limits import QueryLimits
from queries.sparql.standard_functions import DIFFERENCES
from queries.sparql.text_limits import TextLimits

_SD = "http://www.w3.org/ns/sparql-service-description#"
_FORMATS = "http://www.w3.org/ns/formats/"
_RDF_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
_LABEL = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#label")
_COMMENT = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#comment")
_SEE_ALSO = ox.NamedNode("http://www.w3.org/2000/01/rdf-schema#seeAlso")
_TRIPLES = ox.NamedNode("http://rdfs.org/ns/void#triples")
_SIMPLE_ENTAILMENT = ox.NamedNode("http://www.w3.org/ns/entailment/Simple")
_FORMAT_NAMES: dict[str, str] = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "ttl": "Turtle",
    "nt": "N-Triples",
    "rdf": "RDF_XML",
    "jsonld": "JSON-LD",
    "trig": "TriG",
    "nq": "N-Quads",
}

Node = ox.NamedNode | ox.BlankNode


def service_description(
    address: str,
    limits: tuple[QueryLimits, TextLimits],
    graphs: Sequence[str],
    counts: Mapping[str, int],
) -> list[ox.Triple]:
    """Return the triples that describe the endpoint.

    In: the address by which it was asked; the limits of a query and of its text; the named graphs,
    and the triples of each, as far as they are counted.
    """
    endpoint, dataset = ox.NamedNode(address), ox.BlankNode("dataset")
    found = [
        *_endpoint(endpoint, limits),
        ox.Triple(endpoint, _sd("defaultDataset"), dataset),
        ox.Triple(dataset, _RDF_TYPE, _sd("Dataset")),
        *_see_also(dataset, address, "/.well-known/void"),
        *_see_also(endpoint, address, "/queries"),
        *_graph(dataset, "defaultGraph", "default", counts.get("")),
        ox.Triple(ox.BlankNode("default"), _COMMENT, _english(_default_graph(graphs))),
    ]
    available = ox.BlankNode("available")
    found += [
        ox.Triple(endpoint, _sd("availableGraphs"), available),
        ox.Triple(available, _RDF_TYPE, _sd("GraphCollection")),
    ]
    if any(graph.startswith(DEFAULT_LAYERS) for graph in graphs):
        found += _named(available, EVERYTHING, "everything", None)
    for number, name in enumerate(graphs):
        found += _named(dataset, name, f"graph{number}", counts.get(name))
        found.append(ox.Triple(available, _sd("namedGraph"), ox.BlankNode(f"graph{number}")))
    return found


def _endpoint(
    endpoint: ox.NamedNode, limits: tuple[QueryLimits, TextLimits]
) -> Iterator[ox.Triple]:
    """Yield what is true of the endpoint whatever it holds; it has none of the named features."""
    words = ", ".join(word for kind in limits for word in kind.in_words())
    yield ox.Triple(endpoint, _RDF_TYPE, _sd("Service"))
    yield ox.Triple(endpoint, _sd("endpoint"), endpoint)
    yield ox.Triple(endpoint, _LABEL, _english("SPARQL, read-only"))
    yield ox.Triple(endpoint, _COMMENT, _english(f"A query may take at most {words}."))
    for difference in DIFFERENCES:
        yield ox.Triple(endpoint, _COMMENT, _english(difference))
    for language in ("SPARQL10Query", "SPARQL11Query"):
        yield ox.Triple(endpoint, _sd("supportedLanguage"), _sd(language))
    yield ox.Triple(endpoint, _sd("defaultEntailmentRegime"), _SIMPLE_ENTAILMENT)
    for suffix in (*TABLE_FORMATS.values(), *GRAPH_FORMATS.values()):
        result_format = ox.NamedNode(_FORMATS + _FORMAT_NAMES[suffix])
        yield ox.Triple(endpoint, _sd("resultFormat"), result_format)


def _default_graph(graphs: Sequence[str]) -> str:
    """Return what a query without a dataset of its own is asked of."""
    if any(graph.startswith(DEFAULT_LAYERS) for graph in graphs):
        layers = ", ".join(layer.removeprefix(str(GRAPH)).rstrip("/") for layer in DEFAULT_LAYERS)
        return f"These graphs together: {layers}."
    return "The default graph of the dataset; named graphs are not part of it."


def _see_also(node: Node, address: str, path: str) -> Iterator[ox.Triple]:
    """Yield where more is told, for an endpoint that has its usual address in a service."""
    origin, ours, _ = address.rpartition("/sparql")
    if ours:
        yield ox.Triple(node, _SEE_ALSO, ox.NamedNode(origin + path))


def _named(owner: Node, name: str, label: str, count: int | None) -> list[ox.Triple]:
    node = ox.BlankNode(label)
    return [
        ox.Triple(owner, _sd("namedGraph"), node),
        ox.Triple(node, _RDF_TYPE, _sd("NamedGraph")),
        ox.Triple(node, _sd("name"), ox.NamedNode(name)),
        *_graph(node, "graph", f"{label}triples", count),
    ]


def _graph(owner: Node, relation: str, label: str, count: int | None) -> list[ox.Triple]:
    node = ox.BlankNode(label)
    found = [ox.Triple(owner, _sd(relation), node), ox.Triple(node, _RDF_TYPE, _sd("Graph"))]
    if count is not None:
        found.append(ox.Triple(node, _TRIPLES, ox.Literal(count)))
    return found


def _english(text: str) -> ox.Literal:
    return ox.Literal(text, language="en")


def _sd(name: str) -> ox.NamedNode:
    return ox.NamedNode(_SD + name)
