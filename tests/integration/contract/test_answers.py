"""The contract: every address is described, and every real answer is of the schema it has there."""

from collections.abc import Iterator
from typing import Any
from urllib.parse import urlencode

import pytest
from jsonschema import Draft202012Validator
from starlette.testclient import TestClient

from api.analysis.pictures.all_pictures import PICTURES
from tests.fixtures.guards import not_empty, replaced

Json = dict[str, Any]

_JSON = "application/json"
_PARTS: dict[str, tuple[str, ...]] = {
    "/councils/{code}": ("NFK", "BIR", "NTH"),
    "/councils/{code}/events": ("NFK", "WNM"),
    "/analysis/{name}": tuple(PICTURES),
    "/authorities/{code}": ("WMCA",),
    "/authorities/{code}/events": ("WMCA",),
    "/doc/{kind}/{local}": ("office/sos-education", "scheme/grade"),
}
"""Ends of addresses that are tried where no list tells them."""


def closed(schema: Any) -> Any:
    """Return a schema that takes no key beside those that it names."""
    if isinstance(schema, list):
        return [closed(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    found = {key: closed(value) for key, value in schema.items()}
    is_object = schema.get("type") == "object" and isinstance(schema.get("properties"), dict)
    return found | ({"additionalProperties": False} if is_object else {})


class Contract:
    """The document of a service, and what checks answers against it."""

    def __init__(self, client: TestClient) -> None:
        """Ask for the document."""
        self.document: Json = client.get("/openapi.json").json()
        self.components = closed(self.document["components"])
        self.operations: dict[str, Json] = {
            path: item["get"] for path, item in self.document["paths"].items() if "get" in item
        }

    def faults(self, path: str, body: Any) -> list[str]:
        """Return in which ways an answer is not of its schema."""
        schema = self.operations[path]["responses"]["200"]["content"][_JSON]["schema"]
        validator = Draft202012Validator({**closed(schema), "components": self.components})
        return [
            f"{error.json_path}: {error.message[:200]}" for error in validator.iter_errors(body)
        ]

    def answers_json(self, path: str) -> bool:
        """Return whether an address answers JSON."""
        answer = self.operations[path]["responses"].get("200", {})
        return _JSON in answer.get("content", {})


@pytest.fixture(scope="module")
def contract(england: TestClient) -> Contract:
    """Return the contract of the service on the national release."""
    return Contract(england)


def example_of(schema: Json) -> str | None:
    """Return a value that a parameter takes, if its schema tells one."""
    if "enum" in schema:
        return str(schema["enum"][0])
    return str(schema["examples"][0]) if "examples" in schema else None


def filters(operation: Json) -> Iterator[dict[str, str]]:
    """Yield filters to try on short pages: those that have to be given, and each other alone."""
    parameters = [one for one in operation.get("parameters", ()) if one["in"] == "query"]
    is_paged = any(one["name"] == "limit" for one in parameters)
    parameters = [one for one in parameters if one["name"] not in ("limit", "cursor")]
    values = {one["name"]: example_of(one["schema"]) for one in parameters}
    needed = {one["name"]: values[one["name"]] or "NFK" for one in parameters if one["required"]}
    needed |= {"limit": "5"} if is_paged else {}
    yield needed
    for name, value in values.items():
        if name not in needed and value:
            yield needed | {name: value}


def test_every_address_is_described(england: TestClient, contract: Contract) -> None:
    """A new route has to say what it takes and answers."""
    application: Any = england.app
    routes = set(not_empty(application.app.openapi()["paths"]))
    described = {
        "/queries/{name}" if path.startswith("/queries/") else path
        for path in contract.document["paths"]
    }
    assert routes == described


def test_the_document_is_openapi(contract: Contract) -> None:
    """Identifiers of operations are unique, each reference leads somewhere, each status is told."""
    names = [
        one["operationId"] for item in contract.document["paths"].values() for one in item.values()
    ]
    assert len(not_empty(names)) == len(set(names))
    groups = {
        one["operationId"]: one.get("tags")
        for item in contract.document["paths"].values()
        for one in item.values()
    }
    assert all(not_empty(list(groups.values()))), groups
    references = list(_references(contract.document))
    known = {
        f"#/components/{part}/{name}"
        for part, inner in contract.document["components"].items()
        for name in inner
    }
    assert set(not_empty(references)) <= known
    for schema in not_empty(list(contract.document["components"]["schemas"].values())):
        Draft202012Validator.check_schema(schema)


def _references(value: Any) -> Iterator[str]:
    if isinstance(value, dict):
        if "$ref" in value:
            yield value["$ref"]
        value = list(value.values())
    if isinstance(value, list):
        for part in value:
            yield from _references(part)


def test_lists_and_questions_answer_as_described(england: TestClient, contract: Contract) -> None:
    """With each filter, a page is of its schema, and has no key that is not described."""
    wrong, tried = [], 0
    for path, operation in not_empty(contract.operations.items()):
        if "{" in path or not contract.answers_json(path) or path == "/openapi.json":
            continue
        for given in not_empty(filters(operation)):
            answer = england.get(f"{path}?{urlencode(given)}", headers={"Accept": _JSON})
            assert answer.status_code == 200, (path, given, answer.text)
            tried += 1
            wrong += [f"{path} {given}: {fault}" for fault in contract.faults(path, answer.json())]
    assert tried > 150
    assert wrong == []


def test_things_answer_as_described(england: TestClient, contract: Contract) -> None:
    """The things that a list names, of its beginning and its end, are of the schema of one."""
    wrong, tried = [], 0
    for path, part in not_empty(_things(england, contract)):
        answer = england.get(part, headers={"Accept": _JSON})
        assert answer.status_code == 200, (part, answer.text)
        tried += 1
        wrong += [f"{part}: {fault}" for fault in contract.faults(path, answer.json())]
    assert tried > 40
    assert wrong == []


def _things(england: TestClient, contract: Contract) -> Iterator[tuple[str, str]]:
    for path in contract.operations:
        stem, brace, _ = path.partition("/{")
        if path in _PARTS:
            base = path.partition("{")[0]
            for part in _PARTS[path]:
                yield path, replaced(path, "{code}", part) if "{code}" in path else base + part
        elif brace and path.count("{") == 1 and path.endswith("}") and contract.answers_json(path):
            if stem not in contract.operations:
                continue
            items = england.get(f"{stem}?limit=1000").json()["items"]
            for item in [*items[:3], *items[-2:]]:
                yield path, f"{stem}/{item['id']}"
