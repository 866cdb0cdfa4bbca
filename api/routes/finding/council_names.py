"""The council that a request names, by whatever name, code or number people use for it."""

from collections.abc import Collection, Iterable

from api.hosting.state import Service
from ontology.errors import WrongParameter
from queries.parameters import Parameter
from queries.search.councils import CouncilEntry
from queries.search.meant import is_taken, meant, refusal


def council_code(
    service: Service,
    parameter: Parameter,
    text: str,
    known: Collection[str],
    day: str | None = None,
) -> str:
    """Return the register code of the council that the value of a parameter means.

    In: the codes that are accepted; the day that the request asks about, if it is one.
    Raises: WrongParameter with those that may be meant, or the three nearest.
    """
    if text in known:
        return text
    match = meant(service.councils, text, day)
    if match.entry is not None and is_taken(match) and match.entry.code in known:
        return match.entry.code
    offered = [one for one in match.offered if one.code in known]
    message = f"{parameter.name}: {text!r} {refusal(match, offered)} ({parameter.meaning})"
    raise WrongParameter(message, text, accepted_codes(offered))


def accepted_codes(offered: Iterable[CouncilEntry]) -> list[str]:
    """Return the codes of those that are offered, or in words what is expected."""
    return [one.code for one in offered] or ["register code of a council"]
