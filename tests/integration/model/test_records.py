"""What the five documents say stands in the default graph as they say it, and no further."""

from __future__ import annotations

import pytest

from data.decisions.discrepancies import Decisions
from data.records.files import read_records
from data.registry.identifiers import read_identities
from data.sources import SourceRows, read_source
from data.tables import table
from loaders.release import reference as reference_layer
from loaders.release.build import build
from loaders.release.layers import Layers, answer_to
from loaders.tables.inspections.ofsted_history import HISTORY, OFSTED_HISTORY
from ontology.errors import UnreadableTable
from queries.catalogue import read_query
from tests.fixtures.guards import not_empty

_HEADER = """# Title: Asked by a test
# Question: What stands in the default graph?
# Columns: {columns}
PREFIX ci: <https://w3id.org/council-interventions/ns#>
PREFIX eli: <http://data.europa.eu/eli/ontology#>
PREFIX id: <https://w3id.org/council-interventions/id/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT {variables} WHERE {{ {pattern} }} ORDER BY {variables}
"""


@pytest.fixture(scope="module")
def layers() -> Layers:
    """Return the layers of a build of the project's own records."""
    return build(read_records()).layers


def asked(layers: Layers, pattern: str, *columns: str) -> list[tuple[str, ...]]:
    """Return the rows of a pattern in the default graph."""
    variables = " ".join(f"?{column}" for column in columns)
    text = _HEADER.format(columns=", ".join(columns), variables=variables, pattern=pattern)
    rows = answer_to(layers, read_query(text, "asked"))
    return [tuple(row.get(column, "") for column in columns) for row in rows]


def test_what_is_only_possible_is_of_no_kind(layers: Layers) -> None:
    """A partnership under discussion and a service that could be taken away are no arrangements."""
    arrangements = asked(layers, "?thing a ci:DeliveryArrangement", "thing")
    assert ("arrangement/nfk-commissioner-report-2016/doncaster",) in arrangements
    for name in (
        "nfk-commissioner-report-2016/partnership-with-a-charity",
        "nfk-press-2016/services-taken-away",
    ):
        assert (f"arrangement/{name}",) not in arrangements
        pattern = f"<https://w3id.org/council-interventions/id/arrangement/{name}> ?property ?value"
        assert asked(layers, pattern, "value") == []


def test_limits_of_scope_are_facts_of_the_scope(layers: Layers) -> None:
    """Each of the three directions limits two of the functions that it has in scope."""
    found = asked(
        layers,
        "?direction ci:qualifiedBy ?slot ; ci:functionInScope ?function . "
        "?slot ci:property ci:functionInScope ; ci:valueNode ?function ; ci:condition ?limit",
        *("direction", "function", "limit"),
    )
    assert len(found) == 6
    children = "So far as those functions relate to children."
    assert {row[2] for row in found if row[1] == "ukpga/1970/42"} == {children}
    assert {row[2][:10] for row in found if row[1] != "ukpga/1970/42"} == {"So far as "}


def test_what_depends_on_a_condition_carries_it(layers: Layers) -> None:
    """Three objects of duties in Northamptonshire depend on the reorganisation of its councils."""
    found = asked(
        layers,
        "?duty ci:object ?object ; ci:qualifiedBy ?slot . "
        "?slot ci:valueLiteral ?object ; ci:condition ?condition",
        *("duty", "condition"),
    )
    assert {row[0] for row in found} == {
        "requirement/NTH-2018-02/10",
        "task/NTH-2018-02/annex.2",
        "task/NTH-2018-02/annex.4",
    }
    assert all("reorganise" in row[1] for row in not_empty(found))


def test_a_failure_prompted_the_direction(layers: Layers) -> None:
    """That no effective plans were made led to the direction of December 2013 to Norfolk."""
    prompts = asked(
        layers,
        "<https://w3id.org/council-interventions/id/direction/NFK-2013-01> ci:promptedBy ?cause",
        "cause",
    )
    assert ("finding/document/nfk-direction-2016/no-effective-plans",) in prompts
    assert len(prompts) == 3


