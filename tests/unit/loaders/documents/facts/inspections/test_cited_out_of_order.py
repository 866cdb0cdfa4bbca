"""A report may be called by its term before a paragraph dates it: places are those of the block."""

from __future__ import annotations

import pytest

from tests.fixtures.documents.small_documents import candidate, direction
from tests.fixtures.guards import not_empty, replaced

DATED = direction().split("\n")[4]
CONSIDERED = direction().split("\n")[5]


@pytest.mark.parametrize(
    "first",
    [
        CONSIDERED,
        "1. She considered the Ofsted report.",
        "1. The Ofsted report.",
        "1. As the Ofsted report says, services are inadequate.",
        "1. Children's services are 'inadequate' overall by the Ofsted report, which is long.",
    ],
)
def test_a_report_is_named_before_it_is_dated(first: str) -> None:
    """The record is made, and each passage holds the words that it says stand there."""
    text = replaced(direction(), f"{DATED}\n", f"{first}\n{DATED}\n")
    found = candidate(text)
    inspections = not_empty(found.record.inspections)
    assert any(said.value for each in inspections for said in each.report)
    for each in inspections:
        assert each.matches(found.document.text)
        assert all(said.matches(found.document.text) for said in each.report)
