"""Reports on councils: a bad cell is named; rows of one report are one document."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from data.records.form import Listing
from data.registry.identifiers import Identities
from data.sources import SourceRows
from data.tables.table import read_rows
from loaders.tables.facts.reports import REPORTS, ReportRow
from ontology.errors import UnreadableTable
from tests.fixtures.guards import not_empty, replaced

HEADER = ",".join(ReportRow.model_fields)
ROW = (
    "slg-report-5,slg-commissioner-report-5,SLG,best-value,commissioner-report,5,"
    "Gavin Jones; council/ESS,2024-04,2024-10-22,Received in April.,mhclg-slough-directions\n"
)
OTHER = (
    "slg-report-5-2,slg-commissioner-report-5,SLG,best-value,commissioner-report,5,,,2024-10,,"
    "slough-best-value-commissioners\n"
)


def rows(text: str) -> list[ReportRow]:
    """Return the rows of a made-up table."""
    return read_rows(f"{HEADER}\n{text}", "reports/reports.csv", ReportRow)


def told(text: str) -> Iterator[Listing]:
    """Yield what each page says that made-up rows were read from."""
    found = SourceRows(tuple(rows(text)), "reports.csv", text)
    for file in REPORTS.records(found, Identities({})):
        assert isinstance(file.record, Listing)
        yield file.record


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("slg-report-5", "Report 5", "column key"),
        ("slg-commissioner-report-5", "Report 5", "column report"),
        ("slg-commissioner-report-5", "thr-commissioner-report-5", "begins with its council, slg-"),
        (",SLG,", ",SLOU,", "column council: 'SLOU'"),
        (",best-value,", ",value,", "column regime: 'value'"),
        (",commissioner-report,", ",essay,", "column kind: 'essay'"),
        (",2024-04,", ",April 2024,", "column dated"),
        (",2024-10-22,", ",2024-10-32,", "column published"),
        (",2024-10-22,", ",2023,", "before its date"),
        ("Received in April.", "x" * 200, "column summary"),
        ("mhclg-slough-directions", "no-such-page", "column page: 'no-such-page'"),
    ],
)
def test_a_bad_cell_is_named(old: str, new: str, message: str) -> None:
    """Whoever keeps the table reads where the fault is."""
    with pytest.raises(UnreadableTable, match=message):
        rows(replaced(ROW, old, new, 1))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("Gavin Jones", "Nobody Known", "'Nobody Known' is not decided for the council SLG"),
        (",commissioner-report,5,,", ",envoy-report,5,,", "column kind: "),
        (",commissioner-report,5,,", ",commissioner-report,6,,", "column ordinal: '5' and '6'"),
    ],
)
def test_rows_of_one_report_agree_on_what_it_is(old: str, new: str, message: str) -> None:
    """An author must be decided, and two kinds or numbers are two reports."""
    with pytest.raises(UnreadableTable, match=message):
        not_empty(list(told(replaced(ROW + OTHER, old, new, 1))))


def test_each_page_tells_of_the_same_document() -> None:
    """The title is the same, the days are each page's own, and the authors are named apart."""
    pages = not_empty(list(told(ROW + OTHER)))
    documents = [document for page in pages for document in page.documents]
    assert {document.id for document in documents} == {"slg-commissioner-report-5"}
    assert {said.value for document in documents for said in document.title} == {
        "Report of commissioners, 5 (best value)"
    }
    assert [time.date for document in documents for time in document.published] == [
        "2024-10-22",
        "2024-10",
    ]
    authors = [said.value for document in documents for said in document.author]
    assert authors == ["person/gavin-jones", "council/ESS"]
    assert [person.id for page in pages for person in page.people] == ["gavin-jones"]


def test_an_answer_is_a_document_of_its_own_kind() -> None:
    """What a minister writes back is no report."""
    answer = replaced(ROW, "commissioner-report,5", "minister-response,5", 1)
    (page,) = told(answer)
    assert [document.kind for document in page.documents] == ["minister-response"]
