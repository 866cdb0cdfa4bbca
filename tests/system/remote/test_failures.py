"""A store that fails: asked again where that helps, else left alone, and never half believed."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from api.app import create_app
from api.observation.engine import WatchedEngine
from data.settings import Settings
from loaders.release.remote_store import Login, open_target
from ontology.errors import (
    EngineFailed,
    EngineTimeout,
    InterventionsError,
    QueryRefused,
    QueryTimeout,
    QueryTooLarge,
    TooManyQueries,
    WrongSetting,
)
from queries.engine.interface import N_TRIPLES, RESULTS_JSON, Question
from queries.engine.limits import QueryLimits
from queries.pool.pool import Places
from queries.remote import lookup
from queries.remote.call import Call, ConnectionLost, Endpoint, fetch
from queries.remote.circuit import FAILURES_TO_OPEN, PAUSE_S, Circuit
from queries.remote.release import RemoteRelease
from queries.remote.store import RemoteEngine
from tests.fixtures.guards import not_empty
from tests.fixtures.servers.flaky_server import (
    Answer,
    Flaky,
    flaky,
    redirect,
    reset,
    send,
    trickle,
    trickle_head,
    wait,
)
from tests.fixtures.servers.remote_stores import oxigraph

YES = b'{"head":{},"boolean":true}'
ROWS = b'{"head":{"vars":["s"]},"results":{"bindings":[{"s":{"type":"uri","value":"x:a"}}]}}'
TRIPLES = b"<x:a> <x:b> <x:c> .\n"
ASK = Question("ASK { }", RESULTS_JSON)
SELECT = Question("SELECT ?s { ?s ?p ?o }", "text/csv")
CONSTRUCT = Question("CONSTRUCT WHERE { ?s ?p ?o }", N_TRIPLES)
NT = "application/n-triples"
PARTIAL = {"X-SQL-State": "S1TAT"}
SILENT_S = 30
EARLY_S = 15
"""Long before a silent store answers, however busy the machine is."""


def engine_on(
    server: Flaky, *, query_s: float = 5, places: tuple[int, int] = (2, 2), is_trusted: bool = False
) -> RemoteEngine:
    """Return an engine that asks a flaky server."""
    return RemoteEngine(
        Endpoint(server.url),
        RemoteRelease("one", (), False),
        QueryLimits(query_s, 0, 10**5, 1000),
        Places(*places, 0, b""),
        is_trusted=is_trusted,
    )


def outcome(question: Question, *answers: Answer, query_s: float = 5) -> tuple[object, int]:
    """Return what an engine answers, or its error, and how often the server was asked."""
    with flaky(*answers) as server:
        try:
            found: object = engine_on(server, query_s=query_s).answer_now(question)
        except InterventionsError as error:
            found = type(error)
            return found if type(error).__module__.startswith("ontology") else EngineFailed, len(
                server.asked
            )
        return found, len(server.asked)


@pytest.mark.parametrize("fault", [reset, send(b"", 503), send(b"", 502), send(YES[:9], length=26)])
def test_a_lost_connection_is_tried_again(fault: Answer) -> None:
    """Twice, with a pause; the third answer counts."""
    assert outcome(ASK, fault, send(YES)) == (YES, 2)
    assert outcome(ASK, fault, fault, send(YES)) == (YES, 3)
    assert outcome(ASK, fault) == (EngineFailed, 3)


@pytest.mark.parametrize(
    ("question", "answer", "expected"),
    [
        (ASK, send(b"no", 400, "text/plain"), QueryRefused),
        (ASK, send(b"oops", 500, "text/plain"), EngineFailed),
        (ASK, send(b"Virtuoso 37000 Error TR", 500, "text/plain"), QueryRefused),
        (ASK, send(b"Virtuoso 42000 Error The estimated execution time", 500), QueryTimeout),
        (ASK, send(b"who", 401), EngineFailed),
        (ASK, send(b"no", 403), EngineFailed),
        (ASK, send(b"where", 404), EngineFailed),
        (ASK, send(YES, headers=PARTIAL), QueryTimeout),
        (SELECT, send(ROWS, headers=PARTIAL), QueryTimeout),
        (SELECT, send(ROWS[:-3]), EngineFailed),
        (SELECT, send(ROWS[:-3] + b"The query was cancelled"), EngineFailed),
        (SELECT, send(ROWS + b"The query was cancelled"), EngineFailed),
        (SELECT, send(ROWS[:60], length=-1), EngineFailed),
        (SELECT, send(YES), EngineFailed),
        (ASK, send(b"<html>sign in</html>", media_type="text/html"), EngineFailed),
        (ASK, send(b""), EngineFailed),
        (CONSTRUCT, send(TRIPLES * 2 + b"The query was cancelled", media_type=NT), EngineFailed),
        (CONSTRUCT, send(TRIPLES[:-3], media_type=NT), EngineFailed),
        (CONSTRUCT, send(TRIPLES, media_type=NT, length=-1), EngineFailed),
        (SELECT, send(ROWS + b" " * 300_000), QueryTooLarge),
    ],
)
def test_what_is_not_whole_or_right_is_an_error(
    question: Question, answer: Answer, expected: type[InterventionsError]
) -> None:
    """It is asked once: the same query would fail the same way."""
    assert outcome(question, answer) == (expected, 1)


def test_whole_answers_are_answers() -> None:
    """The cases above differ from these in one thing each."""
    assert outcome(SELECT, send(ROWS)) == (b"s\r\nx:a\r\n", 1)
    assert outcome(SELECT, send(ROWS, length=-1)) == (b"s\r\nx:a\r\n", 1)
    assert outcome(CONSTRUCT, send(TRIPLES * 2, media_type=NT)) == (TRIPLES, 1)
    graphs = {f"X-Graph-{number}": f"x:{number}" for number in range(300)}
    assert outcome(ASK, send(YES, headers=graphs)) == (YES, 1)


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (trickle(ROWS, 1), EngineTimeout),
        (trickle_head(0.05), EngineTimeout),
        (wait(SILENT_S, send(ROWS)), EngineTimeout),
        (send(ROWS, headers=PARTIAL), QueryTimeout),
        (send(ROWS + b" " * 200_000), QueryTooLarge),
        (send(ROWS[:-3]), EngineFailed),
        (send(b"no", 400), EngineFailed),
        (send(b"who", 401), EngineFailed),
        (reset, ConnectionLost),
    ],
)
def test_a_store_is_not_looked_through_for_ever(
    answer: Answer, expected: type[InterventionsError], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is our own to ask has its limits too, and is believed only when it is whole."""
    monkeypatch.setattr(lookup, "_LOOKING_LIMITS", QueryLimits(1, 0, 10**5, 1000))
    begun = time.monotonic()
    with flaky(answer) as server, pytest.raises(expected):
        lookup.ask_rows(Endpoint(server.url), lookup.COUNTED)
    assert time.monotonic() - begun < EARLY_S


