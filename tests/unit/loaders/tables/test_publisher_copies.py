"""A fetched copy is accepted if, and only if, a build could read it."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.sources import published_place
from loaders.tables.all_tables import rows_of, table_sources
from loaders.tables.councils import PROVIDERS
from loaders.tables.publisher_copies import reader_of, targets
from ontology.errors import UnreadableTable, WrongParameter
from tests.fixtures.guards import not_empty

COLUMNS = sorted(PROVIDERS.mapping.all_columns)


def providers(*urns: str) -> bytes:
    """Return a publisher's file of providers with some rows."""
    known = {"la_code": "926", "la_code_new": "E10000020", "country": "England"}
    known["local_authority_ons_name"] = "Norfolk"
    rows = [[urn if name == "urn" else known.get(name, "") for name in COLUMNS] for urn in urns]
    return "".join(f"{','.join(cells)}\n" for cells in [COLUMNS, *rows]).encode()


def test_new_copy_is_read_as_a_build_reads_it(tmp_path: Path) -> None:
    """What a fetch accepts, a build can use; a cut-off file is noticed by its number of rows."""
    (target,) = targets([PROVIDERS], ["ofsted-providers"])
    check = reader_of(target, table_sources, rows_of, tmp_path)
    with pytest.raises(UnreadableTable, match=r"lookup\.csv: 2 rows; source\.toml expects \d+ to"):
        check(providers("80418", "80584"))
    with pytest.raises(UnreadableTable, match=r"lookup\.csv: not UTF-8 at byte"):
        check(providers("80418") + b"\xff")
    with pytest.raises(UnreadableTable, match=r"lookup\.csv, line 1: the columns have changed"):
        check(b"urn,la_code\n80418,926\n")


def test_every_published_file_would_be_accepted(published: Path, tmp_path: Path) -> None:
    """The files at hand pass the check that a fetched copy has to pass, cut-off ones do not."""
    found = targets(table_sources(), [])
    assert len({target.file for target in found}) == len(found)
    for target in found:
        place = published_place(target.file, published)
        assert place, target
        check = reader_of(target, table_sources, rows_of, tmp_path)
        content = place.read_bytes()
        check(content)
        with pytest.raises(UnreadableTable):
            check(content[: len(content) // 2])


def test_unknown_source_is_refused() -> None:
    """The known ones are listed."""
    with pytest.raises(WrongParameter, match=r"no source 'ofsted'; known are .*ofsted-providers"):
        targets([PROVIDERS], ["ofsted"])


def test_addresses_lead_to_the_web() -> None:
    """A published file has an address to fetch it from, or none; it is never anything else."""
    for target in not_empty(targets(table_sources(), [])):
        assert target.address == "" or target.address.startswith("https://"), target
