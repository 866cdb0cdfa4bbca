"""What is taken away: the files of the release, and their description in DCAT."""

import asyncio
from pathlib import Path

import pyoxigraph as ox
from fastapi import APIRouter, Request
from starlette.responses import FileResponse, RedirectResponse, Response

from api.hosting.state import Service, Shared
from api.http.negotiation import RDF, THING, wanted_format
from api.http.public_address import origin_of
from api.http.responses import ResponseContent, reply
from api.routes.filters import read_request
from api.routes.linked_data import see_other
from api.views.serialisers import Json
from data.publication import publication, release_address
from data.releases import SUMS_FILE, check_file, read_sums
from ontology.errors import NotFound, Withdrawn
from queries.tables.files import EXPORTS_FOLDER, file_kinds, kind_of, kinds_in
from queries.tables.former import former_table_of
from queries.tables.recipes import NOT_READ, QUESTION, recipes

router = APIRouter()

_LIST: dict[str, str] = {"json": "application/json", "html": "text/html"}
_MAKE = "a release gets its files by: interventions build"


def _folder(service: Service) -> Path | None:
    """Return the folder of the files, if the release has one."""
    if service.data_file is None:
        return None
    folder = service.data_file.parent / EXPORTS_FOLDER
    return folder if (folder / SUMS_FILE).is_file() else None


@router.get("/exports", summary="The files of the release, for taking away")
async def exports(request: Request, service: Shared) -> Response:
    """Answer which files there are, with their sizes, hashes, and what each is for."""
    chosen = wanted_format(request, _LIST)
    read_request(request, service)
    folder = _folder(service)
    items = _items(folder) if folder else []
    told = publication()
    body: dict[str, Json] = {
        "items": items,
        "total": len(items),
        "release": service.release.id,
        "citation": told.citation(service.release.id, (service.release.built_at or "")[:10]),
        "licence": told.licence,
        "rights": told.rights,
        "question": f"{QUESTION} {NOT_READ}",
        "recipes": [
            {
                "title": one.title,
                "before": " ".join(filter(None, (one.question, one.before))),
                "text": one.text,
            }
            for one in recipes().values()
        ],
    }
    return reply(request, chosen, ResponseContent("Take away", body, template="exports.html"))


def _items(folder: Path) -> list[dict[str, Json]]:
    sums = read_sums(folder)
    return [
        {
            "name": name,
            "bytes": (folder / name).stat().st_size,
            "sha256": sums[name],
            "media_type": kind.media_type,
            "description": kind.description,
            "address": f"/exports/{name}",
        }
        for name, kind in kinds_in(folder).items()
        if name in sums
    ]


@router.get("/exports/{name:path}", summary="One file of the release, whole or in part")
async def exported_file(request: Request, service: Shared) -> Response:
    """Answer a file as it was written, of any size; a part of it by `Range`."""
    read_request(request, service)
    name = request.scope["asked_path"].removeprefix("/exports/")
    kind = kind_of(name)
    if kind is None:
        raise _no_file(name)
    folder = _folder(service)
    if folder is None or not (folder / name).is_file():
        raise NotFound(f"this release has no file {name}; {_MAKE}", name, ["/exports"])
    if name != SUMS_FILE:
        await asyncio.to_thread(check_file, folder / name, read_sums(folder).get(name, ""))
    return FileResponse(
        folder / name,
        media_type=kind.media_type,
        filename=name.rpartition("/")[2],
    )


def _no_file(name: str) -> NotFound:
    """Return that there is no such file: none ever, or none any more and what has its rows now."""
    if former := former_table_of(name):
        now = f"tables/{former.now}.{name.rpartition('.')[2]}"
        return Withdrawn(f"{name} is given up: {former.told}", name, [f"/exports/{now}"])
    known = list(file_kinds())
    return NotFound(f"there is no file {name}; those there are stand at /exports", name, known)


@router.get("/catalog", summary="The release as a catalogue of data (DCAT)")
async def catalog(request: Request, service: Shared) -> Response:
    """Answer the description of the release; its files stand at addresses of this service."""
    chosen = wanted_format(request, RDF)
    read_request(request, service)
    folder = _folder(service)
    if folder is None:
        raise NotFound(f"this release has no description in DCAT; {_MAKE}", None, ["/exports"])
    text = (folder / "dcat.ttl").read_text(encoding="utf-8")
    files = f"{release_address(service.release.id)}/"
    text = text.replace(f"<{files}", f"<{origin_of(request.scope)}/exports/")
    triples = [quad.triple for quad in ox.parse(text, ox.RdfFormat.TURTLE)]
    return reply(request, chosen, ResponseContent("Catalogue", None, triples=triples))


@router.get("/dataset", summary="The data as a whole: 303 to its description", status_code=303)
async def dataset(request: Request, service: Shared) -> Response:
    """Say where the newest release is described: to programs in RDF, to people on its page."""
    return _described(request, service)


@router.get(
    "/dataset/{path:path}",
    summary="A release, or a file of it: 303 to its description, or to the file",
    status_code=303,
)
async def dataset_release(request: Request, service: Shared, path: str) -> Response:
    """Say where the release that is served here is described, or where a file of it is."""
    asked = request.scope["asked_path"].removeprefix("/dataset/")
    release, _, file = asked.partition("/")
    if release.partition(".")[0] != service.release.id:
        raise NotFound(
            f"the release {release} is not served here, but {service.release.id}; a copy of its "
            "folder holds all of it",
            release,
            [f"/dataset/{service.release.id}", "/changes"],
        )
    if not file:
        return _described(request, service)
    if kind_of(file) is None:
        raise _no_file(file)
    return RedirectResponse(f"/exports/{file}", status_code=303)


def _described(request: Request, service: Service) -> Response:
    if wanted_format(request, THING) not in RDF:
        return see_other(request, "/exports")
    return see_other(request, "/catalog" if _folder(service) else "/.well-known/void")
