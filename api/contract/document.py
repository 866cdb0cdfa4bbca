"""The OpenAPI document of the service, for the release that is served."""

from collections import defaultdict
from typing import Any

from fastapi import FastAPI

from api.contract.bodies import components
from api.contract.operations import Operation, operations
from api.contract.parameters import values
from api.contract.schemas import shared
from api.hosting.state import Service
from api.http.problems import PROBLEM, PROBLEMS, Problem

Json = dict[str, Any]

_FOR_ALL = 400, 404, 406, 408, 413, 414, 429, 431, 500, 502, 503, 504
"""Statuses of problems that any address may answer with."""
_WITH_BODY = (*_FOR_ALL, 415)
"""What is sent can be of a wrong type too."""
_REDIRECTIONS = {303: "The description of the thing", 308: "The address that the thing has now"}
_HEADERS: dict[str, Json] = {
    "ETag": {"description": "changes with the bytes", "schema": {"type": "string"}},
    "Link": {"description": "rel=next: the page after this one", "schema": {"type": "string"}},
    "X-Total-Count": {"description": "items on all pages", "schema": {"type": "integer"}},
}
_OF_LISTS = "Link", "X-Total-Count"
_VERSIONS = (
    "Addresses, parameters, keys and columns stay within a version of the contract. What is "
    "added (an address, an optional parameter, a key, a value of a list, a problem) changes the "
    "second number of `version`, and clients take no notice of keys that they do not know. What is "
    "to go is first marked `deprecated` here and answers with the header `Deprecation` "
    "(RFC 9745) and, once the day is known, `Sunset` (RFC 8594), at least a year before; then the "
    "first number changes. The data has identifiers of its own: `release` in each answer."
)


def openapi_document(app: FastAPI, service: Service) -> Json:
    """Return the OpenAPI 3.1 document: each address, what it takes, and the schema of its answer.

    Out: the lists of values are those of the release.
    """
    # What the framework knows of its routes: their names for people.
    routes: Json = app.openapi()["paths"]
    paths: dict[str, Json] = defaultdict(dict)
    for group, path, method, operation in operations(service):
        route = routes.get(operation.source or path, {}).get(method, {})
        paths[path][method] = _described(operation, group, route)
    for path, item in routes.items():
        # An address that has no entry yet is told as far as its route tells it.
        if path not in paths and not path.startswith("/queries/"):
            paths[path] = {method: _bare(described) for method, described in item.items()}
    document: Json = {
        "openapi": "3.1.0",
        "info": {
            "title": app.title,
            "version": app.version,
            "summary": app.summary,
            "description": _VERSIONS,
            "license": {"name": "MIT (code); see /docs for the data", "identifier": "MIT"},
        },
        "servers": app.servers or [{"url": "/"}],
        "paths": dict(paths),
        "components": {"schemas": components() | values(service), "responses": _problems()},
    }
    return document


def _example(problem: Problem) -> Json:
    """Return how a problem is told."""
    return {
        "type": f"/docs#{problem.name}",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.title,
        "instance": "/directions",
        "value": None,
        "accepted": [],
    }


def _problems() -> dict[str, Json]:
    """Return an answer for each status of a problem."""
    by_status: dict[int, list[Problem]] = defaultdict(list)
    for problem in dict.fromkeys(PROBLEMS.values()):
        by_status[problem.status].append(problem)
    return {
        f"Problem{status}": {
            "description": "; ".join(sorted({problem.title for problem in problems})),
            "content": {
                PROBLEM: {"schema": shared("Problem"), "example": _example(problems[0])},
                "text/html": {"schema": {"type": "string"}},
            },
        }
        for status, problems in sorted(by_status.items())
    }


def _described(operation: Operation, group: str, route: Json) -> Json:
    described: Json = {
        "operationId": operation.id,
        "tags": [group],
        "summary": operation.summary or route.get("summary", ""),
        "description": operation.description or route.get("description", ""),
        "parameters": list(operation.parameters),
        "responses": _responses(operation),
    }
    if operation.body:
        content = {
            media: {"schema": schema} if schema else {} for media, schema in operation.body.items()
        }
        described["requestBody"] = {"required": True, "content": content}
    return described


def _bare(described: Json) -> Json:
    """Return what the framework knows of an operation, with the problems of any address."""
    answer = {"description": "What was asked for"}
    problems = {
        str(status): {"$ref": f"#/components/responses/Problem{status}"} for status in _WITH_BODY
    }
    return {**described, "responses": {"200": answer, **problems}}


def _responses(operation: Operation) -> Json:
    found: Json = {}
    if operation.media:
        content = {media: _content(operation, media) for media in operation.media.values()}
        names = ["ETag", *(_OF_LISTS if _is_paged(operation) else ())]
        found["200"] = {
            "description": "What was asked for",
            "headers": {name: _HEADERS[name] for name in names},
            "content": content,
        }
        found["304"] = {"description": "The same as the client has (If-None-Match)"}
    for status in operation.moved:
        location = {"Location": {"schema": {"type": "string"}, "description": "address"}}
        found[str(status)] = {"description": _REDIRECTIONS[status], "headers": location}
    for status in _WITH_BODY if operation.body else _FOR_ALL:
        found[str(status)] = {"$ref": f"#/components/responses/Problem{status}"}
    return found


def _is_paged(operation: Operation) -> bool:
    return any(parameter["name"] == "cursor" for parameter in operation.parameters)


def _content(operation: Operation, media: str) -> Json:
    if media == "application/json" and operation.answer is not None:
        return {"schema": operation.answer}
    if media.endswith("json"):
        return {"schema": {}}
    return {"schema": {"type": "string"}}
