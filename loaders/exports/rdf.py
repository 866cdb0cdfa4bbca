"""The dumps in the formats of RDF."""

import os
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from loaders.exports.layers import Layers
from ontology.namespaces import PREFIXES

NAME = "council-interventions"
"""How the files of an export begin that hold everything."""


@dataclass(frozen=True)
class Dump:
    """A dump: its file, its format, and whether it has all layers in their graphs."""

    file: str
    format: ox.RdfFormat
    has_layers: bool


DUMPS: Mapping[str, Dump] = {
    "nquads": Dump(f"{NAME}.nq", ox.RdfFormat.N_QUADS, True),
    "trig": Dump(f"{NAME}.trig", ox.RdfFormat.TRIG, True),
    "turtle": Dump(f"{NAME}.ttl", ox.RdfFormat.TURTLE, False),
    "ntriples": Dump(f"{NAME}.nt", ox.RdfFormat.N_TRIPLES, False),
    "rdfxml": Dump(f"{NAME}.rdf", ox.RdfFormat.RDF_XML, False),
    "jsonld": Dump(f"{NAME}.jsonld", ox.RdfFormat.JSON_LD, False),
}
"""The dumps by name. Those without layers hold what a query sees: the chosen values."""


def write_dump(layers: Layers, dump: Dump, folder: Path) -> None:
    """Write a dump, unless it is the file of the chosen values, which is there already.

    Guarantee: the same release gives the same bytes.
    """
    path = folder / dump.file
    if dump.format == ox.RdfFormat.N_QUADS:
        link_or_copy(layers.file, path)
        return
    if path == layers.chosen_file:
        return
    content = layers.quads() if dump.has_layers else layers.chosen()
    ox.serialize(content, output=str(path), format=dump.format, prefixes=PREFIXES)


def link_or_copy(source: Path, path: Path) -> None:
    """Let a file that never changes have a second name, or where that cannot be, a copy."""
    try:
        os.link(source, path)
    except OSError:
        shutil.copyfile(source, path)
