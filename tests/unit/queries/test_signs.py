"""What a sign proves of the time before and after it, and how an answer names its signs."""

from __future__ import annotations

from tests.fixtures.documents.made_up_acts import Act, commissioner, moment, time_of
from tests.fixtures.documents.made_up_states import Known, Seen, changed, known, planned
from tests.fixtures.guards import replaced

FIRST = Act("ABC-2014-01", "2014-03-10")
DIRECTION = r"direction\/ABC-2014-01"


def test_an_end_proves_the_time_before_only_if_it_has_a_day() -> None:
    """A page that tells of an end, and gives no day for it, says only that it had come by then."""
    told = known([FIRST], [Seen("end", "2015-06", "ended")])
    days = "2014-06-01", "2015-05-31", "2015-06-15", "2015-06-30"
    assert told.certainties(*days) == ["certain", "certain", "possible", "ended"]
    by_then = known([FIRST], [Seen("end", "2015-06", "ended", inferred=True)])
    assert by_then.certainties(*days) == ["possible", "possible", "possible", "ended"]
    assert by_then.on("2015-01-01")["because"] == (
        "The sources leave open whether it had ended by then: ended by then, seen 2015-06."
    )
    bounded = known([FIRST], [Seen("end", "[2015-06-01..2015-06-30]", "ended", inferred=True)])
    assert bounded.certainties(*days) == told.certainties(*days)


def test_an_end_by_then_leaves_the_time_since_the_last_sign_open() -> None:
    """What was seen in force ran until then, whatever ended later; an earlier end is another."""
    seen = Seen("one", "2015-01-01"), Seen("end", "2016-01-01", "ended", inferred=True)
    found = known([FIRST], seen)
    days = "2014-06-01", "2015-01-01", "2015-06-01", "2016-01-01"
    assert found.certainties(*days) == ["certain", "certain", "possible", "ended"]
    earlier = Act("ABC-2013-01", "2013-01-01", ended="2014-03-10")
    again = known([earlier, FIRST], seen)
    assert again.certainties(*days) == ["certain", "certain", "possible", "ended"]


def test_the_length_of_a_course_needs_a_bound_of_its_end() -> None:
    """An end that had come by a day is no measure of how long the course surely lasted."""
    lengths = "?any ci:daysLasted ?days"
    told = known([FIRST], [Seen("end", "2015-03-10", "ended")])
    assert [row["days"] for row in told.asked(lengths)] == ["365"]
    by_then = known([FIRST], [Seen("end", "2015-03-10", "ended", inferred=True)])
    assert by_then.asked(lengths) == []


def _in_post(taken_up: str, left: str) -> Known:
    """Return what follows from somebody in post under the first direction."""
    times = "\n".join(
        [
            r"id:appointment\/ABC-2015-01 a ci:Appointment ; ci:under id:direction\/ABC-2014-01 ;",
            r"ci:toPost id:post\/ABC-ABC-2014-01 ;",
            f"ci:takenUp {moment(taken_up)} ; ci:vacated {moment(left)} .",
            time_of(taken_up),
            time_of(left),
        ]
    )
    return known([FIRST], more=commissioner("ABC-2014-01") + times)


def test_who_left_an_office_was_in_it_until_the_first_possible_day() -> None:
    """A leaving within a year proves the post until the year; one by then proves nothing."""
    days = "2015-06-01", "2015-12-31", "2016-01-01", "2016-12-31"
    vague = _in_post("2015-01-05", "2016")
    assert vague.certainties(*days) == ["certain", "certain", "possible", "possible"]
    assert vague.certainties("2018-09-26", "2018-09-27", "2018-09-28") == [
        "possible",
        "possible",
        "not-heard-of",
    ]
    by_then = _in_post("2015-01-05", "[..2016]")
    assert by_then.certainties(*days) == ["possible"] * 4
    assert by_then.on("2016-12-31")["last"].startswith("sign/begin-appointment")


