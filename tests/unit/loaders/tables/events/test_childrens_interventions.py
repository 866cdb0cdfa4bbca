"""The Education Secretary's acts: every cell is read or refused, a row becomes what it means."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from data.decisions.reclassified import reclassified_from
from data.records.acts import Direction
from data.records.form import Listing
from data.registry.identifiers import Identities
from data.sources import convert_published, read_source
from data.tables.table import text_of
from loaders.claims.claim import Claim, read_claims
from loaders.tables.events import offices
from loaders.tables.events.childrens_interventions import CHILDRENS_INTERVENTIONS, SOURCE
from loaders.tables.events.rows import NoteRow, read_notes
from ontology import CI
from ontology.dates import TimeReading
from ontology.errors import UnreadableTable
from tests.fixtures.guards import replaced

TABLE = CHILDRENS_INTERVENTIONS.table
FILE = TABLE.file
PAGE = "https://www.gov.uk/government/publications/"
PUBLISHED = f"""\
authority,gss_at_event,register_code,instrument,event,date,date_precision,closed_or_replaced,\
commissioner,note,source_url,source_kind
Halton,E06000006,HAL,statutory direction,issued,2024-08-30,day,2025-02-07,Steve Walker,,\
{PAGE}revised-direction-issued-to-halton-borough-council-february-2025,gov.uk
Reading,E06000038,RDG,statutory direction,issued,2017-09-12,day,,,,\
{PAGE}direction-issued-to-reading-borough-council,gov.uk
"""


def changed(old: str, new: str) -> str:
    """Return the published table with one change in it."""
    assert old in PUBLISHED
    return replaced(PUBLISHED, old, new, 1)


def identities() -> Identities:
    """Return identifiers for everything that the table speaks of, as minting would give them."""
    things: dict[str, str] = {}
    given: Counter[str] = Counter()
    for mention in CHILDRENS_INTERVENTIONS.mentions(read_source(TABLE).rows):
        day = mention.earliest or mention.latest
        assert day is not None
        lead = f"{mention.kind}/{mention.council}-{day.year}"
        given[lead] += 1
        things[mention.row] = f"{lead}-{given[lead]:02}"
    return Identities(things)


@pytest.fixture(scope="module")
def listings() -> dict[str, Listing]:
    """Return what each page says, by slug."""
    files = CHILDRENS_INTERVENTIONS.records(read_source(TABLE), identities())
    records = [file.record for file in files]
    return {record.document.slug: record for record in records if isinstance(record, Listing)}


@pytest.fixture(scope="module")
def claims() -> list[Claim]:
    """Return what the whole table claims."""
    files = CHILDRENS_INTERVENTIONS.records(read_source(TABLE), identities())
    return [claim for file in files for claim in read_claims(file)]


def direction(listings: dict[str, Listing], page: str, row: str) -> Direction:
    """Return the direction that a page tells of in a row."""
    return next(one for one in listings[page].directions if one.row == row)


def test_the_published_file_gives_our_table(published: Path) -> None:
    """Whoever reads the published file gets the same rows as the embedded table."""
    text = text_of(published / "derived" / FILE)
    assert convert_published(TABLE, text) == read_source(TABLE).rows
    assert read_source(TABLE, published).rows == read_source(TABLE).rows


@pytest.mark.parametrize(
    ("old", "new", "column", "expected"),
    [
        ("E06000006", "E06000007", "gss_at_event", "an area of Halton"),
        (",HAL,", ",XXX,", "register_code", "a council of the register"),
        (",HAL,", ",Halton,", "register_code", "such as NFK"),
        ("E06000006,HAL", "E07000012,SCA", "register_code", "children's services"),
        ("statutory direction", "statutory order", "instrument", "improvement notice"),
        ("issued", "announced", "event", "issued"),
        ("2024-08-30", "2024-02-30", "date", "a date that the calendar has"),
        ("2024-08-30", "2024-08", "date", "a day such as"),
        (",day,2025", ",roughly,2025", "date_precision", "day (press)"),
        ("2024-08-30,day,", "2015,year (after 5 Juny 2015 report),", "date_precision", "a month"),
        ("2024-08-30,day,", "2016,year (after 5 June 2015 report),", "date_precision", "in 2016"),
        ("2025-02-07", "spring 2025", "closed_or_replaced", "a day, a month or a year"),
        ("2025-02-07", "2024-08-29", "closed_or_replaced", "not before 2024-08-30"),
        ("Steve Walker", "Jane Roe", "commissioner", "decide in data/decisions/people.csv"),
        ("Steve Walker", "Steve Walker (chair)", "commissioner", "a form of words"),
        ("Steve Walker,,", "Steve Walker,unread,", "note", "the note that was read"),
        ("february-2025", "march-2025", "source_url", "data/tables/pages/pages.csv"),
        ("february-2025,gov.uk", "february-2025,website", "source_kind", "copy of gov.uk"),
        ("february-2025,gov.uk", "february-2025,press", "source_kind", "official-page"),
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
        (PUBLISHED[:-60], "line 3: 11 cells; expected 12"),
        (PUBLISHED.replace(",", ";"), "expected 12 columns with commas"),
        (PUBLISHED + PUBLISHED.splitlines()[2] + "\n", "line 4, column register_code: 'RDG'"),
        (changed("authority,", "council,"), "unknown: council; missing: authority"),
        (changed("commissioner,", "commissioner,commissioner,"), "twice: commissioner"),
        (changed("Halton,", '"Halton" Council,'), "line 2: not CSV"),
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


@pytest.mark.parametrize("column", ["date", "ended"])
def test_an_act_that_lasts_is_refused(column: str) -> None:
    """A direction is signed on one day, though it may be known only that it lies between two."""
    row = read_source(TABLE).rows[0]
    one_of = row.model_dump() | {column: "[2025-01..2025-03]"}
    assert getattr(type(row).model_validate(one_of), column) == "[2025-01..2025-03]"
    with pytest.raises(ValueError, match=r"a day that lies between two is written \[2016-01"):
        type(row).model_validate(one_of | {column: "2025-01/2025-03"})


def test_a_note_without_its_event_is_refused() -> None:
    """What a note adds must not vanish with a row."""
    rows = read_source(TABLE)
    fewer = type(rows)(rows.rows[:-1], rows.file, rows.text)
    with pytest.raises(UnreadableTable, match="there is no event wsx-2022-03-31-direction"):
        list(CHILDRENS_INTERVENTIONS.records(fewer, identities()))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"fact": "rumour"}, "fact"),
        ({"words": ""}, "the fact summary needs words"),
        ({"value": "something"}, "found value, words"),
        ({"words": "x" * 121}, "words"),
        ({"date": "2019-02-30"}, "does not exist"),
        ({"page": "nowhere"}, "no such page"),
        ({"key": "other/summary"}, "begins with the event"),
        ({"note": "short"}, "note"),
        ({"modality": "perhaps"}, "modality"),
    ],
)
def test_a_bad_reading_of_a_note_is_refused(change: dict[str, str], expected: str) -> None:
    """The table of what notes add is as strict as the others."""
    good = dict.fromkeys(NoteRow.model_fields, "") | {
        "key": "bir-2019-07-direction/summary",
        "event": "bir-2019-07-direction",
        "note": "0123456789abcdef",
        "fact": "summary",
        "words": "The commissioner is to be withdrawn.",
    }
    NoteRow.model_validate(good)
    with pytest.raises(ValueError, match=expected):
        NoteRow.model_validate(good | change)


def test_every_page_is_a_source_of_its_own(listings: dict[str, Listing]) -> None:
    """Fifty pages: reports, pages of the department, copies, press, each with its tier."""
    tiers = {slug: one.document.tier for slug, one in listings.items()}
    assert tiers["ofsted-report-50004276"] == 2
    assert tiers["dfe-reading-directions"] == 4
    assert tiers["edyourself-comments-5"] == 5
    assert len(listings) == len({row.page for row in read_source(TABLE).rows}) + 2
    voices = {listing.document.voice for listing in listings.values()}
    assert {"organisation/ofsted", "council/STE", "organisation/community-care"} <= voices


def test_kinds_of_events(claims: list[Claim]) -> None:
    """86 rows: directions, notices, three appointments without a direction, one trust."""
    rows = read_source(TABLE).rows
    assert Counter(row.instrument for row in rows) == {
        "direction": 54,
        "improvement-notice": 28,
        "commissioner": 3,
        "trust": 1,
    }
    assert len({row.council for row in rows}) == 45
    assert len({claim.about for claim in claims if claim.property == CI.addressedTo}) == 82


def test_a_page_that_was_published_dates_no_signature(listings: dict[str, Listing]) -> None:
    """The day of the page bounds the signature, and is the publication."""
    halton = direction(listings, "dfe-halton-direction-2025", "hal-2025-02-07-direction")
    (signed,), (published_on,) = halton.signed, halton.published
    assert (signed.reading.status, signed.reading.edtf) == ("inferred", "[..2025-02-07]")
    assert signed.reason
    assert published_on.reading.edtf == "2025-02-07"


def test_inferred_years_keep_their_bounds(listings: dict[str, Listing]) -> None:
    """A year that follows from other dates says from which."""
    sandwell = direction(listings, "dfe-sandwell-directions", "saw-2015-direction")
    reading = sandwell.signed[0].reading
    assert (str(reading.earliest), str(reading.latest)) == ("2015-06-05", "2015-12-31")
    croydon = direction(listings, "copy-croydon-direction", "cry-2018-direction")
    assert str(croydon.signed[0].reading.latest) == "2018-05-08"
    assert all(one.signed[0].reason for one in (sandwell, croydon))


def test_every_direction_has_one_signature(claims: list[Claim]) -> None:
    """A direction without any date would be in force at no time."""
    directions = {claim.about for claim in claims if claim.value == CI.Direction}
    signed = Counter(claim.about for claim in claims if claim.property == CI.signed)
    assert set(signed) >= directions
    assert all(signed[one] == 1 for one in directions)


def test_replacements_stand_only_where_a_note_states_them(claims: list[Claim]) -> None:
    """An earlier row may name its successor, and a later one what it replaces."""
    stated = [note for notes in read_notes(SOURCE).values() for note in notes]
    named = [note for note in stated if note.fact in ("replaces", "replaced-by")]
    replaced = [claim for claim in claims if claim.property == CI.replaces]
    assert len(replaced) == len(named) == 9


def test_a_revised_direction_says_so_and_a_numbered_one_by_inference(claims: list[Claim]) -> None:
    """That a direction is the fifth says that there was a fourth, in whose place it stands."""
    changed = {
        claim.passage.row: (str(claim.value).rsplit("/", 1)[1], claim.modality)
        for claim in claims
        if claim.property == CI.change
    }
    assert changed["wor-2017-09-direction"] == ("revised", "asserted")
    assert changed["slg-2020-05-direction"] == ("revised", "inferred")
    assert "wor-2018-08-direction" not in changed
    assert len(changed) == 17


def test_a_known_end_without_a_day_is_no_day(listings: dict[str, Listing]) -> None:
    """That a direction was lifted is kept, and no day is made up for it."""
    wight = direction(listings, "on-the-wight-hampshire", "iow-2013-06-direction")
    reading = wight.ended[0].reading
    assert (reading.status, reading.latest) == ("inferred", None)


def test_transfers_say_what_took_over_and_when_it_ended(claims: list[Claim]) -> None:
    """Doncaster's trust came back, as another page says; Bradford and Worcestershire moved."""
    begun = [claim for claim in claims if claim.property == CI.happened and claim.is_affirmed]
    transfers = [claim for claim in begun if "/transfer/" in str(claim.about)]
    assert len({claim.about for claim in transfers}) == 3
    (end,) = [
        claim for claim in claims if claim.property == CI.ended and "/transfer/" in str(claim.about)
    ]
    assert end.document == "cypn-doncaster-trust"
    assert isinstance(end.value, TimeReading)
    assert end.value.edtf == "2022-09-01"


