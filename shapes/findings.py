"""What validation finds: one finding per mistake, read from the results that pySHACL gives."""

from dataclasses import dataclass
from typing import Literal

from rdflib import RDF, SH, BNode, Graph, URIRef
from rdflib.collection import Collection
from rdflib.term import Node

from ontology.namespaces import ID, LEGISLATION, SCHEME

Severity = Literal["violation", "warning"]
_SEVERITIES: dict[Node, Severity] = {SH.Violation: "violation", SH.Warning: "warning"}

_SHORTENED = (str(ID), str(SCHEME), str(LEGISLATION))
"""Beginnings of addresses that a message leaves out, as records do: direction/WOR-2017-02."""

_PATH_SIGNS: dict[URIRef, str] = {
    SH.inversePath: "^{}",
    SH.zeroOrMorePath: "{}*",
    SH.oneOrMorePath: "{}+",
    SH.zeroOrOnePath: "{}?",
}
"""How SPARQL writes the property paths that SHACL describes with one blank node."""


@dataclass(frozen=True)
class ValidationFinding:
    """One mistake: the rule it breaks, the thing it is found on, and what to do about it."""

    shape: str
    severity: Severity
    focus: str
    path: str | None
    value: str | None
    message: str

    @property
    def sort_key(self) -> tuple[str, ...]:
        """Order by rule, then by the thing; a missing path or value comes first."""
        return (
            self.shape,
            self.severity,
            self.focus,
            self.path or "",
            self.value or "",
            self.message,
        )


def path_text(graph: Graph, path: Node) -> str:
    """Return a property path as SPARQL writes it.

    >>> path_text(Graph(), SH.path)
    '<http://www.w3.org/ns/shacl#path>'
    """
    if isinstance(path, URIRef):
        return f"<{path}>"
    if (path, RDF.first, None) in graph:
        return "/".join(path_text(graph, step) for step in Collection(graph, path))
    choices = graph.value(path, SH.alternativePath)
    if choices is not None:
        return "(" + "|".join(path_text(graph, step) for step in Collection(graph, choices)) + ")"
    for predicate, sign in _PATH_SIGNS.items():
        inner = graph.value(path, predicate)
        if inner is not None:
            return sign.format(path_text(graph, inner))
    return ""


def result_path(results: Graph, result: Node, data: Graph) -> str | None:
    """Return the property of a result as an address, a longer path in SPARQL's form, or None.

    Out: of a choice of properties the one that the thing has with the value, if it is one.
    """
    path = results.value(result, SH.resultPath)
    if path is None or isinstance(path, URIRef):
        return str(path) if path is not None else None
    focus, value = results.value(result, SH.focusNode), results.value(result, SH.value)
    choices = results.value(path, SH.alternativePath)
    if choices is not None and value is not None:
        single = [one for one in Collection(results, choices) if isinstance(one, URIRef)]
        taken = [one for one in single if (focus, one, value) in data]
        if len(taken) == 1:
            return str(taken[0])
    return path_text(results, path) or None


def node_text(node: Node | None) -> str | None:
    """Return an address or literal as text; a blank node with the sign that marks it."""
    if node is None:
        return None
    return f"_:{node}" if isinstance(node, BNode) else str(node)


def readable(message: str) -> str:
    """Return a message with short references in the place of addresses.

    >>> readable(f"S09 The direction revokes {ID}direction/WOR-2017-02.")
    'S09 The direction revokes direction/WOR-2017-02.'
    """
    for beginning in _SHORTENED:
        message = message.replace(beginning, "")
    return message


def read_finding(results: Graph, result: Node, data: Graph) -> ValidationFinding:
    """Return one result as a finding; the code of its rule is the first word of its message."""
    message = readable(str(results.value(result, SH.resultMessage)))
    focus = results.value(result, SH.focusNode)
    value = results.value(result, SH.value)
    return ValidationFinding(
        shape=message.partition(" ")[0],
        severity=_SEVERITIES[results.value(result, SH.resultSeverity, any=False) or SH.Violation],
        focus=node_text(focus) or "",
        path=result_path(results, result, data),
        # A node shape as a whole names the focus as its own value, which says nothing more.
        value=None if value == focus else node_text(value),
        message=message,
    )


def read_findings(results: Graph, data: Graph) -> list[ValidationFinding]:
    """Return the findings of a pySHACL results graph, sorted, each mistake once.

    In: the results, and what was checked.

    Out: where one constraint fails both with a value and without (a wrong value, and one too many),
    only the findings that name the value.
    """
    findings = {read_finding(results, result, data) for result in results.objects(None, SH.result)}
    named = {
        (finding.message, finding.focus, finding.path)
        for finding in findings
        if finding.value is not None
    }
    unnamed = {finding for finding in findings if finding.value is None}
    repeated = {
        finding for finding in unnamed if (finding.message, finding.focus, finding.path) in named
    }
    return sorted(findings - repeated, key=lambda finding: finding.sort_key)
