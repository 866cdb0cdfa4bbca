"""How certain it is who was under intervention on a day: each rule on made-up evidence."""

from __future__ import annotations

from loaders.release.layers import answer_to
from queries.catalogue import read_query
from tests.fixtures.documents.made_up_acts import Act, commissioner, moment, time_of
from tests.fixtures.documents.made_up_states import Seen, changed, known, planned
from tests.fixtures.guards import replaced

FIRST = Act("ABC-2014-01", "2014-03-10")
STEP = "step/direction-ABC-2014-01"
DIRECTION = r"direction\/ABC-2014-01"


def test_a_sign_alone_is_certain_on_its_day_only() -> None:
    """The day before nothing is known; the day after it is possible, and later not heard of."""
    found = known([FIRST])
    days = "2014-03-09", "2014-03-10", "2014-03-11", "2016-12-04", "2016-12-05"
    assert found.certainties(*days) == [
        "none-known",
        "certain",
        "possible",
        "possible",
        "not-heard-of",
    ]
    because = found.on("2015-01-01")["because"]
    assert because.startswith("Last heard of: direction ABC-2014-01, 2014-03-10. No end is told")
    assert "1000 days, here until 2016-12-04" in because
    assert "Not heard of since: direction ABC-2014-01" in found.on("2020-01-01")["because"]


def test_whose_ended_courses_decide_is_said_as_it_is() -> None:
    """Of all regimes together where the own one has fewer than ten; both when silent and before."""
    few = known([FIRST], more=r"s:regime\/childrens-services ci:endedCourses 2 .")
    many = known([FIRST], more=r"s:regime\/childrens-services ci:endedCourses 10 .")
    for day in ("2015-01-01", "2020-01-01"):
        because = [found.on(day)["because"] for found in (few, many)]
        assert ["courses of all regimes together had" in text for text in because] == [True, False]
        assert ["courses of this regime had" in text for text in because] == [False, True]


def test_between_begin_and_stated_end_it_is_certain() -> None:
    """However long that was; the day of the end is the first on which it had ended."""
    found = known([Act("ABC-2014-01", "2014-03-10", ended="2019-03-31")])
    days = "2014-03-10", "2017-01-01", "2019-03-30", "2019-03-31", "2025-01-01"
    assert found.certainties(*days) == ["certain"] * 3 + ["ended"] * 2
    assert found.certainty("2017-01-01", STEP) == "certain"
    assert found.certainty("2019-03-31", STEP) == "ended"
    assert found.on("2019-04-01")["because"] == (
        "It had ended: end of direction ABC-2014-01, 2019-03-31."
    )
    assert "After: end of direction ABC-2014-01, 2019-03-31" in found.on("2017-01-01")["because"]


def test_within_vague_bounds_nothing_is_certain() -> None:
    """Between the first and the last day of a begin or an end the sources leave it open."""
    found = known([Act("ABC-2014-01", "2014-03", ended="2015")])
    days = "2014-02-28", "2014-03-15", "2014-03-31", "2014-12-31", "2015-01-01", "2015-12-30"
    assert found.certainties(*days, "2015-12-31") == [
        "none-known",
        "possible",
        "certain",
        "certain",
        "possible",
        "possible",
        "ended",
    ]
    assert "had begun" in found.on("2014-03-15")["because"]
    assert "had ended" in found.on("2015-06-01")["because"]


def test_a_begin_that_is_only_bounded_is_alive_at_the_bound() -> None:
    """What began by June 2014 was there at the end of June, and nothing is said of before."""
    found = known([Act("ABC-2014-01", "../2014-06", ended="2015-01-01")])
    assert found.certainties("2014-06-29", "2014-06-30", "2014-12-31") == [
        "none-known",
        "certain",
        "certain",
    ]


def test_a_sighting_proves_the_time_since_the_act_it_names() -> None:
    """Up to its day and on it; after it the course is possible again, from that day on."""
    seen = Seen("one", "2019-05-01", act="direction/ABC-2014-01")
    found = known([FIRST], [seen])
    assert found.certainties("2017-01-01", "2019-05-01", "2019-05-02") == [
        "certain",
        "certain",
        "possible",
    ]
    assert found.certainty("2022-01-25") == "possible"
    assert found.certainty("2022-01-26") == "not-heard-of"
    assert found.on("2020-01-01")["last"] == "sign/sighting-one"


