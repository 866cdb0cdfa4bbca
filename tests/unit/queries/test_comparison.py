"""Lists beside the record: agreement, differences, and what explains each, on made-up answers."""

import pytest

from data.tables.comparisons import PairingRow
from ontology.namespaces import BASE
from queries.agreement import Agreement
from queries.comparison import ComparedQuestion, Comparison, QuestionClass, compare
from queries.comparison_views import COLUMNS, as_json, rows_of
from queries.contradictions import contradictions
from queries.council_lists import CouncilList
from tests.fixtures.guards import not_empty

TOPIC = "best-value-interventions"
PAIRING = PairingRow(
    about="some-list",
    asks="councils",
    topic=TOPIC,
    query="under_intervention",
    parameters="day=2024-10-08",
    column="council",
    lacking="",
)
DAY = "2024-10-08"
READ = {
    "topic": f"{BASE}scheme/coverage-topic/{TOPIC}",
    "first": "2010-01-01",
    "last": "2026-01-01",
    "status": f"{BASE}scheme/coverage-status/partly-covered-found",
}


def evidence(council: str, prop: str, day: str) -> dict[str, str]:
    """Return a dated claim about a council."""
    return {
        "council": f"{BASE}id/council/{council}",
        "topic": READ["topic"],
        "thing": f"{BASE}id/direction/{council}-2020-01",
        "property": f"{BASE}ns#{prop}",
        "first": day,
        "words": day,
        "claim": f"{BASE}id/claim/0123456789abcdef",
        "source": f"{BASE}id/document/some-page",
    }


def compared(
    number: int | None, named: str, found: dict[str, str], not_held: str = ""
) -> Comparison:
    """Return a made-up list beside a made-up answer."""
    one = CouncilList(
        "some-list", "", "six", DAY, DAY, DAY, number, frozenset(named.split()), not_held, "page"
    )
    codes = [*named.split(), *found, "NFK"]
    answers = {
        "some-list": [
            {"council": f"{BASE}id/council/{code}", "certainty": sure}
            for code, sure in found.items()
        ],
        "list council_lists": [],
        "list parliamentary_questions": [],
        "list readings": [READ | {"council": f"{BASE}id/council/{code}"} for code in codes],
        "list told_by_lists": [{"source": "page", "thing": f"{BASE}id/direction/SLG-2020-01"}],
        "list evidence": [
            evidence("SLG", "signed", "2021-12-01"),
            evidence("LIV", "ended", "2024-06-09"),
            evidence("TWH", "signed", "2025-01-22"),
        ],
    }
    (question,) = compare([PAIRING], answers, [one])
    return question.parts[0]


@pytest.mark.parametrize(
    ("number", "named", "found", "agreement"),
    [
        (2, "BIR SLG", {"BIR": "certain", "SLG": "planned"}, Agreement.EXACT),
        (2, "BIR SLG", {"BIR": "certain", "SLG": "possible"}, Agreement.WITH_POSSIBLE),
        (1, "BIR", {"BIR": "certain", "SLG": "possible"}, Agreement.EXACT),
        (1, "SLG", {"BIR": "possible", "SLG": "possible"}, Agreement.UNDECIDED),
        (2, "BIR NFK", {"BIR": "certain", "SLG": "certain"}, Agreement.DIFFERS),
        (None, "BIR", {"BIR": "certain", "SLG": "certain"}, Agreement.EXACT),
        (None, "BIR", {"BIR": "possible"}, Agreement.WITH_POSSIBLE),
        (None, "NFK", {"BIR": "certain"}, Agreement.DIFFERS),
        (2, "", {"BIR": "certain", "SLG": "certain"}, Agreement.EXACT),
        (3, "", {"BIR": "certain", "SLG": "certain"}, Agreement.DIFFERS),
        (3, "", {"BIR": "certain", "SLG": "certain", "TWH": "possible"}, Agreement.WITH_POSSIBLE),
        (2, "", {"BIR": "certain", "SLG": "possible", "TWH": "possible"}, Agreement.UNDECIDED),
        (0, "", {}, Agreement.EXACT),
    ],
)
def test_agreement(
    number: int | None, named: str, found: dict[str, str], agreement: Agreement
) -> None:
    """A number speaks of all, names alone of some; what is possible settles nothing."""
    part = compared(number, named, found)
    assert part.question_class is QuestionClass.COUNTABLE
    assert part.agreement is agreement


