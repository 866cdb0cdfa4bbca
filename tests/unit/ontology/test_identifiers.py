"""Addresses are minted and read by one set of rules; what no rule allows is refused."""

from __future__ import annotations

import re

import pytest

from ontology import LEGISLATION
from ontology.errors import UnknownIdentifier
from ontology.identifiers import (
    EXAMPLES,
    KINDS,
    concept,
    digest,
    parse,
    reference,
    short,
    source_graph,
    thing,
)
from ontology.namespaces import BASE, PREFIXES
from tests.fixtures.guards import not_empty

GOOD = {
    "appointment": ("WOR-2017-02", "sos-education-2016-01"),
    "arrangement": ("nfk-commissioner-report-2016/doncaster",),
    "authority": ("WMCA", "GLA"),
    "change": ("northamptonshire-2021",),
    "choice": ("0123456789abcdef",),
    "claim": ("0123456789abcdef",),
    "council": ("NFK",),
    "council-list": ("statement-2024-11-20",),
    "coverage": ("NFK-childrens-inspections-2018", "NTH-section-114-1988"),
    "deadline": ("requirement/WOR-2017-02/7.d.ii/1", "task/WOR-2017-02/annex.9/2"),
    "designation": ("CHO-2023-01",),
    "direction": ("WOR-2017-02",),
    "discrepancy": ("0123456789abcdef",),
    "document": ("nfk-direction-2016",),
    "figure": ("nfk-commissioner-report-2016/pathway-plans",),
    "finding": (
        "inspection/NTH-2018-01/apa-1",
        "direction/NFK-2016-02/5",
        "document/nfk-press-2016/1",
    ),
    "inspection": ("NFK-2015-01",),
    "intervention": (
        "direction-NTH-2013-01",
        "notice-HAL-2022-01",
        "appointment-SRY-2018-01",
        "direction-ROT-2015-01-best-value",
    ),
    "judgement": ("NFK-2015-01/sif-2.2", "NFK-2015-01/sif-overall"),
    "letter": ("NGM-2023-01", "CPCA-2023-01"),
    "measure": ("HRY-2008-01",),
    "membership": ("GAT-NNECA",),
    "milestone": ("nfk-commissioner-report-2016/leaving-care-service",),
    "name": ("sos-hclg-2021-09",),
    "notice": ("HAL-2022-01",),
    "office": ("sos-education",),
    "organisation": ("ofsted",),
    "pay": ("bir-2023-10-05-lead-commissioner",),
    "period": (
        "state/BIR-best-value/2023-10-05",
        "state/BIR-best-value/2023-10-05/2024-01-01",
        "step/direction-BIR-2023-01/2023-10-05",
    ),
    "person": ("trevor-doughty",),
    "post": ("WOR-childrens", "WOR-improvement-partner"),
    "power-rule": ("best-value",),
    "provision": ("children-act-1989-23c-to-24d",),
    "question": ("commons-240756",),
    "recommendation": ("nfk-commissioner-report-2016/1",),
    "request": ("nth-commissioners-letter-2018/1",),
    "requirement": ("WOR-2017-02/7.d.ii",),
    "run": ("build",),
    "section-114-report": ("NTH-2018-01",),
    "sighting": ("slg-2023-08-04-send-direction",),
    "sign": (
        "begin-direction-NTH-2018-02",
        "sighting-bir-2024-02-22-under-way",
        "superseded-direction-NTH-2013-01",
    ),
    "slot": ("0123456789abcdef",),
    "span": ("BIR-best-value/2023-10-05", "BIR-best-value/2023-10-05/2024-01-01"),
    "state": ("BIR-best-value", "CPCA-best-value"),
    "step": ("direction-NTH-2018-02",),
    "support-amount": ("bir-2024-25-2025-03-13",),
    "task": ("WOR-2017-02/annex.9",),
    "time": ("0123456789abcdef",),
    "transfer": ("DNC-2014-01",),
}
BAD = {
    "appointment": ("WOR-17-02", "Worcestershire-2017-02"),
    "arrangement": ("doncaster",),
    "authority": ("wmca", "E47000007", "West Midlands"),
    "change": ("Northamptonshire 2021",),
    "choice": ("1",),
    "claim": ("0042", "0123456789ABCDEF"),
    "council": ("nfk", "Norfolk", "NFKX", "E10000020"),
    "council-list": ("Six councils",),
    "coverage": ("childrens-inspections-2018", "nfk-childrens-inspections-2018"),
    "deadline": ("WOR-2017-02/7.d.ii/1", "requirement/WOR-2017-02/7.d.ii"),
    "designation": ("CHO-2023", "cho-2023-01"),
    "direction": ("WOR-2017-2", "WOR-2017-02\n", "wor-2017-02", ""),
    "discrepancy": ("1",),
    "document": ("nfk_direction", "nfk-direction-2016.txt", "-nfk"),
    "figure": ("pathway-plans",),
    "finding": ("NTH-2018-01/apa-1", "inspection/NTH-2018-01"),
    "inspection": ("NFK-2015",),
    "intervention": ("NTH-2013-01", "NTH-childrens", "transfer-DNC-2014-01"),
    "judgement": ("NFK-2015-01", "sif-2.2"),
    "letter": ("NGM-01",),
    "measure": ("HRY-2008-1",),
    "membership": ("Gateshead",),
    "milestone": ("leaving-care-service",),
    "name": ("Secretary of State",),
    "notice": ("HAL-2022", "improvement-HAL-2022-01"),
    "office": ("Secretary of State",),
    "organisation": ("Ofsted",),
    "pay": ("Lead Commissioner",),
    "period": ("BIR-best-value/2023-10-05", "state/BIR-best-value/2023"),
    "person": ("Trevor Doughty",),
    "post": ("childrens", "wor-childrens"),
    "power-rule": ("Best value", "ukpga/1999/27/section/15"),
    "provision": ("ukpga/1996/56",),
    "question": ("HL7026",),
    "recommendation": ("1",),
    "request": ("nth-commissioners-letter-2018",),
    "requirement": ("WOR-2017-02/7.d.", "WOR-2017-02/7(d)(ii)", "7.d.ii"),
    "run": ("Build 1",),
    "section-114-report": ("NTH-2018", "1"),
    "sighting": ("SLG-2023",),
    "sign": ("direction-NTH-2018-02",),
    "slot": ("1",),
    "span": ("BIR-best-value", "state/BIR-best-value/2023-10-05"),
    "state": ("BIR", "bir-best-value"),
    "step": ("NTH-2018-02",),
    "support-amount": ("BIR-2024-25",),
    "task": ("annex.9",),
    "time": ("2016-01-07",),
    "transfer": ("doncaster",),
}


