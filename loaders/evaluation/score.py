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
from loaders.evaluation.alignment import aligned_claims
from loaders.evaluation.fact_kinds import FREE_TEXT, kind_of_fact
from ontology.errors import UnreadableDocument
from ontology.identifiers import short

OVERALL = "all"
Fact = tuple[str, str, str]
"""Thing, property and value, as they are compared."""

Span = tuple[int, int]


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
            f"{kind_of_fact(one)}: {short(str(one.about))} {short(str(one.property))} "
            f"{short(one.key)} at {one.passage.at}, {one.passage.place}"
            for one in claims
        ]


@dataclass
class _Facts:
    """The claims for each fact of one record."""

    claims: dict[Fact, list[Claim]]

    def spans(self, fact: Fact) -> list[Span]:
        """Return the places of a fact."""
        return [(one.passage.start, one.passage.end) for one in self.claims[fact]]


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
        path = next((one for one in sorted(named) if one.is_file()), None)
        if path is None:
            left_out.append(f"{gold.name}: {document.file} is not in the folder of documents")
            continue
        try:
            found = extract(path)
        except UnreadableDocument as error:
            left_out.append(f"{gold.name}: {error}")
            continue
        own = hashlib.sha256(path.read_bytes()).hexdigest()
        if document.sha256 not in {own, found.document.sha256}:
            left_out.append(f"{gold.name}: {document.file} is another file than the one reviewed")
            continue
        comparisons.append(compare(gold, RecordFile(gold.name, "", found.record)))
    return comparisons, left_out


def compare(gold: RecordFile, found: RecordFile) -> Comparison:
    """Return how well a candidate agrees with the gold for the same document."""
    wanted = list(read_claims(gold))
    given = aligned_claims(wanted, list(read_claims(found)))
    gold_facts, found_facts = _facts(wanted), _facts(given)
    matched = _matches(gold_facts, found_facts)
    comparison = Comparison(gold.name)
    for fact, claims in gold_facts.claims.items():
        tally = _tally(comparison, claims[0])
        tally.gold += 1
        if fact in matched:
            tally.right += 1
            exact = set(gold_facts.spans(fact)) & set(found_facts.spans(matched[fact]))
            tally.exact += bool(exact)
        else:
            comparison.missed.append(claims[0])
    used = set(matched.values())
    for fact, claims in found_facts.claims.items():
        tally = _tally(comparison, claims[0])
        tally.found += 1
        if fact not in used:
            tally.wrong_certain += any(one.modality == "asserted" for one in claims)
            comparison.invented.append(claims[0])
    return comparison


def _tally(comparison: Comparison, claim: Claim) -> FactTally:
    """Return the tally of the kind of a fact."""
    return comparison.tallies.setdefault(kind_of_fact(claim), FactTally())


def _facts(claims: Iterable[Claim]) -> _Facts:
    """Return claims by fact: the same fact at several places is one."""
    found: dict[Fact, list[Claim]] = {}
    for claim in claims:
        if kind_of_fact(claim):
            found.setdefault(_fact(claim), []).append(claim)
    return _Facts(found)


def _fact(claim: Claim) -> Fact:
    """Return a claim as it is compared; words of our own are told apart by their places alone."""
    about = short(str(claim.about))
    if URIRef(claim.property) in FREE_TEXT:
        return about, str(claim.property), claim.passage.place
    return about, str(claim.property), claim.key


def _matches(gold: _Facts, found: _Facts) -> Mapping[Fact, Fact]:
    """Return the found fact for each gold fact that was found.

    Equal facts match; of words of our own, those about the same thing whose passages overlap.
    """
    matched = {fact: fact for fact in gold.claims if fact in found.claims}
    used = set(matched.values())
    for fact in gold.claims:
        if fact in matched or URIRef(fact[1]) not in FREE_TEXT:
            continue
        for other in found.claims:
            if other[:2] == fact[:2] and other not in used and _touch(gold, fact, found, other):
                matched[fact] = other
                used.add(other)
                break
    return matched


def _touch(gold: _Facts, fact: Fact, found: _Facts, other: Fact) -> bool:
    """Return whether two facts stand at places that overlap."""
    return any(
        first[0] < second[1] and second[0] < first[1]
        for first in gold.spans(fact)
        for second in found.spans(other)
    )


def totals(comparisons: Sequence[Comparison]) -> dict[str, FactTally]:
    """Return the tallies of all documents by kind of fact, and of all kinds together."""
    found: dict[str, FactTally] = {}
    overall = FactTally()
    for comparison in comparisons:
        for kind, tally in comparison.tallies.items():
            found.setdefault(kind, FactTally()).add(tally)
            overall.add(tally)
    return {**dict(sorted(found.items())), OVERALL: overall}


def table_lines(tallies: Mapping[str, FactTally]) -> list[str]:
    """Return the tallies as a table in Markdown."""
    lines = [
        "| kind of fact | gold | found | right | precision | recall | F1 | exact passages | "
        "wrong, certain |",
        "|---|---:|---:|---:|---:|---:|---:|---:|---:|",
    ]
    for kind, one in tallies.items():
        exact = one.exact / one.right if one.right else 1.0
        lines.append(
            f"| {kind} | {one.gold} | {one.found} | {one.right} | {one.precision:.3f} "
            f"| {one.recall:.3f} | {one.f1:.3f} | {exact:.2f} | {one.wrong_certain} |"
        )
    return lines
