"""Which question of the catalogue answers a list of councils, and with which parameters."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from data.tables.coverage import Topic
from data.tables.table import TableRow, read_rows, read_table, text_of
from ontology.identifiers import SLUG

_FOLDER = "comparisons"
_FILE = "pairings.csv"


class PairingRow(TableRow):
    """A list of councils, or a question to a minister, and how the record answers it.

    In: what is asked for (`councils`, other `things`, or `no-fact`); the topic of coverage; the
    query of the catalogue with its parameters, and the column whose different values are counted;
    in place of a query, what the record lacks.
    """

    about: Annotated[str, Field(pattern=rf"^{SLUG}$")]
    asks: Literal["councils", "things", "no-fact"]
    topic: Topic | Literal[""]
    query: Annotated[str, Field(pattern=r"^(?:[a-z][a-z0-9_]*)?$")]
    parameters: Annotated[str, Field(pattern=r"^(?:[a-z_]+=\S+(?: [a-z_]+=\S+)*)?$")]
    column: Annotated[str, Field(pattern=r"^[a-z_]*$")]
    lacking: Annotated[str, Field(max_length=150)]

    @model_validator(mode="after")
    def coherent(self) -> "PairingRow":
        """Check that a query has its column and topic, and that what has none says why."""
        if bool(self.query) != bool(self.column and self.topic):
            raise ValueError("a query needs its topic and its column, and nothing else has them")
        if self.asks != "no-fact" and bool(self.query) == bool(self.lacking):
            raise ValueError("expected a query, or what the record lacks for an answer")
        return self

    @property
    def given(self) -> Mapping[str, str]:
        """The parameters of the query, by name."""
        return dict(pair.split("=", 1) for pair in self.parameters.split())


@cache
def read_pairings() -> tuple[PairingRow, ...]:
    """Return how each list of councils is answered.

    Raises: UnreadableTable, naming line and column.
    """
    return tuple(read_table(_FOLDER, _FILE, PairingRow))


def pairings_in(place: Path) -> tuple[PairingRow, ...]:
    """Return how the lists of a file of one's own are answered.

    Raises: UnreadableTable, naming line and column.
    """
    return tuple(read_rows(text_of(place), place.name, PairingRow))
