"""Read the table of acts of ministers: a row is what one page says of one act.

An act is a direction, a notice, a letter that proposes one, or a measure without an instrument.
Several rows may tell of one act, each from a page of its own; which do is decided when identifiers
are minted.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import AfterValidator, BeforeValidator, model_validator

from data.records.acts import Designation, Direction, Instrument, Measure, MindedToLetter, Notice
from data.records.files import RecordFile
from data.records.form import Inspection
from data.records.statements import Said, Time
from data.registry.identifiers import Identities
from data.sources import OwnTable, SourceRows
from data.tables.table import TableRow, empty_as_none, split_words
from loaders.tables.claim_source import FactSource, Mention, RowPlace
from loaders.tables.dates import date_words
from loaders.tables.events.source_pages import PageContents
from loaders.tables.facts.columns import (
    Council,
    DateKind,
    Key,
    OptionalEdtf,
    Page,
    Regimes,
    Summary,
    time_in,
)
from loaders.tables.facts.named_acts import NamedAct, named_act
from loaders.tables.facts.ordered_inspections import ordered_inspection
from ontology.dates import bounds
from ontology.errors import UnknownIdentifier, UnreadableDate, UnreadableTable
from ontology.identifiers import kind_and_local, reference

_FOLDER = "acts"

_ActName = Literal[
    "assurance-review",
    "best-value-notice",
    "direction",
    "improvement-notice",
    "informal-intervention",
    "inspection",
    "minded-to-letter",
    "planning-designation",
    "statement-of-action",
]


@dataclass(frozen=True)
class _ActForm:
    """How an act is identified, classed and told: kind, class, section and form of a record."""

    kind: str
    cls: str
    section: str
    form: type[Instrument] | type[Inspection]
    words: str


_FORMS: dict[str, _ActForm] = {
    "assurance-review": _ActForm(
        "measure", "AssuranceReview", "measures", Measure, "Assurance review"
    ),
    "best-value-notice": _ActForm(
        "notice", "BestValueNotice", "notices", Notice, "Best value notice"
    ),
    "direction": _ActForm("direction", "Direction", "directions", Direction, "Direction"),
    "improvement-notice": _ActForm(
        "notice", "ImprovementNotice", "notices", Notice, "Improvement notice"
    ),
    "informal-intervention": _ActForm(
        "measure", "InformalIntervention", "measures", Measure, "Informal intervention"
    ),
    "inspection": _ActForm(
        "inspection", "BestValueInspection", "inspections", Inspection, "Best value inspection"
    ),
    "minded-to-letter": _ActForm(
        "letter", "MindedToLetter", "letters", MindedToLetter, "Minded-to letter"
    ),
    "planning-designation": _ActForm(
        "designation", "PlanningDesignation", "designations", Designation, "Planning designation"
    ),
    "statement-of-action": _ActForm(
        "measure", "StatementOfAction", "measures", Measure, "Statement of action"
    ),
}

_OFFICES: dict[str, str] = {
    "childrens-services": "sos-education",
    "send": "sos-education",
    "best-value": "sos-hclg",
    "planning": "sos-hclg",
}
"""The office whose acts belong to each regime."""

_OFFICE_NOTE = "Acts of this regime are those of this office."
_CHANGE_NOTE = "The page calls the act {change}: it takes the place of the one before it."
_VARIED_NOTE = "The page tells of a change of the act before it, which goes on."

_REGIME_WORDS: dict[str, str] = {
    "childrens-services": "children's services",
    "send": "special educational needs",
    "best-value": "best value",
    "planning": "planning",
}
_YEARS = re.compile(r"P([0-9]+)Y")


def _plan(value: str) -> str:
    """Return a planned end: a date in EDTF, or a number of years such as P5Y."""
    if not _YEARS.fullmatch(value):
        try:
            bounds(value)
        except UnreadableDate as error:
            raise ValueError(f"{error}; or a number of years such as P5Y") from None
    return value


def _provisions(values: list[str]) -> list[str]:
    for value in values:
        if kind_and_local(value)[0] not in ("ukpga", "uksi"):
            raise ValueError(
                f"{value!r} is no provision; expected one such as ukpga/1996/56/section/497A/4B"
            )
        try:
            reference(value)
        except UnknownIdentifier as error:
            raise ValueError(str(error)) from None
    return values


_Plan = Annotated[Annotated[str, AfterValidator(_plan)] | None, BeforeValidator(empty_as_none)]
_Provisions = Annotated[list[str], BeforeValidator(split_words), AfterValidator(_provisions)]
_Change = Annotated[
    Literal["new", "varied", "extended", "revised", "reissued"] | None,
    BeforeValidator(empty_as_none),
]
_EndManner = Annotated[
    Literal["lifted", "revoked", "expired", "replaced"] | None, BeforeValidator(empty_as_none)
]


def _ends_before(begin: str, end: str) -> bool:
    first, last = bounds(begin)[0], bounds(end)[1]
    return first is not None and last is not None and last < first


class ActRow(TableRow):
    """What one page says of one act of a minister.

    The act that a row replaces, or varies, is named by the key of a row of this table, or as a
    reference such as direction/ROT-2014-01. An inspection is announced on its date, and ends with
    the day on which its report is published.
    """

    key: Key
    council: Council
    regime: Regimes
    act: _ActName
    date: OptionalEdtf
    date_kind: DateKind
    date_reason: str
    ended: OptionalEdtf
    ending: _EndManner
    planned_end: _Plan
    change: _Change
    replaces: NamedAct
    powers: _Provisions
    summary: Summary
    page: Page

    @model_validator(mode="after")
    def coherent(self) -> ActRow:
        """Check that the day and its kind come together, and that no end lies before the begin."""
        if (self.date is None) != (self.date_kind is None):
            raise ValueError("a date needs its kind, and no kind stands without a date")
        if (self.date_kind == "inferred") != bool(self.date_reason):
            raise ValueError("an inferred date needs a reason, and no other date has one")
        if len({_OFFICES[regime] for regime in self.regime}) > 1:
            raise ValueError("regimes of two offices: write a row for each office's act")
        plan = None if self.planned_end and _YEARS.fullmatch(self.planned_end) else self.planned_end
        for word, end in (("ends", self.ended), ("is to end", plan)):
            if self.date and end and _ends_before(self.date, end):
                raise ValueError(f"the act {word} ({end}) before it begins ({self.date})")
        if self.replaces == self.key:
            raise ValueError("an act replaces another, not itself")
        return self

    @property
    def form(self) -> _ActForm:
        """How the act is identified, classed and told."""
        return _FORMS[self.act]

    @property
    def begun(self) -> Time | None:
        """When the act was done, as far as the row says."""
        if self.date is None:
            return None
        return time_in(self.key, "date", self.date, self.date_kind, self.date_reason)


def mentions(rows: Sequence[ActRow]) -> Iterator[Mention]:
    """Yield the act of every row."""
    for row in rows:
        begun = row.begun
        reading = begun.reading if begun else None
        yield Mention(
            row=f"{_FOLDER}/{row.key}",
            kind=row.form.kind,
            council=row.council,
            earliest=reading.earliest if reading else None,
            latest=reading.latest if reading else None,
            description=_description(row),
            same_as=_same_day(row),
            is_listed_once=False,
        )


def _description(row: ActRow) -> str:
    """Return the act in a few words: what it is or is about, and its day."""
    about = " and ".join(_REGIME_WORDS[regime] for regime in row.regime)
    if row.act == "direction":
        words = about[0].upper() + about[1:]
    else:
        words = f"{row.form.words} ({about})" if row.regime == ["send"] else row.form.words
    if row.date is None:
        return f"{words}; no date"
    said = date_words(row.date)
    return f"{words}; {'published ' if row.date_kind == 'page-published' else ''}{said}"


def _same_day(row: ActRow) -> str | None:
    """Return what proves that rows speak of one act: regime, council, day and kind of act."""
    stated = row.date_kind in ("stated", "press")
    to_the_day = stated and row.date and len(row.date) == len("2015-02-26")
    if not to_the_day:
        return None
    proof = f"{row.regime[0]}/{row.council}/{row.date}"
    return proof if row.act == "direction" else f"{proof}/{row.act}"


def records(rows: SourceRows[ActRow], identities: Identities) -> Iterable[RecordFile]:
    """Yield what each page says that rows were read from."""
    contents = PageContents()
    by_key = {row.key: row for row in rows.rows}
    for row in rows.rows:
        local = identities.local(f"{_FOLDER}/{row.key}", row.form.kind)
        if row.act == "inspection":
            contents.add(row.page, row.form.section, ordered_inspection(row, local))
        else:
            contents.add(row.page, row.form.section, _act(row, local, by_key, identities))
    return contents.files(f"{_FOLDER}/{rows.file}", rows.text)


def _act(
    row: ActRow, local: str, by_key: dict[str, ActRow], identities: Identities
) -> Instrument | Inspection:
    """Return the act of a row as a part of a record."""
    place, form = RowPlace(row.key), row.form
    fields: dict[str, object] = {
        "id": local,
        "at": "act",
        "row": row.key,
        "words": row.act,
        "kind": [place.said(form.cls, "act", row.act)],
        "addressed_to": [place.said(row.council, "council")],
        "issued_by": [_issued_by(row)],
        "regime": [place.said(regime, "regime") for regime in row.regime],
        "made_under": [place.said(power, "powers") for power in row.powers],
        "varies" if row.change == "varied" else "replaces": (
            [_replaced(row, by_key, identities)] if row.replaces else []
        ),
        **_times(row),
    }
    for name, value in (
        ("summary", row.summary),
        ("change", row.change),
        ("end_manner", row.ending),
    ):
        if value:
            fields[name] = [place.said(value, "ending" if name == "end_manner" else name)]
    return form.form.model_validate(fields)


def _replaced(row: ActRow, by_key: dict[str, ActRow], identities: Identities) -> Said:
    """Return the act that a row replaces; inferred where the page only calls the act changed."""
    manner: dict[str, str] = {}
    if row.change:
        note = _VARIED_NOTE if row.change == "varied" else _CHANGE_NOTE.format(change=row.change)
        manner = {"modality": "inferred", "note": note}
    cell = f"{_FOLDER}: {row.key}", "replaces", row.council, row.replaces
    earlier = named_act(cell, by_key, identities)
    return RowPlace(row.key).said(earlier, "replaces", row.replaces, **manner)


def _issued_by(row: ActRow) -> Said:
    office = _OFFICES[row.regime[0]]
    return RowPlace(row.key).said(
        office, "regime", row.regime[0], modality="inferred", note=_OFFICE_NOTE
    )


def _times(row: ActRow) -> dict[str, list[Time]]:
    """Return when the act was done, published, ended, and is to end."""
    place, begun = RowPlace(row.key), row.begun
    published = row.date if row.date_kind == "page-published" else None
    return {
        "signed": [begun] if begun else [],
        "published": [place.time(published, "date", date=published)] if published else [],
        "ended": [place.time(row.ended, "ended", date=row.ended)] if row.ended else [],
        "planned_end": _planned_end(row),
    }


def _planned_end(row: ActRow) -> list[Time]:
    """Return when an act is meant to end: a date, or so many years after it was done."""
    if row.planned_end is None:
        return []
    place, years = RowPlace(row.key), _YEARS.fullmatch(row.planned_end)
    if years is None:
        return [place.time(row.planned_end, "planned_end", date=row.planned_end)]
    if row.date is None:
        raise UnreadableTable(
            f"{_FOLDER}: {row.key}, column planned_end: {row.planned_end} without a date; "
            "expected a day from which the years count, or the day of the end"
        )
    end = f"{int(row.date[:4]) + int(years.group(1))}{row.date[4:]}"
    reason = f"{years.group(1)} years after the act"
    return [place.time(row.planned_end, "planned_end", date=end, status="inferred", reason=reason)]


ACTS = FactSource(OwnTable(_FOLDER, ActRow), mentions, records)
