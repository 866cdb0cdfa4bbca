"""A printed time keeps its words; only days that exist become dates."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import pytest

from ontology import concept_exists
from ontology.dates import (
    STATUSES,
    bounds,
    default_status,
    edtf_level,
    parts_of,
    point_bounds,
    read_time,
    vague_bounds,
)
from ontology.errors import InputRefused, UnreadableDate
from tests.fixtures.guards import not_empty

IMPOSSIBLE = "25 to 29 February 2013"
CANDIDATES = ("2013-02-25/2013-02-28", "2013-02-25/2013-03-01")


def day(text: str | None) -> date | None:
    """Return a calendar day, or None for an open end."""
    return date.fromisoformat(text) if text else None


@pytest.mark.parametrize(
    ("words", "edtf", "status", "earliest", "latest"),
    [
        ("7 January 2016", "2016-01-07", "valid", "2016-01-07", "2016-01-07"),
        (
            "8 February to 10 March 2016",
            "2016-02-08/2016-03-10",
            "valid",
            "2016-02-08",
            "2016-03-10",
        ),
        ("August 2013", "2013-08", "partial", "2013-08-01", "2013-08-31"),
        ("2013", "2013", "partial", "2013-01-01", "2013-12-31"),
        ("early 2013", "2013~", "partial", "2013-01-01", "2013-06-30"),
        ("until March 2018", "../2018-03", "partial", None, "2018-03-31"),
        ("by March 2018", "2018-03", "partial", "2018-03-01", "2018-03-31"),
        (
            "between 5 and 9 June 2015",
            "[2015-06-05..2015-06-09]",
            "partial",
            "2015-06-05",
            "2015-06-09",
        ),
        ("after 5 June, in 2015", "[2015-06-05..2015]", "partial", "2015-06-05", "2015-12-31"),
        ("not after 5 June 2015", "[..2015-06-05]", "partial", None, "2015-06-05"),
        ("not before June 2015", "[2015-06..]", "partial", "2015-06-01", None),
        ("from June 2011", "2011-06/..", "partial", "2011-06-01", None),
        ("end of February 2019", "2019-02", "partial", "2019-02-01", "2019-02-28"),
        ("29 February 2012", "2012-02-29", "valid", "2012-02-29", "2012-02-29"),
    ],
)
def test_printed_time_has_its_bounds(
    words: str, edtf: str, status: str, earliest: str | None, latest: str | None
) -> None:
    """Bounds follow from the reading; an open end has none, and nobody invents one."""
    reading = read_time(words, edtf)
    assert (reading.words, reading.edtf, reading.status) == (words, edtf, status)
    assert (reading.earliest, reading.latest) == (day(earliest), day(latest))


def test_a_day_between_two_days_is_no_interval() -> None:
    """The bounds are the same, but nothing lasted from the one to the other: the two differ."""
    one_of, lasting = (
        read_time("words", edtf) for edtf in ("[2015-06-05..2015-06-09]", "2015-06-05/2015-06-09")
    )
    assert (one_of.earliest, one_of.latest) == (lasting.earliest, lasting.latest)
    assert (one_of.status, lasting.status) == ("partial", "valid")
    assert one_of.key != lasting.key
    assert (edtf_level(one_of.edtf or ""), edtf_level(lasting.edtf or "")) == (
        "EDTF-level2",
        "EDTF-level1",
    )


def test_two_stays_are_two_spans() -> None:
    """The bounds span both; the days between are in neither part."""
    reading = read_time("words", "{2019-07-08..2019-07-12,2019-08-07..2019-08-08}")
    assert (reading.earliest, reading.latest) == (date(2019, 7, 8), date(2019, 8, 8))
    assert reading.status == "valid"
    parts = parts_of(reading.edtf or "")
    assert [bounds(part) for part in parts] == [
        (date(2019, 7, 8), date(2019, 7, 12)),
        (date(2019, 8, 7), date(2019, 8, 8)),
    ]
    assert edtf_level(reading.edtf or "") == "EDTF-level2"
    assert read_time("words", "{2019-07,2019-08}").status == "partial"


@pytest.mark.parametrize(
    ("edtf", "expected"),
    [
        ("{2019-07-08}", "expected two parts or more"),
        ("{2019-07-08,..2019-08-07}", "each with both ends"),
        ("{2019-08-07,2019-07-08}", "begins before the one before it has ended"),
        ("{2019-07-08..2019-07-12,2019-07-12}", "begins before the one before it has ended"),
        ("{2019-07-08,2019-02-29}", "2019-02-29"),
        ("{}", "is not a date in EDTF"),
    ],
)
def test_parts_that_do_not_follow_each_other_are_refused(edtf: str, expected: str) -> None:
    """A time in parts has at least two, in order, each with both ends."""
    with pytest.raises(UnreadableDate, match=expected):
        bounds(edtf)


def test_unknown_start_gets_no_made_up_bound() -> None:
    """The EDTF library puts it ten years earlier; we leave it open."""
    assert bounds("/2018-03") == (None, date(2018, 3, 31))


@pytest.mark.parametrize(
    "edtf",
    [
        "2013-02-29",
        "2013-02-30",
        "2013-04-31",
        "2013-13",
        "1900-02-29",
        "2013-02-25/2013-02-29",
        "../2013-02-29",
        "[2013-01-01..2013-02-29]",
    ],
)
def test_day_that_does_not_exist_is_refused(edtf: str) -> None:
    """Also 29 February of a common year, which the EDTF library lets through."""
    with pytest.raises(UnreadableDate, match=re.findall(r"[0-9-]+", edtf)[-1]):
        bounds(edtf)


def test_refusal_of_an_impossible_day_says_what_to_do() -> None:
    """The message points to the status and to candidate readings."""
    with pytest.raises(UnreadableDate, match="status: impossible and the candidate readings"):
        read_time(IMPOSSIBLE, "2013-02-25/2013-02-29")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "yesterday",
        "7/1/2016",
        "20XX",
        "2016-1-7",
        "[..]",
        "[2016..2017",
        "[2016]",
        "[2016/2017]",
    ],
)
def test_text_that_is_no_edtf_is_refused(text: str) -> None:
    """Only years, months, days and intervals of them."""
    with pytest.raises(UnreadableDate):
        bounds(text)


def test_interval_that_ends_before_it_begins_is_refused() -> None:
    """Both ends exist, and still the whole does not."""
    with pytest.raises(UnreadableDate, match="ends before it begins"):
        bounds("2016-03-10/2016-02-08")
    with pytest.raises(UnreadableDate, match="ends before it begins"):
        bounds("[2016-03-10..2016-02-08]")


def test_impossible_date_has_words_and_candidates_but_no_reading() -> None:
    """Its bounds are the widest of what it may stand for."""
    reading = read_time(IMPOSSIBLE, status="impossible", candidates=CANDIDATES)
    assert (reading.words, reading.edtf, reading.status) == (IMPOSSIBLE, None, "impossible")
    assert (reading.earliest, reading.latest) == (date(2013, 2, 25), date(2013, 3, 1))
    assert reading.candidates == CANDIDATES and reading.reason


@pytest.mark.parametrize("candidates", [(), ("2013-02-29",), ("../2013-03-01",)])
def test_impossible_date_needs_readable_candidates(candidates: tuple[str, ...]) -> None:
    """At least one, of days that exist, with both ends among them."""
    with pytest.raises(UnreadableDate):
        read_time(IMPOSSIBLE, status="impossible", candidates=candidates)


def test_blank_date_is_bounded_from_outside_with_a_reason() -> None:
    """Not before the report it cites, not after its publication."""
    earliest = date(2016, 3, 31)
    words, reason = "Dated this day of", "after the report it cites, not after its publication"
    reading = read_time(words, "[..2016-08-05]", "blank", earliest=earliest, reason=reason)
    assert (reading.earliest, reading.latest) == (earliest, date(2016, 8, 5))
    assert (reading.status, reading.reason) == ("blank", reason)


def test_blank_date_may_have_no_bounds_at_all() -> None:
    """An empty line is a fact even when nothing is known about it."""
    reading = read_time("Dated this day of", status="blank")
    assert (reading.edtf, reading.earliest, reading.latest) == (None, None, None)


def test_relative_date_names_what_it_counts_from() -> None:
    """It has no reading of its own, even when the day can be worked out elsewhere."""
    reading = read_time(
        "signed yesterday", status="relative", relative_to="document/nfk-press-2016"
    )
    assert (reading.edtf, reading.relative_to) == (None, "document/nfk-press-2016")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({}, "needs a date in EDTF or a status"),
        ({"status": "certain"}, "needs a date in EDTF or a status"),
        ({"status": "relative", "edtf": "2016-01-07"}, "has no EDTF of its own"),
        ({"status": "impossible", "edtf": "2016-01-07"}, "has no EDTF of its own"),
        ({"edtf": "2016-01", "earliest": date(2016, 1, 7)}, "bounds without a reason"),
        (
            {"edtf": "[..2016-08-05]", "earliest": date(2016, 9, 1), "reason": "a later report"},
            "after its latest day",
        ),
    ],
)
def test_incomplete_time_is_refused(options: dict[str, Any], message: str) -> None:
    """The message says what is missing, and gives the words."""
    with pytest.raises(UnreadableDate, match=message) as caught:
        read_time("some words", **options)
    assert "some words" in str(caught.value)


@pytest.mark.parametrize(
    ("edtf", "status"),
    [
        ("2016-01-07", "valid"),
        ("2016-02-08/2016-03-10", "valid"),
        ("2016-01", "partial"),
        ("2016-01-07~", "partial"),
        ("../2016-01-07", "valid"),
        ("2016-01-07/2016-02", "partial"),
        ("[2016-01-07..2016-01-09]", "partial"),
        ("[..2016-01-07]", "partial"),
    ],
)
def test_only_calendar_days_are_valid_without_being_told(edtf: str, status: str) -> None:
    """A month or an approximate day is partial; an interval may be open at one end."""
    assert default_status(edtf) == read_time("words", edtf).status == status


def test_stated_status_is_kept() -> None:
    """A day that was worked out stays inferred, however exact it is."""
    assert read_time("signed yesterday", "2016-01-07", "inferred").status == "inferred"


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("early 2013", (date(2013, 1, 1), date(2013, 6, 30))),
        ("mid 2013", (date(2013, 4, 1), date(2013, 9, 30))),
        ("Late 2013", (date(2013, 7, 1), date(2013, 12, 31))),
        ("about 2013", None),
        ("", None),
    ],
)
def test_vague_words_are_at_most_half_a_year(
    words: str, expected: tuple[date, date] | None
) -> None:
    """Generous on purpose, so that early and mid may be the same day."""
    assert vague_bounds("2013~", words) == expected


def test_vague_words_before_an_exact_date_change_nothing() -> None:
    """Early March 2013 is March, and no half year."""
    assert vague_bounds("2013-03", "early March 2013") is None


def test_vague_bounds_say_how_they_came_about() -> None:
    """A reader must see that the half year is our rule and not the source's words."""
    assert "early" in (read_time("early 2013", "2013~").reason or "")


