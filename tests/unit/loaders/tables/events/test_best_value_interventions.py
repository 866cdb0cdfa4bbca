"""Interventions under the best value duty: plans stay plans, and a joint act is two instruments."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from data.records.acts import Direction
from data.records.form import Listing
from data.registry.identifiers import Identities
from data.sources import convert_published, read_source
from data.tables.table import text_of
from loaders.claims.claim import Claim, read_claims
from loaders.tables.claim_source import Mention
from loaders.tables.events.best_value_interventions import (
    BEST_VALUE_INTERVENTIONS,
    BestValueEventRow,
)
from loaders.tables.events.childrens_interventions import CHILDRENS_INTERVENTIONS
from ontology import CI
from ontology.errors import UnreadableTable
from tests.fixtures.guards import replaced

TABLE = BEST_VALUE_INTERVENTIONS.table
FILE = TABLE.file
PAGE = "https://www.gov.uk/government/publications/"
SANDWELL = "sandwell-metropolitan-borough-council-directions-under-the-local-government-act-1999"
PUBLISHED = f"""\
authority,gss_at_event,register_code,instrument,event,date,end,appointees,model,note,source_url
Sandwell,E08000028,SAW,statutory intervention s.15(5)(6),directions,2022-03-22,2024-03-22,\
Kim Bromley-Derry and one other,commissioners,,{PAGE}{SANDWELL}/{SANDWELL}
Runnymede,E07000212,RUN,best value notice (non-statutory),issued,2023-12-19,2024-12-19,,notice,,\
https://runnymede.gov.uk/council-local-democracy/best-value-notice
"""


def changed(old: str, new: str) -> str:
    """Return the published table with one change in it."""
    assert old in PUBLISHED
    return replaced(PUBLISHED, old, new, 1)


def mentions() -> list[Mention]:
    """Return what the table speaks of."""
    return list(BEST_VALUE_INTERVENTIONS.mentions(read_source(TABLE).rows))


def identities() -> Identities:
    """Return identifiers for everything that the table speaks of, as minting would give them."""
    things: dict[str, str] = {}
    given: Counter[str] = Counter()
    for mention in mentions():
        day = mention.earliest or mention.latest
        assert day is not None
        lead = f"{mention.kind}/{mention.council}-{day.year}"
        given[lead] += 1
        things[mention.row] = f"{lead}-{given[lead]:02}"
    return Identities(things)


@pytest.fixture(scope="module")
def listings() -> dict[str, Listing]:
    """Return what each page says, by slug."""
    files = BEST_VALUE_INTERVENTIONS.records(read_source(TABLE), identities())
    records = [file.record for file in files]
    return {record.document.slug: record for record in records if isinstance(record, Listing)}


@pytest.fixture(scope="module")
def claims() -> list[Claim]:
    """Return what the whole table claims."""
    files = BEST_VALUE_INTERVENTIONS.records(read_source(TABLE), identities())
    return [claim for file in files for claim in read_claims(file)]


def converted(old: str, new: str) -> BestValueEventRow:
    """Return the first row of the published table with one change in it."""
    return next(row for row in convert_published(TABLE, changed(old, new)) if row.council == "SAW")


def powers(direction: Direction) -> list[str]:
    """Return the powers under which a direction is made."""
    return [power.value for power in direction.made_under]


def test_the_published_file_gives_our_table(published: Path) -> None:
    """Whoever reads the published file gets the same rows as the embedded table."""
    text = text_of(published / "derived" / FILE)
    assert convert_published(TABLE, text) == read_source(TABLE).rows
    assert read_source(TABLE, published).rows == read_source(TABLE).rows


@pytest.mark.parametrize(
    ("old", "new", "column", "expected"),
    [
        ("E08000028", "E08000029", "gss_at_event", "an area of Sandwell"),
        (",SAW,", ",XXX,", "register_code", "a council of the register"),
        ("s.15(5)(6)", "s.16", "instrument", "statutory intervention s.15"),
        (",directions,", ",issued,", "event", "new directions"),
        ("2022-03-22", "22 March 2022", "date", "a day, a month or a year"),
        ("2022-03-22", "2022-02-29", "date", "a date that the calendar has"),
        ("2024-03-22", "soon", "end", "a day, a month or a year"),
        ("2024-03-22", "2021-03-22", "end", "not before 2022-03-22"),
        ("2024-03-22", "(planned to end of Smarch 2024)", "end", "a month such as March"),
        ("2024-03-22", "(in force to 2021-01-01)", "end", "not before 2022-03-22"),
        (
            "Kim Bromley-Derry and",
            "Jane Roe and",
            "appointees",
            "decide in data/decisions/people.csv",
        ),
        ("and one other", "and friends", "appointees", "a form of words"),
        ("and one other", "(board chair)", "appointees", "the office that the model has"),
        (",commissioners,,", ",panel,,", "model", "statutory improvement panel"),
        (",commissioners,,", ",notice,,", "model", "another model for directions"),
        (",commissioners,,", ",commissioners,unread,", "note", "the note that was read"),
        (f"{PAGE}{SANDWELL}", f"{PAGE}other", "source_url", "data/tables/pages/pages.csv"),
    ],
)
def test_a_bad_cell_is_refused_by_file_line_column_and_value(
    old: str, new: str, column: str, expected: str
) -> None:
    """One bad value per column; the message names its place and what was expected."""
    with pytest.raises(UnreadableTable) as caught:
        convert_published(TABLE, changed(old, new))
    message = str(caught.value)
    assert f"{FILE}, line 2, column {column}: " in message
    assert expected in message


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (PUBLISHED[:-70], "line 3: 9 cells; expected 11"),
        (PUBLISHED.replace(",", "\t"), "expected 11 columns with commas"),
        (PUBLISHED + PUBLISHED.splitlines()[2] + "\n", "line 4, column register_code: 'RUN'"),
        (changed("model,", "form,"), "unknown: form; missing: model"),
    ],
)
def test_a_broken_file_is_refused_by_name(text: str, expected: str) -> None:
    """A file cut off, with other delimiters or columns, or with a row twice."""
    with pytest.raises(UnreadableTable) as caught:
        convert_published(TABLE, text)
    assert FILE in str(caught.value)
    assert expected in str(caught.value)


def test_a_file_of_few_rows_is_refused(tmp_path: Path) -> None:
    """A file that ends at a whole row is still known to be cut off."""
    (tmp_path / FILE).write_text(PUBLISHED, encoding="utf-8")
    with pytest.raises(UnreadableTable, match=r"2 rows; source\.toml expects"):
        read_source(TABLE, tmp_path)


@pytest.mark.parametrize(
    ("printed", "ended", "planned"),
    [
        ("2024-03-22", "2024-03-22", None),
        ("2024-03", "2024-03", None),
        ("2024 (removed)", "2024", None),
        ("(planned to end of March 2024)", None, "2024-03"),
        ("(planned 5 years)", None, "P5Y"),
        ("(in force to 2024-03-22)", None, "2024-03-22"),
        ("", None, None),
    ],
)
def test_a_planned_end_is_never_an_end(
    printed: str, ended: str | None, planned: str | None
) -> None:
    """What stands in brackets is a plan."""
    row = converted("2024-03-22", printed)
    assert (row.ended, row.planned_end) == (ended, planned)


def test_kinds_of_events(claims: list[Claim]) -> None:
    """25 rows and four further directions; one row is two instruments."""
    rows = read_source(TABLE).rows
    assert Counter(row.instrument for row in rows) == {"direction": 18, "best-value-notice": 7}
    directions = {claim.about for claim in claims if claim.value == CI.Direction}
    assert len(directions) == 18 + 4 + 1
    planned = {claim.about for claim in claims if claim.property == CI.plannedEnd}
    ended = {claim.about for claim in claims if claim.property == CI.ended}
    assert len(planned) == 8
    assert planned.isdisjoint(ended)


def test_a_period_of_years_is_a_month_with_a_reason(listings: dict[str, Listing]) -> None:
    """Five years from May 2023: nobody has given a day."""
    (woking,) = listings["mhclg-woking-directions"].directions
    reading = woking.planned_end[0].reading
    assert (reading.status, reading.edtf) == ("inferred", "2028-05")
    assert (woking.planned_end[0].words, reading.reason) == ("5 years", "5 years after the act")


def test_powers_stand_only_where_the_row_states_them(listings: dict[str, Listing]) -> None:
    """Section 15 alone is a power too, of which no source names the subsection."""
    (woking,) = listings["mhclg-woking-directions"].directions
    assert powers(woking) == ["ukpga/1999/27/section/15/5", "ukpga/1999/27/section/15/6"]
    (nottingham,) = listings["mhclg-nottingham-collection"].directions
    assert powers(nottingham) == ["ukpga/1999/27/section/15/5"]
    (croydon,) = listings["mhclg-croydon-collection"].directions
    assert powers(croydon) == ["ukpga/1999/27/section/15"]


def test_a_joint_act_is_one_instrument_for_each_regime(listings: dict[str, Listing]) -> None:
    """Rotherham: two Secretaries of State, two directions, the same days."""
    pair = listings["rotherham-end-of-intervention"].directions
    assert [direction.issued_by[0].value for direction in pair] == ["sos-hclg", "sos-education"]
    assert len({direction.id for direction in pair}) == 2
    assert {direction.signed[0].date for direction in pair} == {"2015-02-26"}


def test_the_joint_direction_proves_to_be_that_of_the_other_table() -> None:
    """Both tables have the direction to Rotherham under the regime of children's services."""
    rows = read_source(CHILDRENS_INTERVENTIONS.table).rows
    there = {
        mention.same_as: mention.row
        for mention in CHILDRENS_INTERVENTIONS.mentions(rows)
        if mention.same_as
    }
    shared = [there[mention.same_as] for mention in mentions() if mention.same_as in there]
    assert shared == ["childrens-interventions/rot-2015-02-26-direction"]