def test_an_appointment_without_direction_has_only_a_begin(listings: dict[str, Listing]) -> None:
    """Medway: a commissioner is known, a direction is not."""
    (appointment,) = listings["localgov-medway-2019"].appointments
    assert appointment.under == []
    assert appointment.taken_up[0].date == "2019-08"
    assert listings["localgov-medway-2019"].directions == []


def test_an_office_read_as_before_the_act_is_not_under_it(listings: dict[str, Listing]) -> None:
    """Buckinghamshire: the commissioner had reported when the direction was signed."""
    page = listings["copy-buckinghamshire-report"]
    under = {one.words: len(one.under) for one in page.appointments}
    assert under == {"John Coughlan CBE": 0, "Hampshire": 1}


def test_another_reading_of_an_office_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """A reviewed reading that means nothing here names the file and the row."""
    row = "childrens-interventions/bkm-2018-07-12-direction"
    text = f"row,column,read_as,reason\n{row},office,after-the-act,because\n"
    monkeypatch.setattr(offices, "read_reclassified", lambda: reclassified_from(text))
    with pytest.raises(
        UnreadableTable,
        match=rf"reclassified\.csv: {row}, column office: 'after-the-act' is not known; expected "
        "before-the-act",
    ):
        list(CHILDRENS_INTERVENTIONS.records(read_source(TABLE), identities()))


