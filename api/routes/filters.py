"""Read the filters of a request and check each, before any query is made of them."""

import re
from collections.abc import Collection, Sequence

from fastapi import Request

from api.hosting.state import Service
from ontology.errors import WrongParameter
from queries.parameters import (
    ACT_KINDS,
    ALSO,
    AUTHORITY_CODE,
    FORMS,
    NOTICE_KINDS,
    SCHEMES,
    Parameter,
    read_term,
)

PAGING = "limit", "cursor"

_CLOSED: dict[str, Collection[str]] = {"act": ACT_KINDS, "also": ALSO, "notice": NOTICE_KINDS}
"""Values of the types that do not depend on the release."""


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
    named = [_filter_of(name, known) for name, _ in request.query_params.multi_items()]
    given: dict[str, str] = {}
    for written, value in request.query_params.items():
        name = _filter_of(written, known)
        if name not in accepted:
            message = f"unknown parameter {name!r}; accepted: {', '.join(accepted) or 'none'}"
            raise WrongParameter(message, name, accepted)
        if named.count(name) > 1:
            raise WrongParameter(f"{name} is given more than once", value, [name])
        if name in known and value:
            check_value(service, known[name], value)
            given[name] = value
    return given


def _filter_of(name: str, known: Collection[str]) -> str:
    """Return the filter that a name means: itself, or that of the field, which has underscores.

    >>> _filter_of("pay_kind", ["paykind"]), _filter_of("known_at", ["known_at"])
    ('paykind', 'known_at')
    """
    joined = name.replace("_", "")
    return joined if name not in known and joined in known else name


def check_value(service: Service, parameter: Parameter, value: str) -> None:
    """Check that a filter has a value of its type that the release knows.

    Raises: WrongParameter, saying what is accepted.
    """
    known = known_values(service, parameter.type)
    form = FORMS.get(parameter.type)
    accepted = [form] if form else list(known or ())
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
    if type_ in _CLOSED:
        return _CLOSED[type_]
    if type_ == "council":
        authorities = service.known.get("authority", ())
        combined = [code for code in authorities if re.fullmatch(AUTHORITY_CODE, code)]
        return [*service.known.get(type_, ()), *combined]
    if type_ in SCHEMES:
        return service.notations.get(SCHEMES[type_], ())
    return None if type_ in FORMS and type_ != "reference" else service.known.get(type_, ())


def page_limit(request: Request, service: Service) -> int:
    """Return how many items a page shall have."""
    text, most = request.query_params.get("limit"), service.settings.page_items_maximum
    if text is None:
        return service.settings.page_items
    if not (text.isascii() and text.isdecimal() and len(text) < 10 and 1 <= int(text) <= most):
        expected = f"expected a whole number from 1 to {most}"
        raise WrongParameter(f"limit: {text!r} is not possible; {expected}", text, [f"1-{most}"])
    return int(text)
