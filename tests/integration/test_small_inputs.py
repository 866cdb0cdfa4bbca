"""Small inputs that failed with others: what each kind gives now."""

from __future__ import annotations

import shlex
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from loaders.release.validate import check_files
from ontology.errors import UnreadableGraph
from shapes import ValidationFinding
from tests.fixtures.guards import not_empty
from tests.fixtures.servers.served import serving, write_dataset
from tests.fixtures.shared import small_inputs

MESSAGES = {
    "message-aggregate-in-filter": (
        "line 1, column 33: an aggregate cannot stand in FILTER; expected HAVING"
    ),
    "message-expected-expected": (
        "line 1, column 24: ?x is selected twice; expected each variable once"
    ),
}
FINDINGS = {
    "validate-turtle-with-byte-order-mark": {("S19", "violation"), ("V02", "warning")},
    "validate-wrong-namespace-passes": {("V01", "warning"), ("V02", "warning")},
}
REFUSED = {"validate-annotation-crashes": "says something of a statement itself"}
PROXIED = {"proxy-description-says-http": "#endpoint> <https://data.example.org/sparql>"}
"""Each small input of these kinds, with its right value or the words of its refusal."""


def words_of(case: Path) -> list[str]:
    """Return the command that a small input is given to."""
    return shlex.split((case / "README").read_text("utf-8").partition(" | got")[0])


def headers_of(case: Path) -> dict[str, str]:
    """Return the headers that the command of a small input sends."""
    words = words_of(case)
    sent = [words[at + 1].partition(": ") for at, word in enumerate(words) if word == "-H"]
    return {name: value for name, _, value in not_empty(sent)}


def test_messages(client: TestClient) -> None:
    """What is wrong in a query is told in a sentence, with its place."""
    found = small_inputs("message-*")
    assert {case.name for case in not_empty(found)} == set(MESSAGES)
    for case in found:
        given = {"query": (case / "query.rq").read_text("utf-8")}
        answer = client.post("/sparql", data=given, headers=headers_of(case))
        assert answer.status_code == 400, case.name
        assert answer.headers["content-type"].startswith("application/problem+json")
        assert MESSAGES[case.name] in answer.json()["detail"].splitlines()[0], case.name


def told(findings: list[ValidationFinding]) -> set[tuple[str, str]]:
    """Return the rules of findings, and how grave each is."""
    return {(finding.shape, finding.severity) for finding in findings}


def test_files_to_validate() -> None:
    """Each is read, or refused with its name and the reason; none passes unseen."""
    found = small_inputs("validate-*")
    assert {case.name for case in not_empty(found)} == FINDINGS.keys() | REFUSED.keys()
    for case in found:
        file = case / words_of(case)[-1]
        if case.name in REFUSED:
            with pytest.raises(UnreadableGraph, match=f"{file.name}: .*{REFUSED[case.name]}"):
                check_files([file])
        else:
            assert told(check_files([file])) == FINDINGS[case.name], case.name


def test_behind_a_proxy(tmp_path: Path) -> None:
    """The address that clients know is the one that is told, whichever settings there are."""
    found = small_inputs("proxy-*")
    assert {case.name for case in not_empty(found)} == set(PROXIED)
    dataset = write_dataset(tmp_path / "data.nq", 10)
    for settings in ({}, {"client_requests": 1_000}):
        with serving(dataset=dataset, **settings) as served:
            for case in found:
                told = served.get("/sparql", headers_of(case)).body.decode()
                assert PROXIED[case.name] in told, (case.name, settings)
