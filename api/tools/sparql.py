"""The tool that answers a query of the client's own, within the limits of a visitor."""

import json
from urllib.parse import urlencode

from api.contract.schemas import Schema
from api.hosting.state import Service
from api.http.sparql_request import PATH
from api.routes.sparql import answer_text
from api.tools import schemas
from api.tools.arguments import check_names, needed, text_of, whole_number
from api.tools.tool import Call, Cut, Found, Tool
from api.views.serialisers import Json
from ontology.errors import QueryTooLarge
from queries.engine.interface import N_TRIPLES
from queries.json_values import plain

_ROWS = 100
_INPUTS = "query", "limit"
_QUERY = "a query in SPARQL 1.1: SELECT, ASK, CONSTRUCT or DESCRIBE"
_LARGEST_BYTES = 2**20
"""A larger answer is refused: it would keep every other client waiting while it is read."""
_LONGEST_ADDRESS = 2_000
"""A query with a longer address is cited by the endpoint alone."""


def sparql_tool() -> Tool:
    """Return the tool."""
    return Tool(
        "query_sparql",
        "SPARQL query",
        "Answers a read-only SPARQL 1.1 query on the whole record, for what no other tool answers. "
        "Prefix ci: <https://w3id.org/council-interventions/ns#>; classes ci:Council, "
        "ci:Inspection, ci:Judgement, ci:Direction, ci:Requirement, ci:Appointment, "
        "ci:Intervention and others; a query sees one chosen value per fact, and FROM "
        "<https://w3id.org/council-interventions/graph/all> every claim with its source. Nothing "
        "is fetched from elsewhere (no SERVICE). A query has limits of time, memory and size; put "
        "LIMIT into it. SELECT and ASK give rows, CONSTRUCT and DESCRIBE lines of N-Triples.",
        _inputs,
        {"columns": schemas.NAMES, "items": {"type": "array"}},
        _answer,
    )


def _inputs(service: Service) -> Schema:
    most = service.settings.page_items_maximum
    text = {"type": "string", "maxLength": service.settings.query_characters}
    return schemas.arguments(
        {
            "query": schemas.described(text, _QUERY),
            "limit": schemas.count("most rows or triples in the answer", min(_ROWS, most), most),
        },
        ["query"],
    )


async def _answer(call: Call) -> Found:
    service, most = call.service, call.service.settings.page_items_maximum
    check_names(call.arguments, _INPUTS)
    longest = service.settings.query_characters
    query = text_of("query", needed(call.arguments, "query", _QUERY), longest)
    limit = whole_number(call.arguments, "limit", min(_ROWS, most), most)
    answer = await answer_text(service, query, call.gone)
    if len(answer.body) > _LARGEST_BYTES:
        raise QueryTooLarge(
            f"query: the answer has {len(answer.body):,} bytes, more than the {_LARGEST_BYTES:,} "
            "that a tool gives; put LIMIT into the query, or ask for fewer columns"
        )
    columns, items = _read(answer.body, answer.media_type)
    left = max(len(items) - limit, 0)
    rest = f"{limit} of {len(items)} are here; a larger limit gives up to {most}."
    address = f"{PATH}?{urlencode({'query': query})}"
    return Found(
        {"columns": columns, "items": items[:limit]},
        address if len(address) <= _LONGEST_ADDRESS else PATH,
        Cut(len(items), left, rest),
    )


def _read(body: bytes, media_type: str) -> tuple[list[str], list[Json]]:
    """Return the columns and rows of an answer; of one in triples, a line each."""
    if media_type == N_TRIPLES:
        return ["triple"], body.decode().splitlines()
    results = json.loads(body)
    if "boolean" in results:
        return ["answer"], [{"answer": results["boolean"]}]
    columns = results["head"].get("vars", [])
    rows = results["results"]["bindings"]
    return columns, [{column: plain(row.get(column)) for column in columns} for row in rows]