@pytest.mark.parametrize(
    "answer", [wait(SILENT_S, send(YES)), trickle(YES, 1), trickle_head(0.05), trickle_head(0.2)]
)
def test_a_slow_store_is_not_waited_for(answer: Answer) -> None:
    """Neither one that is silent nor one that sends a byte now and then."""
    begun = time.monotonic()
    assert outcome(ASK, answer, query_s=1) == (EngineTimeout, 1)
    assert time.monotonic() - begun < EARLY_S


def test_a_slow_head_gives_its_place_back_at_the_limit() -> None:
    """A store that sends its head byte by byte holds neither the visitor nor the thread."""

    async def ask_twice(engine: RemoteEngine) -> list[BaseException | bytes]:
        found = [*await asyncio.gather(engine.answer(ASK), return_exceptions=True)]
        await asyncio.sleep(0.3)
        assert engine._running == 0
        found += await asyncio.gather(engine.answer(ASK), return_exceptions=True)
        await engine.drain()
        return found

    with flaky(trickle_head(0.05), send(YES)) as server:
        late, answered = asyncio.run(ask_twice(engine_on(server, query_s=1, places=(1, 1))))
    assert isinstance(late, EngineTimeout)
    assert isinstance(answered, bytes) and b"true" in answered


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_password_never_follows_a_redirect(status: int) -> None:
    """Nor does a question: neither ours nor a visitor's; what to do is told."""
    with flaky(send(YES)) as other, flaky(redirect(other.url, status)) as server:
        endpoint = Endpoint(server.url, "user", "secret")
        with pytest.raises(EngineFailed, match=f"{status} and sends to {other.url}.*--engine"):
            lookup.ask_rows(endpoint, lookup.COUNTED)
        with pytest.raises(EngineFailed, match=f"{status} and sends to {other.url}.*--engine"):
            fetch(endpoint, "ASK {}", "ASK", (), "*/*", Call(time.monotonic() + 5, 10**5))
        with pytest.raises(EngineFailed):
            open_target(server.url, server.url, None, Login("user", "secret")).writer.remove(
                "x:graph"
            )
        assert other.asked == []
        assert "Authorization" in server.asked[0][0]


