"""Functions that pass to others, by list, table, colon or what they are about."""

from __future__ import annotations

import pytest

from loaders.documents.clauses.bearers import bound_by
from loaders.documents.facts.directions.functions import functions_in
from loaders.documents.files.fixed_text import text_of
from loaders.documents.files.html import html_text
from loaders.documents.find.parties import Parties
from loaders.documents.layout.blocks import DocumentReading
from loaders.documents.layout.numbered_tree import read_tree

HEAD = "DIRECTION TO RUTLAND COUNTY COUNCIL UNDER SECTION 15 OF THE LOCAL GOVERNMENT ACT 1999\n\n"


def functions(text: str) -> list[str]:
    """Return the functions that a text gives to others; a question mark on what may only come."""
    tree = read_tree(text_of(text.encode(), "made-up.txt"))
    reading = DocumentReading(tree, Parties("RUT", "sos-hclg", "best-value"))
    return [
        said["value"] + ("?" if said.get("modality") == "possible" else "")
        for bound in bound_by(reading)
        if bound.frame in {"moves", "might-move"}
        for said in functions_in(bound)
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "1. The following function shall be exercisable by the Envoy: the audit of accounts. "
            "This does not extend to functions relating to tax.\n",
            ["the audit of accounts"],
        ),
        (
            "1. The Directions allow the Commissioners to exercise the Council's functions of "
            "strategic financial management and procurement of works.\n",
            ["strategic financial management", "procurement of works"],
        ),
        (
            "1. The Trust shall perform all of the Council's social care functions, other than the "
            "function of fixing the budget.\n",
            ["social care functions"],
        ),
        (
            "1. The Commissioners would be able to exercise functions of audit and risk.\n",
            ["audit and risk?"],
        ),
        (
            "1. The Council is failing.\n\nSCHEDULE\n\nPart 1: functions to be performed by the "
            "Trust\n\n(a) the placing of children, except adoption; and\n(b) fostering.\n\n"
            "Part 2: functions to be kept by the Council\n\n(a) the setting of its budget.\n",
            ["the placing of children", "fostering"],
        ),
        ("1. The Council shall review the functions of audit.\n", []),
    ],
)
def test_functions_of_forms(words: str, expected: list[str]) -> None:
    """What is excepted, kept or only reviewed moves to nobody."""
    assert functions(HEAD + words) == expected


def test_functions_of_a_table_go_by_their_column() -> None:
    """A row whose cell names the council moves nothing."""
    page = (
        "<p>1. Rutland County Council is failing.<p>These functions are to be exercised as shown:"
        "<table><tr><th>Function<th>By whom<tr><td>The letting of contracts<td>The Commissioner"
        "<tr><td>The planning of housing<td>The Council</table>"
    )
    assert functions(html_text(page, "made-up.html")) == ["The letting of contracts"]
