"""A check that has no room ends in time, and says how far it came and how much can be checked."""

from collections.abc import Iterator

import pytest

from api.hosting.check_task import CheckTask
from api.hosting.check_watch import CheckWatch
from ontology.errors import QueryTimeout, QueryTooLarge
from shapes import ValidationFinding
from shapes.portions import Progress


def watch(*seconds: float, report_bytes: int = 2**23) -> CheckWatch:
    """Return what watches a check of ten seconds, by a clock that shows these in turn."""
    shown: Iterator[float] = iter(seconds)
    return CheckWatch(CheckTask("ttl", 0, 0, 0, report_bytes, 10), clock=lambda: next(shown))


def progress(judged: int, suspected: int = 4_000) -> Progress:
    """Return how far a check of made-up things has come, with one finding on each judged."""
    found = [
        ValidationFinding("S99", "violation", f"urn:example:{number}", None, None, "S99 Made up.")
        for number in range(judged)
    ]
    return Progress(judged, suspected, found)


def test_a_check_with_room_goes_on() -> None:
    """As long as another portion like the last one fits into the time."""
    watched = watch(0, 2, 4, 6, 8)
    for judged in (500, 1_000, 1_500):
        watched(progress(judged))
    with pytest.raises(QueryTimeout):
        watched(progress(2_000))


def test_a_check_without_room_for_another_portion_is_ended() -> None:
    """Before its limit: it names the limit, what was reached, and what has room."""
    watched = watch(0, 3, 6)
    watched(progress(500))
    with pytest.raises(QueryTimeout, match="limit of 10 s") as ended:
        watched(progress(1_000))
    told = str(ended.value)
    assert "of 4,000 things" in told and "1,000 were judged" in told and "1,000 findings" in told
    assert "about 1,000 such things can be checked" in told


def test_what_is_judged_whole_is_not_ended() -> None:
    """After the last portion there is nothing to save."""
    watch(0, 9)(progress(500, suspected=500))
    with pytest.raises(QueryTimeout):
        watch(0, 9)(progress(500, suspected=501))


def test_one_slow_portion_says_how_much_of_it_has_room() -> None:
    """Of 500 things in 40 seconds, 100 are judged in the eight that are for judging."""
    with pytest.raises(QueryTimeout, match="about 100 such things"):
        watch(0, 40)(progress(500))


def test_a_report_that_will_be_too_long_is_ended() -> None:
    """Its length is foreseen; the message says how many things a report has room for."""
    with pytest.raises(QueryTooLarge, match=r"the report is longer than 0\.0625 MiB") as ended:
        watch(0, 1, report_bytes=2**16)(progress(500))
    assert "500 were judged" in str(ended.value) and "such things can be checked" in str(
        ended.value
    )
