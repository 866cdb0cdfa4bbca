"""The tools there are, and the server that lists them and lets them be called."""

import json
from functools import partial
from typing import Any

from mcp.server import ServerRequestContext
from mcp.server.lowlevel import Server
from mcp.shared.exceptions import MCPError
from mcp.types import (
    INVALID_PARAMS,
    CallToolRequestParams,
    CallToolResult,
    ListToolsResult,
    PaginatedRequestParams,
    TextContent,
    ToolAnnotations,
)
from mcp.types import Tool as ToolDescription
from starlette.requests import Request

from api.hosting.state import Service
from api.http.problems import problem_of, shortened
from api.http.public_address import origin_of
from api.routes.sparql import client_gone
from api.tools.answers import whole_answer
from api.tools.councils import council_tool
from api.tools.lists import list_tool
from api.tools.questions import question_tools
from api.tools.schemas import answer_schema
from api.tools.sparql import sparql_tool
from api.tools.tool import Call, Tool
from ontology.errors import InterventionsError

Context = ServerRequestContext[dict[str, Any], Request]

_INSTRUCTIONS = (
    "The linked, checkable record of how central government steps in when an English council "
    "fails: inspections, directions, notices, commissioners, interventions, financial support. "
    "It is not a government website. Each answer says what was left off (cut), what was read "
    "(coverage) and how to cite it (citation). Nothing found means what coverage says, and never "
    "by itself that nothing happened: tell that too. certainty is one of certain, planned, "
    "possible, not-heard-of, ended, not-at-stage, none-known, with the reason under because; call "
    "nothing certain that is not. Where a tool takes a council, any of its names will do. Try "
    "list_questions before a query of your own."
)
_READS_ONLY = ToolAnnotations(
    read_only_hint=True, destructive_hint=False, idempotent_hint=True, open_world_hint=False
)
_MOST_ACCEPTED = 20
"""How many of the values that are accepted an error names."""


def all_tools() -> dict[str, Tool]:
    """Return the tools by name: seven of the record, and those of the catalogue."""
    tools = [
        list_tool(
            "search_councils",
            "councils",
            "Councils of England since 2019 by any part of a name or code that they bear or bore "
            "(q), by type and region, or by having been under a direction on a day.",
        ),
        council_tool(),
        list_tool(
            "under_intervention",
            "under-intervention",
            "Who was under intervention on a day: each council and regime (children's services, "
            "best value and others) with since when, under which power, by whom, until when, how "
            "certain that is and why, and the stage then, from a notice to functions moved. Of one "
            "council it also says of which regimes nothing is known.",
        ),
        list_tool(
            "interventions",
            "interventions",
            "Courses of action of ministers towards councils, from begin to end, each with its "
            "regime, stages, acts and how it ended; by council, regime or stage, or those under "
            "way on a day.",
        ),
        list_tool(
            "directions",
            "directions",
            "Directions that a Secretary of State gave to councils, each with the power it rests "
            "on, the day, what it replaces, how it ended; by council or power, or those in force "
            "on a day.",
        ),
        list_tool(
            "financial_support",
            "financial-support",
            "Exceptional financial support: each sum that the government stated for a council and "
            "a financial year, in pounds, as first said and as revised; known_at leaves out what "
            "was said after a day.",
        ),
        sparql_tool(),
        *question_tools(),
    ]
    return {tool.name: tool for tool in tools}


def tool_server(version: str) -> Server[dict[str, Any]]:
    """Return the server of the tools.

    In: the version of the addresses.
    """
    tools = all_tools()
    return Server(
        "council-interventions",
        version=version,
        title="Council interventions",
        instructions=_INSTRUCTIONS,
        # No argument is repeated in a header, so there is nothing to compare.
        get_tool_input_schema=lambda _: None,
        on_list_tools=partial(_list, tools),
        on_call_tool=partial(_call, tools),
    )


async def _list(
    tools: dict[str, Tool], context: Context, params: PaginatedRequestParams | None
) -> ListToolsResult:
    service = _service(context)
    return ListToolsResult(tools=[_description(tool, service) for tool in tools.values()])


def _description(tool: Tool, service: Service) -> ToolDescription:
    return ToolDescription(
        name=tool.name,
        title=tool.title,
        description=tool.description,
        input_schema=tool.inputs(service),
        output_schema=answer_schema(tool.outputs),
        annotations=_READS_ONLY,
    )


async def _call(
    tools: dict[str, Tool], context: Context, params: CallToolRequestParams
) -> CallToolResult:
    if params.name not in tools:
        message = f"there is no tool {shortened(params.name)!r}; there are: {', '.join(tools)}"
        raise MCPError(INVALID_PARAMS, message)
    request, service = _request(context), _service(context)
    call = Call(service, params.arguments or {}, partial(client_gone, request))
    try:
        found = await tools[params.name].answer(call)
    except InterventionsError as error:
        return CallToolResult(content=[_text(_told(error))], is_error=True)
    answer = whole_answer(service, found, origin_of(request.scope))
    text = json.dumps(answer, ensure_ascii=False)
    return CallToolResult(content=[_text(text)], structured_content=answer)


def _told(error: InterventionsError) -> str:
    """Return what was wrong, what is accepted, and the kind of the problem, in words."""
    # What the message names already, as the parameters there are, is not named again.
    untold = [] if all(one in str(error) for one in error.accepted) else error.accepted
    named = untold[:_MOST_ACCEPTED]
    more = len(untold) - len(named)
    accepted = f" Accepted: {', '.join(named)}" if named else ""
    accepted += f" and {more} more." if more else "." if named else ""
    return f"{problem_of(error).title}: {error}.{accepted}"


def _text(text: str) -> TextContent:
    return TextContent(type="text", text=text)


def _request(context: Context) -> Request:
    assert context.request is not None, "every call comes in a request of HTTP"
    return context.request


def _service(context: Context) -> Service:
    service: Service = _request(context).scope["service"]
    return service
