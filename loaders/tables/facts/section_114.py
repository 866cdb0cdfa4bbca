"""Read the pages on reports under section 114 that stand beside the lists that are compared.

A row is what one page says of one report.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from data.records.acts import Section114Report
from data.records.files import RecordFile
from data.registry.identifiers import Identities
from data.sources import OwnTable, SourceRows
from data.tables.table import TableRow
from loaders.tables.claim_source import FactSource, Mention, RowPlace
from loaders.tables.dates import date_words
from loaders.tables.events.section_114_reports import KIND, Ground, Powers, said_of_report
from loaders.tables.events.source_pages import PageContents
from loaders.tables.facts.columns import Council, Edtf, Key, Page, Summary
from ontology.dates import bounds

_FOLDER = "section-114-pages"


class Section114PageRow(TableRow):
    """What one page says of one report."""

    key: Key
    council: Council
    dated: Edtf
    ground: Ground
    detail: Summary
    powers: Powers
    page: Page


def mentions(rows: Sequence[Section114PageRow]) -> Iterator[Mention]:
    """Yield the report of every row."""
    for row in rows:
        earliest, latest = bounds(row.dated)
        yield Mention(
            row=f"{_FOLDER}/{row.key}",
            kind=KIND,
            council=row.council,
            earliest=earliest,
            latest=latest,
            description=f"Section 114 report; {date_words(row.dated)}",
            is_listed_once=False,
        )


def records(rows: SourceRows[Section114PageRow], identities: Identities) -> Iterable[RecordFile]:
    """Yield what each page says that rows were read from."""
    contents = PageContents()
    for row in rows.rows:
        place = RowPlace(row.key)
        report = Section114Report(
            id=identities.local(f"{_FOLDER}/{row.key}", KIND),
            at="key",
            row=row.key,
            words=row.key,
            council=[place.said(row.council, "council")],
            dated=[place.time(row.dated, "dated", date=row.dated)],
            **said_of_report(place, row.ground, row.detail, row.powers),
        )
        contents.add(row.page, "section_114_reports", report)
    return contents.files(f"{_FOLDER}/{rows.file}", rows.text)


SECTION_114_PAGES = FactSource(OwnTable(_FOLDER, Section114PageRow), mentions, records)
