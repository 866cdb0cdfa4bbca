"""What the dataset holds, in VoID: things of each class, and statements of each property."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

import pyoxigraph as ox
from rdflib.namespace import DCTERMS, RDF

from ontology.namespaces import BASE, NS
from queries.engine.interface import TermJson

_VOID = "http://rdfs.org/ns/void#"
_INTEGER = ox.NamedNode("http://www.w3.org/2001/XMLSchema#integer")

Rows = Sequence[Mapping[str, TermJson]]


PARTITIONS = "classes_used", "properties_used", "properties_of_classes"
"""The queries that count what is described: the last three arguments of `dataset_description`."""


def dataset_description(
    address: str, release: str, classes: Rows, properties: Rows, of_classes: Rows
) -> list[ox.Triple]:
    """Return the triples that describe what a query sees without naming a graph.

    In: the address of the dataset; the release; things of each class, statements of each property,
    and of each property about the things of each class, ordered by class.
    """
    dataset = ox.NamedNode(address)
    statements = sum(_count(row, "statements") for row in properties)
    found = [
        ox.Triple(dataset, ox.NamedNode(str(RDF.type)), void_term("Dataset")),
        ox.Triple(dataset, ox.NamedNode(str(DCTERMS.identifier)), ox.Literal(release)),
        ox.Triple(dataset, void_term("uriSpace"), ox.Literal(BASE)),
        ox.Triple(dataset, void_term("vocabulary"), ox.NamedNode(str(NS))),
        _number(dataset, "triples", statements),
        _number(dataset, "classes", len(classes)),
        _number(dataset, "properties", len(properties)),
    ]
    for number, row in enumerate(properties):
        found += _property(dataset, f"property{number}", row)
    within = {name: list(rows) for name, rows in groupby(of_classes, _class)}
    for number, row in enumerate(classes):
        part = ox.BlankNode(f"class{number}")
        found += [
            ox.Triple(dataset, void_term("classPartition"), part),
            ox.Triple(part, void_term("class"), ox.NamedNode(_class(row))),
            _number(part, "entities", _count(row, "things")),
        ]
        for place, inner in enumerate(within[_class(row)]):
            found += _property(part, f"class{number}property{place}", inner)
    return found


def _property(
    owner: ox.NamedNode | ox.BlankNode, label: str, row: Mapping[str, TermJson]
) -> Iterator[ox.Triple]:
    """Yield the part of a dataset, or of a class, that has one property."""
    part = ox.BlankNode(label)
    yield ox.Triple(owner, void_term("propertyPartition"), part)
    yield ox.Triple(part, void_term("property"), ox.NamedNode(row["property"]["value"]))
    yield _number(part, "triples", _count(row, "statements"))


def _class(row: Mapping[str, TermJson]) -> str:
    return row["class"]["value"]


def _count(row: Mapping[str, TermJson], name: str) -> int:
    return int(row[name]["value"])


def _number(node: ox.NamedNode | ox.BlankNode, name: str, count: int) -> ox.Triple:
    return ox.Triple(node, void_term(name), ox.Literal(str(count), datatype=_INTEGER))


def void_term(name: str) -> ox.NamedNode:
    """Return a term of VoID."""
    return ox.NamedNode(_VOID + name)
