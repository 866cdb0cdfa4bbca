"""pySHACL, the judge of every finding: of a whole graph, or of the things that are suspected."""

from collections.abc import Iterable, Mapping
from functools import cache
from typing import Any

import pyshacl
from rdflib import SH, Graph, URIRef
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result
from rdflib.term import Node

from ontology.errors import UnreadableGraph
from shapes.findings import ValidationFinding, read_findings


@cache
def prepared(text: str) -> Query:
    """Return the parsed form of a query, which is read once and asked of many focus nodes."""
    return prepareQuery(text)


class CheckedGraph(Graph):
    """A graph that reads each query once: pySHACL sends the same text for every focus node."""

    def query(self, query_object: str | Query, *arguments: Any, **options: Any) -> Result:
        """Return the answer to a query; its prefixes must stand in its text."""
        parsed = prepared(query_object) if isinstance(query_object, str) else query_object
        return super().query(parsed, *arguments, **options)


def judge(data: Graph, shapes: Graph) -> list[ValidationFinding]:
    """Return the findings of one graph of shapes.

    In: the ontology is part of the graph, so that subclasses are seen without inference, which
    would hide mistakes.
    Raises: UnreadableGraph if the graph cannot be checked at all.
    """
    _, results, _ = pyshacl.validate(data, shacl_graph=shapes, inference="none", inplace=True)
    if not isinstance(results, Graph):
        raise UnreadableGraph(f"the graph cannot be checked: {results}")
    return read_findings(results, data)


def aimed_at(shapes: Graph, things: Mapping[URIRef, Iterable[Node]]) -> Graph:
    """Return the shapes with some things as their only targets; other shapes have none."""
    aimed = Graph(identifier=shapes.identifier)
    aimed += shapes
    for target in (SH.targetClass, SH.targetSubjectsOf):
        aimed.remove((None, target, None))
    for shape, nodes in things.items():
        for node in nodes:
            aimed.add((shape, SH.targetNode, node))
    return aimed
