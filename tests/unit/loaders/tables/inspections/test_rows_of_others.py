"""Rows of published tables that went wrong with others: each is refused, with line and column."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from data.sources import convert_published
from data.tables.table import text_of
from loaders.tables.inspections.ofsted_history import HISTORY
from ontology.errors import UnreadableTable
from tests.fixtures.guards import not_empty, replaced
from tests.fixtures.shared import small_inputs

# takes: "in some.csv, report 50204404: publication_date 13/01/23 -> 13/01/33"
# leaves: "in some.csv, report 50204404: publication_date is gone"
CHANGE = re.compile(r"in (\S+), report (\d+): (\w+) (\S+) -> (\S+)")


def test_a_row_that_went_wrong_with_others_is_refused(published: Path) -> None:
    """Each case changes one cell of the published file, which is read whole without the change."""
    text = text_of(published / "published" / HISTORY.file)
    assert not_empty(convert_published(HISTORY, text))
    for case in not_empty(small_inputs("row-*")):
        change = CHANGE.search((case / "change.txt").read_text(encoding="utf-8"))
        assert change, case.name
        file, report, column, old, new = change.groups()
        assert file == HISTORY.file
        (line,) = [line for line in text.splitlines() if f"/{report}," in line]
        spoilt = replaced(text, line, replaced(line, old, new, 1), 1)
        with pytest.raises(UnreadableTable, match=f"line [0-9]+, column {column}: '{new}'"):
            convert_published(HISTORY, spoilt)
