"""Pictures from questions of the catalogue, each with its data, and an address to embed it."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass

from fastapi import APIRouter, Request
from markupsafe import Markup
from starlette.responses import Response

from api.analysis.names import council_name
from api.analysis.picture import Chart, Picture
from api.analysis.pictures.all_pictures import PICTURES, find_picture
from api.analysis.takeaway import NARROW_PX, WIDE_PX, as_png, drawn, whole_svg
from api.hosting.state import Service, Shared
from api.http.negotiation import PAGE, SVG, TABLE, wanted_format
from api.http.responses import ResponseContent, reply
from api.http.templating import page
from api.pages.citation import citation
from api.routes.filters import read_request
from api.views.serialisers import Json
from queries.catalogue import CatalogueQuery, find_query
from queries.engine.interface import select
from queries.json_values import plain_rows

router = APIRouter()

PNG = "image/png"
_OVERVIEW = {name: TABLE[name] for name in ("json", "html")}
_IN_A_FRAME = (
    "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors *"
)
"""Policy of the one address of a picture that pages of others may show in a frame."""


@dataclass(frozen=True)
class _Answered:
    """A picture with the answer to its question, and the chart that is made of it."""

    picture: Picture
    query: CatalogueQuery
    items: list[Mapping[str, Json]]
    chart: Chart


@router.get("/analysis", summary="Pictures from the catalogue of questions")
async def pictures(request: Request, service: Shared) -> Response:
    """Each picture with what it shows, what it finds and what it leaves out."""
    chosen = wanted_format(request, _OVERVIEW)
    read_request(request, service)
    found = [await _answered(service, picture) for picture in PICTURES.values()]
    items = [_described(one) for one in found]
    body: dict[str, Json] = {"items": items, "total": len(items)}
    body |= {"release": service.release.id, "coverage": service.coverage()}
    if chosen == "html":
        body["drawings"] = await asyncio.to_thread(
            lambda: {one.picture.name: _inline(one, NARROW_PX, "narrow") for one in found}
        )
    content = ResponseContent("Analysis", body, template="analysis.html")
    return reply(request, chosen, content)


@router.get("/analysis/{name}.svg", summary="A picture as SVG")
async def picture_svg(request: Request, service: Shared, name: str) -> Response:
    """Return the picture with its finding, its caveat and its source on the paper."""
    found = await _asked(request, service, name)
    return Response(_whole(service, found), media_type=SVG)


@router.get("/analysis/{name}.png", summary="A picture as PNG")
async def picture_png(request: Request, service: Shared, name: str) -> Response:
    """Return the same as the SVG, for programs that show no SVG."""
    found = await _asked(request, service, name)
    image = await asyncio.to_thread(lambda: as_png(_whole(service, found)))
    return Response(image, media_type=PNG)


@router.get("/analysis/{name}", summary="One picture with its question and data")
async def one_picture(request: Request, service: Shared, name: str) -> Response:
    """Return the rows of the question with what they show; as a page, the picture itself."""
    found = await _asked(request, service, name)
    chosen = wanted_format(request, TABLE)
    query, columns = found.query, list(found.query.columns)
    body = _described(found) | {"asked": _question(service, found), "columns": columns}
    body |= {"items": found.items, "total": len(found.items)}
    body["takeaway"] = _takeaway(found.picture)
    body["citation"] = _citation(service, found.picture)
    body |= {"release": service.release.id, "coverage": service.coverage(None, query.topics)}
    if chosen == "html":
        body |= await asyncio.to_thread(_as_shown, found)
    content = ResponseContent(found.picture.title, body, found.items, columns, (), "picture.html")
    return reply(request, chosen, content)


@router.get("/analysis/{name}/embed", summary="A picture for a frame in a page of others")
async def embedded_picture(request: Request, service: Shared, name: str) -> Response:
    """Return a small page; it is the only one of the pictures that may stand in a frame."""
    found = await _asked(request, service, name)
    wanted_format(request, PAGE)
    shown = await asyncio.to_thread(_as_shown, found)
    source = _citation(service, found.picture)
    body = _described(found) | shown | {"source": source}
    text = page("picture_embed.html", request, title=found.picture.title, body=body)
    headers = {"Content-Security-Policy": _IN_A_FRAME}
    return Response(text, media_type="text/html", headers=headers)


async def prepare_pictures(service: Service) -> None:
    """Ask for the answer to the question of each picture, which is kept."""
    for picture in PICTURES.values():
        await _answered(service, picture)


async def _asked(request: Request, service: Service, name: str) -> _Answered:
    """Return the picture that a request names, which takes no parameters."""
    picture = find_picture(name)
    read_request(request, service)
    return await _answered(service, picture)


async def _answered(service: Service, picture: Picture) -> _Answered:
    """Return a picture with its answer, which cannot change while the release is served."""
    query = find_query(picture.question)
    text = query.bind(dict(picture.parameters))
    if text not in service.whole_lists:
        _, service.whole_lists[text] = await select(service.engine, text, query.text)
    items = plain_rows(query.columns, service.whole_lists[text])
    councils = service.reach.councils
    chart = picture.chart(items, lambda address: council_name(councils, address))
    return _Answered(picture, query, items, chart)


def _described(found: _Answered) -> dict[str, Json]:
    picture = found.picture
    return {
        "id": picture.name,
        "title": picture.title,
        "shows": picture.shows,
        "finding": found.chart.finding,
        "key": picture.key,
        "caveat": picture.caveat,
        "question": found.query.question,
        "address": f"/analysis/{picture.name}",
    }


def _question(service: Service, found: _Answered) -> dict[str, Json]:
    query, given = found.query, dict(found.picture.parameters)
    return {
        "id": query.name,
        "title": query.title,
        "question": query.question,
        "address": f"/queries/{query.name}",
        "given": given,
        "sparql": query.asked(given),
        "caveat": service.reach.caveat(query.topics, None),
    }


def _takeaway(picture: Picture) -> dict[str, Json]:
    stem = f"/analysis/{picture.name}"
    return {form: f"{stem}.{form}" for form in ("svg", "png", "csv")} | {"embed": f"{stem}/embed"}


def _inline(found: _Answered, width: float, place: str) -> Markup:
    """Return a drawing for a page; the writer of XML has escaped every text of it."""
    return Markup(drawn(found.picture, found.chart, width, place).svg())


def _as_shown(found: _Answered) -> dict[str, Json]:
    return {
        "wide": _inline(found, WIDE_PX, "wide"),
        "narrow": _inline(found, NARROW_PX, "narrow"),
        "table": found.chart.table,
    }


def _whole(service: Service, found: _Answered) -> str:
    return whole_svg(found.picture, found.chart, _citation(service, found.picture))


def _citation(service: Service, picture: Picture) -> str:
    """Return how a picture is cited; the host that a client names is not believed."""
    site, path = service.settings.public_address or "", f"/analysis/{picture.name}"
    day = service.newest_day
    return citation(picture.title, site, path, service.release.id, day, {}, is_dated=False).text
