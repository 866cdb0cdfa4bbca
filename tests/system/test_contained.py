"""The service runs as in a container: no privileges, nothing to write to, no network."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from data.releases import current_release
from queries.engine.on_disk import store_on_disk
from tests.fixtures.guards import not_empty
from tests.fixtures.paths import ROOT
from tests.fixtures.servers.contained import NOT_PERMITTED, QUESTIONS

SPACE_BYTES = 512 * 2**20
PROCESSES = 6
"""At least: the command, two that hold the data, and workers."""


@pytest.fixture
def place() -> Iterator[Path]:
    """Return a folder that every user can reach, as that of a test is not."""
    with tempfile.TemporaryDirectory() as name:
        Path(name).chmod(0o755)
        (Path(name) / "tmp").mkdir()
        yield Path(name)


def run_contained(place: Path, release: Path, store: str) -> dict[str, Any]:
    """Return what was seen of the service on a copy of a release; skip where that cannot be."""
    shutil.copytree(release, place / "releases", symlinks=True)
    if store == "disk":
        data = current_release(place / "releases") / "data.nq"
        sums = (data.parent / "SHA256SUMS").read_text(encoding="ascii")
        (sha256,) = (line.split()[0] for line in sums.splitlines() if line.endswith(" data.nq"))
        store_on_disk(data, is_release=True, sha256=sha256)
    program = "tests.fixtures.servers.contained"
    done = subprocess.run(
        [sys.executable, "-m", program, place / "releases", place / "tmp", store],
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    if done.returncode == NOT_PERMITTED:
        pytest.skip(f"the machine does not permit a container: {done.stdout.strip()}")
    assert done.returncode == 0, done.stdout + done.stderr
    seen: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return seen


@pytest.mark.parametrize("store", ["memory", "disk"])
def test_it_answers_everything_as_in_a_container(store: str, release: Path, place: Path) -> None:
    """Every kind of page and answer, and what runs is finished when it is told to stop."""
    seen = run_contained(place, release, store)
    assert seen["user"] != 0 or os.geteuid() != 0
    assert seen["writable"] == []
    assert seen["answers"] == dict.fromkeys(QUESTIONS, 200)
    assert seen["isolation"]["privileges"] and seen["isolation"]["files"] == (store == "memory")
    assert seen["stopped"] == {"code": 0, "statuses": [200, 200], "under_way": True}
    assert "Traceback" not in seen["log"], seen["log"]


def test_the_whole_record_fits_a_small_machine(place: Path, request: pytest.FixtureRequest) -> None:
    """With the store on disk, as in the image; run by `make endure`, as making it takes long."""
    if not request.config.getoption("--endure"):
        pytest.skip("a store of the whole record is made by `make endure` alone")
    seen = run_contained(place, request.getfixturevalue("national"), "disk")
    print(f"started in {seen['start_s']} s")
    assert len(not_empty(seen["shares"])) >= PROCESSES and 0 not in seen["shares"]
    assert sum(seen["shares"]) < SPACE_BYTES
    assert set(seen["answers"].values()) == {200}
