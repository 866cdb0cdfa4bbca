"""Say what the history of Ofsted's inspections of children's services states of each of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from data.reading import RecordFile
from data.record import CitedDocument, Inspection, Judgement, Listing
from data.registry import Identities
from data.sources import SourceRows
from data.statements import Said
from loaders.claim_sources import ClaimSource, Sighting
from loaders.inspection_claims import EMPTY, Told, listing_document
from loaders.inspection_rows import SERIES, framework_before, framework_in_use
from loaders.ofsted_history_rows import (
    ACCEPTED,
    FORMS,
    HISTORY,
    NO_LONGER_GIVEN,
    NOT_YET_GIVEN,
    PRINTED_GRADES,
    SILENT,
    SOURCE,
    UNREADABLE,
    HistoryRow,
)
from ontology import concept_exists
from ontology.errors import UnreadableTable

EDITIONS = tuple(one for one in SERIES if one.startswith("ilacs-"))
"""The frameworks under which inspections have a form."""

NOT_JUDGED: dict[str, str] = {
    SILENT: "not-reported-in-source",
    UNREADABLE: "unreadable",
    NOT_YET_GIVEN: "predates-judgement",
    NO_LONGER_GIVEN: "not-in-framework",
}
"""What a cell without a grade says, by what it prints."""

EDITION_AREAS: dict[str, str] = {
    "overall": "ilacs-overall",
    "leaders": "ilacs-leaders",
    "help": "ilacs-help",
    "in_care": "ilacs-in-care",
    "care_leavers": "ilacs-care-leavers",
}
AREAS: dict[str, dict[str, str]] = {
    # In 2018 the grade for children in care was one for care leavers too.
    "ilacs-2018": EDITION_AREAS | {"in_care": "ilacs-in-care-and-care-leavers"},
    "ilacs-2023": EDITION_AREAS,
    "ilacs-2026": EDITION_AREAS,
    "looked-after-2013": {"overall": "lac-overall"},
}
"""The area of each column, by framework; of other frameworks the columns can hold no grade."""

UNUSABLE = "unusable-document"
BOARD_REVIEW = "safeguarding-board-review"
OTHER_READINGS = UNUSABLE, BOARD_REVIEW
"""What a whole row can be read as, beside an inspection under a framework."""


Row = Told[HistoryRow]


def told_by(row: HistoryRow) -> Row:
    """Return a row of the table, on the way to its claims."""
    return Told(SOURCE, row)


def sightings(rows: Sequence[HistoryRow]) -> Iterator[Sighting]:
    """Yield the inspections that the rows speak of; an unusable document speaks of none."""
    for row in rows:
        told = told_by(row)
        if not is_unusable(told):
            yield told.sighting(framework_of(told))


def records(rows: SourceRows[HistoryRow], identities: Identities) -> list[RecordFile]:
    """Return what the rows say, as one record.

    Raises: UnreadableTable for a reviewed reading, or a grade, that the row cannot have;
    UnknownIdentifier for a row without an identity.
    """
    told = [told_by(row) for row in rows.rows]
    listing = Listing(
        document=listing_document(SOURCE, rows, tier=4, licence="mit", is_reviewed=False),
        documents=[_report(one) for one in told],
        inspections=[_inspection(one, identities) for one in told if not is_unusable(one)],
    )
    return [RecordFile(f"{SOURCE}/{rows.file}", rows.text, listing)]


def is_unusable(told: Row) -> bool:
    """Return whether the report's address leads to something that is no report."""
    reading = told.reading()
    return reading is not None and reading.read_as == UNUSABLE


def framework_of(told: Row) -> str | None:
    """Return the framework of a row: the reviewed one, or the one of the days on site.

    Out: where no day on site is given, the one in use in the months before the report; None where
    that may be several.
    Raises: UnreadableTable for a reviewed reading that is nothing of the kind.
    """
    reading, row = told.reading(), told.row
    if reading and reading.read_as not in OTHER_READINGS:
        if not concept_exists("framework", reading.read_as):
            raise told.unknown_reading(reading)
        return reading.read_as
    day = row.on_site_from
    if day is None:
        return framework_before(row.published_on)
    edition = framework_in_use(day, day, EDITIONS) if row.form else None
    return edition or framework_in_use(day, day)


def _report(told: Row) -> CitedDocument:
    """Return the document behind a row."""
    reading = told.reading()
    if reading and is_unusable(told):
        return told.cited("unusable-document", reading.reason)
    return told.cited()


def _inspection(told: Row, identities: Identities) -> Inspection:
    """Return what a row says of its inspection."""
    row, place, reading = told.row, told.place, told.reading()
    is_board = reading is not None and reading.read_as == BOARD_REVIEW
    kind = place.said(
        "SafeguardingBoardReview" if is_board else "GradedInspection", "label", row.label
    )
    framework = framework_of(told)
    more = {"form": [place.said(FORMS[row.form], "form", row.form)]} if row.form else {}
    if row.lead_inspector:
        more["lead_inspector_named"] = [place.said(row.lead_inspector, "lead_inspector")]
    return told.inspection(
        identities.local(told.name, "inspection"),
        kind,
        _framework_said(told, framework) if framework else None,
        [] if is_board else list(_judgements(told, framework)),
        **more,
    )


def _framework_said(told: Row, framework: str) -> Said:
    """Return the statement of a framework, which the table implies and does not print."""
    row, place, reading = told.row, told.place, told.reading()
    if reading and reading.read_as == framework:
        column, words, note = "label", row.label, reading.reason
    elif row.on_site_from:
        column, words = "on_site_from", str(row.on_site_from)
        note = "The framework that was in use on the first day on site."
    else:
        column, words = "published_on", str(row.published_on)
        note = "The only framework in use in the months in which such a report is written."
    return place.said(framework, column, words, modality="inferred", note=note)


def _judgements(told: Row, framework: str | None) -> Iterator[Judgement]:
    """Yield the judgement of each column that the framework has an area for."""
    areas = AREAS.get(framework or "", {})
    for column in ACCEPTED:
        printed = getattr(told.row, column)
        if column in areas:
            yield _judgement(told, areas[column], column, printed)
        elif printed in PRINTED_GRADES:
            raise UnreadableTable(
                f"{SOURCE}, row {told.row.report}, column {column}: {printed!r}; the framework of "
                f"the row ({framework or 'not known'}) has no such area; settle what the row is in "
                "data/decisions/reclassified.csv"
            )


def _judgement(told: Row, area: str, column: str, printed: str) -> Judgement:
    """Return the grade in a cell, or why there is none.

    Out: a grade that a reviewer does not take for one stays as a possibility, beside the reason.
    """
    place, reading = told.place, told.reading(column)
    manner = {}
    said: dict[str, list[Said]] = {}
    reason = NOT_JUDGED.get(printed)
    if reading:
        if not concept_exists("not-judged-reason", reading.read_as):
            raise told.unknown_reading(reading)
        manner, reason = {"note": reading.reason}, reading.read_as
    if reason:
        said["not_judged"] = [place.said(reason, column, printed or EMPTY, **manner)]
    if printed in PRINTED_GRADES:
        doubt = {"modality": "possible", **manner} if reading else {}
        said["grade"] = [place.said(PRINTED_GRADES[printed], column, printed, **doubt)]
    return told.judgement(area, column, printed or EMPTY, **said)


OFSTED_HISTORY = ClaimSource(HISTORY, sightings, records)
