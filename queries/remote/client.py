"""The one HTTP client: what asks stores and publishers, and writes into stores."""

from collections.abc import Callable, Iterable
from importlib.metadata import version
from typing import Any

import httpx2

AGENT = f"council-interventions/{version('council-interventions')}"
"""What we call ourselves."""


def new_client(timeout_s: float, **options: Any) -> httpx2.Client:
    """Return a client that waits so long for each step of an exchange.

    Guarantee: a connection serves one exchange, so that a server that was started anew is not found
    out by a request that fails; answers are asked for as they are, not packed, so that what is
    counted as it arrives is what is kept; no redirection is followed unless the options say so.
    """
    return httpx2.Client(
        timeout=timeout_s,
        headers={"User-Agent": AGENT, "Accept": "*/*", "Accept-Encoding": "identity"},
        limits=httpx2.Limits(max_connections=None, max_keepalive_connections=0),
        **options,
    )


def read_within(
    pieces: Iterable[bytes], limit_bytes: int, check_time: Callable[[], object]
) -> bytes | None:
    """Return the body of an answer, piece by piece as it comes, or None for one above the limit.

    In: what raises the error for an answer that takes too long; asked after each piece.
    """
    body = bytearray()
    for piece in pieces:
        body += piece
        if len(body) > limit_bytes:
            return None
        check_time()
    return bytes(body)
