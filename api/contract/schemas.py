"""Schemas of values and of objects, from the tables of fields that make the answers."""

from collections.abc import Mapping
from typing import Any

from rdflib import SDO, XSD

from api.routes.reference.choice import IDENTITY
from api.views import serialisers
from api.views.description import expand
from api.views.serialisers import Field, FieldTable, Reader, inner_table
from ontology import ontology_graph

Schema = dict[str, Any]

STRING: Schema = {"type": "string"}
INTEGER: Schema = {"type": "integer"}
BOOLEAN: Schema = {"type": "boolean"}
_LITERAL: Schema = {"type": ["string", "number", "boolean"]}
_TYPES: dict[str, str] = {
    str(XSD.boolean): "boolean",
    str(XSD.decimal): "number",
    str(XSD.double): "number",
    str(XSD.integer): "integer",
}
"""Type in JSON of the literals of a datatype; all others are text."""
_ADDED: dict[str, tuple[str, ...]] = {"sources": ("Judgement",), "stated_by": ()}
"""Keys that a route adds to what its table of fields says, and the only tables that get them."""


def shared(name: str) -> Schema:
    """Return a reference to a schema that has a name."""
    return {"$ref": f"#/components/schemas/{name}"}


def nullable(schema: Schema) -> Schema:
    """Return a schema that takes null too.

    >>> nullable(STRING), nullable(nullable(STRING)) == nullable(STRING)
    ({'type': ['string', 'null']}, True)
    """
    if set(schema) == {"type"}:
        types = schema["type"] if isinstance(schema["type"], list) else [schema["type"]]
        return {"type": list(dict.fromkeys([*types, "null"]))}
    return {"anyOf": [*schema.get("anyOf", [schema]), {"type": "null"}]}


def array(items: Schema) -> Schema:
    """Return the schema of a list."""
    return {"type": "array", "items": items}


def record(required: Mapping[str, Schema], optional: Mapping[str, Schema] | None = None) -> Schema:
    """Return the schema of an object: keys that are always there, and keys that may be.

    Out: later versions may add keys, so none is forbidden.
    """
    return {
        "type": "object",
        "properties": {**required, **(optional or {})},
        "required": list(required),
    }


def texts(*keys: str) -> dict[str, Schema]:
    """Return keys whose values are always a text."""
    return dict.fromkeys(keys, STRING)


def perhaps(*keys: str) -> dict[str, Schema]:
    """Return keys whose values are a text or null."""
    return dict.fromkeys(keys, nullable(STRING))


REFERENCE = record({"kind": nullable(STRING), **texts("id", "iri"), "label": nullable(STRING)})
SOURCE = record(
    {**REFERENCE["properties"], "tier": nullable(INTEGER), **perhaps("source_kind", "seen_in")}
)
TIME = record(
    {
        **texts("iri", "precision"),
        **perhaps("words", "edtf", "earliest", "latest", "status", "reason"),
        "may_stand_for": array(STRING),
        "relative_to": nullable(shared("Reference")),
    }
)
ANYTHING: Schema = {"anyOf": [shared("Reference"), shared("Time"), _LITERAL]}
_READ: dict[Reader, Schema] = {
    serialisers.anything: ANYTHING,
    serialisers.concept: STRING,
    serialisers.label: nullable(STRING),
    serialisers.ref: shared("Reference"),
    serialisers.source: shared("Source"),
    serialisers.term: STRING,
    serialisers.time: shared("Time"),
}
"""What each reader of a field makes."""


def _literal(path: str) -> Schema:
    """Return the schema of the literals at the end of a path: by the range in the ontology."""
    property_ = expand(path.rpartition("/")[2].removeprefix("^"))
    ranges = {
        str(value)
        for subject, value in ontology_graph().subject_objects(SDO.rangeIncludes)
        if str(subject) == property_
    }
    types = sorted({_TYPES.get(name, "string") for name in ranges} or {"string"})
    if "number" in types and "integer" in types:
        types.remove("integer")
    return {"type": types[0] if len(types) == 1 else types}


def field_schema(field: Field) -> Schema:
    """Return the schema of a field of an object."""
    inner = inner_table(field.read)
    read = None if inner is None else shared(inner.cls)
    one = read or _READ.get(field.read) or _literal(field.path)
    return array(one) if field.many else nullable(one)


def table_schema(table: FieldTable) -> Schema:
    """Return the schema of the objects of a table of fields."""
    schemas = {field.key: field_schema(field) for field in table.fields}
    rare = {field.key for field in table.fields if field.rare}
    head = perhaps("id", "iri") if table.cls == "StatePeriod" else texts("id", "iri")
    added: dict[str, Schema] = {
        key: array(shared("ClaimExcerpt" if key == "sources" else "StatedBy"))
        for key, tables in _ADDED.items()
        if key not in schemas and (not tables or table.cls in tables)
    }
    return record(
        {**head, **texts("kind"), **{key: schemas[key] for key in schemas if key not in rare}},
        {key: schemas[key] for key in schemas if key in rare} | added,
    )


def chosen_from(schema: Schema, *always: str) -> Schema:
    """Return the schema of an object of which a request may leave keys out.

    In: the keys that are there whatever is chosen, beside those that identify it.
    """
    required = [key for key in schema["required"] if key in (*IDENTITY, *always)]
    return {**schema, "required": required}


def tables_within(table: FieldTable) -> dict[str, FieldTable]:
    """Return a table and all that its fields hold, by the name of their schema."""
    found = {table.cls: table}
    for field in table.fields:
        inner = inner_table(field.read)
        if inner is not None and inner.cls not in found:
            found |= tables_within(inner)
    return found
