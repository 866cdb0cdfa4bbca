"""What the five documents say wrongly, vaguely or twice comes out as it should."""

from __future__ import annotations

from pathlib import Path

import pyoxigraph as ox
import pytest

from queries.engine.dataset import load_dataset

PREFIXES = """
PREFIX ci: <https://w3id.org/council-interventions/ns#>
PREFIX id: <https://w3id.org/council-interventions/id/>
PREFIX s: <https://w3id.org/council-interventions/scheme/>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
"""


@pytest.fixture(scope="module")
def store(release: Path) -> ox.Store:
    """Return the release's data."""
    return load_dataset(release / "current" / "data.nq")


def ask(store: ox.Store, pattern: str, columns: str = "*") -> list[tuple[str, ...]]:
    """Return the rows of a pattern over all graphs, as sorted texts."""
    query = f"{PREFIXES} SELECT DISTINCT {columns} WHERE {{ {pattern} }}"
    solutions = store.query(query, use_default_graph_as_union=True)
    assert isinstance(solutions, ox.QuerySolutions)
    return sorted(tuple(str(term.value) if term else "" for term in row) for row in solutions)


def reading(store: ox.Store, thing: str, prop: str) -> tuple[str, ...]:
    """Return words, status, earliest and latest day of the one resolved time."""
    resolved = "https://w3id.org/council-interventions/graph/resolved"
    (found,) = ask(
        store,
        f"""GRAPH <{resolved}> {{
          <https://w3id.org/council-interventions/id/{thing}> ci:{prop} ?time .
          ?time ci:verbatim ?words ; ci:dateStatus ?concept .
          OPTIONAL {{ ?time ci:earliest ?earliest }}
          OPTIONAL {{ ?time ci:latest ?latest }} }}
        ?concept skos:notation ?status""",
        "?words ?status ?earliest ?latest",
    )
    return found


@pytest.mark.parametrize(
    ("thing", "prop", "expected"),
    [
        (
            "inspection/NFK-2013-01",
            "reportPublished",
            ("February 2013", "partial", "2013-02-01", "2013-02-28"),
        ),
        ("inspection/NFK-2013-01", "onSite", ("early 2013", "partial", "2013-01-01", "2013-06-30")),
        (
            "inspection/NFK-2013-02",
            "reportPublished",
            ("August 2013", "partial", "2013-08-01", "2013-08-31"),
        ),
        ("inspection/NFK-2013-02", "onSite", ("mid 2013", "partial", "2013-04-01", "2013-09-30")),
        (
            "inspection/NFK-2015-01",
            "reportPublished",
            ("19 October 2015", "valid", "2015-10-19", "2015-10-19"),
        ),
        (
            "direction/NFK-2016-02",
            "signed",
            ("Dated this day of", "blank", "2016-03-31", "2016-08-05"),
        ),
        (
            "direction/NFK-2016-01",
            "signed",
            ("7 January 2016", "valid", "2016-01-07", "2016-01-07"),
        ),
        (
            "inspection/NTH-2013-01",
            "onSite",
            ("25 to 29 February 2013", "impossible", "2013-02-25", "2013-03-01"),
        ),
        (
            "deadline/requirement/WOR-2017-02/7.d.ii/1",
            "due",
            ("by 31 March 2018", "valid", "2018-03-31", "2018-03-31"),
        ),
        (
            "milestone/nfk-commissioner-report-2016/leaving-care-service",
            "happened",
            ("September 2015", "partial", "2015-09-01", "2015-09-30"),
        ),
    ],
)
def test_times_come_out_as_printed(
    store: ox.Store, thing: str, prop: str, expected: tuple[str, ...]
) -> None:
    """Publication is not fieldwork; a blank has bounds; the impossible keeps its words."""
    assert reading(store, thing, prop) == expected


def test_impossible_date_never_becomes_a_date(store: ox.Store) -> None:
    """The range of February 2013 has two candidates, no EDTF of its own and no plain day."""
    site = "id:inspection\\/NTH-2013-01 ci:onSite"
    candidates = ask(store, f"{site}/ci:candidateReading/ci:edtf ?edtf")
    assert candidates == [("2013-02-25/2013-02-28",), ("2013-02-25/2013-03-01",)]
    assert ask(store, "id:inspection\\/NTH-2013-01 ci:onSite/ci:edtf ?edtf") == []
    assert ask(store, "id:inspection\\/NTH-2013-01 ci:onSiteFrom|ci:onSiteTo ?day") == []
    assert ask(store, '?s ?p ?o FILTER(CONTAINS(STR(?o), "2013-02-29"))') == []


