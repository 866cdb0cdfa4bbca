"""Thousands of requests that no client should send: each gets a whole answer, or a closed door."""

from __future__ import annotations

import socket
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.fixtures.guards import not_empty
from tests.fixtures.servers.holdings import check_nothing_is_left, held_at_rest
from tests.fixtures.servers.mutated_requests import mutated_requests, requests
from tests.fixtures.servers.raw_answers import STATUSES, answers_in, checked
from tests.fixtures.servers.served import Served
from tests.fixtures.servers.watcher import LIVE, READY, watched_idle, watching

REQUESTS = 5_000
CLIENTS = 4
SEED = 12
PATIENCE_S = 10.0


def exchange(port: int, request: bytes) -> bytes:
    """Send a request, with nothing after it, and return all that comes until the door is closed."""
    received = b""
    with socket.create_connection(("127.0.0.1", port), timeout=PATIENCE_S) as link:
        try:
            link.sendall(request)
            link.shutdown(socket.SHUT_WR)
            while part := link.recv(2**20):
                received += part
        except (BrokenPipeError, ConnectionResetError):
            # What is sent after a refusal meets a closed door.
            pass
    return received


def test_mutated_requests(
    attacked: Served, share: Callable[[int], int], capsys: pytest.CaptureFixture[str]
) -> None:
    """Only promised statuses, whole bodies; those who watch are answered; nothing is left."""
    for request in not_empty(requests()):
        answers = list(answers_in(request, exchange(attacked.port, request)))
        assert {answer.status for answer in not_empty(answers)} <= STATUSES
    before = held_at_rest(attacked)
    idle = watched_idle(attacked, LIVE, READY)
    statuses: Counter[int] = Counter()
    with watching(attacked, LIVE, READY) as seen, ThreadPoolExecutor(CLIENTS) as clients:
        sent = list(mutated_requests(share(REQUESTS), SEED))
        received = clients.map(lambda request: exchange(attacked.port, request), sent)
        for request, told in not_empty(zip(sent, received, strict=True)):
            statuses.update(checked(request, told))
    check_nothing_is_left(attacked, before)
    assert min(statuses[200], statuses[400]) > share(REQUESTS) / 20
    health = seen.check_health(idle)
    with capsys.disabled():
        print(f"\n{dict(statuses)}, {health}")
