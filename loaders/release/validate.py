"""Check what goes into a release: its layers, the words that its records quote, anybody's files."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from rdflib import Graph

from data.records.files import RecordFile, passages
from data.records.form import Document
from loaders.claims.claim import Claim
from loaders.release.layers import Layers, failed_checks
from loaders.release.reference import council_graph, legislation_graph, organisation_graph
from ontology.errors import ReleaseRefused, UnreadableGraph, WrongSetting
from queries.engine.formats import RDF_FORMATS
from shapes import ValidationFinding, validate_store
from shapes.foreign import check_graph, parse_graph

_MESSAGES_SHOWN = 50
"""Faults that a refusal prints; a fault of a whole source would otherwise print thousands."""


def check(layers: Layers, claims: Sequence[Claim]) -> list[ValidationFinding]:
    """Return the warnings about the layers.

    Raises: ReleaseRefused with one line per failed check or violation, each with its place in the
    sources.
    """
    refuse_if(failed_checks(layers), "failed checks")
    findings = validate_store(layers.store)
    violations = [finding for finding in findings if finding.severity == "violation"]
    places = _places(claims) if violations else {}
    refuse_if(
        [f"{finding.message} [{finding.focus}{_place(finding, places)}]" for finding in violations],
        "violations",
    )
    return findings


def refuse_if(messages: Sequence[str], what: str) -> None:
    """Stop the build if there is anything wrong."""
    if messages:
        shown = [f"  {message}" for message in messages[:_MESSAGES_SHOWN]]
        if len(messages) > _MESSAGES_SHOWN:
            shown.append(f"  … and {len(messages) - _MESSAGES_SHOWN} more")
        lines = "\n".join(shown)
        raise ReleaseRefused(f"{len(messages)} {what}; nothing was released:\n{lines}")


def _places(claims: Sequence[Claim]) -> dict[str, str]:
    """Return where each thing and each time is first spoken of, for messages."""
    places: dict[str, str] = {}
    for claim in claims:
        pair = f"{claim.about} {claim.value_address}"
        for term in (claim.iri, claim.evidence, claim.value_address, claim.about, pair):
            places.setdefault(str(term), claim.place)
    return places


def _place(finding: ValidationFinding, places: dict[str, str]) -> str:
    """Return the places of a finding's thing and value in the sources."""
    pair = f"{finding.focus} {finding.value}"
    terms = (pair,) if pair in places else (finding.focus, finding.value)
    known = [places[term] for term in terms if term in places]
    return "; " + "; ".join(dict.fromkeys(known)) if known else ""


def check_files(files: Iterable[Path]) -> list[ValidationFinding]:
    """Return what is wrong in some RDF files together, and what of them no rule can see.

    In: what the files do not describe themselves (councils, offices, provisions) comes from our
    reference layer.
    Raises: UnreadableGraph, naming the file. Nothing is fetched, also no JSON-LD context.
    """
    data, known = Graph(), Graph()
    for file in files:
        data += read_graph(file)
    for graph in (council_graph(), legislation_graph(), organisation_graph()):
        known += graph
    return check_graph(data, known)


def read_graph(file: Path) -> Graph:
    """Return the triples of an RDF file, whatever graphs they stand in."""
    file_format = RDF_FORMATS.get(file.suffix.removeprefix("."))
    if file_format is None:
        endings = ", ".join(f".{suffix}" for suffix in RDF_FORMATS)
        raise UnreadableGraph(f"{file.name}: expected a file that ends in {endings}")
    try:
        content = file.read_bytes()
    except OSError as error:
        raise UnreadableGraph(f"{file.name}: {error}") from None
    return parse_graph(content, file_format, file.name)


def describe_findings(findings: Sequence[ValidationFinding]) -> Iterator[str]:
    """Yield a line for each finding and one for the whole."""
    for finding in findings:
        value = f" (found {finding.value})" if finding.value else ""
        yield f"{finding.severity}: {finding.message}{value} [{finding.focus}]"
    violations = sum(finding.severity == "violation" for finding in findings)
    yield f"{violations} violations, {len(findings) - violations} warnings"


def misquoted(records: Iterable[RecordFile], folder: Path) -> list[str]:
    """Return a message for each record that does not fit its document.

    In: a folder that holds documents under the file names of the records; a missing document is no
    fault.
    """
    if not folder.is_dir():
        raise WrongSetting(f"the folder of documents {folder} does not exist; name one that does")
    return [message for record in records for message in _misquoted(record, folder)]


def _misquoted(file: RecordFile, folder: Path) -> Iterator[str]:
    """Yield a message for each passage of one record whose words do not stand at its place."""
    document = file.record.document
    if not isinstance(document, Document):
        return
    place = f"{file.name}, line {document.line}: {document.file}"
    path = folder / document.file
    if not path.is_file():
        return
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != document.sha256:
        yield f"{place} is not the file that was read; its SHA-256 differs"
        return
    text = content.decode("utf-8")
    if len(text) != document.characters:
        yield f"{place} has {len(text)} characters, not {document.characters}"
    for passage in passages(file.record):
        if not passage.matches(text):
            found = text[passage.start : passage.end]
            yield (
                f"{file.name}, line {passage.line}: paragraph {passage.at}, "
                f"characters {passage.chars}: expected {passage.printed!r}, found {found[:60]!r}"
            )
