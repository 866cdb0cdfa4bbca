"""Things are judged in portions, which changes nothing but what is known meanwhile."""

import pyoxigraph as ox
import pytest
from rdflib import Graph

from ontology.errors import QueryTimeout
from ontology.namespaces import NS
from shapes import portions, shapes_graph, validate
from shapes.foreign import check_graph, parse_graph
from shapes.judge import judge
from shapes.portions import Progress

MANY = 12
DIRECTIONS = "".join(f"<urn:example:{number}> a <{NS}Direction> .\n" for number in range(MANY))


def made_up() -> Graph:
    """Return made-up directions without anything that one needs."""
    return parse_graph(DIRECTIONS.encode(), ox.RdfFormat.TURTLE, "made up")


def test_portions_find_what_the_whole_has(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also what pySHACL alone finds; after each portion it is told how far the check has come."""
    told: list[Progress] = []
    monkeypatch.setattr(portions, "_TOGETHER", 5)
    in_portions = validate(made_up(), watch=told.append)
    monkeypatch.setattr(portions, "_TOGETHER", MANY)
    assert in_portions == validate(made_up())
    assert {one.focus for one in in_portions} == {f"urn:example:{n}" for n in range(MANY)}
    alone = judge(made_up(), shapes_graph("1-wellformed"))
    assert [one for one in in_portions if one.severity == "violation"] == alone
    assert [(one.judged, one.suspected) for one in told] == [(5, MANY), (10, MANY), (MANY, MANY)]


def test_what_watches_a_check_may_end_it() -> None:
    """By an error, which reaches whoever asked."""

    def end(progress: Progress) -> None:
        raise QueryTimeout(f"{progress.judged} judged")

    with pytest.raises(QueryTimeout, match=f"{MANY} judged"):
        check_graph(made_up(), Graph(), end)
