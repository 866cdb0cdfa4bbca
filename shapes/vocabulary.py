"""What the rules cannot see: data of no class that they know, and terms that are misspelt."""

from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from functools import cache

from rdflib import OWL, RDF, RDFS, SH, Graph, URIRef

from ontology import ontology_graph
from ontology.namespaces import GRAPH, ID, NS, SCHEME
from shapes.findings import ValidationFinding

_OURS = "council-interventions"
_KINDS = OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty
_CLOSE = 0.75
"""How alike two names are, from 0 to 1, of which one may be the other misspelt."""


def vocabulary_findings(data: Graph, shapes: Iterable[Graph]) -> list[ValidationFinding]:
    """Return warnings about data that no rule can reach, and about terms that are not declared.

    In: the data by itself, and the rules that are asked of it.
    """
    findings = [_unknown(term, place) for term, place in sorted(_unknown_terms(data).items())]
    if not _is_reached(data, shapes):
        message = (
            "V01 Nothing in the file is of a class that the rules know, so none was applied, and "
            "that nothing was found means nothing. Check the namespace of the classes: "
            f"{NS}"
        )
        findings.append(ValidationFinding("V01", "warning", str(NS), None, None, message))
    return sorted(findings, key=lambda finding: finding.sort_key)


def _is_reached(data: Graph, shapes: Iterable[Graph]) -> bool:
    """Return whether some rule is about something in the data."""
    classes: set[object] = set()
    properties: set[object] = set()
    for graph in shapes:
        properties.update(graph.objects(None, SH.targetSubjectsOf))
        for target in graph.objects(None, SH.targetClass):
            classes.update(ontology_graph().transitive_subjects(RDFS.subClassOf, target))
    return any(term in classes for term in data.objects(None, RDF.type)) or any(
        predicate in properties for predicate in data.predicates()
    )


def _unknown_terms(data: Graph) -> dict[URIRef, str]:
    """Return the classes and properties that look like ours and are not, each with one place."""
    found: dict[URIRef, str] = {}
    for subject, predicate, value in sorted(data):
        used = (predicate, value) if predicate == RDF.type else (predicate,)
        for term in used:
            if isinstance(term, URIRef) and _looks_ours(term) and term not in _declared():
                found.setdefault(term, str(subject))
    return found


def _looks_ours(term: URIRef) -> bool:
    """Return whether an address is of our namespace of terms, or of one that is nearly that."""
    others = (str(ID), str(SCHEME), str(GRAPH))
    return _OURS in term and not str(term).startswith(others)


@cache
def _declared() -> frozenset[URIRef]:
    graph = ontology_graph()
    subjects = (term for kind in _KINDS for term in graph.subjects(RDF.type, kind))
    return frozenset(term for term in subjects if isinstance(term, URIRef))


def _unknown(term: URIRef, place: str) -> ValidationFinding:
    near = next(_suggested(term), None)
    advice = f"Is {near} meant?" if near else "Look the term up in the ontology."
    message = f"V02 {term} is no term of the ontology, so no rule looks at it. {advice}"
    return ValidationFinding("V02", "warning", place, None, None, message)


def _suggested(term: URIRef) -> Iterator[URIRef]:
    """Yield the term that may be meant: with the same name, or else with the most alike one."""
    name = term.replace("#", "/").rstrip("/").rpartition("/")[2]
    names = {
        str(known).removeprefix(str(NS)): known for known in _declared() if known.startswith(NS)
    }
    if name in names:
        yield names[name]
    folded = {known.casefold(): known for known in sorted(names)}
    for near in get_close_matches(name.casefold(), folded, n=1, cutoff=_CLOSE):
        yield names[folded[near]]
