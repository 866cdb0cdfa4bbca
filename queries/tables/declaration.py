"""The declared tables, and the queries that find their rows and the values of their columns."""

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from ontology.errors import UnknownQuery
from ontology.namespaces import PREFIXES

SEVERAL = " ; "
"""What stands between the values of a cell that has several; each has a row of its own in the
table of further values."""
FURTHER = "further_values"
"""The table of the values that a cell cannot hold exactly: of several the others, or all."""


@dataclass(frozen=True)
class Column:
    """A declared column.

    In: `kind` is one of the keys of `queries.tables.cells.KINDS`; `path` a property, or a path of
    them, in SPARQL, or several with `|` between, where rows of different kinds have their value by
    different ones; `within` what the addresses of its things begin with; `refers` the table whose
    rows they are.
    """

    name: str
    kind: str
    path: str
    within: str
    refers: str
    unit: str
    meaning: str

    @property
    def paths(self) -> Mapping[str, str]:
        """Each path, with the address of the property if it is no more than one.

        A value for reading states none.
        """
        reads = self.kind == "reading"
        return {path: "" if reads else _property(path) for path in self.path.split("|")}

    @property
    def property(self) -> str:
        """The address of the property that every cell states, if there is one."""
        return _property(self.path)


def _property(path: str) -> str:
    prefix, _, local = path.partition(":")
    return PREFIXES[prefix] + local if prefix in PREFIXES and local.isalpha() else ""


@dataclass(frozen=True)
class Table:
    """A declared table.

    In: `row` says what a row is; `classes` are those of the things that are its rows; `reads_all`
    tells that they stand in the layers of sources too, and not among the chosen values alone.
    """

    name: str
    title: str
    row: str
    classes: tuple[str, ...]
    reads_all: bool
    columns: tuple[Column, ...]

    @property
    def rows_query(self) -> str:
        """The query that finds the rows."""
        return f"{_prologue()}SELECT DISTINCT ?row\nWHERE {{\n{self._rows()}}}\nORDER BY STR(?row)"

    def values_query(self, path: str) -> str:
        """Return the query that finds the values of a column by one of its paths."""
        way = f"  ?row {path} ?value .\n"
        return f"{_prologue()}SELECT DISTINCT ?row ?value\nWHERE {{\n{self._rows()}{way}}}"

    def _rows(self) -> str:
        classes = " ".join(f"ci:{name}" for name in self.classes)
        return f"  VALUES ?class {{ {classes} }}\n  ?row a ?class .\n"


@cache
def tables() -> tuple[Table, ...]:
    """Return the declared tables in their order.

    Raises: UnknownQuery for a column of a table that is not declared.
    """
    place = files(__name__.rpartition(".")[0])
    declared = tomllib.loads(place.joinpath("tables.toml").read_text(encoding="utf-8"))
    columns: dict[str, list[Column]] = {name: [] for name in declared}
    text = place.joinpath("columns.csv").read_text(encoding="utf-8")
    for line in csv.DictReader(text.splitlines()):
        owner = line.pop("table")
        if owner not in columns:
            raise UnknownQuery(f"columns.csv: {owner} is no table of tables.toml")
        columns[owner].append(Column(name=line.pop("column"), **line))
    return tuple(
        Table(
            name,
            told["title"],
            told["row"],
            tuple(told["classes"]),
            told.get("layers") == "all",
            tuple(columns[name]),
        )
        for name, told in declared.items()
    )


def referred_tables() -> frozenset[str]:
    """Return the tables whose rows other tables name by their identifier."""
    return frozenset(column.refers for table in tables() for column in table.columns) - {""}


def expanded(prefixed: str) -> str:
    """Return the address that a prefixed name, or the beginning of one, stands for.

    >>> expanded("s:grade/")
    'https://w3id.org/council-interventions/scheme/grade/'
    """
    prefix, _, local = prefixed.partition(":")
    return PREFIXES[prefix] + local


@cache
def _prologue() -> str:
    return "".join(f"PREFIX {name}: <{iri}>\n" for name, iri in PREFIXES.items())