def test_a_post_that_is_said_to_have_ended_is_no_sign_of_life() -> None:
    """Without a day of its own it proves neither the time before it nor the course after it."""
    left = known([FIRST], [Seen("left", "2016-06-01", "post-ended", inferred=True)])
    assert left.certainties("2016-05-01", "2016-06-01", "2016-12-05") == [
        "possible",
        "possible",
        "not-heard-of",
    ]
    assert known([FIRST], [Seen("left", "2016-06-01", "post-ended")]).certainty("2016-05-01") == (
        "certain"
    )


def test_an_answer_names_the_nearest_signs() -> None:
    """Whatever other two signs prove that the course ran between them."""
    act = Act("ABC-2014-01", "2014-03-10", ended="2019-03-31")
    found = known([act], [Seen("one", "2015-01-01"), Seen("two", "2016-01-01")])
    state = found.on("2015-06-01")
    assert state["because"] == (
        "Before: direction in force, seen 2015-01-01. After: direction in force, seen 2016-01-01. "
        "No end is told between the two."
    )
    assert (state["last"], state["next"]) == ("sign/sighting-one", "sign/sighting-two")


def test_a_plan_that_has_passed_is_named() -> None:
    """As closely as its source tells it, and not where a later sign overtook it."""
    found = known([FIRST], more=planned(DIRECTION, "2015-03"))
    assert "only the plan that it ends in 2015-03;" in found.on("2014-12-01")["because"]
    words = "It was planned to end in 2015-03, and nothing tells whether it did."
    assert words in found.on("2015-03-01")["because"]
    assert words in found.on("2018-03-01")["because"]
    later = known([FIRST], [Seen("one", "2015-06-01")], planned(DIRECTION, "2015-03"))
    assert "planned" not in later.on("2016-01-01")["because"]


def test_another_kind_of_instrument_is_another_course() -> None:
    """A direction that is seen after a notice began between the two, unless heard of before."""
    notice = Act("ABC-2014-02", "2014-06-01", kind="ImprovementNotice")
    seen = Seen("one", "2015-06-01")
    assert known([notice], [seen]).certainty("2015-01-01") == "possible"
    assert known([notice], [Seen("one", "2015-06-01", "notice-in-force")]).certainty(
        "2015-01-01"
    ) == ("certain")
    assert known([notice], [Seen("one", "2015-06-01", "under-way")]).certainty("2015-01-01") == (
        "certain"
    )
    assert known([FIRST, notice], [seen]).certainty("2015-01-01") == "certain"
    long_ago = Act("ABC-2005-01", "2005-03-10")
    assert known([long_ago, notice], [seen]).certainty("2015-01-01") == "possible"
    sent = Seen("one", "2015-06-01", "commissioner-in-post")
    assert known([notice], [sent]).certainty("2015-01-01") == "possible"


def test_an_abolished_council_has_no_more_intervention() -> None:
    """From its end on, with those that came after it; its acts and its successor have none."""
    reference = r"""
id:council\/ABC ci:dissolvedOn "2015-04-01"^^xsd:date .
id:council\/ABD ci:registerCode "ABD" ; rdfs:label "Abbeydale Council"@en ;
    ci:succeeds id:council\/ABC .
id:council\/ABE ci:registerCode "ABE" ; rdfs:label "Abbotsley Council"@en ;
    ci:succeeds id:council\/ABC .
"""
    found = known([FIRST], reference=reference)
    assert found.certainties("2015-03-31", "2015-04-01", "2025-05-01") == [
        "possible",
        "ended",
        "ended",
    ]
    assert found.on("2025-05-01")["because"] == (
        "The council was abolished on 2015-04-01, and Abbeydale Council and Abbotsley Council came "
        "after it. Last heard of: direction ABC-2014-01, 2014-03-10; no other end is told."
    )
    assert found.certainty("2015-05-01", "step/direction-ABC-2014-01") == "none-known"
    assert found.certainty("2015-05-01", "state/ABD-childrens-services") == "none-known"
    over = known([FIRST], [Seen("end", "2015-01-01", "ended")], reference=reference)
    assert "It had ended before: ended, seen 2015-01-01." in over.on("2015-05-01")["because"]


