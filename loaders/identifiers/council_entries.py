"""The councils of the register as the matcher takes them, for what has no release at hand."""

from functools import cache

from data.councils.bodies import Body
from data.councils.register import Register, read_register
from queries.search.councils import CouncilEntry
from queries.search.matcher import CouncilMatcher


@cache
def register_matcher() -> CouncilMatcher:
    """Return the matcher of the councils of the project's own register."""
    register = read_register()
    return CouncilMatcher(entry_of(register, body) for body in register.bodies.values())


def entry_of(register: Register, body: Body) -> CouncilEntry:
    """Return a body with all by which it is found."""
    row = body.row
    numbers = {
        "gss-code": tuple(area.gss_code for area in body.areas),
        "ofsted-urn": body.ofsted_urns,
        "dfe-number": body.dfe_numbers,
        "wikidata": (body.wikidata,) if body.wikidata else (),
        "address": (body.open_data_communities,) if body.open_data_communities else (),
    }
    before = (other for other in register.bodies.values() if row.code in other.row.successors)
    return CouncilEntry(
        row.code,
        "council" if body.is_council else "authority",
        row.name,
        row.type,
        row.region,
        tuple(name for name in (row.short_name, *body.names) if name != row.name),
        body.former_names,
        body.spellings,
        tuple((kind, number) for kind, some in numbers.items() for number in some),
        row.began_on,
        row.ended_on,
        tuple(sorted(other.code for other in before)),
        tuple(row.successors),
    )
