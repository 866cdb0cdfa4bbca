"""The columns of a file: what one declared column fills, and what each of them states."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from rdflib.namespace import RDF

from ontology.namespaces import NS
from queries.tables.declaration import FURTHER, SEVERAL, Column, Table, expanded, referred_tables

TEXT, DAY, WHOLE, DECIMAL, ADDRESS, DURATION = (
    *("text", "day", "whole number", "decimal number"),
    *("address", "duration"),
)
"""The types of cells."""
_TIME_ABOUT = "_time"
_SEVERAL_TEXT = f"several with {SEVERAL.strip()!r} between"


@dataclass(frozen=True)
class FileColumn:
    """A column of a file.

    In: `property` is what the cell states, if it does; of the thing of the row, or else of the
    thing whose address stands in the column `about`. `value` is what the address of the value
    begins with, where the cell is the rest of it; `refers` is the table whose identifiers it has.
    """

    name: str
    type: str
    meaning: str
    unit: str = ""
    property: str = ""
    about: str = ""
    value: str | None = None
    language: str = ""
    refers: str = ""


Columns = Iterator[FileColumn]


def file_columns(table: Table) -> tuple[FileColumn, ...]:
    """Return the columns of the files of a table, in their order."""
    head = (
        FileColumn("id", TEXT, "identifier, as filters and addresses of the service take it"),
        FileColumn("iri", ADDRESS, "address that identifies it in linked data"),
    )
    inner = (part for column in table.columns for part in KINDS[column.kind](column))
    return (*head, *inner)


def key_of(name: str) -> str:
    """Return the column that tells the rows of a table apart."""
    return "id" if name in referred_tables() else "iri"


FURTHER_COLUMNS: tuple[FileColumn, ...] = (
    FileColumn("table", TEXT, "table with the column"),
    FileColumn("column", TEXT, "column that has several values, or one that its cell cannot hold"),
    FileColumn("iri", ADDRESS, "thing of which the value is stated"),
    FileColumn("property", ADDRESS, "property that is stated"),
    FileColumn("thing", ADDRESS, "the value, where it is a thing", value=""),
    FileColumn("words", TEXT, "the value, where it is English text", language="en"),
    FileColumn("code", TEXT, "the value, where it is a code or a text as printed"),
    FileColumn("day", DAY, "the value, where it is a day"),
    FileColumn("whole_number", WHOLE, "the value, where it is a whole number"),
    FileColumn("number", DECIMAL, "the value, where it is a decimal number"),
)
"""The columns of the table of further values; the property is that which the row names."""
FURTHER_VALUES = tuple(column.name for column in FURTHER_COLUMNS[4:])
"""Those of them that hold the value, each for values of one type."""


@cache
def all_file_columns(tables: tuple[Table, ...]) -> Mapping[str, tuple[FileColumn, ...]]:
    """Return the columns of the files of every table, the table of further values last."""
    return {table.name: file_columns(table) for table in tables} | {FURTHER: FURTHER_COLUMNS}


def _plain(type_: str, language: str = "") -> Callable[[Column], Columns]:
    def filled(column: Column) -> Columns:
        yield FileColumn(
            *(column.name, type_, column.meaning, column.unit, column.property),
            language=language,
        )

    return filled


def _address(column: Column) -> Columns:
    yield FileColumn(column.name, ADDRESS, column.meaning, "", column.property, value="")
    yield _label(column)


def _bare(column: Column) -> Columns:
    yield FileColumn(column.name, ADDRESS, column.meaning, "", column.property, value="")


def _thing(column: Column) -> Columns:
    lead = expanded(column.within)
    yield FileColumn(
        *(column.name, TEXT, column.meaning, "", column.property),
        value=lead,
        refers=column.refers,
    )
    yield _label(column)


def _class(column: Column) -> Columns:
    yield FileColumn(column.name, TEXT, column.meaning, "", str(RDF.type), value=str(NS))


def _body(column: Column) -> Columns:
    yield FileColumn(column.name, TEXT, column.meaning, refers=column.refers)
    yield _label(column)
    yield FileColumn(
        f"{column.name}_iri", ADDRESS, f"{column.meaning}: its address", "", column.property, "", ""
    )


def _things(column: Column) -> Columns:
    yield FileColumn(column.name, TEXT, f"{column.meaning}; {_SEVERAL_TEXT}")
    yield FileColumn(f"{column.name}_label", TEXT, f"{column.meaning}: by name, in the same order")


def _number(column: Column) -> Columns:
    yield FileColumn(column.name, DECIMAL, column.meaning, column.unit)


def _englishes(column: Column) -> Columns:
    yield FileColumn(column.name, TEXT, f"{column.meaning}; {_SEVERAL_TEXT}")


def _time(column: Column) -> Columns:
    name, about = column.name, f"{column.name}{_TIME_ABOUT}"
    told = column.meaning
    yield FileColumn(name, TEXT, f"{told}, in the Extended Date/Time Format")
    bounds = (("earliest", "the first day that it can be"), ("latest", "the last day"))
    for end, words in bounds:
        yield FileColumn(f"{name}_{end}", DAY, f"{told}: {words}", "", str(NS[end]), about)
    yield FileColumn(f"{name}_precision", TEXT, f"{told}: how exactly it is known")
    words = f"{told}: as the source words it"
    yield FileColumn(f"{name}_words", TEXT, words, "", str(NS.verbatim), about)
    yield FileColumn(about, ADDRESS, f"{told}: its address", "", column.property, value="")


def _label(column: Column) -> FileColumn:
    return FileColumn(f"{column.name}_label", TEXT, f"{column.meaning}: by name")


KINDS: Mapping[str, Callable[[Column], Columns]] = {
    "text": _plain(TEXT),
    "english": _plain(TEXT, "en"),
    "englishes": _englishes,
    "reading": _plain(TEXT),
    "truth": _plain(WHOLE),
    "day": _plain(DAY),
    "integer": _plain(WHOLE),
    "decimal": _plain(DECIMAL),
    "number": _number,
    "duration": _plain(DURATION),
    "link": _plain(ADDRESS),
    "address": _address,
    "bare": _bare,
    "thing": _thing,
    "things": _things,
    "body": _body,
    "class": _class,
    "time": _time,
}
"""What each kind of declared column fills.

A text, an English text or several; a value for reading, whatever it is; whether there is one; a
day, a number whole or decimal or either, a duration, an address on the web; a thing by its address,
with its name or bare, by the rest of an address whose beginning is known, or several; a council or
an authority; a class; a time.
"""
