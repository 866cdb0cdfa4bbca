"""A release is read in parts: whatever their size, and on the disk too, the files are the same."""

from pathlib import Path

import pytest

from data.releases import DATA_FILE
from loaders.exports.layers import Room, read_layers
from loaders.exports.rdf import NAME
from loaders.exports.spool import Spool
from loaders.exports.tables import FOLDER, write_csv
from tests.fixtures.guards import not_empty


@pytest.mark.parametrize(
    "room",
    [
        Room(part_bytes=2**16),
        Room(part_bytes=2**22, memory_bytes=0, sorted_lines=10_000),
    ],
    ids=["many parts", "on the disk"],
)
def test_the_tables_are_the_same_whatever_is_held_at_once(
    room: Room, copied: Path, exports: Path, tmp_path: Path
) -> None:
    """Byte for byte; nothing of what was needed in passing stays."""
    chosen = tmp_path / "chosen.nt"
    with read_layers(copied / DATA_FILE, chosen, room) as layers:
        assert len(list(layers.parts())) > 1
        write_csv(layers, tmp_path)
    assert chosen.read_bytes() == (exports / f"{NAME}.nt").read_bytes()
    for path in not_empty((exports / FOLDER).glob("*.csv")):
        assert (tmp_path / FOLDER / path.name).read_bytes() == path.read_bytes(), path.name
    assert {path.name for path in tmp_path.iterdir()} == {chosen.name, FOLDER}


def test_rows_come_back_in_one_order(tmp_path: Path) -> None:
    """Of however many groups, each in any order; afterwards nothing of them is there."""
    spool = Spool(tmp_path, "rows")
    groups = [[{"iri": "c"}, {"iri": "a", "name": "é\n1"}], [], [{"iri": "b"}, {"iri": "d"}]]
    for group in not_empty(groups):
        spool.add(group)
    assert [row["iri"] for row in spool.rows()] == ["a", "b", "c", "d"]
    assert list(tmp_path.iterdir()) == []
    spool.add([{"iri": "a", "name": "é\n1"}])
    assert list(spool.rows()) == [{"iri": "a", "name": "é\n1"}]
