"""Every value that a setting accepts is one with which the service starts and answers."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest
from annotated_types import Ge, Gt, Le
from starlette.applications import Starlette
from starlette.types import Message

from api.hosting.lifespan import live
from data.settings import Settings
from loaders.release.service import serve
from ontology.errors import EngineFailed
from tests.fixtures.guards import not_empty
from tests.fixtures.servers.served import COUNT, PROGRAM, free_port, serving, write_dataset

TRIPLES = 1_000
NOBODY = "http://127.0.0.1:1/"
"""A store that is not there."""
OF_OTHERS = "port", "fetch_seconds", "fetch_bytes", "kept_stores"
"""Settings that the test itself gives, or that are of other commands."""


def bounds() -> dict[str, tuple[int, int]]:
    """Return the smallest and the largest value of each number that the service is given."""
    found = {}
    for name, field in Settings.model_fields.items():
        marks = field.metadata
        above = [int(str(one.gt)) + 1 for one in marks if isinstance(one, Gt)]
        least = above + [int(str(one.ge)) for one in marks if isinstance(one, Ge)]
        most = [int(str(one.le)) for one in marks if isinstance(one, Le)]
        if least and name not in OF_OTHERS:
            found[name] = max(least), min(most)
    return found


@pytest.fixture(scope="module")
def dataset(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a file with some triples."""
    return write_dataset(tmp_path_factory.mktemp("odd") / "data.nq", TRIPLES)


def test_each_number_has_a_smallest_and_a_largest_value() -> None:
    """None is without a bound: what no machine can do is refused before anything starts."""
    fields = Settings.model_fields.items()
    numbers = not_empty([name for name, field in fields if "int" in str(field.annotation)])
    unbounded = [one for one in numbers if one not in (*OF_OTHERS, *bounds(), "client_requests")]
    assert unbounded == []


@pytest.mark.parametrize("place", [0, 1], ids=["smallest", "largest"])
def test_all_at_their_bounds(place: int, dataset: Path) -> None:
    """It starts, and shows its pages; a visitor's query is answered, or told the limit it met."""
    settings = {name: pair[place] for name, pair in bounds().items()}
    with serving(dataset=dataset, **settings) as served:
        for path in ("/", "/councils", "/councils.csv", "/ask?q=Norfolk"):
            assert served.get(path).status == 200, path
        told = served.ask(COUNT)
        assert told.status == (200 if place else 413), told.body
        served.stop()
        assert "Traceback" not in served.log()


def test_small_answers_are_those_of_visitors(dataset: Path) -> None:
    """What the service asks for its own pages is not meant by the limit of an answer."""
    with serving(dataset=dataset, answer_bytes=1, answer_rows=1) as served:
        assert served.get("/").status == 200
        told = served.ask(COUNT)
    assert told.status == 503 and b"answer is larger than 1 bytes" in told.body


@pytest.mark.parametrize("fault", [EngineFailed("no room"), ValueError("a fault")], ids=repr)
def test_a_start_that_fails_is_told_in_one_line(fault: Exception) -> None:
    """What the project says of it is words alone; a fault keeps the lines of code."""

    @asynccontextmanager
    async def failing(app: Starlette) -> AsyncIterator[None]:
        raise fault
        yield

    sent: list[Message] = []

    async def receive() -> Message:
        return {"type": "lifespan.startup"}

    async def send(message: Message) -> None:
        sent.append(message)

    starting = live(Starlette(lifespan=failing), {"type": "lifespan"}, receive, send)
    with pytest.raises(type(fault)):
        asyncio.run(starting)
    (told,) = sent
    assert told["type"] == "lifespan.startup.failed"
    assert ("Traceback" in told["message"]) == (not isinstance(fault, EngineFailed))
    assert str(fault) in told["message"]


def test_a_host_that_is_not_this_machine_is_named_with_its_setting() -> None:
    """Whoever started the service finds what to set right, before anything is loaded."""
    command = [sys.executable, "-c", PROGRAM, "serve", "--host", "192.0.2.1", "--engine", NOBODY]
    told = subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)
    assert told.returncode == 2
    assert "INTERVENTIONS_HOST='192.0.2.1': " in told.stderr
    assert "; expected an address of this machine" in told.stderr


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_an_address_of_this_machine_is_listened_on(
    host: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """By name, and in both families of addresses: it goes on to the store, which is not there."""
    if ":" in host and not Path("/proc/net/if_inet6").exists():
        pytest.skip("this machine has no address of that family")
    monkeypatch.setenv("PYTHONSAFEPATH", "1")
    with pytest.raises(EngineFailed):
        serve(Settings(host=host, port=free_port(), engine=NOBODY), 1)
