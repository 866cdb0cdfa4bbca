"""Reviewed decisions on identity: whether a row of a source and a registered thing are the same."""

from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Annotated, ClassVar, Literal

from pydantic import Field

from data.tables.table import TableRow, Text, read_rows, text_of

MATCHES_FILE = "matches.csv"
_NAME = f"decisions/{MATCHES_FILE}"


class MatchRow(TableRow):
    """What a reviewer decided about one row and one thing, and why.

    The row is named as in registry/rows.csv, such as ofsted-history/50004306; the thing by kind and
    identifier, such as inspection/NFK-2015-01.
    """

    key_columns: ClassVar[int] = 2
    row: Annotated[str, Field(pattern=r"^[a-z0-9-]+/.+$")]
    thing: Annotated[str, Field(pattern=r"^[a-z0-9-]+/[A-Za-z-]+-[0-9]{4}-[0-9]{2}$")]
    decision: Literal["same", "different"]
    reason: Text

    @property
    def place(self) -> str:
        """Where the decision stands, for messages."""
        return f"{_NAME}, row {self.row}, thing {self.thing}"


def read_matches(folder: Traversable | None = None) -> list[MatchRow]:
    """Return the decisions on identity.

    Raises: UnreadableTable, naming line and column.
    """
    place = folder or files(__name__.partition(".")[0]).joinpath("decisions")
    return read_rows(text_of(place.joinpath(MATCHES_FILE)), _NAME, MatchRow)
