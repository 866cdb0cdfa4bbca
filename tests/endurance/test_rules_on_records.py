"""The rules find the same in our own records whether pySHACL judges all or what is suspected."""

from collections.abc import Callable

import pyoxigraph as ox

from data.records.files import read_records
from loaders.release.build import build
from ontology import ontology_graph
from shapes import STAGES, check_store, shapes_graph
from shapes.judge import CheckedGraph, judge
from tests.fixtures.guards import not_empty


def test_records_give_what_pyshacl_alone_gives(share: Callable[[int], int]) -> None:
    """The findings are the same, all graphs seen as one: by every stage of the rules in full."""
    store = build(read_records()).layers.store
    triples = ox.serialize({quad.triple for quad in store}, format=ox.RdfFormat.N_TRIPLES)
    whole = CheckedGraph().parse(data=triples, format="nt")
    whole += ontology_graph()
    for stage in not_empty(STAGES[: share(len(STAGES))]):
        shapes = shapes_graph(stage.name)
        assert check_store(store, shapes) == judge(whole, shapes), stage.name
