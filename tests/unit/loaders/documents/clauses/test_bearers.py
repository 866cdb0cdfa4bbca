"""Who must do what, whatever the form: numbered items, letters, lists without numbers, tables."""

from __future__ import annotations

import pytest

from loaders.documents.clauses.bearers import bound_by
from loaders.documents.files.fixed_text import text_of
from loaders.documents.files.html import html_text
from loaders.documents.find.parties import Parties
from loaders.documents.layout.blocks import DocumentReading
from loaders.documents.layout.numbered_tree import read_tree

HEAD = "DIRECTION TO RUTLAND COUNTY COUNCIL UNDER SECTION 497A(4B) OF THE EDUCATION ACT 1996\n\n"


def bound(text: str) -> list[tuple[str, str, str]]:
    """Return label, bearer and first words of whatever a text asks."""
    tree = read_tree(text_of(text.encode(), "made-up.txt"))
    reading = DocumentReading(tree, Parties("RUT", "sos-education", "childrens"))
    return [
        (each.block.label, each.bearer, " ".join(each.block.text.split()[:2]))
        for each in bound_by(reading)
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "1. Under section 497A(4B), the Council shall:\n a) keep a plan; and\n b) report.\n",
            [("1.a", "council", "keep a"), ("1.b", "council", "report.")],
        ),
        (
            "1. (1) The Council must report.\n   (2) It must do so by May.\n2. The plan is late.\n",
            [("1.1", "council", "The Council"), ("1.2", "council", "It must")],
        ),
        (
            'Rutland County Council ("Rutland") is bound.\n\nFirst, Rutland is to report.\n\n'
            "Secondly, the Commissioner will, each month, meet members.\n",
            [
                ("unnumbered.1", "council", "First, Rutland"),
                ("unnumbered.2", "commissioner", "Secondly, the"),
            ],
        ),
        (
            "1. The Council is failing.\n\nANNEX\n\nThe Commissioner will:\nreview the plan;\n",
            [("unnumbered.1", "commissioner", "review the")],
        ),
        (
            "1. A savings plan is to be adopted by the Council.\n2. The Council may publish it.\n",
            [("1", "council", "A savings")],
        ),
        (
            "1. The Secretary of State for Education directs that:\n (a) the Council keeps a plan; "
            "and\n (b) the Commissioner visits each month.\n",
            [("1.a", "council", "the Council"), ("1.b", "commissioner", "the Commissioner")],
        ),
        (
            "1. These Directions come into force today. They will remain in force for a year.\n"
            "2. The Commissioner holds office for a year. She is to report each month.\n",
            [("2", "commissioner", "The Commissioner")],
        ),
        (
            "1. The Commissioners shall exercise the functions below:\n (a) all functions.\n",
            [("1.a", "commissioner", "all functions.")],
        ),
        (
            "1. The Council must keep a plan.\n2. The Improvement Board shall meet each month.\n"
            "3. The chair of the Board is to report. It shall also publish minutes.\n",
            [
                ("1", "council", "The Council"),
                ("2", "other", "The Improvement"),
                ("3", "other", "The chair"),
                ("unnumbered.1", "other", "It shall"),
            ],
        ),
        (
            "1. From 1 May the Trust shall provide the services.\n2. A review is to be held by "
            "the Secretary of State each year.\n3. Accounts are to be published by the Trust.\n",
            [("1", "other", "From 1"), ("2", "office", "A review"), ("3", "other", "Accounts are")],
        ),
        (
            "1. The Council shall keep a plan.\n\n   The Commissioner is to review it.\n\n"
            "2. The Council is not, without consent, to borrow.\n",
            [
                ("1", "council", "The Council"),
                ("unnumbered.1", "commissioner", "The Commissioner"),
                ("2", "council", "The Council"),
            ],
        ),
        (
            "1. The Secretary of State directs as follows:\n2. The Council must report.\n"
            "3. For any claim the Council is to be regarded as the provider.\n",
            [("2", "council", "The Council")],
        ),
        (
            "1. The Council shall secure that each of the standards in the Schedule is met.\n\n"
            "SCHEDULE\n\nSTANDARDS\n\n1. The register of land is open to all.\n",
            [("1", "council", "The Council"), ("annex.1", "council", "The register")],
        ),
        (
            "1. The Commissioner is appointed. Under the terms of reference she is to report.\n"
            "2. The Council must report.\n",
            [("1", "commissioner", "The Commissioner"), ("2", "council", "The Council")],
        ),
        (
            "1. The Council must report. Results are to be published by officers of rank.\n"
            "2. Ann Other holds the office. In May she must advise whether it has improved.\n",
            [
                ("1", "council", "The Council"),
                ("unnumbered.1", "council", "Results are"),
                ("2", "commissioner", "Ann Other"),
            ],
        ),
        ("1. The Council should keep a plan. The Council needs to improve.\n", []),
        ("1. The steps which the Council must take are known. The Council was late.\n", []),
    ],
)
def test_bearers_of_forms(words: str, expected: list[tuple[str, str, str]]) -> None:
    """The bearer stands in the item, in the words before the list, or in the sentence before."""
    assert bound(HEAD + words) == expected


def test_rows_of_a_table_go_by_its_heads() -> None:
    """A row without a number is a duty below heads that say so; its own cell says whose."""
    page = (
        "<p>1. Rutland County Council is failing.<table><tr><th>What is to be done: actions<th>By "
        "whom<th>By when<tr><td>Publish a plan<td>Council<td>1 May 2019<tr><td>Report<td>"
        "Commissioner<td>1 June 2019<tr><td>Meet<td>Board<td>Monthly</table>"
    )
    assert bound(html_text(page, "made-up.html")) == [
        ("unnumbered.1", "council", "Publish a"),
        ("unnumbered.2", "commissioner", "Report Commissioner"),
        ("unnumbered.3", "other", "Meet Board"),
    ]


def test_a_table_that_lays_out_a_page_is_read_as_before() -> None:
    """Cells that hold whole paragraphs stand below each other."""
    cells = "<td>" + "".join(f"<p>Paragraph {number}.</p>" for number in range(5))
    assert html_text(f"<table><tr>{cells}<td>Beside.</table>", "made-up.html").count("\n") >= 5
