"""Who is given an office from when and until when, though several people share a sentence."""

from __future__ import annotations

import pytest

from loaders.documents.facts.appointments import appointments_in
from loaders.documents.files.fixed_text import text_of
from loaders.documents.find.parties import Parties
from loaders.documents.layout.blocks import DocumentReading
from loaders.documents.layout.numbered_tree import read_tree

HEAD = "DIRECTIONS TO RUTLAND COUNTY COUNCIL UNDER SECTION 15 OF THE LOCAL GOVERNMENT ACT 1999\n\n"


def terms(words: str) -> list[tuple[str, str, str]]:
    """Return each name with its days; "force" and "own" stand for those of the direction."""
    tree = read_tree(text_of((HEAD + words).encode(), "made-up.txt"))
    reading = DocumentReading(tree, Parties("RUT", "sos-hclg", "best-value"))
    return [
        (
            found.person.name,
            (found.begins.edtf or "")
            if found.begins
            else ("force" if found.in_force else "own" if found.from_direction else ""),
            (found.ends.edtf or "") if found.ends else "",
        )
        for found in appointments_in(reading)
    ]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (
            "1. The Secretary of State appoints as Lead Commissioner Ann Other, until 31 March "
            "2028, and as Finance Commissioner Jo Bloggs, until 31 March 2027, both from "
            "the date of "
            "these Directions.\n",
            [("Ann Other", "own", "2028-03-31"), ("Jo Bloggs", "own", "2027-03-31")],
        ),
        (
            "1. The Secretary of State nominates Ann Other as Commissioner from today until 31 "
            "March 2027, and appoints, with effect from 3 March 2025, Jo Bloggs as "
            "Ministerial Envoy.\n",
            [("Ann Other", "own", "2027-03-31"), ("Jo Bloggs", "2025-03-03", "")],
        ),
        (
            "1. Ann Other is appointed as Commissioner from the day on which this Direction comes "
            "into force to 31 March 2024.\n",
            [("Ann Other", "force", "2024-03-31")],
        ),
        (
            "1. On 8 February 2021 the Secretary of State appointed Ann Other as Commissioner.\n",
            [("Ann Other", "2021-02-08", "")],
        ),
        (
            "1. Ann Other, a Commissioner since 1 May 2022, steps down on 30 May 2024.\n",
            [("Ann Other", "2022-05-01", "2024-05-30")],
        ),
        (
            "1. A direction was given on 18 January 2019 under which Ann Other was appointed as "
            "Commissioner.\n",
            [("Ann Other", "", "")],
        ),
    ],
)
def test_days_go_to_whom_they_stand_with(words: str, expected: list[tuple[str, str, str]]) -> None:
    """A day after the next verb that appoints is that of the next person."""
    assert terms(words) == expected
