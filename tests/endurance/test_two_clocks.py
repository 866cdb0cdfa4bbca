"""What was so on a day, as known on another: the service, SPARQL and the claims alone agree.

The third is a model that reads the N-Quads and chooses among the claims by itself.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date, timedelta
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from starlette.testclient import TestClient

from data.releases import current_release
from tests.fixtures.guards import not_empty
from tests.fixtures.pages import read
from tests.fixtures.two_clocks import Record, read_record

QUESTIONS = 1_000
SEED = 13
FIRST, LAST = date(2008, 1, 1), date(2026, 11, 1)
LISTS = {"Appointment": "appointments", "Direction": "directions", "Intervention": "interventions"}
PRESENT = {"Council": "councils", "SupportAmount": "financial-support"}
"""Lists of what is there on a day or not, without a certainty."""
PREFIX = "PREFIX ci: <https://w3id.org/council-interventions/ns#> "
PATTERNS = {
    "Council": """ASK {{ <{thing}> a ci:Council
        FILTER NOT EXISTS {{ <{thing}> ci:vestedOn ?first . FILTER(STR(?first) > "{as_of}") }}
        FILTER NOT EXISTS {{ <{thing}> ci:dissolvedOn ?last . FILTER(STR(?last) <= "{as_of}") }}
    }}""",
    "SupportAmount": """ASK {{ <{thing}> ci:stated/ci:latest ?day
        FILTER(STR(?day) <= "{as_of}" && STR(?day) <= "{known_at}")
        FILTER NOT EXISTS {{ ?later ci:supersedes <{thing}> ; ci:stated/ci:latest ?later_day
            FILTER(STR(?later_day) <= "{as_of}" && STR(?later_day) <= "{known_at}") }} }}""",
}
"""How the same is asked in SPARQL."""
PLAIN = {
    "Appointment": ("office_holders_on_a_day", "appointment"),
    "Direction": ("directions_in_force", "direction"),
}
"""Questions about a day that may be asked with a day of knowledge, and their columns of things."""
CERTAINTIES = "certain", "planned", "possible", "not-heard-of"
NAMES = "signed", "ended", "takenUp", "vacated", "plannedEnd", "stated"
HIT_SHARE = 0.2


class Asked(NamedTuple):
    """A thing, the day asked about, and the day by which it was known."""

    kind: str
    thing: str
    as_of: str
    known_at: str


@pytest.fixture(scope="module")
def record(national: Path) -> Record:
    """Return the claims of the national release."""
    return read_record(current_release(national) / "data.nq")


def questions(record: Record, number: int) -> list[Asked]:
    """Return questions about things at random, half of them on days near what is known of it."""
    chance = random.Random(SEED)
    things = {kind: not_empty(record.things(kind)) for kind in (*LISTS, *PRESENT)}
    asked = []
    for _ in range(number):
        kind = chance.choice(list(things))
        thing = chance.choice(things[kind])
        days = sorted(days_near(record, kind, thing))
        pair = [
            chance.choice(days) + timedelta(chance.randint(-2, 400))
            if days and chance.random() < 0.75
            else FIRST + timedelta(chance.randrange((LAST - FIRST).days))
            for _ in range(2)
        ]
        as_of, known_at = (min(max(day, FIRST), LAST).isoformat() for day in pair)
        asked.append(Asked(kind, thing, as_of, known_at))
    return asked


def days_near(record: Record, kind: str, thing: str) -> set[date]:
    """Return the days on which what is known of a thing may change."""
    acts = record.of_intervention(thing) if kind == "Intervention" else [thing]
    known = {one.known for act in acts for name in NAMES for one in record.told[act, name]}
    return {date.fromisoformat(day) for day in known if day < "2026-11-01"}


def told_by_claims(record: Record, asked: Asked) -> tuple[str, str | None] | None:
    """Return the certainty that the claims alone give, and the first day of the act."""
    if asked.kind != "Intervention":
        return record.state(asked.thing, asked.as_of, asked.known_at)
    states = [
        state
        for act in record.of_intervention(asked.thing)
        if (state := record.state(act, asked.as_of, asked.known_at))
    ]
    return min(states, key=lambda state: CERTAINTIES.index(state[0]), default=None)


def asked_of(asked: Asked) -> str:
    """Return the parameters of a question, with the council that the name of the thing tells."""
    council = asked.thing.rpartition("/")[2].split("-")[1 if asked.kind == "Intervention" else 0]
    of_council = f"&council={council}" if council.isupper() else ""
    return f"as_of={asked.as_of}&known_at={asked.known_at}&with=not-heard-of{of_council}"


def told_by_service(england: TestClient, asked: Asked) -> dict[str, Any] | None:
    """Return the thing as its list shows it on the two days."""
    body = read(england, f"/{LISTS[asked.kind]}?{asked_of(asked)}&limit=1000")
    assert (body["as_of"], body["known_at"]) == (asked.as_of, asked.known_at)
    return next((item for item in body["items"] if item["iri"] == asked.thing), None)


def told_by_sparql(england: TestClient, asked: Asked) -> dict[str, str] | None:
    """Return the surest row about a thing of the documented query."""
    rows = read(england, f"/queries/acts_as_known?{asked_of(asked)}")["items"]
    column = "intervention" if asked.kind == "Intervention" else "act"
    return next((row for row in rows if row.get(column) == asked.thing), None)


def told_by_the_plain_question(
    england: TestClient, asked: Asked, expected: tuple[str, str | None] | None
) -> None:
    """Check that the question about a day tells the same where a day of knowledge is given too."""
    if asked.kind not in PLAIN:
        return
    name, column = PLAIN[asked.kind]
    parameters = f"day={asked_of(asked).removeprefix('as_of=')}"
    rows = read(england, f"/queries/{name}?{parameters}")["items"]
    certainty = next((row["certainty"] for row in rows if row[column] == asked.thing), None)
    assert certainty == (expected[0] if expected else None), asked


def is_there(england: TestClient, record: Record, asked: Asked) -> bool:
    """Return whether a council or a sum is there on the two days, on which all three agree."""
    code = asked.thing.rpartition("/")[2]
    if asked.kind == "Council":
        expected = record.is_there(asked.thing, asked.as_of)
        narrow = f"&q={code}"
    else:
        expected = record.is_stated(asked.thing, asked.as_of, asked.known_at)
        narrow = f"&council={code.split('-')[0].upper()}"
    days = f"as_of={asked.as_of}&known_at={asked.known_at}"
    listed = read(england, f"/{PRESENT[asked.kind]}?{days}{narrow}&limit=1000")["items"]
    assert (asked.thing in [one["iri"] for one in listed]) == expected, asked
    query = PREFIX + PATTERNS[asked.kind].format(**asked._asdict())
    answer = england.get("/sparql", params={"query": query}, headers={"Accept": "text/csv"})
    assert (answer.text.strip() == "true") == expected, (asked, answer.text)
    return expected


def test_the_service_sparql_and_the_claims_agree(
    england: TestClient, record: Record, share: Callable[[int], int]
) -> None:
    """For random things and days all three give one certainty, or all three none."""
    found = 0
    for asked in not_empty(questions(record, share(QUESTIONS))):
        if asked.kind in PRESENT:
            found += is_there(england, record, asked)
            continue
        expected = told_by_claims(record, asked)
        told_by_the_plain_question(england, asked, expected)
        item, row = told_by_service(england, asked), told_by_sparql(england, asked)
        certainty = expected[0] if expected else None
        assert (item["certainty"] if item else None) == certainty, asked
        assert (row["certainty"] if row else None) == certainty, asked
        if expected and row and asked.kind != "Intervention":
            assert row["begun_from"] == expected[1], asked
        if item and asked.kind == "Direction":
            span = record.span(asked.thing, ["signed"], asked.known_at)
            shown = item["signed"] or {}
            assert (shown.get("earliest"), shown.get("latest")) == (span or (None, None)), asked
        found += expected is not None
    assert found > HIT_SHARE * share(QUESTIONS), "nearly all answers are that nothing is known"


@pytest.mark.parametrize("path", sorted((*LISTS.values(), PRESENT["SupportAmount"])))
def test_once_all_sources_are_known_nothing_is_left_out(england: TestClient, path: str) -> None:
    """From the newest source on, the answer is the one without the day; long before, none is."""
    every = read(england, f"/{path}?limit=10")
    later = read(england, f"/{path}?limit=10&known_at=2030-01-01")
    assert not_empty(later["items"]) == every["items"]
    assert later["total"] == every["total"]
    assert read(england, f"/{path}?known_at=1990-01-01")["total"] == 0
