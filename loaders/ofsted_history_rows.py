"""The table of the history of Ofsted's inspections of children's services, and how it is read.

A public tool collects it from Ofsted's reports, one row for each. It reads their table of grades by
the layout in use since 2018; of a report in another layout it has none, which says nothing about
the inspection.
"""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from data.cells import Cells
from data.sources import TableSource
from loaders.inspection_rows import COMMON_COLUMNS, GRADES, InspectedRow, one_of, read_inspected

SOURCE = "ofsted-history"
TABLE = "inspections.csv"
FILE = "ofsted_csc_ilacs_history.csv"

FORMS: dict[str, str] = {
    "standard": "standard",
    "short": "short",
    "inspection duration longer than standard framework": "longer",
}
PRINTED_GRADES: dict[str, str] = GRADES | {"to requires improvement": "requires-improvement"}
"""The long grade "requires improvement to be good" stands on two lines of a report."""

SILENT = ""
UNREADABLE = "data_unreadable"
NO_LONGER_GIVEN = "not_reported_post_reform"
NOT_YET_GIVEN = "inspection_pre_dates_judgement"

ANYWHERE = (*PRINTED_GRADES, SILENT, UNREADABLE)
ACCEPTED: dict[str, tuple[str, ...]] = {
    "overall": (*ANYWHERE, NO_LONGER_GIVEN),
    "leaders": ANYWHERE,
    "help": ANYWHERE,
    "in_care": ANYWHERE,
    "care_leavers": (*ANYWHERE, NOT_YET_GIVEN),
}
"""What the cells of each column of grades may hold."""

PUBLISHED_GRADES = {
    "overall_effectiveness_grade": "overall",
    "impact_of_leaders_grade": "leaders",
    "help_and_protection_grade": "help",
    "in_care_grade": "in_care",
    "care_leavers_grade": "care_leavers",
}
DAYS = "%d/%m/%Y", "%d/%m/%y"
PERSON = r"[^\W\d_]+(?:[ .'’-]+[^\W\d_]+)+"
"""Form of a person's name, whose letters may have accents."""


class HistoryRow(InspectedRow):
    """A report, with the grades as the tool reads them."""

    form: Annotated[str, one_of("", *FORMS)]
    lead_inspector: Annotated[str, Field(pattern=rf"^({PERSON})?$")]
    overall: Annotated[str, one_of(*ACCEPTED["overall"])]
    leaders: Annotated[str, one_of(*ACCEPTED["leaders"])]
    help: Annotated[str, one_of(*ACCEPTED["help"])]
    in_care: Annotated[str, one_of(*ACCEPTED["in_care"])]
    care_leavers: Annotated[str, one_of(*ACCEPTED["care_leavers"])]


def convert(cells: Cells) -> HistoryRow:
    """Return a published row in our columns; the grades stay as printed."""
    values = read_inspected(cells, "inspection_start_date", "inspection_end_date", DAYS)
    values["form"] = cells.choice("inspection_framework", {one: one for one in ("", *FORMS)})
    values["lead_inspector"] = ""
    if cells.optional("inspector_name"):
        values["lead_inspector"] = cells.matching("inspector_name", PERSON, "Sarah Canto")
    for published, ours in PUBLISHED_GRADES.items():
        values[ours] = cells.choice(published, {one: one for one in ACCEPTED[ours]})
    return HistoryRow.model_validate(values)


HISTORY = TableSource(
    name=SOURCE,
    table=TABLE,
    row=HistoryRow,
    file=FILE,
    key=("inspection_link",),
    used=COMMON_COLUMNS
    | PUBLISHED_GRADES.keys()
    | {
        "inspection_end_date",
        "inspection_framework",
        "inspection_start_date",
        "inspector_name",
    },
    ignored={"parser_version": "a number of the tool that read the report, and no fact about it"},
    convert=convert,
)
