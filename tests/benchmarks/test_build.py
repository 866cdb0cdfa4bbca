"""How long each stage of a national build takes, beside rdflib reading the finished release."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter

import pytest
from rdflib import Dataset

from data.decisions.discrepancies import read_decisions
from data.records.files import read_records
from data.releases import DATA_FILE, MANIFEST_FILE, SUMS_FILE, current_release
from loaders.release.build import BuildStage, build
from loaders.release.write import write_release
from loaders.tables.all_tables import read_listings
from tests.fixtures.paths import ROOT

pytestmark = pytest.mark.bench

IN_A_PROCESS_OF_ITS_OWN = """
import gc
import sys
from pathlib import Path
from tests.benchmarks.test_build import build_without_the_last_page

gc.disable()
build_without_the_last_page(Path(sys.argv[1]))
"""
"""As the command builds, which looks for no garbage."""
KIBIBYTES_PER_UNIT = 1 if sys.platform != "darwin" else 1 / 1024


class Clock:
    """Keeps how long each stage took."""

    def __init__(self) -> None:
        """Start without any stage."""
        self.taken_s: dict[str, float] = {}
        self._current: tuple[str, float] | None = None

    def stage(self, name: BuildStage) -> None:
        """End the stage that runs, and begin another."""
        self.stop()
        self._current = (name, perf_counter())

    def stop(self) -> None:
        """End the stage that runs."""
        if self._current:
            name, start = self._current
            self.taken_s[name] = perf_counter() - start
            self._current = None


@contextmanager
def timed(taken_s: dict[str, float], name: str) -> Iterator[None]:
    """Keep how long something took under a name."""
    start = perf_counter()
    yield
    taken_s[name] = perf_counter() - start


def peak_mebibytes() -> float:
    """Return the most memory that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * KIBIBYTES_PER_UNIT / 1024


@pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated:DeprecationWarning")
def test_stages_of_a_national_build(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Print, per stage, its share of what rdflib needs only to read the finished release."""
    clock = Clock()
    built = build(report=clock.stage)
    clock.stage(BuildStage.WRITE)
    write_release(built, tmp_path)
    clock.stop()
    memory_mebibytes = peak_mebibytes()
    peer: dict[str, float] = {}
    with timed(peer, "rdflib"):
        dataset = Dataset().parse(current_release(tmp_path) / DATA_FILE, format="nquads")
    lines = [
        f"{name:<24} {taken_s:7.1f} s   {taken_s / peer['rdflib']:6.2f} of rdflib's reading"
        for name, taken_s in clock.taken_s.items()
    ]
    whole_s = sum(clock.taken_s.values())
    lines.append(f"{'whole build':<24} {whole_s:7.1f} s   {whole_s / peer['rdflib']:6.2f}")
    lines.append(f"{len(dataset):,} quads; at most {memory_mebibytes:,.0f} MiB held by the build")
    with capsys.disabled():
        print("", *lines, sep="\n")
    assert list(clock.taken_s) == list(BuildStage)


def processor_s() -> float:
    """Return the processor time of this process and of the children that it has waited for."""
    whose = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    used = [resource.getrusage(who) for who in whose]
    return sum(one.ru_utime + one.ru_stime for one in used)


def build_without_the_last_page(folder: Path) -> Path:
    """Build the national release without one page that rows of a table were read from."""
    files = [*read_records(), *read_listings()]
    return write_release(build(files[:-1], read_decisions()), folder)


def without_the_last_page(folder: Path) -> Path:
    """Build in a process of its own, and return the release."""
    subprocess.run([sys.executable, "-c", IN_A_PROCESS_OF_ITS_OWN, folder], check=True, cwd=ROOT)
    return current_release(folder)


def content(release: Path) -> dict[str, bytes]:
    """Return each file of a release without the time of the build, and without its hashes."""
    files = {path.name: path.read_bytes() for path in release.iterdir() if path.name != SUMS_FILE}
    manifest = json.loads(files[MANIFEST_FILE])
    del manifest["built_at"]
    return files | {MANIFEST_FILE: json.dumps(manifest).encode()}


@pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated:DeprecationWarning")
def test_build_after_a_change_in_one_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Print what a build after a change takes beside rdflib's reading; a whole build is the same.

    Each is made in a process that has never built anything, the whole build in its own folder.
    """
    write_release(build(), tmp_path / "kept")
    start_s, began = processor_s(), perf_counter()
    release = without_the_last_page(tmp_path / "kept")
    built_s, wall_s = processor_s() - start_s, perf_counter() - began
    start_s, began = processor_s(), perf_counter()
    quads = len(Dataset().parse(release / DATA_FILE, format="nquads"))
    read_s, read_wall_s = processor_s() - start_s, perf_counter() - began
    with capsys.disabled():
        print(
            f"\n{quads:,} quads built after a change in one table: {built_s:.1f} s of processor "
            f"time, {built_s / read_s:.2f} of rdflib's reading; {wall_s:.1f} s on the clock, "
            f"{wall_s / read_wall_s:.2f} of it"
        )
    assert len(list((tmp_path / "kept").glob(f"*/{DATA_FILE}"))) > 1
    assert content(without_the_last_page(tmp_path / "alone")) == content(release)
