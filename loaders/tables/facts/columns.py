"""The columns that the tables of facts share, and what a person decides about names."""

from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, Field

from data.councils.register import read_register
from data.records.statements import MAXIMUM_WORDS_CHARACTERS, Time
from data.tables.table import empty_as_none, split_words
from loaders.tables.claim_source import RowPlace
from loaders.tables.events.rows import Edtf as DayOrPeriod
from loaders.tables.events.rows import EdtfOfOneDay, Page
from ontology.errors import UnknownIdentifier
from ontology.identifiers import SLUG

__all__ = [
    "Council",
    "DateKind",
    "DayOrPeriod",
    "Edtf",
    "Key",
    "OptionalEdtf",
    "Page",
    "RegimeName",
    "Regimes",
    "Summary",
    "time_in",
]

Edtf = EdtfOfOneDay
"""A day, a month, a year, or a day that lies between two, in EDTF."""

OptionalEdtf = Annotated[Edtf | None, BeforeValidator(empty_as_none)]

_PUBLISHED_REASON = "not after the page about it was published; the day of the act is not given"
_PRESS_NOTE = "The day is the one that the press gives."


def _known_council(code: str) -> str:
    try:
        read_register().by_code(code)
    except UnknownIdentifier:
        raise ValueError(
            "expected a council or a combined authority of the register, such as NFK"
        ) from None
    return code


Key = Annotated[str, Field(pattern=rf"^{SLUG}$")]
"""The name of a row, such as rot-2015-02-26-direction."""

Council = Annotated[str, Field(pattern=r"^[A-Z]{3,5}$"), AfterValidator(_known_council)]
"""The code of a council or of a combined authority."""

RegimeName = Literal["childrens-services", "best-value", "send", "planning"]
Regimes = Annotated[list[RegimeName], BeforeValidator(split_words), Field(min_length=1)]
"""One regime, or several with a space between."""

DateKind = Annotated[
    Literal["stated", "page-published", "press", "inferred"] | None, BeforeValidator(empty_as_none)
]
"""Where a day comes from: the act, the page about it, the press, or a person's inference."""

Summary = Annotated[str, Field(max_length=MAXIMUM_WORDS_CHARACTERS)]
"""What a row adds, in the project's own words."""


def time_in(row: str, column: str, edtf: str, kind: str | None, reason: str = "") -> Time:
    """Return the time that a cell gives.

    In: the kind of the day; a page published on a day tells of an act not after it.
    """
    place = RowPlace(row)
    if kind == "page-published":
        return place.time(
            edtf, column, date=f"[..{edtf}]", status="inferred", reason=_PUBLISHED_REASON
        )
    if kind == "inferred":
        return place.time(edtf, column, date=edtf, status="inferred", reason=reason)
    note = _PRESS_NOTE if kind == "press" else None
    return place.time(edtf, column, date=edtf, note=note)
