"""A list as one table, made piece by piece, so that one of any length takes little memory."""

from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence

from api.http.responses import as_csv
from api.views.serialisers import Json
from queries.engine.interface import Row

PIECE_ITEMS = 500
Items = Callable[[Sequence[Row]], Awaitable[Sequence[Mapping[str, Json]]]]
"""What makes the items of some rows."""


async def table_pieces(
    rows: Sequence[Row],
    columns: Sequence[str],
    items_of: Items,
    last: Sequence[Mapping[str, Json]] = (),
) -> AsyncIterator[bytes]:
    """Yield the table of a list, its head first.

    In: what makes the items of some rows; items that have no row, which stand at the end.
    """
    yield as_csv((), columns).encode()
    for start in range(0, len(rows), PIECE_ITEMS):
        items = await items_of(rows[start : start + PIECE_ITEMS])
        yield as_csv(items, columns, has_head=False).encode()
    if last:
        yield as_csv(last, columns, has_head=False).encode()
