"""How acts of ministers become interventions: each rule on a few acts made up for it."""

from __future__ import annotations

import pytest

from tests.fixtures.documents.made_up_acts import (
    Act,
    commissioner,
    links,
    moment,
    sighting,
    steps,
    time_of,
    whole,
)

FIRST = Act("ABC-2014-01", "2014-03-10")
OPENING = ("opening", "certain")


@pytest.mark.parametrize(
    ("ended", "begun", "expected"),
    [
        ("2015-06-30", "2015-09-01", OPENING),
        ("2015-06-30", "2015-07-01", ("ran-then", "certain")),
        ("2015-06-30", "2015-07-02", OPENING),
        ("2015-06-30", "2015-02-01", ("ran-then", "certain")),
        ("2015-06", "2015-06", ("ran-then", "certain")),
        ("2015", "2015-11", ("may-have-run-then", "possible")),
        ("2015-06/..", "2017", ("may-have-run-then", "possible")),
        ("2015-06-30", "../2015-06-30", ("ran-then", "certain")),
        ("", "2024-01-01", ("no-end-known", "possible")),
    ],
)
def test_an_act_continues_what_may_still_have_run(
    ended: str, begun: str, expected: tuple[str, str]
) -> None:
    """A stated end before the next act parts them; silence or vagueness does not."""
    earlier = Act("ABC-2014-01", "2014-03-10", ended=ended)
    assert links(earlier, Act("ABC-2015-01", begun)) == [OPENING, expected]


def test_a_stated_replacement_joins_and_ends() -> None:
    """The later act is the end of the earlier; the whole has ended when the last one has."""
    link = r"id:direction\/ABC-2016-01 ci:replaces id:direction\/ABC-2014-01 ."
    later = Act("ABC-2016-01", "2016-05", ended="2018-01-31", more=link)
    assert links(FIRST, later) == [OPENING, ("stated-replacement", "certain")]
    found = whole(FIRST, later)
    assert (found["ending"], found["certainty"], found["ended"]) == (
        "ended",
        "certain",
        "2018-01-31",
    )
    assert found["intervention"] == "intervention/direction-ABC-2014-01"
    assert found["label"] == "Intervention in Abbey Council, children's services, from 2014"


@pytest.mark.parametrize(
    ("last", "ending"),
    [
        (Act("ABC-2016-01", "2016-05-02"), "no-end-known"),
        (
            Act(
                "ABC-2016-01",
                "2016-05-02",
                more=r"id:direction\/ABC-2016-01 ci:plannedEnd <urn:time:2014-03-10> .",
            ),
            "planned-only",
        ),
    ],
)
def test_an_end_that_nobody_states_is_none(last: Act, ending: str) -> None:
    """A later act, or a plan, does not end what came before."""
    found = whole(FIRST, last)
    assert found["ending"] == ending
    assert "ended" not in found


OF_FIRST = rf"; ci:ofAct id:direction\/{FIRST.local}"
ENDED = Act("ABC-2016-01", "2016-05-02", ended="2018-01-31")
OPEN = Act("ABC-2016-01", "2016-05-02")


@pytest.mark.parametrize(
    ("last", "sightings", "ending", "ended"),
    [
        (ENDED, "", "course-ended", "2018-01-31"),
        (ENDED, sighting("2019-03-01", "direction-in-force", OF_FIRST), "latest-ended", None),
        (OPEN, sighting("2017-03-01", "ended"), "course-ended", "2017-03-01"),
        (
            OPEN,
            sighting("2017-03-01", "ended") + sighting("2018-03-01", "under-way"),
            "latest-ended",
            None,
        ),
        (
            OPEN,
            sighting("2017-03-01", "ended") + sighting("2019-03-01", "not-under-intervention"),
            "course-ended",
            "2017-03-01",
        ),
    ],
)
def test_a_course_ends_with_the_first_sign_of_its_end_after_which_it_shows_no_life(
    last: Act, sightings: str, ending: str, ended: str | None
) -> None:
    """As what is said of the council on a day has it."""
    found = whole(FIRST, last, more=sightings)
    assert (found["ending"], found.get("ended")) == (ending, ended)


def test_a_dissolved_council_leaves_to_its_successors() -> None:
    """The intervention points on, and no successor is under it."""
    reference = r"""
id:council\/ABC ci:dissolvedOn "2020-04-01"^^xsd:date .
id:council\/ABD ci:registerCode "ABD" ; rdfs:label "Abbeydale Council"@en ;
    ci:succeeds id:council\/ABC .
"""
    found = whole(FIRST, reference=reference)
    assert (found["ending"], found["successor"]) == ("council-dissolved", "council/ABD")
    ended = whole(Act("ABC-2014-01", "2014-03-10", ended="2016-01-01"), reference=reference)
    assert (ended["ending"], ended.get("successor")) == ("ended", None)