def test_a_wrong_name_is_a_difference_with_its_reason() -> None:
    """Each name that one side has only is explained by a claim, or by what was not read."""
    part = compared(4, "BIR LIV TWH NFK", {"BIR": "certain", "SLG": "certain"})
    reasons = {one.council: (one.named_by, one.reason) for one in part.differences}
    assert part.agreement is Agreement.DIFFERS
    assert set(reasons) == {"LIV", "TWH", "NFK", "SLG"}
    assert {council: reason.kind for council, (_, reason) in reasons.items()} == {
        "LIV": "claim",
        "TWH": "claim",
        "NFK": "gap",
        "SLG": "claim",
    }
    assert reasons["SLG"][0] == "record"
    assert "ended: 2024-06-09" in reasons["LIV"][1].text
    assert "best-value-interventions of NFK" in reasons["NFK"][1].text


def test_what_a_minister_does_not_hold_is_said_where_the_record_does() -> None:
    """No record there, and something here."""
    held = compared(None, "", {"BIR": "certain"}, "no list given")
    assert held.agreement is Agreement.HELD
    assert compared(None, "", {}, "no list given").agreement is Agreement.NOT_HELD


def test_what_is_only_possible_is_told_apart_with_its_claim() -> None:
    """Two sides that agree only if the possible counts say so, and say on what it rests."""
    part = compared(2, "BIR SLG", {"BIR": "certain", "SLG": "possible"})
    (one,) = part.differences
    assert (one.council, one.named_by, one.reason.kind) == ("SLG", "possible", "claim")
    assert part.agreement.is_exact and part.agreement is not Agreement.EXACT


def test_a_number_alone_that_differs_has_a_claim_for_each_name_too_many() -> None:
    """Nobody can tell which name is too many, so each stands with the claim it rests on."""
    part = compared(1, "", {"SLG": "certain", "TWH": "certain"})
    assert part.agreement is Agreement.DIFFERS and part.gap is None
    assert [(one.council, one.named_by) for one in part.differences] == [
        ("SLG", "record"),
        ("TWH", "record"),
    ]
    assert {one.reason.kind for one in part.differences} == {"claim"}


def test_a_number_alone_that_is_too_small_here_has_a_gap_in_what_was_read() -> None:
    """Of a council that nobody names no claim can speak; what was not wholly read explains it."""
    part = compared(3, "", {"SLG": "certain"})
    assert part.gap is not None and part.gap.kind == "gap" and TOPIC in part.gap.text


def test_a_list_whose_page_is_a_source_of_the_record_says_so() -> None:
    """An answer that agrees with itself proves less than one that agrees with others."""
    own = compared(2, "SLG TWH", {"SLG": "certain", "TWH": "certain"})
    assert own.own_source and own.own_source_of == ("SLG",)
    assert not compared(1, "TWH", {"TWH": "certain"}).own_source
    (row,) = rows_of([_question(own)])
    assert row["own_source"] == "SLG" and tuple(row) == COLUMNS
    told = as_json([_question(own)])
    assert told["items"][0]["parts"][0]["own_source"] is True
    assert told["summary"]["lists given exactly, where the source itself is a source of the record"]


@pytest.mark.parametrize(
    ("number", "named", "found", "expected"),
    [
        (
            2,
            "BIR NFK",
            {"BIR": "certain", "SLG": "certain"},
            ["NFK: not named", "SLG: named (certain)"],
        ),
        (None, "NFK", {"BIR": "certain"}, ["NFK: not named"]),
        (2, "NFK SLG", {"SLG": "possible"}, ["NFK: not named"]),
        (3, "", {"SLG": "certain", "TWH": "possible"}, [": 1, and 1 possible"]),
        (1, "", {"SLG": "certain", "TWH": "certain"}, [": 2"]),
        (4, "NFK", {"SLG": "certain"}, ["NFK: not named", ": 1"]),
    ],
)
def test_each_contradiction_has_both_sides(
    number: int | None, named: str, found: dict[str, str], expected: list[str]
) -> None:
    """A council that one side leaves out, or a number out of reach; never what is possible."""
    told = list(contradictions([_question(compared(number, named, found))]))
    answers = [f"{one.council}: {one.record_answer.partition(': ')[2]}" for one in told]
    assert answers == expected
    for one in not_empty(told):
        assert DAY in one.explanation and "six" in one.explanation
        assert one.is_gap == ("gap of coverage" in one.explanation)
        assert one.is_gap or one.claims


def test_what_is_only_possible_contradicts_nothing() -> None:
    """A list that is not contradicted has no contradiction, whatever it leaves open."""
    part = compared(1, "BIR", {"BIR": "possible", "SLG": "possible"})
    assert part.differences and list(contradictions([_question(part)])) == []


def _question(part: Comparison) -> ComparedQuestion:
    return ComparedQuestion(part.about, "", "", part.day, part.said, "", part.source, (part,))
