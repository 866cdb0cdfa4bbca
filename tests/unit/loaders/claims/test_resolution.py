"""The rules choose as they say, in their order, and choose nothing where they cannot."""

from __future__ import annotations

from datetime import date

import pytest
from rdflib import URIRef

from data.decisions.discrepancies import Decisions, Preference
from data.records.statements import Passage
from loaders.claims.claim import Claim
from loaders.claims.discrepancies import find_discrepancies
from loaders.claims.resolution import Knowledge, Slot, resolve
from loaders.claims.values import Value
from ontology import CI
from ontology.dates import read_time
from ontology.identifiers import concept, reference, thing

DIRECTION = thing("direction", "WOR-2017-02")
TIERS = {"direction": 2, "report": 3, "press": 5}
OTHER = thing("direction", "WOR-2017-01")


def claim(
    document: str,
    value: Value,
    prop: URIRef = CI.signed,
    *,
    force: str = "reportive",
    modality: str = "asserted",
    polarity: str = "positive",
    start: int = 0,
) -> Claim:
    """Return a claim of one document about the direction."""
    passage = Passage(at="1", chars=f"{start}-{start + 5}", words="words")
    voice = reference("office/sos-education")
    return Claim(
        DIRECTION,
        prop,
        value,
        document,
        passage,
        voice,
        force,
        modality,
        polarity,
        None,
        None,
        "x.yaml",
        1,
    )


def choose(*claims: Claim, knowledge: Knowledge | None = None) -> Slot:
    """Return the only slot of some claims."""
    slots = resolve(claims, knowledge or Knowledge(TIERS, {"direction": DIRECTION}))
    assert len(slots) == 1
    return slots[0]


def day(text: str) -> Value:
    """Return a time that is read from EDTF."""
    return read_time(text, text)


def test_agreeing_sources_need_no_rule() -> None:
    """Two sources with one value: the nearer one is named, no rule is needed."""
    slot = choose(claim("press", day("2017-09-19")), claim("report", day("2017-09-19")))
    assert slot.rule == "unopposed"
    assert slot.preferred is not None
    assert slot.preferred.document == "report"


def test_r1_the_act_itself_outranks_everyone() -> None:
    """A direction is the best witness of its own signature, also against a lower tier."""
    knowledge = Knowledge({"direction": 5, "report": 1}, {"direction": DIRECTION})
    own = claim("direction", day("2017-09-19"), force="constitutive")
    slot = choose(own, claim("report", day("2017-09-20")), knowledge=knowledge)
    assert (slot.rule, slot.preferred) == ("r1", own)


def test_r1_does_not_reach_another_act() -> None:
    """What a direction says of another direction is a report like any other."""
    knowledge = Knowledge(TIERS, {"direction": OTHER})
    told = claim("direction", day("2017-09-19"), force="constitutive")
    slot = choose(told, claim("report", day("2017-09-20")), knowledge=knowledge)
    assert slot.rule == "r3"


def test_r2_a_reviewed_correction_outranks_the_tier() -> None:
    """A correction is data with a reason; it beats a nearer source, and its reason is kept."""
    wrong, right = claim("direction", day("2017-09-20")), claim("press", day("2017-09-19"))
    knowledge = Knowledge(TIERS, {}, (Preference("r2", right.iri, "a slip of the pen"),))
    slot = choose(wrong, right, knowledge=knowledge)
    assert (slot.rule, slot.preferred, slot.reason) == ("r2", right, "a slip of the pen")


def test_r3_the_nearer_source_wins() -> None:
    """A direction's recital outranks the newspaper, also where the newspaper is more exact."""
    near, far = claim("direction", day("2017-09")), claim("press", day("2017-10-01"))
    slot = choose(far, near)
    assert (slot.rule, slot.preferred) == ("r3", near)


def test_r4_the_narrower_time_wins_inside_the_wider() -> None:
    """Within one tier the exact day refines the month."""
    month, exact = (
        claim("direction", day("2018-03")),
        claim("direction", day("2018-03-31"), start=9),
    )
    slot = choose(month, exact)
    assert (slot.rule, slot.preferred) == ("r4", exact)


def test_r5_a_person_decides_what_no_rule_can() -> None:
    """The decision comes last and gives its reason."""
    one, two = claim("direction", day("2018-03-30")), claim("direction", day("2018-03-31"), start=9)
    knowledge = Knowledge(TIERS, {}, (Preference("r5", two.iri, "seen on the original"),))
    slot = choose(one, two, knowledge=knowledge)
    assert (slot.rule, slot.preferred, slot.reason) == ("r5", two, "seen on the original")


def test_without_a_winner_the_slot_stays_open() -> None:
    """No rule averages or guesses."""
    slot = choose(
        claim("direction", day("2018-03-30")), claim("direction", day("2018-03-31"), start=9)
    )
    assert slot.preferred is None
    assert slot.rule is None


@pytest.mark.parametrize("modality", ["possible", "planned"])
def test_a_possibility_never_becomes_a_fact(modality: str) -> None:
    """What "could" happen is kept as a claim and resolves nothing."""
    assert choose(claim("press", day("2017-09-19"), modality=modality)).preferred is None


def test_a_denied_value_is_not_taken_over() -> None:
    """A value that one voice reports and another denies in the same source stays open."""
    slot = choose(
        claim("report", URIRef("x:190"), CI.grade),
        claim("report", URIRef("x:190"), CI.grade, polarity="negative", start=9),
    )
    assert slot.preferred is None
    assert [discrepancy.type for discrepancy in find_discrepancies([slot], Decisions())] == [
        "disputed-by-source"
    ]


def test_several_values_of_a_property_are_several_facts() -> None:
    """Two powers do not contradict each other; two grades do."""
    powers = [claim("direction", URIRef(f"x:{number}"), CI.madeUnder) for number in "12"]
    assert len(resolve(powers, Knowledge(TIERS, {}))) == 2


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (day("2015-10"), day("2015-10-19"), ["refinement"]),
        (day("2015-10-19"), day("2015-10-20"), ["contradiction"]),
        (concept("grade", "good"), concept("grade", "inadequate"), ["contradiction"]),
        (day("2015-10-19"), day("2015-10-19"), []),
        (read_time("yesterday", status="relative"), day("2015-10-19"), ["relative-value"]),
    ],
)
def test_differences_are_recognised(first: Value, second: Value, expected: list[str]) -> None:
    """Days that overlap refine each other; days that do not contradict each other."""
    slot = choose(claim("report", first), claim("direction", second))
    assert [discrepancy.type for discrepancy in find_discrepancies([slot], Decisions())] == expected


def test_impossible_date_is_a_discrepancy_by_itself() -> None:
    """One source is enough: the calendar disagrees."""
    impossible = read_time(
        "29 February 2013", status="impossible", candidates=("2013-02-28", "2013-03-01")
    )
    assert (impossible.earliest, impossible.latest) == (date(2013, 2, 28), date(2013, 3, 1))
    slot = choose(claim("report", impossible))
    assert [discrepancy.type for discrepancy in find_discrepancies([slot], Decisions())] == [
        "impossible-value"
    ]
