"""What the service costs beside other servers, on the same record, in the same run."""

from __future__ import annotations

import json
import os
import shutil
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import asdict
from pathlib import Path

import pytest

from data.releases import DATA_FILE, current_release
from queries.engine.interface import RESULTS_JSON
from queries.engine.on_disk import store_on_disk
from tests.benchmarks.larger_record import write_default_graph, write_larger
from tests.benchmarks.load import RESULTS, Cost, address, loaded, memory_mib, needs_wrk
from tests.benchmarks.questions import LOOK_UPS, PREFIXES, QUESTIONS
from tests.benchmarks.servers import (
    Served,
    oxigraph_server,
    program_place,
    rdflib_endpoint,
    this_service,
    virtuoso_server,
)
from tests.fixtures.guards import not_empty

pytestmark = pytest.mark.bench

SECONDS = int(os.environ.get("BENCH_SECONDS", "3"))
OURS, OURS_KEPT = "this service", "this service, kept"
OURS_TWICE = "this service, --workers 2"
"""As many server processes as the machine of the benchmark has cores, as the other servers use."""
GIBIBYTE = 2**30
SLOW = "rdflib-endpoint"
"""A server that is asked the small questions only: the others take it longer than a load lasts."""
OTHERS = {"oxigraph server": "oxigraph", "Virtuoso": "virtuoso-t", SLOW: "rdflib-endpoint"}
"""The other servers, each with its program."""
SMALL = "look-up", "path", "construct"


@pytest.fixture(scope="module")
def record(national: Path) -> Path:
    """Return the national record as N-Quads."""
    needs_wrk()
    return current_release(national) / DATA_FILE


@pytest.fixture(scope="module")
def servers(
    record: Path, national: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[dict[str, Served]]:
    """Return the servers that are installed, all at once and idle while another is measured."""
    folder = tmp_path_factory.mktemp("servers")
    default = write_default_graph(record, folder / "default.nt")
    others = {
        "oxigraph server": oxigraph_server(record, default, folder),
        "Virtuoso": virtuoso_server(national, folder),
        SLOW: rdflib_endpoint(record, default, folder),
    }
    with ExitStack() as stack:
        running = {
            OURS: stack.enter_context(this_service(record)),
            OURS_TWICE: stack.enter_context(this_service(record, workers=2)),
        }
        for name, server in others.items():
            if program_place(OTHERS[name]) is not None:
                running[name] = stack.enter_context(server)
        if running.keys() == {OURS, OURS_TWICE}:
            pytest.skip(
                f"no other server is installed; one of {', '.join(OTHERS.values())} is needed"
            )
        yield running


def cost(served: Served, question: str, folder: Path, *, kept: bool = False) -> Cost:
    """Return what a load of one question on a server cost."""
    accept = "text/turtle" if question == "construct" else RESULTS_JSON
    urls = [address(served.endpoint, QUESTIONS[question])]
    return loaded(urls, [served.process], SECONDS, kept=kept, folder=folder, accept=accept)


def test_eight_questions_beside_other_servers(
    servers: dict[str, Served], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Print, per question, how many requests each server answers for one of this service."""
    costs: dict[str, dict[str, Cost]] = {}
    for question in QUESTIONS:
        row = costs.setdefault(question, {})
        for name, served in servers.items():
            if name != SLOW or question in SMALL:
                row[name] = cost(served, question, tmp_path)
        row[OURS_KEPT] = cost(servers[OURS], question, tmp_path, kept=True)
    told = {
        "costs": {
            question: {name: asdict(one) for name, one in row.items()}
            for question, row in costs.items()
        },
        "start_s": {name: served.start_s for name, served in servers.items()},
    }
    RESULTS.mkdir(parents=True, exist_ok=True)
    (RESULTS / "service.json").write_text(json.dumps(told, indent=1) + "\n")
    with capsys.disabled():
        print("", *lines(costs), sep="\n")
        for name, served in servers.items():
            print(f"{name:<26} started after {served.start_s:6.1f} s")
        for name in sorted(OTHERS.keys() - servers.keys()):
            print(f"{name:<26} is not installed, and left out")
    assert all(
        one.failed == 0
        for row in not_empty(costs.values())
        for name, one in row.items()
        if OURS in name
    )


def test_look_ups_never_asked_before(
    servers: dict[str, Served], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Print, per shape, how many look-ups each server answers for one of this service."""
    costs: dict[str, dict[str, Cost]] = {}
    for shape, bodies in LOOK_UPS.items():
        for name, served in servers.items():
            urls = [address(served.endpoint, f"{PREFIXES}{body}") for body in bodies]
            found = loaded(
                urls, [served.process], SECONDS, kept=False, folder=tmp_path, accept=RESULTS_JSON
            )
            costs.setdefault(shape, {})[name] = found
    with capsys.disabled():
        print("", *lines(costs), sep="\n")
    assert all(row[OURS].failed == 0 for row in not_empty(costs.values()))


def lines(costs: dict[str, dict[str, Cost]]) -> Iterator[str]:
    """Yield a line per question and server, with what it answers for one request of ours."""
    yield (
        f"{'question':<16} {'server':<26} {'to ours':>8} {'req/s':>8} {'p50 ms':>8} {'p99 ms':>8} "
        f"{'CPU us':>8} {'MiB':>6} {'failed':>6}"
    )
    for question, row in costs.items():
        for name, one in row.items():
            yield (
                f"{question:<16} {name:<26} {one.per_second / row[OURS].per_second:8.2f} "
                f"{one.per_second:8.0f} {one.p50_ms:8.1f} {one.p99_ms:8.1f} {one.cpu_us:8.0f} "
                f"{one.memory_mib:6.0f} {one.failed:6d}"
            )


@pytest.mark.parametrize("times", [1, 10, 100])
def test_size_does_not_slow_a_look_up(
    times: int, record: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Print start and look-up on the same shape at a larger size, with the data on disk."""
    needed = record.stat().st_size * times * 5
    if shutil.disk_usage(tmp_path).free < needed:
        pytest.skip(f"it takes {needed / GIBIBYTE:.0f} GiB of disk")
    larger = write_larger(record, times, tmp_path / "record.nq")
    begun = time.perf_counter()
    # What is done once, in however long, is done before a service waits for it.
    store_on_disk(larger)
    prepared_s = time.perf_counter() - begun
    with this_service(larger, store="disk") as served:
        one = cost(served, "look-up", tmp_path)
        kept = cost(served, "look-up", tmp_path, kept=True)
        line = (
            f"x{times:<4} prepared once {prepared_s:6.1f} s, started {served.start_s:5.1f} s, "
            f"look-up {one.per_second:6.0f} req/s, {one.cpu_us:5.0f} us, p99 {one.p99_ms:5.1f} ms, "
            f"kept {kept.per_second:6.0f} req/s, {memory_mib([served.process]):6.0f} MiB"
        )
    with capsys.disabled():
        print("", line, sep="\n")
    assert served.start_s < 60
