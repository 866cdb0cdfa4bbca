"""Read the filters of a request and check each, before any query is made of them."""

import re
from collections.abc import Collection, Sequence

from fastapi import Request

from api.hosting.state import Service
from ontology.errors import WrongParameter
from queries.parameters import AUTHORITY_CODE, NOTICE_KINDS, SCHEMES, Parameter, read_term

PAGING = "limit", "cursor"

_FREE = frozenset({"act", "also", "date", "financialyear", "integer", "text"})
"""Types that accept any value of their form; every other one accepts what the release knows."""

_TOO_MANY = frozenset({"reference"})
"""Types whose accepted values are too many to list."""


def read_request(
    request: Request,
    service: Service,
    filters: Sequence[Parameter] = (),
    paging: Sequence[str] = (),
) -> dict[str, str]:
    """Return the filters that a request gives, each checked.

    Raises: WrongParameter, naming the parameter that is unknown, given twice or has a wrong value.
    """
    known = {parameter.name: parameter for parameter in filters}
    accepted = [*known, *paging]
    given: dict[str, str] = {}
    for name, value in request.query_params.items():
        if name not in accepted:
            message = f"unknown parameter {name!r}; accepted: {', '.join(accepted) or 'none'}"
            raise WrongParameter(message, name, accepted)
        if len(request.query_params.getlist(name)) > 1:
            raise WrongParameter(f"{name} is given more than once", value, [f"one {name}"])
        if name in known and value:
            check_value(service, known[name], value)
            given[name] = value
    return given


def check_value(service: Service, parameter: Parameter, value: str) -> None:
    """Check that a filter has a value of its type that the release knows.

    Raises: WrongParameter, saying what is accepted.
    """
    known = known_values(service, parameter.type)
    listed = known if known and parameter.type not in _TOO_MANY else [parameter.meaning]
    accepted = list(listed)
    try:
        read_term(parameter, value)
    except WrongParameter as error:
        raise WrongParameter(str(error), value, accepted) from None
    if known is not None and value not in known:
        raise WrongParameter(
            f"{parameter.name}: the release does not know {value!r}", value, accepted
        )


def known_values(service: Service, type_: str) -> Collection[str] | None:
    """Return the values of a type that the release knows; none for a type that takes any."""
    if type_ == "notice":
        return NOTICE_KINDS
    if type_ == "council":
        authorities = service.known.get("authority", ())
        combined = [code for code in authorities if re.fullmatch(AUTHORITY_CODE, code)]
        return [*service.known.get(type_, ()), *combined]
    if type_ in SCHEMES:
        return service.notations.get(SCHEMES[type_], ())
    return None if type_ in _FREE else service.known.get(type_, ())


def page_limit(request: Request, service: Service) -> int:
    """Return how many items a page shall have."""
    text, most = request.query_params.get("limit"), service.settings.page_items_maximum
    if text is None:
        return service.settings.page_items
    if not (text.isascii() and text.isdecimal() and len(text) < 10 and 1 <= int(text) <= most):
        raise WrongParameter(
            f"limit: {text!r} is not possible", text, [f"a whole number from 1 to {most}"]
        )
    return int(text)
