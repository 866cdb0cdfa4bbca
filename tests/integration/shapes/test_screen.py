"""The screen misses nothing: its findings are those of pySHACL alone, on good data and on bad."""

import os
import random
import re
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from threading import Barrier

import pyoxigraph as ox
import pytest
from rdflib import RDF, SH, XSD, BNode, Graph, Literal, URIRef
from rdflib.term import Node

from ontology import CI, ID, ontology_graph
from ontology.errors import UnreadableGraph
from shapes import STAGES, ValidationFinding, check_store, shapes_graph, validate, validate_store
from shapes.judge import CheckedGraph, judge
from shapes.screen import TARGETS, Screen, Term
from shapes.view import quads_of
from tests.fixtures.guards import not_empty
from tests.fixtures.paths import FIXTURES

FOLDER = FIXTURES / "shapes"
EXAMPLES = sorted(FOLDER.glob("*.ttl"))
GOOD = sorted(FOLDER.glob("*.good*.ttl"))
TOGETHER = 45
ALTERED = 16
MOST_S = 30
ODD: tuple[Node, ...] = (
    BNode("odd"),
    Literal(""),
    Literal(5),
    Literal("2015-02-30", datatype=XSD.date),
    Literal("2016", datatype=XSD.gYear),
    Literal("five", datatype=XSD.integer),
    Literal("two\nlines\n"),
    Literal("un mot", lang="fr"),
)
"""Values that come as a surprise wherever they stand."""

PREFIXES = """
    @prefix : <urn:example:> .
    @prefix sh: <http://www.w3.org/ns/shacl#> .
    @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
    @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
"""
DATA = """
    :Small rdfs:subClassOf :Thing .
    :one a :Thing ; :to :two , "" ; :name "one" , "eins"@de ; :size 1 ; :limit 2 .
    :two a :Small ; :to :three , [ a :Small ] ; :name "two\\n" ; :size 3 ; :limit 2 .
    :two :day "2020-02-30"^^xsd:date .
    :three a :Other .
    [] a :Small ; :name "none" ; :size "large" .
"""
CONSTRAINTS = (
    "sh:property [ sh:path :name ; sh:minCount 2 ]",
    "sh:property [ sh:path :name ; sh:maxCount 1 ]",
    'sh:property [ sh:path :name ; sh:uniqueLang true ; sh:languageIn ( "de" ) ]',
    'sh:property [ sh:path :name ; sh:pattern "^[A-M]*$" ; sh:flags "i" ]',
    'sh:property [ sh:path :name ; sh:not [ sh:pattern "o$" ] ]',
    "sh:property [ sh:path :name ; sh:maxLength 3 ; sh:minLength 4 ]",
    "sh:property [ sh:path :size ; sh:lessThan :limit ]",
    "sh:property [ sh:path :size ; sh:maxInclusive 2 ; sh:datatype xsd:integer ]",
    "sh:property [ sh:path :day ; sh:datatype xsd:date ]",
    "sh:property [ sh:path :to ; sh:class :Thing ]",
    "sh:property [ sh:path :to ; sh:nodeKind sh:BlankNodeOrIRI ]",
    "sh:property [ sh:path :to ; sh:node [ sh:property [ sh:path :name ; sh:minCount 1 ] ] ]",
    "sh:property [ sh:path :to ; sh:or ( [ sh:class :Other ] [ sh:class :Small ] ) ]",
    "sh:property [ sh:path ( :to :to ) ; sh:maxCount 0 ]",
    "sh:property [ sh:path [ sh:oneOrMorePath :to ] ; sh:maxCount 2 ]",
    "sh:property [ sh:path :to ; sh:qualifiedValueShape [ sh:class :Other ] ; "
    "sh:qualifiedMinCount 1 ]",
    "sh:property [ sh:path :to ; sh:hasValue :two ]",
    "sh:property [ sh:path :to ; sh:in ( :two :three ) ]",
    "sh:property [ sh:path :size ; sh:in ( 1 2 ) ]",
    "sh:closed true",
    "sh:class :Small",
    "sh:nodeKind sh:IRI",
    "sh:not [ sh:class :Small ]",
    "sh:not [ sh:path :name ; sh:minCount 1 ]",
    "sh:not [ sh:path :size ; sh:lessThan :limit ]",
    "sh:not [ sh:or ( [ sh:path :to ; sh:hasValue :two ] [ sh:path :name ; sh:maxCount 1 ] ) ]",
    "sh:and ( [ sh:class :Thing ] [ sh:path :size ; sh:maxCount 0 ] )",
    "sh:xone ( [ sh:path :to ; sh:minCount 1 ] [ sh:path :name ; sh:minCount 1 ] )",
    'sh:sparql [ sh:select "SELECT $this ?value { $this <urn:example:to> ?value }" ]',
)


