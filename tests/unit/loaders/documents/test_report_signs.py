"""Of the prose of a report only what a record could hold is listed; the list is short."""

from __future__ import annotations

import pytest

from loaders.documents.extract import extract_text
from loaders.documents.files.fixed_text import text_of
from tests.fixtures.documents.small_reports import report

GRADES = ("Good", "Good", "Inadequate", "Outstanding", "Good")


def listed(sentence: str) -> bool:
    """Return whether a sentence of a report's prose is listed as not read."""
    text = f"{report(grades=GRADES)}\n{sentence} Children are well known to their workers.\n"
    record = extract_text(text_of(text.encode(), "a.txt")).record
    key = " ".join(sentence.split()[-2:])
    return any(key in (left.words or "") for left in record.left_out)


@pytest.mark.parametrize(
    "sentence",
    [
        "At the last inspection in 2019 the service stood still.",
        "A direction was issued by the Secretary of State in December 2013.",
        "Since the monitoring visit in October 2019 visits are on time.",
        "A commissioner was appointed by the Department for Education in May 2018.",
        "Services for care leavers are inadequate.",
        "The experiences and progress of care leavers: good.",
        "Children's services were judged to be inadequate.",
        "The inspection of the council was carried out under section 15 of the Local Government "
        "Act 1999.",
        "Before the previous inspection, Leeds City Council gave support to it.",
    ],
)
def test_what_a_record_could_hold_is_listed(sentence: str) -> None:
    """Other inspections, directions, commissioners, powers, and grades that differ."""
    assert listed(sentence)


@pytest.mark.parametrize(
    "sentence",
    [
        "At 31 March 2014, 20 children lived in other counties.",
        "The board has met each month since June 2015.",
        "Leaders have a good understanding of their own county.",
        "Some actions are outstanding for too long.",
        "The local authority knows its own young people.",
        "More work is required to help older children.",
        "Direct work directs attention to what children need.",
        "Plans must be clear and they must be short.",
        "Services for care leavers are outstanding.",
    ],
)
def test_praise_and_numbers_are_no_signs(sentence: str) -> None:
    """What an inspector praises, counts or asks for is nothing that a record of a report holds."""
    assert not listed(sentence)
