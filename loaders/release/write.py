"""Write a release, and its dumps, and switch to it in one step; a release is never changed."""

import hashlib
import json
import shutil
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import pyoxigraph as ox

from data.records.form import Document, Published
from data.releases import CURRENT, DATA_FILE, MANIFEST_FILE, REPORT_FILE
from loaders.release.build import Built
from loaders.release.layers import QUALITY, RESOLVED, is_source
from ontology import CI
from ontology.errors import WrongUse
from ontology.namespaces import PREFIXES
from queries.engine.interface import DEFAULT_LAYERS
from shapes import report_turtle

_IDENTIFIER_CHARACTERS = 12
_READABLE_FOLDER = 0o755
_COUNTED = (
    "Inspection",
    "Judgement",
    "Direction",
    "Requirement",
    "CommissionerTask",
    "Commissioner",
    "Person",
)


def write_release(built: Built, folder: Path) -> Path:
    """Write a release beside the others, make it the current one, and return its folder.

    Guarantee: atomic; until the last step the earlier release stays current, and a fault leaves it
    so. The same content gives the same bytes, but for the time in the manifest.
    """
    folder.mkdir(parents=True, exist_ok=True)
    layers = tuple(built.layers.n_quads())
    report = report_turtle(built.findings)
    sources = [_source(file.name, file.text, file.record.document) for file in built.records]
    content = hashlib.sha256()
    for part in (*layers, report.encode(), json.dumps(sources).encode()):
        content.update(part)
    identifier = content.hexdigest()[:_IDENTIFIER_CHARACTERS]
    target = folder / identifier
    if not target.exists():
        partial = Path(tempfile.mkdtemp(prefix=".new-", dir=folder))
        try:
            partial.chmod(_READABLE_FOLDER)
            with (partial / DATA_FILE).open("wb") as data:
                data.writelines(layers)
            (partial / REPORT_FILE).write_text(report, encoding="utf-8")
            manifest = _manifest(built, identifier, sources, partial)
            text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
            (partial / MANIFEST_FILE).write_text(text, encoding="utf-8")
            partial.rename(target)
        finally:
            shutil.rmtree(partial, ignore_errors=True)
    _switch(folder, identifier)
    return target


def _manifest(
    built: Built, identifier: str, sources: list[dict[str, str]], place: Path
) -> dict[str, Any]:
    """Return the manifest: what the release holds, from which sources, and when it was built."""
    layers = built.layers
    return {
        "id": identifier,
        "built_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "software": f"council-interventions {version('council-interventions')}",
        "sources": sources,
        "counts": {
            "claims": sum(
                layers.instances(CI.Claim, name) for name in layers.names() if is_source(name)
            ),
            "discrepancies": layers.instances(CI.Discrepancy, QUALITY),
            "warnings": len(built.findings),
            "things": {
                name: count for name in _COUNTED if (count := layers.instances(CI[name], RESOLVED))
            },
            "triples": {str(name): layers.count(name) for name in layers.names()},
        },
        "figures": [asdict(figure) for figure in built.figures],
        "files": {name: _sha256(place / name) for name in (DATA_FILE, REPORT_FILE)},
    }


def _sha256(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def _source(name: str, text: str, document: Document | Published) -> dict[str, str]:
    entry = {
        "record": name,
        "record_sha256": hashlib.sha256(text.encode()).hexdigest(),
        "document": document.slug,
    }
    return entry | ({"document_sha256": document.sha256} if document.sha256 else {})


def _switch(folder: Path, identifier: str) -> None:
    """Let `current` point at a release, in one step."""
    pointer = folder / f".{CURRENT}-{identifier}"
    pointer.unlink(missing_ok=True)
    pointer.symlink_to(identifier)
    pointer.replace(folder / CURRENT)


@dataclass(frozen=True)
class Export:
    """A dump: its file, its format, and whether it keeps the named graphs."""

    file: str
    format: ox.RdfFormat
    keeps_graphs: bool


EXPORTS: dict[str, Export] = {
    "nquads": Export("council-interventions.nq", ox.RdfFormat.N_QUADS, True),
    "trig": Export("council-interventions.trig", ox.RdfFormat.TRIG, True),
    "turtle": Export("council-interventions.ttl", ox.RdfFormat.TURTLE, False),
    "jsonld": Export("council-interventions.jsonld", ox.RdfFormat.JSON_LD, True),
}
"""The dumps by name. Turtle has no named graphs: it holds what a query sees, without the claims."""


def export(release: Path, folder: Path, formats: Sequence[str]) -> list[Path]:
    """Write the wanted dumps of a release and return their paths.

    Raises: WrongUse for a format that is not offered.
    Guarantee: the same release gives the same bytes.
    """
    unknown = [name for name in formats if name not in EXPORTS]
    if unknown:
        raise WrongUse(f"unknown format {unknown[0]!r}; there are {', '.join(EXPORTS)}")
    folder.mkdir(parents=True, exist_ok=True)
    quads = list(ox.parse(path=str(release / DATA_FILE), format=ox.RdfFormat.N_QUADS))
    return [_write(quads, folder, EXPORTS[name]) for name in formats]


def _write(quads: list[ox.Quad], folder: Path, wanted: Export) -> Path:
    path = folder / wanted.file
    content: list[ox.Quad] | list[ox.Triple] = quads
    if not wanted.keeps_graphs:
        triples = {quad.triple for quad in quads if _is_default(quad)}
        content = sorted(triples, key=str)
    ox.serialize(content, output=str(path), format=wanted.format, prefixes=PREFIXES)
    return path


def _is_default(quad: ox.Quad) -> bool:
    """Return whether a quad is of the ontology, the reference or the resolved layer."""
    name = quad.graph_name
    return isinstance(name, ox.NamedNode) and name.value.startswith(DEFAULT_LAYERS)