def plain(data: Graph) -> list[ValidationFinding]:
    """Return the findings of pySHACL alone, as anybody would call it."""
    whole = CheckedGraph()
    whole += ontology_graph()
    whole += data
    findings: list[ValidationFinding] = []
    for stage in STAGES:
        findings += judge(whole, shapes_graph(stage.name))
        if stage.must_pass and any(finding.severity == "violation" for finding in findings):
            break
    return sorted(findings, key=lambda one: one.sort_key)


@cache
def example(path: Path) -> Graph:
    """Return one example as a graph."""
    return Graph().parse(path)


def side_by_side(paths: Iterable[Path]) -> Graph:
    """Return some examples as one graph, with things of its own for each."""
    whole = Graph()
    for number, path in enumerate(paths):
        for subject, predicate, value in example(path):
            whole.add((renamed(subject, number), predicate, renamed(value, number)))
    return whole


def renamed(term: Node, number: int) -> Node:
    """Return a thing of ours with a number at its end, and all else as it is."""
    ours = isinstance(term, URIRef) and term.startswith(str(ID))
    return URIRef(f"{term}-{number}") if ours else term


def in_store(*graphs: Graph) -> ox.Store:
    """Return a store that holds each graph under a name of its own."""
    store = ox.Store()
    for number, graph in enumerate(graphs):
        store.extend(quads_of(graph, ox.NamedNode(f"urn:graph:{number}")))
    return store


def ends_early(path: Path) -> bool:
    """Return whether an example breaks a rule of the first stage, which hides the others."""
    store = in_store(ontology_graph(), example(path))
    return bool(check_store(store, shapes_graph(STAGES[0].name)))


@pytest.mark.parametrize("begin", range(0, len(EXAMPLES), TOGETHER))
def test_examples_give_what_pyshacl_alone_gives(begin: int) -> None:
    """The shapes mean the same to the build and to everybody who takes them."""
    paths = EXAMPLES[begin : begin + TOGETHER]
    early = [path for path in paths if ends_early(path)]
    for group in (early, [path for path in paths if path not in early]):
        data = side_by_side(group)
        found = validate(data)
        assert found == plain(data)
        assert {finding.shape for finding in found} >= {
            path.name[:3] for path in group if ".bad-" in path.name
        }


def altered(graph: Graph, chance: random.Random) -> Graph:
    """Return an example with a value removed, exchanged, added or said of something else."""
    changed = Graph() + graph
    triples = sorted(graph, key=str)
    for _ in range(chance.randint(1, 3)):
        subject, predicate, value = chance.choice(triples)
        strange = chance.choice((*ODD, chance.choice(triples)[2]))
        change = chance.randrange(4)
        if change < 2:
            changed.remove((subject, predicate, value))
        if change > 0:
            changed.add((subject, predicate, strange))
        if change == 3:
            changed.add((subject, chance.choice(triples)[1], value))
    return changed


@pytest.mark.parametrize("number", range(ALTERED))
def test_altered_example_gives_what_pyshacl_alone_gives(number: int) -> None:
    """Data that nobody thought of are judged alike; a number always makes the same alterations."""
    chance = random.Random(number)
    data = altered(example(chance.choice(EXAMPLES)), chance)
    assert validate(data) == plain(data)


