"""Proposals compare like with like: what is near is proposed, what is far is not."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.decisions.identity import read_matches
from data.records.files import read_records
from data.registry.identifiers import REGISTERS
from loaders.claims.claim import Claim, read_claims
from loaders.identifiers.windows import (
    TIMES,
    TOLERANCE_DAYS,
    Window,
    near,
    window,
    windows_of_things,
)
from loaders.tables.claim_source import REPORT_WITHIN_DAYS
from ontology.errors import UnreadableTable

HEADER = "row,thing,decision,reason\n"


def day(text: str) -> date:
    """Return the day of an ISO text."""
    return date.fromisoformat(text)


def span(first: str, last: str = "") -> Window:
    """Return a window."""
    return Window(day(first), day(last or first))


@pytest.fixture(scope="module")
def claims() -> list[Claim]:
    """Return the claims of the project's own records."""
    return [claim for file in read_records() for claim in read_claims(file)]


def test_every_register_has_a_tolerance_and_its_times() -> None:
    """The tables of this module and the registers are about the same kinds."""
    assert TOLERANCE_DAYS.keys() == TIMES.keys() == REGISTERS.keys()


def test_records_place_their_things_in_time(claims: list[Claim]) -> None:
    """An inspection reaches from its first day on site to its report, whatever source says it."""
    windows = windows_of_things(claims)
    assert windows["inspection/NFK-2015-01"].first <= day("2015-07-06")
    assert windows["inspection/NFK-2015-01"].last >= day("2015-10-19")
    assert windows["direction/NTH-2018-02"].first == day("2018-11-30")


def test_inspection_known_by_its_report_alone_reaches_back(claims: list[Claim]) -> None:
    """A row with the days on site meets a record that has only the day of the report."""
    known = {"inspection/WOR-2017-01": windows_of_things(claims)["inspection/WOR-2017-01"]}
    assert known["inspection/WOR-2017-01"].last == day("2017-01-24")
    on_site = span("2016-10-24", "2016-11-17")
    assert near("inspection", on_site, known) == ["inspection/WOR-2017-01"]


def test_inspection_known_by_its_visit_alone_reaches_forward(claims: list[Claim]) -> None:
    """The other way round, and by the same length."""
    visits = [
        claim
        for claim in claims
        if str(claim.about).endswith("inspection/NFK-2015-01")
        and str(claim.property).endswith("onSite")
    ]
    found = windows_of_things(visits)["inspection/NFK-2015-01"]
    assert (found.last - day("2015-07-30")).days >= REPORT_WITHIN_DAYS - 31


def test_appointment_lies_about_its_act(claims: list[Claim]) -> None:
    """Where no source says when somebody began, the direction does, and not the whole year."""
    windows = windows_of_things(claims)
    assert windows["appointment/NTH-2018-01"] == windows["direction/NTH-2018-02"]


def test_ends_place_nothing(claims: list[Claim]) -> None:
    """A revoked direction is known by its beginning."""
    assert windows_of_things(claims)["direction/NFK-2016-01"].last.year == 2016


@pytest.mark.parametrize(("kind", "days"), TOLERANCE_DAYS.items())
def test_tolerance_is_exact(kind: str, days: int) -> None:
    """As many days as the table says are near, one more is not; before and after alike."""
    thing, here = f"{kind}/NFK-2015-01", span("2015-06-01", "2015-06-10")
    for gap, expected in ((days, [thing]), (days + 1, [])):
        after = Window(here.last + timedelta(gap), here.last + timedelta(gap + 3))
        before = Window(here.first - timedelta(gap + 3), here.first - timedelta(gap))
        assert near(kind, here, {thing: after}) == expected
        assert near(kind, here, {thing: before}) == expected


def test_half_open_window_is_its_known_end() -> None:
    """An open end would reach over everything; an unknown time places nothing."""
    assert window(None, day("2018-03-31")) == span("2018-03-31")
    assert window(day("2016-01-07"), None) == span("2016-01-07")
    assert window(None, None) is None


DAYS = st.dates(day("1990-01-01"), day("2030-12-31"))


@given(DAYS, DAYS, DAYS, DAYS, st.integers(0, 400))
def test_nearness_is_mutual(a: date, b: date, c: date, d: date, days: int) -> None:
    """Which of two is looked at first makes no difference."""
    one, other = Window(min(a, b), max(a, b)), Window(min(c, d), max(c, d))
    assert one.is_near(other, days) == other.is_near(one, days)
    assert one.joined(other) == other.joined(one)


def test_own_decisions_can_be_read() -> None:
    """The project's own table of matches keeps its form."""
    assert isinstance(read_matches(), list)


def matches_in(tmp_path: Path, text: str) -> Path:
    """Return a folder with a table of matches."""
    (tmp_path / "matches.csv").write_text(text, encoding="utf-8")
    return tmp_path


def test_row_may_be_decided_once_for_each_thing(tmp_path: Path) -> None:
    """A row can differ from several things."""
    text = (
        f"{HEADER}ofsted-history/1,inspection/NFK-2015-01,different,another year\n"
        "ofsted-history/1,inspection/NFK-2013-02,same,the same report\n"
    )
    found = read_matches(matches_in(tmp_path, text))
    assert [proposal.decision for proposal in found] == ["different", "same"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("row,thing,decision\n", "columns row, thing, decision; expected"),
        (f"{HEADER}a,inspection/NFK-2015-01,same,why\n", "line 2, column row: 'a'"),
        (f"{HEADER}a/1,NFK-2015-01,same,why\n", "line 2, column thing: 'NFK-2015-01'"),
        (f"{HEADER}a/1,inspection/NFK-2015-01,maybe,why\n", "line 2, column decision: 'maybe'"),
        (f"{HEADER}a/1,inspection/NFK-2015-01,same,\n", "line 2, column reason: ''"),
        (f"{HEADER}a/1,inspection/NFK-2015-01,same\n", "line 2: 3 cells; expected 4"),
        (
            f"{HEADER}{2 * 'a/1,inspection/NFK-2015-01,same,why' + chr(10)}",
            "line 2: 7 cells; expected 4",
        ),
        (HEADER + 2 * "a/1,inspection/NFK-2015-01,same,why\n", "line 3: .* stands twice"),
    ],
)
def test_unusable_decision_is_refused_by_place(tmp_path: Path, text: str, expected: str) -> None:
    """A decision that cannot be read is named with its line and column."""
    with pytest.raises(UnreadableTable, match=rf"decisions/matches\.csv.*{expected}"):
        read_matches(matches_in(tmp_path, text))
