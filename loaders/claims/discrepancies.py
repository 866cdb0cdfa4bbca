"""Find where sources differ, or a value cannot stand as it is, and say what kind of case it is."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rdflib import URIRef

from data.decisions.discrepancies import Decisions, Difference, Pointer, Preference
from loaders.claims.claim import Claim
from loaders.claims.resolution import Slot
from loaders.claims.values import known_concept
from ontology import CI
from ontology.dates import TimeReading
from ontology.errors import InterventionsError, UnreadableRecord
from ontology.identifiers import digest, reference, thing

_UNUSABLE_ALONE: dict[str, str] = {
    "impossible": "impossible-value",
    "blank": "blank-value",
    "relative": "relative-value",
}
"""Kind of discrepancy that a time of this status is by itself."""

_EXPLANATIONS: dict[str, str] = {
    "alias": "The sources use different names for the same thing; all of them are kept.",
    "blank-value": "The place for the value is left empty; other dates bound it.",
    "contradiction": "The sources give values that cannot both be right.",
    "disputed-by-source": "A source denies a value that it reports; no value is taken over.",
    "impossible-value": (
        "The calendar has no such day; the words are kept with the readings they may stand for."
    ),
    "refinement": (
        "One source is more exact than the other; the exact value lies within the wider one."
    ),
    "relative-value": "The source gives the time only in relation to another event.",
}
"""Meaning of each kind that is recognised automatically; a reviewer explains the other kinds."""


@dataclass(frozen=True)
class Discrepancy:
    """A difference between claims, or a fault of one, with its kind and what is used instead."""

    type: str
    about: URIRef
    claims: tuple[Claim, ...]
    used: tuple[Claim, ...]
    explanation: str

    @property
    def iri(self) -> URIRef:
        """The stable address, from the claims that differ."""
        return thing("discrepancy", digest(*sorted(str(claim.iri) for claim in self.claims)))


ClaimsByThing = Mapping[URIRef, Sequence[Claim]]


def by_thing(claims: Iterable[Claim]) -> ClaimsByThing:
    """Return the claims on each thing."""
    grouped: dict[URIRef, list[Claim]] = defaultdict(list)
    for claim in claims:
        grouped[claim.about].append(claim)
    return dict(grouped)


def find_claim(claims: ClaimsByThing, pointer: Pointer) -> Claim:
    """Return the one claim that a reviewer points at.

    Raises: UnreadableRecord if there is none, or more than one.
    """
    place = pointer.place
    try:
        about, prop = reference(pointer.about), CI[pointer.property]
    except (InterventionsError, AttributeError) as error:
        raise UnreadableRecord(f"{place}: {pointer}: {error}") from None
    matched = [
        claim
        for claim in claims.get(about, ())
        if (claim.document, claim.property) == (pointer.document, prop)
        and pointer.at in (None, claim.passage.at)
        and pointer.words in (None, claim.passage.words)
    ]
    if len(matched) != 1:
        places = "; ".join(claim.place for claim in matched) or "none"
        raise UnreadableRecord(
            f"{place}: {len(matched)} claims match {pointer}; expected one (found: {places})"
        )
    return matched[0]


def preferences(decisions: Decisions, claims: Sequence[Claim]) -> tuple[Preference, ...]:
    """Return the reviewed choices with the claims they prefer."""
    known = by_thing(claims)
    return tuple(
        Preference(choice.rule, find_claim(known, choice.prefer).iri, choice.reason)
        for choice in decisions.choices
    )


def find_discrepancies(
    slots: Sequence[Slot], decisions: Decisions, across: Iterable[Discrepancy] = ()
) -> list[Discrepancy]:
    """Return every discrepancy by address; a reviewer's reading replaces the automatic one.

    In: `across` has what was found between facts of several things; the rest is found here.
    """
    winners = {slot.iri: slot.preferred for slot in slots}
    claims = by_thing(claim for slot in slots for claim in slot.claims)
    reviewed = [_reviewed(difference, claims, winners) for difference in decisions.differences]
    explained = [{claim.iri for claim in difference.claims} for difference in reviewed]
    discrepancies = list(reviewed)
    for found in (*_within(slots), *across):
        if not any({claim.iri for claim in found.claims} <= seen for seen in explained):
            discrepancies.append(found)
    return sorted(discrepancies, key=lambda discrepancy: discrepancy.iri)


def _within(slots: Iterable[Slot]) -> Iterator[Discrepancy]:
    """Yield the difference between the claims of each slot that has one."""
    for slot in slots:
        differing = one_of_each_source(slot.claims)
        kind = _kind(slot, differing)
        if kind is not None:
            used = (slot.preferred,) if slot.preferred else ()
            yield Discrepancy(kind, slot.about, differing, used, _EXPLANATIONS[kind])


def _reviewed(
    difference: Difference, claims: ClaimsByThing, winners: dict[URIRef, Claim | None]
) -> Discrepancy:
    place = difference.place
    try:
        known_concept("discrepancy-type", difference.type)
        about = reference(difference.about)
        prop = CI[difference.property] if difference.property else None
    except (InterventionsError, AttributeError) as error:
        raise UnreadableRecord(f"{place}: {error}") from None
    if prop is None:
        differing = tuple(find_claim(claims, pointer) for pointer in difference.between)
    else:
        differing = one_of_each_source(
            claim for claim in claims.get(about, ()) if claim.property == prop
        )
    if not differing or about not in claims:
        raise UnreadableRecord(
            f"{place}: no claim on {difference.about}; correct about or property"
        )
    used = {claim.slot: winners[claim.slot] for claim in differing}
    chosen = tuple(winner for winner in used.values() if winner)
    return Discrepancy(difference.type, about, differing, chosen, difference.explanation)


def one_of_each_source(claims: Iterable[Claim]) -> tuple[Claim, ...]:
    """Return one claim per value and document: each source speaks once for each of its values."""
    seen: dict[tuple[str, str], Claim] = {}
    for claim in claims:
        seen.setdefault((claim.document, claim.key), claim)
    return tuple(seen.values())


def _kind(slot: Slot, differing: tuple[Claim, ...]) -> str | None:
    """Return the kind of a slot's difference, or None if nothing differs and nothing is wrong."""
    statuses = [claim.value.status for claim in differing if isinstance(claim.value, TimeReading)]
    for status, kind in _UNUSABLE_ALONE.items():
        if status in statuses:
            return kind
    if len(slot.values) < 2:
        return None
    if any(claim.polarity == "negative" for claim in differing):
        return "disputed-by-source"
    if slot.property == CI.namedAs:
        return "alias"
    return "refinement" if _overlap(differing) else "contradiction"


def _overlap(claims: Sequence[Claim]) -> bool:
    """Return whether the claims are times and some day is allowed by all of them."""
    times = [claim.value for claim in claims if isinstance(claim.value, TimeReading)]
    earliest = [time.earliest for time in times if time.earliest]
    latest = [time.latest for time in times if time.latest]
    if len(times) != len(claims):
        return False
    return not earliest or not latest or max(earliest) <= min(latest)
