"""How long each stage of a national build takes, beside rdflib reading the finished release."""

from __future__ import annotations

import resource
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import perf_counter, process_time

import pytest
from rdflib import Dataset

from data.decisions.discrepancies import read_decisions
from data.records.files import read_records
from data.releases import DATA_FILE, current_release
from loaders.release.build import BuildStage, build
from loaders.release.write import write_release
from loaders.tables.all_tables import read_listings

pytestmark = pytest.mark.bench

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


@pytest.mark.filterwarnings("ignore:Dataset.default_context is deprecated:DeprecationWarning")
def test_build_after_a_change_in_one_table(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Print the processor time of a build without one page of a table, beside rdflib's reading."""
    start_s = process_time()
    files = [*read_records(), *read_listings()]
    release = write_release(build(files[:-1], read_decisions()), tmp_path)
    built_s = process_time() - start_s
    start_s = process_time()
    dataset = Dataset().parse(release / DATA_FILE, format="nquads")
    read_s = process_time() - start_s
    with capsys.disabled():
        print(
            f"\n{len(dataset):,} quads built after a change in one table: {built_s:.1f} s of "
            f"processor time, {built_s / read_s:.2f} of rdflib's reading"
        )
    assert len(dataset) > 0
