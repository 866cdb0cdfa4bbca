"""Layers that are filled meanwhile: nobody sees a part of them, and a fault is not lost."""

from collections.abc import Iterator
from threading import Event

import pyoxigraph as ox
import pytest
from rdflib import Graph, URIRef

from loaders.release.layers import ONTOLOGY, QUALITY, RESOLVED, Layers

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


def test_the_store_of_the_rules_is_not_asked_after_they_have_ended() -> None:
    """It would lack what is added afterwards, so nobody gets an answer from it."""
    layers = Layers()
    layers.add_lines(RESOLVED, [LINE])
    layers.end_rules(QUALITY)
    with pytest.raises(ValueError, match="the rules have ended"):
        _ = layers.seen
