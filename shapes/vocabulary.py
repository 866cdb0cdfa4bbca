"""What the rules cannot see: data of no class that they know, and terms that are misspelt."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache

from rapidfuzz import fuzz, process
from rdflib import OWL, RDF, RDFS, SDO, SH, Graph, URIRef
from rdflib.term import Node

from ontology import ontology_graph
from ontology.namespaces import GRAPH, ID, NS, SCHEME
from shapes.findings import ValidationFinding

_OURS = "council-interventions"
_KINDS = OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty
_CLOSE = 75
"""How alike two names are, from 0 to 100, of which one may be the other misspelt."""
_MOST_SUGGESTED = 5


def vocabulary_findings(data: Graph, shapes: Iterable[Graph]) -> list[ValidationFinding]:
    """Return warnings about data that no rule can reach, and about terms that are not declared.

    In: the data by itself, and the rules that are asked of it.
    """
    findings = [_unknown(data, *used, place) for used, place in _unknown_terms(data).items()]
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


def _unknown_terms(data: Graph) -> dict[tuple[URIRef, bool], Node]:
    """Return the classes and properties that look like ours and are not, each with one place.

    Out: by the term and whether it is used as a property, the first thing that has it.
    """
    found: dict[tuple[URIRef, bool], Node] = {}
    for subject, predicate, value in sorted(data):
        used = [(predicate, True), *([(value, False)] if predicate == RDF.type else [])]
        for term, is_property in used:
            if not isinstance(term, URIRef) or not _looks_ours(term):
                continue
            if _declared().get(term) is not is_property:
                found.setdefault((term, is_property), subject)
    return found


def _looks_ours(term: URIRef) -> bool:
    """Return whether an address is of our namespace of terms, or of one that is nearly that."""
    others = (str(ID), str(SCHEME), str(GRAPH))
    return _OURS in term and not str(term).startswith(others)


@cache
def _declared() -> Mapping[URIRef, bool]:
    """Return the terms of the ontology, each with whether it is a property."""
    graph = ontology_graph()
    return {
        term: kind != OWL.Class
        for kind in _KINDS
        for term in graph.subjects(RDF.type, kind)
        if isinstance(term, URIRef)
    }


def _unknown(data: Graph, term: URIRef, is_property: bool, place: Node) -> ValidationFinding:
    classes = list(data.objects(place, RDF.type)) if is_property else []
    near = list(dict.fromkeys(_suggested(term, is_property, classes)))[:_MOST_SUGGESTED]
    advice = f"Is {' or '.join(near)} meant?" if near else "Look the term up in the ontology."
    kind = "property" if is_property else "class"
    message = f"V02 {term} is no {kind} of the ontology, so no rule looks at it. {advice}"
    path, value = (str(term), None) if is_property else (str(RDF.type), str(term))
    return ValidationFinding("V02", "warning", str(place), path, value, message)


def _suggested(term: URIRef, is_property: bool, classes: Iterable[Node]) -> Iterator[URIRef]:
    """Yield the terms that may be meant: with the same name, or else with the most alike one.

    In: whether it is used as a property, and the classes of what has it. A property is meant by
    one: by the name of a class, those that lead to one from there.
    """
    name = term.replace("#", "/").rstrip("/").rpartition("/")[2]
    names = _names(is_property)
    if name in names:
        yield names[name]
    if is_property:
        yield from _leading_to(name, classes)
    folded = {known.casefold(): known for known in names}
    near = process.extractOne(name.casefold(), [*folded], scorer=fuzz.ratio, score_cutoff=_CLOSE)
    if near is not None:
        yield names[folded[near[0]]]


@cache
def _names(is_property: bool) -> Mapping[str, URIRef]:
    """Return our classes, or our properties, by their names, which are in order."""
    return {
        str(known).removeprefix(str(NS)): known
        for known, is_one in sorted(_declared().items())
        if known.startswith(NS) and is_one == is_property
    }


@cache
def _classes_of_name(name: str) -> tuple[Node, ...]:
    """Return the classes that have a name, in whatever case."""
    return tuple(cls for known, cls in _names(False).items() if known.casefold() == name.casefold())


def _leading_to(name: str, classes: Iterable[Node]) -> Iterator[URIRef]:
    """Yield the properties that lead from things of some classes to one of the class of a name."""
    graph = ontology_graph()
    for cls in _classes_of_name(name):
        above = {one for some in classes for one in graph.transitive_objects(some, RDFS.subClassOf)}
        leading = set(graph.subjects(SDO.rangeIncludes, cls))
        fitting = {one for one in leading if above & set(graph.objects(one, SDO.domainIncludes))}
        yield from sorted(one for one in fitting if isinstance(one, URIRef))
