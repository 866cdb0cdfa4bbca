"""Find a council by its code of the register, or lead to that from any other name or number."""

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from api.hosting.state import Service
from api.routes.finding.council_names import accepted_codes
from ontology.errors import NotFound, UnknownIdentifier
from ontology.identifiers import thing
from ontology.namespaces import ID
from queries.search.meant import is_taken, meant, refusal

_DAY = "as_of"
"""The day that a request about one council may ask about."""
_PATHS: dict[str, str] = {"authority": "authorities", "council": "councils"}


def council_address(service: Service, code: str, day: str | None = None) -> str:
    """Return the address of the council that the register knows by a code.

    In: the day that the request asks about, if it is one.
    Raises: NotFound, saying what is accepted.
    """
    try:
        iri = str(thing("council", code))
    except UnknownIdentifier:
        iri = ""
    if iri not in service.reach.councils:
        match = meant(service.councils, code, day)
        raise NotFound(
            f"{code!r} {refusal(match, match.offered)}; expected a register code, such as NFK, or "
            "another code or name of one council; /councils?q= finds those with a part of a name",
            code,
            accepted_codes(match.offered),
        )
    return iri


def authority_address(service: Service, code: str) -> str:
    """Return the address of the combined authority that the register knows by a code.

    Raises: NotFound, saying where the known ones are listed.
    """
    known = service.known.get("authority", ())
    if code not in known:
        message = f"the register holds no authority {code}; /authorities lists those it holds"
        raise NotFound(message, code, list(known))
    return str(thing("authority", code))


def moved(
    request: Request, service: Service, code: str, rest: str = "", kind: str = "council"
) -> Response | None:
    """Return the redirection from another code or name to the council or authority it means.

    In: the kind of body whose address was asked for.
    Out: none for a register code of that kind, and for what means none or several.
    """
    # Whatever was sent may be no address: it is compared as a text.
    if code in service.known.get(kind, ()) or f"{ID}{kind}/{code}" in service.reach.councils:
        return None
    match = meant(service.councils, code, request.query_params.get(_DAY))
    found = match.entry
    if found is None or not is_taken(match):
        return None
    suffix, query = request.scope.get("suffix"), request.url.query
    target = f"/{_PATHS[found.kind]}/{found.code}{rest}" + (f".{suffix}" if suffix else "")
    return RedirectResponse(target + (f"?{query}" if query else ""), status_code=308)
