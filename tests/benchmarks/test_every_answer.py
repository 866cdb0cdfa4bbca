"""How long every address and question takes, and a thousand pages at a hundred a second."""

from __future__ import annotations

import http.client
import statistics
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path
from threading import local

import pytest

from tests.benchmarks.every_answer import Asked, addresses, asked
from tests.fixtures.guards import not_empty
from tests.fixtures.servers.served import Served, serving

pytestmark = pytest.mark.bench

NOTHING_KEPT = 4
"""Bytes for answers that are kept: there is none so small."""
MOST_TIMES_MIDDLE = 100
PAGES, PER_SECOND, CLIENTS = 1_000, 100, 32
LISTS = "judgements", "directions", "inspections", "requirements"
MOST_TIMES_KEPT = 1.5


def test_every_answer_is_timed(national: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Print what each takes where nothing is kept, the dearest first; none is beyond measure."""
    with serving(release=national, cache_bytes=NOTHING_KEPT) as served:
        found = [asked(served, path) for path in addresses(served)]
    found.sort(key=lambda one: -one.wall_ms)
    questions = [one for one in found if one.is_question]
    pages = [one for one in found if not one.is_question]
    with capsys.disabled():
        print("", *map(_line, found), sep="\n")
        for name, some, limit_ms in (("questions", questions, 200), ("pages", pages, 60)):
            late = [one for one in some if one.wall_ms > limit_ms]
            print(f"{len(some)} {name}, of which {len(late)} take longer than {limit_ms} ms")
    for some in (questions, pages):
        times = [one.wall_ms for one in not_empty(some)]
        assert max(times) <= MOST_TIMES_MIDDLE * statistics.median(times)


def _line(one: Asked) -> str:
    return f"{one.wall_ms:8.1f} ms {one.cpu_ms:8.1f} ms CPU {one.size_bytes:9,} bytes  {one.path}"


def test_a_thousand_pages_at_a_hundred_a_second(
    national: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Print the times of different lists and details, asked first and again, and of their tags."""
    with serving(release=national) as served:
        paths = list(_pages(served))
        first, tags = _at_a_rate(served, [(path, "") for path in paths])
        again, _ = _at_a_rate(served, [(path, "") for path in paths])
        unchanged, _ = _at_a_rate(served, list(zip(paths, tags, strict=True)))
    told = {"asked first": first, "asked again": again, "by their tag": unchanged}
    with capsys.disabled():
        print(f"\n{len(paths)} lists and details at {PER_SECOND} requests/s")
        for name, times in told.items():
            print(f"{name:<14} p50 {_share(times, 50):7.1f} ms   p99 {_share(times, 99):7.1f} ms")
    assert len(paths) == PAGES
    assert _share(again, 50) < _share(first, 50)
    assert _share(unchanged, 50) <= MOST_TIMES_KEPT * _share(again, 50)


def _pages(served: Served) -> Iterator[str]:
    """Yield addresses of details and lists, each of another council."""
    items = served.get("/councils?limit=1000", {"Accept": "application/json"}).json()["items"]
    codes = [item["id"] for item in items]
    everything = [f"/councils/{code}" for code in codes]
    everything += [f"/{name}?council={code}" for name in LISTS for code in codes]
    yield from everything[:PAGES]


def _at_a_rate(
    served: Served, requests: Sequence[tuple[str, str]]
) -> tuple[list[float], list[str]]:
    """Return the milliseconds of requests that are sent at a rate, and the tags of the answers.

    In: an address, and the tag of the answer that the client has, if any. A request that had to
    wait for a client counts from when it was due, as a visitor would count.
    """
    links = local()
    begin = time.monotonic() + 0.5

    def ask(number: int) -> tuple[float, str]:
        path, tag = requests[number]
        due = begin + number / PER_SECOND
        time.sleep(max(due - time.monotonic(), 0))
        if not hasattr(links, "one"):
            link = http.client.HTTPConnection("127.0.0.1", served.port, timeout=60)
            links.one = opened.enter_context(closing(link))
        headers = {"Accept": "application/json"} | ({"If-None-Match": tag} if tag else {})
        links.one.request("GET", path, headers=headers)
        answer = links.one.getresponse()
        answer.read()
        assert answer.status == (304 if tag else 200), (path, answer.status)
        return (time.monotonic() - due) * 1000, answer.headers["ETag"]

    with ExitStack() as opened, ThreadPoolExecutor(CLIENTS) as clients:
        told = list(clients.map(ask, range(len(requests))))
    return [ms for ms, _ in told], [tag for _, tag in told]


def _share(times_ms: Sequence[float], percent: int) -> float:
    """Return the time within which so many of a hundred are answered."""
    return sorted(times_ms)[min(len(times_ms) * percent // 100, len(times_ms) - 1)]
