"""The tables that earlier releases had, and where their rows are now."""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files


@dataclass(frozen=True)
class FormerTable:
    """A table that is given up.

    In: the table that has its rows now; what these have in the column `kind`; the new names of its
    columns, by the old, where they differ.
    """

    now: str
    kind: str
    columns: Mapping[str, str] = field(default_factory=dict)

    @property
    def told(self) -> str:
        """Where its rows are now, in words."""
        names = "".join(f"; {old} is {new}" for old, new in self.columns.items())
        return f"its rows are in {self.now}, where kind is {self.kind}{names}"


@cache
def former_tables() -> Mapping[str, FormerTable]:
    """Return the tables that are given up, by their names."""
    place = files(__name__.rpartition(".")[0]).joinpath("former.toml")
    told = tomllib.loads(place.read_text(encoding="utf-8"))
    return {name: FormerTable(**entry) for name, entry in told.items()}


def former_table_of(file: str) -> FormerTable | None:
    """Return the table that is given up of which a file was, if it was one.

    >>> former_table_of("tables/pay.csv").now
    'money'
    """
    folder, _, name = file.rpartition("/")
    return former_tables().get(name.partition(".")[0]) if folder == "tables" else None


def lines_of_former() -> Iterator[str]:
    """Yield a line of Markdown for each table that is given up."""
    for name, table in former_tables().items():
        yield f"- `{name}`: {table.told}.\n"
