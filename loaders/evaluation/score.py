"""Compare candidates with reviewed records, fact by fact: precision, recall, F1, exact passages."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from glob import escape
from pathlib import Path

from rdflib import URIRef

from data.records.files import RecordFile
from loaders.claims.claim import Claim, read_claims
from loaders.documents.extract import extract
from loaders.evaluation.facts import FREE_TEXT, aligned_claims, kind_of_fact
from ontology.errors import UnreadableDocument
from ontology.identifiers import short

OVERALL = "all"
_Fact = tuple[str, str, str]
"""Thing, property and value, as they are compared."""

_Facts = Mapping[_Fact, Sequence[Claim]]
"""The claims for each fact of one record."""


@dataclass
class FactTally:
    """How many facts of a kind the gold has, how many were found, and how many of those are right.

    In: `wrong_certain` are found facts that the gold has not, stated without doubt; `exact` are
    right ones whose passage is that of the gold, character by character.
    """

    gold: int = 0
    found: int = 0
    right: int = 0
    exact: int = 0
    wrong_certain: int = 0

    @property
    def precision(self) -> float:
        """The share of found facts that are right."""
        return self.right / self.found if self.found else 1.0

    @property
    def recall(self) -> float:
        """The share of the gold's facts that were found."""
        return self.right / self.gold if self.gold else 1.0

    @property
    def f1(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0

    def add(self, other: FactTally) -> None:
        """Add the numbers of another tally."""
        self.gold += other.gold
        self.found += other.found
        self.right += other.right
        self.exact += other.exact
        self.wrong_certain += other.wrong_certain


@dataclass
class Comparison:
    """The facts of one document: in the gold, found, and the tallies by kind."""

    name: str
    tallies: dict[str, FactTally] = field(default_factory=dict)
    missed: list[Claim] = field(default_factory=list)
    invented: list[Claim] = field(default_factory=list)

    def lines(self, claims: Iterable[Claim]) -> list[str]:
        """Return claims for people, one a line."""
        return [
            f"{kind_of_fact(claim)}: {short(str(claim.about))} {short(str(claim.property))} "
            f"{short(claim.key)} at {claim.passage.at}, {claim.passage.place}"
            for claim in claims
        ]


def evaluate_records(
    records: Iterable[RecordFile], folder: Path
) -> tuple[list[Comparison], list[str]]:
    """Return a comparison for each record whose document is at hand, and what was not compared.

    In: a folder that holds the documents, itself or in folders of its own.
    Guarantee: a document that is not there, is another file or cannot be read is told, not counted.
    """
    comparisons: list[Comparison] = []
    left_out: list[str] = []
    for gold in records:
        document = gold.record.document
        named = folder.rglob(escape(document.file or "-"))
        path = next((path for path in sorted(named) if path.is_file()), None)
        if path is None:
            left_out.append(f"{gold.name}: {document.file} is not in the folder of documents")
            continue
        try:
            candidate = extract(path)
        except UnreadableDocument as error:
            left_out.append(f"{gold.name}: {error}")
            continue
        own = hashlib.sha256(path.read_bytes()).hexdigest()
        if document.sha256 not in {own, candidate.document.sha256}:
            left_out.append(f"{gold.name}: {document.file} is another file than the one reviewed")
            continue
        comparisons.append(compare(gold, RecordFile(gold.name, "", candidate.record)))
    return comparisons, left_out


def compare(gold: RecordFile, found: RecordFile) -> Comparison:
    """Return how well a candidate agrees with the gold for the same document."""
    wanted = list(read_claims(gold))
    given = aligned_claims(wanted, list(read_claims(found)))
    gold_facts, found_facts = _facts(wanted), _facts(given)
    matched = _matches(gold_facts, found_facts)
    comparison = Comparison(gold.name)
    for fact, claims in gold_facts.items():
        tally = _tally(comparison, claims[0])
        tally.gold += 1
        if fact in matched:
            tally.right += 1
            tally.exact += not _spans(claims).isdisjoint(_spans(found_facts[matched[fact]]))
        else:
            comparison.missed.append(claims[0])
    used = set(matched.values())
    for fact, claims in found_facts.items():
        tally = _tally(comparison, claims[0])
        tally.found += 1
        if fact not in used:
            tally.wrong_certain += any(claim.modality == "asserted" for claim in claims)
            comparison.invented.append(claims[0])
    return comparison


def _tally(comparison: Comparison, claim: Claim) -> FactTally:
    return comparison.tallies.setdefault(kind_of_fact(claim), FactTally())


def _facts(claims: Iterable[Claim]) -> _Facts:
    """Return claims by fact: the same fact at several places is one."""
    facts: dict[_Fact, list[Claim]] = {}
    for claim in claims:
        if kind_of_fact(claim):
            facts.setdefault(_fact(claim), []).append(claim)
    return facts


def _spans(claims: Iterable[Claim]) -> set[tuple[int, int]]:
    return {(claim.passage.start, claim.passage.end) for claim in claims}


def _fact(claim: Claim) -> _Fact:
    """Return a claim as it is compared; words of our own are told apart by their places alone."""
    about = short(str(claim.about))
    if URIRef(claim.property) in FREE_TEXT:
        return about, str(claim.property), claim.passage.place
    return about, str(claim.property), claim.key


def _matches(gold: _Facts, found: _Facts) -> Mapping[_Fact, _Fact]:
    """Return the found fact for each gold fact that was found.

    Equal facts match; of words of our own, those about the same thing whose passages overlap.
    """
    matched = {fact: fact for fact in gold if fact in found}
    used = set(matched.values())
    for fact in gold:
        if fact in matched or URIRef(fact[1]) not in FREE_TEXT:
            continue
        for other, claims in found.items():
            if other[:2] == fact[:2] and other not in used and _touch(gold[fact], claims):
                matched[fact] = other
                used.add(other)
                break
    return matched


def _touch(claims: Sequence[Claim], others: Sequence[Claim]) -> bool:
    return any(
        start < other_end and other_start < end
        for start, end in _spans(claims)
        for other_start, other_end in _spans(others)
    )


def totals(comparisons: Sequence[Comparison]) -> dict[str, FactTally]:
    """Return the tallies of all documents by kind of fact, and of all kinds together."""
    by_kind: dict[str, FactTally] = {}
    overall = FactTally()
    for comparison in comparisons:
        for kind, tally in comparison.tallies.items():
            by_kind.setdefault(kind, FactTally()).add(tally)
            overall.add(tally)
    return {**dict(sorted(by_kind.items())), OVERALL: overall}


def table_lines(tallies: Mapping[str, FactTally]) -> list[str]:
    """Return the tallies as a table in Markdown."""
    lines = [
        "| kind of fact | gold | found | right | precision | recall | F1 | exact passages | "
        "wrong, certain |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for kind, tally in tallies.items():
        exact = tally.exact / tally.right if tally.right else 1.0
        lines.append(
            f"| {kind} | {tally.gold} | {tally.found} | {tally.right} | {tally.precision:.3f} "
            f"| {tally.recall:.3f} | {tally.f1:.3f} | {exact:.2f} | {tally.wrong_certain} |"
        )
    return lines
