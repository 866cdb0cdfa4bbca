"""Thousands of broken documents: each is read whole or refused in a line, and nothing is left."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from data.records.files import read_record, records_folder
from ontology.errors import UnreadableRecord
from tests.fixtures.documents.mutated_documents import (
    mutated_documents,
    mutated_records,
    originals,
)
from tests.fixtures.guards import not_empty
from tests.fixtures.paths import ROOT

DOCUMENTS = 3_000
RECORDS = 1_000
SEED = 16
BATCH = 100
MOST_BYTES = 500_000_000
FAULTS = ("Traceback", "broke off", "report the document", "took longer", "more memory")
"""Words of a message that tells of a fault of ours, and not of the file."""
MEASURED = """
import resource, subprocess, sys
ended = subprocess.run(sys.argv[2:], check=False).returncode
with open(sys.argv[1], "w") as file:
    file.write(str(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss * 1024))
sys.exit(ended)
"""
"""A program that runs another, and notes the most bytes of it and of what it started."""


def read_all(folder: Path, paths: list[Path]) -> tuple[int, str, int]:
    """Read files by the command: how many were read, what else it said, the most bytes it took."""
    program = [sys.executable, "-m", "loaders", "extract", *map(str, paths)]
    noted = folder / "most_bytes"
    told = subprocess.run(
        [sys.executable, "-c", MEASURED, str(noted), *program, "--output", str(folder / "out")],
        capture_output=True,
        text=True,
        cwd=ROOT,
        timeout=60 * len(paths),
        check=False,
    )
    assert told.returncode in {0, 1}, told.stderr
    return len(told.stdout.splitlines()), told.stderr, int(noted.read_text(encoding="utf-8"))


def check_whole(folder: Path, errors: str) -> None:
    """Each file has a whole candidate with the text that it counts in, or one line and no file."""
    written = {path.name for path in (folder / "out").glob("*")}
    for path in sorted(folder.glob("in-*")):
        refused = [line for line in errors.splitlines() if line.startswith("Error:")]
        named = [line for line in refused if path.name in line]
        candidate = folder / "out" / f"{path.stem}.yaml"
        assert (candidate.name in written) != bool(named), (path.name, named)
        if candidate.name in written:
            content = yaml.safe_load(candidate.read_text(encoding="utf-8"))
            text = folder / "out" / content["document"]["file"]
            text = path if text.name == path.name else text
            assert len(text.read_bytes().decode("utf-8")) == int(content["document"]["characters"])


def test_mutated_documents(tmp_path: Path, share: Callable[[int], int]) -> None:
    """No traceback, no hang, no half output, and little memory, whatever a file holds."""
    changed = list(not_empty(list(mutated_documents(share(DOCUMENTS), SEED))))
    assert {suffix for suffix, _ in changed} == set(originals())
    number_read = 0
    for begin in not_empty(range(0, len(changed), BATCH)):
        folder = tmp_path / str(begin)
        folder.mkdir()
        paths = []
        for number, (suffix, content) in enumerate(changed[begin : begin + BATCH]):
            paths.append(folder / f"in-{number}.{suffix}")
            paths[-1].write_bytes(content)
        read, errors, most_bytes = read_all(folder, paths)
        number_read += read
        assert not [fault for fault in FAULTS if fault in errors], (begin, errors)
        assert 10_000_000 < most_bytes < MOST_BYTES, f"a process took {most_bytes:,} bytes"
        check_whole(folder, errors)
    assert len(changed) / 10 < number_read < len(changed) * 9 / 10


@pytest.mark.parametrize("name", ["nfk-direction-2016.yaml", "wor-direction-2017.yaml"])
def test_mutated_records(name: str, share: Callable[[int], int]) -> None:
    """A record that is broken is refused with its file and its line, and nothing else happens."""
    content = records_folder().joinpath(name).read_bytes()
    refused = 0
    for changed in not_empty(list(mutated_records(content, share(RECORDS), SEED))):
        try:
            read_record(changed, name)
        except UnreadableRecord as error:
            assert name in str(error)
            refused += 1
    assert refused > share(RECORDS) / 4
