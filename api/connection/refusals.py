"""What a connection says where no request reaches the application."""

from starlette.requests import Request
from uvicorn.protocols.http.httptools_impl import STATUS_LINE

from api.http.problems import known_problem
from api.http.representation import HEADERS, header_lines
from ontology.errors import InterventionsError


def refusal(error: InterventionsError, path: str = "/") -> bytes:
    """Return the whole answer for a request that cannot be taken, after which the connection ends.

    Out: as every other error, problem+json.
    """
    response = known_problem(Request({"type": "http", "path": path, "headers": []}), error)
    headers = [*response.raw_headers, *HEADERS, (b"connection", b"close")]
    head = STATUS_LINE[response.status_code], header_lines(headers)
    return b"".join((*head, b"\r\n", bytes(response.body)))
