"""The record beside what others say of several councils: questions to ministers, and lists."""

import asyncio

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.hosting.state import Service, Shared
from api.http.negotiation import TABLE, wanted_format
from api.http.responses import ResponseContent, reply
from api.routes.filters import read_request
from data.tables.comparisons import read_pairings
from queries.comparison import (
    EVIDENCE,
    READINGS,
    ComparedQuestion,
    compare,
    evidence_text,
    texts,
)
from queries.comparison_views import COLUMNS, NAMED_BY, as_json, rows_of
from queries.engine.interface import select
from queries.explanation import plain_rows
from queries.reach import CoverageReading

router = APIRouter()


@router.get("/coverage/parliament", summary="The record beside answers in Parliament, and lists")
async def parliament(request: Request, service: Shared) -> Response:
    """Each question and list: what was said, what the record says, and why the two differ.

    For a council that only one side names there is the claim that explains it, or the gap in what
    was read.
    """
    chosen = wanted_format(request, TABLE)
    read_request(request, service)
    questions = await _compared(service)
    body = as_json(questions) | {"release": service.release.id, "coverage": service.coverage()}
    shown = body | {"named_by": NAMED_BY} if chosen == "html" else body
    title = "What ministers answered, beside the record"
    content = ResponseContent(title, shown, rows_of(questions), COLUMNS, template="parliament.html")
    return await asyncio.to_thread(reply, request, chosen, content)


async def _compared(service: Service) -> list[ComparedQuestion]:
    """Return the comparison; its queries are asked once for a release, which cannot change."""
    pairings = read_pairings()
    answers = {name: await _cells(service, text) for name, text in texts(pairings).items()}
    answers[READINGS] = [_as_cells(reading) for reading in service.reach.readings]
    answers[EVIDENCE] = await _cells(service, evidence_text(pairings, answers))
    return await asyncio.to_thread(compare, pairings, answers)


async def _cells(service: Service, text: str) -> list[dict[str, str]]:
    """Return the rows of an answer; one query runs at a time, so that other pages are answered."""
    if text not in service.whole_lists:
        _, found = await select(service.engine, text)
        service.whole_lists[text] = found
    return plain_rows(service.whole_lists[text])


def _as_cells(reading: CoverageReading) -> dict[str, str]:
    """Return what was read of a council as the query for it would."""
    cells = {"council": reading.council, "topic": reading.topic, "status": reading.status}
    ends = {"first": reading.first, "last": reading.last}
    return cells | {name: day for name, day in ends.items() if day}
