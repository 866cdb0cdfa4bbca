"""A record says what its document says, at the place it names, and is refused where it cannot."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from data.records.files import passages, read_record, read_records, record_schema
from loaders.release.validate import misquoted
from ontology.errors import UnreadableRecord
from tests.fixtures.guards import replaced

EXAMPLE = """\
document:
  slug: example
  kind: direction-document
  title: An example
  file: example.txt
  sha256: 0000000000000000000000000000000000000000000000000000000000000000
  characters: 100
  tier: 2
  licence: crown-copyright
  voice: office/sos-education
  council: NFK
inspections:
  - id: NFK-2015-01
    at: "1"
    chars: 0-20
    words: the inspection
    kind: GradedInspection
    council: NFK
    on_site: {date: 2015-07, at: "1", chars: 30-39, words: July 2015}
"""


def refusal(old: str, new: str) -> str:
    """Return the message that a changed example record gets."""
    assert old in EXAMPLE
    with pytest.raises(UnreadableRecord) as caught:
        read_record(replaced(EXAMPLE, old, new).encode(), "example.yaml")
    return str(caught.value)


def test_example_is_a_record() -> None:
    """Without a change the example is read; each refusal below is due to its change."""
    assert read_record(EXAMPLE.encode(), "example.yaml").record.inspections[0].id == "NFK-2015-01"


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("date: 2015-07,", "date: 2015-02-29,", ["line 19", "2015-02-29", "does not exist"]),
        ("date: 2015-07,", "date: July,", ["line 19", "not a date in EDTF"]),
        ("date: 2015-07,", "status: impossible,", ["line 19", "candidate"]),
        ("chars: 30-39", "chars: 90-101", ["line 19", "beyond", "100 characters"]),
        ("chars: 30-39", "chars: 39-30", ["line 19", "ends before it begins"]),
        ("words: July 2015", "at: again", ["line 19", "stands twice"]),
        (", words: July 2015", "", ["line 19", "at, chars and words"]),
        ("    council: NFK", "    counsel: NFK", ["line 18", "counsel"]),
        ("kind: direction-document", "kind: novel", ["line 3", "novel"]),
        ("tier: 2", "tier: 9", ["line 8", "tier"]),
        ("id: NFK-2015-01", "id: Norfolk", ["line 13", "Norfolk"]),
        ("    kind: Graded", "   kind: Graded", ["line 17", "not valid YAML"]),
        ("slug: example", "slug: [", ["line 4", "not valid YAML"]),
    ],
)
def test_bad_record_is_refused_with_file_and_line(old: str, new: str, expected: list[str]) -> None:
    """Whoever edits a record learns where the mistake stands and what was expected."""
    message = refusal(old, new)
    assert message.startswith("example.yaml")
    assert [part for part in expected if part not in message] == [], message


def test_record_that_is_not_utf8_is_refused() -> None:
    """A file saved in another encoding is named, not misread."""
    with pytest.raises(UnreadableRecord, match=r"example\.yaml: not UTF-8 at byte 3"):
        read_record(b"ab:\xff", "example.yaml")


def test_empty_record_is_refused() -> None:
    """An empty file is no record."""
    with pytest.raises(UnreadableRecord, match="empty"):
        read_record(b"", "example.yaml")


def test_published_schema_is_that_of_the_model() -> None:
    """The JSON Schema beside the records is renewed by `make schema`."""
    published = files("data").joinpath("records", "record.schema.json").read_text(encoding="utf-8")
    assert published == record_schema()


def test_words_stand_where_the_records_say(documents: Path) -> None:
    """Every passage of the five records is what the five documents say there."""
    records = read_records()
    assert len(records) == 5
    assert [
        file.name for file in records if not (documents / str(file.record.document.file)).exists()
    ] == []
    assert misquoted(records, documents) == []


def test_moved_passage_is_noticed(documents: Path) -> None:
    """The comparison fails if a range is off by one character."""
    file = read_records()[0]
    passage = next(place for place in passages(file.record) if place.start > 100)
    moved = f"{passage.start + 1}-{passage.end + 1}"
    changed = read_record(replaced(file.text, passage.chars or "", moved).encode(), file.name)
    assert any(moved in message for message in misquoted([changed], documents))


def test_records_quote_no_more_than_short_phrases() -> None:
    """Sources are not open to copying: no record holds a longer run of a document's words."""
    longest = max(
        len(passage.words or "") for file in read_records() for passage in passages(file.record)
    )
    assert longest <= 120


def test_each_document_is_covered_in_all_its_kinds() -> None:
    """Each of the five documents gives the directions, inspections and people that stand in it."""
    found = {
        file.record.document.slug: (
            len(file.record.directions),
            len(file.record.inspections),
            sum(len(direction.requirements) for direction in file.record.directions),
            sum(len(direction.tasks) for direction in file.record.directions),
            len(file.record.recommendations),
            len(file.record.figures),
        )
        for file in read_records()
    }
    assert found == {
        "nfk-commissioner-report-2016": (0, 4, 0, 0, 8, 8),
        "nfk-direction-2016": (3, 3, 18, 0, 0, 0),
        "nfk-press-2016": (2, 1, 2, 3, 0, 0),
        "nth-direction-2018": (3, 6, 10, 4, 0, 0),
        "wor-direction-2017": (2, 2, 18, 11, 1, 0),
    }
