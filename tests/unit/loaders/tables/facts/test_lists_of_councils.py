"""Questions to ministers, lists of councils and their pairings: a bad cell is named."""

from typing import Any

import pytest

from data.registry.identifiers import Identities
from data.sources import SourceRows
from data.tables.comparisons import PairingRow, read_pairings
from data.tables.table import read_rows
from loaders.tables.facts.lists_of_councils import LISTS_OF_COUNCILS, ListRow
from loaders.tables.facts.parliamentary_questions import PARLIAMENTARY_QUESTIONS, QuestionRow
from ontology.errors import UnknownQuery, UnreadableTable
from queries.comparison import texts
from tests.fixtures.guards import not_empty, replaced

LIST = (
    "six-2024-10-08,lords-2024-10-21-patten,2024-10-08,best-value,under intervention,6,BIR SLG,,"
    "hansard-2008-12-11\n"
)
QUESTION = (
    "commons-1,commons,1,2024-10-01,2024-10-08,A Member,Which councils?,Six.,A Minister,"
    "hansard-2008-12-11\n"
)
PAIRING = "six-2024-10-08,councils,section-114,some_query,day=2024-10-08,council,\n"


def read(row: type[Any], text: str) -> list[Any]:
    """Return the rows of a made-up table."""
    return read_rows(f"{','.join(row.model_fields)}\n{text}", "some/table.csv", row)


@pytest.mark.parametrize(
    ("row", "text", "old", "new", "message"),
    [
        (ListRow, LIST, "six-", "Six ", "column key"),
        (ListRow, LIST, ",2024-10-08,", ",October,", "column day"),
        (ListRow, LIST, "best-value", "value", "column regime: 'value'"),
        (ListRow, LIST, "under intervention", "", "column said"),
        (ListRow, LIST, ",6,", ",six,", "column count: 'six'"),
        (ListRow, LIST, ",6,", ",1,", "2 councils are named and 1 counted"),
        (ListRow, LIST, "BIR SLG", "BIR XXX", "column councils"),
        (ListRow, LIST, "BIR SLG", "BIR BIR", "stands twice"),
        (ListRow, LIST, "lords-2024-10-21-patten", "Lord Patten", "column question: 'Lord Patten'"),
        (ListRow, LIST, "BIR SLG,", f"BIR SLG,{'x' * 121}", "column not_held"),
        (ListRow, LIST, "hansard-2008-12-11", "no-such-page", "column page"),
        (QuestionRow, QUESTION, "commons-1", "Commons 1", "column key"),
        (QuestionRow, QUESTION, ",commons,", ",house,", "column house: 'house'"),
        (QuestionRow, QUESTION, ",1,", ",one,", "column number: 'one'"),
        (QuestionRow, QUESTION, "2024-10-01", "1 October", "column asked"),
        (QuestionRow, QUESTION, "2024-10-08", "later", "column answered"),
        (QuestionRow, QUESTION, "Which councils?", "", "column question"),
        (QuestionRow, QUESTION, "Six.", "x" * 200, "column answer"),
        (QuestionRow, QUESTION, "A Member", "x" * 121, "column member"),
        (QuestionRow, QUESTION, "A Minister", "x" * 121, "column minister"),
        (QuestionRow, QUESTION, "hansard-2008-12-11", "no-such-page", "column page"),
        (PairingRow, PAIRING, "six-", "Six ", "column about"),
        (PairingRow, PAIRING, ",councils,", ",names,", "column asks: 'names'"),
        (PairingRow, PAIRING, "section-114", "weather", "column topic: 'weather'"),
        (PairingRow, PAIRING, "some_query", "", "a query needs its topic"),
        (PairingRow, PAIRING, "some_query", "Some query", "column query: 'Some query'"),
        (PairingRow, PAIRING, ",council,", ",the council,", "column column: 'the council'"),
        (PairingRow, PAIRING, ",council,", f",council,{'x' * 151}", "column lacking"),
        (PairingRow, PAIRING, "day=2024-10-08", "the eighth", "column parameters"),
        (PairingRow, PAIRING, ",council,", ",,", "a query needs its topic"),
        (PairingRow, PAIRING, ",council,", ",council,days", "a query, or what the record lacks"),
    ],
)
def test_a_bad_cell_is_named(row: type[Any], text: str, old: str, new: str, message: str) -> None:
    """Whoever keeps the table reads where the fault is."""
    assert read(row, text)
    with pytest.raises(UnreadableTable, match=message):
        read(row, replaced(text, old, new, 1))


def test_every_list_and_question_is_paired() -> None:
    """A list that nobody has paired would be outside for no reason."""
    lists = LISTS_OF_COUNCILS.rows().rows
    answered = {row.question for row in lists}
    questions = PARLIAMENTARY_QUESTIONS.rows().rows
    alone = {row.key for row in questions} - answered
    assert {row.key for row in not_empty(lists)} | alone == {row.about for row in read_pairings()}


def test_a_list_answers_a_question_that_there_is() -> None:
    """A list that answers a question nobody typed is refused with its row and column."""
    text = replaced(LIST, "lords-2024-10-21-patten", "lords-1999-nobody", 1)
    rows = SourceRows(tuple(read(ListRow, text)), "lists.csv", text)
    with pytest.raises(UnreadableTable, match="column question: 'lords-1999-nobody'; expected"):
        list(LISTS_OF_COUNCILS.records(rows, Identities({})))


def test_a_pairing_with_a_question_that_the_catalogue_lacks_is_refused() -> None:
    """The comparison stops before it counts anything, and names the question."""
    with pytest.raises(UnknownQuery, match="some_query"):
        texts(read(PairingRow, PAIRING))


def test_the_catalogue_answers_every_pairing() -> None:
    """A query, a parameter or a value that is unknown would stop the comparison."""
    pairings = [row for row in read_pairings() if row.query]
    assert {row.about for row in not_empty(pairings)} <= set(texts(pairings))
