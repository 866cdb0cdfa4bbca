"""What the rules found in the release, and what they find in data that is sent."""

import asyncio
import re
from collections.abc import Mapping, Sequence
from functools import partial

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.hosting.checker import Checker
from api.hosting.state import Service, Shared
from api.http.forms import pairs_of, read_body
from api.http.negotiation import LIST, QUERY_RDF, RDF, THING, wanted_format
from api.http.paging import cut, next_link
from api.http.request_head import check_media_type, media_type_of
from api.http.responses import ResponseContent, reply
from api.routes.catalogue import labels_of
from api.routes.filters import PAGING, page_limit, read_request
from api.routes.list_endpoint import envelope, page_headers
from api.routes.reference.findings import FINDING_COLUMNS, Report, read_report
from api.routes.sparql import client_gone
from api.views.serialisers import Json
from data.releases import REPORT_FILE
from ontology.errors import NotFound, WrongMediaType, WrongParameter
from queries.engine.formats import RDF_FORMATS
from queries.engine.interface import Row
from queries.parameters import Parameter

router = APIRouter()

_BODY_BYTES = 10**6
"""Longest text that is checked."""
FORM = "application/x-www-form-urlencoded"
ACCEPTED: dict[str, str] = {media_type: suffix for suffix, media_type in QUERY_RDF.items()}
"""Suffix of each media type of RDF that is read."""
_ESCAPED = 3
"""Most bytes of a form for one of what it holds."""
RULE = Parameter("rule", "text", True, "rule that is broken, such as S22")
SEVERITY = Parameter("severity", "text", True, "violation or warning")
FORMS_OF_FINDINGS: dict[str, tuple[str, str]] = {
    RULE.name: ("[SV][0-9]{2}", "for example S12"),
    SEVERITY.name: ("violation|warning", "violation or warning"),
}
"""Pattern of the values of each filter of findings, and what is said of it."""


@router.get("/validation", summary="What the rules found in the release")
async def validation(request: Request, service: Shared) -> Response:
    """Answer the findings about the release: warnings, since a violation would have stopped it."""
    chosen = wanted_format(request, LIST)
    given = read_request(request, service, (RULE, SEVERITY), PAGING)
    limit, after = page_limit(request, service), request.query_params.get("cursor")
    report = await _of_release(service)
    items = _fitting(report, given)
    if chosen == "csv" and "limit" not in request.query_params:
        limit = max(len(items), 1)
    rows: list[Row] = [{"item": {"value": item["id"]}} for item in items]
    page, following = cut(rows, limit, after)
    shown_ids = {row["item"]["value"] for row in page}
    shown = [item for item in items if item["id"] in shown_ids]
    body = envelope(service, shown, len(items), next_link(request, following), None)
    answer = ResponseContent(
        "What the rules found",
        await _for_page(service, body, given) if chosen == "html" else body,
        shown,
        FINDING_COLUMNS,
        report.triples_of(shown) if chosen in RDF else (),
        "validation.html",
        page_headers(body),
    )
    return reply(request, chosen, answer)


async def _for_page(
    service: Service, body: dict[str, Json], given: Mapping[str, str]
) -> dict[str, Json]:
    """Return what the page of findings shows: with what the things in them are called."""
    shown = [{key: one[key] for key in ("about_iri", "value")} for one in body["items"]]
    labels = await labels_of(service, shown)
    return {"envelope": body, "given": given, "checked": None, "labels": labels}


@router.get("/validation/{finding}", summary="One finding")
async def one_finding(request: Request, service: Shared, finding: str) -> Response:
    """Answer what a rule found on one thing of the release."""
    chosen = wanted_format(request, THING)
    read_request(request, service)
    report = await _of_release(service)
    item = next((one for one in report.items if one["id"] == finding), None)
    if item is None:
        raise NotFound(f"the rules found nothing that is called {finding}", finding)
    body = {**item, "release": service.release.id}
    triples = report.triples_of([item]) if chosen in RDF else ()
    return reply(request, chosen, ResponseContent(f"Finding {finding}", body, triples=triples))