@pytest.mark.parametrize("constraint", CONSTRAINTS)
def test_constraint_gives_what_pyshacl_alone_gives(constraint: str) -> None:
    """Also a constraint that the screen does not understand, and one that no rule uses yet."""
    message = 'sh:message "S00 Wrong."'
    own = re.sub(r"sh:property \[", f"\\g<0> {message} ;", constraint, count=1)
    shape = f":shape a sh:NodeShape ; sh:targetClass :Thing ; {message} ; {own} ."
    shapes = Graph().parse(data=PREFIXES + shape, format="turtle")
    graph = CheckedGraph().parse(data=PREFIXES + DATA, format="turtle")
    expected = judge(graph, shapes)
    assert expected
    assert check_store(in_store(graph), shapes) == expected


class TwoAtOnce(Screen):
    """A screen whose demands each wait until another one is asked too."""

    waiting = Barrier(2, timeout=MOST_S)

    def property_failing(self, shape: Node, scope: str, sure: bool) -> set[Term]:
        """Return the things whose values fail, once two are asked."""
        self.waiting.wait()
        return super().property_failing(shape, scope, sure)


def test_what_one_shape_demands_is_asked_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Most things are of one class, so that its shape alone takes most of the time."""
    monkeypatch.setattr(os, "cpu_count", lambda: 2)
    demands = (f"sh:property [ sh:path :{name} ; sh:minCount 1 ]" for name in ("day", "limit"))
    shape = f":shape a sh:NodeShape ; sh:targetClass :Thing ; {' ; '.join(demands)} ."
    shapes = Graph().parse(data=PREFIXES + shape, format="turtle")
    store = in_store(Graph().parse(data=PREFIXES + DATA, format="turtle"))
    (suspects,) = TwoAtOnce(store, shapes).suspects().values()
    assert {ox.NamedNode("urn:example:one")} < suspects


def test_good_examples_are_not_suspected() -> None:
    """The screen is narrow: what keeps the rules need not be judged."""
    store = in_store(ontology_graph(), side_by_side(GOOD))
    for stage in not_empty(STAGES):
        assert Screen(store, shapes_graph(stage.name)).suspects() == {}


def targets() -> Iterator[tuple[Node, Node]]:
    """Yield every shape with each way of naming its targets."""
    for stage in STAGES:
        for shape, predicate, _ in shapes_graph(stage.name):
            if str(predicate).startswith(f"{SH}target"):
                yield shape, predicate


def test_targets_are_those_that_the_screen_knows() -> None:
    """A shape with another kind of target would never be looked at."""
    found = set(targets())
    assert set(not_empty(predicate for _, predicate in found)) <= TARGETS
    graphs = [shapes_graph(stage.name) for stage in STAGES]
    shapes = {shape for graph in graphs for shape in graph.subjects(RDF.type, SH.NodeShape)}
    assert {shape for shape, _ in found} == shapes


def test_class_without_a_name_has_instances_too() -> None:
    """Data of others may describe a class by a blank node."""
    graph = Graph().parse(
        data=f"<urn:a> a [ <http://www.w3.org/2000/01/rdf-schema#subClassOf> <{CI.Council}> ] .",
        format="turtle",
    )
    assert {finding.focus for finding in validate(graph)} == {"urn:a"}
    assert validate(graph) == plain(graph)


def test_graphs_of_a_store_are_seen_as_one() -> None:
    """What one graph refers to may stand in another, and what two say is one thing."""
    same = example(FOLDER / "S05.good.ttl")
    assert validate_store(in_store(ontology_graph(), same, same)) == []


def test_graph_that_is_no_rdf_is_refused() -> None:
    """An address with a space can be held by rdflib and by nothing else."""
    graph = Graph()
    graph.add((URIRef("urn:a b"), RDF.type, CI.Council))
    with pytest.raises(UnreadableGraph, match="cannot be checked"):
        validate(graph)
