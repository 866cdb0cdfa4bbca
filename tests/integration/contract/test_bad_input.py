"""What cannot be used is refused with the parameter, the reason and what is accepted."""

import logging
import re
from typing import Any
from urllib.parse import quote

import pytest
from starlette.testclient import TestClient

from tests.fixtures.guards import not_empty

_ECHO_CHARACTERS = 200
_NO_ADDRESS = 'norfulk <nowhere> "{x}|^`\\'
"""What could stand in no address of a thing."""


@pytest.mark.parametrize(
    ("address", "names"),
    [
        ("/directions?council=XYZ", "council"),
        ("/directions?in_force_on=2018-02-30", "in_force_on"),
        ("/directions?in_force_on=2018-W01-1", "in_force_on"),
        ("/directions?in_force_on=20180101", "in_force_on"),
        ("/directions?in_force_on=9999-01-01", "in_force_on"),
        ("/directions?in_force_on=0001-01-01", "in_force_on"),
        ("/inspections?from=2019-01-01&to=2018-01-01", "from"),
        ("/requirements?due_from=2019-01-01&due_to=2018-01-01", "due_from"),
        ("/queries/inspections_between?from=2019-01-01&to=2018-01-01", "from"),
        ("/queries/inspections_between?from=2019-01-01", "to"),
        ("/directions?limit=0", "limit"),
        ("/directions?limit=1000000000", "limit"),
        ("/directions?limit=-1", "limit"),
        ("/directions?colour=red", "colour"),
        ("/directions?cursor=%21%21", "cursor"),
        ("/directions?cursor=bm90LXRoZXJl", "cursor"),
        ("/councils?q=nor%00folk", "q"),
        ("/councils?q=nor%FFfolk", "q"),
        ("/councils?q=" + "n" * 1_000, "q"),
        ("/financial-support?year=2024-26", "year"),
    ],
)
def test_it_is_refused_and_named(client: TestClient, address: str, names: str) -> None:
    """The problem says which parameter is meant and what is accepted, and repeats little."""
    answer = client.get(address)
    assert answer.status_code == 400, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    body: dict[str, Any] = answer.json()
    assert names in body["detail"] and body["accepted"]
    assert len(body["value"] or "") <= _ECHO_CHARACTERS


@pytest.mark.parametrize(
    "address", ["/inspections?from=2018-01-01&to=2018-01-01", "/councils?q=%C3%A9"]
)
def test_what_can_be_used_is_answered(client: TestClient, address: str) -> None:
    """A range of one day is none that is reversed, and a letter of another language is text."""
    assert client.get(address).status_code == 200


def test_nothing_that_was_sent_is_taken_for_an_address(
    client: TestClient, caplog: pytest.LogCaptureFixture
) -> None:
    """Libraries that are given one that is none write it into the log, where nobody wants it."""
    sent = quote(_NO_ADDRESS, safe="")
    paths = client.get("/openapi.json").json()["paths"]
    with caplog.at_level(logging.DEBUG, "rdflib"):
        for path, methods in not_empty(list(paths.items())):
            given = methods.get("get", {}).get("parameters", [])
            names = [one["name"] for one in given if one["in"] == "query"]
            filled = re.sub(r"\{\w+\}", sent, path)
            for address in (filled, *(f"{filled}?{name}={sent}" for name in names)):
                assert client.get(address).status_code < 500, address
    assert [one.getMessage() for one in caplog.records if one.name.startswith("rdflib")] == []
