"""The pages that rows were read from: each is a source of its own, nearer to the act or further.

A row of a table rests on one page, and some notes rest on another. What is read from a page stands
in the graph of that page, so that a newspaper's word and the department's own are told apart.

The address of a page is that of the original. Where somebody else's copy was read, the copy is
named in words, and the address under which it was read is kept in the table and shown nowhere.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from typing import Annotated, Literal
from urllib.parse import urlsplit

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
_COPY_KIND = "copy-of-"


class PageRow(TableRow):
    """A page, who publishes it, and what kind of source it is; some are known without address.

    In: `seen_at` is where it was read, if that is another address; `seen_in` names the copy that
    was read, in words; `same_page_as` names the row that stands for the page in place of this one.
    """

    slug: Text
    address: str
    seen_at: str
    seen_in: str
    same_page_as: str
    title: Text
    publisher: Reference
    source_kind: Text
    licence: Text


class HostRow(TableRow):
    """A host that is not the publisher's own site: somebody else's copy, or another of its hosts.

    In: `site` is the host of the original, where it has the same paths; `name` names a copy.
    """

    host: Text
    kind: Literal["copy", "other-host"]
    site: str
    name: str
    reason: Text


class _KindRow(TableRow):
    """A kind of source, how near it stands to the act, and why."""

    source_kind: Text
    tier: Annotated[int, Field(ge=1, le=5)]
    reason: Text


@cache
def read_pages() -> Mapping[str, PageRow]:
    """Return the pages by slug; the slug of a doubled row leads to the page that it doubles.

    Raises: UnreadableTable, also for an address that stands twice or is on the host of a copy.
    """
    rows = read_table(_FOLDER, "pages.csv", PageRow)
    hosts = read_hosts()
    taken: dict[tuple[str, str], str] = {}
    for row in rows:
        _check_hosts(row, hosts)
        _check_copy(row)
        if not row.address or row.same_page_as:
            continue
        other = taken.setdefault((row.address, row.seen_in), row.slug)
        if other != row.slug:
            raise UnreadableTable(
                f"{_PAGES}: the address {row.address} stands twice, at {other} and {row.slug}; "
                "keep one page, or name the one in same_page_as of the other"
            )
    by_slug = {row.slug: row for row in rows}
    return {row.slug: _kept(row, by_slug) for row in rows}


@cache
def read_hosts() -> Mapping[str, HostRow]:
    """Return the hosts that are not the publisher's own site, by host.

    Raises: UnreadableTable, also for a copy without a name.
    """
    hosts = {row.host: row for row in read_table(_FOLDER, "hosts.csv", HostRow)}
    for row in hosts.values():
        if (row.kind == "copy") != bool(row.name):
            raise UnreadableTable(
                f"data/tables/{_FOLDER}/hosts.csv, host {row.host}, column name: {row.name!r}; "
                "expected the words that name a copy, and none for another host of the publisher"
            )
    return hosts


def _check_hosts(row: PageRow, hosts: Mapping[str, HostRow]) -> None:
    """Refuse a page whose address is that of a copy, or that hides in which copy it was read."""
    shown = hosts.get(host_of(row.address))
    if shown:
        raise UnreadableTable(
            f"{_PAGES}, page {row.slug}, column address: {row.address} is on {shown.host}, "
            f"{shown.reason}; give the address of the original, or none, and this one in seen_at"
        )
    read = hosts.get(host_of(row.seen_at))
    if read and read.kind == "copy" and row.seen_in != read.name:
        raise UnreadableTable(
            f"{_PAGES}, page {row.slug}, column seen_in: {row.seen_in!r}; the page was read on "
            f"{read.host}, so expected {read.name!r}, as in hosts.csv"
        )


def _check_copy(row: PageRow) -> None:
    """Refuse a copy that is not named in words, and a name of a copy where none was read."""
    is_copy = row.source_kind.startswith(_COPY_KIND) or row.source_kind == _COMPILED
    if (row.source_kind.startswith(_COPY_KIND) and not row.seen_in) or (
        row.seen_in and not is_copy
    ):
        raise UnreadableTable(
            f"{_PAGES}, page {row.slug}, column seen_in: {row.seen_in!r} with the kind "
            f"{row.source_kind}; a copy is of a kind {_COPY_KIND}… and is named in words"
        )


def host_of(address: str) -> str:
    """Return the host of an address in lower case, without `www.` and a dot at its end.

    >>> host_of("https://www.TheyWorkForYou.com/wms/?id=1"), host_of("")
    ('theyworkforyou.com', '')
    """
    return (urlsplit(address).hostname or "").rstrip(".").removeprefix("www.")


def _kept(row: PageRow, rows: Mapping[str, PageRow]) -> PageRow:
    """Return the row that stands for a page: itself, or the one that it doubles."""
    if not row.same_page_as:
        return row
    kept = rows.get(row.same_page_as)
    if kept is None or kept.same_page_as:
        raise UnreadableTable(
            f"{_PAGES}, page {row.slug}, column same_page_as: {row.same_page_as!r}; "
            "expected the slug of a page that stands for itself"
        )
    return kept


@cache
def tiers() -> Mapping[str, int]:
    """Return the tier of every kind of source."""
    return {row.source_kind: row.tier for row in read_table(_FOLDER, "kinds.csv", _KindRow)}


def page_at(cells: Cells, column: str) -> PageRow:
    """Return the page whose address a cell holds, or that was read there.

    Raises: UnreadableTable for an address that no page has.
    """
    page = _pages_by_address().get(cells.text(column))
    if page:
        return page
    cells.refuse(column, f"the address of a known page; add the page to {_PAGES}")


@cache
def _pages_by_address() -> Mapping[str, PageRow]:
    """Return the pages by each address under which they were read; that of the original wins."""
    rows = read_table(_FOLDER, "pages.csv", PageRow)
    pages = read_pages()
    read = {row.seen_at: pages[row.slug] for row in rows if row.seen_at}
    return read | {row.address: pages[row.slug] for row in rows if row.address and not row.seen_in}


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
        seen_in=page.seen_in or None,
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
        page = read_pages()[page].slug if page in read_pages() else page
        self._sections.setdefault(page, {}).setdefault(section, []).extend(parts)

    def files(self, name: str, text: str) -> Iterator[RecordFile]:
        """Yield what each page says, by slug.

        In: the name and the text of the table.
        """
        for slug, sections in sorted(self._sections.items()):
            listing = Listing.model_validate({"document": published_page(slug), **sections})
            yield RecordFile(name, text, listing)
