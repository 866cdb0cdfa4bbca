"""The questions about interventions and coverage, asked of the frozen subset of the record."""

from __future__ import annotations

import csv
import io
from datetime import date

import pyoxigraph as ox
import pytest

from ontology import CI
from ontology.namespaces import BASE
from queries.catalogue import find_query
from tests.fixtures.datasets.national_subset import answer, layers
from tests.fixtures.guards import not_empty
from tests.fixtures.paths import FIXTURES

ANSWERS = FIXTURES / "answers" / "national"
ADDRESSED_TO = ox.NamedNode(CI.addressedTo)
ASKED: dict[str, dict[str, str]] = {
    "acts_begun_between": {"from": "2018-01-01", "to": "2018-12-31"},
    "acts_in_force_on_day": {"day": "2018-06-01"},
    "both_departments_at_once": {},
    "commissioners_appointed_between": {"from": "2013-01-01", "to": "2019-12-31"},
    "council_story": {"council": "WNT"},
    "councils_under_intervention_by_quarter": {},
    "directions_by_year_and_department": {},
    "councils_out_of_intervention": {
        "from": "2010-01-01",
        "to": "2026-01-01",
        "regime": "childrens-services",
    },
    "councils_with_commissioners_on_day": {"day": "2018-12-01"},
    "councils_with_support_decided_in": {"year": "2024-25"},
    "coverage_of_council": {"council": "NTH"},
    "delay_to_direction": {},
    "directions_per_intervention": {},
    "directions_without_end": {},
    "fees_by_council": {},
    "financial_support_by_year": {"known_at": "2025-06-30"},
    "grade_changes_with_commissioner": {},
    "grades_before_and_after": {},
    "inadequate_councils_on_day": {"day": "2017-01-01"},
    "inadequate_twice_running": {},
    "inspections_between": {"from": "2016-01-01", "to": "2017-12-31"},
    "interventions_across_reorganisation": {},
    "interventions_begun_and_ended_by_year": {},
    "interventions_counted_on_day": {"day": "2018-12-01"},
    "interventions_of_council": {"council": "NTH"},
    "length_by_regime": {},
    "lengths_of_interventions": {},
    "median_delay_to_direction": {},
    "minded_to_letters": {},
    "notices_then_directions": {},
    "outcomes_of_send_inspections": {},
    "pay_of_commissioners": {},
    "people_in_several_councils": {},
    "posts_vacant_on_day": {"day": "2018-12-01"},
    "powers_in_use_on_day": {"day": "2018-06-01"},
    "reports_of_commissioners": {"council": "SLG"},
    "section_114_reports_between": {"from": "2018-01-01", "to": "2023-09-30"},
    "services_moved": {},
    "services_run_by_trusts_on_day": {"day": "2020-01-01"},
    "steps_before_direction": {"direction": "NTH-2018-01"},
    "support_first_and_revised": {},
    "visits_during_direction": {"direction": "WOR-2017-01"},
    "visits_with_priority_areas": {},
}


def rows(name: str, **given: str) -> list[dict[str, str]]:
    """Return the rows of an answer."""
    return list(csv.DictReader(io.StringIO(answer(name, **given))))


def test_every_reviewed_answer_is_asked_for() -> None:
    """An answer without its question would never be compared."""
    assert {path.stem for path in ANSWERS.glob("*.csv")} == set(ASKED)


@pytest.mark.parametrize("name", ASKED)
def test_answer_is_as_reviewed(name: str) -> None:
    """The reviewed answer has rows, and the columns that the header of the question promises."""
    expected = (ANSWERS / f"{name}.csv").read_text(encoding="utf-8")
    assert answer(name, **ASKED[name]) == expected
    header, *found = csv.reader(io.StringIO(expected))
    assert tuple(header) == find_query(name).columns
    assert found


