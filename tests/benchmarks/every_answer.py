"""Every address and question of a release, each once: what is asked, and how long it takes."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote, urlencode

from tests.benchmarks.load import cpu_s
from tests.fixtures.servers.served import Served
from tests.integration.queries.test_catalogue import EXAMPLES

TIMES = 5
_NOT_TIMED = (
    "/health",
    "/metrics",
    "/graphs",
    "/graph/",
    "/sparql",
    "/mcp",
    "/reconcile",
    "/docs",
    "/ns",
    "/id/",
    "/scheme/",
)
"""Addresses whose answer says nothing of the record, or all of it, or depends on what is asked."""
_FILTERS: Mapping[str, str] = {
    "/directions": "council=WOR&in_force_on=2018-01-01",
    "/councils": "under_direction_on=2018-01-01",
    "/under-intervention": "on=2018-01-01",
    "/interventions": "council=NFK",
    "/discrepancies": "council=NFK",
    "/claims": "council=NFK",
    "/judgements": "council=NFK",
    "/inspections": "council=NFK",
    "/requirements": "council=NFK",
    "/search": "q=norfolk",
    "/ask": "q=who+is+under+intervention+today",
}
"""What lists are asked besides: the filters of the README and the dearest ones."""
_RICH: Mapping[str, str] = {
    "/councils": "NFK",
    "/authorities": "WMCA",
    "/directions": "WOR-2017-02",
    "/inspections": "NFK-2015-01",
    "/people": "dave-hill",
}
"""Things of which more is known than of most."""
QUESTION = "/queries/"


@dataclass(frozen=True)
class Asked:
    """What an address took: the middle of several times.

    Units: milliseconds between question and answer, and of processor time of all processes.
    """

    path: str
    wall_ms: float
    cpu_ms: float
    size_bytes: int

    @property
    def is_question(self) -> bool:
        """Return whether it is a question of the catalogue."""
        return self.path.startswith(QUESTION)


def addresses(served: Served) -> Iterator[str]:
    """Yield every address of the contract that gives part of a record, one thing for each kind."""
    contract: dict[str, Any] = served.get("/openapi.json").json()
    for path, methods in contract["paths"].items():
        if "get" not in methods or path.startswith(_NOT_TIMED):
            continue
        if path.startswith(QUESTION):
            needed = [one for one in methods["get"].get("parameters", []) if one.get("required")]
            given = {one["name"]: EXAMPLES[one["name"]] for one in needed}
            yield f"{path}?{urlencode(given)}" if given else path
        elif "{" not in path:
            if not any(one.get("required") for one in methods["get"].get("parameters", [])):
                yield path
            if path in _FILTERS:
                yield f"{path}?{_FILTERS[path]}"
        else:
            yield from _of_one_thing(served, path)


def _of_one_thing(served: Served, path: str) -> Iterator[str]:
    """Yield the address of one thing of a kind, and of what is below it.

    It is a thing of which much is known, or else the first one of its list.
    """
    parent, _, below = path.partition("/{")
    known = _RICH.get(parent)
    if known is None:
        told = served.get(f"{parent}?limit=1", {"Accept": "application/json"})
        known = told.json()["items"][0]["id"] if told.status == 200 else None
    if known is not None:
        yield f"{parent}/{quote(known)}{below.partition('}')[2]}"


def asked(served: Served, path: str) -> Asked:
    """Return what an address takes, asked again and again of a service that keeps no answer."""
    walls, spent, size = [], [], 0
    for time in range(TIMES):
        before = cpu_s([served.process.pid])
        # What has a name of its own is not answered at the connection from what is kept there.
        headers = {"Accept": "application/json, */*;q=0.1", "X-Request-ID": f"time-{time}"}
        told = served.get(path, headers)
        assert told.status == 200, (path, told.status, told.body[:200])
        walls.append(told.seconds * 1000)
        spent.append((cpu_s([served.process.pid]) - before) * 1000)
        size = len(told.body)
    return Asked(path, statistics.median(walls), statistics.fmean(spent), size)
