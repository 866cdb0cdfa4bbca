"""The classes and properties of a release with their numbers, in VoID."""

import pyoxigraph as ox

from data.publication import dataset_triples
from loaders.exports.facts import Facts
from loaders.exports.layers import Layers
from loaders.exports.rdf import NAME
from queries.catalogue import internal_query
from queries.engine.interface import Row
from queries.tables.dataset_description import PARTITIONS, dataset_description, void_term


def void(facts: Facts) -> list[ox.Triple]:
    """Return the description of the chosen values in VoID, with the files that hold them."""
    counted = [_rows(facts.layers, name) for name in PARTITIONS]
    address = f"{facts.address}#chosen"
    dumps = [
        ox.Triple(
            ox.NamedNode(address),
            void_term("dataDump"),
            ox.NamedNode(facts.address_of(file.name)),
        )
        for file in facts.files
        if file.name in (f"{NAME}.ttl", f"{NAME}.nt", f"{NAME}.rdf", f"{NAME}.jsonld")
    ]
    told = dataset_triples(address)
    return [*told, *dataset_description(address, facts.release, *counted), *dumps]


def _rows(layers: Layers, name: str) -> list[Row]:
    solutions = layers.store.query(internal_query("lists", name).text)
    assert isinstance(solutions, ox.QuerySolutions)
    names = [variable.value for variable in solutions.variables]
    return [
        {
            name: {"type": "uri", "value": term.value}
            for name, term in zip(names, solution, strict=True)
            if term is not None
        }
        for solution in solutions
    ]
