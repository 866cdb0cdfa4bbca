"""The words of the graph: its terms, its namespaces, and the Turtle files that define them."""

from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import SKOS

from ontology.namespaces import BASE, EDTF, GRAPH, ID, LEGISLATION, NS, OA, ONS, PREFIXES, SCHEME
from ontology.terms import CI

__all__ = [
    "BASE",
    "CI",
    "EDTF",
    "GRAPH",
    "ID",
    "LEGISLATION",
    "NS",
    "OA",
    "ONS",
    "PREFIXES",
    "SCHEME",
    "alignments_graph",
    "concept_exists",
    "multi_valued",
    "ontology_file",
    "ontology_graph",
    "scheme_files",
]


def ontology_file() -> Traversable:
    """Return the file of the classes and properties."""
    return files(__name__).joinpath("council-interventions.ttl")


def scheme_files() -> list[Traversable]:
    """Return the files of the code lists, one scheme each, sorted by name.

    Out: the name of a file is the path of its scheme, so `grade.ttl` holds `…/scheme/grade`.
    """
    folder = files(__name__).joinpath("schemes")
    found = (file for file in folder.iterdir() if file.name.endswith(".ttl"))
    return sorted(found, key=lambda file: file.name)


@cache
def ontology_graph() -> Graph:
    """Return the ontology with all code lists, without the alignments.

    Guarantee: read from the files once; every caller gets the same graph, so never change it.
    """
    return _read(ontology_file(), *scheme_files())


@cache
def alignments_graph() -> Graph:
    """Return the mappings to other vocabularies.

    Guarantee: read from the file once; every caller gets the same graph, so never change it.
    """
    return _read(files(__name__).joinpath("alignments.ttl"))


@cache
def multi_valued() -> frozenset[URIRef]:
    """Return the properties of which several values can be true at once."""
    subjects = ontology_graph().subjects(CI.slotPerValue, Literal(True))
    return frozenset(subject for subject in subjects if isinstance(subject, URIRef))


def concept_exists(scheme: str, slug: str) -> bool:
    """Return whether a scheme holds a concept with this notation.

    In: the path of the scheme, such as "area" or "grade".

    >>> concept_exists("grade", "inadequate"), concept_exists("grade", "poor")
    (True, False)
    """
    return slug in _notations(scheme)


@cache
def _notations(scheme: str) -> frozenset[str]:
    graph = ontology_graph()
    concepts = graph.subjects(SKOS.inScheme, SCHEME[scheme])
    return frozenset(str(graph.value(concept, SKOS.notation)) for concept in concepts)


def _read(*sources: Traversable) -> Graph:
    graph = Graph()
    for source in sources:
        graph.parse(data=source.read_text(encoding="utf-8"), format="turtle")
    return graph