@pytest.mark.parametrize(
    ("point", "last"), [("2012-02", 29), ("2013-02", 28), ("2000-02", 29), ("1900-02", 28)]
)
def test_february_ends_as_its_year_says(point: str, last: int) -> None:
    """Leap years by the whole rule, centuries included."""
    assert point_bounds(point)[1].day == last


def test_key_compares_readings_and_keeps_unreadable_words_apart() -> None:
    """Two ways of printing a day are one value; a blank never equals the bounds it was given."""
    assert read_time("7 January 2016", "2016-01-07").key == read_time("7/1/16", "2016-01-07").key
    blank = read_time("Dated this day of", "[..2016-08-05]", "blank")
    assert blank.key != read_time("by 5 August 2016", "../2016-08-05").key
    assert read_time(IMPOSSIBLE, status="impossible", candidates=CANDIDATES).key == (
        "impossible:25 to 29 february 2013"
    )


def test_statuses_are_those_of_the_scheme() -> None:
    """The words that records use are notations of the code list."""
    assert all(concept_exists("date-status", status) for status in not_empty(STATUSES))


def test_an_unreadable_date_is_a_refused_input() -> None:
    """The command line and pydantic each catch it by the parent that they know."""
    assert issubclass(UnreadableDate, InputRefused) and issubclass(UnreadableDate, ValueError)
