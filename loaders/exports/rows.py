"""The rows of the tables: what the declared queries find, as cells."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

import pyoxigraph as ox
from rdflib.namespace import DCTERMS, FOAF, RDF, RDFS, SKOS, XSD

from loaders.exports.layers import solutions
from loaders.exports.spool import Cells
from ontology.dates import precision
from ontology.errors import ReleaseRefused
from ontology.identifiers import local_id
from ontology.namespaces import NS
from queries.tables.declaration import FURTHER, SEVERAL, Column, Table, expanded

Value = ox.NamedNode | ox.Literal
_LABELS = str(RDFS.label), str(SKOS.prefLabel), str(FOAF.name), str(DCTERMS.title), str(NS.namedAs)
_EDTF = str(NS.edtf)
_TIME_PARTS = "edtf", "earliest", "latest", "verbatim", "dateStatus"
_KEPT = 2**16
"""So many names and values are kept for the next rows."""
_FORMULA_SIGNS = tuple("=+-@\t\r\n\uff1d\uff0b\uff0d\uff20")


@dataclass
class TableReader:
    """Reads the rows of tables from a part of the layers of a release.

    In: the part; the chosen values, in which things are named; `further` takes the values that no
    cell holds exactly.
    """

    store: ox.Store
    chosen: ox.Store
    further: list[Cells] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Look up what cells of every table need: wider classes; and keep what was looked up."""
        self._wider: dict[str, set[str]] = defaultdict(set)
        for lower, higher in solutions(self.chosen, _WIDER):
            self._wider[lower.value].add(higher.value)
        self._value = lru_cache(_KEPT)(self._found_value)
        self.label = lru_cache(_KEPT)(self._found_label)

    def rows(self, table: Table) -> list[Cells]:
        """Return the rows of a table."""
        found = {
            row.value: {"id": local_id(row.value), "iri": row.value}
            for (row,) in solutions(self.store, table.rows_query)
        }
        for column in table.columns:
            if column.kind == "truth":
                for iri, cells in found.items():
                    cells[column.name] = str(int(self._is_object(iri, column)))
                continue
            for iri, known in self._values(table, column).items():
                self._fill(table, column, known, found[iri])
        return [_harmless(cells) for cells in found.values()]

    def _values(self, table: Table, column: Column) -> dict[str, list[tuple[Value, str]]]:
        """Return the values of a column by row, each with the property that states it."""
        known: dict[str, list[tuple[Value, str]]] = defaultdict(list)
        for path, stating in column.paths.items():
            for row, value in solutions(self.store, table.values_query(path)):
                known[row.value].append((value, stating))
        return known

    def _is_object(self, iri: str, column: Column) -> bool:
        """Return whether the chosen values name a thing by the property of a column."""
        name = ox.NamedNode(expanded(column.path.removeprefix("^")))
        return any(self.chosen.quads_for_pattern(None, name, ox.NamedNode(iri), None))

    def _fill(
        self, table: Table, column: Column, known: Sequence[tuple[Value, str]], cells: Cells
    ) -> None:
        """Fill the cells of a column in one row, and keep what they do not hold.

        A cell whose value may be stated by one property or another states neither.
        """
        stated = sorted(known, key=lambda one: str(one[0]))
        left = tuple(_FILLERS[column.kind](self, column, [one for one, _ in stated], cells))
        if column.property:
            stated = [(value, column.property) for value in left]
        for value, stating in stated:
            if stating:
                self._keep(table, column, cells["iri"], value, stating)

    def _keep(self, table: Table, column: Column, iri: str, value: Value, stating: str) -> None:
        cells = {
            "table": table.name,
            "column": column.name,
            "iri": iri,
            "property": stating,
            _further_column(table, column, value): value.value,
        }
        self.further.append(_harmless(cells))

    def _found_label(self, iri: str) -> str:
        """Return the name of a thing, or nothing."""
        return next(filter(None, (self._value(name, iri) for name in _LABELS)), "")

    def _found_value(self, name: str, iri: str) -> str:
        """Return the value of a property of a thing, in any layer; of several, the first."""
        found = (
            quad.object.value
            for store in (self.store, self.chosen)
            for quad in store.quads_for_pattern(ox.NamedNode(iri), ox.NamedNode(name), None, None)
            if not isinstance(quad.object, ox.Triple)
        )
        return min(found, default="")

    def fill_time(self, name: str, iri: str, cells: Cells) -> None:
        """Fill the cells of a time."""
        told = {part: self._value(str(NS[part]), iri) for part in _TIME_PARTS}
        first, last, status = told["earliest"], told["latest"], told["dateStatus"]
        cells |= {
            name: told["edtf"],
            f"{name}_earliest": first,
            f"{name}_latest": last,
            f"{name}_precision": precision(
                first or None, last or None, status.rpartition("/")[2] or "valid"
            ),
            f"{name}_words": told["verbatim"],
            f"{name}_time": iri,
        }

    def readable(self, value: Value) -> str:
        """Return a value for reading: a date as EDTF, a thing by its name, else as it is."""
        if isinstance(value, ox.Literal):
            return value.value
        return self._value(_EDTF, value.value) or self.label(value.value) or value.value

    def narrowest(self, classes: Sequence[ox.NamedNode]) -> ox.NamedNode:
        """Return the narrowest of some classes, by what the ontology says of them."""
        wider = {above for one in classes for above in self._wider[one.value]}
        return next((one for one in classes if one.value not in wider), classes[0])


