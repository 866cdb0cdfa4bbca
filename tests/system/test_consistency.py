"""The ontology does not contradict itself, and the reasoner that says so finds a contradiction."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import owlready2
import pytest
from rdflib import Graph, URIRef
from rdflib.namespace import RDF

from ontology import CI, ontology_graph
from ontology.identifiers import thing


@pytest.fixture(autouse=True)
def java() -> str:
    """Return the Java that runs the reasoner; where there is none, say so and skip."""
    found = shutil.which("java")
    if found is None and os.environ.get("CI"):
        pytest.fail("HermiT needs Java, and continuous integration must have it")
    if found is None:
        pytest.skip("HermiT needs Java, which is not on this machine")
    return found


def is_consistent(graph: Graph, folder: Path) -> bool:
    """Return whether HermiT finds the graph free of contradiction.

    In: literals of types that OWL 2 does not know (xsd:date) are ignored by the reasoner.
    """
    file = folder / "ontology.nt"
    graph.serialize(file, format="nt", encoding="utf-8")
    world = owlready2.World(filename=str(folder / "world.sqlite3"))
    try:
        world.get_ontology(file.as_uri()).load()
        owlready2.sync_reasoner_hermit(world, debug=0, ignore_unsupported_datatypes=True)
    except owlready2.OwlReadyInconsistentOntologyError:
        return False
    finally:
        world.close()
    return True


def planted(*types: URIRef) -> Graph:
    """Return the ontology with one thing that is of several classes."""
    graph = Graph()
    graph += ontology_graph()
    for one in types:
        graph.add((thing("council", "NFK"), RDF.type, one))
    return graph


def test_ontology_is_consistent(tmp_path: Path) -> None:
    """Classes, properties and all code lists together."""
    assert is_consistent(planted(), tmp_path)


def test_one_thing_of_several_kinds_may_be_consistent(tmp_path: Path) -> None:
    """The planted thing alone breaks nothing."""
    assert is_consistent(planted(CI.Council), tmp_path)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (CI.Council, CI.CouncilArea),
        (CI.Council, CI.Person),
        (CI.Commissioner, CI.Person),
        (CI.Commissioner, CI.Appointment),
        (CI.MinisterialOffice, CI.Department),
        (CI.Intervention, CI.Direction),
    ],
    ids=["area", "person", "holder", "holding", "department", "act"],
)
def test_planted_contradiction_is_found(one: URIRef, other: URIRef, tmp_path: Path) -> None:
    """A council is neither a place nor, by way of its parent classes, a person.

    An office is neither its holder, nor the holding of it, nor the department; a course of action
    is none of its acts.
    """
    assert not is_consistent(planted(one, other), tmp_path)
