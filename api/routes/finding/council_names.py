"""The council that a request names, by whatever name, code or number people use for it."""

from collections.abc import Collection, Iterable

from api.hosting.state import Service
from ontology.errors import WrongParameter
from queries.search.councils import CouncilEntry
from queries.search.matcher import Match


def council_code(
    service: Service, name: str, meaning: str, text: str, known: Collection[str]
) -> str:
    """Return the register code of the council that the value of a parameter means.

    In: the name and the meaning of the parameter, its value, and the codes that are accepted.
    Raises: WrongParameter with those that may be meant, or the three nearest.
    """
    if text in known:
        return text
    match = service.councils.match(text)
    if match.entry is not None and match.entry.code in known:
        return match.entry.code
    offered = [one for one in match.offered if one.code in known]
    message = f"{name}: {text!r} {refusal(match, offered)} ({meaning})"
    raise WrongParameter(message, text, accepted_codes(offered))


def accepted_codes(offered: Iterable[CouncilEntry]) -> list[str]:
    """Return the codes of those that are offered, or in words what is expected."""
    return [one.code for one in offered] or ["register code of a council"]


def refusal(match: Match, offered: Collection[CouncilEntry]) -> str:
    """Return in words why a name is not taken for a council, and which there are."""
    named = "; ".join(one.described for one in offered)
    if match.is_several and offered:
        return (
            f"may mean several councils: {named}; give the code of one, or a day with the name, "
            "such as Somerset, 2018"
        )
    nearest = f"; the nearest are {named}" if named else ""
    return f"names no council that the release knows{nearest}"
