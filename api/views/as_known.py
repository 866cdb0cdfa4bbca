"""Show things as they were known on a day: nothing that was published later shows in them.

What a source states counts from the day on which the source was known. What the build works out
from several statements is shown where it is plain what it rests on, and else left out.
"""

from collections.abc import Iterable, Mapping, Sequence

import pyoxigraph as ox

from api.views.description import (
    Description,
    Term,
    describe,
    expand,
    gather,
    is_address,
    rows_about,
    said,
    statement,
)
from ontology.identifiers import digest, kind_and_local, short, thing
from ontology.namespaces import ID
from queries.engine.interface import Engine, Row
from queries.lookups.things import Statement

_REGISTER = "authority", "change", "council", "membership", "name", "office", "organisation"
"""Kinds of things that the registers tell of, whatever the sources say: known on every day."""
_NAMES = "rdf:type", "rdfs:label", "foaf:name", "dcterms:title", "namedAs"
"""What a thing is called, which is shown wherever another thing points to it."""
_COURSES = "hasStep", "partOfIntervention", "position", "forCouncil", "regime", "act"
_ALWAYS = ("rdf:type", "rdfs:label", "attestation", "knownFrom", *_COURSES)
"""Derived properties that tell nothing which a later source could have told.

Which acts make up one course of action is worked out from all that is known today.
"""
_RESTS_ON: dict[str, tuple[str, ...]] = {
    "heldFrom": ("takenUp",),
    "heldTo": ("vacated",),
    "onSiteFrom": ("onSite",),
    "onSiteTo": ("onSite",),
    "officeNamedThen": ("issuedBy", "appointedBy"),
    "powerBasis": ("issuedBy", "madeUnder"),
    "powerExplanation": ("issuedBy",),
    "madeUnder": ("issuedBy",),
    "publishedOn": ("published",),
    "reportPublishedOn": ("reportPublished",),
    "signedOn": ("signed",),
    "dueOn": ("deadline",),
}
"""Derived property, and the statements of the same thing of which one has to be known."""
_INVERSES: dict[str, str] = {
    "hasAreaNotJudged": "ofInspection",
    "hasJudgement": "ofInspection",
    "revokedBy": "revokes",
}
"""Derived property, and the one that states the same from the other end."""
_TIMES = "began", "ended"
"""Derived times of a course of action and its steps: each is the time of some act."""
_BEGIN_OF_ACT = "act/signed|act/effectiveFrom|act/published|act/takenUp"
_Statement = tuple[str, str, str]
"""Thing, property and value, as texts."""


async def known_from(engine: Engine, items: Sequence[str]) -> dict[str, str]:
    """Return for each thing the day from which on it was known; none for what has none."""
    rows = await rows_about(engine, "known_from", items)
    return {row["item"]["value"]: row["since"]["value"] for row in rows if "since" in row}


async def told_then(
    engine: Engine, items: Sequence[str], names: Sequence[str], day: str
) -> set[str]:
    """Return those things of which one of some properties was known on a day, or none is stated."""
    told: dict[str, bool] = {}
    properties = {expand(name) for name in names}
    for row in await rows_about(engine, "statements", items):
        if row["property"]["value"] in properties:
            item = row["item"]["value"]
            since = row.get("since", {}).get("value")
            told[item] = told.get(item, False) or (since is not None and since <= day)
    return {item for item in items if told.get(item, True)}


async def describe_known(engine: Engine, items: Sequence[str], day: str) -> Description:
    """Return what was known of things by a day, with their parts, times and names."""
    whole = await describe(engine, items)
    ours = [iri for iri in whole.subjects if _is_ours(iri)]
    rows = await rows_about(engine, "statements", ours)
    times = await rows_about(engine, "known_times", whole.objects(_TIMES))
    since = {row["item"]["value"]: row["since"]["value"] for row in times}
    then = _Then(whole, frozenset(items), rows, since, day)
    known = Description(then.statements())
    missing = [value for value in then.former if not known.knows(value)]
    known.add(await gather(engine, "triples_of", missing))
    for item in items:
        _add_begins(known, item)
    for holding, name, begin in known.statements:
        if name == f"<{_TAKEN_UP}>" and is_address(holding) and is_address(begin):
            _add_office(known, holding[1:-1], begin[1:-1])
    return known


def _add_begins(known: Description, item: str) -> None:
    """Add when a course of action and its steps began, as far as that was known of their acts."""
    began = ox.NamedNode(expand("began"))
    for step in known.texts(item, "hasStep"):
        begins = known.values(step, "began") or known.values(step, _BEGIN_OF_ACT)
        known.add(statement(ox.Triple(ox.NamedNode(step), began, begin)) for begin in begins[:1])
    days = {
        day: begin
        for begin in known.values(item, "hasStep/began")
        if isinstance(begin, ox.NamedNode) and (day := known.text(begin.value, "earliest|latest"))
    }
    if days and not known.values(item, "began"):
        known.add([statement(ox.Triple(ox.NamedNode(item), began, days[min(days)]))])


