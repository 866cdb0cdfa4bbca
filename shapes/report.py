"""Findings as a SHACL validation report whose bytes depend on nothing but the findings."""

import hashlib
from collections.abc import Iterable

from rdflib import RDF, SH, Graph, Literal, URIRef

from ontology.namespaces import BASE, PREFIXES, SHAPES
from shapes.findings import Severity, ValidationFinding

_REPORT = URIRef(BASE + "validation")
"""Address of the report; the service answers under the same path."""

_SEVERITY_TERMS: dict[Severity, URIRef] = {"violation": SH.Violation, "warning": SH.Warning}


def result_address(finding: ValidationFinding) -> URIRef:
    """Return an address for one result, so that the report needs no blank node."""
    digest = hashlib.sha256("\x1f".join(finding.sort_key).encode()).hexdigest()[:16]
    return URIRef(f"{_REPORT}#{digest}")


def node(text: str) -> URIRef | Literal:
    """Return the address or the literal that a finding gives as text."""
    is_address = text.startswith(("http://", "https://", "urn:")) and " " not in text
    return URIRef(text) if is_address else Literal(text)


def report_graph(findings: Iterable[ValidationFinding]) -> Graph:
    """Return the findings as a `sh:ValidationReport`; it conforms if it holds no violation.

    Out: results name the shape by its rule; longer property paths are left to the message.
    """
    graph = Graph()
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    listed = sorted(set(findings), key=lambda finding: finding.sort_key)
    conforms = all(finding.severity != "violation" for finding in listed)
    graph.add((_REPORT, RDF.type, SH.ValidationReport))
    graph.add((_REPORT, SH.conforms, Literal(conforms)))
    for finding in listed:
        add_result(graph, finding)
    return graph


def add_result(graph: Graph, finding: ValidationFinding) -> None:
    """Add one finding to the report."""
    result = result_address(finding)
    graph.add((_REPORT, SH.result, result))
    graph.add((result, RDF.type, SH.ValidationResult))
    graph.add((result, SH.focusNode, node(finding.focus)))
    graph.add((result, SH.resultMessage, Literal(finding.message)))
    graph.add((result, SH.resultSeverity, _SEVERITY_TERMS[finding.severity]))
    graph.add((result, SH.sourceShape, SHAPES[finding.shape]))
    if finding.path and isinstance(node(finding.path), URIRef):
        graph.add((result, SH.resultPath, URIRef(finding.path)))
    if finding.value is not None:
        graph.add((result, SH.value, node(finding.value)))


def report_turtle(findings: Iterable[ValidationFinding]) -> str:
    """Return the report in Turtle.

    Guarantee: the same findings, in any order, give the same text.
    """
    return report_graph(findings).serialize(format="turtle")
