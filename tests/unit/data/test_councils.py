"""The register of councils is complete, and finds a body by every code, number and name."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from data.councils.bodies import Body
from data.councils.checks import check_tables, differences
from data.councils.register import Register, plain_name, read_register, register_from
from data.councils.rows import MembershipRow
from data.councils.tables import CouncilTables, read_council_tables
from ontology.errors import UnknownIdentifier, UnreadableTable
from tests.fixtures.guards import not_empty
from tests.fixtures.stopwatch import processor_s

MOST_READINGS = 20


@pytest.fixture(scope="module")
def register() -> Register:
    """Return the register that the project's own tables make."""
    return read_register()


@pytest.fixture(scope="module")
def tables() -> CouncilTables:
    """Return the project's own tables about councils."""
    return read_council_tables()


def authorities(register: Register) -> list[Body]:
    """Return the combined authorities and the Greater London Authority."""
    return [body for body in register.bodies.values() if not body.is_council]


def test_every_body_of_the_register_is_held(register: Register) -> None:
    """365 councils, 15 combined authorities, one of them added, and that of London."""
    assert len(register.councils) == 365
    assert len(authorities(register)) == 16
    kinds = Counter(body.row.type for body in authorities(register))
    assert kinds == {"combined-authority": 15, "greater-london-authority": 1}


def test_councils_of_today_are_counted_by_type(register: Register) -> None:
    """153 hold children's functions; a district council never does."""
    today = [body for body in register.councils if body.row.ended_on is None]
    assert Counter(body.row.type for body in today) == {
        "county": 21,
        "district": 164,
        "london": 33,
        "metropolitan": 36,
        "unitary": 63,
    }
    assert sum(body.is_upper_tier for body in today) == 153
    assert len(register.councils) - len(today) == 48


def test_two_authorities_have_ended_which_the_register_calls_current(register: Register) -> None:
    """The register has 332 current entries; with two ends and one that followed 331 exist today."""
    ended = [body.code for body in authorities(register) if body.row.ended_on]
    assert ended == ["NECA", "NTCA"]
    assert len([body for body in register.bodies.values() if body.row.ended_on is None]) == 331


@pytest.mark.parametrize(
    ("urn", "day", "code"),
    [
        ("80442", "2020-03-31", "BKM"),
        ("80442", "2020-04-01", "BUC"),
        ("80555", "2023-03-31", "SOM"),
        ("80555", "2023-04-01", "SMT"),
        ("80530", "2014-02-01", "NYK"),
        ("80530", "2023-07-01", "NYE"),
        ("2637539", "2022-10-03", "NNT"),
        ("2637548", "2022-10-03", "WNT"),
        ("2733690", "2024-01-01", "CBD"),
        ("2733698", "2024-01-01", "WAF"),
        ("2532287", "2021-12-06", "BPC"),
        ("2532283", "2021-09-27", "DST"),
        ("80418", "2015-07-06", "NFK"),
    ],
)
def test_ofsted_number_gives_the_body_that_existed_on_the_day(
    register: Register, urn: str, day: str, code: str
) -> None:
    """Ofsted kept one number where a new council took over the whole area."""
    assert register.by_urn(urn, date.fromisoformat(day)).code == code


def test_every_upper_tier_council_of_today_has_its_numbers(register: Register) -> None:
    """Of the former ones, the tables have no number for Bournemouth and the old Dorset."""
    upper = [body for body in register.councils if body.is_upper_tier]
    without = {body.code for body in upper if not body.ofsted_urns or not body.dfe_numbers}
    assert without == {"BMH", "DOR"}
    assert not any(body.ofsted_urns for body in register.councils if not body.is_upper_tier)


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("E08000016", "E08000038", "BNS"),
        ("E08000019", "E08000039", "SHF"),
        ("E08000020", "E08000037", "GAT"),
        ("E06000048", "E06000057", "NBL"),
        ("E07000097", "E07000242", "EHE"),
        ("E07000100", "E07000240", "SAL"),
        ("E07000101", "E07000243", "STV"),
        ("E07000104", "E07000241", "WEW"),
        ("E47000005", "E47000010", "NECA"),
    ],
)
def test_a_body_has_its_old_area_code_beside_the_new(
    register: Register, old: str, new: str, code: str
) -> None:
    """A code names a boundary; the body is the same under both."""
    body = register.by_code(code)
    assert [area.gss_code for area in body.areas] == [new, old]


