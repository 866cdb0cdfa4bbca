"""The contract for programs at /openapi.json, and for people at /docs."""

import asyncio
import json

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.contract.document import openapi_document
from api.hosting.state import Shared
from api.http.negotiation import PAGE, wanted_format
from api.http.problems import PROBLEMS
from api.http.responses import ResponseContent, reply
from api.routes.filters import read_request

router = APIRouter()


@router.get("/openapi.json", summary="The contract, for programs")
async def openapi(request: Request, service: Shared) -> Response:
    """Answer what every address takes and answers, as OpenAPI 3.1."""
    read_request(request, service)
    document = await asyncio.to_thread(openapi_document, request.app, service)
    text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    return Response(text, media_type="application/json", headers={"Vary": "Accept"})


@router.get("/docs", summary="The contract, for people")
async def documentation(request: Request, service: Shared) -> Response:
    """Answer every address with its parameters, and the kinds of problems."""
    chosen = wanted_format(request, PAGE)
    read_request(request, service)
    described = await asyncio.to_thread(openapi_document, request.app, service)
    body = {
        "paths": described["paths"],
        "problems": list(dict.fromkeys(PROBLEMS.values())),
        "versions": described["info"]["description"],
        "version": described["info"]["version"],
    }
    return reply(request, chosen, ResponseContent("Addresses", body, template="docs.html"))
