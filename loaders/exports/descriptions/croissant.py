"""The tables in Croissant.

Source: MLCommons, Croissant format, version 1.1.
"""

from typing import Any

from loaders.exports.facts import DescribedFile, Facts
from queries.tables.cells import ADDRESS, DAY, DECIMAL, WHOLE, FileColumn
from queries.tables.declaration import FURTHER

_OWN = (
    *("arrayShape", "citeAs", "column", "containedIn", "equivalentProperty", "extract", "field"),
    *("fileProperty", "fileObject", "fileSet", "format", "includes", "isArray", "isLiveDataset"),
    *("jsonPath", "key", "md5", "parentField", "path", "recordSet", "references", "regex"),
    *("repeated", "replace", "samplingRate", "separator", "source", "subField", "transform"),
)
_CONTEXT: dict[str, Any] = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "conformsTo": "dct:conformsTo",
    "cr": "http://mlcommons.org/croissant/",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "dct": "http://purl.org/dc/terms/",
    "description": {"@container": "@language"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    "name": {"@container": "@language"},
    "rai": "http://mlcommons.org/croissant/RAI/",
    "sc": "https://schema.org/",
} | {name: f"cr:{name}" for name in _OWN}
_TYPES = {WHOLE: "sc:Integer", DECIMAL: "sc:Float", DAY: "sc:Date", ADDRESS: "sc:URL"}


def croissant(facts: Facts) -> dict[str, Any]:
    """Return the description of the tables in Croissant."""
    told = facts.publication
    table_files = [file for file in facts.files if file.is_table]
    return {
        "@context": dict(sorted(_CONTEXT.items())),
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.1",
        "name": "council-interventions",
        "description": told.description,
        "license": told.licence,
        "url": facts.address,
        "version": _version(facts),
        "datePublished": facts.built_at,
        "citeAs": facts.citation,
        "keywords": list(told.keywords),
        "inLanguage": told.language,
        "creator": {"@type": "sc:Organization", "name": told.creator},
        "publisher": {"@type": "sc:Organization", "name": told.publisher},
        "distribution": [_file(file) for file in table_files],
        "recordSet": [_records(file, facts.content.columns[file.table]) for file in table_files],
    }


def _version(facts: Facts) -> str:
    """Return the release in the form that Croissant asks for: numbers, then the identifier."""
    year, month, day = (int(part) for part in facts.built_on.split("-"))
    return f"{year}.{month}.{day}+{facts.release}"


def _file(file: DescribedFile) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": file.name,
        "name": file.name,
        "description": file.kind.description,
        "contentUrl": file.name,
        "contentSize": f"{file.size_bytes} B",
        "encodingFormat": "text/csv",
        "sha256": file.sha256,
    }


def _records(file: DescribedFile, columns: tuple[FileColumn, ...]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@type": "cr:RecordSet",
        "@id": file.table,
        "name": file.table,
        "description": file.kind.description,
        "field": [_field(file, column) for column in columns],
    }
    if file.table != FURTHER:
        found["key"] = {"@id": f"{file.table}/iri"}
    return found


def _field(file: DescribedFile, column: FileColumn) -> dict[str, Any]:
    found: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{file.table}/{column.name}",
        "name": column.name,
        "description": column.meaning,
        "dataType": _TYPES.get(column.type, "sc:Text"),
        "source": {"fileObject": {"@id": file.name}, "extract": {"column": column.name}},
    }
    if column.refers:
        found["references"] = {"field": {"@id": f"{column.refers}/id"}}
    return found
