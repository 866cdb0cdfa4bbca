"""One shape for every error: RFC 9457, with the wrong value and what is accepted."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import cast
from urllib.parse import parse_qsl, unquote

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response
from starlette.routing import Match

from api.http.negotiation import negotiate
from api.http.representation import POLICY_WITH_SCRIPT
from api.http.sparql_request import ASKED, PATH
from api.http.templating import page
from ontology import errors
from queries.engine.limits import QueryLimits
from queries.search.full_text import SearchEntry

PROBLEM = "application/problem+json"
_SHAPES = {"problem": PROBLEM, "json": "application/json", "html": "text/html"}
_WRITING = "PUT", "PATCH", "DELETE"
_ECHO_CHARACTERS = 200
"""Most of what was sent that an answer repeats."""
_SEARCHED_CHARACTERS, _MOST_NEAR = 100, 5
"""Most of what was sent that is searched for, and most that is offered in its place."""
_TRY_AGAIN_S = 5
"""When a client that came at a busy moment may expect a better one."""


@dataclass(frozen=True)
class Problem:
    """A kind of problem: its status, its name in addresses, and its title."""

    status: int
    name: str
    title: str


PROBLEMS: dict[type[Exception], Problem] = {
    errors.RequestTooLong: Problem(413, "request-too-long", "The request is too long"),
    errors.AddressTooLong: Problem(414, "address-too-long", "The address is too long"),
    errors.HeadTooLong: Problem(431, "head-too-long", "The headers of the request are too long"),
    errors.MalformedRequest: Problem(400, "malformed-request", "This is no request of HTTP"),
    errors.RequestTooSlow: Problem(408, "request-too-slow", "The request did not arrive in time"),
    errors.ForeignOrigin: Problem(403, "foreign-origin", "A page of another site may not ask here"),
    errors.WrongMediaType: Problem(
        415, "wrong-media-type", "The body of the request cannot be read"
    ),
    errors.BeyondTheFile: Problem(416, "beyond-the-file", "The file has no such part"),
    errors.WrongParameter: Problem(400, "wrong-parameter", "A parameter cannot be used"),
    errors.UnknownQuery: Problem(404, "unknown-query", "There is no such query"),
    errors.WrongUse: Problem(400, "wrong-request", "The request cannot be used"),
    errors.Withdrawn: Problem(410, "withdrawn", "This was withdrawn"),
    errors.NotFound: Problem(404, "not-found", "There is nothing at this address"),
    errors.NotAcceptable: Problem(
        406, "not-acceptable", "No format that is offered here is acceptable"
    ),
    errors.QueryRefused: Problem(400, "query-refused", "The query cannot be answered"),
    errors.QueryTooLarge: Problem(503, "answer-too-large", "The answer is above the limit"),
    errors.QueryTimeout: Problem(503, "out-of-time", "The query needs more time than it may take"),
    errors.QueryLost: Problem(503, "out-of-memory", "The query needs more memory than it may take"),
    errors.TooManyQueries: Problem(503, "too-many-queries", "Too many queries at once"),
    errors.TooManyConnections: Problem(503, "too-many-connections", "Too many connections at once"),
    errors.TooManyRequests: Problem(429, "too-many-requests", "Too many requests from one client"),
    errors.EngineTimeout: Problem(504, "engine-timeout", "The engine gave no answer in time"),
    errors.EngineFailed: Problem(502, "engine-failed", "The engine cannot be reached"),
    errors.NotReady: Problem(503, "not-ready", "The pages are being prepared"),
    errors.NoRelease: Problem(503, "no-release", "There is no release to answer from"),
    errors.DamagedFile: Problem(503, "damaged-file", "The file is not as it was written"),
    errors.InputRefused: Problem(400, "wrong-value", "A value cannot be used"),
    errors.InterventionsError: Problem(500, "internal", "The service failed"),
}
"""Status and title of each error class; the nearest class of an error decides."""

_OF_LIMITS = errors.QueryTimeout, errors.QueryLost, errors.QueryTooLarge, errors.TooManyQueries
"""Errors whose answers tell the limits of a query."""
_OF_THE_MOMENT = (
    errors.TooManyQueries,
    errors.TooManyConnections,
    errors.TooManyRequests,
    errors.EngineFailed,
    errors.NotReady,
)
"""Errors after which the same request may succeed later."""


def problem_of(error: Exception) -> Problem:
    """Return the kind of problem that an error is."""
    known = (PROBLEMS[cls] for cls in type(error).__mro__ if cls in PROBLEMS)
    return next(known, PROBLEMS[errors.InterventionsError])


def problem_response(
    request: Request,
    problem: Problem,
    detail: str,
    value: str | None = None,
    accepted: Sequence[str] = (),
    headers: dict[str, str] | None = None,
    limits: QueryLimits | None = None,
) -> Response:
    """Return the answer that tells of a problem.

    Out: always the same seven keys; `value` is null where no single value is at fault. What ran
    into the limits of a query has them as well.
    """
    body: dict[str, object] = {
        "type": f"/docs#{problem.name}",
        "title": problem.title,
        "status": problem.status,
        "detail": _without_long_echo(detail, value),
        "instance": shortened(request.scope.get("asked_path", request.url.path)),
        "value": value if value is None else shortened(value),
        "accepted": list(accepted),
    }
    if limits is not None:
        body["limits"] = limits.as_figures()
    told = {"Vary": "Accept", **(headers or {})}
    if wants_page(request):
        sent, near = _sent(request), _near(request, body)
        text = page("problem.html", request, problem.title, problem=body, sent=sent, near=near)
        if request.url.path == PATH:
            # What was sent stands in the editor again.
            told["Content-Security-Policy"] = POLICY_WITH_SCRIPT
        return Response(text, problem.status, told, media_type="text/html")
    text = json.dumps(body, ensure_ascii=False, indent=2) + "\n"
    return Response(text, problem.status, told, media_type=PROBLEM)


def _without_long_echo(detail: str, value: str | None) -> str:
    """Return what a problem says, with what was sent cut where it is long."""
    if value is None or len(value) <= _ECHO_CHARACTERS:
        return detail
    for form in (repr(value), json.dumps(value, ensure_ascii=False), value):
        detail = detail.replace(form, shortened(form))
    return detail


def shortened(text: str) -> str:
    """Return a text that is fit to be repeated in an answer.

    >>> len(shortened("x" * 1_000))
    200
    """
    return text if len(text) <= _ECHO_CHARACTERS else text[: _ECHO_CHARACTERS - 1] + "…"


def wants_page(request: Request) -> bool:
    """Return whether a browser asks, and not a program."""
    if "service" not in request.scope:
        return False
    suffix = request.scope.get("suffix")
    if suffix is not None:
        return bool(suffix == "html")
    try:
        return negotiate(request.headers.get("accept"), _SHAPES) == "html"
    except errors.NotAcceptable:
        return False


def _near(request: Request, problem: Mapping[str, object]) -> list[SearchEntry]:
    """Return what somebody may have meant who asked for what is not there."""
    if problem["status"] != HTTPStatus.NOT_FOUND:
        return []
    last = str(problem["instance"]).rstrip("/").rpartition("/")[2]
    words = re.sub(r"[-_+.]+", " ", unquote(str(problem["value"] or last))).strip("/ ")
    hits = request.scope["service"].search.search(words[:_SEARCHED_CHARACTERS]) if words else []
    return [hit.entry for hit in hits[:_MOST_NEAR]]


def _sent(request: Request) -> list[tuple[str, str]]:
    """Return the names and values that were sent, for a form in which they can be mended."""
    asked = request.scope.get(ASKED)
    pairs = parse_qsl(request.scope.get("query_string", b"").decode("latin-1"), True)
    if asked is None:
        return pairs
    return [("query", asked), *(pair for pair in pairs if pair[0] != "query")]


def known_problem(request: Request, error: errors.InterventionsError) -> Response:
    """Answer for an error of the project's own tree."""
    limits = None
    if isinstance(error, _OF_LIMITS) and "service" in request.scope:
        limits = request.scope["service"].limits
    return problem_response(
        *(request, problem_of(error), str(error), error.value, error.accepted),
        headers=_headers_of(error),
        limits=limits,
    )


