"""What sources had told of some councils until a day, as facts that the rules can be asked about.

A world is a council, or several that acts were addressed to together, and a day: its things are
the council with its acts, offices, sightings, inspections and reports, and its facts are those that
the rules of choice chose among what had been published by then. Each thing bears the day in its
address, so that many worlds stand in one store and know nothing of each other.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

import pyoxigraph as ox
from rdflib import RDF, URIRef

from loaders.claims.known_from import SlotHistory
from loaders.claims.writer import described, node, resolved_triples
from ontology import CI
from ontology.dates import TimeReading
from ontology.identifiers import concept, kind_and_local, short, thing
from ontology.namespaces import ID

_BELONGS: Mapping[URIRef, Sequence[str]] = {
    CI.addressedTo: ("designation", "direction", "letter", "measure", "notice"),
    CI.forCouncil: ("post", "sighting"),
    CI.ofCouncil: ("inspection", "transfer"),
    CI.toPost: ("appointment",),
    CI.aboutCouncil: ("document",),
}
"""By which property things of some kinds belong to a council, or to what belongs to one."""
_REPORTS = CI.CommissionerReportDocument, CI.AdviserReportDocument
"""Documents that belong to a council: those of whom a minister had sent in."""
_OPENS = "appointment", "designation", "direction", "document", "measure", "notice", "sighting"
"""Kinds of things of which one must be known before a council can be under intervention."""
# takes: "direction WOR-2017-02!2018-06-30, 2017"
# leaves: "Stop! 2018-06-30"
_MARK = re.compile(r"!([0-9]{4}-[0-9]{2}-[0-9]{2})")
_ADDRESS = re.compile(r"<([^<> ]+)>")


@dataclass(frozen=True)
class Group:
    """Councils whose acts hang together, and the facts of all that belongs to them."""

    councils: frozenset[str]
    things: frozenset[str]
    facts: Sequence[SlotHistory]

    def days(self) -> list[date]:
        """Return the days on which something new was known of it, once anything was, in order."""
        opened = min((_first(fact) for fact in self.facts if _opens(fact)), default=date.max)
        return sorted({day for fact in self.facts for day in _changes(fact) if day >= opened})


def _opens(fact: SlotHistory) -> bool:
    return _kind(fact.slot.about) in _OPENS


def _first(fact: SlotHistory) -> date:
    return min(_changes(fact), default=date.max)


def _kind(address: str) -> str:
    return kind_and_local(short(address))[0]


def _changes(fact: SlotHistory) -> Iterator[date]:
    """Yield the days on which another value came to be chosen, or the first."""
    for former in fact.former:
        yield from (former.since, former.until)
    if fact.since:
        yield fact.since


def _values(fact: SlotHistory) -> set[str]:
    """Return every value that is or was chosen for a fact, as text."""
    claims = [former.claim for former in fact.former]
    if fact.since and fact.slot.preferred:
        claims.append(fact.slot.preferred)
    return {str(claim.value) for claim in claims}


def groups_of(facts: Sequence[SlotHistory], reports: Iterable[str]) -> list[Group]:
    """Return the councils of which sources tell, with all that belongs to each.

    In: the addresses of the reports of those whom ministers sent in.
    """
    kept = {"document": frozenset(reports), "inspection": _telling(facts)}
    owners: dict[str, set[str]] = defaultdict(set)
    for fact in facts:
        about = str(fact.slot.about)
        kind = _kind(about)
        if about not in kept.get(kind, (about,)):
            continue
        if kind in _BELONGS.get(fact.slot.property, ()):
            owners[about] |= _values(fact)
        elif kind == _JUDGEMENT and fact.slot.property == CI.grade:
            owners[about] = {str(_place_of(about)[0])}
    councils = {one: _councils(one, owners) for one in owners}
    joined: dict[str, frozenset[str]] = {}
    for some in councils.values():
        whole = frozenset(some).union(*(joined.get(one, ()) for one in some))
        joined |= dict.fromkeys(whole, whole)
    own: dict[frozenset[str], list[SlotHistory]] = defaultdict(list)
    for fact in facts:
        if of_some := councils.get(str(fact.slot.about)):
            own[joined[min(of_some)]].append(fact)
    return [
        Group(some, some | {str(fact.slot.about) for fact in told}, told)
        for some, told in own.items()
    ]


def _telling(facts: Iterable[SlotHistory]) -> frozenset[str]:
    """Return the inspections that tell of states and offices: those with grades, and reviews."""
    found = set()
    for fact in facts:
        about = str(fact.slot.about)
        if fact.slot.property == CI.grade and _kind(about) == _JUDGEMENT:
            found.add(str(_place_of(about)[0]))
        elif fact.slot.property == RDF.type and str(CI.BestValueInspection) in _values(fact):
            found.add(about)
    return frozenset(found)


def _place_of(judgement: str) -> tuple[URIRef, URIRef]:
    """Return the inspection that gave a judgement, and the area that it is on."""
    local = kind_and_local(short(judgement))[1]
    inspection, _, area = local.partition("/")
    return thing("inspection", inspection), concept("area", area)


def _councils(one: str, owners: Mapping[str, set[str]]) -> set[str]:
    """Return the councils that a thing belongs to, by way of its post or inspection if need be."""
    return {
        council
        for owner in owners[one]
        for council in (_councils(owner, owners) if owner in owners else (owner,))
    }


def reports_of(seen: ox.Store) -> list[str]:
    """Return the reports of those whom ministers sent in."""
    return [
        quad.subject.value
        for report in _REPORTS
        for quad in seen.quads_for_pattern(None, ox.NamedNode(RDF.type), ox.NamedNode(report))
        if isinstance(quad.subject, ox.NamedNode)
    ]


def unmarked(text: str) -> str:
    """Return a text without the day of the world that its things are of.

    >>> unmarked("direction WOR-2017-02!2018-06-30")
    'direction WOR-2017-02'
    """
    return _MARK.sub("", text)


def world_of(text: str) -> str:
    """Return the day of the world that a thing is of; nothing for one of today.

    >>> world_of("https://example.org/id/direction/WOR-2017-02!2018-06-30")
    '2018-06-30'
    """
    found = _MARK.search(text)
    return found[1] if found else ""


_JUDGEMENT = "judgement"
_SHARED = str(ID["time/"]), str(ID["person/"])
_TODAY = "!today"
"""Stands in a text for the day of whichever world it is of.