def test_a_sighting_of_the_day_makes_it_certain_beside_a_vague_act() -> None:
    """The act may be older than its last day; who sees the course on that day says that it ran."""
    found = known([Act("ABC-2014-01", "2014-03")], [Seen("abc-2014-03-31", "2014-03-31")])
    assert found.certainties("2014-03-30", "2014-03-31") == ["possible", "certain"]
    assert found.on("2014-03-31")["because"].startswith("On that day: ")


def test_a_sighting_without_an_act_reaches_no_further_than_the_decile() -> None:
    """Ten silent years before a sighting prove nothing about the years."""
    near = known([FIRST], [Seen("one", "2016-12-04")])
    far = known([FIRST], [Seen("one", "2016-12-05")])
    assert near.certainty("2015-01-01") == "certain"
    assert far.certainty("2015-01-01") == "possible"
    assert far.certainty("2016-12-05") == "certain"


def test_a_fresh_act_proves_nothing_about_the_time_before() -> None:
    """Neither does a sighting after it; an act that is called varied does."""
    later = Act("ABC-2015-01", "2015-03-10")
    fresh = known([FIRST, later], [Seen("one", "2015-06-01")])
    assert fresh.certainties("2014-12-01", "2015-04-01") == ["possible", "certain"]
    vague = known([FIRST, Act("ABC-2015-01", "2015-03-10")], [Seen("one", "2015-03")])
    assert vague.certainty("2014-12-01") == "possible"
    varied = known([FIRST, later], more=changed(r"direction\/ABC-2015-01", "varied"))
    assert varied.certainty("2014-12-01") == "certain"
    assert varied.certainty("2016-01-01", STEP) == "possible"


def test_an_act_that_lasts_until_revoked_ran_until_the_next_one() -> None:
    """By its own words; after the next act, and where there is none, nobody knows."""
    lasts = rf"id:{DIRECTION} ci:endCondition s:end-condition\/until-revoked ."
    later = Act("ABC-2015-01", "2015-08-01")
    days = "2014-06-01", "2015-07-31", "2015-08-02"
    assert known([FIRST, later], more=lasts).certainties(*days) == [
        "certain",
        "certain",
        "possible",
    ]
    assert known([FIRST, later]).certainties(*days[:2]) == ["possible", "possible"]
    assert known([FIRST], more=lasts).certainties(*days[:2]) == ["possible", "possible"]


def test_a_revised_act_takes_the_place_of_the_one_before() -> None:
    """The course goes on, the earlier act has ended, and the link says that it is inferred."""
    later = Act("ABC-2015-01", "2015-03-10")
    found = known([FIRST, later], more=changed(r"direction\/ABC-2015-01", "revised"))
    assert found.certainties("2014-12-01", "2015-03-10", "2015-03-11") == [
        "certain",
        "certain",
        "possible",
    ]
    assert found.certainty("2014-12-01", STEP) == "certain"
    assert found.certainty("2015-03-10", STEP) == "ended"
    links = answer_to(found.layers, read_query(LINKS, "links"))
    assert [(row["link"], row["sure"]) for row in links] == [("inferred-replacement", "certain")]


LINKS = """
# Title: Links
# Question: Which links are not openings?
# Columns: link, sure
PREFIX ci: <https://w3id.org/council-interventions/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?link ?sure
WHERE {
  ?act ci:takesPlaceOf ?before .
  ?step ci:act ?act ; ci:linkGround/skos:notation ?link ; ci:linkCertainty/skos:notation ?sure .
}
"""


def test_a_plan_counts_after_the_last_sign_and_before_its_day() -> None:
    """When it has passed and no end is told, the course is possible again."""
    found = known([FIRST], more=planned(DIRECTION, "2015-03-10"))
    days = "2014-03-10", "2014-03-11", "2015-03-09", "2015-03-10"
    assert found.certainties(*days) == ["certain", "planned", "planned", "possible"]
    assert "only the plan that it ends on 2015-03-10" in found.on("2014-12-01")["because"]
    longer = planned(DIRECTION, "2020-03-10")
    assert known([FIRST], more=longer).certainty("2019-01-01") == "planned"


def test_a_later_plan_takes_the_place_of_an_earlier_one() -> None:
    """Told for the whole course, shorter or longer than the first."""
    plan = planned(DIRECTION, "2018-01-01")
    shorter = known([FIRST], [Seen("one", "2015-01-01", planned="2016-01-01")], plan)
    assert shorter.certainties("2015-12-31", "2016-01-01") == ["planned", "possible"]
    longer = known([FIRST], [Seen("one", "2015-01-01", planned="2019-01-01")], plan)
    assert longer.certainty("2018-06-01") == "planned"
    extended = Act("ABC-2017-01", "2017-01-01")
    more = plan + "\n" + planned(r"direction\/ABC-2017-01", "2021-01-01")
    assert known([FIRST, extended], more=more).certainty("2020-12-31") == "planned"


