"""Inspections of every kind over HTTP: by form, by outcome, by the days on site."""

from __future__ import annotations

import pytest
from starlette.testclient import TestClient

from tests.fixtures.pages import read


@pytest.mark.parametrize(
    ("query", "total"),
    [
        ("form=area-send", 72),
        ("form=joint-targeted", 49),
        ("form=area-send&grade=send-positive", 15),
        ("form=area-send&grade=send-inconsistent", 36),
        ("grade=send-failings", 20),
        ("form=focused-visit&grade=inadequate", 0),
        ("form=focused-visit&framework=area-send-2023", 0),
    ],
)
def test_inspections_by_form_and_outcome(england: TestClient, query: str, total: int) -> None:
    """An outcome narrows the list as a grade does, and visits have neither."""
    assert read(england, f"/inspections?{query}&limit=1")["total"] == total


def test_a_visit_of_a_document_has_its_form_too(client: TestClient) -> None:
    """The form follows from the class, whatever source gives it."""
    found = read(client, "/inspections?form=monitoring-visit")["items"]
    assert [(one["id"], one["form"], one["form_label"]) for one in found] == [
        ("WOR-2017-02", "monitoring-visit", "monitoring visit")
    ]


def test_a_form_that_does_not_exist_is_refused(england: TestClient) -> None:
    """The message names the filter, the value, and where the accepted ones stand."""
    answer = england.get("/inspections?form=unannounced")
    assert answer.status_code == 400
    body = answer.json()
    assert body["detail"].startswith("form: ") and "unannounced" in body["detail"]
    assert {"focused-visit", "area-send", "short"} <= set(body["accepted"])


def test_an_area_inspection_shows_its_outcome_and_no_grade(england: TestClient) -> None:
    """Birmingham, June 2025, with the time to the next inspection and the day of the last."""
    (one,) = read(england, "/inspections?council=BIR&form=area-send")["items"]
    assert (one["kind"], one["form"]) == ("AreaSendInspection", "area-send")
    assert (one["outcome"], one["outcome_label"]) == (
        "send-inconsistent",
        "inconsistent experiences",
    )
    assert one["previous_inspection"]["earliest"] == "2021-05-27"
    assert one["next_inspection_within"] == "P3Y"
    assert one["judgements"] == [] and one["areas_for_priority_action"] is None


def test_a_visit_shows_the_number_of_its_areas_for_priority_action(england: TestClient) -> None:
    """Dudley, October 2020: two, and in December 2019 none, which is not the same as unknown."""
    found = read(england, "/inspections?council=DUD&form=focused-visit")["items"]
    areas = {one["on_site_from"]: one["areas_for_priority_action"] for one in found}
    assert (areas["2020-10-13"], areas["2019-12-18"]) == (2, 0)


@pytest.mark.parametrize(
    ("first", "last", "is_there"),
    [
        ("2019-07-12", "2019-07-12", True),
        ("2019-07-13", "2019-08-06", False),
        ("2019-08-07", "2019-08-07", True),
    ],
)
def test_nobody_was_on_site_between_two_stays(
    england: TestClient, first: str, last: str, is_there: bool
) -> None:
    """Derbyshire 2019: July and August, and three weeks in between."""
    found = read(england, f"/inspections?council=DBY&from={first}&to={last}")["items"]
    assert ("DBY-2019-01" in {one["id"] for one in found}) == is_there
    stays = read(england, "/inspections/DBY-2019-01")["on_site"]
    assert stays["edtf"] == "{2019-07-08..2019-07-12,2019-08-07..2019-08-08}"


def test_darlington_has_the_grades_of_its_report(england: TestClient) -> None:
    """The table was wrong on three areas; what it has stays as a difference."""
    judgements = read(england, "/judgements?council=DAL&framework=sif")["items"]
    grades = {one["area"]: one["grade"] for one in judgements if "DAL-2018-01" in one["id"]}
    assert (grades["sif-2"], grades["sif-2.1"], grades["sif-3"]) == (
        "requires-improvement",
        "good",
        "requires-improvement",
    )
    about = [one["about"] for one in read(england, "/discrepancies?council=DAL")["items"]]
    assert any("DAL-2018-01" in str(one) for one in about)


def test_a_misprinted_year_is_a_difference(england: TestClient) -> None:
    """The letters on Darlington (2023) and Dudley (2020) cannot be right as printed."""
    for code, visit in (("DAL", "DAL-2023-01"), ("DUD", "DUD-2019-01")):
        found = read(england, f"/discrepancies?council={code}")["items"]
        kinds = {one["kind"] for one in found if visit in str(one["about"])}
        assert kinds == {"impossible-value"}


def test_the_page_of_a_council_shows_visits_and_areas(england: TestClient) -> None:
    """Outcome, theme and number stand with the inspection, and in the story."""
    page = england.get("/councils/BEX.html").text
    for words in (
        "Outcome: widespread failings.",
        "Theme: children&#39;s mental health.",
        "An inspection of this kind gives no grade.",
        "Area inspection of special educational needs: widespread failings",
    ):
        assert words in page, words
    assert "Areas for priority action: 2." in england.get("/councils/DUD.html").text