def _headers_of(error: errors.InterventionsError) -> dict[str, str]:
    """Return the headers that tell a client what it can do next."""
    if isinstance(error, errors.BeyondTheFile):
        return {"Content-Range": f"bytes */{error.size_bytes}", "Accept-Ranges": "bytes"}
    return {"Retry-After": str(_TRY_AGAIN_S)} if isinstance(error, _OF_THE_MOMENT) else {}


def _known(request: Request, error: Exception) -> Response:
    return known_problem(request, cast(errors.InterventionsError, error))


def _http(request: Request, error: Exception) -> Response:
    failed = cast(HTTPException, error)
    headers = dict(failed.headers or {})
    if failed.status_code < HTTPStatus.BAD_REQUEST:
        return Response(status_code=failed.status_code, headers=headers)
    phrase = HTTPStatus(failed.status_code).phrase
    problem = Problem(failed.status_code, phrase.lower().replace(" ", "-"), phrase)
    path = request.scope.get("asked_path", request.url.path)
    if failed.status_code == HTTPStatus.NOT_FOUND:
        detail = f"there is nothing at {shortened(path)}; the addresses there are stand at /docs"
        return problem_response(
            request, PROBLEMS[errors.NotFound], detail, path, ["/docs", "/openapi.json"]
        )
    if failed.status_code == HTTPStatus.METHOD_NOT_ALLOWED:
        methods = sorted({*methods_at(request), "HEAD", "OPTIONS"})
        detail = f"{request.method} is not possible at {path}"
        if request.method in _WRITING:
            detail += "; this service is read-only"
        return problem_response(
            request, problem, detail, request.method, methods, {"Allow": ", ".join(methods)}
        )
    return problem_response(request, problem, str(failed.detail), headers=headers)


def methods_at(request: Request) -> set[str]:
    """Return the methods, of those that have an answer of their own, of an address."""
    return {
        method
        for method in ("GET", "POST")
        for route in request.app.routes
        if route.matches({**request.scope, "method": method})[0] == Match.FULL
    }


def _invalid(request: Request, error: Exception) -> Response:
    first = cast(RequestValidationError, error).errors()[0]
    place = ".".join(str(part) for part in first["loc"])
    return problem_response(
        request,
        PROBLEMS[errors.WrongParameter],
        f"{place}: {first['msg']}",
        str(first.get("input")),
    )


def _unforeseen(request: Request, error: Exception) -> Response:
    """Answer for a fault of ours, without showing it; the server's log has it."""
    return problem_response(
        request, PROBLEMS[errors.InterventionsError], "a fault of the service, not of the request"
    )


def add_handlers(app: FastAPI) -> None:
    """Let the application answer every error in the one shape."""
    app.add_exception_handler(errors.InterventionsError, _known)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(Exception, _unforeseen)
