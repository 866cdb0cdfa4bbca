"""What the columns of an answer mean: the kind of their values, the unit, and the words.

One table describes the columns of all questions, for most questions share theirs. A column with
two kinds of values has two rows there, the usual one first; a question that has the other kind
names it in its header, as in `# Columns: council (text), year`.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from ontology.errors import UnknownQuery
from queries.catalogue import CatalogueQuery, folder


@dataclass(frozen=True)
class Column:
    """A column of an answer.

    In: `kind` is one of address, text, day, number, truth, duration; `unit` is empty without one.
    """

    name: str
    kind: str
    unit: str
    meaning: str


def columns_of(query: CatalogueQuery) -> tuple[Column, ...]:
    """Return the columns of a question with their meanings.

    Raises: UnknownQuery if the table of columns does not describe one.
    """
    known = column_table()
    found: list[Column] = []
    for name in query.columns:
        senses = known.get(name, {})
        kind = query.kinds.get(name) or next(iter(senses), "")
        if kind not in senses:
            raise UnknownQuery(
                f"{query.name}.rq: columns.csv has no row for the column {name!r}"
                f"{f' with values of the kind {kind}' if kind else ''}"
            )
        found.append(senses[kind])
    return tuple(found)


@cache
def column_table() -> Mapping[str, Mapping[str, Column]]:
    """Return the descriptions of columns by name and kind, the usual kind of each first."""
    found: dict[str, dict[str, Column]] = {}
    text = folder("columns.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        column = Column(row["column"], row["kind"], row["unit"], row["meaning"])
        found.setdefault(column.name, {})[column.kind] = column
    return found
