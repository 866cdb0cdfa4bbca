"""The columns of the lists as tables: name, meaning, unit and type, the same in every release."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from rdflib import SDO, SKOS, XSD, URIRef

from api.views.description import expand
from api.views.lists import Resource
from api.views.serialisers import Field, key_words
from ontology import ontology_graph

_TYPES: dict[str, str] = {
    str(XSD.boolean): "boolean",
    str(XSD.date): "date",
    str(XSD.decimal): "decimal",
    str(XSD.integer): "integer",
}
"""Type of the cells of a datatype; all others are text."""
_DAYS = "_earliest", "_latest", "_day"
"""Ends of the columns that hold a day and nothing else."""


@dataclass(frozen=True)
class Column:
    """A column of a list.

    In: `key` is the key of the objects that it shows; `is_list` that a cell may hold several
    values, with "; " between.
    """

    name: str
    key: str
    meaning: str
    unit: str
    datatype: str
    is_list: bool

    @property
    def label(self) -> str:
        """Return its name for people.

        >>> Column("report_published_earliest", "report_published", "", "", "date", False).label
        'Report published earliest'
        """
        return key_words(self.name).capitalize()


@cache
def columns_of(resource: Resource) -> tuple[Column, ...]:
    """Return the columns of a list, in order."""
    table = resource.describe.table
    fields = {field.key: field for field in table.fields} if table else {}
    return tuple(
        _column(name, key, fields.get(key))
        for key, names in resource.columns_by_key.items()
        for name in names
    )


def _column(name: str, key: str, field: Field | None) -> Column:
    words = _words()
    part = name.removeprefix(key).removeprefix("_")
    meaning = words["keys"].get(key) or _definition(field) or key.replace("_", " ")
    if part:
        meaning = f"{meaning}: {words['parts'][part]}"
    is_list = name.endswith("_may_stand_for") or (field is not None and field.many)
    return Column(
        name, key, meaning, words["units"].get(name, ""), _datatype(name, part, field), is_list
    )


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads(files("api.views").joinpath("columns.toml").read_text(encoding="utf-8"))


def _property(field: Field) -> URIRef:
    """Return the property at the end of the path of a field."""
    return URIRef(expand(field.path.partition("|")[0].rpartition("/")[2].removeprefix("^")))


def _definition(field: Field | None) -> str | None:
    """Return what the ontology says that a field shows."""
    found = None if field is None else ontology_graph().value(_property(field), SKOS.definition)
    return None if found is None else str(found)


def _datatype(name: str, part: str, field: Field | None) -> str:
    if name.endswith(_DAYS):
        return "date"
    if part or field is None or not field.is_literal:
        return "string"
    ranges = ontology_graph().objects(_property(field), SDO.rangeIncludes)
    types = {_TYPES.get(str(one), "string") for one in ranges}
    if types == {"decimal", "integer"}:
        return "decimal"
    return types.pop() if len(types) == 1 else "string"
