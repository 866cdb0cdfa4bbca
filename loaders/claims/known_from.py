"""Tell from which day on each claim was known, and what was chosen for each fact before.

A claim was known once its source had been published. Many sources do not tell that day; then the
nearest one counts that is surely not before it.
"""

import re
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import TypeVar

from rdflib import URIRef

from data.records.files import RecordFile
from data.records.form import Published
from data.tables.metadata import read_metadata
from loaders.claims.claim import Claim
from loaders.claims.resolution import Knowledge, Slot, chosen_among, is_silence, resolve
from ontology import CI
from ontology.dates import TimeReading
from ontology.identifiers import thing

_COPYING_KINDS = "compiled-list", "table"
"""Kinds of source that copy the reports of others, a row each."""
_REPORTED = CI.published, CI.reportPublished, CI.letterDated
"""Properties by which a row tells when the report that it copies was published."""
_OWN_DAYS = CI.seen, CI.stated, CI.countedOn, CI.answered
"""Properties whose time is that on which a source speaks."""
_TAKES_THE_PLACE = CI.supersedes, CI.replaces, CI.revokes, CI.varies, CI.renews
"""Properties that speak of an earlier thing, which was therefore known by then."""
_TOLD_AFTERWARDS = CI.signed, CI.dated, CI.published, CI.reportPublished
"""Properties that no source tells before it has happened; an office or an end may be announced."""
_ENDS = CI.vacated, CI.ended
_HAPPENED = *_TOLD_AFTERWARDS, CI.takenUp, *_ENDS
"""Properties of what happened on a day, and was not known to have happened before it."""
# takes: "/2021/09/21/government-appoints"
# takes: "/commons/2016-10-18/debates"
# leaves: "/news/2021/09/"
# leaves: "/2021/09-21/"
_DAY_IN_ADDRESS = re.compile(r"(?<!\d)((?:19|20)\d\d)([-/])(\d\d)\2(\d\d)(?!\d)")
# takes: "Article of 21 September 2021 on the commissioner"
# leaves: "Report of September 2021"
_DAY_IN_TITLE = re.compile(
    r"\b(\d{1,2}) (January|February|March|April|May|June|July|August|September|October|November"
    r"|December) ((?:19|20)\d\d)\b"
)

_K = TypeVar("_K")
Days = Mapping[URIRef, date]
"""The day from which on each claim was known, by its address."""


@dataclass(frozen=True)
class FormerChoice:
    """A claim that was chosen for a fact, as it was known from one day until before another."""

    claim: Claim
    since: date
    until: date


@dataclass(frozen=True)
class SlotHistory:
    """A fact, the day from which on what is chosen today was known, and the choices before."""

    slot: Slot
    since: date | None = None
    former: tuple[FormerChoice, ...] = ()

    @property
    def chosen_from(self) -> date | None:
        """The first day on which anything was chosen."""
        days = [former.since for former in self.former]
        return min([*days, self.since] if self.since else days, default=None)


def known_days(claims: Sequence[Claim], files: Iterable[RecordFile], knowledge: Knowledge) -> Days:
    """Return from which day on each claim was known; a claim is missing where nothing tells it.

    Out: the first of these that there is. Of a row that tells on which day its page stated a sum,
    that day. The day on which the document was published, or that it bears. Of a row that copies a
    report, that of the report. The last day that a page names. The day on which it was read, which
    no other exceeds. No claim that something happened is known before it can have happened: what
    was announced is known as a fact from its own day on.
    """
    published = _published(claims, knowledge)
    named_by, copying = _pages(files)
    by_page = _last_days(claims, named_by, copying)
    by_row: dict[tuple[str, str], date] = {}
    stated: dict[tuple[str, str], date] = {}
    for claim in claims:
        if (day := _latest(claim)) is None:
            continue
        row = claim.document, claim.passage.row or ""
        if claim.property in _REPORTED and claim.document in copying:
            _keep_latest(by_row, row, day)
        elif claim.property == CI.stated:
            _keep_latest(stated, row, day)
    found: dict[URIRef, date] = {}
    for claim in claims:
        row = claim.document, claim.passage.row or ""
        told = stated.get(row) or published.get(claim.document) or by_row.get(row)
        told = told or by_page.get(claim.document)
        if told and claim.property in _HAPPENED:
            told = max(told, _earliest(claim) or told)
        if known := [day for day in (told, _read_on(claim)) if day]:
            found[claim.iri] = min(known)
    return found


def _pages(files: Iterable[RecordFile]) -> tuple[dict[str, date], set[str]]:
    """Return the days that addresses and titles name, by page, and what copies other reports."""
    named_by: dict[str, date] = {}
    copying: set[str] = set()
    for document in (file.record.document for file in files):
        if not isinstance(document, Published):
            continue
        if day := day_named(document.address or "", document.title):
            named_by[document.slug] = day
        if document.source_kind in _COPYING_KINDS:
            copying.add(document.slug)
    return named_by, copying


def _last_days(
    claims: Sequence[Claim], named_by: Mapping[str, date], copying: Container[str]
) -> dict[str, date]:
    """Return the last day that each page names.

    Out: the day in its address or title, or the last on which it says that it speaks, if it tells
    of no act, report or begin of an office that was newer; a begin may be announced where the
    address tells the day. Of a page that has neither, the last day of what it tells.
    """
    own = dict(named_by)
    for claim in claims:
        if claim.property in _OWN_DAYS and (day := _latest(claim)):
            _keep_latest(own, claim.document, day)
    told: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        page, name = claim.document, claim.property
        if page in named_by:
            is_told = name in _TOLD_AFTERWARDS
        elif page in own:
            is_told = name in _TOLD_AFTERWARDS or name == CI.takenUp
        else:
            is_told = name in _HAPPENED and page not in copying
        if is_told:
            told[page].append(claim)
    newer = {page: _newest(some, own.get(page)) for page, some in told.items()}
    return own | {page: day for page, day in newer.items() if day}


