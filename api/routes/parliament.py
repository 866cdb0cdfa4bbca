"""The record beside what others say of several councils: questions to ministers, and lists."""

import asyncio

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.hosting.state import Service, Shared
from api.http.negotiation import TABLE, wanted_format
from api.http.responses import ResponseContent, reply
from api.routes.filters import read_request
from data.tables.comparisons import read_pairings
from queries.comparison import ComparedQuestion, as_json, compare, rows_of, texts
from queries.engine.interface import Row, select
from queries.explanation import plain_rows

router = APIRouter()

_AT_ONCE = 2
"""How many of its queries run at a time, so that other pages are answered meanwhile."""


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
    title = "What ministers answered, beside the record"
    content = ResponseContent(title, body, rows_of(questions), template="parliament.html")
    return await asyncio.to_thread(reply, request, chosen, content)


async def _compared(service: Service) -> list[ComparedQuestion]:
    """Return the comparison; its queries are asked once for a release, which cannot change."""
    pairings = read_pairings()
    places = asyncio.Semaphore(_AT_ONCE)

    async def rows(text: str) -> list[Row]:
        async with places:
            if text not in service.whole_lists:
                _, found = await select(service.engine, text)
                service.whole_lists[text] = found
            return service.whole_lists[text]

    asked = texts(pairings)
    found = await asyncio.gather(*(rows(text) for text in asked.values()))
    answers = {name: plain_rows(some) for name, some in zip(asked, found, strict=True)}
    return compare(pairings, answers)
