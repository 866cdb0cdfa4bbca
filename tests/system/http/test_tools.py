"""The tools for assistants, called by the official client over HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from mcp.client import Client
from mcp.shared.exceptions import MCPError

from api.http.public_address import set_before_paths
from queries.catalogue import catalogue
from tests.fixtures.guards import not_empty
from tests.fixtures.servers.served import COUNT, Served, serving, write_dataset
from tests.fixtures.servers.tools_client import Json, Mode, asked, called, found, text_of, tools
from tests.integration.queries.test_catalogue import EXAMPLES

MODES: tuple[Mode, ...] = ("legacy", "auto")
"""The protocol with a handshake, and that in which each request stands alone."""
OF_CATALOGUE = {"list_questions", "ask_question"}
CI = "https://w3id.org/council-interventions/ns#"
DIRECTIONS = f"SELECT ?direction {{ ?direction a <{CI}Direction> }} ORDER BY ?direction"
CALLS: list[tuple[str, Json]] = [
    ("search_councils", {"q": "norfolk"}),
    ("council", {"council": "Norfolk County Council"}),
    ("under_intervention", {"on": "2018-01-01", "regime": "childrens-services"}),
    ("under_intervention", {"council": "NFK"}),
    ("interventions", {"council": "WOR"}),
    ("directions", {"council": "WOR", "in_force_on": "2018-01-01"}),
    ("directions", {"limit": 1, "cursor": None}),
    ("financial_support", {"known_at": "2026-01-01"}),
    ("query_sparql", {"query": DIRECTIONS}),
    ("list_questions", {"containing": "Direction council"}),
    ("ask_question", {"name": "directions_of_council", "parameters": {"council": "NFK"}}),
]
BAD: list[tuple[str, Json, str]] = [
    ("directions", {"council": "XXX"}, "council: 'XXX' names no council"),
    ("directions", {"council": ["WOR"]}, "council: expected a text, found a list"),
    ("directions", {"council": "W\0R"}, "council: it holds characters that no text has"),
    ("directions", {"in_force_on": "2018-02-30"}, "in_force_on: '2018-02-30' is not a day"),
    ("directions", {"in_force_on": "2018-W01-1x"}, "YYYY-MM-DD"),
    ("directions", {"colour": "red"}, "unknown parameter 'colour'; accepted: council, power"),
    ("directions", {"limit": 0}, "limit: '0' is not possible; expected a whole number from 1"),
    ("directions", {"limit": 10**9}, "from 1 to 1000"),
    ("directions", {"limit": True}, "limit: 'True' is not possible"),
    ("directions", {"cursor": "nonsense"}, "cursor: it does not belong to this list"),
    ("directions", {"council": "x" * 5_000}, "council: it has 5,000 characters; at most 200"),
    ("search_councils", {"region": "E12000006"}, "Accepted: east-midlands"),
    ("under_intervention", {"regime": "fire"}, "regime: "),
    ("council", {}, "council: it is missing"),
    ("council", {"council": "NFK", "sections": ["roads"]}, "sections: 'roads' is none; expected"),
    ("council", {"council": "NFK", "sections": 3}, "sections: expected a list of names"),
    ("ask_question", {}, "name: it is missing"),
    ("ask_question", {"name": "no_such"}, "name: there is no question 'no_such'"),
    ("ask_question", {"name": "directions_of_council"}, "needs council"),
    ("ask_question", {"name": "directions_of_council", "parameters": "NFK"}, "an object"),
    (
        "ask_question",
        {"name": "directions_of_council", "parameters": {"x" * 900: "1"}},
        "accepted: council",
    ),
    ("list_questions", {"containing": 1.5}, "containing: expected a text, found a number"),
    ("directions", {"fields": 3}, "fields: expected a list of names"),
    ("directions", {"fields": "signed,sgned"}, "fields: 'sgned' is not possible"),
    ("directions", {"colour": "red"}, "limit, cursor, fields"),
    ("directions", {"fields": ["sgned"]}, "fields: 'sgned' is not possible"),
    ("query_sparql", {}, "query: it is missing"),
    ("query_sparql", {"query": "SELECT"}, "line 1, column 7"),
    ("query_sparql", {"query": "x" * 100_001}, "at most 100,000"),
    ("query_sparql", {"query": "SELECT * { SERVICE <http://x.example/> { ?s ?p ?o } }"}, "SERVICE"),
    ("query_sparql", {"query": f"DELETE WHERE {{ ?s a <{CI}Direction> }}"}, "DELETE"),
]


@pytest.fixture(scope="module")
def served(release: Path) -> Iterator[Served]:
    """Return a service on the release of the five documents."""
    with serving(release=release) as running:
        yield running


def message(method: str, **parameters: Any) -> bytes:
    """Return a message of the protocol with a handshake."""
    return json.dumps({"jsonrpc": "2.0", "id": 1, "method": method, "params": parameters}).encode()


def post(served: Served, body: bytes, **headers: str) -> Any:
    """Return the answer to a message as HTTP has it."""
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    sent = {"Content-Type": "application/json", "Accept": "application/json, text/event-stream"}
    return served.request("POST", "/mcp", body, sent | named)


@pytest.mark.parametrize("mode", MODES)
def test_few_tools_are_listed_that_only_read(served: Served, mode: Mode) -> None:
    """At most eight beside those of the catalogue, each with what it takes and what it gives."""
    listed = tools(served, mode)
    assert listed.keys() == {name for name, _ in CALLS}
    assert listed.keys() > OF_CATALOGUE and len(listed.keys() - OF_CATALOGUE) <= 8
    for tool in not_empty(listed.values()):
        assert tool.description and tool.title and tool.annotations
        assert tool.annotations.read_only_hint and not tool.annotations.open_world_hint
        assert tool.input_schema["additionalProperties"] is False
        for name, schema in not_empty(tool.input_schema["properties"].items()):
            assert schema["description"] and schema["type"], name
        assert tool.output_schema is not None
        assert {"citation", "coverage", "cut", "release"} < set(tool.output_schema["required"])
    regimes = listed["under_intervention"].input_schema["properties"]["regime"]
    assert "best-value" in regimes["enum"]


@pytest.mark.parametrize("mode", MODES)
@pytest.mark.parametrize(("name", "arguments"), CALLS)
def test_each_tool_answers_and_says_what_it_rests_on(
    served: Served, mode: Mode, name: str, arguments: Json
) -> None:
    """The text is the content; beside it stand release, citation, coverage and what was cut."""
    result = called(served, name, arguments, mode)
    assert not result.is_error, text_of(result)
    answer = result.structured_content
    assert json.loads(text_of(result)) == answer
    release = served.get("/councils?limit=1").json()["release"]
    assert answer["release"]["id"] == release and answer["release"]["built_at"]
    citation = answer["citation"]
    assert release in citation["text"] and citation["address"] in citation["text"]
    assert "Open Government Licence v3.0" in citation["licence"]
    assert answer["coverage"]["statement"]
    shown = answer.get("items")
    if shown is not None:
        assert len(shown) + answer["cut"]["left_off"] == answer["cut"]["total"]
    path = citation["address"].removeprefix(f"http://127.0.0.1:{served.port}")
    assert served.get(path, {"Accept": "application/json"}).status == 200


@pytest.mark.parametrize(
    ("name", "path", "arguments"),
    [
        ("search_councils", "councils", {"q": "folk"}),
        ("under_intervention", "under-intervention", {"on": "2018-01-01"}),
        ("interventions", "interventions", {"under_way_on": "2018-01-01"}),
        ("directions", "directions", {"council": "NFK"}),
    ],
)
def test_a_tool_answers_what_its_address_answers(
    served: Served, name: str, path: str, arguments: Json
) -> None:
    """From the same functions, with whole addresses."""
    query = "&".join(f"{key}={value}" for key, value in arguments.items())
    expected = served.get(f"/{path}?{query}").json()
    answer = found(served, name, **arguments)
    origin = f"http://127.0.0.1:{served.port}"
    assert answer["items"] == set_before_paths(origin, expected["items"]) != []
    assert answer["cut"]["total"] == expected["total"]
    assert answer.get("by_certainty") == expected.get("by_certainty") or name != path


def test_every_question_of_the_catalogue_is_answered(served: Served) -> None:
    """As its address answers it, for the examples of the catalogue."""
    listed = {one["id"]: one for one in found(served, "list_questions")["items"]}
    assert listed.keys() == catalogue().keys()
    names = tools(served)["ask_question"].input_schema["properties"]["name"]["enum"]
    assert names == list(catalogue())

    async def ask(client: Client) -> dict[str, Json]:
        answers = {}
        for name, one in not_empty(listed.items()):
            given = {key: EXAMPLES[key] for key in one["parameters"]["required"]}
            result = await client.call_tool(
                "ask_question", {"name": name, "parameters": given, "limit": 1_000}
            )
            assert not result.is_error, text_of(result)
            answers[name] = result.structured_content
        return answers

    for name, answer in not_empty(asked(served, ask).items()):
        path = answer["citation"]["address"].removeprefix(f"http://127.0.0.1:{served.port}")
        expected = served.get(path, {"Accept": "application/json"}).json()
        assert answer["items"] == expected["items"], name
        assert answer["columns"] == expected["columns"]


def test_an_assistant_reads_little_where_little_will_do(served: Served) -> None:
    """All questions in short, some in full; of each item of a list the fields that are wanted."""
    in_short, words = found(served, "list_questions"), "directions council"
    in_full = found(served, "list_questions", containing=words)["items"]
    assert "containing" in in_short["details"] and len(json.dumps(in_short)) < 40_000
    for one in not_empty(in_full):
        (same,) = [other for other in in_short["items"] if other["id"] == one["id"]]
        required, optional = same["parameters"]["required"], same["parameters"]["optional"]
        assert {*required, *optional} == one["parameters"]["properties"].keys()
        assert "columns" in one and "columns" not in same
    items = found(served, "directions", fields=["signed", "council"])["items"]
    for item in not_empty(items):
        assert item.keys() == {"id", "iri", "kind", "signed", "council"}
    assert found(served, "directions", fields="signed, council")["items"] == items


def test_what_is_cut_is_counted_and_can_be_had(served: Served) -> None:
    """By the cursor of a list; by a larger limit elsewhere."""
    whole = [one["id"] for one in found(served, "directions")["items"]]
    pages: list[str] = []
    cursor = None
    while len(pages) < len(whole):
        answer = found(served, "directions", limit=3, cursor=cursor)
        assert answer["cut"]["total"] == len(whole)
        assert answer["cut"]["left_off"] == len(whole) - len(answer["items"]) > 0
        pages += [one["id"] for one in answer["items"]]
        cursor = answer["cut"]["cursor"]
    assert pages == whole and cursor is None
    rows = found(served, "query_sparql", query=DIRECTIONS, limit=2)
    assert len(rows["items"]) == 2 and rows["cut"]["left_off"] == len(whole) - 2
    assert rows["cut"]["rest"].startswith(f"2 of {len(whole)} are here")
    given = {"name": "directions_of_council", "parameters": {"council": "NFK"}}
    assert found(served, "ask_question", **given, limit=1)["cut"]["left_off"] == 2


def test_a_council_has_the_newest_of_each_section_or_those_asked_for(served: Served) -> None:
    """With counts of all, so that nothing seems to be missing."""
    whole = served.get("/councils/NFK").json()
    answer = found(served, "council", council="NFK")
    assert answer["counts"]["directions"] == len(whole["directions"]) == 3
    shown = [one["id"] for one in answer["council"]["directions"]]
    assert shown == [one["id"] for one in whole["directions"]][-2:]
    assert answer["council"]["inspections"][0]["id"] == whole["inspections"][0]["id"]
    assert "1 of directions" in answer["cut"]["rest"] and "discrepancies" not in answer["council"]
    assert answer["coverage"]["absence"] and answer["council"]["name"] == whole["name"]
    asked_for = found(served, "council", council="NFK", sections=["discrepancies"], limit=500)
    assert len(asked_for["council"]["discrepancies"]) == len(whole["discrepancies"]) > 0
    assert "directions" not in asked_for["council"]


def test_triples_and_truths_are_rows_too(served: Served) -> None:
    """One line for a triple, one row for the answer of ASK."""
    triples = found(
        served, "query_sparql", query=f"CONSTRUCT WHERE {{ ?s a <{CI}Direction> }}", limit=1
    )
    assert triples["items"][0].endswith(f"<{CI}Direction> .") and triples["cut"]["left_off"] > 0
    assert found(served, "query_sparql", query="ASK {}")["items"] == [{"answer": True}]


@pytest.mark.parametrize(("name", "arguments", "words"), BAD)
def test_bad_arguments_are_told_with_what_is_accepted(
    served: Served, name: str, arguments: Json, words: str
) -> None:
    """As an error of the tool, which an assistant reads and mends; long ones are not repeated."""
    result = called(served, name, arguments)
    assert result.is_error and words in text_of(result)
    assert text_of(result).lower().count("accepted: ") <= 1
    assert "x" * 201 not in text_of(result)
    assert result.structured_content is None


@pytest.mark.parametrize("mode", MODES)
def test_a_tool_that_is_none_is_an_error_of_the_protocol(served: Served, mode: Mode) -> None:
    """With the names there are."""

    async def ask(client: Client) -> str:
        with pytest.raises(MCPError) as raised:
            await client.call_tool("delete", {})
        return str(raised.value)

    assert "there is no tool 'delete'; there are: search_councils" in asked(served, ask, mode)


def test_no_session_is_begun_and_nothing_redirected(served: Served) -> None:
    """Each message stands alone: a call needs no handshake before it."""
    call = message("tools/call", name="directions", arguments={"council": "WOR"})
    told = post(served, call)
    assert told.status == 200 and told.is_whole
    assert told.headers["content-type"] == "application/json"
    assert told.headers["cache-control"] == "no-store"
    assert told.headers["x-request-id"] and "mcp-session-id" not in told.headers
    assert told.json()["result"]["structuredContent"]["items"]
    begun = post(
        served,
        message(
            "initialize",
            protocolVersion="2025-06-18",
            capabilities={},
            clientInfo={"name": "made up", "version": "0"},
        ),
    )
    assert begun.status == 200 and "mcp-session-id" not in begun.headers
    assert begun.json()["result"]["instructions"]
    asked_before = served.request("OPTIONS", "/mcp", None, {"Origin": "http://localhost:6274"})
    assert "MCP-Protocol-Version" in asked_before.headers["access-control-allow-headers"]


@pytest.mark.parametrize("method", ["GET", "DELETE", "PUT"])
def test_nothing_but_messages_is_taken(served: Served, method: str) -> None:
    """There is no stream to open and no session to end."""
    told = served.request(method, "/mcp", None, {"Accept": "text/event-stream"})
    assert told.status == 405
    assert "POST" in told.headers["allow"] and "GET" not in told.headers["allow"]


@pytest.mark.parametrize(
    ("body", "headers", "status"),
    [
        (b"{}", {"Content_Type": "text/plain"}, 415),
        (b"x" * (100_000 * 12 + 1), {}, 413),
        (b"{}", {"Origin": "https://page.example"}, 403),
        (b"{}", {"Origin": "null"}, 403),
        (b"{}", {"Origin": "http://127.0.0.1.page.example"}, 403),
        (b"{}", {"Origin": "http://[::1"}, 403),
        (b"not json", {}, 400),
        (b"\xff\xfe", {}, 400),
        (b"", {}, 400),
        (b"[" * 100_000, {}, 400),
        (b"[]", {}, 400),
        (b'{"jsonrpc": "2.0", "id": 1}', {}, 400),
        (message("tools/list"), {"MCP_Protocol_Version": "1999-01-01"}, 400),
        (message("tools/list"), {"Accept": "text/csv"}, 406),
    ],
)
def test_what_is_no_message_is_refused(
    served: Served, body: bytes, headers: dict[str, str], status: int
) -> None:
    """With a reason as JSON, and short."""
    told = post(served, body, **headers)
    assert told.status == status and told.is_whole
    assert told.json() and len(told.body) < 2_000
    is_ours = status in (403, 406, 413, 415)
    assert (told.headers["content-type"] == "application/problem+json") == is_ours


@pytest.mark.parametrize("origin", ["http://localhost:6274", "http://127.0.0.1", "http://[::1]:80"])
def test_pages_of_this_machine_may_ask(served: Served, origin: str) -> None:
    """Such as the inspector that comes with the SDK."""
    assert post(served, message("tools/list"), Origin=origin).status == 200


def test_half_a_character_is_told_and_not_stumbled_over(served: Served) -> None:
    """JSON can name what no text has; the two protocols read it differently."""
    call = message("tools/call", name="council", arguments={"council": "\ud800"})
    assert post(served, call).status == 400
    version = "2026-07-28"
    of_client = {
        "io.modelcontextprotocol/protocolVersion": version,
        "io.modelcontextprotocol/clientCapabilities": {},
    }
    call = message("tools/call", name="council", arguments={"council": "\ud800"}, _meta=of_client)
    named = {"MCP_Protocol_Version": version, "Mcp_Method": "tools/call", "Mcp_Name": "council"}
    result = post(served, call, **named).json()["result"]
    assert result["isError"] and "characters that no text has" in result["content"][0]["text"]


def test_limits_rates_and_addresses_hold_here_too(tmp_path: Path) -> None:
    """The same workers, the same counts, and nothing that a visitor wrote in the log."""
    dataset = write_dataset(tmp_path / "data.nq", 2_000)
    slow = "SELECT (COUNT(*) AS ?hidden) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i FILTER(?c != ?f) }"
    settings = {"query_seconds": 1, "client_requests": 5, "access_log": "text"}
    public = "https://example.org/record"
    with serving(dataset=dataset, public_address=public, **settings) as served:
        call = message("tools/call", name="query_sparql", arguments={"query": slow})
        result = post(served, call).json()["result"]
        assert result["isError"] and "1 s" in result["content"][0]["text"]
        call = message("tools/call", name="query_sparql", arguments={"query": COUNT})
        answered = post(served, call, Origin="https://example.org").json()["result"]
        assert answered["structuredContent"]["items"] == [{"count": 2_000}]
        assert answered["structuredContent"]["citation"]["address"].startswith(f"{public}/sparql")
        assert 'kind="mcp"' in served.get("/metrics").body.decode()
        statuses = [post(served, message("hidden/method")).status for _ in range(4)]
        assert statuses[-1] == 429 and statuses[0] != 429
        served.stop()
        log = served.log()
        assert "hidden" not in log and "method=POST path=/mcp" in log
