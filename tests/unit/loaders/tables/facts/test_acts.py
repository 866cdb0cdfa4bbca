"""Acts of ministers: a bad cell is named, a column is a claim, rows of one act are one."""

from collections import Counter
from collections.abc import Iterable, Sequence

import pytest
from rdflib import URIRef

from data.registry.identifiers import Identities, read_registers, registry_folder
from data.sources import SourceRows, read_own_table
from data.tables.table import read_rows
from loaders.claims.claim import Claim, read_claims
from loaders.tables.facts.acts import ACTS, ActRow, mentions, records
from ontology import CI
from ontology.dates import TimeReading
from ontology.errors import UnreadableTable
from tests.fixtures.guards import not_empty, replaced

HEADER = ",".join(ActRow.model_fields)
FIRST = (
    "kir-2016-11-direction,KIR,childrens-services,direction,2016-11,stated,,2018-01,replaced,,,,"
    "ukpga/1996/56/section/497A/4B,A commissioner is appointed.,bradfordcft\n"
)
REVISED = (
    "kir-2018-01-direction,KIR,childrens-services send,direction,[2018-01-01..2018-01-25],inferred,"
    "in that month,2020-01-13,lifted,2021-01,revised,kir-2016-11-direction,,Leeds is the partner.,"
    "bradfordcft\n"
)
NOTICE = (
    "kir-2021-05-01-notice,KIR,send,improvement-notice,2021-05-01,page-published,,,,P2Y,,"
    "direction/KIR-2017-01,,,bradfordcft\n"
)
THINGS = {
    "acts/kir-2016-11-direction": "direction/KIR-2016-01",
    "acts/kir-2018-01-direction": "direction/KIR-2017-01",
    "acts/kir-2021-05-01-notice": "notice/KIR-2021-01",
}


def rows(text: str) -> list[ActRow]:
    """Return the rows of a made-up table."""
    return read_rows(f"{HEADER}\n{text}", "acts/acts.csv", ActRow)


def claims(text: str) -> list[Claim]:
    """Return what a made-up table claims."""
    source = SourceRows(tuple(rows(text)), "acts.csv", text)
    return [claim for file in records(source, Identities(THINGS)) for claim in read_claims(file)]


def stated(text: str, prop: URIRef) -> list[tuple[str, str, str]]:
    """Return act, value and modality of what a made-up table claims of one property."""
    return sorted(
        (
            str(claim.about).rsplit("/", 1)[1],
            claim.value.edtf or ""
            if isinstance(claim.value, TimeReading)
            else str(claim.value).rsplit("/", 1)[1]
            if isinstance(claim.value, URIRef)
            else str(claim.value),
            claim.modality,
        )
        for claim in claims(text)
        if claim.property == prop
    )


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("kir-2018-01-direction,", "KIR 2018,", "column key: 'KIR 2018'"),
        (",KIR,", ",ZZZ,", "column council: 'ZZZ'.*of the register"),
        (",childrens-services send,", ",children,", "column regime.*'children'"),
        (",childrens-services send,", ",,", "column regime"),
        (",direction,", ",order,", "column act: 'order'"),
        (",[2018-01-01..2018-01-25],", ",[2018-01-32..2018-02],", "column date: .*2018-01-32"),
        (
            ",[2018-01-01..2018-01-25],",
            ",2018-01-01/2018-01-25,",
            r"column date: .*a day that lies between two is written \[2016-01",
        ),
        (",inferred,", ",guessed,", "column date_kind: 'guessed'"),
        (",2020-01-13,", ",2020-02-30,", "column ended: .*2020-02-30"),
        (",lifted,", ",over,", "column ending: 'over'"),
        (",2021-01,", ",soon,", "column planned_end: 'soon'.*or a number of years such as P5Y"),
        (",revised,", ",other,", "column change: 'other'"),
        (",kir-2016-11-direction,", ",act/x,", "column replaces: 'act/x'"),
        (",kir-2016-11-direction,", ",council/KIR,", "column replaces: .*'council/KIR' is no act"),
        (",,Leeds", ",497A,Leeds", "column powers.*'497A' is no provision; expected one such as"),
        (",,Leeds", ",council/KIR,Leeds", "column powers.*'council/KIR' is no provision"),
        ("Leeds is the partner.", "x" * 200, "column summary"),
        ("bradfordcft", "no-such-page", "column page: 'no-such-page'.*pages.csv"),
    ],
)
def test_a_bad_cell_is_named(old: str, new: str, message: str) -> None:
    """Whoever keeps the table reads where the fault is, and what is accepted."""
    with pytest.raises(UnreadableTable, match=message):
        rows(replaced(REVISED, old, new, 1))


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (",2020-01-13,", ",2017-12-31,", r"the act ends \(2017-12-31\) before it begins"),
        (",2021-01,", ",2017,", r"the act is to end \(2017\) before it begins"),
        (",in that month,", ",,", "an inferred date needs a reason"),
        (",inferred,", ",stated,", "no other date has one"),
        (",[2018-01-01..2018-01-25],", ",,", "no kind stands without a date"),
        (",inferred,in that month,", ",,,", "a date needs its kind"),
        (",childrens-services send,", ",send best-value,", "regimes of two offices"),
        (",kir-2016-11-direction,", ",kir-2018-01-direction,", "replaces another, not itself"),
    ],
)
def test_cells_that_contradict_each_other_are_refused(old: str, new: str, message: str) -> None:
    """An end before the begin, a reason for nothing, and an act that takes its own place."""
    with pytest.raises(UnreadableTable, match=message):
        rows(replaced(REVISED, old, new, 1))


