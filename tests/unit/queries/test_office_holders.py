"""Who held which office on a day: each kind of answer on a few appointments made up for it."""

from __future__ import annotations

from typing import cast

import pyoxigraph as ox
import pytest

from loaders.release.layers import Layers, answer_to, failed_checks
from queries.catalogue import find_query, read_query
from tests.fixtures.documents.made_up_acts import Act, moment, sighting, time_of, worked_out
from tests.fixtures.guards import replaced

OFFICE = r"""
id:post\/ABC-childrens a ci:Commissioner ; ci:forCouncil id:council\/ABC ;
    ci:regime s:regime\/childrens-services ; ci:officeKind s:office-kind\/commissioner .
id:person\/one a ci:Person ; rdfs:label "Somebody"@en .
"""
LONG_ENOUGH = "no source shows it held so late, and none tells an end"
TIMES = """
# Title: Times in office
# Question: When was each office held?
# Columns: appointment, words, reading, from, to, status
PREFIX ci: <https://w3id.org/council-interventions/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?appointment ?words ?reading ?from ?to ?status
WHERE {
  ?appointment ci:held ?held .
  ?held ci:verbatim ?words ; ci:dateStatus/skos:notation ?status .
  OPTIONAL { ?held ci:edtf ?reading }
  OPTIONAL { ?held ci:earliest ?from }
  OPTIONAL { ?held ci:latest ?to }
}
"""


def appointment(
    local: str = "ABC-2015-01",
    begin: str = "2015-01-10",
    end: str = "",
    plan: str = "",
    under: str = "",
) -> str:
    """Return an appointment of somebody as commissioner, as Turtle."""
    node = rf"id:appointment\/{local}"
    lines = [
        rf"{node} a ci:Appointment ; org:member id:person\/one ; ci:toPost id:post\/ABC-childrens ."
    ]
    for term, edtf in (("takenUp", begin), ("vacated", end), ("plannedEnd", plan)):
        if edtf:
            lines += [f"{node} ci:{term} {moment(edtf)} .", time_of(edtf)]
            lines.append(rf"{moment(edtf)} ci:dateStatus s:date-status\/valid .")
    if under:
        lines.append(rf"{node} ci:under id:direction\/{under} .")
    return "\n".join(lines)


def seen(day: str, state: str = "commissioner-in-post", holder: bool = True) -> str:
    """Return a sighting on a day, of the holder or of the whole course, as Turtle."""
    return sighting(day, state, r"; ci:seenHolder id:person\/one" if holder else "")


def layers(*parts: str, acts: tuple[Act, ...] = ()) -> Layers:
    """Return what a build works out from the parts."""
    return worked_out(acts, "\n".join([OFFICE, *parts]))


def holders(day: str, *parts: str, **given: str) -> list[dict[str, str]]:
    """Return the answer for a day."""
    return answered(layers(*parts), day, **given)


def answered(found: Layers, day: str, **given: str) -> list[dict[str, str]]:
    """Return the answer for a day about what a build works out."""
    text = find_query("office_holders_on_a_day").bind({"day": day, **given})
    result = cast(ox.QuerySolutions, found.store.query(text, default_graph=found.default_graphs()))
    names = [variable.value for variable in result.variables]
    rows = [{name: row[name] for name in names} for row in result]
    return [{name: str(value.value) for name, value in row.items() if value} for row in rows]


def certainties(day: str, *parts: str, **given: str) -> list[str]:
    """Return how sure each row of the answer is."""
    return [row["certainty"] for row in holders(day, *parts, **given)]


ENDED = appointment(end="2017-03-31")
PLANNED = appointment(plan="2018-01-31")
SEEN = appointment() + seen("2016-06-01")
AGAIN = appointment() + appointment("ABC-2016-01", "2016-02-01")
OTHERS = [
    appointment(f"ABC-2001-0{number}", f"200{number}-01-01", f"200{number}-12-31")
    for number in range(1, 5)
]
"""Four offices that lasted a year each, so that a year is long."""


