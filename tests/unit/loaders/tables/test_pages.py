"""The pages that rows were read from: each with its publisher, its kind and its tier."""

from __future__ import annotations

from typing import Any

import pytest

from data.councils.register import read_register
from data.tables.table import OrganisationRow, read_table
from loaders.release.reference import LICENCES
from loaders.tables.events import source_pages
from loaders.tables.events.source_pages import (
    HostRow,
    PageContents,
    PageRow,
    host_of,
    published_page,
    read_hosts,
    read_pages,
    tiers,
)
from ontology import concept_exists
from ontology.errors import UnreadableTable
from tests.fixtures.guards import not_empty


def test_every_publisher_kind_and_licence_is_known() -> None:
    """Whoever speaks on a page is an organisation or a council of the record."""
    rows = read_table("organisations", "organisations.csv", OrganisationRow)
    known = {f"organisation/{row.id}" for row in rows}
    known |= {f"council/{code}" for code in read_register().bodies}
    known |= {f"authority/{code}" for code in read_register().bodies}
    for page in not_empty(read_pages().values()):
        assert page.publisher in known, page.slug
        assert page.licence in LICENCES, page.slug
        assert page.source_kind in tiers(), page.slug
    assert all(concept_exists("source-kind", kind) for kind in tiers())


def test_what_has_no_address_was_read_in_a_copy() -> None:
    """The others are lists, private pages, and an article that its row names by its day."""
    without = [page for page in not_empty(read_pages().values()) if not page.address]
    plain = [page.slug for page in without if not page.seen_in]
    assert sorted(slug for slug in plain if not slug.startswith("section-114-")) == [
        "cypn-doncaster-trust",
        "personal-page-birmingham-commissioners-2025",
    ]


def test_no_address_leads_to_a_copy() -> None:
    """A page that was read in somebody else's copy shows the original's address, or none."""
    hosts = read_hosts()
    for page in not_empty(read_pages().values()):
        assert host_of(page.address) not in hosts, page.slug
        if page.seen_in and page.source_kind != "compiled-list":
            assert page.source_kind.startswith("copy-of-"), page.slug
    assert read_pages()["hansard-copy-rotherham-2017"].address == (
        "https://hansard.parliament.uk/Commons/2017-07-18/debates/17071850000016/"
        "RotherhamMetropolitanBoroughCouncil"
    )
    assert read_pages()["parliament-copy-spelthorne-2025"].address == ""
    assert read_pages()["parliament-copy-spelthorne-2025"].seen_in == "TheyWorkForYou"


def test_a_copy_stands_no_nearer_than_its_original() -> None:
    """What is said of a page of a department stands as near as the page, never nearer."""
    originals = {
        "copy-of-official-page": "official-page",
        "copy-of-parliamentary-record": "parliamentary-record",
        "copy-of-council-page": "council-page",
        "copy-of-association-page": "association-page",
        "copy-of-press": "trade-press",
    }
    assert originals.keys() == {kind for kind in tiers() if kind.startswith("copy-of-")}
    for copy, original in originals.items():
        assert tiers()[copy] >= tiers()[original], copy


def test_a_page_under_several_addresses_is_one_source() -> None:
    """Two rows that rest on one page are no two sources."""
    pages = read_pages()
    assert pages["liverpool-commissioners-2"] is pages["liverpool-commissioners"]
    contents = PageContents()
    contents.add("liverpool-commissioners-2", "inspections")
    contents.add("liverpool-commissioners", "inspections")
    assert [file.record.document.slug for file in contents.files("acts", "")] == [
        "liverpool-commissioners"
    ]


def changed(slug: str, **change: str) -> str:
    """Return what is said of the table of pages when one cell of one row is another."""
    rows = read_table("pages", "pages.csv", PageRow)
    table = [row.model_copy(update=change) if row.slug == slug else row for row in rows]

    def read(folder: str, name: str, form: type[Any]) -> list[Any]:
        return table if name == "pages.csv" else read_table(folder, name, form)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(source_pages, "read_table", read)
        with pytest.raises(UnreadableTable) as refused:
            read_pages.__wrapped__()
    return str(refused.value)


@pytest.mark.parametrize(
    ("slug", "change", "message"),
    [
        (
            "copy-croydon-direction",
            {"address": "https://www.cheonmugeuk.org/government/x"},
            "page copy-croydon-direction, column address: https://www.cheonmugeuk.org/government/x "
            "is on cheonmugeuk.org, a clone of GOV.UK with the same paths; give the address of the "
            "original, or none, and this one in seen_at",
        ),
        (
            "parliament-copy-spelthorne-2025",
            {"seen_in": "Hansard"},
            "column seen_in: 'Hansard'; the page was read on theyworkforyou.com, so expected "
            "'TheyWorkForYou', as in hosts.csv",
        ),
        (
            "dfe-reading-directions",
            {"seen_in": "GovWire"},
            "column seen_in: 'GovWire' with the kind official-page; a copy is of a kind copy-of-…",
        ),
        (
            "copy-kirklees-direction",
            {"seen_in": "", "seen_at": ""},
            "column seen_in: '' with the kind copy-of-official-page",
        ),
        (
            "dfe-reading-directions",
            {"same_page_as": "nowhere"},
            "page dfe-reading-directions, column same_page_as: 'nowhere'; expected the slug of a "
            "page that stands for itself",
        ),
        (
            "liverpool-commissioners-2",
            {"same_page_as": ""},
            "stands twice, at liverpool-commissioners and liverpool-commissioners-2; keep one page",
        ),
    ],
)
def test_a_page_that_hides_a_copy_is_refused(
    slug: str, change: dict[str, str], message: str
) -> None:
    """Each message says which page, which column, what is wrong and what to give instead."""
    assert message in changed(slug, **change)


@pytest.mark.parametrize(
    ("change", "column"),
    [({"host": ""}, "host"), ({"kind": "mirror"}, "kind"), ({"reason": ""}, "reason")],
)
def test_a_bad_host_is_refused(change: dict[str, str], column: str) -> None:
    """One bad value per column."""
    good = read_hosts()["theyworkforyou.com"].model_dump()
    with pytest.raises(ValueError, match=column):
        HostRow.model_validate(good | change)


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
