"""What the tables of inspections have in common: columns, grades, and frameworks by the day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Annotated

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from data.cells import Cells
from data.councils import read_register
from data.tables import Code, Day, Row, Text
from loaders.council_cells import OwnUrn
from loaders.matching import REPORT_WITHIN_DAYS
from ontology import CI, ontology_graph
from ontology.errors import UnknownIdentifier
from ontology.identifiers import concept

ADDRESS = "https://files.ofsted.gov.uk/v1/file/"

GRADES: dict[str, str] = {
    "outstanding": "outstanding",
    "good": "good",
    "requires improvement": "requires-improvement",
    "inadequate": "inadequate",
}
"""Grades as tables print them, and ours."""

COMMON_COLUMNS = frozenset(
    {"urn", "local_authority", "inspection_link", "pdf_filename", "publication_date"}
)
"""The columns that both published tables of inspections have under the same names."""

SERIES = "sif", "ilacs-2018", "ilacs-2023", "ilacs-2026"
"""Frameworks for children's services as a whole, each in place of the one before."""


def one_of(*accepted: str) -> AfterValidator:
    """Return the check of a cell that holds one of some printed texts."""

    def check(value: str) -> str:
        if value not in accepted:
            raise ValueError("expected " + " or ".join(repr(one) for one in accepted))
        return value

    return AfterValidator(check)


Report = Annotated[str, Field(pattern=r"^\d{7,8}$")]
Urn = Annotated[str, Field(pattern=r"^\d{5,7}$")]


class InspectedRow(Row):
    """The columns that every table of inspections has; a row is named by its report's number."""

    report: Report
    council: Code
    urn: OwnUrn
    place: Text
    label: Text
    published_on: date
    on_site_from: Day
    on_site_to: Day

    @field_validator("on_site_to")
    @classmethod
    def in_order(cls, last: date | None, info: ValidationInfo) -> date | None:
        """Check that the days on site and the day of the report follow each other."""
        days = info.data.get("on_site_from"), last, info.data.get("published_on")
        if fault := disorder(*days):
            raise ValueError(f"expected {fault}")
        return last

    @property
    def first_day(self) -> date:
        """The first day on site, or the day of the report where no day on site is given."""
        return self.on_site_from or self.published_on

    @property
    def day_words(self) -> str:
        """The day of the report in words."""
        return f"{self.published_on.day} {self.published_on:%B %Y}"


def disorder(first: date | None, last: date | None, published: date | None) -> str | None:
    """Return what is expected of the days of an inspection that are not in order, or None."""
    if (first is None) != (last is None):
        return "both days on site or neither"
    if first and last and published and not first <= last <= published:
        return f"a day from the first on site ({first}) to the report ({published})"
    return None


def read_inspected(cells: Cells, first: str, last: str, formats: tuple[str, ...]) -> dict[str, str]:
    """Return the common cells of a published row, under our names.

    In: the columns of the first and the last day on site, and the forms of its days.
    Raises: UnreadableTable, also for a number that no council had on the day.
    """
    days = cells.day(first, formats), cells.day(last, formats)
    published = cells.day("publication_date", formats)
    if published is None:
        cells.refuse("publication_date", "the day of the report")
    if fault := disorder(*days, published):
        cells.refuse(last, fault)
    return {
        "report": report_number(cells),
        "council": council_of_the_day(cells, days[0] or published),
        "urn": cells.text("urn"),
        "place": cells.matching(
            "local_authority", r"[a-z][a-z&,. -]*", "bath and north east somerset"
        ),
        "label": cells.matching(
            "pdf_filename", r".+ - \d{2} [a-z]+ \d{4}\.pdf", "a name - 09 may 2025.pdf"
        ).removesuffix(".pdf"),
        "published_on": str(published),
        "on_site_from": str(days[0] or ""),
        "on_site_to": str(days[1] or ""),
    }


def report_number(cells: Cells) -> str:
    """Return the number of a report, from its address."""
    address = cells.matching("inspection_link", rf"{ADDRESS}\d{{7,8}}", f"{ADDRESS}50276411")
    return address.removeprefix(ADDRESS)


def council_of_the_day(cells: Cells, day: date) -> str:
    """Return the code of the council that had the inspectorate's number on a day."""
    urn = cells.matching("urn", r"\d{5,7}", "80418")
    try:
        return read_register().by_urn(urn, day).code
    except UnknownIdentifier as error:
        cells.refuse("urn", f"the number of a council on that day ({error})")


@cache
def _periods() -> Mapping[str, tuple[date, date]]:
    """Return the first and the last day on which each framework of the series was in use."""
    graph = ontology_graph()
    found = {}
    for notation in SERIES:
        framework = concept("framework", notation)
        first, last = graph.value(framework, CI.inUseFrom), graph.value(framework, CI.inUseUntil)
        found[notation] = (
            date.fromisoformat(str(first)),
            date.fromisoformat(str(last)) if last else date.max,
        )
    return found


def framework_in_use(first: date, last: date, among: Iterable[str] = SERIES) -> str | None:
    """Return the one framework in use between two days, or None if there are several or none."""
    periods = _periods()
    found = [one for one in among if periods[one][0] <= last and first <= periods[one][1]]
    return found[0] if len(found) == 1 else None


def framework_before(published: date) -> str | None:
    """Return the one framework under which a report of a day can have been written, or None."""
    return framework_in_use(published - timedelta(REPORT_WITHIN_DAYS), published)
