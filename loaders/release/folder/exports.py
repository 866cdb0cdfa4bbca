"""Write the dumps of a release."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox

from data.disk.lock import only_writer
from data.disk.replacement import whole_file
from data.releases import DATA_FILE
from ontology.errors import WrongUse
from ontology.namespaces import PREFIXES
from queries.engine.interface import DEFAULT_LAYERS


@dataclass(frozen=True)
class Export:
    """A dump: its file, its format, and whether it keeps the named graphs."""

    file: str
    format: ox.RdfFormat
    keeps_graphs: bool


EXPORTS: dict[str, Export] = {
    "nquads": Export("council-interventions.nq", ox.RdfFormat.N_QUADS, True),
    "trig": Export("council-interventions.trig", ox.RdfFormat.TRIG, True),
    "turtle": Export("council-interventions.ttl", ox.RdfFormat.TURTLE, False),
    "jsonld": Export("council-interventions.jsonld", ox.RdfFormat.JSON_LD, True),
}
"""The dumps by name. Turtle has no named graphs: it holds what a query sees, without the claims."""


def export(release: Path, folder: Path, formats: Sequence[str]) -> list[Path]:
    """Write the wanted dumps of a release and return their paths.

    Raises: WrongUse for a format that is not offered; NotWritten.
    Guarantee: the same release gives the same bytes; a dump has its name once it is whole.
    """
    unknown = [name for name in formats if name not in EXPORTS]
    if unknown:
        raise WrongUse(f"unknown format {unknown[0]!r}; there are {', '.join(EXPORTS)}")
    with only_writer(folder):
        quads = list(ox.parse(path=str(release / DATA_FILE), format=ox.RdfFormat.N_QUADS))
        return [_write(quads, folder, EXPORTS[name]) for name in formats]


def _write(quads: list[ox.Quad], folder: Path, wanted: Export) -> Path:
    path = folder / wanted.file
    content: list[ox.Quad] | list[ox.Triple] = quads
    if not wanted.keeps_graphs:
        triples = {quad.triple for quad in quads if _is_default(quad)}
        content = sorted(triples, key=str)
    with whole_file(path) as draft:
        ox.serialize(content, output=str(draft), format=wanted.format, prefixes=PREFIXES)
    return path


def _is_default(quad: ox.Quad) -> bool:
    """Return whether a quad is of the ontology, the reference or the resolved layer."""
    name = quad.graph_name
    return isinstance(name, ox.NamedNode) and name.value.startswith(DEFAULT_LAYERS)
