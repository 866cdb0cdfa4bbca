"""A file is whole or not there, and a fault of the disk is told in our words."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.disk.lock import only_writer
from data.disk.replacement import replace_files, whole_file, write_synced
from ontology.errors import NotWritten

FULL = Path("/dev/full")
"""A device that has no room, ever."""


@pytest.mark.skipif(not FULL.exists(), reason="this machine has no device that is always full")
def test_a_full_disk_is_told() -> None:
    """What was to be written, why it was not, and what is so now."""
    with pytest.raises(NotWritten, match=r"full was not written \(No space left on device\)"):
        write_synced(FULL, [b"x" * 100_000])


def test_a_file_has_its_name_once_it_is_whole(tmp_path: Path) -> None:
    """Half of it is never seen, and after a fault the one before is still there."""
    place = tmp_path / "answer.txt"
    with whole_file(place) as draft:
        draft.write_text("first", encoding="utf-8")
        assert not place.exists()
    with pytest.raises(ZeroDivisionError), whole_file(place) as draft:
        draft.write_text("half", encoding="utf-8")
        1 / 0  # noqa: B018
    assert place.read_text(encoding="utf-8") == "first"
    assert [path.name for path in tmp_path.iterdir()] == ["answer.txt"]


def test_a_name_that_cannot_be_taken_is_told(tmp_path: Path) -> None:
    """A folder stands there; nothing else is left behind."""
    (tmp_path / "answer.txt").mkdir()
    with pytest.raises(NotWritten, match="directory"), whole_file(tmp_path / "answer.txt") as draft:
        draft.write_text("whole", encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir()] == ["answer.txt"]


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    """A file has its name."""
    (tmp_path / "release").write_text("", encoding="utf-8")
    with pytest.raises(NotWritten, match="cannot be made"), only_writer(tmp_path / "release"):
        pytest.fail("a file was held as a folder")


def test_several_files_are_replaced_together(tmp_path: Path) -> None:
    """Nothing is replaced before all of them are on the disk."""
    one, two = tmp_path / "one.csv", tmp_path / "two.csv"
    assert replace_files({one: b"1", two: b"2"}) == ["one.csv", "two.csv"]
    (tmp_path / "folder").write_text("", encoding="utf-8")
    with pytest.raises(NotWritten):
        replace_files({one: b"3", two: b"4", tmp_path / "folder" / "three.csv": b"5"})
    assert (one.read_bytes(), two.read_bytes()) == (b"1", b"2")
