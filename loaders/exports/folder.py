"""The folder of an export, made whole or not at all."""

import hashlib
import json
import logging
import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import duckdb
import pyoxigraph as ox

from data.disk.replacement import sync, told
from data.publication import publication
from data.releases import (
    DATA_FILE,
    SUMS_FILE,
    check_file,
    read_manifest,
    read_sums,
    sums_text,
)
from loaders.exports.compression import pack
from loaders.exports.deltas import write_deltas
from loaders.exports.descriptions.citation import citation_file, datacite
from loaders.exports.descriptions.croissant import croissant
from loaders.exports.descriptions.csvw import csvw
from loaders.exports.descriptions.data_package import data_package
from loaders.exports.descriptions.dcat import dcat
from loaders.exports.descriptions.dictionary import dictionary
from loaders.exports.descriptions.recipes import recipe_book
from loaders.exports.descriptions.ro_crate import ro_crate
from loaders.exports.descriptions.void import void
from loaders.exports.facts import DescribedFile, Facts
from loaders.exports.layers import Layers, read_layers
from loaders.exports.rdf import DUMPS, write_dump
from loaders.exports.tables import (
    Content,
    declared_heads,
    heads_of_tables,
    write_csv,
    write_duckdb_and_parquet,
    write_sqlite,
)
from ontology.checksums import hash_and_lines
from ontology.errors import DamagedFile, NotWritten
from ontology.namespaces import PREFIXES
from queries.tables.files import EXPORTS_FOLDER, kinds_in

log = logging.getLogger(__name__)

_DRAFT = f".{EXPORTS_FOLDER}.new"

_AS_JSON: Mapping[str, Callable[[Facts], dict[str, Any]]] = {
    "csv-metadata.json": csvw,
    "datapackage.json": data_package,
    "croissant.json": croissant,
    "datacite.json": datacite,
}
_AS_TEXT: Mapping[str, Callable[[Facts], str]] = {
    "TABLES.md": dictionary,
    "RECIPES.md": recipe_book,
    "CITATION.cff": citation_file,
    "dcat.ttl": dcat,
}


@dataclass(frozen=True)
class Made:
    """What was made: the folder, its files and bytes, and the time that it took."""

    folder: Path
    files: int
    size_bytes: int
    took_s: float


def make_exports(release: Path, before: Path | None = None) -> Made:
    """Make the folder of what is taken away, inside a release; one that is there whole is left.

    In: the release that was current before, of which the changes are told.
    Raises: NotWritten.
    Guarantee: the folder has its name once every file in it is on the disk. The same release gives
    the same bytes, but for the DuckDB file, which has the same tables.
    """
    start = time.monotonic()
    target = release / EXPORTS_FOLDER
    if not is_whole(target):
        draft = release / _DRAFT
        shutil.rmtree(draft, ignore_errors=True)
        try:
            with told(target):
                draft.mkdir()
            write_exports(release, draft, target, before)
            with told(target):
                shutil.rmtree(target, ignore_errors=True)
                draft.rename(target)
                sync(release)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    files = [path for path in target.rglob("*") if path.is_file()]
    size = sum(path.stat().st_size for path in files)
    return Made(target, len(files), size, time.monotonic() - start)


def is_whole(folder: Path) -> bool:
    """Return whether a folder has every file as it was written, and the tables of today.

    A release keeps its name when only the tables that are made of it change. The log says what
    is missing.
    """
    if not folder.is_dir():
        return False
    try:
        for name, sha256 in read_sums(folder).items():
            check_file(folder / name, sha256)
    except DamagedFile as error:
        log.warning("%s", error)
        return False
    if heads_of_tables(folder) != declared_heads():
        log.warning("%s has other tables or columns than are made today", folder)
        return False
    return True


def write_exports(release: Path, folder: Path, named: Path, before: Path | None = None) -> None:
    """Write every file of an export into a folder.

    In: what a fault names, where the folder is a draft of it; the release before, if any.
    Raises: NotWritten.
    """
    manifest = read_manifest(release)
    try:
        with told(named):
            write_deltas(before, release, folder)
            with read_layers(release / DATA_FILE, folder / DUMPS["ntriples"].file) as layers:
                content = _write_data(layers, folder)
                _describe(manifest, layers, content, folder)
            _seal(folder)
            pack(folder)
            for path in folder.rglob("*"):
                sync(path)
    except (duckdb.Error, sqlite3.Error) as error:
        raise NotWritten(
            f"{named} was not written ({error}); what was there before stays"
        ) from None


def _write_data(layers: Layers, folder: Path) -> Content:
    for dump in DUMPS.values():
        write_dump(layers, dump, folder)
    content = write_csv(layers, folder)
    write_sqlite(content, folder)
    write_duckdb_and_parquet(content, folder)
    return content


def _describe(manifest: dict[str, Any], layers: Layers, content: Content, folder: Path) -> None:
    """Write the descriptions; that of the folder as a crate comes last and knows the others."""
    facts = Facts(
        publication(),
        manifest["id"],
        manifest["built_at"],
        manifest["software"],
        tuple(_described(folder)),
        layers,
        content,
        manifest["sources"],
    )
    for name, describe in _AS_JSON.items():
        _write_json(folder / name, describe(facts))
    for name, tell in _AS_TEXT.items():
        (folder / name).write_text(tell(facts), encoding="utf-8")
    ox.serialize(
        void(facts), output=str(folder / "void.ttl"), format=ox.RdfFormat.TURTLE, prefixes=PREFIXES
    )
    whole = replace(facts, files=tuple(_described(folder)))
    _write_json(folder / "ro-crate-metadata.json", ro_crate(whole))


def _described(folder: Path) -> Iterator[DescribedFile]:
    """Yield the files that are there, in the order in which they are shown."""
    for name, kind in kinds_in(folder).items():
        if (path := folder / name).is_file():
            yield DescribedFile(name, path.stat().st_size, hash_and_lines(path)[0], kind)


def _write_json(path: Path, content: dict[str, Any]) -> None:
    path.write_text(json.dumps(content, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _seal(folder: Path) -> None:
    sums = {
        name: hash_and_lines(folder / name)[0]
        for name in kinds_in(folder)
        if (folder / name).is_file()
    }
    (folder / SUMS_FILE).write_text(sums_text(sums), encoding="utf-8")


def tables_hash(database: Path) -> str:
    """Return the hash of the tables of a DuckDB file, whose bytes differ each time it is made."""
    found = hashlib.sha256()
    with duckdb.connect(str(database), read_only=True) as connection:
        names = connection.execute("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall()
        for (name,) in names:
            found.update(repr((name, connection.table(name).fetchall())).encode())
    return found.hexdigest()
