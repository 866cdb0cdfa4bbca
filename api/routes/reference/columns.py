"""The columns of every list as a table: what each means, in words and for programs (CSVW)."""

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.hosting.state import Shared
from api.http.negotiation import TABLE, wanted_format
from api.http.responses import ResponseContent, as_json, reply
from api.routes.filters import read_request
from api.views.columns import Column, columns_of
from api.views.lists import BY_PATH, RESOURCES
from api.views.serialisers import Json
from ontology.errors import NotFound

router = APIRouter()

CSVW: dict[str, str] = {"json": "application/csvm+json"}
_COLUMNS = "list", "column", "label", "meaning", "unit", "type", "several"
_SEVERAL = "; "
"""What stands between several values in one cell."""


@router.get("/columns", summary="The columns of every list as a table")
async def columns(request: Request, service: Shared) -> Response:
    """Answer what each column of each list means, with its unit and type."""
    chosen = wanted_format(request, TABLE)
    read_request(request, service)
    items = [_row(one.path, column) for one in RESOURCES for column in columns_of(one)]
    body = {"items": items, "total": len(items), "release": service.release.id}
    content = ResponseContent("Columns", body, items, _COLUMNS, template="columns.html")
    return reply(request, chosen, content)


def _row(path: str, column: Column) -> dict[str, Json]:
    return {
        "list": path,
        "column": column.name,
        "label": column.label,
        "meaning": column.meaning,
        "unit": column.unit or None,
        "type": column.datatype,
        "several": column.is_list,
    }


@router.get("/columns/{path}", summary="The columns of one list, for programs")
async def columns_of_list(request: Request, service: Shared, path: str) -> Response:
    """Answer the description of a list's CSV as CSV on the Web has it."""
    chosen = wanted_format(request, CSVW)
    read_request(request, service)
    if path not in BY_PATH:
        raise NotFound(f"there is no list {path}", path, list(BY_PATH))
    described = [_described(column) for column in columns_of(BY_PATH[path])]
    body = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": f"/{path}.csv",
        "dc:title": BY_PATH[path].title,
        "dc:description": BY_PATH[path].query.question,
        "tableSchema": {"columns": described},
    }
    return Response(as_json(body), headers={"Vary": "Accept"}, media_type=CSVW[chosen])


def _described(column: Column) -> dict[str, Json]:
    """Return a column as CSV on the Web describes one."""
    more = {"separator": _SEVERAL} if column.is_list else {}
    unit = {"schema:unitText": column.unit} if column.unit else {}
    return {
        "name": column.name,
        "titles": [column.name, column.label],
        "dc:description": column.meaning,
        "datatype": column.datatype,
        **more,
        **unit,
    }
