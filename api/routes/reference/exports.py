"""What is taken away: the files of the release, and their description in DCAT."""

from pathlib import Path

import pyoxigraph as ox
from fastapi import APIRouter, Request
from starlette.responses import FileResponse, Response

from api.hosting.state import Service, Shared
from api.http.negotiation import RDF, wanted_format
from api.http.public_address import origin_of
from api.http.responses import ResponseContent, reply
from api.routes.filters import read_request
from api.views.serialisers import Json
from data.publication import DATASET, publication, release_address
from data.releases import SUMS_FILE
from ontology.errors import NotFound
from queries.tables.files import EXPORTS_FOLDER, file_kinds

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
    body = {
        "items": items,
        "total": len(items),
        "release": service.release.id,
        "citation": f"{told.creator}: {told.title}, release {service.release.id}. {DATASET}",
        "licence": told.licence,
        "rights": told.rights,
    }
    return reply(request, chosen, ResponseContent("Take away", body, template="exports.html"))


def _items(folder: Path) -> list[dict[str, Json]]:
    lines = (folder / SUMS_FILE).read_text(encoding="utf-8").splitlines()
    sums = {name: sha256 for sha256, _, name in (line.partition("  ") for line in lines)}
    return [
        {
            "name": name,
            "bytes": (folder / name).stat().st_size,
            "sha256": sums[name],
            "media_type": kind.media_type,
            "description": kind.description,
            "address": f"/exports/{name}",
        }
        for name, kind in file_kinds().items()
        if name in sums
    ]


@router.get("/exports/{name:path}", summary="One file of the release, whole or in part")
async def exported_file(request: Request, service: Shared) -> Response:
    """Answer a file as it is, of any size; a part of it by `Range`."""
    read_request(request, service)
    name = request.scope["asked_path"].removeprefix("/exports/")
    kinds = file_kinds()
    if name not in kinds:
        raise NotFound(
            f"there is no file {name}; those there are stand at /exports", name, list(kinds)
        )
    folder = _folder(service)
    if folder is None or not (folder / name).is_file():
        raise NotFound(f"this release has no file {name}; {_MAKE}", name, ["/exports"])
    return FileResponse(
        folder / name,
        media_type=kinds[name].media_type,
        filename=name.rpartition("/")[2],
    )


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
