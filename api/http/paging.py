"""Cut a list into pages with cursors that stay right when items are added."""

import base64
import binascii
from collections.abc import Sequence
from urllib.parse import urlencode

from fastapi import Request

from ontology.errors import UnknownIdentifier, WrongParameter
from ontology.identifiers import reference, short
from queries.engine.interface import Row

_NAMED = 3
"""Items that a cursor names."""


def cut(rows: Sequence[Row], limit: int, cursor: str | None) -> tuple[list[Row], str | None]:
    """Return one page of rows, and the cursor of the page after it.

    Guarantee: a cursor names the last items before its page, so it stays right when items are
    added, and when a later release has no longer the very last of them.
    Raises: WrongParameter for a cursor that names no item of this list.
    """
    start = 0
    if cursor:
        places = {row["item"]["value"]: place for place, row in enumerate(rows)}
        last = next((name for name in _decode(cursor) if name in places), None)
        if last is None:
            raise WrongParameter(
                "cursor: it does not belong to this list; take that of the link in next, or start "
                "without it",
                cursor,
                ["next"],
            )
        start = places[last] + 1
    page = list(rows[start : start + limit])
    if start + limit >= len(rows):
        return page, None
    before = rows[: start + limit][-_NAMED:]
    return page, _encode([row["item"]["value"] for row in reversed(before)])


def _encode(names: Sequence[str]) -> str:
    """Return the names as a text without signs that an address would have to escape."""
    text = "\n".join(short(name) for name in names)
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def _decode(cursor: str) -> list[str]:
    """Return the names in a cursor, the last item first; none of what is no cursor."""
    try:
        padded = (cursor + "=" * (-len(cursor) % 4)).encode("ascii")
        text = base64.b64decode(padded, altchars=b"-_", validate=True).decode()
    except (binascii.Error, ValueError):
        return []
    return [name for part in text.split("\n") for name in _spellings(part)]


def _spellings(part: str) -> list[str]:
    """Return a name as it stands, and the address that it is short for."""
    try:
        return [part, str(reference(part))]
    except UnknownIdentifier:
        return [part]


def next_link(request: Request, cursor: str | None) -> str | None:
    """Return the relative address of the following page, with the same filters and format.

    In: the cursor of that page, or none after the last.
    """
    if cursor is None:
        return None
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]
    return f"{request.scope['asked_path']}?{urlencode([*kept, ('cursor', cursor)])}"
