"""What a reviewer decided makes the record; decisions that do not fit are refused with a reason."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pytest

from loaders.documents.record.candidate import Candidate, candidate_yaml
from loaders.documents.record.decisions import decided, read_decisions
from loaders.documents.record.reviewable import reviewable
from ontology.errors import UnreadableDocument
from tests.fixtures.documents.small_documents import candidate, direction
from tests.fixtures.guards import not_empty

NOW = datetime(2026, 11, 30, 12, tzinfo=UTC).isoformat()


def made(found: Candidate, verdicts: dict[str, Any], rest: str = "accepted") -> bytes:
    """Return the file of decisions: those given, and one for all others unless it is empty."""
    places = [each.at for each in reviewable(found.record)]
    lines = [f"left_out.{number}" for number in range(len(found.record.left_out))]
    rows = [
        {"at": at, "on": NOW, "verdict": rest, **verdicts.get(at, {})}
        for at in not_empty([*places, *lines])
        if rest or at in verdicts
    ]
    rows += [{"at": at, "on": NOW, **row} for at, row in verdicts.items() if at not in places]
    return json.dumps({"sha256": found.document.sha256, "by": "editor", "decisions": rows}).encode()


def test_what_is_accepted_whole_is_the_record() -> None:
    """Nothing is lost on the way, and who decided stands in it."""
    found = candidate(direction())
    record = decided(found, read_decisions(made(found, {}), "a.json")).record
    (done,) = record.document.reviewed
    assert (done.by, str(done.on), done.refused) == ("editor", "2026-11-30", 0)
    plain = record.document.model_copy(update={"reviewed": []})
    assert record.model_copy(update={"document": plain}) == found.record


def test_what_is_refused_or_not_decided_is_no_part_of_it() -> None:
    """A statement that nobody accepted is listed, one that was refused is gone."""
    found = candidate(direction())
    act = len(found.record.directions) - 1
    at = f"directions.{act}.signed.0"
    refused = decided(found, read_decisions(made(found, {at: {"verdict": "refused"}}), "a.json"))
    assert refused.record.directions[act].signed == []
    assert "decided by a reviewer" not in candidate_yaml(found)
    assert "a reviewer decided" in candidate_yaml(refused)
    with pytest.raises(UnreadableDocument, match="no decision"):
        decided(found, read_decisions(made(found, {}, ""), "a.json"))


def test_a_corrected_time_is_certain() -> None:
    """What was inferred and then corrected is no longer inferred."""
    found = candidate(direction())
    act = len(found.record.directions) - 1
    verdict = {"verdict": "corrected", "value": "2015-05"}
    file = made(found, {f"directions.{act}.signed.0": verdict})
    (time,) = decided(found, read_decisions(file, "a.json")).record.directions[act].signed
    assert (time.date, time.modality, time.reading.status) == ("2015-05", None, "partial")


@pytest.mark.parametrize(
    ("verdicts", "words"),
    [
        ({"directions.99": {"verdict": "accepted"}}, "nothing stands at directions.99"),
        ({"people.0.name.0": {"verdict": "refused"}}, "people.0.name"),
        ({"people.0": {"verdict": "corrected", "value": "x"}}, "has no value"),
        ({"directions.0.signed.0": {"verdict": "corrected", "value": "2015-02-31"}}, "directions"),
    ],
)
def test_decisions_that_do_not_fit_are_told(verdicts: dict[str, Any], words: str) -> None:
    """The message names what is wrong and where, and says what to do."""
    found = candidate(direction())
    file = made(found, verdicts)
    with pytest.raises(UnreadableDocument, match=words):
        decided(found, read_decisions(file, "a.json"))


@pytest.mark.parametrize(
    "content", [b"", b"[]", b'{"by": "Jane Example"}', b'{"sha256": 1, "by": "editor"}']
)
def test_a_file_that_holds_no_decisions_is_refused(content: bytes) -> None:
    """A role is one of those on the page: nobody is named."""
    with pytest.raises(UnreadableDocument, match=r"a\.json"):
        read_decisions(content, "a.json")


def test_decisions_on_another_text_are_refused() -> None:
    """Places of one text mean nothing in another."""
    found = candidate(direction())
    other = candidate(direction(due="2 September 2015"))
    with pytest.raises(UnreadableDocument, match="another text"):
        decided(other, read_decisions(made(found, {}), "a.json"))
