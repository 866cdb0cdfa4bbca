"""A build that is killed at any moment leaves the release before it; the next one is whole.

Killed as by the kernel, without a chance to clear up: sometimes anywhere in the build, most times
while it writes, which is short.
"""

from __future__ import annotations

import os
import random
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from data.records.files import read_records
from data.releases import CURRENT, whole_release
from loaders.release.build import Built, build
from loaders.release.write import write_release
from tests.fixtures.guards import not_empty

KILLS = 50
WRITING_FOR_EACH = 5
"""In each so many rounds one build is killed anywhere, the others while they write."""
SEED = 12


@dataclass(frozen=True)
class Building:
    """A build that runs in a process of its own."""

    number: int
    writes: int
    """What can be read from once it begins to write."""

    def kill(self) -> bool:
        """End it at once; return whether it had not ended by itself."""
        os.kill(self.number, signal.SIGKILL)
        os.close(self.writes)
        return os.waitstatus_to_exitcode(os.waitpid(self.number, 0)[1]) == -signal.SIGKILL

    def finish(self) -> None:
        """Wait for its end, which is a good one."""
        os.close(self.writes)
        assert os.waitstatus_to_exitcode(os.waitpid(self.number, 0)[1]) == 0


def start_build(folder: Path, made: Built | None = None) -> Building:
    """Begin a build of the five documents, as the command does it.

    In: what is to be written, where the kill is to come in the writing.
    """
    writes, tell = os.pipe()
    number = os.fork()
    if number == 0:
        code = 1
        try:
            built = made or build(read_records())
            os.write(tell, b"w")
            write_release(built, folder)
            code = 0
        finally:
            os._exit(code)
    os.close(tell)
    return Building(number, writes)


@pytest.fixture(scope="module")
def built() -> Built:
    """Return a build of the five documents."""
    return build(read_records())


def timed(folder: Path) -> tuple[float, float]:
    """Return how long a build takes until it writes, and how long it writes."""
    start = time.monotonic()
    building = start_build(folder)
    os.read(building.writes, 1)
    begun = time.monotonic()
    building.finish()
    return begun - start, time.monotonic() - begun


def test_a_build_killed_at_any_moment_does_no_harm(
    built: Built, tmp_path: Path, share: Callable[[int], int]
) -> None:
    """What is current is whole, before and after, and nothing of the killed ones stays."""
    reading_s, writing_s = timed(tmp_path / "timing")
    (after,) = (path.name for path in (tmp_path / "timing").iterdir() if path.name != CURRENT)
    chance = random.Random(SEED)
    folder = tmp_path / "killed"
    before = write_release(replace(built, records=built.records[1:]), folder).name
    killed = 0
    for number in not_empty(range(share(KILLS))):
        is_entire = number % WRITING_FOR_EACH == 0
        building = start_build(folder, None if is_entire else built)
        if is_entire:
            time.sleep(chance.uniform(0, reading_s + writing_s))
        else:
            os.read(building.writes, 1)
            time.sleep(chance.uniform(0, writing_s))
        killed += building.kill()
        assert whole_release(folder).name in (before, after)
    assert killed > 0
    start_build(folder, built).finish()
    assert whole_release(folder).name == after
    assert {path.name for path in folder.iterdir()} == {before, after, CURRENT}
