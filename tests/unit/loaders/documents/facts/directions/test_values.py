"""What reads a direction returns what it found: in any order, twice, without keys of its own."""

from __future__ import annotations

import pytest

from loaders.documents.facts.citations import cited_documents
from loaders.documents.facts.directions.cited_directions import CitedDirections, cited_directions
from loaders.documents.facts.directions.duties import Duties, duties_of
from loaders.documents.facts.directions.revocations import ends_of
from loaders.documents.files.fixed_text import text_of
from loaders.documents.find.parties import Parties, secretary_named
from loaders.documents.layout.blocks import DocumentReading
from loaders.documents.layout.numbered_tree import read_tree
from loaders.documents.record.proposals import Proposals
from tests.fixtures.documents.small_documents import direction

REVOKED = "9 May 2014, with effect from 1 July 2015"


def reading() -> DocumentReading:
    """Return a direction that revokes another from a day."""
    document = text_of(direction(earlier=REVOKED).encode(), "direction.txt")
    return DocumentReading(read_tree(document), Parties("SFK", "sos-education", "childrens"))


def directions_of(direction: DocumentReading) -> CitedDirections:
    """Return the directions that it tells of."""
    return cited_directions(direction, cited_documents(direction), Proposals())


def test_the_day_of_a_revocation_is_returned_and_not_written_into_what_was_read() -> None:
    """Who asks for the ends of a direction changes nothing, and may ask again."""
    paper = reading()
    directions = directions_of(paper)
    before = directions.entries()
    ends = ends_of(paper, directions)
    assert [ending["ended"][0]["date"] for ending in ends.others.values()] == ["2015-07-01"]
    assert ends_of(paper, directions) == ends
    assert directions.entries() == before
    assert [entry["id"] for entry in before] == list(ends.others)
    assert directions.entries(ends.others)[0]["ended"] == ends.others[before[0]["id"]]["ended"]


def test_duties_have_only_the_keys_of_a_record() -> None:
    """What a part takes from the duty above it stays inside."""
    duties: Duties = duties_of(reading(), "SFK-2015-01", None)
    assert [duty["paragraph"] for duty in duties.requirements] == [
        *("4.a", "4.b", "4.b.i", "4.b.ii", "4.c")
    ]
    keys = {key for duty in duties.requirements for key in duty}
    assert keys - {"conditions", "counterparty", "part_of", "rule"} == {
        *("paragraph", "at", "chars", "words", "summary", "bearer", "action", "object"),
        *("standard_clause", "deadlines"),
    }


def test_a_part_has_the_deadline_that_stands_before_its_list() -> None:
    """On request stands before the list of what the council must give access to."""
    duties = {duty["paragraph"]: duty for duty in duties_of(reading(), "X", None).requirements}
    assert "deadlines" not in duties["4.b"]
    assert [limit["kind"] for limit in duties["4.b.i"]["deadlines"]] == ["on-request"]


@pytest.mark.parametrize(
    ("words", "office"),
    [
        ("signed by authority of the Secretary of State for Education", "sos-education"),
        ("the Secretary of State for Levelling Up, Housing and Communities", "sos-hclg"),
        ("the Minister for Children", None),
        ("the Secretary of State", None),
    ],
)
def test_the_office_of_a_secretary_of_state_goes_by_its_names(
    words: str, office: str | None
) -> None:
    """Other ministers, and the office without its department, are none."""
    assert secretary_named(words) == office
