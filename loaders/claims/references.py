"""Check that every thing the claims name is in a register, the reference layer or a record."""

from collections.abc import Iterable, Iterator, Mapping

from rdflib import Graph, URIRef
from rdflib.namespace import RDF

from data.records.files import RecordFile
from data.records.form import Document
from data.registry.identifiers import REGISTERS
from data.tables.table import read_registry
from loaders.claims.claim import Claim
from ontology import CI
from ontology.errors import UnknownIdentifier, UnreadableRecord
from ontology.identifiers import parse, thing
from ontology.namespaces import LEGISLATION

_ADVICE: dict[str, str] = {
    "council": "use a register code of data/tables/councils/register.csv, or add the council there",
    "office": "use an office of data/tables/organisations/offices.csv, or add it there",
    "organisation": (
        "use an organisation of data/tables/organisations/organisations.csv, or add it there"
    ),
    "provision": "add it to data/tables/legislation/provisions.csv",
}


def check_records(files: Iterable[RecordFile], reference: Graph) -> None:
    """Check that the council of every document is in the reference layer.

    Raises: UnreadableRecord, naming file and line.
    """
    for file in files:
        document = file.record.document
        if not isinstance(document, Document):
            continue
        if (thing("council", document.council), RDF.type, CI.Council) not in reference:
            raise UnreadableRecord(
                f"{file.name}, line {document.line}: unknown council {document.council!r}; "
                f"{_ADVICE['council']}"
            )


def check_references(claims: Iterable[Claim], reference: Graph) -> None:
    """Check every address that the claims use.

    Raises: UnreadableRecord with one line per unknown thing, each naming file, line and paragraph.
    """
    known = list(claims)
    described = {claim.about for claim in known if claim.property == RDF.type}
    described |= {subject for subject in reference.subjects() if isinstance(subject, URIRef)}
    registers = {kind: read_registry(file) for kind, file in REGISTERS.items()}
    messages = dict.fromkeys(
        message
        for claim in known
        for message in (*_unknown(claim, described, registers), *_unminted(claim, registers))
    )
    if messages:
        raise UnreadableRecord("\n".join(messages))


def _unknown(
    claim: Claim, described: set[URIRef], registers: Mapping[str, frozenset[str]]
) -> Iterator[str]:
    """Yield a message for each address of a claim that nothing describes."""
    for term in (claim.about, claim.value, claim.voice):
        if not isinstance(term, URIRef) or term in described:
            continue
        if str(term).startswith(str(LEGISLATION)):
            yield f"{claim.place}: {term} is not known; {_ADVICE['provision']}"
            continue
        try:
            kind, local = parse(str(term))
        except UnknownIdentifier:
            continue
        if kind in registers and local in registers[kind] and term == claim.value:
            yield (
                f"{claim.place}: the {kind} {local} is registered, but no record describes it; "
                "add it to this record"
            )
        elif kind in _ADVICE:
            yield f"{claim.place}: unknown {kind} {local!r}; {_ADVICE[kind]}"
        else:
            yield (
                f"{claim.place}: {kind} {local!r} is named, but no record describes it; "
                "add it to this record"
            )


def _unminted(claim: Claim, registers: Mapping[str, frozenset[str]]) -> Iterator[str]:
    """Yield a message if a claim describes a thing whose identifier no register holds."""
    if claim.property == RDF.type:
        kind, local = parse(str(claim.about))
        if kind in registers and local not in registers[kind]:
            yield (
                f"{claim.place}: {kind} {local!r} has no minted identifier; "
                f"add it to data/registry/{REGISTERS[kind]}"
            )
