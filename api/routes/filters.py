"""Read the filters of a request and check each, before any query is made of them."""

import re
from collections.abc import Collection, Mapping, Sequence
from urllib.parse import quote, unquote_to_bytes, urlencode

from fastapi import Request
from starlette.exceptions import HTTPException

from api.hosting.state import Service
from api.http.problems import wants_page
from api.routes.finding.council_names import accepted_codes, council_code
from ontology.errors import WrongParameter
from queries.parameters import (
    AUTHORITY_CODE,
    CLOSED,
    FORMS,
    SCHEMES,
    Parameter,
    day_asked,
    read_term,
    source_of_values,
)

PAGING = "limit", "cursor"
_NO_TEXT = re.compile("[\x00-\x1f\x7f\ufffd]")
"""Characters that no value has; the last stands where bytes were no UTF-8."""
_LONGEST_CHARACTERS = 2_000
"""No name, identifier or cursor has more."""
_EXAMPLES = 3
"""How many values a message names; `accepted` has them all."""
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


def read_request(
    request: Request,
    service: Service,
    filters: Sequence[Parameter] = (),
    paging: Sequence[str] = (),
) -> dict[str, str]:
    """Return the filters that a request gives, each checked.

    Raises: WrongParameter, naming the parameter that is unknown, given twice or has a wrong value.
    """
    return check_filters(service, sent_pairs(request), filters, paging)


def check_filters(
    service: Service,
    pairs: Sequence[tuple[str, str]],
    filters: Sequence[Parameter] = (),
    others: Sequence[str] = (),
    today: str | None = None,
) -> dict[str, str]:
    """Return the filters that pairs of names and texts give, each checked.

    In: names that are accepted beside those of the filters, and are read elsewhere; the day that
    is meant where the request names none.
    Raises: WrongParameter, naming the parameter that is unknown, given twice or has a wrong value.
    """
    known = {parameter.name: parameter for parameter in filters}
    accepted = [*known, *others]
    named = [_filter_of(name, known) for name, _ in pairs]
    given: dict[str, str] = {}
    for written, value in dict(pairs).items():
        name = _filter_of(written, known)
        if name not in accepted:
            message = f"unknown parameter {name!r}; accepted: {', '.join(accepted) or 'none'}"
            raise WrongParameter(message, name, accepted)
        if named.count(name) > 1:
            raise WrongParameter(f"{name} is given more than once", value, [name])
        _check_characters(name, value)
        if not value.strip():
            raise _empty(service, name, value, known.get(name))
        if name in known:
            given[name] = value
    day = day_asked(filters, given) or today
    checked = {
        name: checked_value(service, known[name], value, day) for name, value in given.items()
    }
    _check_ranges(known, checked)
    return checked


def sent_pairs(request: Request) -> list[tuple[str, str]]:
    """Return the names and values of an address, which can be read.

    Raises: WrongParameter as check_texts does; HTTPException that leads a page to the address
    without the fields that its form left empty.
    """
    check_texts(request.scope["query_string"])
    pairs = request.query_params.multi_items()
    filled = [(name, value) for name, value in pairs if value.strip()]
    if len(filled) < len(pairs) and wants_page(request):
        query = f"?{urlencode(filled)}" if filled else ""
        target = quote(request.scope["asked_path"]) + query
        raise HTTPException(303, headers={"Location": target, "Vary": "Accept"})
    return pairs


def _empty(service: Service, name: str, value: str, parameter: Parameter | None) -> WrongParameter:
    """Return what a program is told whose parameter has no value: it would see no difference."""
    meaning = parameter.meaning if parameter else "a value"
    accepted = _accepted(service, parameter.type) if parameter else [name]
    message = f"{name}: its value is empty; expected {meaning}, or no {name} at all"
    return WrongParameter(message, value, accepted)


def _accepted(service: Service, type_: str) -> list[str]:
    """Return the form of the values of a type, or the values that the release knows."""
    if type_ == "council":
        return accepted_codes(())
    return [FORMS[type_]] if type_ in FORMS else list(known_values(service, type_) or ())


