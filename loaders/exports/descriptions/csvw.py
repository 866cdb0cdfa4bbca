"""The tables in CSVW: their columns, keys, and the statements of linked data that they make.

Source: W3C, Metadata Vocabulary for Tabular Data; Generating RDF from Tabular Data on the Web.
"""

from collections.abc import Iterator, Set
from typing import Any

from rdflib.namespace import RDF

from loaders.exports.facts import Facts
from ontology.namespaces import NS
from queries.tables.cells import (
    ADDRESS,
    DAY,
    DECIMAL,
    DURATION,
    FURTHER_COLUMNS,
    FURTHER_VALUES,
    WHOLE,
    FileColumn,
    file_columns,
    key_of,
)
from queries.tables.declaration import FURTHER, Table, tables

_DATATYPES = {
    WHOLE: "integer",
    DECIMAL: "decimal",
    DAY: "date",
    ADDRESS: "anyURI",
    DURATION: "duration",
}
_DIALECT = {"header": True, "encoding": "utf-8", "lineTerminators": ["\r\n"]}


def csvw(facts: Facts) -> dict[str, Any]:
    """Return the description of the tables in CSVW."""
    told = facts.publication
    described = [_table(table, facts.content.filled[table.name]) for table in tables()]
    return {
        "@context": ["http://www.w3.org/ns/csvw", {"@language": told.language}],
        "@id": facts.address,
        "dc:title": told.title,
        "dc:description": told.description,
        "dc:license": {"@id": told.licence},
        "dc:issued": {"@value": facts.built_on, "@type": "xsd:date"},
        "dialect": _DIALECT,
        "tables": [*described, _further()],
    }


def _table(table: Table, filled: Set[str]) -> dict[str, Any]:
    columns = file_columns(table)
    schema: dict[str, Any] = {
        "aboutUrl": "{+iri}",
        "primaryKey": key_of(table.name),
        "columns": [*map(_column, columns), *_constant_class(table)],
    }
    if keys := list(_foreign_keys(columns, filled)):
        schema["foreignKeys"] = keys
    return {
        "url": f"tables/{table.name}.csv",
        "dc:title": table.title,
        "dc:description": f"A row is {table.row}.",
        "tableSchema": schema,
    }


def _column(column: FileColumn) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": column.name,
        "titles": column.name,
        "dc:description": column.meaning,
        "datatype": _DATATYPES.get(column.type, "string"),
    }
    if not column.property:
        return found | {"suppressOutput": True}
    found["propertyUrl"] = column.property
    if column.value is not None:
        found["valueUrl"] = f"{column.value}{{+{column.name}}}"
    if column.about:
        found["aboutUrl"] = f"{{+{column.about}}}"
    if column.language:
        found["lang"] = column.language
    return found


def _constant_class(table: Table) -> Iterator[dict[str, Any]]:
    """Yield what says of every row of which class it is, where no column does."""
    if len(table.classes) == 1 and not any(column.kind == "class" for column in table.columns):
        yield {
            "name": "class",
            "virtual": True,
            "propertyUrl": str(RDF.type),
            "valueUrl": str(NS[table.classes[0]]),
        }


def _foreign_keys(columns: tuple[FileColumn, ...], filled: Set[str]) -> Iterator[dict[str, Any]]:
    """Yield the columns that name a row of another table in every row; no key may be empty."""
    for column in columns:
        if column.refers and column.name in filled:
            yield {
                "columnReference": column.name,
                "reference": {
                    "resource": f"tables/{column.refers}.csv",
                    "columnReference": "id",
                },
            }


def _further() -> dict[str, Any]:
    """Return the table of further values, whose rows name the property that they state."""
    columns = [_column(column) for column in FURTHER_COLUMNS]
    for entry, column in zip(columns, FURTHER_COLUMNS, strict=True):
        if column.name in FURTHER_VALUES:
            del entry["suppressOutput"]
            entry["propertyUrl"] = "{+property}"
        if column.name == "thing":
            entry["valueUrl"] = "{+thing}"
        if column.language:
            entry["lang"] = column.language
    return {
        "url": f"tables/{FURTHER}.csv",
        "dc:title": "Further values",
        "dc:description": "A row is one value of a column that has several.",
        "tableSchema": {"aboutUrl": "{+iri}", "columns": columns},
    }