def test_disputed_figure_is_not_taken_over(store: ox.Store) -> None:
    """190 young people were reported and the report says the number was wrong."""
    figure = "id:figure\\/nfk-commissioner-report-2016\\/young-people-without-contact"
    assert ask(store, f"{figure} ci:amount ?amount") == []
    voices = ask(
        store,
        f"?c ci:about {figure} ; ci:property ci:amount ; ci:polarity/skos:notation ?polarity",
    )
    assert {term for row in voices for term in row} >= {"positive", "negative"}


def test_advice_against_a_model_is_not_advice_for_it(store: ox.Store) -> None:
    """The report does not see merit in an external organisation."""
    advice = "id:recommendation\\/nfk-commissioner-report-2016\\/paragraph-33"
    assert ask(store, f"{advice} ci:deliveryModel ?model") == []
    assert ask(store, f"{advice} a ci:Recommendation") == [()]


def test_possible_loss_of_services_is_no_transfer(store: ox.Store) -> None:
    """That services "could" be taken away is a possibility that a newspaper prints."""
    arrangement = "id:arrangement\\/nfk-press-2016\\/services-taken-away"
    assert ask(store, f"{arrangement} ci:deliveryModel ?model") == []
    assert ask(store, f"?claim ci:about {arrangement} ; ci:modality s:modality\\/possible") != []


def test_three_three_and_two_directions(store: ox.Store) -> None:
    """Also those that are only cited."""
    counts = {
        code: len(ask(store, f"?d a ci:Direction ; ci:addressedTo id:council\\/{code}"))
        for code in ("NFK", "NTH", "WOR")
    }
    assert counts == {"NFK": 3, "NTH": 3, "WOR": 2}


def test_every_category_is_expanded_by_the_framework(store: ox.Store) -> None:
    """Northamptonshire 2016: the overall grade, and five areas derived from one statement."""
    judged = "?j ci:ofInspection id:inspection\\/NTH-2016-01 ; ci:onArea ?area"
    assert len(ask(store, f"{judged} ; ci:grade s:grade\\/requires-improvement")) == 6
    derived = ask(
        store, "?c <http://www.w3.org/ns/prov#wasDerivedFrom> ?u . ?u ci:property ci:allAreasGraded"
    )
    assert derived


EXPECTED_DISCREPANCIES = {
    ("different-event", "inspection/NFK-2013-01"),
    ("different-event", "inspection/NFK-2013-02"),
    ("refinement", "inspection/NFK-2015-01"),
    ("different-scope", "inspection/NFK-2015-01"),
    ("alias", "scheme/framework/sif"),
    ("alias", "post/NFK-childrens"),
    ("alias", "post/WOR-childrens"),
    ("blank-value", "direction/NFK-2016-02"),
    ("relative-value", "direction/NFK-2016-01"),
    ("impossible-value", "inspection/NTH-2013-01"),
    ("different-scope", "inspection/WOR-2017-01"),
    ("refinement", "deadline/requirement/WOR-2017-02/7.d.ii/1"),
    ("separate-duties", "direction/WOR-2017-02"),
    ("alias", "office/minister-for-children"),
    ("vague", "milestone/nfk-commissioner-report-2016/leaving-care-service"),
    (
        "disputed-by-source",
        "figure/nfk-commissioner-report-2016/young-people-without-contact",
    ),
}


def test_every_disagreement_of_the_documents_is_listed(store: ox.Store) -> None:
    """Each kind of conflict that a reader of the five documents meets is found."""
    found = ask(
        store, "?d a ci:Discrepancy ; ci:about ?about ; ci:discrepancyType/skos:notation ?type"
    )
    base = "https://w3id.org/council-interventions/"
    pairs = {
        tuple(
            sorted(
                term.removeprefix(base).removeprefix("id/")
                for term in row
                if "/discrepancy/" not in term
            )
        )
        for row in found
    }
    assert {tuple(sorted(pair)) for pair in EXPECTED_DISCREPANCIES} - pairs == set()