def _newest(told: Iterable[Claim], own: date | None) -> date | None:
    """Return the last day of what is newest, or the own day of a page where nothing is newer.

    Out: a month or a year counts from its last day, unless the own day of the page lies in it.
    """
    spans = [(_earliest(claim), _latest(claim)) for claim in told]
    if own:
        spans = [(first, last) for first, last in spans if first and first > own]
    days = [(first or last, last or first) for first, last in spans]
    newest = max((first for first, _ in days if first), default=None)
    return min((last for first, last in days if last and first == newest), default=own)


def day_named(address: str, title: str) -> date | None:
    """Return the last day that the address or the title of a page names, if one does.

    >>> day_named("https://example.org/2021/09/21/council", "Article of 3 May 2020")
    datetime.date(2021, 9, 21)
    """
    named = ["-".join(found.group(1, 3, 4)) for found in _DAY_IN_ADDRESS.finditer(address)]
    days = [_as_day(text, "%Y-%m-%d") for text in named]
    days += [_as_day(found.group(), "%d %B %Y") for found in _DAY_IN_TITLE.finditer(title)]
    return max((day for day in days if day), default=None)


def _as_day(text: str, form: str) -> date | None:
    try:
        return datetime.strptime(text, form).date()
    except ValueError:
        return None


def _published(claims: Iterable[Claim], knowledge: Knowledge) -> dict[str, date]:
    """Return on which day each document was published, or else which it bears, by slug."""
    start = str(thing("document", "x")).removesuffix("x")
    dated = [
        claim
        for claim in claims
        if claim.property in (CI.published, CI.dated) and claim.about.startswith(start)
    ]
    told: dict[str, dict[URIRef, date]] = defaultdict(dict)
    for slot in resolve(dated, knowledge):
        day = _latest(slot.preferred) if slot.preferred else None
        if day:
            told[slot.about.removeprefix(start)][slot.property] = day
    return {slug: days.get(CI.published) or days[CI.dated] for slug, days in told.items()}


def _latest(claim: Claim) -> date | None:
    return claim.value.latest if isinstance(claim.value, TimeReading) else None


def _earliest(claim: Claim) -> date | None:
    return claim.value.earliest if isinstance(claim.value, TimeReading) else None


def _keep_latest(days: dict[_K, date], key: _K, day: date) -> None:
    days[key] = max(day, days.get(key, day))


def _read_on(claim: Claim) -> date | None:
    """Return the day on which the source of a row was read."""
    folder, is_table, _ = claim.file.partition("/")
    return read_metadata(folder).retrieved_on if is_table and claim.passage.row else None


def histories(slots: Iterable[Slot], days: Days, knowledge: Knowledge) -> list[SlotHistory]:
    """Return each fact with its choices through time: by the same rules, among what was known."""
    found = [_history(slot, days, knowledge, None) for slot in slots]
    graded = {
        history.slot.about: history.chosen_from
        for history in found
        if history.slot.property == CI.grade and history.chosen_from
    }
    return [
        _history(history.slot, days, knowledge, graded[history.slot.about])
        if history.slot.property == CI.notJudged and history.slot.about in graded
        else history
        for history in found
    ]


def _history(slot: Slot, days: Days, knowledge: Knowledge, graded_from: date | None) -> SlotHistory:
    """Return the history of one fact; a source that is silent counts until a grade was known."""
    changes = sorted({days[claim.iri] for claim in slot.claims if claim.iri in days})
    if graded_from:
        changes = sorted({*changes, graded_from})
    choices: list[tuple[date, Claim | None]] = []
    for day in changes:
        claim = _chosen_on(day, slot, days, knowledge, is_last=day == changes[-1])
        if claim and graded_from and day >= graded_from and is_silence(claim):
            claim = None
        if not choices or _key(choices[-1][1]) != _key(claim):
            choices.append((day, claim))
    former = tuple(
        FormerChoice(claim, since, until)
        for (since, claim), (until, _) in pairwise(choices)
        if claim
    )
    is_known = bool(choices) and choices[-1][1] is not None
    return SlotHistory(slot, choices[-1][0] if is_known else None, former)


def _key(claim: Claim | None) -> str | None:
    return claim.key if claim else None


def _chosen_on(
    day: date, slot: Slot, days: Days, knowledge: Knowledge, is_last: bool
) -> Claim | None:
    """Return the claim that is chosen among those that were known on a day."""
    if is_last:
        return slot.preferred
    known = tuple(claim for claim in slot.claims if days.get(claim.iri, date.max) <= day)
    return chosen_among(known, knowledge) if known else None


def first_told(slots: Iterable[Slot], days: Days) -> Iterator[tuple[URIRef, date]]:
    """Yield each thing, with the first day on which a source that speaks of it was known.

    Out: what is only possible, of which no value is chosen, is not among them. A source that tells
    what took the place of a thing speaks of that thing too.
    """
    found: dict[URIRef, date] = {}
    replaced: dict[URIRef, date] = {}
    for slot in slots:
        known = [days[claim.iri] for claim in slot.claims if claim.iri in days]
        if not slot.preferred or not known:
            continue
        found[slot.about] = min(*known, found.get(slot.about, date.max))
        earlier = slot.preferred.value
        if slot.property in _TAKES_THE_PLACE and isinstance(earlier, URIRef):
            replaced[earlier] = min(*known, replaced.get(earlier, date.max))
    yield from sorted((it, min(day, replaced.get(it, day))) for it, day in found.items())
