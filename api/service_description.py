"""The SPARQL 1.1 Service Description: what the endpoint can do and which graphs it holds."""

from __future__ import annotations

import pyoxigraph as ox

from api.formats import RDF
from api.service import Service
from ontology.namespaces import BASE
from queries.engine import EVERYTHING, TABLE_FORMATS

SD = "http://www.w3.org/ns/sparql-service-description#"
FORMATS = "http://www.w3.org/ns/formats/"
RDF_TYPE = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")
FORMAT_NAMES: dict[str, str] = {
    "json": "SPARQL_Results_JSON",
    "xml": "SPARQL_Results_XML",
    "csv": "SPARQL_Results_CSV",
    "tsv": "SPARQL_Results_TSV",
    "ttl": "Turtle",
    "nt": "N-Triples",
    "rdf": "RDF_XML",
    "jsonld": "JSON-LD",
}


def service_description(service: Service) -> list[ox.Triple]:
    """Return the triples that describe the endpoint."""
    endpoint = ox.NamedNode(f"{BASE}sparql")
    dataset, default = ox.BlankNode("dataset"), ox.BlankNode("default")
    pairs: list[tuple[ox.NamedNode | ox.BlankNode, str, ox.NamedNode | ox.BlankNode]] = [
        (endpoint, "type", _sd("Service")),
        (endpoint, "endpoint", endpoint),
        (endpoint, "supportedLanguage", _sd("SPARQL11Query")),
        (endpoint, "defaultDataset", dataset),
        (dataset, "type", _sd("Dataset")),
        (dataset, "defaultGraph", default),
        (default, "type", _sd("Graph")),
    ]
    for suffix in (*TABLE_FORMATS.values(), *RDF):
        pairs.append((endpoint, "resultFormat", ox.NamedNode(FORMATS + FORMAT_NAMES[suffix])))
    for number, name in enumerate((EVERYTHING, *service.graphs)):
        node = ox.BlankNode(f"graph{number}")
        pairs += [
            (dataset, "namedGraph", node),
            (node, "name", ox.NamedNode(name)),
            (node, "type", _sd("NamedGraph")),
        ]
    return [
        ox.Triple(subject, RDF_TYPE if name == "type" else _sd(name), value)
        for subject, name, value in pairs
    ]


def _sd(name: str) -> ox.NamedNode:
    """Return a term of the vocabulary."""
    return ox.NamedNode(SD + name)
