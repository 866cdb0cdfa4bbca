"""Write a release and switch to it in one step; a release is never changed."""

from __future__ import annotations

import hashlib
import json
import shutil
import tempfile
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from data.record import Document, Published
from data.releases import CURRENT, DATA_FILE, MANIFEST_FILE, REPORT_FILE
from loaders.build import Built
from loaders.dataset import QUALITY, RESOLVED, is_source
from ontology import CI
from shapes import report_turtle

IDENTIFIER_CHARACTERS = 12
READABLE_FOLDER = 0o755
COUNTED = (
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
    data = built.layers.n_quads()
    report = report_turtle(built.findings)
    sources = [_source(file.name, file.text, file.record.document) for file in built.records]
    content = data + report.encode() + json.dumps(sources).encode()
    identifier = hashlib.sha256(content).hexdigest()[:IDENTIFIER_CHARACTERS]
    target = folder / identifier
    if not target.exists():
        partial = Path(tempfile.mkdtemp(prefix=".new-", dir=folder))
        try:
            partial.chmod(READABLE_FOLDER)
            (partial / DATA_FILE).write_bytes(data)
            (partial / REPORT_FILE).write_text(report, encoding="utf-8")
            manifest = describe(built, identifier, sources, partial)
            text = json.dumps(manifest, indent=2, ensure_ascii=False) + "\n"
            (partial / MANIFEST_FILE).write_text(text, encoding="utf-8")
            partial.rename(target)
        finally:
            shutil.rmtree(partial, ignore_errors=True)
    _switch(folder, identifier)
    return target


def describe(
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
                name: count for name in COUNTED if (count := layers.instances(CI[name], RESOLVED))
            },
            "triples": {str(name): layers.count(name) for name in layers.names()},
        },
        "figures": [asdict(figure) for figure in built.figures],
        "files": {
            name: hashlib.sha256((place / name).read_bytes()).hexdigest()
            for name in (DATA_FILE, REPORT_FILE)
        },
    }


def _source(name: str, text: str, document: Document | Published) -> dict[str, str]:
    """Return the manifest's entry for one record."""
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