def test_a_stated_end_goes_before_a_plan() -> None:
    """It ended sooner than it was to end."""
    act = Act("ABC-2014-01", "2014-03-10", ended="2014-09-01")
    found = known([act], more=planned(DIRECTION, "2015-03-10"))
    assert found.certainties("2014-08-31", "2014-09-01") == ["certain", "ended"]


def test_the_course_goes_on_while_another_act_runs() -> None:
    """A notice that is lifted under a direction ends nothing but itself."""
    notice = Act("ABC-2014-02", "2014-06-01", kind="ImprovementNotice", ended="2015-01-01")
    found = known([FIRST, notice])
    assert found.certainty("2015-01-01", "step/notice-ABC-2014-02") == "ended"
    assert found.certainty("2015-01-01") == "possible"
    newest = Act("ABC-2014-02", "2014-06-01", ended="2015-01-01")
    assert known([FIRST, newest]).certainties("2014-12-31", "2015-01-01") == ["certain", "ended"]
    assert known([FIRST, newest]).certainty("2015-01-01", STEP) == "ended"


def test_a_sighting_ends_a_course_only_if_it_says_so() -> None:
    """A replaced act, a notice or a post that ended do not; a word on the course does."""
    for state in ("replaced", "notice-ended", "post-ended", "inspection-under-way"):
        assert known([FIRST], [Seen("one", "2015-01-01", state)]).certainty("2015-02-01") == (
            "possible"
        )
    found = known([FIRST], [Seen("one", "2015-01-01", "ended")])
    assert found.certainties("2014-12-31", "2015-01-01") == ["certain", "ended"]
    assert found.certainty("2015-01-01", STEP) == "ended"
    never = known([FIRST], [Seen("one", "2015-01-01", "not-under-intervention")])
    assert never.certainties("2014-12-31", "2015-01-01") == ["possible", "ended"]


def test_an_act_after_an_end_opens_a_new_course() -> None:
    """Since when is told anew."""
    later = Act("ABC-2016-01", "2016-05-02")
    found = known([FIRST, later], [Seen("one", "2015-01-01", "ended")])
    assert found.certainties("2015-06-01", "2016-05-02", "2016-05-03") == [
        "ended",
        "certain",
        "possible",
    ]
    assert found.on("2015-06-01")["first"] == "sign/begin-direction-ABC-2014-01"
    assert found.on("2016-06-01")["first"] == "sign/begin-direction-ABC-2016-01"


def test_while_a_new_course_may_have_begun_since_when_is_told_of_that_one() -> None:
    """The course before it had ended, however long ago; it is told again where nothing is new."""
    later = Act("ABC-2016-01", "2016-05")
    found = known([FIRST, later], [Seen("one", "2015-01-01", "ended")])
    assert found.certainties("2016-04-30", "2016-05-01", "2016-05-30", "2016-05-31") == [
        "ended",
        "possible",
        "possible",
        "possible",
    ]
    assert found.on("2016-04-30")["first"] == "sign/begin-direction-ABC-2014-01"
    for day in ("2016-05-01", "2016-05-30", "2016-05-31", "2016-06-01"):
        assert found.on(day)["first"] == "sign/begin-direction-ABC-2016-01"


def test_a_sighting_of_the_day_of_an_end_begins_no_later_course() -> None:
    """What ended by the last day on which it was seen is not what was begun years later."""
    seen = [Seen("early", "2010", "under-way"), Seen("end", "2010", "ended")]
    found = known([FIRST], seen)
    assert found.certainties("2010-12-31", "2014-03-09", "2014-03-10") == [
        "ended",
        "ended",
        "certain",
    ]
    assert found.on("2013-01-01")["first"] == "sign/sighting-early"
    assert found.on("2014-03-10")["first"] == "sign/begin-direction-ABC-2014-01"


def test_what_replaces_an_act_under_another_regime_ends_its_course() -> None:
    """Of a direction under two regimes the one that the new act does not reach has ended."""
    both = Act(
        "ABC-2014-01",
        "2014-03-10",
        more=r"id:direction\/ABC-2014-01 ci:regime s:regime\/childrens-services, s:regime\/send .",
    )
    replaces = r"id:notice\/ABC-2016-01 ci:replaces id:direction\/ABC-2014-01 ."
    notice = Act("ABC-2016-01", "2016-05-02", "ImprovementNotice", more=replaces)
    found = known([both, notice])
    days = "2014-03-10", "2016-05-01", "2016-05-02", "2016-05-03"
    assert found.certainties(*days) == ["certain", "certain", "certain", "possible"]
    under_send = [found.certainty(day, "state/ABC-send") for day in days]
    assert under_send == ["certain", "certain", "ended", "ended"]
    because = found.on("2016-05-03", "state/ABC-send")["because"]
    assert because == "It had ended: end of direction ABC-2014-01, 2016-05-02."


