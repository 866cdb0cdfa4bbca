"""The store on disk is made once, whole or not at all."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pyoxigraph as ox
import pytest

from ontology.errors import UnreadableGraph
from queries.engine.on_disk import store_on_disk
from tests.fixtures.servers.served import COUNT, serving, write_dataset

MAKE = (
    "import sys; from pathlib import Path; from queries.engine.on_disk import store_on_disk; "
    "store_on_disk(Path(sys.argv[1]))"
)


def making(path: Path) -> subprocess.Popen[bytes]:
    """Begin to make a store, in a group of processes of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", MAKE, str(path)],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
        process_group=0,
    )


def size(folder: Path) -> int:
    """Return the number of quads in a store."""
    return len(ox.Store.read_only(str(folder)))


def test_a_store_is_made_once(tmp_path: Path) -> None:
    """And again only if the file is newer."""
    path = write_dataset(tmp_path / "data.nq", 500)
    folder = store_on_disk(path)
    made = folder.stat().st_ino
    assert size(folder) == 500
    assert store_on_disk(path).stat().st_ino == made
    write_dataset(path, 700)
    later = time.time() + 10
    os.utime(path, (later, later))
    os.utime(folder, (later - 5, later - 5))
    assert size(store_on_disk(path)) == 700


def test_a_making_that_was_cut_short(tmp_path: Path) -> None:
    """Killed at any moment, it leaves nothing that is taken for a store."""
    path = write_dataset(tmp_path / "data.nq", 60_000)
    for after_s in (0.1, 0.3, 0.5):
        process = making(path)
        time.sleep(after_s)
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
    assert size(store_on_disk(path)) == 60_000


def test_two_that_need_it_at_once(tmp_path: Path) -> None:
    """One makes it, the other waits; both find it whole."""
    path = write_dataset(tmp_path / "data.nq", 30_000)
    both = [making(path), making(path)]
    assert [process.wait(60) for process in both] == [0, 0]
    assert size(tmp_path / "data.store") == 30_000
    assert not (tmp_path / "data.store.new").exists()


def test_what_is_no_dataset(tmp_path: Path) -> None:
    """It is told as everywhere, and no store is left."""
    path = tmp_path / "data.nq"
    path.write_text("no triples\n", encoding="utf-8")
    with pytest.raises(UnreadableGraph, match=r"data\.nq"):
        store_on_disk(path)
    assert not (tmp_path / "data.store").exists()


def test_two_services_start_at_once(tmp_path: Path) -> None:
    """They share the store and answer alike; limits hold there too."""
    path = write_dataset(tmp_path / "data.nq", 5_000)
    settings = {"dataset": path, "store": "disk", "query_seconds": 1}
    with serving(**settings) as one, serving(**settings) as other:
        assert one.ask(COUNT).count == other.ask(COUNT).count == 5_000
        endless = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
        with ThreadPoolExecutor(2) as clients:
            told = list(clients.map(lambda served: served.ask(endless), (one, other)))
        assert [answer.status for answer in told] == [503, 503]
        assert all(answer.seconds < 2 for answer in told)
        sorting = "SELECT * { ?a ?b ?c . ?d ?e ?f } ORDER BY ?c"
        assert one.ask(sorting).status == 503
        assert one.ask(COUNT + " # again").count == 5_000
