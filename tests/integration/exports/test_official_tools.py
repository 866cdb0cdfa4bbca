"""The official tools of each description find nothing wrong.

They are large, and some bring versions of their own, so they live in an environment beside this
one: `make validators`. Where it is not there the tests are left out, with a message.
"""

import json
import re
import shutil
import subprocess
from pathlib import Path

import pyoxigraph as ox
import pytest
import rdflib

from queries.tables.cells import all_file_columns
from queries.tables.declaration import tables
from queries.tables.files import file_kinds
from tests.fixtures.guards import not_empty
from tests.fixtures.paths import ROOT
from tests.integration.exports.jena import jena_path
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
NO_CONTEXT = "Unable to retrieve the JSON-LD context"
"""What the validator of crates says where it would ask the web, which no test does."""
RDF_SUFFIXES = {
    ".nq": ox.RdfFormat.N_QUADS,
    ".trig": ox.RdfFormat.TRIG,
    ".ttl": ox.RdfFormat.TURTLE,
    ".nt": ox.RdfFormat.N_TRIPLES,
    ".rdf": ox.RdfFormat.RDF_XML,
    ".jsonld": ox.RdfFormat.JSON_LD,
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


def test_the_crate_is_one(exports: Path, tmp_path: Path) -> None:
    """By the validator of RO-Crates, in all that it requires."""
    tool = TOOLS / "rocrate-validator"
    if not tool.is_file():
        pytest.skip("rocrate-validator is not at hand: make validators")
    report, cache = tmp_path / "report.json", tmp_path / "cache.sqlite"
    if not (kept := TOOLS.parent / "crates.sqlite").is_file():
        pytest.skip("the context of RO-Crates is not at hand: make validators")
    shutil.copyfile(kept, cache)
    command = ["--no-interactive", "validate", "--offline"]
    command += ["--cache-path", str(cache.with_suffix(""))]
    command += ["--profile-identifier", "ro-crate-1.3"]
    command += ["--no-paging", "--output-format", "json", "--output-file", str(report)]
    done = subprocess.run([tool, *command, exports], capture_output=True, text=True, check=False)
    told = json.loads(report.read_text(encoding="utf-8"))
    if any(NO_CONTEXT in one["message"] for one in told["issues"]):
        pytest.skip("the context of RO-Crates could not be had: make validators")
    assert [one["message"] for one in told["issues"]] == [], done.stderr
    assert told["statistics"]["total_passed_checks"] > 50


@pytest.mark.parametrize("syntax", ["", "jsonld10"], ids=["by suffix", "JSON-LD"])
def test_jena_reads_every_file_of_linked_data(exports: Path, tmp_path: Path, syntax: str) -> None:
    """And counts as many statements as we do."""
    names = [name for name in file_kinds() if Path(name).suffix in RDF_SUFFIXES]
    read = sorted(name for name in names if name.endswith(".jsonld") == bool(syntax))
    options = [f"--syntax={syntax}"] if syntax else []
    done = subprocess.run(
        ["java", "-cp", jena_path(tmp_path), "riotcmd.riot", *options, "--count", *read],
        cwd=exports,
        capture_output=True,
        text=True,
        check=False,
    )
    counts = re.findall(r"(\S+) : (?:Triples|Quads) = ([\d,]+)", done.stdout + done.stderr)
    found = {Path(name).name: int(count.replace(",", "")) for name, count in counts}
    assert found == {name: count_of(exports / name) for name in not_empty(read)}, done.stderr


def count_of(path: Path) -> int:
    """Return how many statements a file has, each once."""
    return len(set(ox.parse(path=str(path), format=RDF_SUFFIXES[path.suffix])))


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
        direct |= {stated for column in table.columns for stated in column.paths.values()} - {""}
        direct.add(str(rdflib.RDF.type))
        found |= {(row["iri"], name) for row in rows for name in direct}
        for column in columns:
            if column.about:
                times = {row[column.about] for row in rows} - {""}
                found |= {(time, column.property) for time in times}
    return found