def _check_characters(name: str, value: str) -> None:
    """Check that a value is text: no control characters, and nothing that was no UTF-8.

    Raises: WrongParameter.
    """
    if _NO_TEXT.search(value):
        raise WrongParameter(
            f"{name}: it has control characters, or bytes that are no UTF-8; expected text",
            value,
            ["text in UTF-8"],
        )


def _check_ranges(known: Mapping[str, Parameter], given: Mapping[str, str]) -> None:
    """Check that no range of days ends before it begins.

    Raises: WrongParameter.
    """
    for first in given:
        last = first.removesuffix("from") + "to"
        is_range = first.endswith("from") and known[first].type == "date" and last in given
        if is_range and given[first] > given[last]:
            raise WrongParameter(
                f"{first}: {given[first]} is after {last}, {given[last]}; expected an earlier day",
                given[first],
                [f"until {given[last]}"],
            )


def check_texts(query_string: bytes) -> None:
    """Check that what an address asks can be read.

    Raises: WrongParameter, naming the parameter, for more than are read, for what is not UTF-8,
    for control characters, and for a value that nothing can mean by its length.
    """
    for part in query_string.split(b"&"):
        name, _, value = (piece.replace(b"+", b" ") for piece in part.partition(b"="))
        shown = unquote_to_bytes(name).decode("utf-8", "replace")
        try:
            text = unquote_to_bytes(value).decode("utf-8")
        except UnicodeDecodeError:
            raise WrongParameter(f"{shown}: its value is not UTF-8", shown, ["UTF-8"]) from None
        odd = _CONTROL.search(text)
        if odd:
            raise WrongParameter(
                f"{shown}: its value has the control character U+{ord(odd.group()):04X}; "
                "expected a text without",
                shown,
                ["text"],
            )
        if len(text) > _LONGEST_CHARACTERS:
            raise WrongParameter(
                f"{shown}: its value has {len(text):,} characters; expected at most "
                f"{_LONGEST_CHARACTERS:,}",
                text,
                [f"at most {_LONGEST_CHARACTERS:,} characters"],
            )


def _filter_of(name: str, known: Collection[str]) -> str:
    """Return the filter that a name means: itself, or that of the field, which has underscores.

    >>> _filter_of("pay_kind", ["paykind"]), _filter_of("known_at", ["known_at"])
    ('paykind', 'known_at')
    """
    joined = name.replace("_", "")
    return joined if name not in known and joined in known else name


def checked_value(
    service: Service, parameter: Parameter, value: str, day: str | None = None
) -> str:
    """Return the value of a filter, which is of its type and known to the release.

    In: the day that is asked about, on which a name means a council.
    Out: of a council, by whatever name, its code; everything else as it is given.
    Raises: WrongParameter, saying what is accepted.
    """
    known = known_values(service, parameter.type)
    if parameter.type == "council":
        return council_code(service, parameter, value, known or (), day)
    accepted = _accepted(service, parameter.type)
    try:
        read_term(parameter, value)
    except WrongParameter as error:
        message = _none_known(parameter, value, known) if known else str(error)
        raise WrongParameter(message, value, accepted) from None
    if known is not None and value not in known:
        raise WrongParameter(_none_known(parameter, value, known), value, accepted)
    return value


def _none_known(parameter: Parameter, value: str, known: Collection[str]) -> str:
    """Return what is told of a value that the release does not know: which it knows."""
    examples = ", ".join(sorted(known)[:_EXAMPLES])
    such = f", such as {examples}" if examples and parameter.type not in CLOSED else ""
    expected = f"expected {parameter.meaning}, {source_of_values(parameter.type)}{such}"
    return f"{parameter.name}: the release does not know {value!r}; {expected}"


def known_values(service: Service, type_: str) -> Collection[str] | None:
    """Return the values of a type that the release knows; none for a type that takes any."""
    if type_ in CLOSED:
        return CLOSED[type_]
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
        return min(service.settings.page_items, most)
    if not (text.isascii() and text.isdecimal() and len(text) < 10 and 1 <= int(text) <= most):
        expected = f"expected a whole number from 1 to {most}"
        raise WrongParameter(f"limit: {text!r} is not possible; {expected}", text, [f"1-{most}"])
    return int(text)
