"""What was read and cannot be so is uncertain and listed; nothing is mended."""

from __future__ import annotations

import pytest

from data.records.form import Record
from loaders.documents.extract import extract_text
from loaders.documents.files.fixed_text import text_of
from loaders.documents.record.checks import CHECKS
from loaders.documents.text.recognition_slips import mended
from loaders.documents.text.view import view_of
from tests.fixtures.documents.small_documents import direction
from tests.fixtures.documents.small_letters import JOINT_LETTER
from tests.fixtures.documents.small_reports import report
from tests.fixtures.guards import not_empty, replaced

SOUND = ("Good", "Good", "Good", "Outstanding", "Good")


def read(text: str) -> tuple[Record, list[str]]:
    """Return the record of a text, and the doubts that it lists."""
    record = extract_text(text_of(text.encode(), "a.txt")).record
    return record, [left.reason for left in record.left_out if left.reason.startswith("Doubtful: ")]


def test_what_agrees_is_not_doubted() -> None:
    """A sound report, letter and direction have no doubt, and their facts stay certain."""
    for text in (report(grades=SOUND), JOINT_LETTER, direction()):
        record, doubts = read(text)
        assert doubts == []
        kinds = [said for act in record.inspections for said in act.kind]
        kinds += [said for act in record.directions for said in act.kind]
        assert all(said.modality is None for said in not_empty(kinds))


@pytest.mark.parametrize(
    ("grades", "doubted"),
    [
        (("Good", "Good", "Good", "Outstanding", "Inadequate"), True),
        (("Good", "Requires improvement to be good", "Good", "Good", "Inadequate"), True),
        (("Inadequate", "Good", "Good", "Good", "Inadequate"), False),
        (("Inadequate", "Inadequate", "Inadequate", "Inadequate", "Inadequate"), False),
        (("Good", "Good", "Good", "Good", "Requires improvement to be good"), False),
    ],
)
def test_inadequate_overall_without_an_inadequate_area(
    grades: tuple[str, ...], doubted: bool
) -> None:
    """Any of the grades may be the misread one, so none of them is certain."""
    record, doubts = read(report(grades=grades))
    said = [said for judgement in record.inspections[-1].judgements for said in judgement.grade]
    assert {each.modality for each in not_empty(said)} == {"inferred" if doubted else None}
    assert bool(doubts) == doubted


PUBLISHED = "Lead inspector: Robin Example, His Majesty's Inspector\nReport published: {}\n"


@pytest.mark.parametrize(
    ("printed", "words"),
    [
        ("1 June 2023", "on site after"),
        ("15 June 2023", "on site after"),
        ("30 May 2022", "on site after"),
        ("17 June 2024", "more than a year"),
        ("1 January 2031", "more than a year"),
        ("16 June 2023", ""),
        ("30 July 2023", ""),
        ("15 June 2024", ""),
    ],
)
def test_a_report_comes_after_its_inspection_and_soon(printed: str, words: str) -> None:
    """The report of 5 to 16 June 2023 is of the same day or later, and of the next year at most."""
    before = "Lead inspector: Robin Example, His Majesty's Inspector\n"
    text = replaced(report(grades=SOUND), before, PUBLISHED.format(printed))
    record, doubts = read(text)
    inspection = record.inspections[-1]
    times = not_empty([*inspection.on_site, *inspection.report_published])
    assert {time.modality for time in times} == {"inferred" if words else None}
    assert len(doubts) == (2 if words else 0)
    assert all(words in doubt for doubt in doubts)


@pytest.mark.parametrize(
    ("name", "doubted"),
    [
        ("Robin Anne Mary Example", True),
        ("Robin Example Second Person", True),
        ("Robin Middle Example", False),
        ("Robin van der Example", False),
        ("Jo Heron", False),
        ("Mo Andover", False),
        ("Al Thereford", False),
        ("Ben Forester", False),
        ("Tom Ismay", False),
        ("Di Ofori", False),
        ("Ismay Example", False),
        ("Andover Heron", False),
    ],
)
def test_a_name_is_as_printed_and_a_long_one_is_doubted(name: str, doubted: bool) -> None:
    """No name is mended, whatever small words it holds; four words may hold more than a name."""
    record, doubts = read(report(inspector=name, grades=SOUND))
    named = record.inspections[-1].lead_inspector_named
    assert [said.value for said in named] == [name]
    assert [said.modality for said in named] == ["inferred" if doubted else None]
    assert bool(doubts) == doubted


@pytest.mark.parametrize("word", ["Ismay", "Andover", "Isaction", "Forbes", "Thereport"])
def test_words_are_parted_only_where_recognition_left_slips(word: str) -> None:
    """A word with a capital may be a name: without a slip elsewhere it stays as it is."""
    text = f"The council met {word} and the government in May."
    assert view_of(text, [(0, len(text))]).text == text
    slip = replaced(text, "government", "govemment")
    read = view_of(slip, [(0, len(slip))]).text
    assert "government" in read
    assert (word in read) == (mended(word) == word)


def test_a_council_that_the_title_does_not_name() -> None:
    """Where the head of a report names no council, the one that a later page names is doubted."""
    text = report(council="these", grades=SOUND)
    body = "The workers know their families and the help is there for them. " * 30
    record, doubts = read(f"{text}\n{body}\nChildren in Kirklees Council are safe.\n")
    assert record.document.council == "KIR"
    assert [said.modality for said in record.inspections[-1].council] == ["inferred"]
    assert any("title" in doubt for doubt in doubts)


def test_every_check_says_what_may_be_wrong() -> None:
    """A reviewer is told what to look at."""
    assert all("may" in reason for reason in not_empty(CHECKS))