@pytest.mark.parametrize(
    ("earlier", "message"),
    [
        (
            "kir-2015-direction",
            "column replaces: 'kir-2015-direction' is no row; expected the key of a row",
        ),
        ("direction/NFK-2016-01", "column replaces: direction/NFK-2016-01 is an act towards NFK"),
    ],
)
def test_an_act_replaces_one_towards_the_same_council(earlier: str, message: str) -> None:
    """A key that is not there, and another council's act."""
    with pytest.raises(UnreadableTable, match=message):
        claims(replaced(REVISED, ",kir-2016-11-direction,", f",{earlier},", 1))


def test_a_plan_in_years_needs_a_day_to_count_from() -> None:
    """Two years after an act of no known day are no plan."""
    undated = replaced(NOTICE, ",2021-05-01,page-published,", ",,,", 1)
    with pytest.raises(UnreadableTable, match="column planned_end: P2Y without a date; expected a"):
        claims(undated)


def test_every_column_becomes_its_claim() -> None:
    """Regimes, powers, change, end and plan are facts of the act, and none is lost."""
    text = FIRST + REVISED + NOTICE
    assert stated(text, CI.regime) == [
        ("KIR-2016-01", "childrens-services", "asserted"),
        ("KIR-2017-01", "childrens-services", "asserted"),
        ("KIR-2017-01", "send", "asserted"),
        ("KIR-2021-01", "send", "asserted"),
    ]
    assert stated(text, CI.madeUnder) == [("KIR-2016-01", "4B", "asserted")]
    assert stated(text, CI.change) == [("KIR-2017-01", "revised", "asserted")]
    assert stated(text, CI.endManner) == [
        ("KIR-2016-01", "replaced", "asserted"),
        ("KIR-2017-01", "lifted", "asserted"),
    ]
    assert stated(text, CI.ended) == [
        ("KIR-2016-01", "2018-01", "asserted"),
        ("KIR-2017-01", "2020-01-13", "asserted"),
    ]
    assert stated(text, CI.plannedEnd) == [
        ("KIR-2017-01", "2021-01", "asserted"),
        ("KIR-2021-01", "2023-05-01", "asserted"),
    ]
    assert stated(text, CI.published) == [("KIR-2021-01", "2021-05-01", "asserted")]
    assert ("KIR-2021-01", "[..2021-05-01]", "asserted") in stated(text, CI.signed)
    assert ("KIR-2017-01", "[2018-01-01..2018-01-25]", "asserted") in stated(text, CI.signed)


def test_a_changed_act_replaces_by_inference_and_another_as_its_page_says() -> None:
    """That a page calls a direction revised does not say which one it replaces."""
    assert stated(FIRST + REVISED + NOTICE, CI.replaces) == [
        ("KIR-2017-01", "KIR-2016-01", "inferred"),
        ("KIR-2021-01", "KIR-2017-01", "asserted"),
    ]