def test_since_when_stays_told_while_nothing_is_heard() -> None:
    """A reason to doubt changes the answer's words, and not the sign with which it began."""
    report = "\n".join(
        [
            r"id:inspection\/ABC-2020-01 a ci:Inspection ; ci:ofCouncil id:council\/ABC ;",
            f"ci:reportPublished {moment('2020-01-01')} ;",
            r"ci:hasJudgement id:judgement\/ABC-2020-01\/a , id:judgement\/ABC-2020-01\/b .",
            r"id:judgement\/ABC-2020-01\/a ci:grade s:grade\/good .",
            r"id:judgement\/ABC-2020-01\/b ci:grade s:grade\/good .",
            time_of("2020-01-01"),
        ]
    )
    found = known([FIRST], more=report)
    for day in ("2019-12-31", "2020-01-02"):
        assert found.certainty(day) == "not-heard-of"
        assert found.on(day)["first"] == "sign/begin-direction-ABC-2014-01"


def _report(dated: str, kind: str = "CommissionerReportDocument") -> str:
    """Return a report of somebody on the council as Turtle."""
    return "\n".join(
        [
            rf"id:document\/abc-report a ci:{kind} ; ci:aboutCouncil id:council\/ABC ;",
            rf"ci:regime s:regime\/childrens-services ; ci:dated {moment(dated)} ;",
            r"<http://purl.org/dc/terms/creator> id:person\/somebody .",
            time_of(dated),
        ]
    )


def test_a_report_of_those_sent_in_is_a_sign() -> None:
    """On its own day, in a course that had been heard of; received by a day it is none."""
    found = known([FIRST], more=_report("2015-06-01"))
    days = "2015-01-01", "2015-06-01", "2015-06-02"
    assert found.certainties(*days) == ["certain", "certain", "possible"]
    assert found.on("2016-01-01")["because"].startswith(
        "Last heard of: report of commissioners, dated 2015-06-01."
    )
    assert known([FIRST], more=_report("[..2015-06-01]")).certainty("2015-06-01") == "possible"
    assert known([FIRST], more=_report("2014-01-01")).certainty("2014-01-01") == "none-known"


def test_the_report_of_an_adviser_counts_if_he_was_sent_in() -> None:
    """Reviews and boards report too, without any intervention."""
    report = _report("2015-06-01", "AdviserReportDocument")
    assert known([FIRST], more=report).certainty("2015-06-01") == "possible"
    post = commissioner("ABC-2014-01", "AdviserRole")
    sent = "\n".join(
        [
            r"id:appointment\/ABC-2014-01 a ci:Appointment ; ci:under id:direction\/ABC-2014-01 ;",
            r"ci:toPost id:post\/ABC-ABC-2014-01 ; org:member id:person\/somebody .",
        ]
    )
    assert known([FIRST], more=report + post + sent).certainty("2015-06-01") == "certain"


def test_a_report_after_an_end_is_no_answer() -> None:
    """It contradicts the end as a sighting does."""
    found = known([FIRST], [Seen("end", "2015-01-01", "ended")], _report("2015-06-01"))
    assert found.certainty("2015-06-01") == "ended"
    after = [row["sign"] for row in found.asked("?sign ci:afterEnd ?end")]
    assert after == ["sign/report-abc-report-childrens-services"]


