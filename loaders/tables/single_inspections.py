"""Read the judgements of single inspections, 2013 to 2018, as they were read from the reports."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Annotated

from data.records.form import Inspection, Judgement, Listing
from data.records.reading import RecordFile
from data.records.statements import Said
from data.registry.identifiers import Identities
from data.sources import SourceRows, TableSource
from data.tables.cells import DAY_FORMATS, Cells
from loaders.tables.claim_source import ClaimSource, Sighting
from loaders.tables.inspection_rows import (
    COMMON_COLUMNS,
    GRADES,
    InspectedRow,
    InspectionRowClaims,
    listing_document,
    one_of,
    read_inspected,
)

_SOURCE = "single-inspections"
FILE = "ofsted_sif_judgements_2014_2018.csv"
FRAMEWORK = "sif"

_FIRST_INSPECTION = "SIF"
_REINSPECTION = "SIF re-inspection"
PRINTED_FRAMEWORKS = _FIRST_INSPECTION, _REINSPECTION

_NOT_JUDGED: dict[str, str] = {"not judged": "not-inspected"}
"""Two small councils had too few children, or none, for an area to be graded."""
_PRINTED = (*GRADES, *_NOT_JUDGED)

AREAS: dict[str, str] = {
    "overall": "sif-overall",
    "help": "sif-1",
    "looked_after": "sif-2",
    "adoption": "sif-2.1",
    "care_leavers": "sif-2.2",
    "leadership": "sif-3",
}
"""The area of each column of grades."""

_PUBLISHED_GRADES: dict[str, str] = {
    "overall_effectiveness": "overall",
    "help_and_protection": "help",
    "looked_after_and_permanence": "looked_after",
    "adoption_performance": "adoption",
    "care_leavers": "care_leavers",
    "leadership_management_governance": "leadership",
}

Printed = Annotated[str, one_of(*_PRINTED)]


class SingleInspectionRow(InspectedRow):
    """A report on a single inspection, with its six grades."""

    framework: Annotated[str, one_of(*PRINTED_FRAMEWORKS)]
    overall: Printed
    help: Printed
    looked_after: Printed
    adoption: Printed
    care_leavers: Printed
    leadership: Printed


Row = InspectionRowClaims[SingleInspectionRow]


def convert(cells: Cells) -> SingleInspectionRow:
    """Return a published row in our columns; the grades stay as printed."""
    values = read_inspected(cells, "inspection_start", "inspection_end", DAY_FORMATS)
    values["framework"] = cells.choice("framework", {one: one for one in PRINTED_FRAMEWORKS})
    for published, ours in _PUBLISHED_GRADES.items():
        values[ours] = cells.choice(published, {one: one for one in _PRINTED})
    return SingleInspectionRow.model_validate(values)


def sightings(rows: Sequence[SingleInspectionRow]) -> Iterator[Sighting]:
    """Yield the inspections that the rows speak of."""
    for row in rows:
        yield InspectionRowClaims(_SOURCE, row).sighting(FRAMEWORK)


def records(rows: SourceRows[SingleInspectionRow], identities: Identities) -> list[RecordFile]:
    """Return what the rows say, as one record.

    Raises: UnknownIdentifier for a row without an identity.
    """
    told = [InspectionRowClaims(_SOURCE, row) for row in rows.rows]
    listing = Listing(
        document=listing_document(_SOURCE, rows, tier=2, licence="cc-by-4", is_reviewed=True),
        documents=[one.cited() for one in told],
        inspections=[_inspection(one, _earlier(one, told), identities) for one in told],
    )
    return [RecordFile(f"{_SOURCE}/{rows.file}", rows.text, listing)]


def _earlier(told: Row, others: Sequence[Row]) -> Row | None:
    """Return the one inspection that a re-inspection repeats.

    Out: None for a first inspection, and where the table holds several earlier ones or none.
    """
    if told.row.framework != _REINSPECTION:
        return None
    found = [
        one
        for one in others
        if one.row.urn == told.row.urn and one.row.first_day < told.row.first_day
    ]
    return found[0] if len(found) == 1 else None


def _inspection(told: Row, earlier: Row | None, identities: Identities) -> Inspection:
    """Return what a row says of its inspection."""
    row, place = told.row, told.place
    more: dict[str, list[Said]] = {}
    if earlier:
        more["reinspection_of"] = [
            place.said(
                identities.local(earlier.name, "inspection"),
                "framework",
                row.framework,
                modality="inferred",
                note="The only earlier single inspection of the council in the table.",
            )
        ]
    return told.inspection(
        identities.local(told.name, "inspection"),
        place.said("GradedInspection", "framework", row.framework),
        place.said(FRAMEWORK, "framework", row.framework),
        [_judgement(told, area, column) for column, area in AREAS.items()],
        **more,
    )


def _judgement(told: Row, area: str, column: str) -> Judgement:
    """Return the grade in a cell, or why there is none."""
    printed, place = getattr(told.row, column), told.place
    if printed in _NOT_JUDGED:
        reason = [place.said(_NOT_JUDGED[printed], column, printed)]
        return told.judgement(area, column, printed, not_judged=reason)
    grade = [place.said(GRADES[printed], column, printed)]
    return told.judgement(area, column, printed, grade=grade)


TABLE = TableSource(
    name=_SOURCE,
    table="inspections.csv",
    row=SingleInspectionRow,
    file=FILE,
    key=("inspection_link",),
    used=COMMON_COLUMNS
    | _PUBLISHED_GRADES.keys()
    | {"framework", "inspection_end", "inspection_start"},
    ignored={
        "gss_current_provider": "the area of today's council; the register has it, with its dates",
        "la_code": "the department's number of the council, which the register has",
    },
    convert=convert,
)
SINGLE_INSPECTIONS = ClaimSource(TABLE, sightings, records)
