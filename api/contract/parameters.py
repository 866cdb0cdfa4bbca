"""Parameters of addresses: their types, bounds, values and examples."""

from collections.abc import Iterable, Sequence
from typing import Any

from api.contract.schemas import Schema, shared
from api.hosting.state import Service
from api.routes.filters import known_values
from api.routes.reference.choice import CLAIMS, FIELDS, WITH
from ontology.identifiers import EXAMPLES, KINDS
from queries.parameters import PATTERNS, TYPES, Parameter

_MOST_VALUES = 1_000
"""A type with more values than these has a form and an example; its list would be a data set."""
_LARGEST = 10**18 - 1
_EXAMPLES: dict[str, str] = {"date": "2024-03-01", "financialyear": "2024-25"}
ANY_TEXT: Schema = {"type": "string", "minLength": 1, "maxLength": 200, "examples": ["Norfolk"]}
"""Words that a person types."""
Described = dict[str, Any]
"""A parameter as OpenAPI describes it."""


def value_schema(service: Service, type_: str) -> Schema:
    """Return the schema of the values that a type of parameter takes on this release."""
    if type_ == "integer":
        return {"type": "integer", "minimum": -_LARGEST, "maximum": _LARGEST, "examples": [1]}
    if type_ in PATTERNS:
        form: Schema = {"type": "string", "pattern": f"^(?:{PATTERNS[type_]})$"}
        form["examples"] = [_EXAMPLES[type_]]
        return form | ({"format": "date"} if type_ == "date" else {})
    known = sorted(known_values(service, type_) or ())
    if type_ == "council":
        # A code is sure; of any other name or number the service says whether one council is meant.
        return {"anyOf": [shared(_name_of(type_)), ANY_TEXT], "examples": ["NFK"]}
    if known and len(known) <= _MOST_VALUES:
        return shared(_name_of(type_)) | {"examples": known[:1]}
    return ANY_TEXT | ({"examples": known[:1]} if known else {})


def values(service: Service) -> dict[str, Schema]:
    """Return the schemas of the types whose values can be listed, by their names."""
    listed = {type_: sorted(known_values(service, type_) or ()) for type_ in sorted(TYPES)}
    return {
        _name_of(type_): {"type": "string", "enum": known}
        for type_, known in listed.items()
        if type_ not in PATTERNS and known and len(known) <= _MOST_VALUES
    }


def _name_of(type_: str) -> str:
    return f"{type_.capitalize()}Value"


def in_query(name: str, meaning: str, schema: Schema, required: bool = False) -> Described:
    """Return a parameter after the question mark."""
    return {
        "name": name,
        "in": "query",
        "required": required,
        "description": meaning,
        "schema": schema,
    }


def filter_of(service: Service, parameter: Parameter) -> Described:
    """Return a filter of a list, or a parameter of a question."""
    schema = value_schema(service, parameter.type)
    return in_query(parameter.name, parameter.meaning, schema, not parameter.optional)


def paging(service: Service) -> list[Described]:
    """Return what every list takes that has pages."""
    settings = service.settings
    limit = {
        "type": "integer",
        "minimum": 1,
        "maximum": settings.page_items_maximum,
        "default": settings.page_items,
    }
    cursor = {"type": "string", "minLength": 1, "maxLength": 1_000}
    return [
        in_query("limit", "most items on the page", limit),
        in_query("cursor", "where the page begins: from the link in next", cursor),
    ]


def choosing(
    keys: Iterable[str], also: Sequence[str] = (), columns: Iterable[str] = ()
) -> list[Described]:
    """Return what chooses of the items of a list, or of one thing.

    In: the keys there are; the words that `with` takes beside `claims`; the columns of a table.
    """
    word = "|".join(sorted({*keys, *columns, CLAIMS}))
    shown = "keys to show in JSON and CSV beside id, iri and kind"
    shown += "; a column of the CSV stands for its key" if columns else ""
    fields = {
        "type": "string",
        "pattern": f"^(?:{word})(?:,(?:{word}))*$",
        "examples": [",".join(list(keys)[3:5])],
    }
    with_them = {"type": "string", "enum": [CLAIMS, *also, *(f"{CLAIMS},{one}" for one in also)]}
    of_which = f"claims, which state it, one by one{''.join(f'; {one}' for one in also)}"
    return [
        in_query(FIELDS, shown, fields),
        in_query(WITH, f"what is shown beside the rest: {of_which}", with_them),
    ]


def in_path(name: str, kind: str, meaning: str) -> Described:
    """Return a part of an address that names a thing of a kind."""
    schema = {"type": "string", "pattern": f"^(?:{KINDS[kind]})$", "examples": [EXAMPLES[kind]]}
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": meaning,
        "schema": schema,
        "example": EXAMPLES[kind],
    }


def text_in_path(name: str, meaning: str, example: str, *values: str) -> Described:
    """Return a part of an address that is not the name of a thing of one kind."""
    schema: Schema = {"type": "string", "minLength": 1}
    return {
        "name": name,
        "in": "path",
        "required": True,
        "description": meaning,
        "schema": schema | ({"enum": list(values)} if values else {}),
        "example": example,
    }
