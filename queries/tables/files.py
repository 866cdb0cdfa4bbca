"""The files of an export: what each is for, and its media type."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from queries.tables.declaration import FURTHER, tables

EXPORTS_FOLDER = "exports"
"""Folder of a release that holds what is taken away."""
PACKED_FOLDER = ".packed"
"""Folder beside files with the same files packed, for the service."""


@dataclass(frozen=True)
class FileKind:
    """What a file is: its media type, and what it holds in a sentence."""

    media_type: str
    description: str


DELTAS_FOLDER = "deltas"
"""Folder of what changed from each release to the next."""
_DELTAS = {
    "added.nq.gz": ("application/gzip", "The quads that the second of two releases has more."),
    "removed.nq.gz": ("application/gzip", "The quads that the second of two releases has no more."),
    "statements.csv": (
        "text/csv",
        "The statements of sources that were added (ADD), modified (MOD) and deleted (DEL).",
    ),
}
# takes (fullmatch): "deltas/0123456789ab-ba9876543210.added.nq.gz"
# leaves (fullmatch): "deltas/index.csv", "deltas/../manifest.json"
_DELTA = re.compile(
    rf"{DELTAS_FOLDER}/[0-9a-f]{{12}}-[0-9a-f]{{12}}\.({'|'.join(map(re.escape, _DELTAS))})"
)
_MEDIA_TYPES = {"csv": "text/csv", "parquet": "application/vnd.apache.parquet"}
_FORMATS = {"csv": "CSV", "parquet": "Parquet"}
_NAMED: Mapping[str, tuple[str, str]] = {
    "council-interventions.nq": (
        "application/n-quads",
        "All layers as N-Quads: claims of every source in its graph, chosen values, ontology.",
    ),
    "council-interventions.trig": ("application/trig", "The same as TriG."),
    "council-interventions.ttl": (
        "text/turtle",
        "The chosen values, the reference data and the ontology as Turtle: what a query sees.",
    ),
    "council-interventions.nt": ("application/n-triples", "The same as N-Triples."),
    "council-interventions.rdf": ("application/rdf+xml", "The same as RDF/XML."),
    "council-interventions.jsonld": ("application/ld+json", "The same as JSON-LD."),
    "council-interventions.duckdb": ("application/vnd.duckdb", "All tables in one DuckDB file."),
    "council-interventions.sqlite": (
        "application/vnd.sqlite3",
        "All tables in one SQLite file, which opens in Datasette; what the columns mean stands in "
        "its table columns.",
    ),
    f"{DELTAS_FOLDER}/index.csv": (
        "text/csv",
        "The releases that led to this one, in order, with the hashes of their data: replaying "
        "the files of each row gives the data of its second release.",
    ),
    "TABLES.md": ("text/markdown", "What a row of each table is, and what its columns mean."),
    "RECIPES.md": (
        "text/markdown",
        "How R, pandas, Excel and others read it, in ten lines.",
    ),
    "csv-metadata.json": (
        "application/csvm+json",
        "The tables in CSVW: types, keys, and the statements of linked data that they make.",
    ),
    "datapackage.json": (
        "application/vnd.datapackage+json",
        "The tables as a Data Package.",
    ),
    "croissant.json": ("application/ld+json", "The tables in Croissant, for machine learning."),
    "ro-crate-metadata.json": ("application/ld+json", "The folder as an RO-Crate."),
    "dcat.ttl": (
        "text/turtle",
        "The release in DCAT: files, licences, coverage; how it was made (PROV); how good it is "
        "(DQV).",
    ),
    "void.ttl": ("text/turtle", "Classes and properties with their numbers, in VoID."),
    "datacite.json": (
        "application/vnd.datacite.datacite+json",
        "The release in the schema of DataCite.",
    ),
    "CITATION.cff": ("application/yaml", "How to cite the release."),
    "SHA256SUMS": ("text/plain", "The hash of every other file, for sha256sum --check."),
}


@cache
def file_kinds() -> Mapping[str, FileKind]:
    """Return the files of an export, by their names, in the order in which they are shown."""
    found = {name: FileKind(*told) for name, told in _NAMED.items()}
    rows = {table.name: f"{table.title}: a row is {table.row}" for table in tables()}
    rows[FURTHER] = "Values of which a cell has several, one a row, with their properties"
    for name, told in rows.items():
        for suffix, media_type in _MEDIA_TYPES.items():
            kind = FileKind(media_type, f"{told}. {_FORMATS[suffix]}.")
            found[f"tables/{name}.{suffix}"] = kind
    return found


def kind_of(name: str) -> FileKind | None:
    """Return what a file of an export is, by its name, or nothing if no export has such a file.

    >>> kind_of("deltas/0123456789ab-ba9876543210.statements.csv").media_type
    'text/csv'
    """
    if found := _DELTA.fullmatch(name):
        return FileKind(*_DELTAS[found[1]])
    return file_kinds().get(name)


def kinds_in(folder: Path) -> dict[str, FileKind]:
    """Return the files that are in the folder of an export, in their order."""
    deltas = sorted(f"{DELTAS_FOLDER}/{path.name}" for path in (folder / DELTAS_FOLDER).glob("*"))
    names = dict.fromkeys([*file_kinds(), *deltas])
    told = {name: kind_of(name) for name in names if (folder / name).is_file()}
    return {name: kind for name, kind in told.items() if kind is not None}
