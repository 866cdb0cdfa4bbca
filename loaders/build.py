"""Make the content of a release: records and tables, claims, resolution, derivation, validation."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from rdflib import Graph, URIRef

from data.decisions import Decisions, read_decisions
from data.reading import RecordFile, read_records
from loaders.claim_graph import add_claims, add_resolved, add_slot, evidence_term, value_term
from loaders.claims import Claim, read_claims
from loaders.dataset import (
    ONTOLOGY,
    QUALITY,
    RESOLVED,
    Layers,
    is_reference,
    is_source,
    reference_name,
    store_of,
    union,
)
from loaders.derivation import derive, failed_checks
from loaders.discrepancies import add_discrepancy, find_discrepancies, preferences
from loaders.documents import misquoted
from loaders.expansion import expand_universal_grades
from loaders.reference import reference_graphs
from loaders.references import check_records, check_references
from loaders.resolution import Knowledge, resolve
from ontology import CI, ontology_graph
from ontology.errors import ReleaseRefused
from ontology.identifiers import reference, source_graph
from shapes import Finding, validate


class Stage(StrEnum):
    """The stages from records to a release, in their order."""

    READ = "reading records"
    CLAIM = "reading claims"
    RESOLVE = "resolving claims"
    DERIVE = "deriving"
    VALIDATE = "validating"
    WRITE = "writing"


Report = Callable[[Stage], None]


@dataclass(frozen=True)
class Built:
    """The content of a release before it is written."""

    layers: Layers
    findings: tuple[Finding, ...]
    records: tuple[RecordFile, ...]


def build(
    records: Sequence[RecordFile] | None = None,
    decisions: Decisions | None = None,
    documents: Path | None = None,
    report: Report = lambda _: None,
) -> Built:
    """Return the layers of a release that keeps every rule.

    In: the project's own records and decisions, unless others are given; with a folder of
    documents, every passage is compared with the words there.
    Raises: InputRefused for a record that cannot be used; ReleaseRefused for data that break a
    rule.
    """
    report(Stage.READ)
    files = list(read_records() if records is None else records)
    if documents is not None:
        _refuse_if(misquoted(files, documents), "passages that do not fit the documents")
    references = reference_graphs(files)
    known = union((*references.values(), ontology_graph()))
    report(Stage.CLAIM)
    claims = all_claims(files)
    check_records(files, known)
    check_references(claims, known)
    report(Stage.RESOLVE)
    layers = assemble(files, claims, references, decisions or read_decisions())
    report(Stage.DERIVE)
    store = store_of(layers)
    derive(layers, store)
    report(Stage.VALIDATE)
    _refuse_if(failed_checks(layers, store), "failed checks")
    findings = check(layers, claims)
    return Built(layers, tuple(findings), tuple(files))


def all_claims(files: Sequence[RecordFile]) -> list[Claim]:
    """Return the claims of all records, universal statements expanded."""
    claims = [claim for file in files for claim in read_claims(file)]
    return claims + list(expand_universal_grades(claims, ontology_graph()))


def assemble(
    files: Sequence[RecordFile],
    claims: Sequence[Claim],
    references: dict[str, Graph],
    decisions: Decisions,
) -> Layers:
    """Return the layers: reference, one graph per source, resolved and quality."""
    tiers = {file.record.document.slug: file.record.document.tier for file in files}
    slots = resolve(claims, Knowledge(tiers, _embodiments(claims), preferences(decisions, claims)))
    layers: dict[URIRef, Graph] = {ONTOLOGY: ontology_graph(), RESOLVED: Graph(), QUALITY: Graph()}
    layers |= {reference_name(name): graph for name, graph in references.items()}
    for slug in tiers:
        layers[source_graph(slug)] = Graph()
        add_claims(
            layers[source_graph(slug)], (claim for claim in claims if claim.document == slug)
        )
    for slot in slots:
        add_slot(layers[RESOLVED], slot)
        add_resolved(layers[RESOLVED], slot)
    for discrepancy in find_discrepancies(slots, decisions):
        add_discrepancy(layers[QUALITY], discrepancy)
    return layers


def check(layers: Layers, claims: Sequence[Claim]) -> list[Finding]:
    """Return the warnings about the layers.

    Raises: ReleaseRefused with one line per violation, each with its place in the records.
    """
    data = union(
        graph for name, graph in layers.items() if name in (RESOLVED, QUALITY) or is_source(name)
    )
    references = union(graph for name, graph in layers.items() if is_reference(name))
    findings = validate(data, references)
    places = _places(claims)
    broken = [
        f"{finding.message} [{finding.focus}{_place(finding, places)}]"
        for finding in findings
        if finding.severity == "violation"
    ]
    _refuse_if(broken, "violations")
    return findings


def _embodiments(claims: Sequence[Claim]) -> dict[str, URIRef]:
    """Return the act that each document embodies, by slug."""
    return {
        claim.document: claim.about
        for claim in claims
        if claim.property == CI.embodiedIn
        and claim.value == reference(f"document/{claim.document}")
    }


def _places(claims: Sequence[Claim]) -> dict[str, str]:
    """Return where each thing and each time is first spoken of, for messages."""
    places: dict[str, str] = {}
    for claim in claims:
        value = value_term(claim)
        pair = f"{claim.about} {value}"
        for term in (claim.iri, evidence_term(claim), value, claim.about, pair):
            places.setdefault(str(term), claim.place)
    return places


def _place(finding: Finding, places: dict[str, str]) -> str:
    """Return the places of a finding's thing and value in the records."""
    pair = f"{finding.focus} {finding.value}"
    terms = (pair,) if pair in places else (finding.focus, finding.value)
    found = [places[term] for term in terms if term in places]
    return "; " + "; ".join(dict.fromkeys(found)) if found else ""


def _refuse_if(messages: Sequence[str], what: str) -> None:
    """Stop the build if there is anything wrong."""
    if messages:
        lines = "\n".join(f"  {message}" for message in messages)
        raise ReleaseRefused(f"{len(messages)} {what}; nothing was released:\n{lines}")
