"""Layers that are filled meanwhile: nobody sees a part of them, and a fault is not lost."""

from collections.abc import Iterator
from threading import Event
from typing import cast

import pyoxigraph as ox
import pytest
from rdflib import Graph, URIRef

from loaders.release.layers import ONTOLOGY, QUALITY, RESOLVED, Layers
from ontology.namespaces import GRAPH

SOURCES = [URIRef(f"urn:example:{name}") for name in ("one", "two")]
LINE = "<urn:example:a> <urn:example:b> <urn:example:c> .\n"
OTHER_LINE = "<urn:example:a> <urn:example:b> <urn:example:d> .\n"
MOST_S = 30


def test_what_is_filled_meanwhile_is_the_same_as_what_is_filled_at_once() -> None:
    """The bytes of a release do not tell how its layers were filled."""
    at_once, meanwhile = Layers(), Layers()
    for name in SOURCES:
        at_once.add_lines(name, [LINE])
    meanwhile.fill_meanwhile((name, [LINE]) for name in SOURCES)
    assert list(meanwhile.n_quads()) == list(at_once.n_quads())
    assert meanwhile.names() == SOURCES


def test_other_layers_are_added_while_some_are_filled_and_the_store_waits_for_all() -> None:
    """The filling ends only after the other layer has been added: neither waits for the other."""
    layers, added = Layers(), Event()

    def late() -> Iterator[tuple[URIRef, list[str]]]:
        assert added.wait(MOST_S)
        yield SOURCES[0], [LINE]

    layers.fill_meanwhile(late())
    layers.add_lines(RESOLVED, [LINE])
    assert len(layers.seen) == 1
    added.set()
    assert len(layers.store) == 2


def test_a_fault_of_what_is_filled_meanwhile_is_raised_whenever_the_store_is_asked() -> None:
    """A line that is none leaves no store that seems whole."""
    layers = Layers()
    layers.fill_meanwhile([(SOURCES[0], ["<no address> <urn:example:b> <urn:example:c> .\n"])])
    for _ in range(2):
        with pytest.raises(SyntaxError):
            layers.count(SOURCES[0])


def test_what_is_written_meanwhile_is_written_again_after_a_change() -> None:
    """A layer is never released as it was before something was added to it."""
    once, meanwhile = Layers(), Layers()
    meanwhile.fill_meanwhile((name, [LINE]) for name in SOURCES)
    meanwhile.write_meanwhile(SOURCES)
    (first, _) = meanwhile.n_quads()
    meanwhile.add_lines(SOURCES[1], [OTHER_LINE])
    once.add_lines(SOURCES[0], [LINE])
    once.add_lines(SOURCES[1], [OTHER_LINE, LINE])
    assert list(meanwhile.n_quads()) == list(once.n_quads())
    assert next(iter(meanwhile.n_quads())) is first


def test_whoever_asks_sees_what_was_added_before_in_both_stores() -> None:
    """What an analyst sees stands in the store of all layers and in the one of the rules."""
    layers = Layers()
    layers.add_lines(RESOLVED, [LINE])
    layers.add_lines(QUALITY, [OTHER_LINE])
    layers.add_graph(ONTOLOGY, Graph().parse(data="<urn:a> <urn:b> [ <urn:c> 1 ] .", format="ttl"))
    assert sorted(str(quad.triple) for quad in layers.seen) == sorted(
        str(quad.triple) for quad in layers.store if quad.graph_name != ox.NamedNode(QUALITY)
    )
    assert len(layers.store) == 4


def test_a_fault_of_what_is_added_is_raised_by_the_store_even_if_more_is_added() -> None:
    """A line that is none is not forgotten because the lines after it were well formed."""
    layers = Layers()
    layers.add_lines(QUALITY, ["<no address> <urn:example:b> <urn:example:c> .\n"])
    layers.add_lines(RESOLVED, [LINE])
    for _ in range(2):
        with pytest.raises(SyntaxError):
            layers.names()


def test_what_rules_passed_on_is_in_neither_store_after_they_have_ended() -> None:
    """But for what another layer says as well."""
    layers = Layers()
    working = GRAPH["resolved/working"]
    layers.add_lines(RESOLVED, [LINE])
    layers.add_lines(working, [LINE, OTHER_LINE])
    assert len(layers.seen) == 2
    layers.end_rules(working)
    assert [f"{quad.triple} .\n" for quad in layers.seen] == [LINE]
    assert [quad.graph_name for quad in layers.store] == [ox.NamedNode(RESOLVED)]


def test_what_two_layers_say_is_counted_once() -> None:
    """A document stands in the reference layer and in the resolved one."""
    layers = Layers()
    layers.add_lines(ONTOLOGY, [LINE])
    layers.add_lines(RESOLVED, [LINE, OTHER_LINE])
    (row,) = cast(ox.QuerySolutions, layers.query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"))
    assert cast(ox.Literal, row["n"]).value == "2"