def test_a_slow_store_holds_its_place_and_no_more_than_that() -> None:
    """Whoever finds no place is told at once; the limit of time holds on the clock."""

    async def ask_many(engine: RemoteEngine) -> list[bytes | BaseException]:
        begun = time.monotonic()
        found = await asyncio.gather(
            *(engine.answer(ASK) for _ in range(6)), return_exceptions=True
        )
        assert time.monotonic() - begun < EARLY_S
        await engine.drain()
        return found

    with flaky(wait(SILENT_S, send(YES))) as server:
        found = asyncio.run(ask_many(engine_on(server, query_s=1)))
        kinds = sorted(type(error).__name__ for error in found)
        assert kinds == ["EngineTimeout"] * 2 + ["TooManyQueries"] * 4
        assert len(server.asked) == 2
    assert all(isinstance(error, EngineTimeout | TooManyQueries) for error in not_empty(found))


def test_a_client_that_has_gone_is_not_answered() -> None:
    """Its place is given back before the limit."""

    async def leave(engine: RemoteEngine) -> float:
        async def gone() -> None:
            await asyncio.sleep(0.1)

        begun = time.monotonic()
        with pytest.raises(EngineTimeout):
            await engine.answer(ASK, gone)
        return time.monotonic() - begun

    with flaky(wait(SILENT_S, send(YES))) as server:
        assert asyncio.run(leave(engine_on(server, query_s=SILENT_S))) < EARLY_S


def test_the_circuit_opens_and_closes() -> None:
    """After failures in a row nothing is let through; later one, and its success closes it."""
    clock = [0.0]
    circuit = Circuit(lambda: clock[0])
    for _ in range(FAILURES_TO_OPEN):
        circuit.enter()
        circuit.failed()
    with pytest.raises(EngineFailed, match="left alone"):
        circuit.enter()
    clock[0] = PAUSE_S + 0.1
    circuit.enter()
    with pytest.raises(EngineFailed, match="left alone"):
        circuit.enter()
    circuit.succeeded()
    circuit.enter()


def test_a_dead_store_is_left_alone() -> None:
    """Once the circuit is open, no connection is made and nobody waits."""
    with flaky(reset) as server:
        engine = engine_on(server)
        for _ in range(2):
            with pytest.raises(EngineFailed):
                engine.answer_now(ASK)
        assert len(server.asked) == FAILURES_TO_OPEN
        with pytest.raises(EngineFailed, match="left alone"):
            engine.answer_now(ASK)
        assert len(server.asked) == FAILURES_TO_OPEN