def test_regimes_and_special_needs_stand_apart() -> None:
    """Three courses of action at once towards one council."""
    needs = r"id:direction\/ABC-2014-02 ci:inDomain s:service-domain\/send ."
    best = Act("ABC-2014-03", "2014-07-01", office="sos-hclg")
    found = steps(FIRST, Act("ABC-2014-02", "2014-05-01", more=needs), best)
    assert [row[:2] for row in found] == [
        (f"ABC-2014-0{number}", f"direction-ABC-2014-0{number}") for number in (1, 2, 3)
    ]


def test_an_act_under_two_regimes_has_two_steps() -> None:
    """Each is named after its regime, and joins what was there under it."""
    power = "ci:madeUnder <http://www.legislation.gov.uk/id/ukpga/1999/27/section/15/5>"
    joint = Act("ABC-2015-01", "2015-01-01", more=rf"id:direction\/ABC-2015-01 {power} .")
    assert [row[:2] for row in steps(FIRST, joint)] == [
        ("ABC-2014-01", "direction-ABC-2014-01"),
        ("ABC-2015-01", "direction-ABC-2014-01"),
        ("ABC-2015-01", "direction-ABC-2015-01-best-value"),
    ]


def test_stages_rise_and_fall() -> None:
    """A notice, a commissioner, an adviser, and a direction of which nobody is known."""
    acts = (
        Act("ABC-2013-01", "2013-01-01", kind="ImprovementNotice"),
        FIRST,
        Act("ABC-2016-01", "2016-01-01"),
        Act("ABC-2018-01", "2018-01-01"),
    )
    sent = commissioner("ABC-2014-01") + commissioner("ABC-2016-01", "AdviserRole")
    assert [row[2:4] for row in steps(*acts, more=sent)] == [
        ("notice", "opening"),
        ("direction-with-commissioner", "escalation"),
        ("direction-with-adviser", "de-escalation"),
        ("direction", "unclear"),
    ]


def test_a_commissioner_stays_while_the_act_still_runs() -> None:
    """A further direction beside one that ends later has the same commissioner."""
    beside = Act("ABC-2015-01", "2015-01-01")
    running = Act("ABC-2014-01", "2014-03-10", ended="2016-01-01")
    found = steps(running, beside, more=commissioner("ABC-2014-01"))
    assert [row[2] for row in found] == ["direction-with-commissioner"] * 2


def test_functions_move_and_come_back() -> None:
    """The latest direction when the service moved counts, and those until it is back."""
    transfer = "\n".join(
        [
            r"id:transfer\/ABC-2015-01 a ci:ServiceTransfer ; ci:ofCouncil id:council\/ABC ;",
            f"ci:happened {moment('2015-09-30')} ; ci:ended {moment('2017-01-01')} .",
            time_of("2015-09-30"),
            time_of("2017-01-01"),
        ]
    )
    acts = [FIRST, *(Act(f"ABC-{year}-01", f"{year}-06-01") for year in (2015, 2016, 2018))]
    assert [row[2] for row in steps(*acts, more=transfer)] == [
        "direction",
        "functions-moved",
        "functions-moved",
        "hand-back",
    ]
    assert whole(*acts, more=transfer)["highest"] == "functions-moved"


def appointment(begun: str) -> str:
    """Return an appointment of a commissioner without a direction as Turtle."""
    return "\n".join(
        [
            r"id:appointment\/ABC-2013-01 a ci:Appointment ; ci:toPost id:post\/ABC-childrens ;",
            f"ci:takenUp {moment(begun)} .",
            r"id:post\/ABC-childrens a ci:Commissioner ; ci:forCouncil id:council\/ABC ;",
            r"ci:regime s:regime\/childrens-services .",
            time_of(begun),
        ]
    )


def test_an_appointment_counts_where_no_direction_is_older() -> None:
    """Somebody was sent in, so something was decided; later the directions speak."""
    alone = steps(more=appointment("2013-05"))
    assert alone == [
        ("ABC-2013-01", "appointment-ABC-2013-01", "direction-with-commissioner", *["opening"] * 2)
    ]
    before = steps(FIRST, more=appointment("2013-05"))
    assert [row[0] for row in before] == ["ABC-2013-01", "ABC-2014-01"]
    after = steps(FIRST, more=appointment("2014-05"))
    assert [row[0] for row in after] == ["ABC-2014-01"]


def test_order_of_the_acts_does_not_matter() -> None:
    """The days decide, and not the order in which sources are read or things are named."""
    acts = [Act(f"ABC-2014-0{number}", f"{2020 - number}-01-01") for number in (1, 2, 3)]
    assert steps(*acts) == steps(*reversed(acts))
    assert [row[0] for row in steps(*acts)] == ["ABC-2014-03", "ABC-2014-02", "ABC-2014-01"]
