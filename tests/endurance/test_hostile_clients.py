"""Twenty clients do their worst for a minute; those who behave hardly notice."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable

import pytest

from tests.fixtures.guards import not_empty
from tests.fixtures.paths import ROOT
from tests.fixtures.servers.holdings import check_nothing_is_left, held_at_rest
from tests.fixtures.servers.hostile_clients import LEFT, PATIENCE_S, SILENT, WAYS
from tests.fixtures.servers.served import Served
from tests.fixtures.servers.watcher import LIVE, READY, watched_idle, watching

CLIENTS = 20
ATTACK_S = 60
PAGE = "/directions/NFK-2016-02"
PROGRAM = "tests.fixtures.servers.hostile_clients"
YIELDING = "nice", "-n", "19"
"""Other machines would not take the processor from the service."""


def attack(port: int, seconds: int) -> dict[str, dict[str, int]]:
    """Return the statuses that hostile clients saw, by what they did; no promise was broken."""
    done = subprocess.run(
        [*YIELDING, sys.executable, "-m", PROGRAM, str(port), str(seconds), str(CLIENTS)],
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        timeout=seconds + 4 * PATIENCE_S,
    )
    told = json.loads(done.stdout)
    assert told["faults"] == []
    statuses: dict[str, dict[str, int]] = told["statuses"]
    return statuses


def test_hostile_clients(
    attacked: Served, share: Callable[[int], int], capsys: pytest.CaptureFixture[str]
) -> None:
    """Promised statuses and whole bodies alone; health and pages as ever; nothing is left."""
    before = held_at_rest(attacked)
    idle = watched_idle(attacked, LIVE, READY, PAGE)
    with watching(attacked, LIVE, READY, PAGE) as seen:
        statuses = attack(attacked.port, share(ATTACK_S))
    check_nothing_is_left(attacked, before)
    health, page = seen.check_health(idle), seen.check_page(PAGE, idle)
    with capsys.disabled():
        print(f"\n{health}\n{page}")
        for way, told in statuses.items():
            print(f"{way:<17} {told}")
    assert statuses.keys() == WAYS.keys()
    for way in not_empty(WAYS.keys() - SILENT):
        assert statuses[way].keys() - {LEFT}, (way, statuses[way])
