"""Read the table of parliamentary questions: a row is one question and what was answered."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated, Literal

from pydantic import Field

from data.records.files import RecordFile
from data.records.parliament import ParliamentaryQuestion
from data.records.statements import MAXIMUM_WORDS_CHARACTERS, Said, Time
from data.registry.identifiers import Identities
from data.sources import OwnTable, SourceRows
from data.tables.table import TableRow
from loaders.tables.claim_source import FactSource, Mention, RowPlace
from loaders.tables.events.source_pages import PageContents
from loaders.tables.facts.columns import Key, OptionalEdtf, Page, Summary

_FOLDER = "parliamentary-questions"

_Words = Annotated[str, Field(min_length=1, max_length=MAXIMUM_WORDS_CHARACTERS)]
_Number = Annotated[str, Field(pattern=r"^(?:(?:HL)?[0-9]+)?$")]


class QuestionRow(TableRow):
    """A question in Parliament and its answer, in words of our own.

    Members and ministers stand as they are printed; a number counts anew in each session.
    """

    key: Key
    house: Literal["commons", "lords"]
    number: _Number
    asked: OptionalEdtf
    answered: OptionalEdtf
    member: Summary
    question: _Words
    answer: _Words
    minister: Summary
    page: Page


def mentions(_: Sequence[QuestionRow]) -> Iterator[Mention]:
    """Yield nothing: a question is named by its row."""
    return iter(())


def records(rows: SourceRows[QuestionRow], _: Identities) -> Iterable[RecordFile]:
    """Yield what each page says that rows were read from."""
    contents = PageContents()
    for row in rows.rows:
        question = ParliamentaryQuestion(
            id=row.key,
            at="key",
            row=row.key,
            words=row.key,
            house=[RowPlace(row.key).said(row.house, "house")],
            number=_said(row, "number"),
            asked=_time(row, "asked"),
            answered=_time(row, "answered"),
            asked_by=_said(row, "member"),
            answered_by=_said(row, "minister"),
            question=_said(row, "question"),
            answer=_said(row, "answer"),
        )
        contents.add(row.page, "questions", question)
    return contents.files(f"{_FOLDER}/{rows.file}", rows.text)


def _said(row: QuestionRow, column: str) -> list[Said]:
    value = getattr(row, column)
    return [RowPlace(row.key).said(value, column)] if value else []


def _time(row: QuestionRow, column: str) -> list[Time]:
    edtf = getattr(row, column)
    return [RowPlace(row.key).time(edtf, column, date=edtf)] if edtf else []


PARLIAMENTARY_QUESTIONS = FactSource(OwnTable(_FOLDER, QuestionRow), mentions, records)