@pytest.mark.parametrize(
    ("day", "parts", "expected"),
    [
        ("2015-01-09", [ENDED], []),
        ("2015-01-10", [ENDED], ["certain"]),
        ("2017-03-31", [ENDED], ["certain"]),
        ("2017-04-01", [ENDED], []),
        ("2016-06-01", [SEEN], ["certain"]),
        ("2017-06-01", [PLANNED], ["planned"]),
        ("2015-01-20", [appointment(begin="2015-01")], ["possible"]),
        ("2015-02-01", [appointment(end="2016")], ["certain"]),
        ("2016-02-01", [appointment(end="2016")], ["possible"]),
        ("2015-06-01", [AGAIN], ["certain"]),
        ("2016-02-01", [AGAIN], ["certain"]),
    ],
)
def test_an_office_is_held_as_surely_as_its_signs_say(
    day: str, parts: list[str], expected: list[str]
) -> None:
    """Begin, end, sighting, plan, and a new appointment each bound what can be said."""
    assert certainties(day, *parts) == expected


def test_silence_makes_an_office_doubtful_and_then_forgotten() -> None:
    """It is possible for as long as nine in ten offices lasted, and later left out."""
    (row,) = holders("2015-09-01", appointment(), *OTHERS)
    assert (row["certainty"], row["because"]) == ("possible", LONG_ENOUGH)
    assert (row["last_sign"], row["holder"]) == ("2015-01-10", "Somebody")
    assert certainties("2017-09-01", appointment(), *OTHERS) == []
    forgotten = {"with": "not-heard-of"}
    assert certainties("2017-09-01", appointment(), *OTHERS, **forgotten) == ["not-heard-of"]


LASTING = rf"id:direction\/D1 ci:plannedEnd {moment('2018-06-30')} . {time_of('2018-06-30')}"


@pytest.mark.parametrize(
    ("day", "act", "expected"),
    [
        ("2017-09-01", Act("D1", "2015-01-10", more=LASTING), ["possible"]),
        ("2018-06-30", Act("D1", "2015-01-10", more=LASTING), ["possible"]),
        ("2018-07-01", Act("D1", "2015-01-10", more=LASTING), []),
        ("2017-09-01", Act("D1", "2015-01-10", more=LASTING, ended="2017-01-31"), []),
        ("2017-09-01", Act("D1", "2015-01-10"), []),
    ],
)
def test_who_is_sent_in_by_a_direction_is_not_forgotten_while_that_is_to_last(
    day: str, act: Act, expected: list[str]
) -> None:
    """Unless the direction is known to have ended sooner."""
    found = layers(appointment(under="D1"), *OTHERS, acts=(act,))
    assert [row["certainty"] for row in answered(found, day)] == expected


def test_a_plan_that_has_passed_is_told() -> None:
    """Nobody tells whether the office ended then; that no end was told would be half the truth."""
    (row,) = holders("2018-02-15", appointment(plan="2018-01-31"))
    assert row["certainty"] == "possible"
    assert row["because"].startswith("the end that a source planned has passed")


BY_THEN = appointment(begin="../2015-06-19")
ANEW = BY_THEN + appointment("ABC-2015-02", "2015-07-17")


@pytest.mark.parametrize(
    ("day", "parts", "expected"),
    [
        ("2015-06-18", [BY_THEN], []),
        ("2015-06-19", [BY_THEN], ["certain"]),
        ("2015-07-16", [ANEW], ["certain"]),
        ("2015-07-17", [ANEW], ["certain"]),
        ("2015-08-01", [ANEW], ["possible"]),
    ],
)
def test_whoever_had_begun_by_a_day_is_in_office_from_then_on(
    day: str, parts: list[str], expected: list[str]
) -> None:
    """The begin that nobody tells is no reason to leave the holder out, nor to show both terms."""
    assert certainties(day, *parts) == expected


def test_who_is_seen_before_the_begin_is_told() -> None:
    """Two appointments joined as one would lose the first; the build stops and says which."""
    found = layers(appointment(begin="2015-07-17"), seen("2015-06-19"))
    (message,) = [one for one in failed_checks(found) if one.startswith("offices_seen_before")]
    assert "2015-06-19" in message and "2015-07-17" in message and "matches.csv" in message
    whole = layers(ANEW, seen("2015-06-19"))
    assert not [one for one in failed_checks(whole) if one.startswith("offices_seen_before")]


def test_an_intervention_that_was_seen_ended_ended_the_office() -> None:
    """Nobody need tell that the commissioner left."""
    over = seen("2015-06-01", "ended", holder=False)
    assert certainties("2015-05-01", PLANNED, over) == ["possible"]
    assert certainties("2015-07-01", PLANNED, over) == []
    later = seen("2018-06-01", "ended", holder=False)
    assert certainties("2015-05-01", PLANNED, later) == ["planned"]


