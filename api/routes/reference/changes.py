"""What changed: in the record from release to release, and in what sources told, by day."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.hosting.state import Service, Shared
from api.http.negotiation import TABLE, wanted_format
from api.http.paging import cut, next_link
from api.http.public_address import origin_of
from api.http.responses import ResponseContent, reply
from api.routes.filters import PAGING, page_limit, read_request
from api.routes.list_endpoint import covered, envelope, page_headers
from api.routes.reference.atom import MEDIA_TYPE, Entry, Feed, as_atom
from api.routes.shown.choosers import Chosen, choosers
from api.views.serialisers import Json, kind_of_address, local_id
from data.releases import CHANGES_FILE
from ontology.errors import NotFound, WrongParameter
from ontology.identifiers import reference
from ontology.namespaces import BASE, ID
from queries.engine.interface import Row
from queries.parameters import Parameter

router = APIRouter()

FORMATS: dict[str, str] = TABLE | {"atom": MEDIA_TYPE}
COLUMNS = (
    *("id", "of", "release", "day", "kind", "council", "regime", "thing", "thing_label"),
    *("property", "before", "after", "source", "claim", "replaces", "reason"),
)
FILTERS = (
    Parameter("of", "changeof", True, "record: what releases changed; sources: what sources told"),
    Parameter("kind", "change", True, "new, corrected or withdrawn"),
    Parameter("council", "council", True, "register code of a council, such as NFK"),
    Parameter("regime", "regime", True, "body of law, such as best-value"),
    Parameter("release", "text", True, "name of a recorded release, such as 2026-11-30"),
    Parameter("from", "date", True, "first day, such as 2026-01-01"),
    Parameter("to", "date", True, "last day, such as 2026-11-30"),
)
_EQUAL = "of", "kind", "council", "regime", "release"
_TITLE = "What changed"
_NOTE_OF_SOURCES = (
    "An item of sources tells from which day on an act, an inspection, an appointment, a report, a "
    "sum or a transfer was known, or since when a better source gives another value; day is that "
    "of its publication, or on which it was read where none tells that."
)


@lru_cache(maxsize=2)
def _read(path: Path, version: int) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_bytes())
    return found


def changes_of(service: Service) -> dict[str, Any]:
    """Return the file of changes that is kept with the release.

    Raises: NotFound where what is served is no release in a folder.
    """
    file = None if service.data_file is None else service.data_file.parent / CHANGES_FILE
    if file is None or not file.is_file():
        raise NotFound("no changes are kept with what is served here", None, ["/claims"])
    return _read(file, file.stat().st_mtime_ns)


def recorded(service: Service) -> list[str]:
    """Return the names of the recorded releases, the newest first; none where none is kept."""
    try:
        return [one["release"] for one in changes_of(service)["releases"]]
    except NotFound:
        return []


def first_seen(service: Service, claim: str) -> str | None:
    """Return the recorded release that brought a claim; nothing where none is known to have."""
    try:
        kept = changes_of(service)
    except NotFound:
        return None
    later: str | None = kept["first_seen"].get(f"claim/{claim}")
    is_of_first = kept["is_recorded"] and later is None
    return str(kept["releases"][-1]["release"]) if is_of_first else later


def withdrawn_with(service: Service, claim: str) -> str | None:
    """Return the recorded release with which a claim was withdrawn or corrected, if it was."""
    try:
        items = changes_of(service)["items"]
    except NotFound:
        return None
    name, keys = f"claim/{claim}", {"withdrawn": "claim", "corrected": "replaces"}
    told = (one for one in items if one["of"] == "record" and one["kind"] in keys)
    return next((one["release"] for one in told if one[keys[one["kind"]]] == name), None)


@router.get("/changes", summary=_TITLE)
async def changes(request: Request, service: Shared) -> Response:
    """List what is new, corrected and withdrawn: in the record, and in what sources told."""
    chosen = wanted_format(request, FORMATS)
    given = read_request(request, service, FILTERS, PAGING)
    limit, after = page_limit(request, service), request.query_params.get("cursor")
    kept = await asyncio.to_thread(changes_of, service)
    items = _fitting(kept, given)
    if chosen == "csv" and "limit" not in request.query_params:
        limit = max(len(items), 1)
    by_id = {item["id"]: item for item in items}
    rows: list[Row] = [{"item": {"type": "uri", "value": f"{ID}change/{name}"}} for name in by_id]
    page, following = cut(rows, limit, after)
    shown = [_shown(by_id[row["item"]["value"].rpartition("/")[2]]) for row in page]
    link = next_link(request, following)
    council = covered(service, given.get("council"))
    body = envelope(service, shown, len(items), link, council)
    body |= {"note": note(kept), "releases": kept["releases"]}
    headers = page_headers(body)
    if chosen == "atom":
        return _feed(request, shown, link, headers)
    if chosen == "html":
        headers["Link"] = ", ".join(filter(None, [headers.get("Link"), _feed_link(request)]))
        body |= await _form(service, kept, given)
    content = ResponseContent(
        _TITLE, body, shown, COLUMNS, template="changes.html", headers=headers
    )
    return await asyncio.to_thread(reply, request, chosen, content)


async def _form(
    service: Service, kept: Mapping[str, Any], given: Mapping[str, str]
) -> dict[str, Json]:
    """Return what the page shows to choose changes by."""
    choices = dict(await choosers(service, FILTERS))
    choices["release"] = [Chosen(one["release"], one["release"]) for one in kept["releases"]]
    names = sorted({*service.reach.councils.values()})
    return {"filters": FILTERS, "given": given, "choices": choices, "names": names}


def note(kept: Mapping[str, Any]) -> str:
    """Return in words what the items are, and since when changes of the record are told."""
    releases: Sequence[Mapping[str, Any]] = kept["releases"]
    if not releases:
        record = "No release was recorded yet, so nothing is told of changes in the record."
    elif len(releases) == 1:
        record = (
            f"One release is recorded, of {releases[0]['day']}: nothing in the record had changed "
            "before, and all items are of sources."
        )
    else:
        record = f"{len(releases)} releases are recorded, the newest of {releases[0]['day']}."
    if releases and not kept["is_recorded"]:
        record += " The statements served here differ from those of the last recorded release."
    return f"{record} {_NOTE_OF_SOURCES}"


def _fitting(kept: Mapping[str, Any], given: Mapping[str, str]) -> list[dict[str, str]]:
    """Return the items that fit the filters.

    Raises: WrongParameter for a release that is not recorded.
    """
    names = [one["release"] for one in kept["releases"]]
    if "release" in given and given["release"] not in names:
        raise WrongParameter(
            f"release: {given['release']!r} is not recorded; expected one of those there are",
            given["release"],
            names or ["no release is recorded yet"],
        )
    first, last = given.get("from", ""), given.get("to", "9999")
    return [
        item
        for item in kept["items"]
        if first <= item["day"] <= last
        and all(item[name] == given[name] for name in _EQUAL if name in given)
    ]


def _shown(item: Mapping[str, str]) -> dict[str, Json]:
    """Return an item as an object: nothing stands where it tells nothing."""
    plain = {key: text or None for key, text in item.items() if key != "label"}
    name = item["label"] or item["thing"].replace("/", " ")
    iri = str(reference(item["thing"]))
    thing = {"kind": kind_of_address(iri), "id": local_id(iri), "iri": iri, "label": name}
    return plain | {"thing": thing}


def _feed(
    request: Request, items: Sequence[Mapping[str, Any]], link: str | None, headers: dict[str, str]
) -> Response:
    origin, path = origin_of(request.scope), request.scope["asked_path"]
    query = f"?{request.url.query}" if request.url.query else ""
    feed = Feed(
        f"{BASE}changes{query}",
        _TITLE,
        f"{origin}{path}{query}",
        f"{origin}/changes.html{query}",
        f"{origin}{link}" if link else None,
    )
    entries = [
        Entry(
            f"{ID}change/{item['id']}",
            f"{item['kind']}: {item['thing']['label']}",
            item["day"],
            sentence(item),
            f"{origin}/{item['thing']['iri'].removeprefix(BASE)}",
            item["regime"] or "",
        )
        for item in items
    ]
    return Response(
        as_atom(feed, entries), media_type=MEDIA_TYPE, headers={"Vary": "Accept", **headers}
    )


def sentence(item: Mapping[str, Any]) -> str:
    """Return in a sentence what changed.

    >>> told = {"before": "2021", "after": "2021-09", "property": "takenUp", "of": "sources"}
    >>> sentence({**told, "kind": "corrected", "source": "document/page", "reason": None})
    'takenUp: 2021-09 instead of 2021; source: document/page'
    """
    name, before, after = item["property"], item["before"], item["after"]
    values = {
        "new": f"{name}: {after}" if name else "known for the first time",
        "corrected": f"{name}: {after or 'no value'} instead of {before}",
        "withdrawn": f"{name}: {before} is told no more",
    }
    reason = f"; reason: {item['reason']}" if item["reason"] and item["of"] == "record" else ""
    source = f"; source: {item['source']}" if item["source"] else ""
    return f"{values[item['kind']]}{source}{reason}"


def _feed_link(request: Request) -> str:
    query = f"?{request.url.query}" if request.url.query else ""
    return f'</changes.atom{query}>; rel="alternate"; type="{MEDIA_TYPE}"'