def _add_office(known: Description, holding: str, begin: str) -> None:
    """Add for how long an office was held as far as it was known: from its begin on."""
    if known.values(holding, "held"):
        return
    held = ox.NamedNode(str(thing("time", digest(holding, "held as known"))))
    triples = [ox.Triple(ox.NamedNode(holding), ox.NamedNode(expand("held")), held)]
    for name in ("verbatim", "dateStatus", "earliest"):
        for value in known.values(begin, name):
            triples.append(ox.Triple(held, ox.NamedNode(expand(name)), value))
    known.add(map(statement, triples))


def _is_ours(iri: str) -> bool:
    """Return whether a thing is one that sources may tell of."""
    return iri.startswith(str(ID)) and kind_and_local(short(iri))[0] != "time"


def is_of_register(iri: str) -> bool:
    """Return whether a register tells of a thing, whatever the sources say."""
    return not _is_ours(iri) or kind_and_local(short(iri))[0] in _REGISTER


def _term(row: Row) -> Term:
    """Return the value of a statement."""
    value = row["value"]
    if value["type"] == "uri":
        return ox.NamedNode(value["value"])
    datatype = value.get("datatype")
    return ox.Literal(value["value"], datatype=ox.NamedNode(datatype) if datatype else None)


class _Then:
    """Which triples about some things were known on a day."""

    def __init__(
        self,
        whole: Description,
        items: frozenset[str],
        rows: Iterable[Row],
        times: Mapping[str, str],
        day: str,
    ) -> None:
        self._whole = whole
        self._items = items
        self._day = day
        self._times = times
        self._known: dict[_Statement, bool] = {}
        self._former: dict[_Statement, Statement] = {}
        for row in rows:
            item, name, value = (row[key]["value"] for key in ("item", "property", "value"))
            since, until = (row.get(key, {}).get("value") for key in ("since", "until"))
            is_known = since is not None and since <= day and (until is None or day < until)
            told = item, name, value
            self._known[told] = self._known.get(told, False) or is_known
            if is_known and until is not None:
                triple = ox.Triple(ox.NamedNode(item), ox.NamedNode(name), _term(row))
                self._former[told] = statement(triple)
        # What has been replaced since is not what today's derived triples rest on.
        self._has = {
            told[:2]
            for told, is_known in self._known.items()
            if is_known and told not in self._former
        }

    @property
    def former(self) -> list[str]:
        """The things and times that were chosen then and no longer are."""
        values = (value for _, _, value in self._former.values())
        return [value[1:-1] for value in values if is_address(value)]

    def statements(self) -> list[Statement]:
        """Return the triples that were known, also those that have been replaced since."""
        kept = [told for told in self._whole.statements if self._is_known(told)]
        return [*kept, *self._former.values()]

    def _is_known(self, told: Statement) -> bool:
        subject = told[0][1:-1] if is_address(told[0]) else ""
        name, value = told[1][1:-1], told[2]
        if subject not in self._items and name in _NAME_ADDRESSES:
            return True
        plain = said(value)
        if (subject, name, plain) in self._known:
            return self._known[subject, name, plain]
        if is_of_register(subject):
            return True
        other = plain if is_address(value) else None
        if self._is_later(other) or self._is_later(subject or None):
            return False
        return self._follows(subject, name, other)

    def _is_later(self, iri: str | None) -> bool:
        """Return whether no source that was known then speaks of a thing."""
        since = self._whole.text(iri, "knownFrom") if iri else None
        return since is not None and since > self._day

    def _follows(self, subject: str, name: str, other: str | None) -> bool:
        """Return whether a derived triple follows from what was known; of a thing its address."""
        if name in _ALWAYS_ADDRESSES:
            return True
        if name in _TIME_ADDRESSES:
            return other is not None and self._times.get(other, "9") <= self._day
        if name in _INVERSE_ADDRESSES and other is not None:
            return self._known.get((other, _INVERSE_ADDRESSES[name], subject), False)
        if name == _HELD:
            return self._is_whole(subject)
        return any((subject, one) in self._has for one in _BASES.get(name, ()))

    def _is_whole(self, holding: str) -> bool:
        """Return whether all that is told of the time of an office was known."""
        told = [
            (holding, expand(name), value)
            for name in _OFFICE_TIMES
            for value in self._whole.texts(holding, name)
        ]
        return bool(told) and all(self._known.get(triple, False) for triple in told)


_OFFICE_TIMES = "takenUp", "vacated"
_HELD, _TAKEN_UP = expand("held"), expand("takenUp")
_NAME_ADDRESSES = frozenset(expand(name) for name in _NAMES)
_ALWAYS_ADDRESSES = frozenset(expand(name) for name in _ALWAYS)
_TIME_ADDRESSES = frozenset(expand(name) for name in _TIMES)
_INVERSE_ADDRESSES = {expand(name): expand(other) for name, other in _INVERSES.items()}
_BASES = {expand(name): tuple(expand(one) for one in bases) for name, bases in _RESTS_ON.items()}
