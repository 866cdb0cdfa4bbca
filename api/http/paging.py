"""Cut a list into pages with cursors that stay right when items are added."""

import base64
import binascii
from collections.abc import Sequence
from urllib.parse import urlencode

from fastapi import Request

from ontology.errors import WrongParameter
from queries.engine.interface import Row


def cut(rows: Sequence[Row], limit: int, cursor: str | None) -> tuple[list[Row], str | None]:
    """Return one page of rows, and the cursor of the page after it.

    Guarantee: a cursor names the last item before its page, so it stays right when items are added.
    Raises: WrongParameter for a cursor that names no item of this list.
    """
    start = 0
    if cursor:
        places = {row["item"]["value"]: place for place, row in enumerate(rows)}
        last = _decode(cursor)
        if last not in places:
            raise WrongParameter(
                "cursor: it does not belong to this list; take that of the link in next, or start "
                "without it",
                cursor,
                ["next"],
            )
        start = places[last] + 1
    page = list(rows[start : start + limit])
    return page, _encode(page[-1]["item"]["value"]) if start + limit < len(rows) else None


def _encode(iri: str) -> str:
    return base64.urlsafe_b64encode(iri.encode()).decode().rstrip("=")


def _decode(cursor: str) -> str | None:
    try:
        return base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode()
    except (binascii.Error, ValueError):
        return None


def next_link(request: Request, cursor: str | None) -> str | None:
    """Return the relative address of the following page, with the same filters and format.

    In: the cursor of that page, or none after the last.
    """
    if cursor is None:
        return None
    kept = [(name, value) for name, value in request.query_params.multi_items() if name != "cursor"]
    return f"{request.scope['asked_path']}?{urlencode([*kept, ('cursor', cursor)])}"
