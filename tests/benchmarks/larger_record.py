"""The national record, and the same shape many times over, for benchmarks: nothing in it is new."""

from __future__ import annotations

import re
from pathlib import Path

import pyoxigraph as ox

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


def write_default_graph(record: Path, target: Path) -> Path:
    """Write the default graph of a record as N-Triples, as peers are given it."""
    store = complete(load_dataset(record, is_release=True))
    Dataset(store)
    store.dump(str(target), format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph())
    return target
