"""The published tables about councils are read strictly, and make the project's own tables."""

from __future__ import annotations

import csv
import hashlib
import io
from collections import Counter
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from data.councils.register import read_register
from data.councils.rows import AreaCodeRow, NameRow
from data.decisions.corrections import read_corrections
from data.sources import TableSource, convert_published, read_source
from data.tables.metadata import read_metadata
from data.tables.table import text_of
from loaders.tables.all_tables import table_sources
from loaders.tables.councils import (
    DIGITAL_LAND,
    OTHERS,
    PROVIDERS,
    REGISTER,
    RegisterCodes,
    area_codes_source,
    codes_of,
    council_register,
    distinct_names,
    names_source,
)
from ontology.errors import UnreadableTable
from tests.fixtures.guards import not_empty, replaced

# A sample has a file name of its own, so that no correction of the real file applies to it.
SAMPLE = "sample.csv"
NOTHING: Mapping[str, str] = {}
READ_HERE = {REGISTER.name, DIGITAL_LAND.name, PROVIDERS.name}
CODES = RegisterCodes({"NFK": frozenset({"norfolk county council", "norfolk"})}, frozenset({"ABC"}))
NAMES, AREA_CODES = names_source(CODES), area_codes_source(CODES)

CELLS: dict[str, dict[str, str]] = {
    "register.csv": {
        "local-authority-code": "NTH",
        "official-name": "Northamptonshire County Council",
        "nice-name": "Northamptonshire",
        "gss-code": "E10000021",
        "start-date": "1974-04-01",
        "end-date": "2021-04-01",
        "replaced-by": "NNT,WNT",
        "nation": "England",
        "region": "East Midlands",
        "local-authority-type": "CTY",
        "local-authority-type-name": "County",
        "county-la": "",
        "combined-authority": "",
        "current-authority": "False",
        "powers": "upper tier",
    },
    "names.csv": {"la-name": "norfolk county", "local-authority-code": "NFK"},
    "area_codes.csv": {"gss-code": "E10000020", "local-authority-code": "NFK"},
    "bodies.csv": {
        "reference": "NTH",
        "name": "Northamptonshire County Council",
        "region": "E12000004",
        "local-authority-type": "CTY",
        "statistical-geography": "E10000021",
        "start-date": "1974-04-01",
        "end-date": "2021-03-31",
        "wikidata": "Q7058891",
        "opendatacommunities-uri": "http://opendatacommunities.org/id/county-council/made-up",
        "prefix": "local-authority",
    },
    "providers.csv": {
        "urn": "80418",
        "la_code": "926",
        "la_code_new": "E10000020",
        "local_authority_ons_name": "Norfolk",
        "country": "England",
    },
}


def from_sample(source: TableSource[Any]) -> TableSource[Any]:
    """Return a source whose file has another name, for which no corrections are known."""
    mapping = source.mapping.model_copy(update={"file": SAMPLE})
    return replace(source, other_mapping=mapping)


