"""A release is whole or refused: each byte of each of its files is under its seal."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from data.releases import (
    CURRENT,
    DATA_FILE,
    MANIFEST_FILE,
    SUMS_FILE,
    check_release,
    read_manifest,
    served_data,
    whole_release,
)
from data.settings import Settings
from ontology.errors import DamagedRelease, UnreadableGraph
from queries.engine.fingerprint import Fingerprint
from tests.fixtures.datasets.small_release import seal, write_small_release
from tests.fixtures.guards import not_empty

QUADS = "<x:a> <x:b> <x:c> <x:g> .\n<x:a> <x:b> <x:d> <x:g> .\n"
FILES = DATA_FILE, MANIFEST_FILE, SUMS_FILE


def is_whole(folder: Path) -> bool:
    """Return whether a release is taken as whole; what is not is refused in our words."""
    try:
        check_release(folder)
    except DamagedRelease as error:
        assert folder.name in str(error) and "interventions build" in str(error)
        return False
    return True


@pytest.mark.parametrize("name", FILES)
def test_every_byte_is_under_the_seal(name: str, tmp_path: Path) -> None:
    """One bit changed anywhere is seen, and what was right before is right again after."""
    release = write_small_release(tmp_path, "one", QUADS)
    content = (release / name).read_bytes()
    taken = []
    for place in not_empty(range(len(content))):
        changed = bytearray(content)
        changed[place] ^= 1
        (release / name).write_bytes(changed)
        if is_whole(release):
            taken.append(place)
    assert content and taken == []
    (release / name).write_bytes(content)
    assert is_whole(release)


@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("kept", [None, 0, 10, -1])
def test_a_file_that_is_cut_empty_or_gone_is_refused(
    name: str, kept: int | None, tmp_path: Path
) -> None:
    """As a full disk, or a copy that was broken off, leaves it."""
    release = write_small_release(tmp_path, "one", QUADS)
    if kept is None:
        (release / name).unlink()
    else:
        (release / name).write_bytes((release / name).read_bytes()[:kept])
    assert not is_whole(release)


def test_files_of_another_release_are_refused(tmp_path: Path) -> None:
    """Each alone, and manifest and seal together, which fit each other."""
    other = write_small_release(tmp_path, "two", QUADS.upper())
    for names in not_empty([{DATA_FILE}, {MANIFEST_FILE}, {SUMS_FILE}, {MANIFEST_FILE, SUMS_FILE}]):
        release = write_small_release(tmp_path, "one", QUADS)
        for name in names:
            shutil.copy(other / name, release / name)
        assert not is_whole(release), names
        shutil.rmtree(release)


def test_a_release_under_the_name_of_another_is_refused(tmp_path: Path) -> None:
    """Every file fits, but it is not the release that was asked for."""
    write_small_release(tmp_path, "one", QUADS)
    (tmp_path / "one").rename(tmp_path / "two")
    with pytest.raises(DamagedRelease, match="that of the release one"):
        read_manifest(tmp_path / "two")
    (tmp_path / CURRENT).unlink()
    (tmp_path / "two").rename(tmp_path / CURRENT)
    assert whole_release(tmp_path).name == CURRENT


def test_a_count_that_does_not_fit_is_refused(tmp_path: Path) -> None:
    """Though every hash fits: the manifest tells of more than there is."""
    release = write_small_release(tmp_path, "one", QUADS)
    counts = {"triples": {"x:g": 3}}
    seal(release, {"id": "one", "built_at": "2026-01-01T00:00:00+00:00", "counts": counts})
    with pytest.raises(DamagedRelease, match="has 2 quads, the manifest counts 3"):
        check_release(release)


def test_what_is_loaded_is_compared(tmp_path: Path) -> None:
    """The service looks at the manifest all the time, at the data when it loads it."""
    release = write_small_release(tmp_path, "one", QUADS)
    found = served_data(Settings(release=tmp_path))
    assert found.sha256 is not None and found.quads == 2
    known = Fingerprint(found.sha256, found.quads, found.version)
    known.check(found.path)
    (release / DATA_FILE).write_text(QUADS.upper(), encoding="utf-8")
    with pytest.raises(UnreadableGraph, match="is damaged: 2 quads"):
        known.check(found.path)
    assert served_data(Settings(release=tmp_path)).version != found.version
