"""Find a council by a code: its own of the register, or one that its area bears or bore."""

from fastapi import Request
from starlette.responses import RedirectResponse, Response

from api.hosting.state import Service
from ontology.errors import NotFound, UnknownIdentifier
from ontology.identifiers import thing


def council_address(service: Service, code: str) -> str:
    """Return the address of the council that the register knows by a code.

    Raises: NotFound, saying what is accepted.
    """
    try:
        iri = str(thing("council", code))
    except UnknownIdentifier:
        iri = ""
    if iri not in service.reach.councils:
        raise NotFound(
            f"the register holds no council {code}; expected a register code, such as NFK, or a "
            "code that a council's area bears or bore, such as E10000020; /councils?q= finds "
            "those it holds by a part of a name",
            code,
            [*service.known.get("council", ()), *service.codes],
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


def moved(request: Request, service: Service, code: str, rest: str = "") -> Response | None:
    """Return the redirection from a code of an area to the council, or none for another code.

    Raises: NotFound if several councils have borne the code, naming them.
    """
    councils = service.codes.get(code.upper(), ())
    if not councils:
        return None
    if len(councils) > 1:
        several = [f"/councils/{council}{rest}" for council in councils]
        raise NotFound(f"several councils have borne the code {code}", code, several)
    suffix, query = request.scope.get("suffix"), request.url.query
    target = f"/councils/{councils[0]}{rest}" + (f".{suffix}" if suffix else "")
    return RedirectResponse(target + (f"?{query}" if query else ""), status_code=308)
