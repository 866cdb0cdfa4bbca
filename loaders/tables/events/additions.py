"""What notes add beside instruments and offices: transfers, steps, reports, what is left out."""

from __future__ import annotations

from collections.abc import Iterator

from data.records.acts import Transfer
from data.records.form import CitedDocument, LeftOut, Milestone
from loaders.tables.claim_source import RowPlace
from loaders.tables.events.events import Event, Part
from loaders.tables.events.notes import NoteRow
from loaders.tables.events.times import begun, ended

_TRUST_WORDS = "An independent trust runs children's services."
COMMISSIONER = "childrens"


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
    told_elsewhere = row.ended in {note.date for note in event.facts("transfer-ended")}
    transfer = Transfer(
        id=event.local("transfer"),
        at="instrument",
        row=row.key,
        words=row.instrument,
        council=[place.said(row.council, "council")],
        delivery_model=[place.said("trust", "instrument")],
        summary=[place.said(_TRUST_WORDS, "instrument", row.instrument)],
        happened=[begun(row, event.notes)],
        ended=[] if told_elsewhere else ended(row, event.notes),
    )
    yield row.page, "transfers", transfer
    for note in event.facts("transfer-ended"):
        yield note.page or row.page, "transfers", _ended_transfer(event, note)


def _ended_transfer(event: Event, note: NoteRow) -> Transfer:
    """Return what a note tells of the end of a transfer."""
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
    """Return a transfer that a note tells of."""
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
    """Return a dated step."""
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
    """Return a commissioner's report."""
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
        author=[place.said(f"post/{council}-{COMMISSIONER}", "fact", note.fact)],
        dated=time if dated else [],
        published=[] if dated else time,
    )
