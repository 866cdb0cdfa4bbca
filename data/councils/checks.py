"""Check the tables about councils against each other, before a register is made of them."""

from collections.abc import Iterator, Mapping

from data.councils.bodies import AUTHORITY_KINDS
from data.councils.rows import (
    DigitalLandRow,
    MembershipRow,
    RegisterRow,
    StructuralChangeRow,
)
from data.councils.tables import DIFFERENCES_FILE, CouncilTables
from ontology.errors import UnreadableTable

_COMPARED = ("name", "region", "gss_code", "began_on", "ended_on")


def check_tables(tables: CouncilTables) -> None:
    """Check that bodies refer to bodies, that changes explain every end, and every difference.

    Raises: UnreadableTable with the first fault.
    """
    faults = (
        *_wrong_references(tables),
        *_wrong_memberships(tables),
        *_wrong_changes(tables),
        *_wrong_differences(tables),
    )
    for fault in faults:
        raise UnreadableTable(fault)


def _wrong_references(tables: CouncilTables) -> Iterator[str]:
    """Yield what is wrong with the county, the authority and the successors of each body."""
    rows = {row.code: row for row in tables.register}
    for row in tables.register:
        place = f"councils/register.csv, {row.code}"
        county = rows.get(row.county or "")
        if row.county and (county is None or county.type != "county"):
            yield f"{place}, column county: {row.county!r} is not a county council there"
        if row.type == "district" and not row.county:
            yield f"{place}, column county: empty; a district council lies within a county"
        authority = rows.get(row.authority or "")
        if row.authority and (authority is None or authority.type not in AUTHORITY_KINDS):
            yield f"{place}, column authority: {row.authority!r} is not an authority there"
        if bool(row.successors) != bool(row.ended_on) and row.type not in AUTHORITY_KINDS:
            yield f"{place}: a council that ends has successors, and no other; give both or neither"
        for code in row.successors:
            if code not in rows or rows[code].began_on != row.ended_on:
                yield f"{place}, column successors: {code} does not begin on {row.ended_on}"


def _wrong_memberships(tables: CouncilTables) -> Iterator[str]:
    """Yield what is wrong with the authority of a council today, and with those it had before."""
    rows = {row.code: row for row in tables.register}
    for row in tables.register:
        authority = rows.get(row.authority or "")
        if authority and _outlives(row, authority):
            yield (
                f"councils/register.csv, {row.code}, column authority: {authority.code} ended on "
                f"{authority.ended_on} and the council goes on; give its authority of today in "
                "data/decisions/corrections.csv, and the old membership in memberships.csv"
            )
    for membership in tables.memberships:
        yield from _wrong_membership(membership, rows)


def _outlives(council: RegisterRow, authority: RegisterRow) -> bool:
    """Return whether a council goes on after its authority has ended."""
    if authority.ended_on is None:
        return False
    return council.ended_on is None or council.ended_on > authority.ended_on


def _wrong_membership(row: MembershipRow, rows: Mapping[str, RegisterRow]) -> Iterator[str]:
    place = f"councils/memberships.csv, {row.council} {row.authority}"
    council, authority = rows.get(row.council), rows.get(row.authority)
    if council is None or council.type in AUTHORITY_KINDS:
        yield f"{place}, column council: {row.council!r} is not a council of the register"
    if authority is None or authority.type not in AUTHORITY_KINDS:
        yield f"{place}, column authority: {row.authority!r} is not an authority of the register"
        return
    if authority.began_on and row.held_from and row.held_from < authority.began_on:
        yield f"{place}, column held_from: before {authority.began_on}, when the authority began"
    if authority.ended_on and (row.held_until is None or row.held_until > authority.ended_on):
        yield f"{place}, column held_until: expected a day up to {authority.ended_on}, its end"
    if row.held_from and row.held_until and row.held_until <= row.held_from:
        yield f"{place}, column held_until: not after {row.held_from}, its begin"
    is_of_today = council is not None and council.authority == row.authority
    if is_of_today != (row.held_until is None):
        yield (
            f"{place}, column held_until: {row.held_until or 'empty'}; a membership is open if the "
            "register names the authority, and only then"
        )


def _wrong_changes(tables: CouncilTables) -> Iterator[str]:
    """Yield what the structural changes leave unexplained, or say of no body."""
    ended = {row.code: row for row in tables.register if row.ended_on}
    explained: set[str] = set()
    for change in tables.changes:
        explained |= set(change.original_codes)
        yield from _wrong_change(change, ended)
    for code in sorted(ended.keys() - explained):
        yield f"councils/structural_changes.csv: no change ends {code}; add the one that did"


def _wrong_change(change: StructuralChangeRow, ended: dict[str, RegisterRow]) -> Iterator[str]:
    place = f"councils/structural_changes.csv, {change.id}"
    for code in change.original_codes:
        if code not in ended or ended[code].ended_on != change.happened_on:
            yield f"{place}: {code} does not end on {change.happened_on} in the register"
    originals = (ended[code] for code in change.original_codes if code in ended)
    successors = {code for row in originals for code in row.successors}
    if successors != set(change.resulting_codes):
        yield f"{place}: the register names {', '.join(sorted(successors))} as the successors"


def differences(tables: CouncilTables) -> Iterator[tuple[str, str, str, str]]:
    """Yield where the two registers differ: code, column, and the value of each."""
    second = {row.code: row for row in tables.digital_land}
    for row in tables.register:
        if row.code in second:
            yield from _differences(row, second[row.code])


def _differences(row: RegisterRow, second: DigitalLandRow) -> Iterator[tuple[str, str, str, str]]:
    """Yield where the two registers differ on one body."""
    ours = dict(zip(RegisterRow.model_fields, row.cells(), strict=True))
    theirs = dict(zip(DigitalLandRow.model_fields, second.cells(), strict=True))
    for column in _COMPARED:
        if ours[column] != theirs[column]:
            yield row.code, column, ours[column], theirs[column]


def _wrong_differences(tables: CouncilTables) -> Iterator[str]:
    """Yield the differences that nobody has reviewed, and the reviews that fit no difference."""
    differing = set(differences(tables))
    reviewed = {
        (row.code, row.column, row.in_register, row.in_digital_land) for row in tables.differences
    }
    for code, column, ours, theirs in sorted(differing - reviewed):
        yield (
            f"decisions/{DIFFERENCES_FILE}: the registers differ on {code}, {column} ({ours!r} "
            f"against {theirs!r}), and nobody has reviewed it; add a row, or a correction"
        )
    for code, column, _, _ in sorted(reviewed - differing):
        yield (
            f"decisions/{DIFFERENCES_FILE}: the registers do not differ so on {code}, {column}; "
            "remove the row, or bring it up to date"
        )
