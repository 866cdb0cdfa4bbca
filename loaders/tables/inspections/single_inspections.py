"""Read the judgements of single inspections, 2013 to 2018, as they were read from the reports."""

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Annotated

from data.records.files import RecordFile
from data.records.form import Inspection, Judgement, Listing
from data.records.statements import Said
from data.registry.identifiers import Identities
from data.sources import SourceRows, TableSource
from data.tables.cells import Cells
from loaders.tables.claim_source import ClaimSource, Mention
from loaders.tables.inspections.inspected_rows import (
    GRADED,
    InspectedRow,
    InspectionRowClaims,
    listing_document,
    printed_in,
    read_inspected,
)

_TABLE = "inspections.csv"
_SOURCE = "single-inspections"
FRAMEWORK = "sif"
_REINSPECTION = "SIF re-inspection"
_printed = partial(printed_in, _SOURCE, _TABLE)


class SingleInspectionRow(InspectedRow):
    """A report on a single inspection, with its six grades."""

    framework: Annotated[str, _printed("framework")]
    overall: Annotated[str, _printed("overall_effectiveness")]
    help: Annotated[str, _printed("help_and_protection")]
    looked_after: Annotated[str, _printed("looked_after_and_permanence")]
    adoption: Annotated[str, _printed("adoption_performance")]
    care_leavers: Annotated[str, _printed("care_leavers")]
    leadership: Annotated[str, _printed("leadership_management_governance")]


_SingleClaims = InspectionRowClaims[SingleInspectionRow]


def _convert(cells: Cells) -> SingleInspectionRow:
    """Return a published row in our columns; the grades stay as printed."""
    values = read_inspected(cells, "inspection_start", "inspection_end")
    return SingleInspectionRow.model_validate(values)


def mentions(rows: Sequence[SingleInspectionRow]) -> Iterator[Mention]:
    """Yield the inspections that the rows speak of."""
    for row in rows:
        yield InspectionRowClaims(_SOURCE, row).mention(FRAMEWORK)


def records(rows: SourceRows[SingleInspectionRow], identities: Identities) -> list[RecordFile]:
    """Return what the rows say, as one record.

    Raises: UnknownIdentifier for a row without an identity.
    """
    inspections = [InspectionRowClaims(_SOURCE, row) for row in rows.rows]
    listing = Listing(
        document=listing_document(_SOURCE, rows),
        documents=[inspected.cited() for inspected in inspections],
        inspections=[
            _inspection(inspected, _earlier(inspected, inspections), identities)
            for inspected in inspections
        ],
    )
    return [RecordFile(f"{_SOURCE}/{rows.file}", rows.text, listing)]


def _earlier(inspected: _SingleClaims, others: Sequence[_SingleClaims]) -> _SingleClaims | None:
    """Return the one inspection that a re-inspection repeats.

    Out: None for a first inspection, and where the table holds several earlier ones or none.
    """
    if inspected.row.framework != _REINSPECTION:
        return None
    earlier_rows = [
        earlier_row
        for earlier_row in others
        if earlier_row.row.urn == inspected.row.urn
        and earlier_row.row.first_day < inspected.row.first_day
    ]
    return earlier_rows[0] if len(earlier_rows) == 1 else None


def _inspection(
    inspected: _SingleClaims, earlier: _SingleClaims | None, identities: Identities
) -> Inspection:
    row, place = inspected.row, inspected.place
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
    return inspected.inspection(
        identities.local(inspected.name, "inspection"),
        place.said(GRADED, "framework", row.framework),
        place.said(FRAMEWORK, "framework", row.framework),
        [
            _judgement(inspected, area, column)
            for column, area in TABLE.mapping.areas[FRAMEWORK].items()
        ],
        **more,
    )


def _judgement(inspected: _SingleClaims, area: str, column: str) -> Judgement:
    printed, place = getattr(inspected.row, column), inspected.place
    if reason := TABLE.mapping.meanings["not_judged"].get(printed):
        not_judged = [place.said(reason, column, printed)]
        return inspected.judgement(area, column, printed, not_judged=not_judged)
    grade = [place.said(TABLE.mapping.meanings["grade"][printed], column, printed)]
    return inspected.judgement(area, column, printed, grade=grade)


TABLE = TableSource(_SOURCE, _TABLE, SingleInspectionRow, _convert)
SINGLE_INSPECTIONS = ClaimSource(TABLE, mentions, records)
