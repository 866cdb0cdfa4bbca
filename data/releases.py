"""Where a release is and what it says of itself; the loaders write it, the service reads it."""

import json
from pathlib import Path
from typing import Any

from data.settings import Settings
from ontology.errors import NoRelease

CURRENT = "current"
"""Name of the pointer to the release that is served."""
DATA_FILE = "data.nq"
REPORT_FILE = "shacl-report.ttl"
MANIFEST_FILE = "manifest.json"


def current_release(folder: Path) -> Path:
    """Return the folder of the current release.

    Raises: NoRelease, saying how to make one.
    """
    current = folder / CURRENT
    if not (current / MANIFEST_FILE).is_file():
        raise NoRelease(
            f"there is no release in the folder {folder}; make one with: interventions build"
        )
    return current.resolve()


def served_data(settings: Settings) -> tuple[Path, bool]:
    """Return the file to serve and whether it is of a release: the dataset that is named, if any.

    Raises: NoRelease, saying how to make one.
    """
    if settings.dataset is not None:
        return settings.dataset, False
    return current_release(settings.release) / DATA_FILE, True


def read_manifest(release: Path) -> dict[str, Any]:
    """Return the manifest of a release: its identifier, time, sources, counts and files.

    Raises: NoRelease for a damaged release, saying what to do.
    """
    path = release / MANIFEST_FILE
    try:
        manifest: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise NoRelease(f"{path} cannot be read ({error}); build the release again") from None
    if not {"id", "built_at", "counts"} <= manifest.keys():
        raise NoRelease(f"{path} is not the manifest of a release; build the release again")
    return manifest