def test_notes_add_directions_and_steps(listings: dict[str, Listing]) -> None:
    """Liverpool: further directions in March 2024, and a step in November 2022."""
    page = listings["mhclg-liverpool-directions"]
    assert [direction.signed[0].date for direction in page.directions] == [
        "2021-06-10",
        "2024-03-07",
    ]
    assert [milestone.happened[0].date for milestone in page.milestones] == ["2022-11"]
    assert page.directions[1].ended[0].modality == "inferred"


def test_replacement_and_notice_given_again(listings: dict[str, Listing]) -> None:
    """Nottingham's commissioners replace its board; South Cambridgeshire has two notices."""
    (nottingham,) = listings["nottingham-commissioners"].directions
    (board,) = listings["mhclg-nottingham-collection"].directions
    assert [replacement.value for replacement in nottingham.replaces] == [f"direction/{board.id}"]
    notices = listings["south-cambridgeshire-notice"].notices
    assert len({notice.id for notice in notices}) == 2
    assert [said.value for said in notices[1].summary] == ["The notice is given again."]


def test_a_council_may_hold_an_office(listings: dict[str, Listing]) -> None:
    """Essex is commissioner in Thurrock; a later commissioner has no name, and is left out."""
    page = listings["hansard-2023-01-24-statements"]
    (appointment,) = page.appointments
    assert appointment.member[0].value == "council/ESS"
    assert page.people == []
    assert [left.at for left in page.left_out] == ["unnamed"]


def test_chairs_and_envoys_are_no_commissioners(listings: dict[str, Listing]) -> None:
    """A board's chair, a panel's chair and envoys advise."""
    posts = {post.id: post for listing in listings.values() for post in listing.posts}
    for name in ("NGM-improvement-board", "CRY-improvement-panel", "WRT-envoy", "TWH-envoy"):
        assert posts[name].kind[0].value == "AdviserRole"
    assert posts["BIR-best-value"].kind[0].value == "Commissioner"
    assert "reserve" in posts["WRT-envoy"].purpose[0].value