_WIDER = (
    f"SELECT ?lower ?higher WHERE {{ ?lower <{RDFS.subClassOf}>+ ?higher . "
    f"?lower a <http://www.w3.org/2002/07/owl#Class> FILTER(isIRI(?higher) && ?lower != ?higher) }}"
)
Values = Sequence[Value]
Filler = Callable[[TableReader, Column, Values, Cells], Iterable[Value]]
"""Fills the cells of a column and returns the values that they do not hold exactly."""


def _first(_: TableReader, column: Column, values: Values, cells: Cells) -> Values:
    cells[column.name] = values[0].value
    return values[1:]


def _for_reading(_: TableReader, column: Column, values: Values, cells: Cells) -> Values:
    cells[column.name] = values[0].value
    return values


def _several(_: TableReader, column: Column, values: Values, cells: Cells) -> Values:
    cells[column.name] = SEVERAL.join(value.value for value in values)
    return values


def _several_things(reader: TableReader, column: Column, values: Values, cells: Cells) -> Values:
    lead = expanded(column.within) if column.within else ""
    codes = [
        value.value.removeprefix(lead)
        if lead and value.value.startswith(lead)
        else local_id(value.value)
        for value in values
    ]
    cells[column.name] = SEVERAL.join(codes)
    names = [reader.label(value.value) or code for value, code in zip(values, codes, strict=True)]
    cells[f"{column.name}_label"] = SEVERAL.join(names)
    return values


def _by_address(reader: TableReader, column: Column, values: Values, cells: Cells) -> Values:
    cells[column.name] = values[0].value
    cells[f"{column.name}_label"] = reader.label(values[0].value)
    return values[1:]


def _within(reader: TableReader, column: Column, values: Values, cells: Cells) -> Iterator[Value]:
    lead = expanded(column.within)
    for value in values:
        if column.name in cells or not value.value.startswith(lead):
            yield value
            continue
        cells[column.name] = value.value.removeprefix(lead)
        cells[f"{column.name}_label"] = reader.label(value.value)


def _body(reader: TableReader, column: Column, values: Values, cells: Cells) -> Values:
    iri = values[0].value
    cells[column.name] = local_id(iri)
    cells[f"{column.name}_label"] = reader.label(iri)
    cells[f"{column.name}_iri"] = iri
    return values[1:]


def _class(reader: TableReader, column: Column, values: Values, cells: Cells) -> list[Value]:
    ours = [value for value in values if value.value.startswith(str(NS))]
    narrowest = reader.narrowest([value for value in ours if isinstance(value, ox.NamedNode)])
    cells[column.name] = narrowest.value.removeprefix(str(NS))
    return [value for value in values if value != narrowest]


def _time(reader: TableReader, column: Column, values: Values, cells: Cells) -> Values:
    reader.fill_time(column.name, values[0].value, cells)
    return values[1:]


def _readable(reader: TableReader, column: Column, values: Values, cells: Cells) -> Values:
    cells[column.name] = SEVERAL.join(reader.readable(value) for value in values)
    return ()


def _nothing(_: TableReader, column: Column, values: Values, cells: Cells) -> Values:
    return ()


_FILLERS: Mapping[str, Filler] = {
    **dict.fromkeys(
        ("text", "english", "day", "integer", "decimal", "duration", "link", "bare"), _first
    ),
    "number": _for_reading,
    "englishes": _several,
    "things": _several_things,
    "address": _by_address,
    "thing": _within,
    "body": _body,
    "class": _class,
    "time": _time,
    "reading": _readable,
    "truth": _nothing,
}


_FURTHER: Mapping[str, str] = {
    str(RDF.langString): "words",
    str(XSD.string): "code",
    str(XSD.date): "day",
    str(XSD.integer): "whole_number",
    str(XSD.decimal): "number",
}
"""The columns of the table of further values that hold texts, days and numbers, by their type."""


def _further_column(table: Table, column: Column, value: Value) -> str:
    """Return the column of the table of further values that holds a value.

    Raises: ReleaseRefused for a value of a type that it has no column for.
    """
    if isinstance(value, ox.NamedNode):
        return "thing"
    if isinstance(value, ox.Literal):
        found = _FURTHER.get(value.datatype.value)
        if found and (value.language or "en") == "en":
            return found
    raise ReleaseRefused(
        f"{table.name}.{column.name}: one thing has several values, among them {value}; the table "
        f"{FURTHER} has no column for a value of this type"
    )


def _harmless(cells: Cells) -> Cells:
    """Return a row without empty cells, and without those that a spreadsheet would run."""
    return {
        name: f"'{text}" if text.startswith(_FORMULA_SIGNS) and not _is_number(text) else text
        for name, text in cells.items()
        if text
    }


def _is_number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
