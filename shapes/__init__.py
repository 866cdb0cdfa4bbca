"""The rules that data must keep, in SHACL, and what checks a graph against them.

The rules are Turtle files of this folder, in three stages, which any SHACL tool can run.
Here a screen of whole-graph queries finds what is suspected, and pySHACL judges that alone.
Whether quoted words stand in the text of a document (the other half of S22) needs that text, which
no graph holds; see `data.records.statements.Passage.matches`.
"""

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import pyoxigraph as ox
from rdflib import Graph

from ontology import ontology_graph
from ontology.errors import UnreadableGraph
from shapes.findings import Severity, ValidationFinding
from shapes.judge import CheckedGraph, aimed_at, judge
from shapes.portions import Progress, Watch, in_portions, unwatched
from shapes.report import report_graph, report_turtle
from shapes.screen import Screen
from shapes.view import StoreView, from_store, quads_of

__all__ = [
    "STAGES",
    "Severity",
    "Stage",
    "ValidationFinding",
    "check_store",
    "report_graph",
    "report_turtle",
    "shapes_graph",
    "validate",
    "validate_store",
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


def validate(
    data: Graph, reference: Graph | None = None, watch: Watch = unwatched
) -> list[ValidationFinding]:
    """Return what is wrong in the data, sorted by rule and thing.

    In: data may hold any of the layers; reference holds what it refers to (councils, offices); what
    is told how far the check has come.
    Guarantee: both graphs are checked, with the ontology and its schemes; none is changed.
    Out: empty if all is well; after a violation of the first stage, only findings of that stage.
    Raises: UnreadableGraph if a graph holds what RDF does not allow.
    """
    store = ox.Store()
    store.bulk_extend(ontology_quads())
    try:
        for graph in (reference, data):
            store.bulk_extend(quads_of(graph) if graph is not None else ())
    except ValueError as error:
        raise UnreadableGraph(f"the graph cannot be checked: {error}") from None
    return validate_store(store, watch)


def validate_store(store: ox.Store, watch: Watch = unwatched) -> list[ValidationFinding]:
    """Return what is wrong in a store, sorted by rule and thing.

    In: all graphs of the store are seen as one; the ontology with its schemes is among them.
    Guarantee: the findings are those of pySHACL on the whole.
    Out: empty if all is well; after a violation of the first stage, only findings of that stage.
    """
    findings: list[ValidationFinding] = []
    for stage in STAGES:
        findings += check_store(store, shapes_graph(stage.name), watch)
        if stage.must_pass and any(finding.severity == "violation" for finding in findings):
            break
    return sorted(findings, key=lambda finding: finding.sort_key)


def check_store(
    store: ox.Store, shapes: Graph, watch: Watch = unwatched
) -> list[ValidationFinding]:
    """Return the findings of one graph of shapes: the screen suspects, pySHACL judges."""
    suspects = Screen(store, shapes).suspects()
    suspected = len(set().union(*suspects.values()))
    findings: list[ValidationFinding] = []
    for judged, portion in in_portions(suspects):
        things = {shape: map(from_store, terms) for shape, terms in portion.items()}
        findings += judge(CheckedGraph(store=StoreView(store)), aimed_at(shapes, things))
        watch(Progress(judged, suspected, findings))
    return sorted(findings, key=lambda finding: finding.sort_key)


@cache
def ontology_quads() -> tuple[ox.Quad, ...]:
    """Return the ontology with all code lists in the form of the store."""
    return tuple(quads_of(ontology_graph()))
