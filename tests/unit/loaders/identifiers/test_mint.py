"""An identifier is given once: order, repetition and new rows never change one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.decisions.identity import MatchRow, read_matches
from data.records.files import read_records
from data.registry.identifiers import Identities, Registers, read_registers, registry_folder
from loaders.claims.claim import read_claims
from loaders.identifiers.clusters import mentions
from loaders.identifiers.mint import Minting, mint
from loaders.identifiers.windows import Window, windows_of_things
from loaders.tables.all_tables import SOURCES
from loaders.tables.claim_source import Mention
from ontology.errors import UnknownIdentifier, UnreadableTable

EMPTY = Registers(
    {
        kind: {}
        for kind in (
            "appointment",
            "direction",
            "inspection",
            "notice",
            "section-114-report",
            "transfer",
        )
    },
    {},
)
NORFOLK = Registers(
    {**EMPTY.things, "inspection": {"NFK-2013-02": "Looked after", "NFK-2015-01": "Single"}}, {}
)
KNOWN = {
    "inspection/NFK-2013-02": Window(date(2013, 7, 1), date(2013, 8, 16)),
    "inspection/NFK-2015-01": Window(date(2015, 7, 6), date(2015, 10, 19)),
}


def seen(
    row: str,
    first: str | None = "2015-07-06",
    last: str | None = None,
    kind: str = "inspection",
    council: str = "NFK",
    same_as: str | None = None,
) -> Mention:
    """Return a mention."""
    ends = [date.fromisoformat(text) if text else None for text in (first, last)]
    return Mention(row, kind, council, ends[0], ends[1], f"What {row} speaks of", same_as)


def decided(row: str, thing: str, decision: str) -> MatchRow:
    """Return a decision."""
    return MatchRow.model_validate(
        {"row": row, "thing": thing, "decision": decision, "reason": "looked up"}
    )


def minted(
    rows: Sequence[Mention],
    registers: Registers = EMPTY,
    decisions: Sequence[MatchRow] = (),
) -> Minting:
    """Return what becomes of rows beside what the records of Norfolk know."""
    return mint(rows, registers, decisions, KNOWN)


def test_row_far_from_everything_takes_a_new_ordinal() -> None:
    """The year is that of the first record; numbers follow the dates."""
    rows = [seen("a/2", "2018-11-05", "2019-02-01"), seen("a/1", "2018-03-01")]
    found = minted([*rows, seen("a/4", None, "2016-12-31")])
    assert dict(found.registers.rows) == {
        "a/1": "inspection/NFK-2018-01",
        "a/2": "inspection/NFK-2018-02",
        "a/4": "inspection/NFK-2016-01",
    }
    assert found.registers.things["inspection"]["NFK-2018-01"] == "What a/1 speaks of"
    assert found.unclear == ()


def test_ordinal_that_was_ever_given_is_not_given_again() -> None:
    """Also where numbers before it are free, and each kind counts for itself."""
    registers = Registers({**EMPTY.things, "inspection": {"NFK-2018-03": "x"}}, {})
    rows = [seen("a/1", "2020-01-01"), seen("a/2", "2018-12-31", kind="notice")]
    far = replace(rows[0], row="b/1", earliest=date(2018, 1, 1), latest=date(2018, 1, 1))
    known = {"inspection/NFK-2018-03": Window(date(2018, 9, 1), date(2018, 9, 1))}
    found = mint([*rows, far], registers, (), known)
    assert found.registers.rows["b/1"] == "inspection/NFK-2018-04"
    assert found.registers.rows["a/2"] == "notice/NFK-2018-01"


def test_full_year_is_refused() -> None:
    """A hundredth ordinal would not fit the form."""
    registers = Registers({**EMPTY.things, "notice": {"NFK-2018-99": "x"}}, {})
    with pytest.raises(UnknownIdentifier, match="all 99 ordinals NFK-2018 are given"):
        mint(
            [seen("a/1", "2018-01-01", kind="notice")],
            registers,
            [decided("a/1", "notice/NFK-2018-99", "different")],
            {},
        )


def test_row_near_a_known_thing_is_unclear() -> None:
    """Nothing is minted or merged; the candidates are listed with what is known of them."""
    found = minted([seen("a/1", "2015-10-20")], NORFOLK)
    (unclear,) = found.unclear
    assert unclear.group.rows == ("a/1",)
    assert unclear.candidates == {"inspection/NFK-2015-01": "Single; 2015-07-06 to 2015-10-19"}
    assert found.registers == NORFOLK and not found.minted and not found.joined


@pytest.mark.parametrize(
    ("own", "known", "is_unclear"),
    [
        ("FocusedVisit", "GradedInspection", False),
        ("FocusedVisit", "FocusedVisit", True),
        ("FocusedVisit", "", True),
        ("", "GradedInspection", True),
    ],
)
def test_a_visit_is_no_graded_inspection_that_lies_near(
    own: str, known: str, is_unclear: bool
) -> None:
    """What is known to be of another class is not asked about; what is not known is."""
    thing = "inspection/NFK-2015-01"
    class_names = {thing: frozenset([known])} if known else {}
    row = replace(seen("a/1", "2015-10-20"), class_name=own)
    found = mint([row], NORFOLK, (), KNOWN, class_names)
    assert bool(found.unclear) == is_unclear
    assert ("inspection/NFK-2015-02" in found.minted) != is_unclear


def test_the_class_of_a_table_counts_as_that_of_a_record() -> None:
    """Rows of two tables that lie near are two things where their classes differ."""
    graded = replace(seen("a/1", "2019-03-04", "2019-04-01"), class_name="GradedInspection")
    visit = replace(seen("b/1", "2019-03-20"), class_name="FocusedVisit")
    found = minted([graded, visit])
    assert not found.unclear
    assert len({*found.registers.rows.values()}) == 2


def test_thing_without_a_known_time_lies_in_its_year() -> None:
    """A registered thing is never overlooked because no source dates it."""
    registers = Registers({**EMPTY.things, "transfer": {"DNC-2014-01": "Trust"}}, {})
    row = seen("a/1", "2014-09-30", kind="transfer", council="DNC")
    assert list(mint([row], registers, (), {}).unclear[0].candidates) == ["transfer/DNC-2014-01"]


def test_decision_joins_and_decision_parts() -> None:
    """What a reviewer says is done, for that pair only."""
    row, thing = seen("a/1", "2015-10-20"), "inspection/NFK-2015-01"
    same = minted([row], NORFOLK, [decided("a/1", thing, "same")])
    assert same.joined == {"a/1": thing} and same.registers.rows == {"a/1": thing}
    different = minted([row], NORFOLK, [decided("a/1", thing, "different")])
    assert different.registers.rows == {"a/1": "inspection/NFK-2015-02"}


def test_second_source_waits_for_a_decision() -> None:
    """Two new rows of two sources: the first is minted, the second may be it."""
    found = minted([seen("b/9", "2019-07-01"), seen("a/1", "2019-06-17")])
    assert found.registers.rows == {"a/1": "inspection/NFK-2019-01"}
    assert list(found.unclear[0].candidates) == ["inspection/NFK-2019-01"]


def test_rows_of_one_source_are_different_things() -> None:
    """A list names a thing once, so its neighbours are no candidates."""
    rows = [seen("a/1", "2015-10-20"), seen("a/2", "2015-10-25")]
    found = minted(rows, NORFOLK, [decided("a/1", "inspection/NFK-2015-01", "same")])
    assert found.registers.rows["a/2"] == "inspection/NFK-2015-02"
    assert found.unclear == ()


def test_rows_with_one_proof_share_a_thing() -> None:
    """Rows that name the same report are one inspection, and one decision holds for both."""
    rows = [
        seen("single/1", "2015-07-06", "2015-10-20", same_as="50004306"),
        seen("history/50004306", "2015-10-20", same_as="50004306"),
    ]
    found = minted(rows)
    assert set(found.registers.rows.values()) == {"inspection/NFK-2015-01"}
    decision = [decided("single/1", "inspection/NFK-2015-01", "same")]
    joined = minted(rows, NORFOLK, decision).joined
    assert set(joined) == {"single/1", "history/50004306"}


def test_later_row_joins_by_proof() -> None:
    """A row that comes with a later edition takes the thing of the row it belongs to."""
    rows = [
        seen("a/1", "2019-01-01", same_as="50"),
        seen("b/1", "2019-02-01", same_as="50"),
    ]
    first = minted(rows[:1])
    assert minted(rows, first.registers).joined == {"b/1": "inspection/NFK-2019-01"}


def test_row_without_a_date_is_unclear() -> None:
    """There is no year to number it by; every thing of its kind and council may be it."""
    (unclear,) = minted([seen("a/1", None)], NORFOLK).unclear
    assert list(unclear.candidates) == ["inspection/NFK-2013-02", "inspection/NFK-2015-01"]


def test_row_keeps_its_thing_whatever_its_source_says_now() -> None:
    """A corrected date moves nothing."""
    first = minted([seen("a/1", "2019-01-01")])
    again = minted([seen("a/1", "2021-01-01")], first.registers)
    assert again.registers == first.registers


@pytest.mark.parametrize(
    ("rows", "decisions", "expected"),
    [
        ([seen("a/1"), seen("a/1")], [], "a/1: the row stands twice"),
        (
            [seen("a/1", same_as="5"), seen("b/1", same_as="5", council="WOR")],
            [],
            r"a/1, b/1: one inspection \(5\) of several councils \(NFK, WOR\)",
        ),
        ([seen("a/1", kind="visit")], [], "no register for 'visit'"),
        ([seen("a/1", "2001-01-01", council="Norfolk")], [], "'Norfolk-2001-01' is not the ident"),
        ([], [decided("a/1", "inspection/NFK-2015-01", "same")], "no source has the row a/1"),
        (
            [seen("a/1")],
            [decided("a/1", "inspection/NFK-2099-01", "same")],
            "inspection/NFK-2099-01 is not in data/registry",
        ),
        (
            [seen("a/1", kind="notice")],
            [decided("a/1", "inspection/NFK-2015-01", "same")],
            "the row a/1 speaks of a notice",
        ),
        (
            [seen("a/1")],
            [
                decided("a/1", "inspection/NFK-2015-01", "same"),
                decided("a/1", "inspection/NFK-2013-02", "same"),
            ],
            "contradict each other on whether it is inspection/NFK-2013-02 or inspection/NFK-2015",
        ),
        (
            [seen("a/1", same_as="5"), seen("b/1", same_as="5")],
            [
                decided("a/1", "inspection/NFK-2015-01", "same"),
                decided("b/1", "inspection/NFK-2015-01", "different"),
            ],
            "contradict each other on whether it is inspection/NFK-2015-01",
        ),
    ],
)
def test_contradictions_are_refused_by_name(
    rows: list[Mention], decisions: list[MatchRow], expected: str
) -> None:
    """Nothing is minted while rows, registers and decisions do not fit together."""
    with pytest.raises((UnreadableTable, UnknownIdentifier), match=expected):
        minted(rows, NORFOLK, decisions)


def test_row_that_changes_its_kind_is_refused() -> None:
    """A loader that now calls a notice a direction needs a person."""
    registers = Registers(NORFOLK.things, {"a/1": "inspection/NFK-2015-01"})
    with pytest.raises(UnreadableTable, match="registered as inspection/NFK-2015-01, and its sour"):
        minted([seen("a/1", kind="notice")], registers)


ROWS = st.lists(
    st.builds(
        seen,
        row=st.builds("{}/{}".format, st.sampled_from("abc"), st.integers(1, 12)),
        first=st.dates(date(2013, 1, 1), date(2016, 12, 31)).map(str),
        kind=st.sampled_from(["inspection", "direction"]),
        council=st.sampled_from(["NFK", "WOR"]),
    ),
    unique_by=lambda one: one.row,
    max_size=15,
)


@given(ROWS, st.randoms(use_true_random=False))
def test_order_and_repetition_change_nothing(rows: list[Mention], chance: Random) -> None:
    """Sorted otherwise, the rows get the same; run again, everything stays as it is."""
    first = minted(rows, NORFOLK)
    shuffled = list(rows)
    chance.shuffle(shuffled)
    assert minted(shuffled, NORFOLK) == first
    again = minted(shuffled, first.registers)
    assert again.registers == first.registers
    assert not again.minted and not again.joined
    assert [doubt.group for doubt in again.unclear] == [doubt.group for doubt in first.unclear]


@given(ROWS)
def test_no_row_is_lost_or_merged_unseen(rows: list[Mention]) -> None:
    """Each row has a thing of its own, or is listed; two sources share none without a decision."""
    found = minted(rows, NORFOLK)
    listed = {row for doubt in found.unclear for row in doubt.group.rows}
    assert listed | found.registers.rows.keys() == {one.row for one in rows}
    assert len(set(found.registers.rows.values())) == len(found.registers.rows)


def test_row_without_identity_names_the_command() -> None:
    """Who adds rows learns what to run."""
    with pytest.raises(UnknownIdentifier, match=r"row a/1 .*`interventions mint`"):
        Identities({}).local("a/1", "inspection")


def test_every_row_of_the_project_has_its_identifier() -> None:
    """The registers are complete: a run of the command would change nothing."""
    claims = [claim for file in read_records() for claim in read_claims(file)]
    registers = read_registers(registry_folder())
    rows = mentions(SOURCES, None)
    found = mint(rows, registers, read_matches(), windows_of_things(claims))
    assert [str(doubt.group) for doubt in found.unclear] == []
    assert found.registers == registers


def office(row: str, holder: str, first: str | None = None) -> Mention:
    """Return a mention of an appointment, with who bears it."""
    mention = seen(row, first, kind="appointment")
    return replace(mention, is_listed_once=False, bearer=f"NFK/commissioner/{holder}")


def test_one_holder_of_one_office_at_one_time_is_one_appointment() -> None:
    """Two pages on one holder join without a decision; another holder of that day is another."""
    pages = [
        office("a/1", "person/one", "2015-07-06"),
        office("b/1", "person/one", "2015-07-20"),
        office("b/2", "person/two", "2015-07-06"),
    ]
    minting = mint(pages, EMPTY, (), {})
    rows = minting.registers.rows
    assert rows["a/1"] == rows["b/1"] != rows["b/2"]
    assert (len(minting.minted), minting.unclear) == (2, ())


def test_a_later_appointment_of_the_same_holder_is_another() -> None:
    """Who is appointed again a year later holds the office twice."""
    pages = [
        office("a/1", "person/one", "2015-07-06"),
        office("a/2", "person/one", "2016-09-01"),
    ]
    rows = mint(pages, EMPTY, (), {}).registers.rows
    assert rows["a/1"] != rows["a/2"]


def test_a_row_without_a_day_joins_the_only_appointment_of_its_holder() -> None:
    """Where the holder had two, a person decides."""
    once = [office("a/1", "person/one", "2015-07-06"), office("b/1", "person/one")]
    rows = mint(once, EMPTY, (), {}).registers.rows
    assert rows["a/1"] == rows["b/1"]
    twice = [*once, office("a/2", "person/one", "2016-09-01")]
    (unclear,) = mint(twice, EMPTY, (), {}).unclear
    assert len(unclear.candidates) == 2


def test_a_thing_whose_bearer_nobody_knows_stays_a_question() -> None:
    """A record names an appointment and no row does: it may be the one of the row."""
    known = Registers({**EMPTY.things, "appointment": {"NFK-2015-01": "A commissioner"}}, {})
    (unclear,) = mint([office("a/1", "person/one", "2015-07-06")], known, (), {}).unclear
    assert list(unclear.candidates) == ["appointment/NFK-2015-01"]
