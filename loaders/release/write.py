"""Write a release, and switch to it in one step; a release is never changed."""

import hashlib
import json
import logging
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import asdict
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

from data.disk.lock import only_writer
from data.disk.replacement import sync, told, write_synced
from data.records.form import Document, Published
from data.releases import (
    CHANGES_FILE,
    CURRENT,
    DATA_FILE,
    MANIFEST_FILE,
    REPORT_FILE,
    SUMS_FILE,
    check_release,
    sums_text,
)
from loaders.release.build import Built
from loaders.release.folder.kept import DRAFT, POINTER_DRAFT, clear_drafts, put_in_place
from loaders.release.layers import QUALITY, RESOLVED, is_source
from ontology import CI
from ontology.errors import DamagedRelease
from shapes import report_turtle

log = logging.getLogger(__name__)

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

    Raises: NotWritten.
    Guarantee: atomic; until the last step the earlier release stays current, and a fault, or the
    end of this process or of the power, leaves it so. The same content gives the same bytes, but
    for the time in the manifest; a release of that content that is there and whole is left.
    """
    with only_writer(folder):
        return write_locked(built, folder)


def write_locked(built: Built, folder: Path) -> Path:
    """Do the same in a folder that is held already."""
    clear_drafts(folder)
    layers = tuple(built.layers.n_quads())
    report = report_turtle(built.findings).encode()
    sources = [_source(file.name, file.text, file.record.document) for file in built.records]
    data = hashlib.sha256()
    for layer in layers:
        data.update(layer)
    content = data.copy()
    content.update(report)
    content.update(json.dumps(sources).encode())
    content.update(built.changes)
    identifier = content.hexdigest()[:_IDENTIFIER_CHARACTERS]
    sums = {DATA_FILE: data.hexdigest()} | {
        name: hashlib.sha256(text).hexdigest()
        for name, text in ((REPORT_FILE, report), (CHANGES_FILE, built.changes))
    }
    target = folder / identifier
    if not _is_there(target):
        with told(target):
            partial = Path(tempfile.mkdtemp(prefix=DRAFT, dir=folder))
            try:
                partial.chmod(_READABLE_FOLDER)
                write_synced(partial / DATA_FILE, layers)
                write_synced(partial / REPORT_FILE, (report,))
                write_synced(partial / CHANGES_FILE, (built.changes,))
                _seal(partial, _manifest(built, identifier, sources, sums), sums)
                put_in_place(partial, target)
            finally:
                shutil.rmtree(partial, ignore_errors=True)
    with told(folder / CURRENT):
        _switch(folder, identifier)
    return target


def _is_there(target: Path) -> bool:
    """Return whether a release is there and whole; one that is damaged is to be written anew."""
    if not target.exists():
        return False
    try:
        check_release(target)
    except DamagedRelease as error:
        log.warning("%s", error)
        log.warning("it is written anew")
        return False
    return True


def _seal(place: Path, manifest: dict[str, Any], sums: Mapping[str, str]) -> None:
    """Write what tells of a release, and the hashes of all its files."""
    text = (json.dumps(manifest, indent=2, ensure_ascii=False) + "\n").encode()
    write_synced(place / MANIFEST_FILE, [text])
    sealed = {**sums, MANIFEST_FILE: hashlib.sha256(text).hexdigest()}
    write_synced(place / SUMS_FILE, [sums_text(sealed).encode()])


def _manifest(
    built: Built, identifier: str, sources: list[dict[str, str]], sums: dict[str, str]
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
        "files": sums,
    }


def _source(name: str, text: str, document: Document | Published) -> dict[str, str]:
    entry = {
        "record": name,
        "record_sha256": hashlib.sha256(text.encode()).hexdigest(),
        "document": document.slug,
    }
    return entry | ({"document_sha256": document.sha256} if document.sha256 else {})


def _switch(folder: Path, identifier: str) -> None:
    """Let `current` point at a release, in one step."""
    pointer = folder / f"{POINTER_DRAFT}{identifier}"
    pointer.unlink(missing_ok=True)
    pointer.symlink_to(identifier)
    pointer.replace(folder / CURRENT)
    sync(folder)