def test_change_of_code_has_its_day(register: Register) -> None:
    """The boundary of Barnsley and Sheffield moved on 1 April 2025."""
    new, old = register.by_code("BNS").areas
    assert new.valid_from == old.valid_until == date(2025, 4, 1)


@pytest.mark.parametrize(
    ("name", "day", "code"),
    [
        ("Bournemouth, Christchurch & Poole", None, "BPC"),
        ("st helens", None, "SHN"),
        ("Shepway", None, "SHE"),
        ("Milton Keynes Council", None, "MIK"),
        ("Doncaster Metropolitan Borough Council", None, "DNC"),
        ("Sheffield City Region", None, "SCR"),
        ("Somerset", "2022-07-01", "SOM"),
        ("Somerset", "2023-07-01", "SMT"),
    ],
)
def test_a_name_is_that_of_one_body(
    register: Register, name: str, day: str | None, code: str
) -> None:
    """Official, short, former and other names count, whatever their capitals."""
    named = [
        body
        for body in register.bodies.values()
        if plain_name(name) in map(plain_name, body.every_name)
        and (day is None or body.existed_on(date.fromisoformat(day)))
    ]
    assert [body.code for body in named] == [code]


def test_few_names_belong_to_two_bodies(register: Register) -> None:
    """They are those of bodies that another replaced under the same name."""
    names = Counter(
        name
        for body in register.bodies.values()
        for name in {plain_name(body_name) for body_name in body.every_name}
    )
    assert {name for name, count in names.items() if count > 1} == {
        "somerset",
        "north yorkshire",
        "north east",
        "north east combined authority",
    }


@pytest.mark.parametrize(
    ("ask", "expected"),
    [
        (lambda one: one.by_code("XXX"), ["XXX"]),
        (lambda one: one.by_urn("1", date(2020, 1, 1)), ["Ofsted number 1"]),
        (lambda one: one.by_urn("2637539", date(2020, 1, 1)), ["2020-01-01", "NNT", "2021-04-01"]),
    ],
)
def test_unknown_body_is_refused_by_name(
    register: Register, ask: object, expected: list[str]
) -> None:
    """The message says what was asked, and which bodies come near."""
    assert callable(ask)
    with pytest.raises(UnknownIdentifier) as caught:
        ask(register)
    assert [part for part in expected if part not in str(caught.value)] == []


def test_each_end_leads_to_those_who_took_over(register: Register) -> None:
    """Counties pass to all their successors, districts to the one around them."""
    assert [body.code for body in register.successors("NTH")] == ["NNT", "WNT"]
    assert [body.code for body in register.successors("CMA")] == ["CBD", "WAF"]
    assert [body.code for body in register.successors("TAU")] == ["SWT"]
    assert [body.code for body in register.successors("SWT")] == ["SMT"]
    assert [body.code for body in register.successors("NECA")] == ["NNECA"]
    assert register.successors("NFK") == []


def test_every_change_has_the_order_that_made_it(register: Register) -> None:
    """Ten changes end the 48 councils and two authorities."""
    assert all(change.order for change in register.changes)
    ended = [code for change in register.changes for code in change.original_codes]
    assert len(register.changes) == 10 and len(ended) == len(set(ended)) == 50


def test_districts_lie_within_a_county(register: Register) -> None:
    """Every district council has its county council; a county council has districts."""
    counties = {body.row.county for body in register.councils if body.row.type == "district"}
    assert counties == {body.code for body in register.councils if body.row.type == "county"}