@pytest.mark.parametrize("one", ["NTH", "NNT", "WNT"])
def test_one_story_across_a_reorganisation(one: str) -> None:
    """The old council and both that followed it tell of the same years before April 2021."""
    story = rows("council_story", council=one)
    earlier = [row["thing"] for row in story if row["body"] == "id/council/NTH"]
    assert {"id/direction/NTH-2013-01", "id/direction/NTH-2019-01"} <= set(earlier)
    assert [row["thing"] for row in story].count("id/change/northamptonshire-2021") == 1
    days = [row["earliest"] for row in story if row["earliest"]]
    assert days == sorted(days)
    assert any(row["body"] != "id/council/NTH" for row in story)


def test_two_bodies_named_buckinghamshire() -> None:
    """What was asked of the county council binds the council of April 2020 by nothing in itself."""
    (crossed,) = [
        row for row in rows("interventions_across_reorganisation") if "BKM" in row["intervention"]
    ]
    assert (crossed["successor"], crossed["successor_intervention"]) == (
        "Buckinghamshire Council",
        "",
    )
    assert rows("interventions_of_council", council="BKM")
    assert rows("interventions_of_council", council="BUC") == []


def test_days_under_both_departments_are_bounds() -> None:
    """What is certain is never more than what is possible, and certain days need stated ends."""
    found = {row["council"]: row for row in rows("both_departments_at_once")}
    rotherham = found["Rotherham Metropolitan Borough Council"]
    days = (date(2019, 3, 31) - date(2015, 2, 26)).days
    assert (rotherham["least_days"], rotherham["most_days"]) == (str(days), str(days))
    for row in not_empty(found.values()):
        assert int(row["least_days"]) <= int(row["most_days"])
        assert (row["certainty"] == "certain") == (int(row["least_days"]) > 0)


def test_medians_follow_from_the_list() -> None:
    """The middle of each year's days is the median of the rows behind it."""
    behind: dict[str, list[dict[str, str]]] = {}
    for row in rows("delay_to_direction"):
        behind.setdefault(row["year"], []).append(row)
    for row in not_empty(rows("median_delay_to_direction")):
        of_year = behind.pop(row["year"])
        assert int(row["reports"]) == len(of_year)
        answered = [one for one in of_year if one["direction"]]
        assert int(row["reports_with_direction"]) == len(answered)
        for bound in ("least", "most"):
            days = sorted(int(one[f"days_from_publication_{bound}"]) for one in answered)
            middle = days[(len(days) - 1) // 2 : len(days) // 2 + 1]
            expected = sum(middle) / len(middle) if middle else None
            found = row[f"median_days_{bound}"]
            assert (float(found) if found else None) == expected
    assert behind == {}


def test_inadequate_twice_running_has_nothing_between() -> None:
    """Each pair is of one council, in order, and no other overall grade came between."""
    for row in not_empty(rows("inadequate_twice_running")):
        assert row["first_published"] < row["second_published"]
        assert row["first_inspection"][:17] == row["second_inspection"][:17]


def test_coverage_tells_silence_from_not_having_looked() -> None:
    """Both have found nothing, and their status differs."""
    found = rows("coverage_of_council", council="NTH")
    silent = {row["status"] for row in found if row["found"] == "0"}
    assert silent == {"partly covered, nothing found", "not covered"}
    assert all(
        (row["last_checked"] == "") == (row["status"] == "not covered") for row in not_empty(found)
    )


def test_every_act_of_the_subset_is_a_step() -> None:
    """No direction or notice is lost between the record and its interventions; a letter is none."""
    stated = {
        quad.subject.value.removeprefix(BASE)
        for quad in layers().store.quads_for_pattern(None, ADDRESSED_TO, None, None)
        if isinstance(quad.subject, ox.NamedNode) and "/letter/" not in quad.subject.value
    }
    acts = {
        row["act"]
        for code in {local.rpartition("/")[2][:3] for local in stated}
        for row in rows("interventions_of_council", council=code)
    }
    assert stated <= acts