def test_one_day_one_council_one_regime_one_kind_are_one_act() -> None:
    """The proof needs the day itself, and neither a month nor the day of a page is one."""
    day = replaced(FIRST, ",2016-11,", ",2016-11-28,", 1)
    press = replaced(replaced(day, "-direction,KIR", "-news,KIR", 1), ",stated,", ",press,", 1)
    letter = replaced(
        replaced(day, "-direction,KIR", "-letter,KIR", 1), ",direction,", ",minded-to-letter,", 1
    )
    proofs = [
        mention.same_as
        for mention in mentions(
            rows(day + press + letter + replaced(FIRST, "11-d", "12-d", 1) + NOTICE)
        )
    ]
    assert proofs[0] == proofs[1] == "childrens-services/KIR/2016-11-28"
    assert proofs[2] not in (None, proofs[0])
    assert proofs[3:] == [None, None]


def test_an_act_is_described_by_what_it_is_about_and_its_day() -> None:
    """The register of identifiers says it so that a person can decide."""
    said = [mention.description for mention in mentions(rows(FIRST + REVISED + NOTICE))]
    assert said == [
        "Children's services; November 2016",
        "Children's services and special educational needs; "
        "between 1 January 2018 and 25 January 2018",
        "Improvement notice (special educational needs); published 1 May 2021",
    ]


@pytest.fixture(scope="module")
def held() -> Sequence[ActRow]:
    """Return the rows of the record."""
    return read_own_table(ACTS.table).rows


@pytest.fixture(scope="module")
def registered() -> dict[str, str]:
    """Return the identifiers of the rows."""
    return dict(read_registers(registry_folder()).rows)


def _acts(keys: Iterable[str], registered: dict[str, str]) -> set[str]:
    return {registered[f"acts/{key}"] for key in keys}


@pytest.mark.parametrize(
    ("keys", "act"),
    [
        (["kir-2018-01-direction"], "direction/KIR-2017-01"),
        (["saw-2016-01-direction"], "direction/SAW-2015-01"),
        (["khl-2020-03-16-direction", "khl-2020-03-direction"], "direction/KHL-2020-01"),
        (["trf-2019-05-23-notice", "trf-2019-05-23-notice-2"], "notice/TRF-2019-01"),
        (["nth-2019-06-10-direction"], "direction/NTH-2019-01"),
        (["slg-2021-11-17-statement", "slg-2022-02-statement"], "measure/SLG-2021-01"),
        (["ply-2023-notice"], "notice/PLY-2023-02"),
    ],
)
def test_rows_of_one_act_are_joined(keys: list[str], act: str, registered: dict[str, str]) -> None:
    """Named joins, and one pair that is kept apart: Plymouth had two notices in 2023."""
    assert _acts(keys, registered) == {act}


def test_no_act_is_told_twice(held: Sequence[ActRow], registered: dict[str, str]) -> None:
    """One council, regime, kind and day are one act, whatever the pages call it."""
    days: dict[tuple[str, ...], set[str]] = {}
    for row in held:
        if row.date and len(row.date) == len("2015-02-26"):
            about = (row.council, *row.regime, row.act, row.date)
            days.setdefault(about, set()).add(registered[f"acts/{row.key}"])
    assert [about for about, acts in not_empty(days.items()) if len(acts) > 1] == []


def test_every_act_of_the_record_says_when_or_joins_one_that_does(
    held: Sequence[ActRow], registered: dict[str, str]
) -> None:
    """A row that only tells of an end belongs to an act of which another tells the begin."""
    told = Counter(registered.values())
    alone = [
        row.key for row in held if row.date is None and told[registered[f"acts/{row.key}"]] == 1
    ]
    assert held and alone == []


def test_informal_interventions_have_no_power(held: Sequence[ActRow]) -> None:
    """Support by agreement rests on none."""
    informal = not_empty(row for row in held if row.act == "informal-intervention")
    assert {row.council for row in informal} > {"BNS", "CMA", "SWD"}
    assert [row.key for row in informal if row.powers] == []
