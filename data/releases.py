"""Where a release is, what it says of itself, and whether it is whole.

The loaders write it, the service reads it. `SHA256SUMS` seals a release: it has the hash of every
other file, in the form that `sha256sum --check` reads. What does not fit its hash is not served.
"""

import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from data.settings import Settings, variable
from ontology.checksums import hash_and_lines
from ontology.errors import DamagedFile, DamagedRelease, NoRelease

CURRENT = "current"
"""Name of the pointer to the release that is served."""
DATA_FILE = "data.nq"
REPORT_FILE = "shacl-report.ttl"
CHANGES_FILE = "changes.json"
MANIFEST_FILE = "manifest.json"
SUMS_FILE = "SHA256SUMS"
_RELEASE_FILES = DATA_FILE, REPORT_FILE, CHANGES_FILE, MANIFEST_FILE, SUMS_FILE
# takes (fullmatch): the hash, then "  data.nq", "  tables/acts.csv"
# leaves (fullmatch): one with a single blank, "  ../data.nq"
_SUM = re.compile(r"([0-9a-f]{64})  (\w[\w.-]*(?:/\w[\w.-]*)?)")
_MEND = "build the release again, which mends it: interventions build"


def current_release(folder: Path) -> Path:
    """Return the folder of the current release, as it is; `whole_release` looks at its content.

    Raises: NoRelease, saying how to make one.
    """
    current = folder / CURRENT
    if not (current / MANIFEST_FILE).is_file():
        raise NoRelease(
            f"there is no release in the folder {folder}; name the folder that has one (--release, "
            f"or {variable('release')}), or make one with: interventions build"
        )
    return current.resolve()


def whole_release(folder: Path) -> Path:
    """Return the folder of the current release, all of whose files are as they were written.

    Raises: NoRelease; DamagedRelease, saying which file differs.
    """
    release = current_release(folder)
    check_release(release)
    return release


@dataclass(frozen=True)
class ServedData:
    """The file to serve and, of a release, what tells that it is whole.

    In: the hash of the file and the number of its quads; `version` differs whenever one of the
    files of the release was written again.
    """

    path: Path
    is_release: bool = False
    sha256: str | None = None
    quads: int | None = None
    version: str = ""


def served_data(settings: Settings) -> ServedData:
    """Return the data to serve: the dataset that is named, if any, or else the current release.

    Raises: NoRelease, saying how to make one; DamagedRelease for a manifest that does not fit.
    Guarantee: quick enough to be asked all the time; the data is compared when it is loaded.
    """
    if settings.dataset is not None:
        return ServedData(settings.dataset)
    release = current_release(settings.release)
    return _served_release(release, release_version(release))


@lru_cache(maxsize=1)
def _served_release(release: Path, version: str) -> ServedData:
    manifest = read_manifest(release)
    sha256 = manifest["files"][DATA_FILE]
    return ServedData(release / DATA_FILE, True, sha256, quads_of(manifest), version)


def release_version(release: Path) -> str:
    """Return what differs when a file of a release was written, or replaced by another."""
    told = []
    for name in _RELEASE_FILES:
        try:
            status = (release / name).stat()
        except OSError:
            told.append("none")
            continue
        told.append(f"{status.st_ino}-{status.st_size}-{status.st_mtime_ns}")
    return " ".join(told)


def read_manifest(release: Path) -> dict[str, Any]:
    """Return the manifest of a release: its identifier, time, sources, counts and files.

    Raises: DamagedRelease for one that is not as it was written, or is of another release.
    """
    path = release / MANIFEST_FILE
    try:
        content = path.read_bytes()
        sums = _read_sums((release / SUMS_FILE).read_text(encoding="ascii"))
    except (OSError, ValueError) as error:
        raise DamagedRelease(f"{release} cannot be read ({error}); {_MEND}") from None
    if hashlib.sha256(content).hexdigest() != sums.pop(MANIFEST_FILE, None):
        raise DamagedRelease(f"{path} differs from its hash in {SUMS_FILE}; {_MEND}")
    manifest: dict[str, Any] = json.loads(content)
    if not {"id", "built_at", "counts", "files"} <= manifest.keys():
        raise DamagedRelease(f"{path} is not the manifest of a release; {_MEND}")
    if sums != manifest["files"] or DATA_FILE not in sums:
        raise DamagedRelease(f"{path} and {SUMS_FILE} name other files or hashes; {_MEND}")
    if release.name not in (manifest["id"], CURRENT):
        raise DamagedRelease(f"{path} is that of the release {manifest['id']}; {_MEND}")
    return manifest


def check_release(release: Path) -> dict[str, Any]:
    """Return the manifest of a release, all of whose files are as they were written.

    Raises: DamagedRelease, saying which file differs and in what.
    """
    manifest = read_manifest(release)
    for name, expected in manifest["files"].items():
        path = release / name
        try:
            sha256, lines = hash_and_lines(path)
        except OSError as error:
            raise DamagedRelease(f"{path} cannot be read ({error.strerror}); {_MEND}") from None
        if sha256 != expected:
            raise DamagedRelease(f"{path} differs from its hash in the manifest; {_MEND}")
        if name == DATA_FILE and lines != quads_of(manifest):
            raise DamagedRelease(
                f"{path} has {lines:,} quads, the manifest counts {quads_of(manifest):,}; {_MEND}"
            )
    return manifest


def quads_of(manifest: Mapping[str, Any]) -> int:
    """Return how many quads the data of a release has, as its manifest counts them."""
    return sum(manifest["counts"].get("triples", {}).values())


def sums_text(sums: Mapping[str, str]) -> str:
    """Return the content of `SHA256SUMS`, given the hash of each file by its name."""
    return "".join(f"{sha256}  {name}\n" for name, sha256 in sums.items())


def read_sums(folder: Path) -> dict[str, str]:
    """Return the hash of each file of a folder of what is taken away, by its name.

    Raises: DamagedFile for one whose `SHA256SUMS` is missing or not as it was written.
    """
    try:
        return _read_sums((folder / SUMS_FILE).read_text(encoding="ascii"))
    except (OSError, ValueError) as error:
        raise DamagedFile(f"{SUMS_FILE} cannot be read ({error}); {_MEND}") from None


def check_file(path: Path, sha256: str) -> None:
    """Check that a file is as it was written; one that was, and is untouched, is not read again.

    Raises: DamagedFile, naming the file.
    """
    try:
        status = path.stat()
        found = _hash_of(path, (status.st_ino, status.st_size, status.st_mtime_ns))
    except OSError as error:
        raise DamagedFile(f"{path.name} cannot be read ({error.strerror}); {_MEND}") from None
    if found != sha256:
        raise DamagedFile(f"{path.name} differs from its hash in {SUMS_FILE}; {_MEND}")


@lru_cache(maxsize=256)
def _hash_of(path: Path, version: tuple[int, int, int]) -> str:
    """Return the hash of a file in one of its versions."""
    return hash_and_lines(path)[0]


def _read_sums(text: str) -> dict[str, str]:
    """Return the hash of each file by its name.

    Raises: ValueError for any other line, and for a name that comes twice.
    """
    found: dict[str, str] = {}
    for line in text.splitlines():
        match = _SUM.fullmatch(line)
        if match is None or match[2] in found:
            raise ValueError(f"{SUMS_FILE} has a line that is no hash of a file: {line[:80]!r}")
        found[match[2]] = match[1]
    if text != sums_text(found):
        raise ValueError(f"{SUMS_FILE} ends, or parts its lines, in another way than was written")
    return found
