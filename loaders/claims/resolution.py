"""Choose one value per fact from the claims about it, by rule, and say which rule chose.

The rules narrow the claims of a slot one after the other until one value is left. None averages or
guesses: if more than one value is left, the fact stays open and nothing is resolved.
"""

import builtins
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace

from rdflib import URIRef

from data.decisions.discrepancies import Preference
from loaders.claims.claim import AFFIRMED, Claim
from ontology import CI
from ontology.dates import TimeReading
from ontology.identifiers import concept

_SILENCES = frozenset(
    concept("not-judged-reason", reason) for reason in ("not-reported-in-source", "unreadable")
)
"""Reasons for no grade that speak of the source alone; the others speak of the inspection."""


@dataclass(frozen=True)
class Slot:
    """One fact and the claims about it; the winner, if a rule could choose one."""

    iri: URIRef
    about: URIRef
    property: URIRef
    claims: tuple[Claim, ...]
    preferred: Claim | None
    rule: str | None
    reason: str

    # `property` alone is a field of this class.
    @builtins.property
    def values(self) -> set[str]:
        """The different values that are claimed, in comparable form."""
        return {claim.key for claim in self.claims}


@dataclass(frozen=True)
class Knowledge:
    """What the rules need to know beyond the claims of one fact: which thing is part of which, too.

    In: `resolve` fills in the wholes from all claims.
    """

    tiers: Mapping[str, int]
    embodiments: Mapping[str, URIRef]
    preferences: tuple[Preference, ...] = ()
    wholes: Mapping[URIRef, URIRef] = field(default_factory=dict)

    def is_own_act(self, claim: Claim) -> bool:
        """Return whether the claim constitutes something of the act that its document embodies."""
        act = self.embodiments.get(claim.document)
        if act is None or claim.force != "constitutive":
            return False
        part: URIRef | None = claim.about
        while part is not None and part != act:
            part = self.wholes.get(part)
        return part is not None


def wholes_of(claims: Iterable[Claim]) -> dict[URIRef, URIRef]:
    """Return what each duty, deadline and finding is a part of: an act, or a duty of one."""
    wholes: dict[URIRef, URIRef] = {}
    for claim in claims:
        if isinstance(claim.value, URIRef):
            if claim.property == CI.imposedBy:
                wholes[claim.about] = claim.value
            elif claim.property in (CI.satisfiedOf, CI.deadline):
                wholes[claim.value] = claim.about
    return wholes


Narrow = Callable[[list[Claim], Knowledge], list[Claim]]


def resolve(claims: Iterable[Claim], knowledge: Knowledge) -> list[Slot]:
    """Return every slot with its winner, sorted by address."""
    grouped: dict[URIRef, list[Claim]] = defaultdict(list)
    for claim in claims:
        grouped[claim.slot].append(claim)
    stated = (claim for several in grouped.values() for claim in several)
    knowledge = replace(knowledge, wholes=wholes_of(stated))
    slots = [_choose(iri, tuple(grouped[iri]), knowledge) for iri in sorted(grouped)]
    graded = {slot.about for slot in slots if slot.property == CI.grade and slot.preferred}
    return [_yielding(slot) if slot.about in graded else slot for slot in slots]


def chosen_among(claims: tuple[Claim, ...], knowledge: Knowledge) -> Claim | None:
    """Return the claim that the rules prefer among some claims about one fact."""
    return _choose(claims[0].slot, claims, knowledge).preferred


def is_silence(claim: Claim) -> bool:
    """Return whether a claim says no more than that its source gives no grade."""
    return claim.property == CI.notJudged and claim.value in _SILENCES


def _yielding(slot: Slot) -> Slot:
    """Return a slot of something that has a grade: that one source is silent counts no more."""
    winner = slot.preferred
    if winner is None or not is_silence(winner):
        return slot
    return replace(slot, preferred=None, rule=None, reason="another source gives the grade")