def test_the_plan_of_a_post_counts_where_the_post_makes_the_intervention() -> None:
    """A term under a direction says nothing of how long the direction is to last."""
    post = replaced(commissioner("ABC-2014-01"), r"; ci:createdBy id:direction\/ABC-2014-01", "")
    term = "\n".join(
        [
            r"id:appointment\/ABC-2014-01 a ci:Appointment ; ci:toPost id:post\/ABC-ABC-2014-01 ;",
            f"ci:takenUp {moment('2014-04-01')} ; ci:plannedEnd {moment('2016-04-01')} .",
            time_of("2014-04-01"),
            time_of("2016-04-01"),
        ]
    )
    alone = known(more=post + term)
    assert alone.certainties("2016-03-31", "2016-04-01") == ["planned", "possible"]
    under = "\n" + r"id:appointment\/ABC-2014-01 ci:under id:direction\/ABC-2014-01 ."
    assert known([FIRST], more=post + term + under).certainty("2016-03-31") == "possible"


def _graded(local: str, published: str, grade: str) -> str:
    """Return an inspection with an overall grade as Turtle."""
    return "\n".join(
        [
            rf"id:inspection\/{local} a ci:GradedInspection ; ci:ofCouncil id:council\/ABC ;",
            f"ci:reportPublished {moment(published)} ; ci:hasJudgement id:judgement\\/{local} .",
            rf"id:judgement\/{local} ci:onArea s:area\/sif-overall ; ci:grade s:grade\/{grade} .",
            time_of(published),
        ]
    )


def test_two_acts_are_tied_while_the_council_is_inadequate() -> None:
    """The answer says that it is inferred; another grade, or a longer silence, ties nothing."""
    later = Act("ABC-2016-01", "2016-03-10")
    inadequate = _graded("ABC-2014-01", "2014-02-01", "inadequate")
    found = known([FIRST, later], more=inadequate)
    assert found.certainties("2015-01-01", "2016-03-09", "2016-03-11") == [
        "certain",
        "certain",
        "possible",
    ]
    assert found.on("2015-01-01")["because"] == (
        "Before: direction ABC-2014-01, 2014-03-10. After: direction ABC-2016-01, 2016-03-10. "
        "No end is told between the two, and the council was inadequate throughout (inspection "
        "ABC-2014-01), from which it is inferred that they are of one course."
    )
    better = _graded("ABC-2015-01", "2015-06-01", "requires-improvement")
    assert known([FIRST, later], more=inadequate + better).certainty("2015-01-01") == "possible"
    again = _graded("ABC-2015-01", "2015-06-01", "inadequate")
    assert known([FIRST, later], more=inadequate + again).certainty("2015-01-01") == "certain"
    assert known([FIRST, later], more=again).certainty("2015-01-01") == "possible"
    silent = Act("ABC-2016-01", "2016-12-05")
    assert known([FIRST, silent], more=inadequate).certainty("2015-01-01") == "possible"
    ended = [Seen("end", "2015-01-01", "ended")]
    assert known([FIRST, later], ended, inadequate).certainty("2015-06-01") == "ended"


def test_a_later_direction_supersedes_the_one_before() -> None:
    """If nothing else is told of it, the act had ended by then; nothing follows for the course."""
    step, later = "step/direction-ABC-2014-01", Act("ABC-2015-01", "2015-03-10")
    found = known([FIRST, later])
    assert [found.certainty(day, step) for day in ("2015-03-09", "2015-03-10")] == [
        "possible",
        "ended",
    ]
    assert found.on("2016-01-01", step)["because"] == (
        "It had ended: direction ABC-2014-01 gave way by 2015-03-10, which is inferred from "
        "direction ABC-2015-01."
    )
    assert found.certainties("2014-12-01", "2015-03-11") == ["possible", "possible"]
    seen = Seen("one", "2015-06-01", act="direction/ABC-2014-01")
    assert known([FIRST, later], [seen]).certainty("2015-05-01", step) == "certain"
    varied = known([FIRST, later], more=changed(r"direction\/ABC-2015-01", "varied"))
    assert varied.certainty("2016-01-01", step) == "possible"
    silent = known([FIRST, Act("ABC-2017-01", "2017-03-10")])
    assert silent.certainty("2017-04-01", step) == "not-heard-of"
    best = [Act(act.local, act.signed, office="sos-hclg") for act in (FIRST, later)]
    assert known(best).certainty("2016-01-01", step) == "possible"
