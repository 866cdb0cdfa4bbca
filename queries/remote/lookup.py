"""Find out which release a remote store holds."""

import hashlib
import json
import time

from SPARQLWrapper import POST, SPARQLWrapper

from ontology.errors import EngineFailed, NoRelease, QueryRefused
from ontology.namespaces import BASE, GRAPH
from queries.engine.interface import DEFAULT_LAYERS, RESULTS_JSON, Row
from queries.engine.limits import QueryLimits
from queries.remote.answer import ACCEPT_ROWS, rewritten
from queries.remote.call import Call, ConnectionLost, Endpoint, exchange
from queries.remote.client import AGENT
from queries.remote.release import CURRENT_VERSION, POINTER, RELEASES, RemoteRelease

DESCRIPTION = "http://purl.org/dc/terms/description"
_LOOKING_LIMITS = QueryLimits(60, 0, 64 * 2**20, 1_000_000)
"""Looking through a store without a pointer counts all that it holds."""
_WHICH = f"SELECT ?release {{ GRAPH <{POINTER}> {{ <{BASE}> <{CURRENT_VERSION}> ?release }} }}"
COUNTED = "SELECT ?graph (COUNT(*) AS ?count) { GRAPH ?graph { ?s ?p ?o } } GROUP BY ?graph"


def ask_rows(endpoint: Endpoint, text: str) -> list[Row]:
    """Return the rows of a query of ours, on whatever is the store's own dataset.

    Raises: EngineFailed, EngineTimeout; QueryTimeout for a part of an answer.
    """
    call = Call(time.monotonic() + _LOOKING_LIMITS.query_s, _LOOKING_LIMITS.answer_bytes)
    # It writes the request; what it would read has no limit of time before the body, and what it
    # would send elsewhere on the word of a server has the password with it.
    wrapper = SPARQLWrapper(endpoint.url, agent=AGENT)
    wrapper.setQuery(text)
    wrapper.setMethod(POST)
    wrapper.setOnlyConneg(True)
    wrapper.addCustomHttpHeader("Accept", ACCEPT_ROWS)
    request = wrapper._createRequest()
    assert isinstance(request.data, bytes)
    headers = dict(request.header_items())
    try:
        body = exchange(endpoint, request.data, headers, "SELECT", call)
    except QueryRefused as error:
        raise EngineFailed(f"{endpoint.url} refuses to be looked through: {error}") from None
    except ConnectionLost as error:
        raise ConnectionLost(f"{endpoint.url}: {error}") from None
    answer = json.loads(rewritten(body, "SELECT", RESULTS_JSON, _LOOKING_LIMITS))
    rows: list[Row] = answer["results"]["bindings"]
    return rows


def current_identifier(endpoint: Endpoint) -> str | None:
    """Return the identifier of the release that the store says is current.

    Out: None where it does not say exactly one, as while it is being changed.
    """
    names = {row["release"]["value"] for row in ask_rows(endpoint, _WHICH)}
    return names.pop().removeprefix(RELEASES) if len(names) == 1 else None


def find_release(endpoint: Endpoint) -> RemoteRelease:
    """Return the current release of a store; one that was filled otherwise counts as one release.

    Raises: NoRelease where nothing can be served, saying what to do; EngineFailed.
    """
    identifier = current_identifier(endpoint)
    return _filled_otherwise(endpoint) if identifier is None else described(endpoint, identifier)


def described(endpoint: Endpoint, identifier: str) -> RemoteRelease:
    """Return a published release as it describes itself.

    Raises: NoRelease where it does not.
    """
    name = f"{RELEASES}{identifier}"
    pattern = f"GRAPH <{name}> {{ ?part <{DESCRIPTION}> ?text }}"
    rows = ask_rows(endpoint, f"SELECT ?part ?text {{ {pattern} }}")
    if not rows:
        raise NoRelease(
            f"the store does not describe release {identifier}; publish it again with: "
            "interventions publish"
        )
    # One name, or several that end in their number: a store may refuse a very long text.
    parts = sorted((row["part"]["value"], row["text"]["value"]) for row in rows)
    said = json.loads("".join(text for _, text in parts))
    graphs, figures = tuple(said["graphs"]), tuple(said["figures"])
    return RemoteRelease(
        said["id"], graphs, True, said["built_at"], figures, said.get("counts", {})
    )


def _filled_otherwise(endpoint: Endpoint) -> RemoteRelease:
    """Return what a store holds that was not filled by `publish`.

    Its identifier is made of the names and sizes of its graphs.
    """
    rows = sorted(
        (row["graph"]["value"], row["count"]["value"]) for row in ask_rows(endpoint, COUNTED)
    )
    graphs = [graph for graph, _ in rows]
    if any(graph.startswith(RELEASES) for graph in graphs):
        raise NoRelease(
            "the store holds a release but does not say which is current; wait until its "
            "publication has ended, or run again: interventions publish"
        )
    if any(graph.startswith(DEFAULT_LAYERS) for graph in graphs):
        # A store may hold graphs of its own beside those of the release.
        rows = [row for row in rows if row[0].startswith(str(GRAPH))]
        graphs = [graph for graph, _ in rows]
    identifier = hashlib.sha256(json.dumps(rows).encode()).hexdigest()[:12]
    return RemoteRelease(identifier, tuple(graphs), False)
