"""Each column of each answer is described, and its cells are of the kind that is told."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import get_args

import pytest
from starlette.testclient import TestClient

from data.tables.coverage import Topic
from ontology.errors import UnknownQuery
from queries.catalogue import catalogue, find_query, read_query
from queries.columns import column_table, columns_of
from queries.parameters import TYPES, source_of_values
from tests.fixtures.guards import not_empty
from tests.fixtures.pages import read
from tests.integration.queries.test_catalogue import EXAMPLES

KINDS: dict[str, Callable[[object], bool]] = {
    "address": lambda cell: bool(re.fullmatch(r"https?://[^ ]+", str(cell))),
    "text": lambda cell: isinstance(cell, str),
    "day": lambda cell: bool(re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", str(cell))),
    "number": lambda cell: isinstance(cell, int | float) and not isinstance(cell, bool),
    "truth": lambda cell: isinstance(cell, bool),
    "duration": lambda cell: bool(re.fullmatch(r"P([0-9]+[YMD])+", str(cell))),
}
"""What tells whether a cell is of a kind."""
OF_ITS_OWN = {
    "changes_by_sources_between": {"from": "2017-01-01"},
    "visits_during_direction": {"direction": "WOR-2017-01"},
}
"""Values of parameters for questions to which the usual example has no answer."""
NEVER_FILLED = {
    "areas_for_priority_action": {"graded_inspection", "graded_from"},
    "commissioners_of_council": {"renews"},
    "inadequate_help_not_overall": {"council", "inspection", "overall_grade"},
    "interventions_across_reorganisation": {"successor_intervention", "successor_began"},
    "interventions_of_council": {"ended", "successor"},
    "posts_vacant_on_day": {"last_holder", "left"},
    "visits_during_direction": {"areas", "finding"},
}
"""Columns that the examples leave empty in every row."""


@pytest.mark.parametrize("name", catalogue())
def test_cells_are_of_the_kind_that_is_told(england: TestClient, name: str) -> None:
    """A reader who takes a column for days or numbers is right about every cell of it."""
    query = find_query(name)
    needed = [parameter.name for parameter in query.parameters if not parameter.optional]
    examples = EXAMPLES | OF_ITS_OWN.get(name, {})
    given = "&".join(f"{parameter}={examples[parameter]}" for parameter in needed)
    body = read(england, f"/queries/{name}.json?{given}")
    told = {column["name"]: column for column in body["column_meanings"]}
    assert tuple(told) == tuple(body["columns"]) == query.columns
    cells = [
        (column, cell)
        for row in not_empty(body["items"])
        for column, cell in row.items()
        if cell is not None
    ]
    assert [cell for cell in cells if not KINDS[told[cell[0]]["kind"]](cell[1])] == []
    assert {*told} - {column for column, _ in cells} == NEVER_FILLED.get(name, set())
    assert body["caveat"].endswith("silence is no evidence that nothing happened.")


def test_every_description_is_used_and_says_something() -> None:
    """A row of the table that no question needs, or that is empty, would mislead its readers."""
    used = {
        (column.name, column.kind) for one in catalogue().values() for column in columns_of(one)
    }
    told = {
        (column.name, column.kind) for one in column_table().values() for column in one.values()
    }
    assert used == told
    columns = [column for senses in column_table().values() for column in senses.values()]
    wrong = [one for one in not_empty(columns) if one.kind not in KINDS or not one.meaning]
    assert wrong == []


@pytest.mark.parametrize("columns", ["council, no_such_column", "certainty (number)"])
def test_a_column_without_description_is_refused(columns: str) -> None:
    """The message names the file, the column and the table that it is missing in."""
    text = f"# Title: A\n# Question: B?\n# Columns: {columns}\nSELECT * {{ ?a ?b ?c }}"
    with pytest.raises(UnknownQuery, match=r"made_up\.rq: columns\.csv has no row for the column"):
        columns_of(read_query(text, "made_up"))


def test_every_question_says_what_it_rests_on() -> None:
    """Its topics are those of coverage; only what is about the whole record has none."""
    for query in not_empty(catalogue().values()):
        assert "\n# Coverage: " in query.text, query.name
        assert set(query.topics) - set(get_args(Topic)) == set(), query.name


def test_every_type_of_parameter_says_where_its_values_come_from() -> None:
    """Either an address that lists them, or their form."""
    told = {kind: source_of_values(kind) for kind in TYPES}
    known = "listed at /", "written ", "one of: ", "any "
    assert [words for words in not_empty(told.values()) if not words.startswith(known)] == []