def test_an_unnamed_commissioner_leaves_a_post_without_holder(
    listings: dict[str, Listing],
) -> None:
    """Wakefield: the office stands, nobody is appointed, and that is said."""
    page = listings["dfe-wakefield-direction"]
    assert {post.id for post in page.posts} == {"WKF-childrens"}
    assert page.appointments == []
    assert {left.row for left in page.left_out} == {
        "wkf-2018-08-direction",
        "wkf-2018-12-13-direction",
    }


def test_the_domain_is_left_open_where_the_source_leaves_it_open(
    listings: dict[str, Listing],
) -> None:
    """A collection of notices does not say which are about social care."""
    notices = listings["dfe-improvement-collection"].notices
    unknown = [notice.id[:3] for notice in notices if not notice.in_domain]
    assert unknown == ["HAV", "HRT", "IOS", "OLD", "OXF", "PLY", "SGC", "SWD"]
    (send,) = listings["dfe-improvement-collection"].directions
    assert [said.value for said in send.in_domain] == ["send"]


def test_a_due_date_of_a_direction_is_a_deadline(listings: dict[str, Listing]) -> None:
    """Northamptonshire had to set up a trust by July 2020."""
    page = listings["copy-northamptonshire-direction-2019"]
    (requirement,) = page.directions[0].requirements
    assert [said.value for said in requirement.action] == ["establish-body"]
    assert requirement.deadlines[0].due[0].date == "2020-07"