It begins with a sign that is sorted before all others of a name, so that the things of a world are
in the order of those of today.
"""


@dataclass(frozen=True)
class Told:
    """What was chosen for a fact from one day until before another, and the source of its time."""

    since: date
    until: date
    text: str
    source: str


class Worlds:
    """What sources had told of a group until one day or another.

    In: `seen` is what an analyst's query sees, for what registers tell of the councils.
    """

    def __init__(self, group: Group, seen: ox.Store) -> None:
        self._group = group
        self._seen = seen
        self._told = [told for fact in group.facts for told in self._chosen(fact)]
        self._register = "".join(
            line for council in sorted(group.councils) for line in self._of_register(council)
        )

    def facts(self, day: date) -> str:
        """Return what was chosen for each fact among what had been published, as N-Triples."""
        told = [one.text for one in self._told if one.since <= day < one.until]
        return "".join([self._register, *told]).replace(_TODAY, f"!{day}")

    def sources(self, day: date) -> str:
        """Return the source of each claim that tells a time, as N-Triples."""
        return "".join(one.source for one in self._told if one.since <= day < one.until)

    def _chosen(self, fact: SlotHistory) -> Iterator[Told]:
        """Yield what was chosen for a fact, through time."""
        spans = [(one.since, one.until, one.claim) for one in fact.former]
        if fact.since and fact.slot.preferred:
            spans.append((fact.since, date.max, fact.slot.preferred))
        for since, until, claim in spans:
            lines = resolved_triples(replace(fact.slot, preferred=claim))
            text, source = self._here("".join(lines)), ""
            if isinstance(claim.value, TimeReading):
                slot = node(f"{fact.slot.iri}{_TODAY}")
                chosen = ("preferredClaim", node(claim.iri))
                about = ("about", self._here(node(fact.slot.about)))
                text += described(slot, ("property", node(fact.slot.property)), about, chosen)
                document = node(thing("document", claim.document))
                source = described(node(claim.iri), ("source", document))
            yield Told(since, until, text + self._places(fact), source)

    def _here(self, text: str) -> str:
        """Return lines of N-Triples about the things of a world, not about those of today.

        Out: of times and people too, or each world would find those of all others by them.
        """

        def here(found: re.Match[str]) -> str:
            address = found[1]
            is_own = address in self._group.things or address.startswith(_SHARED)
            return f"<{address}{_TODAY}>" if is_own else found[0]

        return _ADDRESS.sub(here, text)

    def _of_register(self, council: str) -> Iterator[str]:
        """Yield what a register tells of a council, and what came after it."""
        code = ox.NamedNode(CI.registerCode)
        for quad in self._seen.quads_for_pattern(ox.NamedNode(council), None, None):
            value = str(quad.object)
            if quad.predicate == code and isinstance(quad.object, ox.Literal):
                value = str(ox.Literal(f"{quad.object.value}{_TODAY}"))
            yield self._here(f"{quad.subject} {quad.predicate} {value} .\n")
        succeeds = ox.NamedNode(CI.succeeds)
        for quad in self._seen.quads_for_pattern(None, succeeds, ox.NamedNode(council)):
            yield f"{quad.subject} {quad.predicate} {self._here(str(quad.object))} .\n"

    def _places(self, fact: SlotHistory) -> str:
        """Return what the address of a thing tells of it, or a register, where a fact names it."""
        about = str(fact.slot.about)
        if fact.slot.property == RDF.type and _kind(about) == _JUDGEMENT:
            inspection, area = _place_of(about)
            places = ("ofInspection", node(inspection)), ("onArea", node(area))
            return self._here(described(node(about), *places))
        if fact.slot.property == CI.aboutCouncil:
            report, kind = ox.NamedNode(about), ox.NamedNode(RDF.type)
            kinds = self._seen.quads_for_pattern(report, kind, None)
            return self._here("".join(f"{report} {kind} {quad.object} .\n" for quad in kinds))
        return ""
