"""Read the table of lists of councils: what one source says of several councils on a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Annotated

from pydantic import BeforeValidator, Field, model_validator

from data.records.files import RecordFile
from data.records.parliament import CouncilList
from data.records.statements import MAXIMUM_WORDS_CHARACTERS, Said
from data.registry.identifiers import Identities
from data.sources import OwnTable, SourceRows, read_own_table
from data.tables.table import TableRow, empty_as_none, read_rows, split_words, text_of
from loaders.tables.claim_source import FactSource, Mention, RowPlace
from loaders.tables.events.source_pages import PageContents
from loaders.tables.facts.columns import Council, DayOrPeriod, Key, Page, RegimeName, Summary
from loaders.tables.facts.parliamentary_questions import PARLIAMENTARY_QUESTIONS
from ontology.dates import bounds
from ontology.errors import UnreadableTable
from ontology.identifiers import SLUG
from queries import council_lists

_FOLDER = "lists-of-councils"

_OptionalRegime = Annotated[RegimeName | None, BeforeValidator(empty_as_none)]
_Count = Annotated[Annotated[int, Field(ge=0)] | None, BeforeValidator(empty_as_none)]
_Councils = Annotated[list[Council], BeforeValidator(split_words)]
_Words = Annotated[str, Field(min_length=1, max_length=MAXIMUM_WORDS_CHARACTERS)]


class ListRow(TableRow):
    """What a source says of several councils on a day, or of what began between two days.

    With a number it speaks of all such councils, without one of some.
    """

    key: Key
    question: Annotated[str, Field(pattern=rf"^(?:{SLUG})?$")]
    day: DayOrPeriod
    regime: _OptionalRegime
    said: _Words
    count: _Count
    councils: _Councils
    not_held: Summary
    page: Page

    @model_validator(mode="after")
    def coherent(self) -> ListRow:
        """Check that no council stands twice, and that no more are named than are counted."""
        if len(set(self.councils)) != len(self.councils):
            raise ValueError("a council stands twice among those that are named")
        if self.count is not None and self.count < len(self.councils):
            raise ValueError(f"{len(self.councils)} councils are named and {self.count} counted")
        return self


class _OwnListRow(ListRow):
    """A list of one's own, for a comparison; its source needs no row of the table of pages."""

    page: str


def mentions(_: Sequence[ListRow]) -> Iterator[Mention]:
    """Yield nothing: a list is named by its row."""
    return iter(())


def records(rows: SourceRows[ListRow], _: Identities) -> Iterable[RecordFile]:
    """Yield what each page says that rows were read from.

    Raises: UnreadableTable for a list that answers a question which the table does not have.
    """
    contents = PageContents()
    questions = {row.key for row in read_own_table(PARLIAMENTARY_QUESTIONS.table).rows}
    for row in rows.rows:
        if row.question and row.question not in questions:
            raise UnreadableTable(
                f"{_FOLDER}: {row.key}, column question: {row.question!r}; expected the key of a "
                "row of data/tables/parliamentary-questions, or nothing"
            )
        contents.add(row.page, "council_lists", _list(row))
    return contents.files(f"{_FOLDER}/{rows.file}", rows.text)


def _list(row: ListRow) -> CouncilList:
    place = RowPlace(row.key)
    return CouncilList(
        id=row.key,
        at="key",
        row=row.key,
        words=row.key,
        answer_to=_said(row, "question", f"question/{row.question}" if row.question else ""),
        counted_on=[place.time(row.day, "day", date=row.day)],
        regime=_said(row, "regime", row.regime or ""),
        said=_said(row, "said", row.said),
        count=_said(row, "count", "" if row.count is None else str(row.count)),
        councils=[place.said(code, "councils") for code in row.councils],
        not_held=_said(row, "not_held", row.not_held),
    )


def lists_in(place: Path) -> list[council_lists.CouncilList]:
    """Return the lists of a file of one's own, as a comparison takes them.

    Raises: UnreadableTable, naming line and column.
    """
    return [_as_compared(row) for row in read_rows(text_of(place), place.name, _OwnListRow)]


def _as_compared(row: ListRow) -> council_lists.CouncilList:
    first, last = bounds(row.day)
    return council_lists.CouncilList(
        key=row.key,
        question="",
        said=row.said,
        day=row.day,
        first=str(first or ""),
        last=str(last or ""),
        number=row.count,
        councils=frozenset(row.councils),
        not_held=row.not_held,
        source=row.page,
    )


def _said(row: ListRow, column: str, value: str) -> list[Said]:
    return [RowPlace(row.key).said(value, column)] if value else []


LISTS_OF_COUNCILS = FactSource(OwnTable(_FOLDER, ListRow), mentions, records)