def listed(day: str, counted: int, *members: str) -> str:
    """Return a sighting of commissioners in post whom a source counts and names, as Turtle."""
    names = "".join(rf" ; ci:seenHolder id:person\/{member}" for member in members)
    of_all = replaced(
        seen(day, holder=False), " .\n", f"{names} ; ci:holdersCounted {counted} .\n", 1
    )
    return of_all + "".join(rf"id:person\/{member} a ci:Person ." for member in members)


@pytest.mark.parametrize(
    ("named", "before", "after"),
    [
        (listed("2016-01-01", 2, "two", "three"), ["possible"], []),
        (listed("2016-01-01", 3, "two", "three"), ["planned"], ["planned"]),
        (listed("2016-01-01", 2, "one", "three"), ["certain"], ["planned"]),
        (seen("2016-01-01", "post-ended"), ["possible"], []),
        (seen("2016-01-01", "post-ended", holder=False), ["planned"], ["planned"]),
    ],
)
def test_a_whole_list_without_a_holder_ends_the_office(
    named: str, before: list[str], after: list[str]
) -> None:
    """Whoever is not among as many as the source counts had left by then; when, nobody tells."""
    assert certainties("2015-06-01", PLANNED, named) == before
    assert certainties("2016-02-01", PLANNED, named) == after


def _of_panel(run_out: str, anew: str = "two") -> list[str]:
    """Return an office under a direction that was to run out, and a later one for somebody."""
    first = appointment(under="ABC-2015-01")
    plan = rf"id:direction\/ABC-2015-01 ci:plannedEnd {moment(run_out)} ." + time_of(run_out)
    second = replaced(
        appointment("ABC-2017-01", "2017-01-10", under="ABC-2017-01"),
        r"person\/one",
        rf"person\/{anew}",
        1,
    )
    return [first, plan, second, r'id:person\/two a ci:Person ; rdfs:label "Another"@en .']


@pytest.mark.parametrize(
    ("anew", "run_out", "expected"),
    [
        ("two", "2017-01-20", {"2016-06-01": 1, "2017-01-15": 2, "2017-02-02": 1}),
        ("two", "2017-03-01", {"2017-02-02": 2, "2017-03-02": 1}),
        ("one", "2017-01-20", {"2016-06-01": 1, "2017-02-02": 1}),
    ],
)
def test_a_direction_for_others_ends_an_office_whose_own_direction_ran_out(
    anew: str, run_out: str, expected: dict[str, int]
) -> None:
    """The panel of a direction that was to last until a day gave way to those of the next one."""
    acts = (Act("ABC-2015-01", "2015-01-10"), Act("ABC-2017-01", "2017-01-10"))
    found = layers(*_of_panel(run_out, anew), acts=acts)
    assert {day: len(answered(found, day)) for day in expected} == expected


def test_the_answer_is_asked_of_a_council_and_a_kind_of_office() -> None:
    """An envoy is no commissioner."""
    assert certainties("2016-01-01", ENDED, council="ABC", office="commissioner") == ["certain"]
    assert certainties("2016-01-01", ENDED, office="envoy") == []
    assert certainties("2016-01-01", ENDED, council="NFK") == []


def times(*parts: str, acts: tuple[Act, ...] = ()) -> list[dict[str, str]]:
    """Return the times in office."""
    return answer_to(layers(*parts, acts=acts), read_query(TIMES, "times"))


def test_begin_and_end_make_one_time_in_office() -> None:
    """What is told to the month stays as vague as it is."""
    (time,) = times(appointment(begin="2015-01", end="2017-03-31"))
    assert (time["reading"], time["from"], time["to"]) == (
        "2015-01/2017-03-31",
        "2015-01-01",
        "2017-03-31",
    )
    (vague,) = times(appointment(begin="2015-01/2015-03"))
    assert ("reading" in vague, vague["from"], "to" in vague) == (False, "2015-01-01", False)


def test_a_begin_that_no_source_tells_is_that_of_the_direction() -> None:
    """It is inferred, and says so."""
    act = Act("ABC-2014-01", "2014-03-10")
    status = r"<urn:time:2014-03-10> ci:dateStatus s:date-status\/valid ."
    (time,) = times(appointment(begin="", under="ABC-2014-01"), status, acts=(act,))
    assert (time["from"], time["status"]) == ("2014-03-10", "inferred")
    (told,) = times(appointment(under="ABC-2014-01"), status, acts=(act,))
    assert (told["from"], told["status"]) == ("2015-01-10", "valid")
    assert time["appointment"] == "appointment/ABC-2015-01"