def _own_act(claims: list[Claim], knowledge: Knowledge) -> list[Claim]:
    """R1: a document that makes an act is believed on that act."""
    return [claim for claim in claims if knowledge.is_own_act(claim)]


def _preferred_by(rule: str) -> Narrow:
    """R2 and R5: a reviewed correction, or a person's decision."""

    def narrow(claims: list[Claim], knowledge: Knowledge) -> list[Claim]:
        chosen = {
            preference.claim for preference in knowledge.preferences if preference.rule == rule
        }
        return [claim for claim in claims if claim.iri in chosen]

    return narrow


def _lowest_tier(claims: list[Claim], knowledge: Knowledge) -> list[Claim]:
    """R3: the source nearest to the act wins."""
    lowest = min(knowledge.tiers[claim.document] for claim in claims)
    return [claim for claim in claims if knowledge.tiers[claim.document] == lowest]


def _narrowest(claims: list[Claim], _: Knowledge) -> list[Claim]:
    """R4: a narrower time inside all wider ones wins."""
    return [claim for claim in claims if all(_lies_within(claim, other) for other in claims)]


def _lies_within(claim: Claim, other: Claim) -> bool:
    """Return whether every day that the claim allows is allowed by the other claim too."""
    inner, outer = claim.value, other.value
    if not isinstance(inner, TimeReading) or not isinstance(outer, TimeReading):
        return False
    starts = outer.earliest is None or (
        inner.earliest is not None and inner.earliest >= outer.earliest
    )
    ends = outer.latest is None or (inner.latest is not None and inner.latest <= outer.latest)
    return starts and ends


_RULES: tuple[tuple[str, str, Narrow], ...] = (
    ("r1", "the document that makes the act is the best witness of its own act", _own_act),
    ("r2", "a reviewed correction", _preferred_by("r2")),
    ("r3", "the source nearest to the act outranks the others", _lowest_tier),
    ("r4", "the narrower time lies inside the wider one", _narrowest),
    ("r5", "a decision by a person, with a reason", _preferred_by("r5")),
)
"""The rules in order: notation, meaning, and how it narrows the claims.

A rule that leaves no claim does not apply.
"""


def _choose(iri: URIRef, claims: tuple[Claim, ...], knowledge: Knowledge) -> Slot:
    """Return the slot with the claim that the rules prefer."""
    about, prop = claims[0].about, claims[0].property
    left = [claim for claim in claims if claim.modality in AFFIRMED]
    if not left:
        return Slot(iri, about, prop, claims, None, None, "only a possibility or a plan is claimed")
    rule, reason = "unopposed", "all sources that state it agree"
    for notation, meaning, narrow in _RULES:
        if len({claim.key for claim in left}) == 1:
            break
        narrowed = narrow(left, knowledge)
        if narrowed and len({claim.key for claim in narrowed}) < len({claim.key for claim in left}):
            left, rule, reason = narrowed, notation, _reason(meaning, narrowed, knowledge)
    keys = {claim.key for claim in left}
    if len(keys) > 1:
        return Slot(iri, about, prop, claims, None, None, "no rule could choose between the values")
    winner = min(left, key=lambda claim: _rank(claim, knowledge)) if len(left) > 1 else left[0]
    if winner.polarity == "negative":
        return Slot(
            iri, about, prop, claims, None, None, "the value is denied; nothing else is claimed"
        )
    return Slot(iri, about, prop, claims, winner, rule, reason)


def _reason(meaning: str, claims: list[Claim], knowledge: Knowledge) -> str:
    """Return the reason to record: a reviewed decision's own words, or the meaning of the rule."""
    chosen = {claim.iri for claim in claims}
    decided = [
        preference.reason for preference in knowledge.preferences if preference.claim in chosen
    ]
    return decided[0] if decided else meaning


def _rank(claim: Claim, knowledge: Knowledge) -> tuple[bool, int, str, int]:
    """Order equal claims: own act first, then tier, then document and place."""
    return (
        not knowledge.is_own_act(claim),
        knowledge.tiers[claim.document],
        claim.document,
        claim.passage.start,
    )