def test_ends_are_first_days_after(register: Register) -> None:
    """Every reorganisation took effect on a 1 April, that of the North East on 7 May 2024."""
    days = {body.row.ended_on for body in register.bodies.values() if body.row.ended_on}
    assert sorted(day.isoformat() for day in days) == [
        "2019-04-01",
        "2020-04-01",
        "2021-04-01",
        "2023-04-01",
        "2024-05-07",
    ]


def test_register_is_made_in_a_moment() -> None:
    """Every build makes it, in a few times as long as its tables take to read."""
    tables = read_council_tables()
    reading_s = processor_s(read_council_tables, tries=3)
    assert processor_s(lambda: register_from(tables), tries=3) < MOST_READINGS * reading_s


def test_every_difference_of_the_registers_is_reviewed(tables: CouncilTables) -> None:
    """Nothing is chosen silently: fourteen differences stand listed, each with a reason."""
    found = list(differences(tables))
    assert len(found) == len(tables.differences) == 14


def test_difference_that_nobody_reviewed_is_refused(tables: CouncilTables) -> None:
    """A new difference stops the build, and so does a review that fits none."""
    with pytest.raises(UnreadableTable, match=r"differ on BNS, gss_code .* nobody has reviewed"):
        check_tables(replace(tables, differences=tables.differences[1:]))
    changed = tables.differences[0].model_copy(update={"code": "NFK"})
    with pytest.raises(UnreadableTable, match="do not differ so on NFK"):
        check_tables(replace(tables, differences=[*tables.differences, changed]))


@pytest.mark.parametrize(
    ("code", "change", "expected"),
    [
        ("ADU", {"county": "NOR"}, "'NOR' is not a county council"),
        ("ADU", {"county": None}, "a district council lies within a county"),
        ("BIR", {"authority": "NFK"}, "'NFK' is not an authority"),
        ("NFK", {"successors": ["NNT"]}, "a council that ends has successors"),
        ("NTH", {"successors": ["NFK"]}, "NFK does not begin on 2021-04-01"),
        ("GAT", {"authority": "NECA"}, "NECA ended on 2024-05-07 and the council goes on"),
        ("ALL", {"ended_on": date(2023, 4, 2)}, "CBD does not begin on 2023-04-02"),
    ],
)
def test_register_that_does_not_hold_together_is_refused(
    tables: CouncilTables, code: str, change: dict[str, object], expected: str
) -> None:
    """Counties, authorities and successors are bodies of the right kind and time."""
    rows = [row.model_copy(update=change) if row.code == code else row for row in tables.register]
    with pytest.raises(UnreadableTable) as caught:
        check_tables(replace(tables, register=rows))
    assert expected in str(caught.value) and code in str(caught.value)


def test_a_council_has_its_authority_of_today_and_those_before(register: Register) -> None:
    """Seven councils went over on 7 May 2024, which is the first day of the new authority."""
    moved = {"DUR": "NECA", "GAT": "NECA", "SND": "NECA", "STY": "NECA"}
    moved |= {"NBL": "NTCA", "NET": "NTCA", "NTY": "NTCA"}
    change = date(2024, 5, 7)
    for code, before in not_empty(moved.items()):
        body = register.by_code(code)
        assert body.row.authority == "NNECA"
        days = {one.authority: (one.held_from, one.held_until) for one in body.memberships}
        assert days == {before: (None, change), "NNECA": (change, None)}
    assert [area.gss_code for area in register.by_code("NNECA").areas] == ["E47000014"]
    (undated,) = register.by_code("BIR").memberships
    assert (undated.authority, undated.held_from, undated.held_until) == ("WMCA", None, None)


