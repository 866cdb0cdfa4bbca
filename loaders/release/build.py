"""Make the content of a release: sources, claims, resolution, derivation, validation."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from rdflib import Graph, URIRef

from data.decisions.discrepancies import DOCUMENTS_FILE, Decisions, read_decisions
from data.records.files import RecordFile, read_records
from data.registry.ledger import Ledger, read_ledger
from loaders.claims.claim import Claim, expand_universal_grades, read_claims
from loaders.claims.discrepancies import find_discrepancies, preferences
from loaders.claims.known_from import SlotHistory, first_told, histories, known_days
from loaders.claims.references import check_records, check_references
from loaders.claims.resolution import Knowledge, resolve, wholes_of
from loaders.claims.sums_of_support import contradicting_sums
from loaders.claims.writer import (
    claim_triples,
    discrepancy_triples,
    first_told_triples,
    known_triples,
    resolved_triples,
    slot_triples,
)
from loaders.release.comparison import contradiction_triples
from loaders.release.coverage import ReleaseFigure, coverage_report, coverage_triples
from loaders.release.folder.changes import changes_file
from loaders.release.knowledge.versions import knowledge_triples
from loaders.release.layers import (
    ONTOLOGY,
    QUALITY,
    RESOLVED,
    Layers,
    derive,
    reference_name,
    union,
)
from loaders.release.reference import reference_graphs
from loaders.release.validate import check, misquoted, refuse_if
from loaders.tables.all_tables import read_listings
from loaders.tables.councils import council_register
from ontology import CI, ontology_graph
from ontology.identifiers import reference, source_graph
from shapes import ValidationFinding


class BuildStage(StrEnum):
    """The stages from sources to a release, in their order."""

    READ = "reading sources"
    CLAIM = "reading claims"
    RESOLVE = "resolving claims"
    LAYER = "making layers"
    DERIVE = "deriving"
    VALIDATE = "validating"
    WRITE = "writing"


Report = Callable[[BuildStage], None]


@dataclass(frozen=True)
class Built:
    """The content of a release before it is written."""

    layers: Layers
    findings: tuple[ValidationFinding, ...]
    records: tuple[RecordFile, ...]
    figures: tuple[ReleaseFigure, ...]
    changes: bytes


def build(
    sources: Sequence[RecordFile] | None = None,
    decisions: Decisions | None = None,
    documents: Path | None = None,
    data: Path | None = None,
    report: Report = lambda _: None,
) -> Built:
    """Return the layers of a release that keeps every rule.

    In: the project's own records and tables with all decisions, unless other sources are given,
    for which the decisions on documents hold; with a folder of documents, every passage is
    compared with the words there; with a folder of publishers' files, these are read in place of
    our tables.
    Raises: InputRefused for a source that cannot be used; ReleaseRefused for data that break a
    rule.
    """
    report(BuildStage.READ)
    files = [*read_records(), *read_listings(data)] if sources is None else list(sources)
    if decisions is None:
        decisions = read_decisions() if sources is None else read_decisions(DOCUMENTS_FILE)
    if documents is not None:
        refuse_if(misquoted(files, documents), "passages that do not fit the documents")
    references = reference_graphs(files, council_register(data))
    known = union((*references.values(), ontology_graph()))
    report(BuildStage.CLAIM)
    claims = all_claims(files)
    check_records(files, known)
    check_references(claims, known)
    layers, facts = assemble(files, claims, references, decisions, report)
    report(BuildStage.DERIVE)
    derive(layers)
    layers.add_lines(RESOLVED, knowledge_triples(layers, facts))
    layers.add_lines(reference_name("coverage"), coverage_triples(layers))
    layers.write_meanwhile(layers.names())
    layers.add_lines(QUALITY, contradiction_triples(layers))
    report(BuildStage.VALIDATE)
    with ThreadPoolExecutor(1) as beside:
        figures = beside.submit(coverage_report, layers)
        findings = check(layers, claims)
    changes = changes_file(layers, claims, read_ledger() if sources is None else Ledger())
    return Built(layers, tuple(findings), tuple(files), tuple(figures.result()), changes)


def all_claims(files: Sequence[RecordFile]) -> list[Claim]:
    """Return the claims of all records, universal statements expanded."""
    claims = [claim for file in files for claim in read_claims(file)]
    return claims + list(expand_universal_grades(claims, ontology_graph()))


def assemble(
    files: Sequence[RecordFile],
    claims: Sequence[Claim],
    references: dict[str, Graph],
    decisions: Decisions,
    report: Report = lambda _: None,
) -> tuple[Layers, list[SlotHistory]]:
    """Return the layers: reference, one graph per source, resolved and quality; and all choices.

    Out: the claims, which are most of a release, are filled in and written while the rest goes on.
    """
    report(BuildStage.RESOLVE)
    layers = Layers()
    tiers = {file.record.document.slug: file.record.document.tier for file in files}
    preferred = preferences(decisions, claims)
    knowledge = Knowledge(tiers, _embodiments(claims), preferred, wholes_of(claims))
    days = known_days(claims, files, knowledge)
    sources = {source_graph(slug): own for slug, own in _by_document(claims).items()}
    layers.fill_meanwhile((name, claim_triples(own, days)) for name, own in sources.items())
    layers.write_meanwhile(sources)
    slots = resolve(claims, knowledge)
    discrepancies = find_discrepancies(slots, decisions, contradicting_sums(slots, tiers))
    report(BuildStage.LAYER)
    layers.add_graph(ONTOLOGY, ontology_graph())
    for name, graph in references.items():
        layers.add_graph(reference_name(name), graph)
    layers.add_lines(RESOLVED, (line for slot in slots for line in slot_triples(slot)))
    layers.add_lines(RESOLVED, (line for slot in slots for line in resolved_triples(slot)))
    facts = histories(slots, days, knowledge)
    layers.add_lines(RESOLVED, known_triples(facts))
    layers.add_lines(RESOLVED, first_told_triples(first_told(slots, days)))
    layers.add_lines(
        QUALITY,
        (line for discrepancy in discrepancies for line in discrepancy_triples(discrepancy)),
    )
    return layers, facts


def _by_document(claims: Iterable[Claim]) -> dict[str, list[Claim]]:
    by_document: dict[str, list[Claim]] = defaultdict(list)
    for claim in claims:
        by_document[claim.document].append(claim)
    return by_document


def _embodiments(claims: Sequence[Claim]) -> dict[str, URIRef]:
    """Return the act that each document embodies, by slug."""
    return {
        claim.document: claim.about
        for claim in claims
        if claim.property == CI.embodiedIn
        and claim.value == reference(f"document/{claim.document}")
    }