SOURCES: dict[str, TableSource[Any]] = {
    source.table: from_sample(source)
    for source in (REGISTER, NAMES, AREA_CODES, DIGITAL_LAND, PROVIDERS)
}
BAD = [
    ("register.csv", "local-authority-code", "nth"),
    ("register.csv", "official-name", ""),
    ("register.csv", "nice-name", " "),
    ("register.csv", "gss-code", "W06000001"),
    ("register.csv", "start-date", "2005-06-20"),
    ("register.csv", "start-date", "1974"),
    ("register.csv", "end-date", "2021-02-29"),
    ("register.csv", "replaced-by", "NNT and WNT"),
    ("register.csv", "nation", "Cornwall"),
    ("register.csv", "region", ""),
    ("register.csv", "region", "Midlands"),
    ("register.csv", "local-authority-type", "XX"),
    ("register.csv", "local-authority-type-name", "Unitary authority"),
    ("register.csv", "county-la", "Northants"),
    ("register.csv", "combined-authority", "West Midlands"),
    ("register.csv", "current-authority", "True"),
    ("register.csv", "current-authority", "maybe"),
    ("register.csv", "powers", "unitary"),
    ("register.csv", "powers", "all"),
    ("names.csv", "local-authority-code", "XXX"),
    ("area_codes.csv", "gss-code", ""),
    ("area_codes.csv", "local-authority-code", "XXX"),
    ("bodies.csv", "reference", "Northants"),
    ("bodies.csv", "name", ""),
    ("bodies.csv", "region", "East Midlands"),
    ("bodies.csv", "local-authority-type", "county"),
    ("bodies.csv", "statistical-geography", "K04000001"),
    ("bodies.csv", "start-date", "1905-06-20"),
    ("bodies.csv", "end-date", "31/03/2021"),
    ("bodies.csv", "wikidata", "7058891"),
    ("bodies.csv", "opendatacommunities-uri", "http://example.org/norfolk"),
    ("bodies.csv", "prefix", "company"),
    ("providers.csv", "urn", "80,418"),
    ("providers.csv", "la_code", "92"),
    ("providers.csv", "la_code_new", "926"),
    ("providers.csv", "local_authority_ons_name", ""),
    ("providers.csv", "country", "Wales"),
]


def sample(table: str, changed: Mapping[str, str] = NOTHING) -> str:
    """Return a published file of one row, with other values in some of its cells."""
    source = SOURCES[table]
    columns = sorted(source.mapping.all_columns)
    buffer = io.StringIO()
    writer = csv.DictWriter(buffer, columns, restval="", lineterminator="\n")
    writer.writeheader()
    writer.writerow({**CELLS[table], **changed})
    return buffer.getvalue()


@pytest.mark.parametrize("table", SOURCES)
def test_one_published_row_makes_one_row_of_ours(table: str) -> None:
    """A good row is read."""
    assert len(convert_published(SOURCES[table], sample(table))) == 1


@pytest.mark.parametrize(("table", "column", "value"), BAD)
def test_bad_value_is_refused_by_file_line_column_and_value(
    table: str, column: str, value: str
) -> None:
    """Every column that is read has one; the message also says what is expected."""
    with pytest.raises(UnreadableTable) as caught:
        convert_published(SOURCES[table], sample(table, {column: value}))
    expected = [SAMPLE, "line 2", f"column {column}", repr(value), "expected"]
    assert [part for part in expected if part not in str(caught.value)] == []


def test_every_column_that_is_read_has_a_bad_value() -> None:
    """The name of a body in the look-up may be anything: an empty one is a name left out."""
    tried = {(table, column) for table, column, _ in BAD}
    used = {
        (table, column) for table, source in SOURCES.items() for column in source.mapping.columns
    }
    assert used - tried == {("names.csv", "la-name")}


@pytest.mark.parametrize("source", [REGISTER, OTHERS, DIGITAL_LAND, PROVIDERS, NAMES, AREA_CODES])
def test_ignored_column_has_its_reason(source: TableSource[Any]) -> None:
    """Nothing is overlooked, and nothing is both read and ignored."""
    assert all(source.mapping.ignored.values())
    assert source.mapping.columns.keys().isdisjoint(source.mapping.ignored)


@pytest.mark.parametrize("table", SOURCES)
def test_changed_header_is_refused(table: str) -> None:
    """A new, a lost and a renamed column are told by name."""
    text, column = sample(table), min(SOURCES[table].mapping.columns)
    for changed in (
        replaced(text, column, "renamed", 1),
        replaced(text, column, f"{column},new", 1),
    ):
        with pytest.raises(UnreadableTable, match=r"sample\.csv, line 1: the columns have changed"):
            convert_published(SOURCES[table], changed)


