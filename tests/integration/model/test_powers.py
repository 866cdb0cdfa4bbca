"""Every direction has a power: stated by a source, or inferred by a rule that says why."""

from __future__ import annotations

from collections import defaultdict
from typing import cast

import pyoxigraph as ox
import pytest

from data.records.files import read_records
from loaders.release.build import build
from loaders.release.layers import (
    ONTOLOGY,
    QUALITY,
    RESOLVED,
    Layers,
    answer_to,
    derive,
    failed_checks,
    reference_name,
)
from loaders.release.reference import legislation_graph, organisation_graph
from ontology import ontology_graph
from ontology.namespaces import ID, NS, SCHEME
from queries.catalogue import find_query
from tests.fixtures.guards import not_empty

DIRECTION = f"<{ID}direction/NFK-2016-01>"
_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_DATE = "<http://www.w3.org/2001/XMLSchema#date>"


def planted(*values: tuple[str, str], day: str = "2016-01-07") -> Layers:
    """Return layers with one direction of a day that has the values given."""
    layers = Layers()
    layers.add_graph(ONTOLOGY, ontology_graph())
    layers.add_graph(reference_name("legislation"), legislation_graph())
    layers.add_graph(reference_name("organisations"), organisation_graph())
    layers.add_lines(QUALITY, [])
    time = f"<{ID}time/0123456789abcdef>"
    lines = [
        f"{DIRECTION} {_TYPE} <{NS}Direction> .\n",
        f"{DIRECTION} <{NS}signed> {time} .\n",
        f'{time} <{NS}earliest> "{day}"^^{_DATE} .\n',
        f'{time} <{NS}latest> "{day}"^^{_DATE} .\n',
    ]
    lines += [f"{DIRECTION} <{NS}{name}> <{value}> .\n" for name, value in values]
    layers.add_lines(RESOLVED, lines)
    derive(layers)
    return layers


def known(layers: Layers) -> dict[str, list[str]]:
    """Return what the layers say of the power of the direction, by property."""
    rows = layers.store.query(
        f"SELECT ?name ?value WHERE {{ GRAPH <{RESOLVED}> {{ {DIRECTION} ?name ?value }} }}"
    )
    found = defaultdict(list)
    for name, value in cast(ox.QuerySolutions, rows):
        found[name.value.removeprefix(str(NS))].append(value.value.rpartition("/id/")[2])
    return {name: sorted(values) for name, values in found.items()}


EDUCATION = ("issuedBy", f"{ID}office/sos-education")
LOCAL_GOVERNMENT = ("issuedBy", f"{ID}office/sos-hclg")
ABOUT = {
    name: ("regime", f"{SCHEME}regime/{name}")
    for name in ("best-value", "childrens-services", "planning", "send")
}


@pytest.mark.parametrize(
    ("values", "power", "applied_by"),
    [
        ((EDUCATION,), "ukpga/1996/56/section/497A", ["ukpga/2004/31/section/50"]),
        (
            (EDUCATION, ABOUT["childrens-services"]),
            "ukpga/1996/56/section/497A",
            ["ukpga/2004/31/section/50"],
        ),
        ((EDUCATION, ABOUT["send"]), "ukpga/1996/56/section/497A", []),
        ((LOCAL_GOVERNMENT,), "ukpga/1999/27/section/15", []),
        ((LOCAL_GOVERNMENT, ABOUT["best-value"]), "ukpga/1999/27/section/15", []),
    ],
)
def test_a_power_is_inferred_from_regime_office_and_day(
    values: tuple[tuple[str, str], ...], power: str, applied_by: list[str]
) -> None:
    """It goes no further than the section, says that it is inferred, and why."""
    found = known(planted(*values))
    assert found["madeUnder"] == [power]
    assert found.get("appliedBy", []) == applied_by
    assert found["powerBasis"] == [f"{SCHEME}power-basis/inferred"]
    (explanation,) = found["powerExplanation"]
    assert explanation.startswith("Inferred, for no source that was read states it: the Secretary")


def test_nothing_is_inferred_beside_a_stated_power() -> None:
    """The subsection that a source names stands alone."""
    stated = "http://www.legislation.gov.uk/id/ukpga/1996/56/section/497A/4B"
    found = known(planted(EDUCATION, ("madeUnder", stated)))
    assert found["madeUnder"] == ["ukpga/1996/56/section/497A/4B"]
    assert found["powerBasis"] == [f"{SCHEME}power-basis/stated"]
    assert "powerExplanation" not in found and "appliedBy" not in found


@pytest.mark.parametrize(
    ("values", "day"),
    [
        ((EDUCATION,), "2004-11-30"),
        ((EDUCATION, ABOUT["send"]), "2014-08-31"),
        ((LOCAL_GOVERNMENT, ABOUT["planning"]), "2023-12-19"),
        ((LOCAL_GOVERNMENT, ABOUT["childrens-services"]), "2023-12-19"),
        ((), "2016-01-07"),
    ],
)
def test_a_direction_without_a_power_fails_the_build(
    values: tuple[tuple[str, str], ...], day: str
) -> None:
    """Before the law was in force, under a regime without a rule, and of nobody's office."""
    layers = planted(*values, day=day)
    assert "madeUnder" not in known(layers)
    assert [
        message
        for message in failed_checks(layers)
        if message.startswith("directions_without_power: ")
        and "direction/NFK-2016-01 has no power" in message
    ]


def test_a_power_by_hand_is_no_inferred_one() -> None:
    """What may stand without a claim is what a rule gives; anything else is found."""
    layers = planted(EDUCATION)
    message = "values_without_claim: {} has the value {} for {}madeUnder"
    section = "http://www.legislation.gov.uk/id/ukpga/1996/56/section/497A"
    subject = DIRECTION.strip("<>")
    assert not any(
        found.startswith(message.format(subject, section, NS)) for found in failed_checks(layers)
    )
    layers.add_lines(RESOLVED, [f"{DIRECTION} <{NS}madeUnder> <{section}/4B> .\n"])
    assert any(
        found.startswith(message.format(subject, f"{section}/4B", NS))
        for found in failed_checks(layers)
    )


def test_the_documents_state_and_leave_powers() -> None:
    """Four of the eight directions of the five documents have a stated power; all have one."""
    layers = build(read_records()).layers
    rows = answer_to(layers, find_query("powers_by_year"))
    assert {row["power_basis"] for row in not_empty(rows)} == {"stated", "inferred"}
    assert all("(" not in row["power"] for row in rows if row["power_basis"] == "inferred")
    assert [message for message in failed_checks(layers) if "power" in message] == []
