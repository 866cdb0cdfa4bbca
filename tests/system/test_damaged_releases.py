"""A service starts on what is whole, and changes to nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from data.releases import DATA_FILE, MANIFEST_FILE, SUMS_FILE
from tests.fixtures.datasets.small_release import write_small_release
from tests.fixtures.guards import not_empty
from tests.fixtures.servers.served import COUNT, PROGRAM, Served, start, wait_until

FILES = DATA_FILE, MANIFEST_FILE, SUMS_FILE
ONE = "<x:a> <x:b> <x:c> .\n"
MANY = "".join(f'<x:a> <x:b> "{number}" .\n' for number in range(20))


def damage(path: Path) -> None:
    """Change one letter in the last line of a file, which stays as well-formed as it was."""
    content = bytearray(path.read_bytes())
    place = max(place for place, byte in enumerate(content) if byte in b"bdf0246")
    content[place] += 1
    path.write_bytes(content)


@pytest.mark.parametrize("name", FILES)
def test_a_damaged_release_is_not_started_on(name: str, tmp_path: Path) -> None:
    """The command ends with 1, and says which file and what to do."""
    damage(write_small_release(tmp_path, "one", MANY) / name)
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, "serve", "--port", "8", "--release", str(tmp_path)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 1, done.stderr
    assert str(tmp_path) in done.stderr and "interventions build" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_damaged_release_changes_nothing(tmp_path: Path) -> None:
    """The one before is answered from; mended under the same name, the new one is taken."""
    write_small_release(tmp_path, "one", ONE)
    with start(release=tmp_path, query_seconds=1) as served:
        for number, name in not_empty(enumerate(FILES)):
            new = write_small_release(tmp_path / "apart", f"new{number}", MANY)
            damage(new / name)
            new.rename(tmp_path / new.name)
            (tmp_path / "next").symlink_to(new.name)
            (tmp_path / "next").replace(tmp_path / "current")
            with pytest.raises(AssertionError, match="not within"):
                wait_until(lambda: served.get("/health/ready").json()["release"] != "one", 2)
            assert served.ask(f"{COUNT} # {number}").count == 1
        (tmp_path / new.name).rename(tmp_path / "damaged")
        write_small_release(tmp_path, new.name, MANY)
        wait_until(lambda: served.get("/health/ready").json()["release"] == new.name)
        assert served.ask(f"{COUNT} # mended").count == 20
        assert served.stop() == 0
        log = served.log()
    for number, _ in not_empty(enumerate(FILES)):
        assert f"new{number}" in log
    assert "Traceback" not in log


def not_damaged(served: Served) -> bytes:
    """Return the whole dataset, which is no longer that of the file."""
    told = served.get("/graphs.nq")
    assert told.status == 200 and told.body.count(b"\n") == 1
    return told.body


def test_a_release_that_is_damaged_while_it_is_served_is_answered_from_memory(
    tmp_path: Path,
) -> None:
    """What was loaded was whole; what is on the disk now is not loaded again."""
    release = write_small_release(tmp_path, "one", ONE)
    with start(release=tmp_path, query_seconds=1) as served:
        assert served.get("/graphs.nq").body == (release / DATA_FILE).read_bytes()
        (release / DATA_FILE).write_text("<x:a> <x:b> <x:d> .\n" * 2, encoding="utf-8")
        with pytest.raises(AssertionError, match="not within"):
            wait_until(lambda: served.ask(f"{COUNT} # changed").count != 1, 2)
        assert b"<x:d>" not in not_damaged(served)
        assert served.get("/health/ready").json()["release"] == "one"
        assert served.stop() == 0
        assert "is damaged" in served.log()