@router.post("/validate", summary="Check data of your own")
async def validate(request: Request, service: Shared) -> Response:
    """Answer what our rules find in RDF that is sent, as a SHACL report; nothing is kept."""
    chosen = wanted_format(request, THING)
    read_request(request, service)
    suffix, data = await _sent(request)
    checker: Checker = request.app.state.checker
    told = await checker.report(service, suffix, data, partial(client_gone, request))
    report = await asyncio.to_thread(read_report, told, RDF_FORMATS["nt"])
    body = {
        "conforms": not report.violations,
        "violations": report.violations,
        "warnings": len(report.items) - report.violations,
        "items": report.items,
        "total": len(report.items),
        "release": service.release.id,
    }
    shown = {"envelope": body, "given": {}, "checked": body} if chosen == "html" else body
    content = ResponseContent(
        "What the rules found in your data",
        shown,
        triples=report.known.triples,
        template="validation.html",
        headers={"Query-Limits": service.limits.header, "Cache-Control": "no-store"},
    )
    return await asyncio.to_thread(reply, request, chosen, content)


async def _of_release(service: Service) -> Report:
    """Return the report that is kept with the release.

    Raises: NotFound where what is served is no release in a folder.
    """
    file = None if service.data_file is None else service.data_file.parent / REPORT_FILE
    if file is None or not file.is_file():
        raise NotFound("no report is kept with what is served here", None, ["/validate"])
    content = await asyncio.to_thread(file.read_bytes)
    return await asyncio.to_thread(read_report, content, RDF_FORMATS["ttl"])


def _fitting(report: Report, given: Mapping[str, str]) -> list[dict[str, Json]]:
    """Return the findings that fit the filters.

    Raises: WrongParameter for what cannot be the name of a rule, or a severity.
    """
    for name, (pattern, accepted) in FORMS_OF_FINDINGS.items():
        value = given.get(name)
        if value is not None and not re.fullmatch(pattern, value):
            message = f"{name}: {value!r} is not possible; expected {accepted}"
            raise WrongParameter(message, value, [accepted])
    return [item for item in report.items if all(item[key] == given[key] for key in given)]


async def _sent(request: Request) -> tuple[str, bytes]:
    """Return the format of what is sent, by its suffix, and the text itself.

    Raises: WrongMediaType, WrongParameter, RequestTooLong, RequestTooSlow.
    """
    media_type, charset = media_type_of(request.headers.get("content-type", ""))
    if charset not in ("", "utf-8", "utf8", "us-ascii"):
        raise WrongMediaType(
            f"the body is in {charset}; RDF is read as UTF-8", charset, ["charset=utf-8"]
        )
    check_media_type(media_type, [*ACCEPTED, FORM])
    if media_type != FORM:
        body = await read_body(request, _BODY_BYTES)
        _check_size("the body", body)
        return ACCEPTED[media_type], body
    return _of_form(pairs_of(await read_body(request, _BODY_BYTES * _ESCAPED)))


def _of_form(pairs: Sequence[tuple[str, str]]) -> tuple[str, bytes]:
    """Return the format and the text that a form of a page sends."""
    fields = dict(pairs)
    suffix, data = fields.get("format", "ttl"), fields.get("data", "").encode()
    if suffix not in RDF_FORMATS:
        expected = list(RDF_FORMATS)
        raise WrongParameter(
            f"format: {suffix!r} is not possible; expected one of {', '.join(expected)}",
            suffix,
            expected,
        )
    _check_size("data", data)
    return suffix, data


def _check_size(name: str, data: bytes) -> None:
    """Check that there is something to check, and no more than is read.

    Raises: WrongParameter.
    """
    if not data.strip() or len(data) > _BODY_BYTES:
        accepted = f"RDF of 1 to {_BODY_BYTES:,} bytes"
        raise WrongParameter(
            f"{name}: it has {len(data):,} bytes; expected {accepted}", "", [accepted]
        )
