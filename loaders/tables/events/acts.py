"""The acts that rows and notes speak of: directions and notices, transfers, steps, reports."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from data.records.acts import Deadline, Direction, Duty, Notice, Transfer
from data.records.form import CitedDocument, LeftOut, Milestone
from data.records.statements import Said
from loaders.tables.claim_source import RowPlace
from loaders.tables.events.event import INSTRUMENTS, Event, Part, begun, ended, later_end, published
from loaders.tables.events.rows import NoteRow
from ontology.identifiers import kind_and_local

_SECTIONS: dict[str, str] = {"direction": "directions", "notice": "notices"}
_FORMS: dict[str, type[Direction] | type[Notice]] = {"direction": Direction, "notice": Notice}
_OFFICES: dict[str, str] = {"childrens-services": "sos-education", "best-value": "sos-hclg"}
_OFFICE_NOTE = "The table lists acts of this office."
_TRUST_WORDS = "An independent trust runs children's services."
_COMMISSIONER = "childrens"
_END_NOTE = "The end is the one that the row gives for the whole intervention."


def instrument(event: Event, more: Mapping[str, Sequence[Any]]) -> Iterator[Part]:
    """Yield the direction or notice that a row speaks of, once for each page that tells of it.

    In: further statements, by the fields of a record.
    """
    place, row = RowPlace(event.row.key), event.row
    own = [note for note in event.notes if note.page is None]
    times = {
        "signed": [begun(row, event.notes)],
        "published": published(row),
        "ended": ended(row, event.notes),
    }
    stated = {name: list(values) for name, values in more.items()} | times
    stated["issued_by"] = [issued_by(place, event.regime)]
    stated["replaces"] = [
        RowPlace(note.key).said(event.noted(note)[1], "value", note.value)
        for note in own
        if note.fact == "replaces"
    ]
    stated["summary"] = [*stated.get("summary", []), *_summaries(own)]
    yield row.page, *_instrument(event, place, stated, own)
    for page in sorted({note.page for note in event.facts("summary", "requirement") if note.page}):
        there = [note for note in event.notes if note.page == page]
        yield page, *_instrument(event, place, {"summary": _summaries(there)}, there)


def issued_by(place: RowPlace, regime: str) -> Said:
    """Return the office that issues the instruments of a regime: the table lists its acts."""
    return place.said(
        _OFFICES[regime], "instrument", regime, modality="inferred", note=_OFFICE_NOTE
    )


def replacements(event: Event) -> Iterator[Part]:
    """Yield the later instruments that the note of an earlier one names as its replacement."""
    for note in event.facts("replaced-by"):
        place = RowPlace(note.key)
        later, reference = event.noted(note)
        kind, cls = INSTRUMENTS[later.instrument]
        fields = {
            "id": kind_and_local(reference)[1],
            "at": "value",
            "row": note.key,
            "words": note.value,
            "kind": [place.said(cls, "value", note.value)],
            "addressed_to": [place.said(later.council, "event", note.event)],
            "replaces": [place.said(event.reference(event.row), "event", note.event)],
        }
        yield event.row.page, _SECTIONS[kind], _FORMS[kind].model_validate(fields)


def further_directions(event: Event) -> Iterator[Part]:
    """Yield the directions that the note of an event tells of besides its own."""
    for note in event.facts("direction"):
        place = RowPlace(note.key)
        end = []
        if note.date and event.row.ended and later_end(event.row, note.date):
            end = [
                RowPlace(event.row.key).time(
                    event.row.ended,
                    "ended",
                    date=event.row.ended,
                    modality="inferred",
                    note=_END_NOTE,
                )
            ]
        direction = Direction(
            id=event.local("direction", note.key),
            at="words",
            row=note.key,
            words=note.words,
            kind=[place.said("Direction", "fact", note.fact)],
            addressed_to=[place.said(event.row.council, "event", note.event)],
            issued_by=[issued_by(place, event.regime)],
            summary=_summaries([note], "direction"),
            signed=[place.time(note.date or "", "date", date=note.date)],
            ended=end,
        )
        yield event.row.page, "directions", direction


def _instrument(
    event: Event, place: RowPlace, stated: Mapping[str, Any], notes: Sequence[NoteRow]
) -> tuple[str, Direction | Notice]:
    kind, cls = INSTRUMENTS[event.row.instrument]
    fields: dict[str, Any] = {
        "id": event.local(kind),
        "at": "instrument",
        "row": place.row,
        "words": event.row.instrument,
        "kind": [place.said(cls, "instrument", event.row.instrument)],
        "addressed_to": [place.said(event.row.council, "council")],
        **stated,
    }
    if kind == "direction":
        fields["requirements"] = _requirements(event.row.council, notes)
    return _SECTIONS[kind], _FORMS[kind].model_validate(fields)


def _summaries(notes: Sequence[NoteRow], fact: str = "summary") -> list[Said]:
    """Return what notes of one kind add in the project's own words."""
    return [
        RowPlace(note.key).said(note.words, "words", **note.certainty)
        for note in notes
        if note.fact == fact
    ]