@pytest.mark.parametrize("table", SOURCES)
def test_wrong_delimiter_truncated_row_and_doubled_row_are_refused(table: str) -> None:
    """The three most common accidents of a download."""
    text = sample(table)
    header, row = text.splitlines()
    faults = {
        text.replace(",", ";"): "a single column",
        f"{header}\n{row.rpartition(',')[0]}": "cells; expected",
        f"{header}\n{row}\n{row}\n": "stands twice",
    }
    for changed, expected in faults.items():
        with pytest.raises(UnreadableTable, match=expected):
            convert_published(SOURCES[table], changed)


def test_body_of_another_nation_is_left_out_and_kept_as_a_code() -> None:
    """The look-ups may speak of it; nobody else may."""
    text = sample("register.csv", {"nation": "Wales", "local-authority-code": "CRF"})
    assert convert_published(SOURCES["register.csv"], text) == ()
    (other,) = convert_published(from_sample(OTHERS), text)
    assert (other.code, other.nation) == ("CRF", "Wales")
    abroad = sample("names.csv", {"local-authority-code": "ABC"})
    assert convert_published(SOURCES["names.csv"], abroad) == ()


def test_names_that_differ_only_in_case_are_one() -> None:
    """The register has its own spelling; of two others the one with capitals is kept."""
    first = NameRow(code="NFK", name="Norfolk CC", kind="name")
    second = NameRow(code="NFK", name="norfolk cc", kind="spelling")
    assert distinct_names([first, second]) == [first]
    known = sample("names.csv", {"la-name": "NORFOLK"})
    assert convert_published(SOURCES["names.csv"], known) == ()


def test_last_day_becomes_the_first_day_after() -> None:
    """Digital Land gives the last day of a body."""
    (row,) = convert_published(SOURCES["bodies.csv"], sample("bodies.csv"))
    assert row.ended_on.isoformat() == "2021-04-01"


def test_published_files_make_the_own_tables(published: Path) -> None:
    """Row by row, with the corrections, and for the register as a whole."""
    sources = [one for one in table_sources(published) if one.name in READ_HERE]
    assert len(sources) == 6
    for source in sources:
        assert read_source(source, published).rows == read_source(source).rows, source.table
    assert council_register(published).bodies == read_register().bodies


def test_published_files_are_those_described(published: Path) -> None:
    """The hash in source.toml is that of the file which the own tables were made from."""
    for name in READ_HERE:
        for file, known in not_empty(read_metadata(name).published.items()):
            content = (published / "published" / file).read_bytes()
            assert known.sha256 == hashlib.sha256(content).hexdigest()


def test_published_register_has_as_many_current_entries_as_it_says(published: Path) -> None:
    """332 in the file; the corrections end two of them."""
    text = text_of(published / "published" / REGISTER.file)
    rows = [row for row in csv.DictReader(io.StringIO(text)) if row["nation"] == "England"]
    assert Counter(row["current-authority"] for row in rows) == {"True": 332, "False": 48}


@pytest.mark.parametrize("source", [REGISTER, DIGITAL_LAND, PROVIDERS])
def test_truncated_file_is_refused(
    source: TableSource[Any], published: Path, tmp_path: Path
) -> None:
    """A file that lost its last rows is noticed, by its corrections or by the number of rows."""
    lines = text_of(published / "published" / source.file).splitlines(keepends=True)
    (tmp_path / source.file).write_text("".join(lines[:150]), encoding="utf-8")
    with pytest.raises(UnreadableTable, match="cut off"):
        read_source(source, tmp_path)


def test_corrections_are_of_files_that_are_read() -> None:
    """A correction of a file that no loader reads would never be noticed."""
    files = {source.file for source in table_sources()}
    assert set(not_empty(read_corrections().keys())) <= files


def test_codes_of_the_register_serve_the_look_ups() -> None:
    """380 English codes and 90 of other nations."""
    codes = codes_of(read_source(REGISTER).rows, read_source(OTHERS).rows)
    assert (len(codes.english), len(codes.others)) == (380, 90)
    rows: tuple[AreaCodeRow, ...] = read_source(area_codes_source(codes)).rows
    assert len({row.code for row in rows}) == 380
