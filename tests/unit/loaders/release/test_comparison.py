"""The record beside what others say, as lines: how sure it is of each council is told in words."""

from loaders.release.comparison import report
from queries.agreement import Agreement
from queries.comparison import ComparedQuestion, Comparison, QuestionClass

PART = Comparison(
    about="some-list",
    question="",
    said="three",
    day="2024-10-08",
    question_class=QuestionClass.COUNTABLE,
    query="under_intervention",
    given={},
    said_number=3,
    said_councils=("BIR", "CRY", "SLG"),
    not_held="",
    source="page",
    found={"BIR": "certain", "CRY": "planned", "SLG": "possible"},
    agreement=Agreement.WITH_POSSIBLE,
)


def test_what_is_planned_is_told_apart_from_what_is_possible() -> None:
    """What is certain needs no word."""
    question = ComparedQuestion("some-list", "", "", "", "", "", "page", (PART,))
    (record,) = [line for line in report([question]) if line.startswith("        record ")]
    assert record.endswith("3: BIR CRY (planned) SLG (possible)")
