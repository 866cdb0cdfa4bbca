"""Read the filters of a request and check each, before any query is made of them."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import Request

from api.errors import WrongRequest
from api.service import Service
from ontology.errors import WrongParameter
from ontology.identifiers import short
from queries.parameters import Parameter, read_term

PAGING = "limit", "cursor"

SCHEMES: dict[str, str] = {
    "area": "area",
    "counciltype": "council-type",
    "framework": "framework",
    "grade": "grade",
    "kind": "deadline-kind",
    "type": "discrepancy-type",
}
"""Scheme whose notations a type of parameter accepts."""


def read_request(
    request: Request,
    service: Service,
    filters: Sequence[Parameter] = (),
    paging: Sequence[str] = (),
) -> dict[str, str]:
    """Return the filters that a request gives, each checked.

    Raises: WrongRequest, naming the parameter that is unknown, given twice or has a wrong value.
    """
    known = {one.name: one for one in filters}
    given: dict[str, str] = {}
    for name, value in request.query_params.multi_items():
        if name not in known and name not in paging:
            accepted = [*known, *paging]
            raise WrongRequest(
                f"unknown parameter {name!r}; accepted: {', '.join(accepted) or 'none'}",
                name,
                accepted,
            )
        if name in given or (name in paging and len(request.query_params.getlist(name)) > 1):
            raise WrongRequest(f"{name} is given more than once", value, [f"one {name}"])
        if name in known and value:
            check_value(service, known[name], value)
            given[name] = value
    return given


def check_value(service: Service, parameter: Parameter, value: str) -> None:
    """Check that a filter has a value of its type that the release knows.

    Raises: WrongRequest, saying what is accepted.
    """
    try:
        term = read_term(parameter, value)
    except (WrongParameter, ValueError) as error:
        raise WrongRequest(f"{error}", value, accepted_values(service, parameter)) from None
    accepted = service.notations.get(SCHEMES.get(parameter.type, ""), ())
    unknown = bool(accepted) and value not in accepted
    if parameter.type == "council" and service.councils:
        unknown = term.value not in service.councils
    if unknown:
        raise WrongRequest(
            f"{parameter.name}: {value!r} is not known", value, accepted_values(service, parameter)
        )


def accepted_values(service: Service, parameter: Parameter) -> list[str]:
    """Return the values that a parameter accepts, or what they mean where they cannot be listed."""
    if parameter.type == "council":
        return [short(iri).removeprefix("council/") for iri in service.councils] or [
            parameter.meaning
        ]
    return list(service.notations.get(SCHEMES.get(parameter.type, ""), [parameter.meaning]))


def page_limit(request: Request, service: Service) -> int:
    """Return how many items a page shall have."""
    text, most = request.query_params.get("limit"), service.settings.page_items_maximum
    if text is None:
        return service.settings.page_items
    if not (text.isascii() and text.isdecimal() and len(text) < 10 and 1 <= int(text) <= most):
        raise WrongRequest(
            f"limit: {text!r} is not possible", text, [f"a whole number from 1 to {most}"]
        )
    return int(text)
