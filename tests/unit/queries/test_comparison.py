"""Lists beside the record: agreement, differences, and what explains each, on made-up answers."""

import pytest

from data.tables.comparisons import PairingRow
from ontology.namespaces import BASE
from queries.comparison import Agreement, Comparison, QuestionClass, compare
from queries.council_lists import CouncilList

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
        (2, "BIR SLG", {"BIR": "certain", "SLG": "possible"}, Agreement.EXACT),
        (1, "BIR", {"BIR": "certain", "SLG": "possible"}, Agreement.EXACT),
        (1, "SLG", {"BIR": "possible", "SLG": "possible"}, Agreement.UNDECIDED),
        (2, "BIR NFK", {"BIR": "certain", "SLG": "certain"}, Agreement.DIFFERS),
        (None, "BIR", {"BIR": "certain", "SLG": "certain"}, Agreement.EXACT),
        (None, "BIR", {"BIR": "possible"}, Agreement.UNDECIDED),
        (None, "NFK", {"BIR": "certain"}, Agreement.DIFFERS),
        (2, "", {"BIR": "certain", "SLG": "certain"}, Agreement.EXACT),
        (3, "", {"BIR": "certain", "SLG": "certain"}, Agreement.DIFFERS),
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
