"""What was read, as the project's own tables say: periods, scopes of sources, expected numbers."""

from datetime import date
from functools import cache
from typing import Annotated, ClassVar, Literal

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator

from data.tables.table import Code, Codes, TableRow, Text, read_table, split_words

_FOLDER = "coverage"

Topic = Literal[
    "best-value-interventions",
    "best-value-notices",
    "childrens-inspections",
    "childrens-interventions",
    "commissioner-reports",
    "financial-support",
    "focused-visits",
    "joint-inspections",
    "planning-interventions",
    "section-114",
    "send-area-inspections",
    "send-interventions",
    "service-transfers",
]
Councils = Literal["all", "upper-tier"]
Documents = Annotated[list[Text], BeforeValidator(split_words), Field(min_length=1)]


class PeriodRow(TableRow):
    """A span of days of one topic; the year in its name is that of its first day."""

    period: Annotated[str, Field(pattern=r"^[a-z0-9-]+-[0-9]{4}$")]
    topic: Topic
    first_day: date
    last_day: date
    councils: Councils
    note: Text

    @field_validator("last_day")
    @classmethod
    def coherent(cls, value: date, info: ValidationInfo) -> date:
        """Check that the days are in order, and that the name says topic and year."""
        first = info.data.get("first_day")
        wanted = f"{info.data.get('topic')}-{first.year}" if first else None
        if wanted and info.data.get("period") != wanted:
            raise ValueError(f"a period of this topic and first day is called {wanted}")
        return _not_before(first, value)


class ScopeRow(TableRow):
    """What one source, or one set of pages, covers.

    In: councils by the tier they belong to, or by their codes; days on which the things that the
    source lists began, an inspection with the publication of its report.
    """

    scope: Text
    topic: Topic
    councils: Councils | Annotated[list[Code], BeforeValidator(split_words), Field(min_length=1)]
    except_councils: Codes
    covered_from: date
    covered_to: date
    completeness: Literal["complete", "incomplete", "single"]
    documents: Documents
    last_checked: date
    reason: Text

    @field_validator("covered_to")
    @classmethod
    def ordered(cls, value: date, info: ValidationInfo) -> date:
        """Check that the days are in order."""
        return _not_before(info.data.get("covered_from"), value)

    @field_validator("last_checked")
    @classmethod
    def read_afterwards(cls, value: date, info: ValidationInfo) -> date:
        """Check that nothing is covered that lay ahead when the source was read."""
        return _not_before(info.data.get("covered_to"), value)


class ExpectedRow(TableRow):
    """A number that the report on coverage is expected to show, and why."""

    figure: Text
    part: str
    expected: Annotated[int, Field(ge=0)]
    reason: Text
    key_columns: ClassVar[int] = 2


@cache
def read_periods() -> tuple[PeriodRow, ...]:
    """Return the periods of all topics.

    Raises: UnreadableTable, naming line and column.
    """
    return tuple(read_table(_FOLDER, "periods.csv", PeriodRow))


@cache
def read_scopes() -> tuple[ScopeRow, ...]:
    """Return what each source covers.

    Raises: UnreadableTable, naming line and column.
    """
    return tuple(read_table(_FOLDER, "scope.csv", ScopeRow))


@cache
def read_expected() -> tuple[ExpectedRow, ...]:
    """Return the expected numbers.

    Raises: UnreadableTable, naming line and column.
    """
    return tuple(read_table(_FOLDER, "expected.csv", ExpectedRow))


def _not_before(first: date | None, last: date) -> date:
    """Return a day that is not before another."""
    if first and last < first:
        raise ValueError(f"before {first}")
    return last
