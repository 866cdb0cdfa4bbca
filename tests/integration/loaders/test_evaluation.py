"""Candidates are measured against reviewed records, whatever identifiers they propose."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from data.records.files import RecordFile, read_record, read_records
from loaders.commands.evaluate import evaluate_command
from loaders.documents.extract import extract_text
from loaders.documents.files.fixed_text import text_of
from loaders.documents.record.candidate import candidate_yaml
from loaders.documents.record.proposals import Proposals, as_read, as_written
from loaders.evaluation.score import (
    OVERALL,
    FactTally,
    compare,
    evaluate_records,
    table_lines,
    totals,
)
from tests.fixtures.documents.small_documents import direction
from tests.fixtures.guards import replaced
from tests.fixtures.paths import ROOT


def record(text: str) -> RecordFile:
    """Return the candidate of a text as the file of a record."""
    return RecordFile("a.yaml", "", extract_text(text_of(text.encode(), "a.txt")).record)


def test_a_record_agrees_with_itself() -> None:
    """Every fact is right, and every passage exact."""
    one = record(direction())
    overall = totals([compare(one, one)])[OVERALL]
    assert overall.gold == overall.found == overall.right == overall.exact > 50
    assert (overall.f1, overall.wrong_certain) == (1.0, 0)


def test_identifiers_do_not_matter() -> None:
    """A thing is the same thing under another identifier, with all that stands in it."""
    text = candidate_yaml(extract_text(text_of(direction().encode(), "a.txt")))
    minted = replaced(replaced(text, "2015-?1", "2015-07"), "2014-?1", "2014-03")
    gold = read_record(
        replaced(minted, "sfk-ofsted-report-2015", "another-name").encode(), "a.yaml"
    )
    comparison = compare(gold, record(direction()))
    assert (comparison.missed, comparison.invented) == ([], [])


def test_differences_are_counted_by_kind() -> None:
    """A changed date is missed once and invented once; another grade is a wrong grade."""
    gold = record(direction())
    changed = record(direction(due="2 September 2015"))
    dates = totals([compare(gold, changed)])["dates"]
    assert (dates.gold - dates.right, dates.found - dates.right, dates.wrong_certain) == (1, 1, 1)
    better = record(replaced(direction(), "services to be 'inadequate'", "services to be 'good'"))
    grades = totals([compare(gold, better)])["grades"]
    assert (grades.gold, grades.right) == (2, 1)


def test_tally() -> None:
    """Precision, recall and F1 are what they are defined to be."""
    tally = FactTally(gold=10, found=8, right=6)
    assert (tally.precision, tally.recall) == (0.75, 0.6)
    assert tally.f1 == pytest.approx(2 * 0.75 * 0.6 / 1.35)
    assert FactTally().f1 == 1.0
    assert "| grades | 10 | 8 | 6 | 0.750 | 0.600 |" in "\n".join(table_lines({"grades": tally}))


def test_proposed_identifiers_are_read_back() -> None:
    """What is written with a question mark is read as the same proposal."""
    proposals = Proposals()
    one = proposals.next("direction", "NFK", "2016-01-07")
    two = proposals.next("direction", "NFK", "2016")
    unknown = proposals.next("direction", "NFK", None)
    assert [as_written(name) for name in (one, two, unknown)] == [
        "NFK-2016-?1",
        "NFK-2016-?2",
        "NFK-????-?1",
    ]
    assert [as_read(as_written(name)) for name in (one, two, unknown)] == [one, two, unknown]


def test_table_of_the_page_is_that_of_the_command(documents: Path) -> None:
    """The figures that people read are those that are measured; after a change, copy them anew."""
    result = CliRunner().invoke(evaluate_command, ["--documents", str(documents)])
    assert result.exit_code == 0
    page = (ROOT / "loaders" / "documents" / "README.md").read_text(encoding="utf-8")
    _, _, printed = page.partition("<!-- figures: interventions evaluate -->\n")
    assert printed.partition("<!-- end of figures -->")[0].strip() == result.stdout.strip()


def test_documents_against_their_reviewed_records(documents: Path) -> None:
    """The documents at hand: what is asked of extraction, kind by kind."""
    comparisons, left_out = evaluate_records(list(read_records()), documents)
    assert (len(comparisons), left_out) == (5, [])
    tallies = totals(comparisons)
    assert tallies[OVERALL].f1 >= 0.98
    for kind in ("dates", "powers", "grades", "revocations", "numbering"):
        assert tallies[kind].f1 >= 0.98
    assert tallies[OVERALL].wrong_certain <= 1
