"""What is taken away: every form of the tables and of the linked data says the same."""

import csv
import hashlib
import importlib
import json
import shutil
import sqlite3
import subprocess
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

import duckdb
import pyoxigraph as ox
import pytest
import rdflib
import yaml

from data.publication import DATASET, publication
from data.releases import DATA_FILE, SUMS_FILE
from loaders.exports.copy import copy_exports
from loaders.exports.folder import make_exports, tables_hash
from loaders.exports.layers import is_chosen
from loaders.exports.rdf import DUMPS, NAME
from loaders.exports.tables import FOLDER
from ontology.errors import WrongUse
from queries.tables.cells import DECIMAL, all_file_columns, key_of
from queries.tables.declaration import FURTHER, tables
from queries.tables.files import DELTAS_FOLDER, EXPORTS_FOLDER, file_kinds
from tests.fixtures.guards import not_empty

TABLES = [*(table.name for table in tables()), FURTHER]
COLUMNS = all_file_columns(tables())


def rows_of(exports: Path, name: str) -> list[dict[str, str]]:
    """Return the rows of a table as its CSV has them."""
    with (exports / FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def quads(path: Path, form: ox.RdfFormat) -> set[ox.Quad]:
    """Return the statements of a file."""
    return set(ox.parse(path=str(path), format=form))


def test_the_folder_has_every_file_and_no_other(exports: Path) -> None:
    """What is served and what is described are the same list."""
    found = {
        path.relative_to(exports).as_posix()
        for path in exports.rglob("*")
        if path.is_file() and ".packed" not in path.parts
    }
    assert found == set(file_kinds())


def test_the_hashes_are_those_that_the_tool_reads(exports: Path) -> None:
    """And it finds a change."""
    check = ["sha256sum", "--check", "--strict", SUMS_FILE]
    done = subprocess.run(check, cwd=exports, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
    assert done.stdout.count(": OK") == len(file_kinds()) - 1


@pytest.mark.parametrize("name", TABLES)
def test_every_table_has_the_declared_columns(exports: Path, name: str) -> None:
    """With a head, CRLF, and no byte order mark."""
    content = (exports / FOLDER / f"{name}.csv").read_bytes()
    head = ",".join(column.name for column in COLUMNS[name])
    assert content.startswith(f"{head}\r\n".encode()) and content.endswith(b"\r\n")
    assert content.count(b"\n") == content.count(b"\r\n")


@pytest.mark.parametrize("name", TABLES)
def test_the_forms_of_a_table_are_one(exports: Path, name: str) -> None:
    """CSV, Parquet, DuckDB and SQLite have the same rows in the same order."""
    columns = COLUMNS[name]
    plain = [tuple(row.values()) for row in rows_of(exports, name)]
    select = ", ".join(f"coalesce(CAST(\"{column.name}\" AS VARCHAR), '')" for column in columns)
    parquet = exports / FOLDER / f"{name}.parquet"
    with duckdb.connect(str(exports / f"{NAME}.duckdb"), read_only=True) as database:
        of_duckdb = database.execute(f'SELECT {select} FROM "{name}"').fetchall()
        of_parquet = database.execute(f"SELECT {select} FROM '{parquet}'").fetchall()
    with closing(sqlite3.connect(exports / f"{NAME}.sqlite")) as database:
        of_sqlite = database.execute(f'SELECT * FROM "{name}" ORDER BY rowid').fetchall()
    numbers = {place for place, column in enumerate(columns) if column.type == DECIMAL}
    assert digest(of_duckdb, numbers) == digest(plain, numbers)
    assert digest(of_parquet, numbers) == digest(plain, numbers)
    assert digest(of_sqlite, numbers) == digest(plain, numbers)


def digest(rows: Sequence[tuple[object, ...]], numbers: set[int]) -> tuple[int, str]:
    """Return how many rows there are, and their hash; a decimal number by its value."""
    found = hashlib.sha256()
    for row in rows:
        cells = [
            str(float(str(cell))) if place in numbers and cell not in (None, "") else cell
            for place, cell in enumerate(row)
        ]
        found.update(json.dumps(["" if cell is None else str(cell) for cell in cells]).encode())
    return len(rows), found.hexdigest()


@pytest.mark.parametrize("name", [table.name for table in tables()])
def test_a_key_tells_the_rows_apart_and_is_found(exports: Path, name: str) -> None:
    """Whatever a cell names in another table stands there."""
    rows = rows_of(exports, name)
    keys = [row[key_of(name)] for row in rows]
    assert len(set(keys)) == len(keys) and "" not in keys
    for column in not_empty(COLUMNS[name]):
        if column.refers:
            known = {row["id"] for row in rows_of(exports, column.refers)}
            strangers = [row for row in rows if row[column.name] not in {"", *known}]
            assert strangers == [], column.name


def test_trig_is_n_quads_is_the_release(copied: Path, exports: Path) -> None:
    """And the forms without graphs hold what a query sees, once."""
    whole = quads(copied / DATA_FILE, ox.RdfFormat.N_QUADS)
    for name in ("nquads", "trig"):
        assert quads(exports / DUMPS[name].file, DUMPS[name].format) == whole, name
    chosen = {quad.triple for quad in not_empty(sorted(whole, key=str)) if is_chosen(quad)}
    for name in ("turtle", "ntriples", "rdfxml", "jsonld"):
        found = quads(exports / DUMPS[name].file, DUMPS[name].format)
        assert {quad.triple for quad in found} == chosen, name
    assert 0 < len(chosen) < len(whole)


@pytest.mark.parametrize("name", ["council-interventions.ttl", "dcat.ttl", "void.ttl"])
def test_rdflib_reads_what_the_engine_writes(exports: Path, name: str) -> None:
    """A second reader finds as many statements."""
    ours = {quad.triple for quad in ox.parse(path=str(exports / name))}
    assert len(rdflib.Graph().parse(exports / name)) == len(ours) > 0


def test_two_exports_of_a_release_are_the_same(copied: Path, exports: Path, tmp_path: Path) -> None:
    """Byte for byte; of DuckDB the same tables."""
    other = tmp_path / "again"
    shutil.copytree(copied, other / copied.name, ignore=shutil.ignore_patterns(EXPORTS_FOLDER))
    again = make_exports(other / copied.name).folder
    unlike = {
        name
        for name in file_kinds()
        if (again / name).read_bytes() != (exports / name).read_bytes()
    }
    # The hash of the DuckDB file stands in these.
    told = {"dcat.ttl", "ro-crate-metadata.json", SUMS_FILE}
    assert unlike - {f"{NAME}.duckdb", *told} == set()
    assert tables_hash(again / f"{NAME}.duckdb") == tables_hash(exports / f"{NAME}.duckdb")


def test_the_licence_stands_in_every_description(exports: Path) -> None:
    """Of the data as a whole; that of each source stands in the table of documents."""
    licence = publication().licence
    described = ["csv-metadata.json", "datapackage.json", "croissant.json", "datacite.json"]
    for name in [*described, "ro-crate-metadata.json", "dcat.ttl", "void.ttl"]:
        assert licence in (exports / name).read_text(encoding="utf-8"), name
    cited = yaml.safe_load((exports / "CITATION.cff").read_text(encoding="utf-8"))
    assert cited["license"] == publication().licence_code
    assert [row for row in rows_of(exports, "documents") if row["licence"]]


def test_the_files_in_dcat_have_their_sizes_and_hashes(exports: Path) -> None:
    """A harvester that follows the description gets what it was told."""
    dcat = rdflib.Namespace("http://www.w3.org/ns/dcat#")
    spdx = rdflib.Namespace("http://spdx.org/rdf/terms#")
    graph = rdflib.Graph().parse(exports / "dcat.ttl")
    told = {}
    for node in graph.subjects(rdflib.RDF.type, dcat.Distribution):
        name = str(graph.value(node, rdflib.DCTERMS.title))
        checksum = graph.value(node, spdx.checksum)
        value = str(graph.value(checksum, spdx.checksumValue))
        told[name] = int(str(graph.value(node, dcat.byteSize))), value
    assert told == {
        name: (len(content), hashlib.sha256(content).hexdigest())
        for name in file_kinds()
        if name.startswith((NAME, FOLDER, DELTAS_FOLDER))
        for content in [(exports / name).read_bytes()]
    }
    assert (None, dcat.inSeries, rdflib.URIRef(DATASET)) in graph


def test_pandas_reads_days_as_days(exports: Path) -> None:
    """The table of an analyst: types come with the file."""
    pd = importlib.import_module("pandas")
    frame = pd.read_csv(exports / FOLDER / "acts.csv", parse_dates=["signed_on"])
    assert frame["signed_on"].dtype.kind == "M" and len(frame) > 0
    statements = pd.read_csv(exports / FOLDER / "statements.csv", low_memory=False)
    assert statements["is_used"].isin([0, 1]).all() and statements["is_used"].sum() > 0


def test_the_dictionary_names_every_column(exports: Path) -> None:
    """In words, and the same stand in the databases."""
    text = (exports / "TABLES.md").read_text(encoding="utf-8")
    told = {(name, column.name): column.meaning for name in TABLES for column in COLUMNS[name]}
    assert all(f"| `{name}` |" in text for _, name in told) and all(told.values())
    with closing(sqlite3.connect(exports / f"{NAME}.sqlite")) as database:
        rows = database.execute('SELECT "table", "column", meaning FROM columns').fetchall()
    assert {(table, column): meaning for table, column, meaning in rows} == told


def test_some_formats_are_copied_alone(copied: Path, exports: Path, tmp_path: Path) -> None:
    """And what is no format is refused, with those there are."""
    paths = copy_exports(copied, tmp_path, ["turtle", "sqlite"])
    assert [path.name for path in paths] == [f"{NAME}.ttl", f"{NAME}.sqlite"]
    assert paths[0].read_bytes() == (exports / f"{NAME}.ttl").read_bytes()
    with pytest.raises(WrongUse, match="unknown format 'xlsx'; there are all, nquads"):
        copy_exports(copied, tmp_path, ["xlsx"])


def test_what_is_packed_is_the_file(exports: Path) -> None:
    """By a program that is not ours; the tables stand beside their own."""
    found = sorted(exports.rglob("*.gz"))
    for packed in not_empty(found):
        plain = subprocess.run(
            ["gzip", "--decompress", "--stdout", packed], capture_output=True, check=True
        )
        file = packed.parent.parent / packed.stem
        assert plain.stdout == file.read_bytes(), file
        assert packed.with_suffix(".zst").is_file()
    assert {packed.parent.parent for packed in found} == {exports, exports / FOLDER}