def test_a_sighting_after_an_end_is_no_answer() -> None:
    """It contradicts the end, unless the page says that it began after it."""
    ended = Seen("end", "2015-01-01", "ended")
    found = known([FIRST], [ended, Seen("late", "2015-06-01")])
    assert found.certainties("2015-03-01", "2015-06-01", "2015-07-01") == ["ended"] * 3
    rows = answer_to(found.layers, read_query(AFTER, "after"))
    assert [(row["sign"], row["end"]) for row in rows] == [
        ("sign/sighting-late", "sign/sighting-end")
    ]
    vague = known([FIRST], [ended, Seen("late", "2015")])
    assert vague.certainties("2015-03-01", "2016-01-01") == ["ended"] * 2
    again = known([FIRST], [ended, Seen("late", "2015-06-01", since="2015-04-01")])
    assert again.certainties("2015-03-01", "2015-05-01", "2015-07-01") == [
        "ended",
        "certain",
        "possible",
    ]


AFTER = """
# Title: After
# Question: Which signs come after an end?
# Columns: sign, end
PREFIX ci: <https://w3id.org/council-interventions/ns#>
SELECT ?sign ?end WHERE { ?sign ci:afterEnd ?end }
"""


def test_an_end_told_twice_counts_once() -> None:
    """The vague one says nothing that the close one does not, and ends no later course."""
    vague = Seen("vague", "2015", "ended")
    close = Seen("close", "2015-02-01", "ended")
    later = Act("ABC-2015-01", "2015-06-01")
    found = known([FIRST, later], [vague, close])
    assert found.certainties("2015-01-31", "2015-02-01", "2015-12-31") == [
        "certain",
        "ended",
        "possible",
    ]


def test_somebody_in_post_is_a_sign() -> None:
    """From the day on which the office was taken up to that on which it was left."""
    post = commissioner("ABC-2014-01")
    times = "\n".join(
        [
            r"id:appointment\/ABC-2015-01 a ci:Appointment ; ci:under id:direction\/ABC-2014-01 ;",
            r"ci:toPost id:post\/ABC-ABC-2014-01 ;",
            f"ci:takenUp {moment('2015-01-05')} ; ci:vacated {moment('2018-02-01')} .",
            time_of("2015-01-05"),
            time_of("2018-02-01"),
        ]
    )
    found = known([FIRST], more=post + times)
    assert found.certainties("2014-06-01", "2017-01-01", "2018-02-01", "2018-02-02") == [
        "certain",
        "certain",
        "certain",
        "possible",
    ]


def test_regimes_have_states_of_their_own() -> None:
    """An end of one says nothing of the other."""
    best = Act("ABC-2014-02", "2014-05-01", office="sos-hclg")
    found = known([FIRST, best], [Seen("one", "2015-01-01", "ended", regime="best-value")])
    assert found.certainty("2015-01-01") == "possible"
    assert found.certainty("2015-01-01", "state/ABC-best-value") == "ended"


def test_good_grades_are_a_reason_to_doubt() -> None:
    """They end nothing, and stand beside what is possible."""
    report = "\n".join(
        [
            r"id:inspection\/ABC-2015-01 a ci:Inspection ; ci:ofCouncil id:council\/ABC ;",
            f"ci:reportPublished {moment('2015-01-01')} ;",
            r"ci:hasJudgement id:judgement\/ABC-2015-01\/a , id:judgement\/ABC-2015-01\/b .",
            r"id:judgement\/ABC-2015-01\/a ci:grade s:grade\/good .",
            r"id:judgement\/ABC-2015-01\/b ci:grade s:grade\/GRADE .",
            time_of("2015-01-01"),
        ]
    )
    found = known([FIRST], more=replaced(report, "GRADE", "outstanding"))
    assert found.certainty("2015-02-01") == "possible"
    assert "A reason to doubt it: inspection ABC-2015-01" in found.on("2015-02-01")["because"]
    assert "doubt" not in found.on("2014-12-01")["because"]
    found = known([FIRST], more=replaced(report, "GRADE", "inadequate"))
    assert "doubt" not in found.on("2015-02-01")["because"]
