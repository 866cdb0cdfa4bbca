"""The tool that answers a query of the client's own, within the limits of a visitor."""

import json
from dataclasses import replace
from urllib.parse import urlencode

from api.contract.schemas import Schema
from api.hosting.state import Service
from api.http.cache import Answer
from api.http.sparql_request import PATH
from api.routes.sparql import answer_question, question_of
from api.tools import schemas
from api.tools.arguments import check_names, needed, text_of, whole_number
from api.tools.tool import Call, Cut, Found, Tool
from api.views.serialisers import Json
from ontology.errors import QueryRefused, QueryTooLarge
from queries.engine.interface import N_TRIPLES, Question
from queries.json_values import plain
from queries.sparql.solution_limit import with_limit

_ROWS = 100
_INPUTS = "query", "limit"
_QUERY = "a query in SPARQL 1.1: SELECT, ASK, CONSTRUCT or DESCRIBE"
_LARGEST_BYTES = 2**20
"""A larger answer is cut: it would keep every other client waiting while it is read."""
_FEWER = 4
"""How many times fewer rows are asked for where an answer is too large."""
_LONGEST_ADDRESS = 2_000
"""A query with a longer address is cited by the endpoint alone."""
_Counted = tuple[list[str], list[Json], int | None]
"""Columns, rows, and how many rows there are; None for more than were counted."""


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
        "is fetched from elsewhere (no SERVICE). A query has limits of time and memory; of an "
        "answer that is too large the first rows are given. SELECT and ASK give rows, CONSTRUCT "
        "and DESCRIBE lines of N-Triples.",
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
    question = await question_of(service, query)
    if question.media_type == N_TRIPLES:
        columns, items, total = await _triples(call, question, limit)
    else:
        columns, items, total = await _rows(call, question, most)
    address = f"{PATH}?{urlencode({'query': query})}"
    return Found(
        {"columns": columns, "items": items[:limit]},
        address if len(address) <= _LONGEST_ADDRESS else PATH,
        _cut(len(items[:limit]), limit, total, most),
    )


async def _rows(call: Call, question: Question, most: int) -> _Counted:
    """Return the columns and rows of an answer, and their number; None for more than were asked.

    The engine is asked for one row more than can be shown, or for fewer where these are too large
    to be read.
    Raises: QueryTooLarge for one row that is; the other errors of an engine.
    """
    asked = most + 1
    while True:
        try:
            body = (await _limited(call, question, asked)).body
            if len(body) <= _LARGEST_BYTES:
                break
            raise QueryTooLarge(
                f"query: one row has {len(body):,} bytes, more than the {_LARGEST_BYTES:,} that a "
                "tool gives; ask for fewer columns"
            )
        except QueryTooLarge:
            if asked == 1:
                raise
        asked = max(asked // _FEWER, 1)
    columns, rows = _read(body)
    return columns, rows, len(rows) if len(rows) < asked else None


async def _triples(call: Call, question: Question, limit: int) -> _Counted:
    """Return triples, a line each, as many as can be read; and how many there are, if counted.

    Raises: QueryTooLarge if the first is too large; the other errors of an engine.
    """
    try:
        body, is_whole = (await answer_question(call.service, question, call.gone)).body, True
    except QueryTooLarge:
        # Each solution gives several triples, or none.
        body, is_whole = (await _limited(call, question, limit)).body, False
    end = len(body) if len(body) <= _LARGEST_BYTES else body.rfind(b"\n", 0, _LARGEST_BYTES) + 1
    lines = body[:end].decode().splitlines()
    if body and not lines:
        raise QueryTooLarge(
            f"query: the first triple has more than the {_LARGEST_BYTES:,} bytes that a tool gives"
        )
    return ["triple"], lines, body.count(b"\n") if is_whole else None


async def _limited(call: Call, question: Question, most: int) -> Answer:
    """Return the answer to a question of which at most so many solutions are asked for."""
    is_asked = question.inspection is not None and question.inspection.form != "ASK"
    text = with_limit(question.text, most) if is_asked else question.text
    try:
        return await answer_question(call.service, replace(question, text=text), call.gone)
    except QueryRefused:
        # What is said of a mistake has to be about the query that was sent.
        return await answer_question(call.service, question, call.gone)


def _cut(shown: int, limit: int, total: int | None, most: int) -> Cut:
    """Return how much of an answer is shown, and how to get the rest.

    In: how many are shown and how many may be; how many there are, if they were counted.
    """
    here = f"{shown} of {total} are here" if total is not None else f"{shown} of more are here"
    more = f"a larger limit gives up to {most}"
    if shown < limit:
        more = "more of them would be too large; ask for fewer columns"
    elif total is None:
        more += ", and count tells how many there are"
    return Cut(total, None if total is None else total - shown, f"{here}; {more}.")


def _read(body: bytes) -> tuple[list[str], list[Json]]:
    """Return the columns and rows of an answer."""
    results = json.loads(body)
    if "boolean" in results:
        return ["answer"], [{"answer": results["boolean"]}]
    columns = results["head"].get("vars", [])
    rows = results["results"]["bindings"]
    return columns, [{column: plain(row.get(column)) for column in columns} for row in rows]
