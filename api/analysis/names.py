"""Short names for labels, and the bodies of law with their colours."""

import re
from collections.abc import Mapping

from api.analysis.palette import Tone

# takes: "London Borough of ", "Royal Borough of "
# leaves: "Borough of", "London"
_BEFORE = re.compile(r"^(?:London|Royal|The)? ?(?:Borough|City|Council) of ")
# takes: " Metropolitan Borough Council", " County Council", " Council"
# leaves: "Councillors", "County of"
_BEHIND = re.compile(
    r"(?: Metropolitan| City| County| District| Borough| Unitary| and Borough)* Council$"
)

REGIMES: dict[str, tuple[str, Tone]] = {
    "best-value": ("Best value", Tone.BEST_VALUE),
    "childrens-services": ("Children’s services", Tone.CHILDREN),
    "send": ("Special educational needs", Tone.SEND),
    "planning": ("Planning", Tone.PLANNING),
}
"""Bodies of law by their notation, in the order in which they are drawn."""


def short_name(name: str) -> str:
    """Return the name of a council as a label has it.

    >>> short_name("Slough Borough Council"), short_name("London Borough of Croydon")
    ('Slough', 'Croydon')
    >>> short_name("Sandwell Metropolitan Borough Council"), short_name("Birmingham City Council")
    ('Sandwell', 'Birmingham')
    """
    return _BEHIND.sub("", _BEFORE.sub("", name)) or name


def council_name(names: Mapping[str, str], address: str) -> str:
    """Return the short name of the council at an address, or the end of the address."""
    name = names.get(address) or names.get(notation(address))
    return short_name(name) if name else notation(address)


def notation(address: str) -> str:
    """Return the last part of an address.

    >>> notation("https://w3id.org/council-interventions/scheme/regime/send")
    'send'
    """
    return address.rpartition("/")[2]


def counted(number: int, thing: str, things: str | None = None) -> str:
    """Return a number with its thing.

    >>> counted(1, "council"), counted(2, "council"), counted(0, "body", "bodies")
    ('1 council', '2 councils', '0 bodies')
    """
    return f"{number:,} {thing if number == 1 else things or thing + 's'}"
