"""Every page that a collected row names is a source of ours, also where it was read in a copy."""

import csv
from collections.abc import Iterator
from pathlib import Path

from data.tables.table import read_table
from loaders.tables.events.source_pages import PageRow, host_of, read_hosts, read_pages
from tests.fixtures.guards import not_empty
from tests.fixtures.paths import ROOT

_COLUMNS = "source_url", "source_address", "sources"
_ADDRESSES_LEFT_OUT = frozenset(
    {"dm-qa-committees-web.azurewebsites.net", "github.com", "nigelhastilow.blogspot.com"}
)
"""Hosts whose addresses bear the name of a private account, or read like a place on a machine."""


def addresses(published: Path) -> Iterator[str]:
    """Yield the address of each page that a collected row was read from."""
    for file in not_empty(sorted((published / "collected").glob("*.csv"))):
        with file.open(encoding="utf-8", newline="") as opened:
            for row in csv.DictReader(opened):
                cells = " ; ".join(row.get(column) or "" for column in _COLUMNS)
                yield from (text for text in cells.split(" ; ") if text.startswith("http"))


def test_every_collected_page_is_a_source(published: Path) -> None:
    """Whoever reads a row again finds the page, also where a copy was read."""
    rows = read_table("pages", "pages.csv", PageRow)
    known = {address for row in rows for address in (row.address, row.seen_at) if address}
    wanted = set(not_empty(addresses(published)))
    missing = {one for one in wanted - known if host_of(one) not in _ADDRESSES_LEFT_OUT}
    assert sorted(missing) == []


def used() -> set[str]:
    """Return the pages that rows or notes of any table rest on."""
    pages: set[str] = set()
    for file in not_empty(sorted((ROOT / "data" / "tables").glob("*/*.csv"))):
        with file.open(encoding="utf-8", newline="") as opened:
            pages |= {row["page"] for row in csv.DictReader(opened) if row.get("page")}
    return {read_pages()[page].slug for page in pages if page in read_pages()}


def test_every_page_is_used_or_was_read_in_vain(published: Path) -> None:
    """A page without a row would be a source of nothing, unless its rows gave no fact of ours."""
    read = set(addresses(published))
    rows = read_table("pages", "pages.csv", PageRow)
    unused = {row.slug for row in rows if not row.same_page_as} - used()
    for row in rows:
        if row.slug in unused and row.source_kind != "compiled-list" and row.address:
            assert {row.address, row.seen_at} & read, row.slug
    assert len(unused) < len(rows) / 20


def test_every_host_of_a_copy_was_read_somewhere() -> None:
    """A host that no page was read on has no place in the table."""
    rows = read_table("pages", "pages.csv", PageRow)
    assert set(read_hosts()) == {host_of(row.seen_at) for row in rows} & set(read_hosts())


def test_private_accounts_are_not_named() -> None:
    """Private pages have one publisher, and no address that bears a name of theirs."""
    private = [page for page in read_pages().values() if page.source_kind == "personal-page"]
    publishers = {page.publisher for page in not_empty(private)}
    assert publishers == {"organisation/edyourself", "organisation/personal-pages"}
    assert not any(host_of(page.address) in _ADDRESSES_LEFT_OUT for page in private)
