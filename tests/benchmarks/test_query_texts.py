"""What hostile texts of queries cost beside a plain one, and those who ask something else."""

from __future__ import annotations

import http.client
import json
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from ontology.errors import QueryRefused
from queries.sparql.query_inspection import inspect_query
from queries.sparql.standard_functions import standard_query
from tests.fixtures.guards import not_empty
from tests.fixtures.hostile_texts import HOSTILE_TEXTS
from tests.fixtures.servers.served import Served

pytestmark = pytest.mark.bench

CHARACTERS = 99_000
PLAIN = "ASK FROM <a> { " + "?s ?p ?o . " * (CHARACTERS // 11) + "}"
MOST_TIMES_PLAIN = 10
CLIENTS = 20
ATTACK_S = 15.0
MOST_TIMES_BESIDE_PLAIN = 4
PROMISED = {200, 400, 408, 413, 429, 503}
YIELDING = "nice", "-n", "19"

ATTACKER = """
import http.client, json, sys, time
from urllib.parse import urlencode
port, seconds, first, path = [json.loads(argument) for argument in sys.argv[1:]]
texts = json.load(open(path))
until = time.time() + seconds
told = []
number = first
while time.time() < until:
    number += 1
    link = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        body = urlencode({"query": texts[number % len(texts)]})
        link.request("POST", "/sparql", body, {"Content-Type": "application/x-www-form-urlencoded"})
        answer = link.getresponse()
        told.append([answer.status, len(answer.read()) == int(answer.headers["content-length"])])
    except (OSError, http.client.HTTPException) as error:
        told.append([0, repr(error)])
    link.close()
print(json.dumps(told))
"""


def looked_at_s(text: str) -> float:
    """Return the processor time of looking at a text, in the service and in its worker."""
    times = []
    for _ in range(3):
        begun = time.process_time()
        for look in (inspect_query, standard_query):
            try:
                look(text)
            except QueryRefused:
                continue
        times.append(time.process_time() - begun)
    return min(times)


def test_hostile_texts_beside_a_plain_one(capsys: pytest.CaptureFixture[str]) -> None:
    """Print the dearest kinds as multiples of a plain text of the same length."""
    plain = looked_at_s(PLAIN)
    ratios = {kind: looked_at_s(make(CHARACTERS)) / plain for kind, make in HOSTILE_TEXTS.items()}
    dearest = sorted(not_empty(ratios), key=lambda kind: -ratios[kind])[:8]
    with capsys.disabled():
        print("".join(f"\n{kind:<28} hostile / plain = {ratios[kind]:.1f}" for kind in dearest))
    assert max(ratios.values()) <= MOST_TIMES_PLAIN


def health_s(served: Served, seconds: float) -> list[float]:
    """Return how long the service takes to say that it lives, again and again."""
    times = []
    link = http.client.HTTPConnection("127.0.0.1", served.port, timeout=60)
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        begun = time.perf_counter()
        link.request("GET", "/health/live")
        answer = link.getresponse()
        answer.read()
        times.append(time.perf_counter() - begun)
        assert answer.status == 200
        time.sleep(0.02)
    link.close()
    return times


def attack(served: Served, texts: Path) -> list[subprocess.Popen[str]]:
    """Start the attackers, who yield the processor to the service as other machines would."""
    yielding = [*YIELDING, sys.executable, "-c", ATTACKER]
    return [
        subprocess.Popen(
            [*yielding, *map(json.dumps, (served.port, ATTACK_S, number * 3, str(texts)))],
            stdout=subprocess.PIPE,
            text=True,
        )
        for number in range(CLIENTS)
    ]


def health_under(served: Served, texts: list[str], path: Path) -> tuple[list[float], list[Any]]:
    """Return the times of health while clients send some texts, and what they were told."""
    path.write_text(json.dumps(texts), encoding="utf-8")
    attackers = attack(served, path)
    times = sorted(health_s(served, ATTACK_S))
    told = [answer for attacker in attackers for answer in json.loads(attacker.communicate()[0])]
    return times, told


def test_health_while_twenty_clients_send_hostile_texts(
    served: Served, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """It waits little longer than while they send plain texts of the same length."""
    hostile = [make(CHARACTERS)[:CHARACTERS] for make in HOSTILE_TEXTS.values()]
    health_s(served, 1)
    beside_plain, answered = health_under(served, [PLAIN], tmp_path / "plain.json")
    beside_hostile, told = health_under(served, hostile, tmp_path / "hostile.json")
    plain, other = (some[int(0.99 * (len(some) - 1))] for some in (beside_plain, beside_hostile))
    with capsys.disabled():
        print(
            f"\nhealth p99: beside hostile texts / plain texts = {other / plain:.1f} "
            f"({other * 1000:.0f} ms / {plain * 1000:.0f} ms; "
            f"{len(told)} and {len(answered)} texts)"
        )
    assert {status for status, _ in not_empty(answered + told)} <= PROMISED
    assert all(whole is True for _, whole in not_empty(told))
    assert other <= MOST_TIMES_BESIDE_PLAIN * plain