def _requirements(council: str, notes: Sequence[NoteRow]) -> list[Duty]:
    """Return the duties that notes tell of, without the numbers of their paragraphs."""
    asked = [note for note in notes if note.fact == "requirement"]
    return [_requirement(council, note, number) for number, note in enumerate(asked, 1)]


def _requirement(council: str, note: NoteRow, number: int) -> Duty:
    place = RowPlace(note.key)
    deadlines = []
    if note.date:
        deadlines = [
            Deadline(
                at="date",
                row=note.key,
                words=note.date,
                kind=[place.said("fixed", "date", note.date)],
                due=[place.time(note.date, "date", date=note.date)],
            )
        ]
    return Duty(
        at="words",
        row=note.key,
        words=note.words,
        paragraph=f"unnumbered.{number}",
        summary=[place.said(note.words, "words")],
        bearer=[place.said(f"council/{council}", "event", note.event)],
        action=[place.said(note.value, "value")],
        deadlines=deadlines,
    )


def additions(event: Event) -> Iterator[Part]:
    """Yield every other thing that a note tells of."""
    page = event.row.page
    for note in event.notes:
        if note.fact == "transfer":
            yield page, "transfers", _noted_transfer(event, note)
        elif note.fact == "milestone":
            yield page, "milestones", _milestone(event, note)
        elif note.fact in ("report-dated", "report-published"):
            yield page, "documents", _report(event, note)
        elif note.fact == "left-out":
            left = LeftOut(at="note", row=note.key, words=note.words, reason=note.reason)
            yield page, "left_out", left


def trust(event: Event) -> Iterator[Part]:
    """Yield the transfer to a trust that a row speaks of, once for each page that tells of it."""
    row, place = event.row, RowPlace(event.row.key)
    # Where a note names the page that gives the end, the row's own page is older than the end.
    ended_elsewhere = row.ended in {note.date for note in event.facts("transfer-ended")}
    transfer = Transfer(
        id=event.local("transfer"),
        at="instrument",
        row=row.key,
        words=row.instrument,
        council=[place.said(row.council, "council")],
        delivery_model=[place.said("trust", "instrument")],
        summary=[place.said(_TRUST_WORDS, "instrument", row.instrument)],
        happened=[begun(row, event.notes)],
        ended=[] if ended_elsewhere else ended(row, event.notes),
    )
    yield row.page, "transfers", transfer
    for note in event.facts("transfer-ended"):
        yield note.page or row.page, "transfers", _ended_transfer(event, note)


def _ended_transfer(event: Event, note: NoteRow) -> Transfer:
    place = RowPlace(note.key)
    return Transfer(
        id=event.local("transfer"),
        at="fact",
        row=note.key,
        words=note.fact,
        council=[place.said(event.row.council, "event", note.event)],
        delivery_model=[],
        ended=[place.time(note.date or "", "date", date=note.date, **note.certainty)],
    )


def _noted_transfer(event: Event, note: NoteRow) -> Transfer:
    place = RowPlace(note.key)
    return Transfer(
        id=event.local("transfer", note.key),
        at="words",
        row=note.key,
        words=note.words,
        council=[place.said(event.row.council, "event", note.event)],
        delivery_model=[place.said(note.value, "value", **note.certainty)],
        summary=[place.said(note.words, "words")],
        happened=[place.time(note.date or "", "date", date=note.date)],
    )


def _milestone(event: Event, note: NoteRow) -> Milestone:
    place = RowPlace(note.key)
    return Milestone(
        id=note.key.replace("/", "-"),
        at="words",
        row=note.key,
        words=note.words,
        council=[place.said(event.row.council, "event", note.event)],
        summary=[place.said(note.words, "words")],
        happened=[place.time(note.date or "", "date", date=note.date)],
    )


def _report(event: Event, note: NoteRow) -> CitedDocument:
    place, council = RowPlace(note.key), event.row.council
    time = [place.time(note.date or "", "date", date=note.date)]
    dated = note.fact == "report-dated"
    return CitedDocument(
        id=note.value,
        at="words",
        row=note.key,
        words=note.words,
        kind="commissioner-report",
        title=[place.said(note.words, "words")],
        council=[place.said(council, "event", note.event)],
        author=[place.said(f"post/{council}-{_COMMISSIONER}", "fact", note.fact)],
        dated=time if dated else [],
        published=[] if dated else time,
    )
