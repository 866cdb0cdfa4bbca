"""Read one row of a publisher's table strictly; every refusal names file, line, column and value.

A loader takes each cell by the name of its column and says what it may hold. A column that no
loader reads is listed with a reason, so that nothing in a table is overlooked.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import NoReturn, TypeVar

from data.tables.metadata import TableMapping
from ontology.errors import UnreadableTable

T = TypeVar("T")


@dataclass(frozen=True)
class Cells:
    """One row of a publisher's table, and what is known of the table."""

    mapping: TableMapping
    line: int
    values: Mapping[str, str]

    def text(self, column: str) -> str:
        """Return the text of a cell that must not be empty."""
        value = self.optional(column)
        return value if value is not None else self.refuse(column, "a value")

    def optional(self, column: str) -> str | None:
        """Return the text of a cell, or None if it is empty."""
        return self.values[column].strip() or None

    def matching(self, column: str, pattern: str, example: str) -> str:
        """Return the text of a cell that has the form of an example."""
        value = self.text(column)
        return value if re.fullmatch(pattern, value) else self.refuse(column, f"such as {example}")

    def choice(self, column: str, accepted: Mapping[str, T]) -> T:
        """Return what the text of a cell stands for; an empty one may be among those accepted."""
        value = self.values[column].strip()
        if value not in accepted:
            self.refuse(column, " or ".join(repr(printed) for printed in accepted))
        return accepted[value]

    def word(self, column: str) -> str:
        """Return the one value that the text of a cell stands for, by the mapping of the table."""
        return self.choice(column, self.mapping.words[column])

    def phrase(self, column: str) -> Mapping[str, str]:
        """Return the values of our columns that the text of a cell stands for, as mapped."""
        return self.choice(column, self.mapping.phrases[column])

    def day(self, column: str) -> date | None:
        """Return the day that a cell names, or None if it is empty."""
        value = self.optional(column)
        if value is None:
            return None
        for form in self.mapping.day_formats:
            try:
                return datetime.strptime(value, form).date()
            except ValueError:
                continue
        example = date(2018, 1, 19)
        examples = " or ".join(example.strftime(form) for form in self.mapping.day_formats)
        self.refuse(column, f"a day that the calendar has, such as {examples}")

    def refuse(self, column: str, expected: str) -> NoReturn:
        """Stop: the cell holds something that this project does not know how to read.

        Raises: UnreadableTable.
        """
        raise UnreadableTable(
            f"{self.mapping.file}, line {self.line}, column {column}: {self.values[column]!r}; "
            f"expected {expected}; correct the cell, or teach the loader of this table"
        )


def read_cells(
    text: str, mapping: TableMapping, repeated: frozenset[tuple[str, ...]] = frozenset()
) -> Iterator[Cells]:
    """Yield the rows of a publisher's table.

    In: the keys that are known to stand more than once.
    Raises: UnreadableTable for another header, a row of another length, or a key that stands twice.
    """
    file = mapping.file
    reader = csv.reader(io.StringIO(text), strict=True)
    try:
        header = next(reader, [])
        _check_header(header, file, mapping.all_columns)
        seen: set[tuple[str, ...]] = set()
        for values in reader:
            cells = _row(header, values, mapping, reader.line_num)
            name = tuple(cells.values[column] for column in mapping.key)
            if name in seen and name not in repeated:
                cells.refuse(mapping.key[0], "each row once; this row stands twice")
            seen.add(name)
            yield cells
    except csv.Error as error:
        raise UnreadableTable(f"{file}, line {reader.line_num}: not CSV: {error}") from None


def _check_header(header: list[str], file: str, columns: frozenset[str]) -> None:
    """Check that a table has exactly the columns that its loader knows."""
    if len(header) == 1 and len(columns) > 1:
        raise UnreadableTable(
            f"{file}, line 1: a single column {header[0]!r}; expected {len(columns)} columns with "
            "commas between them; save the table as CSV with commas"
        )
    unknown = [name for name in header if name not in columns]
    missing = sorted(columns - set(header))
    doubled = sorted({name for name in header if header.count(name) > 1})
    if unknown or missing or doubled:
        raise UnreadableTable(
            f"{file}, line 1: the columns have changed (unknown: {', '.join(unknown) or 'none'}; "
            f"missing: {', '.join(missing) or 'none'}; twice: {', '.join(doubled) or 'none'}); "
            "expected those that the loader of this table reads or ignores by name"
        )


def _row(header: list[str], values: list[str], mapping: TableMapping, line: int) -> Cells:
    if len(values) != len(header):
        raise UnreadableTable(
            f"{mapping.file}, line {line}: {len(values)} cells; expected {len(header)}; "
            "the file may have been cut off, or a comma stands unquoted"
        )
    return Cells(mapping, line, dict(zip(header, values, strict=True)))
