"""The things of a row that need an identifier: its act, what its note adds, each appointment."""

from collections.abc import Iterator, Sequence

from data.decisions.people import Holder, holder, holders
from data.records.statements import Time
from data.tables.metadata import read_metadata
from loaders.tables.claim_source import Mention
from loaders.tables.dates import date_words
from loaders.tables.events.event import INSTRUMENTS, begun
from loaders.tables.events.rows import EventRow, NoteRow
from ontology.dates import bounds

REGIME_WORDS: dict[str, str] = {
    "childrens-services": "Children's services",
    "best-value": "Best value",
}
_KIND_WORDS: dict[str, str] = {
    "improvement-notice": "Improvement notice",
    "best-value-notice": "Best value notice",
    "trust": "Children's services to a trust",
}


def row_mentions(source: str, row: EventRow, notes: Sequence[NoteRow]) -> Iterator[Mention]:
    """Yield every thing that a row and its note speak of and that takes a minted identifier."""
    regime, time = read_metadata(source).regime, begun(row, notes)
    said = _date_words(row, time)
    if row.instrument in INSTRUMENTS or row.instrument == "trust":
        kind = INSTRUMENTS[row.instrument][0] if row.instrument != "trust" else "transfer"
        words = _KIND_WORDS.get(row.instrument, REGIME_WORDS[regime])
        proof = same_day(regime, row) if kind == "direction" else None
        yield _sighting(f"{source}/{row.key}", kind, row.council, time, f"{words}; {said}", proof)
    for member in holders(row.appointees, row.council):
        yield _appointment(source, row, member, row.office or "", time, said)
    for note in notes:
        if note.fact == "appointment":
            member = holder(note.words, row.council)
            yield _appointment(source, row, member, note.value, time, said)
        elif note.fact in ("direction", "transfer") and note.date:
            words = REGIME_WORDS[regime] if note.fact == "direction" else note.words.rstrip(".")
            earliest, latest = bounds(note.date)
            yield Mention(
                row=f"{source}/{note.key}",
                kind=note.fact,
                council=row.council,
                earliest=earliest,
                latest=latest,
                description=f"{words}; {date_words(note.date)}",
            )


def _date_words(row: EventRow, time: Time) -> str:
    """Return the date of a row in words, and that it is the day of publication if it is."""
    if row.date_kind == "page-published":
        return f"published {date_words(row.date)}"
    return date_words(time.date or row.date)


def same_day(regime: str, row: EventRow) -> str | None:
    """Return what proves that rows speak of one direction: its council, regime and day.

    A minister's directions to one council under one regime on one day are one act.
    """
    to_the_day = row.date_kind == "stated" and len(row.date) == len("2015-02-26")
    return f"{regime}/{row.council}/{row.date}" if to_the_day else None


def _appointment(
    source: str, row: EventRow, member: Holder, office: str, time: Time, said: str
) -> Mention:
    """Return the mention of an appointment, which lies about its act."""
    return Mention(
        row=f"{source}/{row.key}/{member.slug}",
        kind="appointment",
        council=row.council,
        earliest=time.reading.earliest,
        latest=time.reading.latest,
        description=f"{member.name} as {office.replace('-', ' ')}; {said}",
        bearer=bearer(row.council, read_metadata(source).regime, office, member.member),
    )


def bearer(council: str, regime: str, office: str, member: str) -> str:
    """Return what tells an appointment from others of its time: the office and its holder."""
    return f"{council}/{regime}/{office}/{member}"


def _sighting(
    row: str, kind: str, council: str, time: Time, description: str, proof: str | None
) -> Mention:
    reading = time.reading
    return Mention(row, kind, council, reading.earliest, reading.latest, description, proof)
