"""When duties fall due: in all word orders, in lines above a list, and what is no time limit."""

from __future__ import annotations

from datetime import date

import pytest

from loaders.documents.facts.directions.deadlines import deadlines_in, without_year
from loaders.documents.facts.directions.duties import duties_of
from loaders.documents.files.fixed_text import text_of
from loaders.documents.files.html import html_text
from loaders.documents.find.parties import Parties
from loaders.documents.layout.blocks import DocumentReading
from loaders.documents.layout.numbered_tree import read_tree

HEAD = "IMPROVEMENT NOTICE TO RUTLAND COUNTY COUNCIL\n\n"


def reading_of(words: str) -> DocumentReading:
    """Return the reading of a text to Rutland."""
    tree = read_tree(text_of(words.encode(), "made-up.txt"))
    return DocumentReading(tree, Parties("RUT", "sos-education", "childrens"), date(2009, 6, 8))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("complete 80 per cent of assessments within ten days", []),
        ("secure that claims are determined on average within 36 days", []),
        ("submit the draft 28 days before it is put to members", ["P28D"]),
        ("certify the accounts on 1 April and 1 October in each year", ["P6M"]),
        ("publish an annual report by July in each year", ["P1Y"]),
        ("hold a conference each autumn", ["P1Y"]),
        ("pay a fee for each day worked", []),
        ("meet every day", ["P1D"]),
        ("Staff have been consulted: 31 March 2017.", ["2017-03-31"]),
        ("The Department will review progress in March 2010.", ["2010-03"]),
        ("The Department will meet it in June and November 2009.", ["2009-06", "2009-11"]),
        ("read the plan published in March 2010", []),
    ],
)
def test_deadlines_of_word_orders(words: str, expected: list[str]) -> None:
    """A time that each case is to keep, or that something took, is none by which a duty is due."""
    (block,) = reading_of(words).blocks
    found = deadlines_in(block, None, "direction/RUT-2009-01")
    said = [limit.get("offset") or limit.get("period") or limit["due"]["date"] for limit in found]
    assert said == expected


@pytest.mark.parametrize(
    ("words", "due"),
    [
        ("report no later than 21 July", ["2009-07-21"]),
        ("report by 4 May", ["2010-05-04"]),
        ("report by 4 May each year", []),
        ("report by 4 May 2009", []),
        ("report by 31 June", []),
    ],
)
def test_a_day_without_a_year_is_the_next_one(words: str, due: list[str]) -> None:
    """It is inferred from the day of the document, and says so."""
    (block,) = reading_of(words).blocks
    found = without_year(block, date(2009, 6, 8))
    said = [(limit["due"]["date"], limit["modality"]) for limit in found]
    assert said == [(day, "inferred") for day in due]


def test_every_deadline_names_its_rule() -> None:
    """Whoever doubts one finds what told it, and in which version."""
    (block,) = reading_of("report every month, on request and by 1 May 2010").blocks
    found = deadlines_in(block, None, "direction/RUT-2009-01")
    rules = {limit["kind"]: limit["rule"].partition("/")[0] for limit in found}
    assert rules == dict.fromkeys(("recurring", "on-request", "fixed"), "deadlines")
    assert {limit["rule"].rpartition("@")[2] for limit in found} == {"1"}


def test_the_day_in_a_row_is_that_of_its_own_cell() -> None:
    """A number in the cell before is no day of the month in the next."""
    page = (
        "<p>1. The Council must meet these:<table><tr><th>Target<th>Now<th>By"
        "<tr><td>Cases of a worker, within one day: 17<td>24<td>March 2024</table>"
    )
    duties = duties_of(reading_of(HEAD + html_text(page, "made-up.html")), "RUT-2009-01", None)
    row = duties.requirements[-1]
    assert [limit["due"]["date"] for limit in row["deadlines"]] == ["2024-03"]


def test_a_line_above_items_says_by_when() -> None:
    """It holds until the next such line, and for no item around them."""
    words = (
        "1. The Council must secure the following:\n\n   by 31 March 2009\n   (i) a plan;\n\n"
        "   by 30 May 2009\n   (ii) a board;\n   (iii) a chair.\n\n2. The Council must report.\n"
    )
    duties = duties_of(reading_of(HEAD + words), "RUT-2009-01", None).requirements
    limits = {
        duty["paragraph"]: [limit["due"]["date"] for limit in duty.get("deadlines", ())]
        for duty in duties
    }
    assert limits == {
        "1.i": ["2009-03-31"],
        "1.ii": ["2009-05-30"],
        "1.iii": ["2009-05-30"],
        "2": [],
    }