@pytest.mark.parametrize(
    ("kind", "local"), [(kind, local) for kind, locals_ in GOOD.items() for local in locals_]
)
def test_address_is_read_back_as_it_was_minted(kind: str, local: str) -> None:
    """An address says what kind of thing it names, and which."""
    address = thing(kind, local)
    assert str(address) == f"{BASE}id/{kind}/{local}"
    assert parse(str(address)) == (kind, local)
    assert reference(f"{kind}/{local}") == address
    assert reference(short(str(address))) == address


@pytest.mark.parametrize(
    ("kind", "local"), [(kind, local) for kind, locals_ in BAD.items() for local in locals_]
)
def test_name_of_the_wrong_form_is_refused(kind: str, local: str) -> None:
    """The message gives the name and an example; the address is refused in reading too."""
    with pytest.raises(UnknownIdentifier, match=re.escape(EXAMPLES[kind])):
        thing(kind, local)
    with pytest.raises(UnknownIdentifier):
        parse(f"{BASE}id/{kind}/{local}")


def test_every_kind_has_a_good_and_a_bad_example() -> None:
    """A new kind comes with what it accepts and what it refuses."""
    assert set(GOOD) == set(BAD) == set(KINDS)


def test_unknown_kind_is_refused_with_the_known_ones() -> None:
    """Nothing is minted by accident."""
    with pytest.raises(UnknownIdentifier, match="expected one of appointment"):
        thing("village", "NFK-2016")


@pytest.mark.parametrize(
    "address",
    [
        "https://example.org/id/council/NFK",
        "http://w3id.org/council-interventions/id/council/NFK",
        f"{BASE}id/council",
        f"{BASE}id/council/NFK/extra",
        f"{BASE}id/document/nfk-direction-2016#char=1,2",
        f"{BASE}scheme/grade/good",
        "council/NFK",
        "",
    ],
)
def test_address_that_we_did_not_mint_is_refused(address: str) -> None:
    """Neither another host nor another path of ours names a thing."""
    with pytest.raises(UnknownIdentifier, match="not an address of ours"):
        parse(address)


@pytest.mark.parametrize(
    "path", ["ukpga/1996/56/section/497A/4B", "ukpga/1999/27/part/I", "uksi/2020/156"]
)
def test_law_keeps_the_addresses_of_its_publisher(path: str) -> None:
    """Statutes and provisions are named as legislation.gov.uk names them, and back."""
    assert reference(path) == LEGISLATION[path]
    assert short(str(reference(path))) == path


@pytest.mark.parametrize("path", ["", "NFK", "council", "council/", "party/green", "/council/NFK"])
def test_reference_of_no_known_kind_is_refused(path: str) -> None:
    """A record that points at nothing stops the build."""
    with pytest.raises(UnknownIdentifier):
        reference(path)


def test_judgement_areas_live_under_the_short_path() -> None:
    """The path of the scheme of areas is part of the published contract."""
    assert str(concept("area", "sif-2.2")) == f"{BASE}scheme/area/sif-2.2"


def test_source_graph_is_named_after_its_document() -> None:
    """One named graph per document."""
    assert str(source_graph("nfk-press-2016")) == f"{BASE}graph/source/nfk-press-2016"


def test_digest_is_stable_and_keeps_its_parts_apart() -> None:
    """Rebuilds give the same names, and moving a border between parts gives another."""
    assert digest("a", "b") == digest("a", "b") == "f04cdced9736a69d"
    assert len({digest("a", "b"), digest("ab"), digest("ab", ""), digest("b", "a")}) == 4
    assert re.fullmatch(KINDS["claim"], digest("a"))


def test_prefixes_are_namespaces_that_end_where_a_name_begins() -> None:
    """A prefix without its last sign would give addresses that nobody else uses."""
    assert all(namespace.endswith(("/", "#")) for namespace in PREFIXES.values())
    assert len(set(PREFIXES.values())) == len(PREFIXES)


def test_messages_show_an_identifier_that_would_do() -> None:
    """Each kind has an example, and the example has the form of its kind."""
    assert EXAMPLES.keys() == KINDS.keys()
    for kind, example in not_empty(EXAMPLES.items()):
        assert parse(str(thing(kind, example))) == (kind, example)
