"""The official tools of each description find nothing wrong.

They are large, and some bring versions of their own, so they live in an environment beside this
one: `make validators`. Where it is not there the tests are left out, with a message.
"""

import json
import subprocess
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from queries.tables.cells import all_file_columns
from queries.tables.declaration import tables
from tests.fixtures.guards import not_empty
from tests.fixtures.paths import ROOT
from tests.integration.exports.test_exports import rows_of

TOOLS = ROOT / "build" / "validators" / "bin"
CLIENTS = ROOT / "build" / "clients"
CSVW = "http://www.w3.org/ns/csvw#"
# What the context of CSVW says of the terms that are used; it is not at hand without a network.
CONTEXT = {
    "@vocab": CSVW,
    "csvw": CSVW,
    "dc": "http://purl.org/dc/terms/",
    "columns": {"@id": "csvw:column", "@container": "@list"},
    "datatype": {"@id": "csvw:datatype", "@type": "@vocab"},
    "titles": "csvw:title",
} | {
    name: f"http://www.w3.org/2001/XMLSchema#{name}"
    for name in ("string", "integer", "decimal", "date", "anyURI", "duration")
}
READER = """
import { createReadStream } from "node:fs"
import { stdin, stdout } from "node:process"
import { text } from "node:stream/consumers"
import { pipeline } from "node:stream/promises"
import { Parser, Store, StreamWriter } from "n3"
import CsvwParser from "rdf-parser-csvw"
const metadata = new Store(new Parser().parse(await text(stdin)))
const parser = new CsvwParser({ metadata, baseIRI: "http://example.org/table", timezone: "utc" })
const rows = parser.import(createReadStream(process.argv[process.argv.length - 1]))
await pipeline(rows, new StreamWriter({ format: "N-Triples" }), stdout)
"""


@pytest.mark.parametrize(
    "command",
    [
        ("frictionless", "validate", "datapackage.json"),
        ("csvwvalidate", "csv-metadata.json"),
        ("mlcroissant", "validate", "--jsonld", "croissant.json"),
    ],
    ids=lambda command: command[0],
)
def test_a_tool_finds_nothing_wrong(command: tuple[str, ...], exports: Path) -> None:
    """With every table, and no warning of a Croissant."""
    if not (TOOLS / command[0]).is_file():
        pytest.skip(f"{command[0]} is not at hand: make validators")
    done = subprocess.run(
        [TOOLS / command[0], *command[1:]],
        cwd=exports,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "warning" not in (done.stdout + done.stderr).lower()


def test_the_tables_read_back_give_every_statement(exports: Path, tmp_path: Path) -> None:
    """By a reader of CSVW that is not ours: none is missing of what they cover, and none more."""
    if not (CLIENTS / "node_modules" / "rdf-parser-csvw").is_dir():
        pytest.skip("rdf-parser-csvw is not at hand")
    data = ox.Store()
    data.bulk_load(path=str(exports / "council-interventions.nq"), format=ox.RdfFormat.N_QUADS)
    metadata = json.loads((exports / "csv-metadata.json").read_text(encoding="utf-8"))
    found = {
        triple
        for table in not_empty(metadata["tables"])
        for triple in read_back(table, exports / table["url"])
    }
    wanted = {
        quad.triple
        for thing, name in covered(exports)
        for quad in data.quads_for_pattern(ox.NamedNode(thing), ox.NamedNode(name), None, None)
    }
    assert len(wanted) > 1_000
    assert (wanted - found, found - wanted) == (set(), set())


def read_back(table: dict[str, object], path: Path) -> set[ox.Triple]:
    """Return the statements that a reader of CSVW makes of a table."""
    told = {
        "@context": CONTEXT,
        "@id": "urn:x-table",
        "dialect": {"lineTerminators": ["\r\n"]},
        "tableSchema": table["tableSchema"],
    }
    schema = ox.parse(json.dumps(told), ox.RdfFormat.JSON_LD)
    done = subprocess.run(
        ["node", "--input-type=module", "--eval", READER, path],
        input="".join(f"{quad.triple} .\n" for quad in schema),
        cwd=CLIENTS,
        capture_output=True,
        text=True,
        check=True,
    )
    return {
        quad.triple
        for quad in ox.parse(done.stdout, ox.RdfFormat.N_TRIPLES)
        if not quad.predicate.value.startswith(CSVW) and isinstance(quad.subject, ox.NamedNode)
    }


def covered(exports: Path) -> set[tuple[str, str]]:
    """Return what the tables cover: the things of their rows and times, with the properties."""
    found = set()
    for table in tables():
        rows = rows_of(exports, table.name)
        columns = all_file_columns(tables())[table.name]
        direct = {column.property for column in columns if column.property and not column.about}
        direct |= {column.property for column in table.columns if column.property}
        direct.add(str(rdflib.RDF.type))
        found |= {(row["iri"], name) for row in rows for name in direct}
        for column in columns:
            if column.about:
                times = {row[column.about] for row in rows} - {""}
                found |= {(time, column.property) for time in times}
    return found
