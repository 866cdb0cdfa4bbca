"""Corrections of the history: a source of their own, nearer to the report, that overwrites none."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from data.decisions.discrepancies import Decisions
from data.records.form import Inspection, Listing
from data.registry.identifiers import Identities
from data.sources import convert_published, read_source
from data.tables.table import read_rows, text_of, write_rows
from loaders.claims.claim import read_claims
from loaders.claims.discrepancies import find_discrepancies
from loaders.claims.resolution import Knowledge, Slot, resolve
from loaders.tables.claim_source import ClaimSource
from loaders.tables.inspections.grade_corrections import (
    CORRECTIONS,
    GRADE_CORRECTIONS,
    GradeCorrectionRow,
)
from loaders.tables.inspections.ofsted_history import HISTORY, OFSTED_HISTORY
from ontology import CI
from ontology.errors import UnknownIdentifier, UnreadableTable
from tests.fixtures.guards import replaced

FILE = GRADE_CORRECTIONS.table.file
HEADER = "urn,inspection_link,reason,column,value_in_file,value_in_report\n"
FIRST = (
    "80536,https://files.ofsted.gov.uk/v1/file/50004449,wrapped cell,in_care_grade,"
    "requires improvement,good\n"
)
SECOND = (
    "80462,https://files.ofsted.gov.uk/v1/file/50000268,"
    '"row is a SIF re-inspection, not ILACS: use SIF table",framework,standard,SIF re-inspection\n'
)
SOURCES: tuple[ClaimSource[Any], ...] = (OFSTED_HISTORY, GRADE_CORRECTIONS)
PUBLISHED = HEADER + FIRST + SECOND
OWN = "grade-corrections/corrections.csv"


@pytest.fixture(scope="module")
def identities() -> Identities:
    """Return an identifier for each row; only those of one report are one thing."""
    found = [
        mention for source in SOURCES for mention in source.mentions(read_source(source.table).rows)
    ]
    reports = sorted({one.same_as or "" for one in found})
    numbers = {
        report: f"{number // 99 + 1000:04}-{number % 99 + 1:02}"
        for number, report in enumerate(reports)
    }
    return Identities(
        {one.row: f"inspection/{one.council}-{numbers[one.same_as or '']}" for one in found}
    )


@pytest.fixture(scope="module")
def inspections(identities: Identities) -> dict[str, Inspection]:
    """Return what the corrections say, by the number of the report."""
    (file,) = GRADE_CORRECTIONS.records(read_source(CORRECTIONS), identities)
    assert isinstance(file.record, Listing)
    assert (file.record.document.tier, file.record.document.review) == (1, "reviewed")
    return {str(inspection.words): inspection for inspection in file.record.inspections}


@pytest.fixture(scope="module")
def slots(identities: Identities) -> list[Slot]:
    """Return what the history and its corrections resolve to."""
    files = [
        *OFSTED_HISTORY.records(read_source(HISTORY), identities),
        *GRADE_CORRECTIONS.records(read_source(CORRECTIONS), identities),
    ]
    tiers = {file.record.document.slug: file.record.document.tier for file in files}
    return resolve((claim for file in files for claim in read_claims(file)), Knowledge(tiers, {}))


def test_published_file_gives_our_table(published: Path) -> None:
    """Our table holds what the published file holds, and nothing else."""
    text = text_of(published / "derived" / FILE)
    assert convert_published(CORRECTIONS, text) == read_source(CORRECTIONS).rows


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("80536", "80418", r"column urn: '80418'; expected 80536, the number of the council of"),
        ("80536", "80001", r"column urn: '80001'; expected 80536"),
        (
            "50004449",
            "50009999",
            r"column inspection_link: .*; expected a report of the inspection",
        ),
        ("wrapped cell", "a slip", r"column reason: 'a slip'; expected .* or 'wrapped cell'"),
        ("in_care_grade", "care", r"column column: 'care'; expected 'framework' or 'overall"),
        ("in_care_grade,req", "framework,req", r"column value_in_file: .*; expected 'short'"),
        (
            "requires improvement",
            "inadequate",
            r"column value_in_file: 'inadequate'; expected 'req",
        ),
        (",good", ",fine", r"column value_in_report: 'fine'; expected 'outstanding' or 'good'"),
        (",good", ",SIF", r"column value_in_report: 'SIF'; expected 'outstanding' or 'good'"),
    ],
)
def test_bad_cell_is_named(old: str, new: str, expected: str) -> None:
    """The message names file, line, column, the value, and what was expected."""
    assert old in FIRST
    with pytest.raises(UnreadableTable, match=expected) as caught:
        convert_published(CORRECTIONS, HEADER + replaced(FIRST, old, new, 1) + SECOND)
    assert str(caught.value).startswith(f"{FILE}, line 2")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (PUBLISHED[:-30], r"line 3: 4 cells; expected 6; the file may have been cut off"),
        (PUBLISHED.replace(",", "|"), r"line 1: a single column .*; expected 6 columns with com"),
        (PUBLISHED + FIRST, r"line 4, column inspection_link: .*/50004449'; .* stands twice"),
        (replaced(PUBLISHED, "reason", "why", 1), r"unknown: why; missing: reason"),
    ],
)
def test_bad_file_is_refused(text: str, expected: str) -> None:
    """A file that was cut off, saved otherwise or changed gives no rows at all."""
    with pytest.raises(UnreadableTable, match=expected):
        convert_published(CORRECTIONS, text)


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("report", "x", "String should match"),
        ("column", "place", "expected 'form' or 'overall'"),
        ("council", "NF", "String should match"),
        ("urn", "x", "String should match"),
        ("value_in_report", "fine", "expected 'outstanding' or 'good'"),
        ("reason", "", "at least 1 character"),
    ],
)
def test_bad_cell_of_our_table_is_named(column: str, value: str, expected: str) -> None:
    """Our own table is read as strictly as the published one."""
    (row,) = convert_published(CORRECTIONS, HEADER + FIRST)
    cells = row.cells()
    cells[list(GradeCorrectionRow.model_fields).index(column)] = value
    text = write_rows([], GradeCorrectionRow) + ",".join(f'"{cell}"' for cell in cells) + "\n"
    with pytest.raises(UnreadableTable, match=rf"^{OWN}, line 2, column {column}: .*{expected}"):
        read_rows(text, OWN, GradeCorrectionRow)


def test_nine_grades_and_one_framework_are_corrected(inspections: dict[str, Inspection]) -> None:
    """Six reports were opened; the area of a column is the one of the time."""
    grades = {
        (report, judgement.area, said.value)
        for report, inspection in inspections.items()
        for judgement in inspection.judgements
        for said in judgement.grade
    }
    assert grades == {
        ("50000290", "ilacs-in-care-and-care-leavers", "good"),
        ("50004449", "ilacs-in-care-and-care-leavers", "good"),
        ("50048229", "ilacs-help", "requires-improvement"),
        ("50048229", "ilacs-overall", "requires-improvement"),
        ("50103322", "ilacs-help", "requires-improvement"),
        ("50103322", "ilacs-overall", "requires-improvement"),
        ("50227184", "ilacs-care-leavers", "outstanding"),
        ("50227184", "ilacs-help", "requires-improvement"),
        ("50227184", "ilacs-in-care", "good"),
    }
    (form,), (framework,) = inspections["50000268"].form, inspections["50000268"].framework
    assert (form.value, form.polarity, framework.value) == ("standard", "negative", "sif")


def chosen(slots: list[Slot], area: str, identities: Identities, report: str) -> Slot:
    """Return the slot of the grade on an area of one report."""
    local = identities.local(f"ofsted-history/{report}", "inspection")
    (found,) = [
        slot
        for slot in slots
        if slot.property == CI.grade and str(slot.about).endswith(f"/{local}/{area}")
    ]
    return found


def test_report_outranks_the_list_and_both_stay(slots: list[Slot], identities: Identities) -> None:
    """St Helens 2023: the list has good for help and protection, the report does not."""
    slot = chosen(slots, "ilacs-help", identities, "50227184")
    assert slot.preferred is not None
    assert (slot.preferred.document, slot.rule) == ("grade-corrections", "r3")
    assert str(slot.preferred.value).endswith("/requires-improvement")
    assert {claim.document for claim in slot.claims} == {"grade-corrections", "ofsted-history"}


def test_silence_of_the_list_yields_to_the_report(
    slots: list[Slot], identities: Identities
) -> None:
    """Nottingham 2019: the list has lost the overall grade, the report has it."""
    slot = chosen(slots, "ilacs-overall", identities, "50048229")
    assert slot.preferred is not None and slot.rule == "unopposed"
    (silent,) = [one for one in slots if one.about == slot.about and one.property == CI.notJudged]
    assert (silent.preferred, silent.reason) == (None, "another source gives the grade")
    assert len(silent.claims) == 1


def test_doubtful_grade_is_no_fact(slots: list[Slot], identities: Identities) -> None:
    """Nottingham 2022: a grade for which there was no area yet stays a possibility."""
    slot = chosen(slots, "ilacs-care-leavers", identities, "50192198")
    assert slot.preferred is None
    (reason,) = [one for one in slots if one.about == slot.about and one.property == CI.notJudged]
    assert reason.preferred is not None
    assert str(reason.preferred.value).endswith("/predates-judgement")


def test_every_difference_is_typed(slots: list[Slot]) -> None:
    """Five grades contradict each other, and one form is denied; nothing else differs."""
    found = find_discrepancies(slots, Decisions())
    kinds = sorted(
        (mention.type, str(mention.claims[0].property).partition("#")[2]) for mention in found
    )
    assert kinds == [("contradiction", "grade")] * 5 + [("disputed-by-source", "inspectionForm")]


def test_row_without_an_identity_is_refused() -> None:
    """The message names the row."""
    with pytest.raises(UnknownIdentifier, match=r"grade-corrections/\d+ has no identifier"):
        GRADE_CORRECTIONS.records(read_source(CORRECTIONS), Identities({}))
