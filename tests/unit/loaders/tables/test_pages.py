"""The pages that rows were read from: each with its publisher, its kind and its tier."""

from __future__ import annotations

from typing import Any

import pytest

from data.councils.register import read_register
from data.sources import read_source
from data.tables.table import OrganisationRow, read_table
from loaders.release.reference import LICENCES
from loaders.tables.claim_source import ClaimSource
from loaders.tables.events.best_value_interventions import BEST_VALUE_INTERVENTIONS
from loaders.tables.events.childrens_interventions import CHILDRENS_INTERVENTIONS
from loaders.tables.events.rows import read_notes
from loaders.tables.events.section_114_reports import SECTION_114_REPORTS
from loaders.tables.events.source_pages import (
    PageContents,
    PageRow,
    published_page,
    read_pages,
    tiers,
)
from ontology import concept_exists
from ontology.errors import UnreadableTable
from tests.fixtures.guards import not_empty

SOURCES: tuple[ClaimSource[Any], ...] = (
    CHILDRENS_INTERVENTIONS,
    BEST_VALUE_INTERVENTIONS,
    SECTION_114_REPORTS,
)


def used() -> set[str]:
    """Return the pages that rows or notes rest on."""
    pages: set[str] = set()
    for source in SOURCES:
        pages |= {row.page for row in read_source(source.table).rows if row.page}
        notes = read_notes(source.table.name).values()
        pages |= {note.page for several in notes for note in several if note.page}
    return pages


def test_every_page_is_used_and_every_list_is_one() -> None:
    """A page without a row would be a source of nothing."""
    lists = {slug for slug, page in read_pages().items() if page.source_kind == "compiled-list"}
    assert used() | lists == set(read_pages())


def test_every_publisher_kind_and_licence_is_known() -> None:
    """Whoever speaks on a page is an organisation or a council of the record."""
    rows = read_table("organisations", "organisations.csv", OrganisationRow)
    known = {f"organisation/{row.id}" for row in rows}
    known |= {f"council/{code}" for code in read_register().bodies}
    for page in not_empty(read_pages().values()):
        assert page.publisher in known, page.slug
        assert page.licence in LICENCES, page.slug
        assert page.source_kind in tiers(), page.slug
    assert all(concept_exists("source-kind", kind) for kind in tiers())


def test_only_a_few_sources_have_no_address() -> None:
    """Lists are known by the name under which they were compared; one article by its day."""
    without = sorted(slug for slug, page in read_pages().items() if not page.address)
    assert [slug for slug in without if not slug.startswith("section-114-")] == [
        "cypn-doncaster-trust"
    ]
    assert len(without) == 6


def test_an_unknown_page_is_refused() -> None:
    """A slug that the table does not hold is no source."""
    with pytest.raises(UnreadableTable, match=r"pages\.csv: no page 'nowhere'"):
        published_page("nowhere")
    with pytest.raises(ValueError, match="no section 'rumours'"):
        PageContents().add("dfe-reading-directions", "rumours")


@pytest.mark.parametrize(
    ("change", "column"),
    [({"slug": ""}, "slug"), ({"title": ""}, "title"), ({"publisher": "somebody"}, "publisher")],
)
def test_a_bad_page_is_refused(change: dict[str, str], column: str) -> None:
    """One bad value per column."""
    good = read_pages()["dfe-reading-directions"].model_dump()
    with pytest.raises(ValueError, match=column):
        PageRow.model_validate(good | change)