@pytest.mark.parametrize("answer", [send(b"oops", 500), wait(1.2, send(YES)), send(b"{")])
def test_a_visitor_cannot_open_the_circuit(answer: Answer) -> None:
    """A query that the store fails at says nothing about the next; one of our own does."""
    with flaky(answer) as server:
        visitors = engine_on(server, query_s=0.5)
        for _ in not_empty(range(FAILURES_TO_OPEN + 1)):
            with pytest.raises(EngineFailed):
                visitors.answer_now(ASK)
        assert len(server.asked) == FAILURES_TO_OPEN + 1
    with flaky(send(b"oops", 500)) as server:
        own = engine_on(server, is_trusted=True)
        for _ in not_empty(range(FAILURES_TO_OPEN + 1)):
            with pytest.raises(EngineFailed):
                own.answer_now(ASK)
        assert len(server.asked) == FAILURES_TO_OPEN


@pytest.mark.parametrize(
    "text",
    [
        "ASK { } # LOAD",
        "# LOAD\nASK { }",
        "PREFIX add: <x:load> ASK { }",
        "PREFIX a: <b> " * 400 + "ASK { }",
    ],
)
def test_a_query_is_always_sent_as_a_query(text: str) -> None:
    """The library guesses an update from words; and its patterns must not be tried for ever."""
    begun = time.monotonic()
    with flaky(send(YES)) as server:
        engine_on(server).answer_now(Question(text, RESULTS_JSON))
        [(headers, body)] = server.asked
        assert body.startswith(b"query=") and b"update=" not in body
        assert "Authorization" not in headers
    assert time.monotonic() - begun < EARLY_S


@pytest.mark.parametrize(
    "address", ["file:///etc/hosts", "http://", "http://[bad/", "http://x:y/", "http://x:99999/"]
)
def test_the_address_must_be_one_of_the_web(address: str) -> None:
    """The library would open a file as well, and stops at an address that is not whole."""
    with pytest.raises(WrongSetting, match="expected the http"):
        Endpoint(address)
    with pytest.raises(WrongSetting, match="expected the http"):
        open_target("http://127.0.0.1:9/", None, address, None)


def test_what_a_store_fails_with_is_told_without_the_words_of_a_library() -> None:
    """Its status, or what the system says."""
    with flaky(send(b"", 503)) as server, pytest.raises(ConnectionLost, match=r"answered 503 \w+"):
        lookup.ask_rows(Endpoint(server.url), lookup.COUNTED)
    with pytest.raises(ConnectionLost, match="reached: ") as caught:
        lookup.ask_rows(Endpoint("http://127.0.0.1:9/"), lookup.COUNTED)
    assert "urlopen" not in str(caught.value)


def test_problems_have_their_statuses(tmp_path: Path) -> None:
    """A store that goes away while the service runs: 502 in the one shape, and back again."""
    (tmp_path / "store").mkdir()
    with oxigraph(tmp_path / "store") as store:
        app = create_app(Settings(engine=store.url, query_seconds=2))

        def turn_to(url: str) -> None:
            service = app._current()
            assert service is not None
            for watched in (service.engine, service.visitors):
                assert isinstance(watched, WatchedEngine)
                assert isinstance(watched.inner, RemoteEngine)
                watched.inner._endpoint = Endpoint(url)

        with TestClient(app) as client:
            assert client.get("/sparql", params={"query": "ASK { }"}).status_code == 200
            for answer, status, kind in (
                (reset, 502, "engine-failed"),
                (wait(SILENT_S, send(YES)), 504, "engine-timeout"),
                (send(b"no", 400), 400, "query-refused"),
                (send(YES, headers=PARTIAL), 503, "out-of-time"),
            ):
                with flaky(answer) as server:
                    turn_to(server.url)
                    told = client.get("/sparql", params={"query": f"ASK {{ }} # {kind}"})
                    assert told.status_code == status, told.text
                    assert told.headers["content-type"] == "application/problem+json"
                    assert told.json()["type"] == f"/docs#{kind}"
                    assert ("retry-after" in told.headers) == (status in (502, 504))
            turn_to(store.url)
            assert client.get("/sparql", params={"query": "ASK { } #"}).status_code == 200
