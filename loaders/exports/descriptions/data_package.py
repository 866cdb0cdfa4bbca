"""The tables as a Data Package.

Source: Data Package Standard, version 2.
"""

from typing import Any

from loaders.exports.facts import DescribedFile, Facts
from queries.tables.cells import ADDRESS, DAY, DECIMAL, DURATION, WHOLE, FileColumn, key_of
from queries.tables.declaration import FURTHER, tables

_PROFILE = "https://datapackage.org/profiles/2.0"
_TYPES: dict[str, tuple[str, str]] = {
    WHOLE: ("integer", ""),
    DECIMAL: ("number", ""),
    DAY: ("date", ""),
    DURATION: ("duration", ""),
    ADDRESS: ("string", "uri"),
}


def data_package(facts: Facts) -> dict[str, Any]:
    """Return the description of the tables as a Data Package."""
    told = facts.publication
    return {
        "$schema": f"{_PROFILE}/datapackage.json",
        "name": "council-interventions",
        "id": facts.address,
        "title": told.title,
        "description": told.description,
        "homepage": "https://w3id.org/council-interventions/",
        "version": facts.release,
        "created": facts.built_at,
        "keywords": list(told.keywords),
        "licenses": [{"name": told.licence_code, "path": told.licence, "title": told.licence_name}],
        "contributors": [{"title": told.creator, "roles": ["creator"]}],
        "resources": [_resource(facts, file) for file in facts.files if file.is_table],
    }


def _resource(facts: Facts, file: DescribedFile) -> dict[str, Any]:
    columns = facts.content.columns[file.table]
    titles = {table.name: table.title for table in tables()} | {FURTHER: "Further values"}
    schema: dict[str, Any] = {
        "$schema": f"{_PROFILE}/tableschema.json",
        "fields": [_field(column, file.table) for column in columns],
        "missingValues": [""],
    }
    if file.table != FURTHER:
        schema["primaryKey"] = [key_of(file.table)]
    if keys := [_key(column, file.table) for column in columns if column.refers]:
        schema["foreignKeys"] = keys
    return {
        "$schema": f"{_PROFILE}/dataresource.json",
        "name": file.table,
        "type": "table",
        "title": titles[file.table],
        "description": file.kind.description,
        "path": file.name,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.size_bytes,
        "hash": f"sha256:{file.sha256}",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"'},
        "schema": schema,
    }


def _field(column: FileColumn, table: str) -> dict[str, Any]:
    type_, form = _TYPES.get(column.type, ("string", ""))
    unit = f" ({column.unit})" if column.unit else ""
    found: dict[str, Any] = {
        "name": column.name,
        "type": type_,
        "description": f"{column.meaning}{unit}",
    }
    if form:
        found["format"] = form
    if column.property:
        found["rdfType"] = column.property
    if table != FURTHER and column.name in ("id", "iri"):
        found["constraints"] = {"required": True}
    return found


def _key(column: FileColumn, table: str) -> dict[str, Any]:
    target = "" if column.refers == table else column.refers
    return {
        "fields": [column.name],
        "reference": {"resource": target, "fields": ["id"]},
    }
