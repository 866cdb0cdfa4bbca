"""What a reviewer decided on the page of a candidate, and the record of what was accepted."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from data.records.form import Record, Reviewed, ReviewerRole
from data.records.statements import Model
from loaders.documents.record.candidate import Candidate
from loaders.documents.record.proposals import as_read
from loaders.documents.record.reviewable import Reviewable, reviewable
from ontology.errors import UnreadableDocument

_NOT_DECIDED = "Not decided by the reviewer: {} {}."
_CORRECTED_FIELD = {True: "date", False: "value"}


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Decision(_Form):
    """What was decided of one thing or statement, and when; `value` is the corrected one."""

    at: str
    verdict: Literal["accepted", "corrected", "refused"]
    on: datetime.datetime
    value: str | None = None


class Decisions(_Form):
    """The decisions of one reviewer on one text."""

    sha256: str
    by: ReviewerRole
    decisions: list[Decision]


def read_decisions(content: bytes, name: str) -> Decisions:
    """Return the decisions that the page of a candidate saved.

    Raises: UnreadableDocument, naming the file and what is wrong in it.
    """
    try:
        return Decisions.model_validate_json(content)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(map(str, first["loc"])) or "the file"
        raise UnreadableDocument(
            f"{name}: {place}: {first['msg']}; save the decisions anew on the page of the candidate"
        ) from None


def decided(candidate: Candidate, made: Decisions) -> Candidate:
    """Return the candidate with what was accepted alone, and with who decided, and when.

    Out: what was not decided is no part of it, and is listed as left out.
    Raises: UnreadableDocument if the decisions are on another text, or leave a thing without what
    it must have.
    """
    name = candidate.document.name
    if made.sha256 != candidate.document.sha256:
        raise UnreadableDocument(
            f"{name}: the decisions were made on another text; show its page with --open again"
        )
    verdicts = {decision.at: decision for decision in made.decisions}
    content = candidate.record.model_dump()
    known = {each.at for each in reviewable(candidate.record)}
    lines = {f"left_out.{number}" for number in range(len(candidate.record.left_out))}
    if unknown := sorted(verdicts.keys() - known - lines):
        raise UnreadableDocument(
            f"{name}: nothing stands at {unknown[0]} of its record; show its page with --open again"
        )
    undecided = []
    for each in reviewable(candidate.record):
        decision = verdicts.get(each.at)
        if decision is None:
            undecided.append(each)
        elif decision.verdict == "corrected":
            _correct(content, each, decision.value or "", name)
    kept = {at for at, decision in verdicts.items() if decision.verdict != "refused"}
    content = _kept(content, "", kept, known)
    content["left_out"] = [
        line
        for number, line in enumerate(content["left_out"])
        if f"left_out.{number}" in kept or f"left_out.{number}" not in verdicts
    ] + [_listed(each) for each in undecided if each.value]
    content["document"]["reviewed"] = [_reviewed(made)]
    record = _record(content, name)
    for at in _wanting(record, ""):
        raise UnreadableDocument(
            f"{name}: {at} has no value left, and the thing must have one; accept one or "
            "refuse the whole thing"
        )
    return replace(candidate, record=record)


def _reviewed(made: Decisions) -> dict[str, Any]:
    counts = Counter(decision.verdict for decision in made.decisions)
    last = max((decision.on for decision in made.decisions), default=None)
    if last is None:
        raise UnreadableDocument("the file holds no decision; decide on the page, then save")
    numbers = {verdict: counts[verdict] for verdict in ("accepted", "corrected", "refused")}
    return Reviewed(by=made.by, on=last.date(), line=0, **numbers).model_dump()


def _correct(content: Any, each: Reviewable, value: str, name: str) -> None:
    """Put a corrected value in the place of the one that was read; it is certain then."""
    for step in each.at.split("."):
        content = content[int(step) if step.isdecimal() else step]
    if not value or not each.value:
        raise UnreadableDocument(f"{name}: the decision on {each.at} has no value to put there")
    content[_CORRECTED_FIELD["date" in content]] = as_read(value)
    content.update(modality=None, note=None)
    if "date" in content:
        content.update(status=None, earliest=None, latest=None, reason=None, candidates=[])


def _kept(part: Any, at: str, kept: set[str], known: set[str]) -> Any:
    """Return a part of a record without what can be decided on and was not accepted."""
    if isinstance(part, Mapping):
        return {
            name: _kept(value, f"{at}.{name}".lstrip("."), kept, known)
            for name, value in part.items()
        }
    if not isinstance(part, list):
        return part
    return [
        _kept(value, place, kept, known)
        for number, value in enumerate(part)
        if (place := f"{at}.{number}") not in known or place in kept
    ]


def _wanting(part: Any, at: str) -> Iterator[str]:
    """Yield the places of a record that must have a statement and have none."""
    if isinstance(part, list):
        for number, value in enumerate(part):
            yield from _wanting(value, f"{at}.{number}")
    elif isinstance(part, Model):
        for name, field in type(part).model_fields.items():
            value = getattr(part, name)
            place = f"{at}.{name}".lstrip(".")
            if value == [] and field.is_required():
                yield place
            yield from _wanting(value, place)


def _listed(each: Reviewable) -> dict[str, Any]:
    place = {"at": each.place.at, "chars": each.place.chars, "words": each.place.words}
    return {**place, "reason": _NOT_DECIDED.format(each.name, each.value)}


def _record(content: Mapping[str, Any], name: str) -> Record:
    try:
        return Record.model_validate(content)
    except ValidationError as error:
        first = error.errors()[0]
        raise UnreadableDocument(
            f"{name}: {'.'.join(map(str, first['loc']))}: {first['msg']}, after what was refused "
            "or corrected; refuse the whole thing, or give a value of the form"
        ) from None