def test_a_request_is_no_recommendation(layers: Layers) -> None:
    """The commissioners' letter of November 2018 asks for more capacity."""
    request = ("request/nth-commissioners-letter-2018/1", "post/NTH-best-value")
    assert asked(layers, "?one a ci:Request ; ci:requestedBy ?by", "one", "by") == [request]
    assert asked(layers, "?one a ci:Recommendation, ci:Request", "one") == []


def test_issuing_instructions_is_an_action_of_its_own(layers: Layers) -> None:
    """The commissioner issues them, which is more than overseeing."""
    action = "<https://w3id.org/council-interventions/scheme/requirement-action/{}>"
    issuing = asked(layers, f"?task ci:action {action.format('issue-instructions')}", "task")
    assert issuing == [("task/NTH-2018-02/annex.1",)]
    overseeing = asked(layers, f"?task ci:action {action.format('oversee')}", "task")
    assert set(issuing).isdisjoint(not_empty(overseeing))


def test_a_range_has_its_sections_and_those_alone(layers: Layers) -> None:
    """From 23C to 24D there are eleven; one came into the Act in April 2018."""
    members = asked(
        layers,
        "?range ci:hasMember ?member . ?range ci:firstProvision ?first ; ci:lastProvision ?last",
        *("member", "first", "last"),
    )
    assert len(members) == 11
    assert {members[0][1], members[0][2]} <= {row[0] for row in members}
    later = asked(layers, "?range ci:hasMember ?one . ?one ci:inUseFrom ?from", "one", "from")
    assert ("ukpga/1989/41/section/23CZB", "2018-04-01") in later


def test_directions_alone_are_based_on_a_power(layers: Layers) -> None:
    """A reorganisation is made by an order; it is no legal instrument made under one."""
    others = "?thing ci:madeUnder ?power FILTER NOT EXISTS { ?thing a ci:Direction }"
    assert asked(layers, others, "thing") == []
    assert asked(layers, "?thing ci:madeUnder ?power", "thing") != []
    ordered = asked(layers, "?change a ci:StructuralChange ; ci:changeOrder ?order", "change")
    assert ("change/northamptonshire-2021",) in ordered


def test_a_member_that_is_no_provision_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    """The message names the row and the column, and says where the provision belongs."""
    row = table.RangeMemberRow(
        range="provision/children-act-1989-23c-to-24d",
        member="ukpga/1989/41/section/99",
        in_force_from=None,
    )
    real = table.read_table

    def planted(folder: str, name: str, row_type: type[table.R]) -> list[object]:
        return [row] if name == "range_members.csv" else list(real(folder, name, row_type))

    monkeypatch.setattr(reference_layer, "read_table", planted)
    with pytest.raises(
        UnreadableTable, match=r"range_members\.csv, .*section/99: column member: .*add it there"
    ):
        reference_layer.legislation_graph()


def test_no_judgement_stands_for_one_that_was_never_made() -> None:
    """The row of 2022 on Norfolk says that care leavers had no judgement yet: there is no node."""
    (row,) = [row for row in read_source(HISTORY).rows if row.report == "50204404"]
    rows = SourceRows((row,), HISTORY.file, "")
    files = list(OFSTED_HISTORY.records(rows, read_identities()))
    layers = build(files, Decisions()).layers
    area = "judgement/NFK-2022-01/ilacs-care-leavers"
    assert asked(layers, "?one a ci:AreaNotJudged ; ci:ofInspection ?of", "one", "of") == [
        (area, "inspection/NFK-2022-01")
    ]
    made = asked(layers, "?inspection ci:hasJudgement ?one . ?one a ci:Judgement", "one")
    assert len(made) == 4
    assert (area,) not in made
    assert asked(layers, "?inspection ci:hasAreaNotJudged ?one", "one") == [(area,)]
