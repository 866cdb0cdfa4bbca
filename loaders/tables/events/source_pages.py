"""The pages that rows were read from: each is a source of its own, nearer to the act or further.

A row of a table rests on one page, and some notes rest on another. What is read from a page stands
in the graph of that page, so that a newspaper's word and the department's own are told apart.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Annotated

from pydantic import Field

from data.records.files import RecordFile
from data.records.form import Content, Listing, Published
from data.records.statements import Passage
from data.tables.cells import Cells
from data.tables.table import Reference, TableRow, Text, read_table
from ontology.errors import UnreadableTable

_FOLDER = "pages"
_PAGES = f"data/tables/{_FOLDER}/pages.csv"
_COMPILED = "compiled-list"


class PageRow(TableRow):
    """A page, who publishes it, and what kind of source it is; a few are known without address."""

    slug: Text
    address: str
    title: Text
    publisher: Reference
    source_kind: Text
    licence: Text


class _KindRow(TableRow):
    """A kind of source, how near it stands to the act, and why."""

    source_kind: Text
    tier: Annotated[int, Field(ge=1, le=5)]
    reason: Text


@cache
def read_pages() -> Mapping[str, PageRow]:
    """Return the pages by slug.

    Raises: UnreadableTable, also for an address that stands twice.
    """
    rows = read_table(_FOLDER, "pages.csv", PageRow)
    addresses = [row.address for row in rows if row.address]
    doubled = sorted({address for address in addresses if addresses.count(address) > 1})
    if doubled:
        raise UnreadableTable(f"{_PAGES}: the address {doubled[0]} stands twice; keep one page")
    return {row.slug: row for row in rows}


@cache
def tiers() -> Mapping[str, int]:
    """Return the tier of every kind of source."""
    return {row.source_kind: row.tier for row in read_table(_FOLDER, "kinds.csv", _KindRow)}


def page_at(cells: Cells, column: str) -> PageRow:
    """Return the page whose address a cell holds.

    Raises: UnreadableTable for an address that no page has.
    """
    address = cells.text(column)
    for page in read_pages().values():
        if page.address == address:
            return page
    cells.refuse(column, f"the address of a known page; add the page to {_PAGES}")


def published_page(slug: str) -> Published:
    """Return a page as a source.

    Raises: UnreadableTable for a page that the table does not hold, or a kind without a tier.
    """
    page = read_pages().get(slug)
    if page is None:
        raise UnreadableTable(f"{_PAGES}: no page {slug!r}; add it")
    if page.source_kind not in tiers():
        raise UnreadableTable(
            f"{_PAGES}, page {slug}, column source_kind: {page.source_kind!r}; "
            f"expected one of {', '.join(tiers())}, which stand in kinds.csv beside it"
        )
    return Published(
        slug=page.slug,
        title=page.title,
        tier=tiers()[page.source_kind],
        voice=page.publisher,
        kind="table" if page.source_kind == _COMPILED else "web-page",
        address=page.address or None,
        source_kind=page.source_kind,
        licence=page.licence,
        review="unreviewed",
    )


class PageContents:
    """What the rows of one table say, gathered page by page."""

    def __init__(self) -> None:
        self._sections: dict[str, dict[str, list[Passage]]] = {}

    def add(self, page: str, section: str, *parts: Passage) -> None:
        """Add things that a page speaks of to a section of what it says.

        In: the slug of the page, and the section as a record names it.
        """
        if section not in Content.model_fields:
            raise ValueError(f"a record has no section {section!r}")
        self._sections.setdefault(page, {}).setdefault(section, []).extend(parts)

    def files(self, name: str, text: str) -> Iterator[RecordFile]:
        """Yield what each page says, by slug.

        In: the name and the text of the table.
        """
        for slug, sections in sorted(self._sections.items()):
            listing = Listing.model_validate({"document": published_page(slug), **sections})
            yield RecordFile(name, text, listing)
