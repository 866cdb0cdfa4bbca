"""The registers are one whole: written sorted, in one step each, and never left half done."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from data.registry.identifiers import Identities, read_registers, registry_folder, write_registers
from loaders.identifiers.mint import mint
from loaders.tables.claim_source import Mention
from ontology.errors import UnreadableTable

NOTICE = Mention("made-up/1", "notice", "ESS", date(2001, 5, 1), None, "What made-up/1 speaks of")


@pytest.fixture
def registry(tmp_path: Path) -> Path:
    """Return a copy of the project's own registers, without what Python leaves beside them."""
    own = shutil.ignore_patterns("__*__*")
    return Path(shutil.copytree(registry_folder(), tmp_path / "registry", ignore=own))


def test_registers_are_written_as_they_are_read(registry: Path) -> None:
    """Writing what was read changes no byte: the files are sorted, and stay so."""
    before = {path.name: path.read_bytes() for path in registry.iterdir()}
    assert write_registers(registry, read_registers(registry)) == []
    assert {path.name: path.read_bytes() for path in registry.iterdir()} == before


def test_new_identifiers_are_written_and_found(registry: Path) -> None:
    """What is minted stands in its register and among the rows, and leaves no scrap behind."""
    names = sorted(path.name for path in registry.iterdir())
    minting = mint([NOTICE], read_registers(registry), (), {})
    assert write_registers(registry, minting.registers) == ["notices.csv", "rows.csv"]
    kept = read_registers(registry)
    assert kept == minting.registers
    assert Identities(kept.rows).local("made-up/1", "notice") == "ESS-2001-01"
    assert sorted(path.name for path in registry.iterdir()) == names


def test_nothing_is_written_if_a_file_cannot_be(registry: Path) -> None:
    """All files are ready before the first one is replaced."""
    before = {path.name: path.read_bytes() for path in registry.iterdir()}
    (registry / ".rows.csv.new").mkdir()
    with pytest.raises(OSError):
        write_registers(registry, mint([NOTICE], read_registers(registry), (), {}).registers)
    after = {path.name: path.read_bytes() for path in registry.iterdir() if path.is_file()}
    assert after == before


def test_row_of_a_thing_that_no_register_holds_is_refused(registry: Path) -> None:
    """An identifier cannot be taken out of its register."""
    rows = registry / "rows.csv"
    rows.write_text(rows.read_text() + "z/1,inspection/NFK-1999-01\n", encoding="utf-8")
    with pytest.raises(UnreadableTable, match="z/1 is inspection/NFK-1999-01, which no register"):
        read_registers(registry)
