"""What offices and departments were called: each name has its time, and one follows the other."""

from __future__ import annotations

from typing import Any

import pytest
from rdflib import Literal
from rdflib.namespace import RDF, RDFS, SKOS

from data.tables.table import NameRow, read_table
from loaders.release import names
from loaders.release.names import name_graph
from ontology import CI
from ontology.errors import UnreadableTable
from ontology.identifiers import thing
from tests.fixtures.guards import not_empty


def test_a_name_has_its_time_and_is_a_label_of_its_office() -> None:
    """The name of 2022 is no longer that of today; whoever looks for it finds the office."""
    graph = name_graph()
    node, office = thing("name", "sos-hclg-2021-09"), thing("office", "sos-hclg")
    called = Literal("Secretary of State for Levelling Up, Housing and Communities", lang="en")
    assert graph.value(node, RDF.type) == CI.NameInUse
    assert (graph.value(node, RDFS.label), graph.value(node, CI.nameOf)) == (called, office)
    time = graph.value(node, CI.inUse)
    days = [str(graph.value(time, prop)) for prop in (CI.earliest, CI.latest)]
    assert days == ["2021-09-01", "2024-07-31"]
    assert (office, SKOS.altLabel, called) in graph
    assert len(list(graph.objects(office, SKOS.altLabel))) == 2


def test_no_name_of_today_is_an_alternative() -> None:
    """The label is the name of today, also where the office bore it before."""
    graph = name_graph()
    today = {row.name for row in read_table("organisations", "names.csv", NameRow)[-1:]}
    for row in not_empty(read_table("organisations", "names.csv", NameRow)):
        assert row.source.startswith("http") and row.words and row.reason
    assert not today & {str(name) for name in graph.objects(None, SKOS.altLabel)}


def refused(key: str, **change: str) -> str:
    """Return what is said of the table of names when one cell of one row is another."""
    rows = read_table("organisations", "names.csv", NameRow)
    table = [row.model_copy(update=change) if row.key == key else row for row in rows]

    def read(folder: str, name: str, form: type[Any]) -> list[Any]:
        return table if name == "names.csv" else read_table(folder, name, form)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(names, "read_table", read)
        with pytest.raises(UnreadableTable) as error:
            name_graph()
    return str(error.value)


@pytest.mark.parametrize(
    ("key", "change", "message"),
    [
        (
            "sos-hclg-2021-09",
            {"in_use": "2021-09/2024-06"},
            "organisations/names.csv, row sos-hclg-2021-09, column in_use: '2021-09/2024-06'; "
            "expected its end to be 2024-07, where the next name of office/sos-hclg begins",
        ),
        (
            "sos-hclg-2024-07",
            {"in_use": "2024-07/2026"},
            "row sos-hclg-2024-07, column in_use: '2024-07/2026'; expected its end to be ..",
        ),
        (
            "sos-hclg-2024-07",
            {"name": "Secretary of State for Homes"},
            "row sos-hclg-2024-07, column name: 'Secretary of State for Homes'; expected the name "
            "of today, 'Secretary of State for Housing, Communities and Local Government'",
        ),
        (
            "sos-education-2001-05",
            {"bearer": "office/nobody"},
            "column bearer: 'office/nobody'; expected an office of offices.csv",
        ),
    ],
)
def test_names_that_do_not_follow_each_other_are_refused(
    key: str, change: dict[str, str], message: str
) -> None:
    """A gap would leave an act without the name of its office."""
    assert message in refused(key, **change)


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"key": "Sos"}, "key"),
        ({"bearer": "somebody"}, "bearer"),
        ({"name": ""}, "name"),
        ({"in_use": "2024/2021"}, "in_use"),
        ({"in_use": "last year"}, "in_use"),
        ({"words": ""}, "words"),
        ({"source": "a newspaper"}, "source"),
        ({"reason": ""}, "reason"),
    ],
)
def test_a_bad_name_is_refused(change: dict[str, str], column: str) -> None:
    """One bad value per column."""
    good = read_table("organisations", "names.csv", NameRow)[0].model_dump()
    with pytest.raises(ValueError, match=column):
        NameRow.model_validate(good | change)