def test_no_council_stands_in_an_authority_that_has_ended(register: Register) -> None:
    """Whoever asks for its authority gets one that was there on the last day of the council."""
    for body in not_empty(body for body in register.councils if body.row.authority):
        ended_on = register.by_code(str(body.row.authority)).row.ended_on
        assert ended_on is None or (body.row.ended_on and body.row.ended_on <= ended_on), body.code


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"council": "NFQ"}, "column council: 'NFQ' is not a council"),
        ({"authority": "NFK"}, "column authority: 'NFK' is not an authority"),
        ({"held_from": date(2014, 4, 14)}, "column held_from: before 2014-04-15"),
        ({"held_until": None}, "column held_until: expected a day up to 2024-05-07"),
        ({"held_until": date(2024, 5, 8)}, "column held_until: expected a day up to 2024-05-07"),
        (
            {"held_from": date(2024, 5, 7)},
            "column held_until: not after 2024-05-07, its begin",
        ),
        (
            {"authority": "NNECA", "held_until": date(2025, 1, 1)},
            "2025-01-01; a membership is open if the register names the authority, and only then",
        ),
    ],
)
def test_a_membership_that_cannot_be_is_refused(
    tables: CouncilTables, change: dict[str, object], expected: str
) -> None:
    """Its days lie within those of the authority, and it is open only if it is that of today."""
    first, *others = tables.memberships
    assert (first.council, first.authority) == ("DUR", "NECA")
    with pytest.raises(UnreadableTable) as caught:
        check_tables(replace(tables, memberships=[first.model_copy(update=change), *others]))
    assert expected in str(caught.value)


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"council": "gat"}, "council"),
        ({"authority": "N"}, "authority"),
        ({"held_from": "May"}, "held_from"),
        ({"held_until": "2024-02-30"}, "held_until"),
        ({"reason": ""}, "reason"),
    ],
)
def test_a_bad_membership_is_refused(
    tables: CouncilTables, change: dict[str, str], column: str
) -> None:
    """One bad value per column."""
    good = tables.memberships[0].model_dump()
    with pytest.raises(ValueError, match=column):
        MembershipRow.model_validate(good | change)


def test_end_without_a_change_is_refused(tables: CouncilTables) -> None:
    """Every end is explained by a change, and every change ends bodies of the register."""
    with pytest.raises(UnreadableTable, match="no change ends BMH"):
        check_tables(replace(tables, changes=tables.changes[1:]))
    moved = tables.changes[0].model_copy(update={"happened_on": date(2019, 4, 2)})
    with pytest.raises(UnreadableTable, match="BMH does not end on 2019-04-02"):
        check_tables(replace(tables, changes=[moved, *tables.changes[1:]]))
    fewer = tables.changes[0].model_copy(update={"resulting_codes": ["BPC"]})
    with pytest.raises(UnreadableTable, match="BPC, DST as the successors"):
        check_tables(replace(tables, changes=[fewer, *tables.changes[1:]]))


def test_row_about_an_unknown_body_is_refused(tables: CouncilTables) -> None:
    """A name, a number or a fact belongs to a body of the register."""
    name = tables.names[0].model_copy(update={"code": "XXX"})
    with pytest.raises(UnreadableTable, match=r"councils/names\.csv: .* no body 'XXX'"):
        register_from(replace(tables, names=[name]))
    provider = tables.providers[0].model_copy(update={"gss_code": "E99999999"})
    with pytest.raises(UnreadableTable, match=r"providers\.csv: .* E99999999, which no body"):
        register_from(replace(tables, providers=[provider]))


def test_number_with_the_name_of_another_council_is_refused(tables: CouncilTables) -> None:
    """The message gives both: what is told of one council must not be told of another."""
    provider = tables.providers[0].model_copy(update={"name": "Devon"})
    with pytest.raises(UnreadableTable, match=r"column name: 'Devon' names Devon County Council"):
        register_from(replace(tables, providers=[provider]))


@pytest.mark.parametrize(
    ("name", "code", "other"),
    [
        ("devon", "DST", "DEV"),
        ("dorset", "DST", None),
        ("buckinghamshire", "BKM", None),
        ("bournemouth, christchurch & poole", "BPC", None),
        ("nowhere at all", "DST", None),
    ],
)
def test_name_of_another_body(register: Register, name: str, code: str, other: str | None) -> None:
    """A successor that kept the name and the number is no other; a name of nobody tells nothing."""
    found = register.another(name, register.by_code(code))
    assert (found.code if found else None) == other
