"""Every table that is read: those of claims, and those about councils."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

from data.councils.rows import NameRow, OtherNationRow
from data.records.files import RecordFile
from data.registry.identifiers import read_identities
from data.sources import TableSource, convert_published, published_place, read_source
from data.tables.table import TableRow, text_of
from loaders.tables.claim_source import ClaimSource, FactSource
from loaders.tables.councils import (
    DIGITAL_LAND,
    OTHERS,
    PROVIDERS,
    REGISTER,
    area_codes_source,
    codes_of,
    distinct_names,
    names_source,
)
from loaders.tables.events.best_value_interventions import BEST_VALUE_INTERVENTIONS
from loaders.tables.events.childrens_interventions import CHILDRENS_INTERVENTIONS
from loaders.tables.events.section_114_reports import SECTION_114_REPORTS
from loaders.tables.facts.acts import ACTS
from loaders.tables.facts.appointments import APPOINTMENTS
from loaders.tables.facts.financial_support import FINANCIAL_SUPPORT
from loaders.tables.facts.lists_of_councils import LISTS_OF_COUNCILS
from loaders.tables.facts.parliamentary_questions import PARLIAMENTARY_QUESTIONS
from loaders.tables.facts.pay import PAY
from loaders.tables.facts.reports import REPORTS
from loaders.tables.facts.section_114 import SECTION_114_PAGES
from loaders.tables.facts.sightings import SIGHTINGS
from loaders.tables.facts.trusts import TRUSTS
from loaders.tables.inspections.focused_visits import FOCUSED_VISITS
from loaders.tables.inspections.grade_corrections import GRADE_CORRECTIONS
from loaders.tables.inspections.joint_inspections import JOINT_INSPECTIONS
from loaders.tables.inspections.ofsted_history import OFSTED_HISTORY
from loaders.tables.inspections.reports_read_again import REPORTS_READ_AGAIN
from loaders.tables.inspections.send_area_inspections import SEND_AREA_INSPECTIONS
from loaders.tables.inspections.single_inspections import SINGLE_INSPECTIONS

R = TypeVar("R", bound=TableRow)

SOURCES: tuple[ClaimSource[Any], ...] = (
    OFSTED_HISTORY,
    SINGLE_INSPECTIONS,
    GRADE_CORRECTIONS,
    SEND_AREA_INSPECTIONS,
    JOINT_INSPECTIONS,
    FOCUSED_VISITS,
    CHILDRENS_INTERVENTIONS,
    BEST_VALUE_INTERVENTIONS,
    SECTION_114_REPORTS,
)
"""The published tables of claims, in the order in which their rows are read."""

FACTS: tuple[FactSource[Any], ...] = (
    ACTS,
    APPOINTMENTS,
    FINANCIAL_SUPPORT,
    LISTS_OF_COUNCILS,
    PARLIAMENTARY_QUESTIONS,
    PAY,
    REPORTS,
    REPORTS_READ_AGAIN,
    SIGHTINGS,
    SECTION_114_PAGES,
    TRUSTS,
)
"""The tables of facts that are kept by hand."""


def read_listings(data: Path | None = None) -> list[RecordFile]:
    """Return what the rows of all tables of claims say.

    In: a folder of publishers' files, which are read in place of our tables.
    Raises: UnreadableTable, naming file, line, column and value; UnknownIdentifier for a row
    without an identity.
    """
    identities = read_identities()
    sources: list[ClaimSource[Any] | FactSource[Any]] = [*SOURCES, *FACTS]
    return [
        record for source in sources for record in source.records(source.rows(data), identities)
    ]


def table_sources(data: Path | None = None) -> list[TableSource[Any]]:
    """Return how each table is read, those about councils first.

    In: the look-ups beside the register may use only its codes, so it is read here.
    Raises: UnreadableTable if the register cannot be read.
    """
    codes = codes_of(read_source(REGISTER, data).rows, rows_of(OTHERS, data))
    councils = (REGISTER, OTHERS, names_source(codes), area_codes_source(codes))
    return [*councils, DIGITAL_LAND, PROVIDERS, *(source.table for source in SOURCES)]


def rows_of(source: TableSource[R], data: Path | None) -> Sequence[R]:
    """Return the rows of a table, from the publisher's file if the folder has it.

    Raises: UnreadableTable, naming file, line, column and value.
    """
    place = published_place(source.file, data) if data else None
    if place and source.row is OtherNationRow:
        # The number of rows in source.toml is that of the English bodies in the same file.
        return convert_published(source, text_of(place))
    return read_source(source, data).rows


def own_rows(source: TableSource[Any], data: Path) -> Sequence[TableRow]:
    """Return the rows that one of our tables takes from the publisher's file in a folder.

    Raises: UnreadableTable, naming file, line, column and value.
    """
    rows = rows_of(source, data)
    return distinct_names(rows) if source.row is NameRow else rows
