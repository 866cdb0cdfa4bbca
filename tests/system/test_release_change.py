"""The service changes to another release while queries run."""

from __future__ import annotations

import threading
import time
from pathlib import Path

from tests.fixtures.datasets.small_release import write_small_release
from tests.fixtures.servers.served import COUNT, Served, start, wait_until, write_dataset


def make_release(folder: Path, name: str, triples: int, *, text: str | None = None) -> None:
    """Write a small release and make it the current one."""
    if text is None:
        text = write_dataset(folder / "triples.nq", triples).read_text(encoding="utf-8")
    write_small_release(folder, name, text)


def test_a_release_changes_under_way(tmp_path: Path) -> None:
    """Each answer is of one release, none fails, and the processes of the former one go."""
    make_release(tmp_path, "one", 1_000)
    with start(release=tmp_path, query_seconds=1) as served:
        before = set(served.processes())
        clients = [Counting(served) for _ in range(8)]
        for client in clients:
            client.start()
        time.sleep(0.5)
        make_release(tmp_path, "two", 3_000)
        wait_until(lambda: served.get("/health/ready").json()["release"] == "two")
        time.sleep(0.5)
        for client in clients:
            client.is_over = True
            client.join()
        assert {status for client in clients for status, _ in client.told} == {200}
        counts = [count for client in clients for _, count in client.told]
        assert set(counts) == {1_000, 3_000}
        for client in clients:
            seen = [count for _, count in client.told]
            assert seen == sorted(seen)
        wait_until(lambda: not before & set(served.processes()) - {served.process.pid})
        broken_release(tmp_path, served)


def broken_release(folder: Path, served: Served) -> None:
    """Check that a release that cannot be read changes nothing, and that the log says so."""
    make_release(folder, "three", 10, text="no triples here\n")
    wait_until(lambda: "three" in served.log_so_far())
    assert served.get("/health/ready").json()["release"] == "two"
    assert served.ask(f"{COUNT} # broken").count == 3_000
    assert served.stop() == 0
    log = served.log()
    assert "three" in log and "Traceback" not in log


class Counting(threading.Thread):
    """A client that counts the triples, again and again."""

    def __init__(self, served: Served) -> None:
        """Prepare to ask."""
        super().__init__()
        self._served = served
        self.is_over = False
        self.told: list[tuple[int, int]] = []

    def run(self) -> None:
        """Ask until told to stop."""
        while not self.is_over:
            told = self._served.ask(f"{COUNT} # {time.monotonic()}")
            self.told.append((told.status, told.count if told.status == 200 else 0))
            time.sleep(0.01)
