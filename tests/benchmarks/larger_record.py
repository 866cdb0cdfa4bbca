"""The national record, and the same shape many times over, for benchmarks: nothing in it is new."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import groupby
from pathlib import Path

import pyoxigraph as ox

from data.releases import (
    CHANGES_FILE,
    CURRENT,
    DATA_FILE,
    MANIFEST_FILE,
    REPORT_FILE,
    SUMS_FILE,
    read_manifest,
    sums_text,
)
from ontology.checksums import hash_and_lines
from ontology.namespaces import ID
from queries.engine.dataset import Dataset, complete, load_dataset

OWN_THINGS = re.compile(re.escape(str(ID)).encode())


def write_larger(record: Path, times: int, target: Path) -> Path:
    """Write a record as N-Quads with all its things as many times as asked, each with own names."""
    with target.open("wb") as out:
        for copy in range(times):
            name = str(ID).encode() if copy == 0 else f"{ID}copy-{copy}/".encode()
            with record.open("rb") as lines:
                # Line by line, so that a record of any size needs no memory.
                for line in lines:
                    out.write(OWN_THINGS.sub(name, line))
    return target


def write_larger_release(release: Path, times: int, folder: Path) -> Path:
    """Write a release of the same shape at a larger size, in the order of every release.

    Out: its folder, which is current in the one given.
    """
    target = folder / hashlib.sha256(f"{release.name} {times}".encode()).hexdigest()[:12]
    target.mkdir(parents=True)
    counts: dict[str, int] = {}
    with (release / DATA_FILE).open("rb") as lines, (target / DATA_FILE).open("wb") as out:
        for graph, found in groupby(lines, lambda line: line.rsplit(b" ", 2)[1]):
            known = list(found)
            # What names no thing of ours is the same in every copy, and stands once.
            copies = merge(*(_copied(known, number) for number in range(times)))
            counts[graph.decode()[1:-1]] = sum(
                1 for line, _ in groupby(copies) if out.write(line) > 0
            )
    for name in (REPORT_FILE, CHANGES_FILE):
        shutil.copyfile(release / name, target / name)
    manifest = read_manifest(release) | {"id": target.name}
    manifest["counts"]["triples"] = counts
    manifest["files"][DATA_FILE] = hash_and_lines(target / DATA_FILE)[0]
    (target / MANIFEST_FILE).write_text(json.dumps(manifest), encoding="utf-8")
    sums = manifest["files"] | {MANIFEST_FILE: hash_and_lines(target / MANIFEST_FILE)[0]}
    (target / SUMS_FILE).write_text(sums_text(sums), encoding="utf-8")
    (folder / CURRENT).symlink_to(target.name)
    return target


def _copied(lines: Iterable[bytes], number: int) -> Iterator[bytes]:
    """Yield lines with things of their own names; these are in the same order as before."""
    name = f"{ID}copy-{number}/".encode() if number else str(ID).encode()
    for line in lines:
        yield OWN_THINGS.sub(name, line)


def write_default_graph(record: Path, target: Path) -> Path:
    """Write the default graph of a record as N-Triples, as peers are given it."""
    store = complete(load_dataset(record, is_release=True))
    Dataset(store)
    store.dump(str(target), format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    return target
