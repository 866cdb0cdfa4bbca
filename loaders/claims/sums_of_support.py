"""Find sums of support that contradict each other: one decision that sources tell as several sums.

Why it is separate: each sum is a thing of its own, so no fact of one thing shows the difference.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rdflib import URIRef
from rdflib.namespace import RDF

from loaders.claims.claim import Claim
from loaders.claims.discrepancies import Discrepancy, one_of_each_source
from loaders.claims.resolution import Slot
from ontology import CI
from ontology.dates import TimeReading
from ontology.identifiers import concept

_DECISION = (CI.ofCouncil, CI.financialYear, CI.lastFinancialYear, CI.decidedInYear)
"""What two sums share that are told of one decision; of those years the last can be missing."""

_SETTLED = {
    concept("support-status", status): rank
    for status, rank in (("in-principle", 1), ("revised", 2), ("final", 2), ("withdrawn", 2))
}
"""How settled a sum is, as `financial_support_by_year` ranks it; a sum of unknown status is 0."""

_EXPLANATION = (
    "The sources tell different sums for one council, year and decision, and none says that one "
    "took the place of the other; the one that is more settled, of the nearer source, and newer "
    "is used."
)


@dataclass(frozen=True)
class _Sum:
    """A sum of support with the facts about it."""

    iri: URIRef
    slots: tuple[Slot, ...]

    def chosen(self, prop: URIRef) -> list[Claim]:
        """Return the claims that were chosen for a property."""
        found = (slot.preferred for slot in self.slots if slot.property == prop)
        return [claim for claim in found if claim]

    def told(self, prop: URIRef) -> list[Claim]:
        """Return what any source says of a property."""
        slots = (slot for slot in self.slots if slot.property == prop)
        return [claim for slot in slots for claim in slot.claims if claim.is_affirmed]

    @property
    def decision(self) -> tuple[str, ...]:
        """The council and years that it was decided for."""
        return tuple(" ".join(claim.key for claim in self.chosen(prop)) for prop in _DECISION)

    @property
    def measure(self) -> URIRef:
        """The property that tells how much it is: support that was withdrawn has no amount."""
        return CI.amountGbp if self.chosen(CI.amountGbp) else CI.supportStatus

    def standing(self, tiers: Mapping[str, int]) -> tuple[int, int, str, str]:
        """Return what orders sums that contradict each other; the greatest is used."""
        settled = [
            _SETTLED[claim.value]
            for claim in self.told(CI.supportStatus)
            if isinstance(claim.value, URIRef)
        ]
        stated = self.told(CI.stated)
        days = [
            claim.value.earliest.isoformat()
            for claim in stated
            if isinstance(claim.value, TimeReading) and claim.value.earliest
        ]
        nearest = min((tiers[claim.document] for claim in stated), default=9)
        return max(settled, default=0), -nearest, min(days, default=""), str(self.iri)


def contradicting_sums(slots: Sequence[Slot], tiers: Mapping[str, int]) -> Iterator[Discrepancy]:
    """Yield a contradiction for each decision of which several sums stand, by its address.

    In: `tiers` has how near each document stands to the act.
    Out: a sum that another supersedes stands no more; the discrepancy is about the sum that is
    used, and has the claims of every sum.
    """
    by_decision: dict[tuple[str, ...], list[_Sum]] = defaultdict(list)
    for one in _standing_sums(slots):
        by_decision[one.decision].append(one)
    for sums in by_decision.values():
        chosen = {claim.key for one in sums for claim in one.chosen(one.measure)}
        if len(chosen) < 2:
            continue
        used = max(sums, key=lambda one: one.standing(tiers))
        told = one_of_each_source(claim for one in sums for claim in one.told(one.measure))
        preferred = tuple(used.chosen(used.measure))
        yield Discrepancy("contradiction", used.iri, told, preferred, _EXPLANATION)


def _standing_sums(slots: Iterable[Slot]) -> Iterator[_Sum]:
    """Yield the sums of support that no other supersedes."""
    of_sums: dict[URIRef, list[Slot]] = {
        slot.about: []
        for slot in slots
        if slot.property == RDF.type and slot.preferred and slot.preferred.value == CI.SupportAmount
    }
    for slot in slots:
        if slot.about in of_sums:
            of_sums[slot.about].append(slot)
    sums = [_Sum(iri, tuple(own)) for iri, own in of_sums.items()]
    superseded = {claim.value for one in sums for claim in one.chosen(CI.supersedes)}
    return (one for one in sums if one.iri not in superseded)
