"""What a picture is: the question behind it, and the chart that is made of the answer."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from api.analysis.svg import Drawing
from queries.json_values import Json

Rows = Sequence[Mapping[str, Json]]
Names = Callable[[str], str]
"""Returns the short name of the council at an address."""


@dataclass(frozen=True)
class Table:
    """What a chart draws, as text in rows."""

    columns: Sequence[str]
    rows: Sequence[Sequence[str]]


@dataclass(frozen=True)
class Chart:
    """What an answer shows.

    In: `finding` is worked out from the rows; `table` has every number that is drawn; `draw` makes
    the drawing on paper of a width, and gives its patterns the name.
    """

    finding: str
    table: Table
    draw: Callable[[Drawing], None]


@dataclass(frozen=True)
class Picture:
    """A picture of a question of the catalogue.

    In: `caveat` says what the picture leaves out or may mislead about, in our own words; `key` how
    its marks are to be read.
    """

    name: str
    title: str
    shows: str
    question: str
    key: str
    caveat: str
    chart: Callable[[Rows, Names], Chart]
    parameters: Mapping[str, str] = field(default_factory=dict)
