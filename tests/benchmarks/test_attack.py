"""Twenty clients do their worst for a minute, while one asks for something small."""

from __future__ import annotations

import http.client
import json
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from threading import Thread

import pytest

from data.settings import Settings
from tests.fixtures.guards import not_empty
from tests.fixtures.hostile_texts import HOSTILE_QUERIES
from tests.fixtures.servers.served import Served, serving, wait_until

pytestmark = pytest.mark.bench

CLIENTS = 20
ATTACK_S = 60.0
IDLE_S = 15.0
PAUSE_S = 0.02
PROBE = "/directions/NFK-2016-02"
ACCEPTED = {200, 400, 408, 413, 429, 503}
MOST_TIMES_IDLE = 3
YIELDING = "nice", "-n", "19"

ATTACKER = """
import http.client, json, sys, time
from urllib.parse import quote
port, seconds, first, queries = [json.loads(argument) for argument in sys.argv[1:]]
until = time.time() + seconds
names = list(queries)
told = []
number = first
while time.time() < until:
    name = names[number % len(names)]
    number += 1
    # No answer is kept for the next: each query is another one.
    path = "/sparql?query=" + quote(queries[name] + " # " + str(time.time()))
    start = time.monotonic()
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    headers = {"Accept-Encoding": "gzip"} if number % 3 == 0 else {}
    try:
        link.request("GET", path, headers=headers)
        answer = link.getresponse()
        began = time.monotonic() - start
        length = 0
        while part := answer.read(1 << 20):
            length += len(part)
        whole = length == int(answer.headers["content-length"])
        told.append([name, answer.status, began, time.monotonic() - start, whole, length])
    except (OSError, http.client.HTTPException) as error:
        lasted = time.monotonic() - start
        told.append([name, 0, lasted, lasted, repr(error), 0])
    link.close()
    if told[-1][1] == 503 and told[-1][2] < 0.5:
        time.sleep(0.5)
print(json.dumps(told))
"""


def probe(served: Served, seconds: float, label: str) -> list[float]:
    """Return the times of a small look-up, asked again and again, never answered from a cache."""
    times: list[float] = []
    link = http.client.HTTPConnection("127.0.0.1", served.port, timeout=60)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        headers = {"Accept": f"application/json, application/x-{label}-{len(times)};q=0.1"}
        start = time.perf_counter()
        link.request("GET", PROBE, headers=headers)
        answer = link.getresponse()
        answer.read()
        times.append(time.perf_counter() - start)
        assert answer.status == 200
        time.sleep(PAUSE_S)
    link.close()
    return times


def quantile(times: list[float], share: float) -> float:
    """Return a quantile in milliseconds."""
    return sorted(times)[int(share * (len(times) - 1))] * 1000


def attack(served: Served) -> list[subprocess.Popen[str]]:
    """Start the attackers, who yield the processor to the service as other machines would."""
    yielding = [*YIELDING, sys.executable, "-c", ATTACKER]
    return [
        subprocess.Popen(
            [*yielding, *map(json.dumps, (served.port, ATTACK_S, number, HOSTILE_QUERIES))],
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(CLIENTS)
    ]


def test_a_minute_of_attack(national: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Each ends in time with a whole answer; the look-up hardly notices; memory stays in bounds."""
    settings = Settings()
    with serving(release=national) as served:
        probe(served, 2, "warm")
        before = {name: served.ask(text) for name, text in SMALL.items()}
        shared = sum(process.memory_bytes for process in served.processes().values())
        idle = probe(served, IDLE_S, "idle")
        attackers = attack(served)
        memory: list[int] = []
        watching = Thread(target=watch_memory, args=(served, memory))
        watching.start()
        times = probe(served, ATTACK_S, "attack")
        told = [
            answer for attacker in attackers for answer in json.loads(attacker.communicate()[0])
        ]
        watching.join()
        wait_until(lambda: len(served.workers()) == settings.visitor_queries, 2)
        after = {name: served.ask(text + " ") for name, text in SMALL.items()}
        assert served.stop(signal.SIGTERM) == 0
        assert not served.processes()
    allowed = (
        shared
        + (settings.visitor_queries + settings.curated_queries) * settings.query_bytes
        + settings.cache_bytes
        + settings.delivery_bytes
    )
    with capsys.disabled():
        report(idle, times, told, memory, allowed)
    assert {name: one.body for name, one in before.items()} == {
        name: one.body for name, one in after.items()
    }
    assert set(not_empty(status for _, status, *_ in told)) <= ACCEPTED
    assert all(whole is True for *_, whole, _ in told)
    assert max(began for _, _, began, *_ in told) <= settings.query_seconds + 1
    assert max(memory) <= allowed
    assert quantile(times, 0.99) <= MOST_TIMES_IDLE * quantile(idle, 0.99)


SMALL = {
    "count": "SELECT (COUNT(*) AS ?count) { ?s ?p ?o }",
    "first": "SELECT * { ?s ?p ?o } ORDER BY ?s ?p ?o LIMIT 5",
}


def watch_memory(served: Served, memory: list[int]) -> None:
    """Note the memory of all processes together, for as long as the attack lasts."""
    end = time.monotonic() + ATTACK_S
    while time.monotonic() < end:
        memory.append(sum(process.memory_bytes for process in served.processes().values()))
        time.sleep(0.5)


def report(
    idle: list[float], times: list[float], told: list[list[object]], memory: list[int], allowed: int
) -> None:
    """Print what was measured, ratios first."""
    for share in (0.5, 0.99):
        ratio = quantile(times, share) / quantile(idle, share)
        print(
            f"\nlook-up p{share * 100:.0f}: under attack / idle = {ratio:.2f} "
            f"({quantile(times, share):.1f} ms / {quantile(idle, share):.1f} ms, "
            f"{len(times)} and {len(idle)} times)",
            end="",
        )
    print(f"\nmemory: highest / allowed = {max(memory) / allowed:.2f} ({max(memory) >> 20} MiB)")
    for name in HOSTILE_QUERIES:
        of = [answer for answer in told if answer[0] == name]
        statuses = dict(Counter(answer[1] for answer in of))
        longest = max((float(str(answer[3])) for answer in of), default=0)
        first = max((float(str(answer[2])) for answer in of), default=0)
        largest = max((int(str(answer[5])) for answer in of), default=0)
        print(
            f"{name:<24} {statuses}, longest {longest:.1f} s to the end, {first:.1f} s to the "
            f"beginning, largest {largest >> 20} MiB"
        )
