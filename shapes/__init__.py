"""The rules that data must keep, in SHACL, and what checks a graph against them.

The rules S01 to S30 are Turtle files of this folder, in three stages. Whether quoted words stand in
the text of a document (the other half of S22) needs that text, which no graph holds; see
`data.statements.Passage.matches`.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import pyshacl
from rdflib import Graph
from rdflib.plugins.sparql import prepareQuery
from rdflib.plugins.sparql.sparql import Query
from rdflib.query import Result

from ontology import ontology_graph
from ontology.errors import UnreadableGraph
from shapes.findings import Finding, Severity, read_findings
from shapes.report import report_graph, report_turtle

__all__ = [
    "STAGES",
    "Finding",
    "Severity",
    "Stage",
    "report_graph",
    "report_turtle",
    "shapes_graph",
    "validate",
]


@dataclass(frozen=True)
class Stage:
    """One file of shapes, and whether a violation in it ends the validation."""

    name: str
    must_pass: bool


STAGES = (
    Stage("1-wellformed", must_pass=True),
    Stage("2-relational", must_pass=False),
    Stage("3-advisory", must_pass=False),
)
"""The stages in order; the later ones compare values that the first found well-formed."""


@cache
def shapes_graph(stage: str) -> Graph:
    """Return the shapes of one stage.

    Guarantee: read from the file once; the same graph for every caller, so never change it.
    """
    text = files(__name__).joinpath(f"{stage}.ttl").read_text(encoding="utf-8")
    return Graph().parse(data=text, format="turtle")


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


def validate(data: Graph, reference: Graph | None = None) -> list[Finding]:
    """Return what is wrong in the data, sorted by rule and thing.

    In: data may hold any of the layers; reference holds what it refers to (councils, offices).
    Guarantee: both graphs are checked, with the ontology and its schemes; none is changed.
    Out: empty if all is well; after a violation of the first stage, only findings of that stage.
    """
    whole = CheckedGraph()
    for part in (ontology_graph(), reference, data):
        if part is not None:
            whole += part
    findings: list[Finding] = []
    for stage in STAGES:
        found = check(whole, shapes_graph(stage.name))
        findings += found
        if stage.must_pass and any(one.severity == "violation" for one in found):
            break
    return sorted(findings, key=lambda one: one.sort_key)


def check(whole: Graph, shapes: Graph) -> list[Finding]:
    """Return the findings of one graph of shapes.

    In: the ontology is part of the graph, so that subclasses are seen without inference, which
    would hide mistakes.
    Raises: UnreadableGraph if the graph cannot be checked at all.
    """
    _, results, _ = pyshacl.validate(whole, shacl_graph=shapes, inference="none", inplace=True)
    if not isinstance(results, Graph):
        raise UnreadableGraph(f"the graph cannot be checked: {results}")
    return read_findings(results)
