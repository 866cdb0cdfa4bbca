"""The releases of a folder: which there are, which are whole; what is cleared away."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from data.disk.replacement import sync
from data.releases import CURRENT, MANIFEST_FILE, check_release, read_manifest
from ontology.errors import DamagedRelease

DRAFT = ".new-"
POINTER_DRAFT = f".{CURRENT}-"
_SET_ASIDE = ".old-"
_DRAFTS = DRAFT, POINTER_DRAFT, _SET_ASIDE
"""How the names begin of what a build makes under way, and of what is being removed."""


@dataclass(frozen=True)
class KeptRelease:
    """A release of a folder.

    In: when it was built, or nothing if its manifest does not tell; what is wrong with it, or
    nothing if nothing is, as far as was looked.
    """

    folder: Path
    is_current: bool
    size_bytes: int
    built_at: str
    fault: str


def kept_releases(folder: Path, *, is_checked: bool) -> list[KeptRelease]:
    """Return the releases of a folder, the newest first and damaged ones last.

    In: whether every file is compared with its hash, or the manifest alone.
    """
    pointer = folder / CURRENT
    current = pointer.resolve() if pointer.is_symlink() else None
    found = [
        _kept(place, place.resolve() == current, is_checked)
        for place in sorted(folder.iterdir())
        if (place / MANIFEST_FILE).is_file() and place.name != CURRENT
    ]
    return sorted(found, key=lambda release: release.built_at, reverse=True)


def _kept(place: Path, is_current: bool, is_checked: bool) -> KeptRelease:
    size = sum(path.stat().st_size for path in place.rglob("*") if path.is_file())
    try:
        manifest = check_release(place) if is_checked else read_manifest(place)
    except DamagedRelease as error:
        return KeptRelease(place, is_current, size, "", str(error))
    return KeptRelease(place, is_current, size, manifest["built_at"], "")


def drafts(folder: Path) -> Iterator[Path]:
    """Yield what builds and removals that were cut short have left."""
    yield from (place for place in sorted(folder.iterdir()) if place.name.startswith(_DRAFTS))


def clear_drafts(folder: Path) -> list[Path]:
    """Remove what was left, from a folder that is held, and return what that was."""
    left = list(drafts(folder))
    for place in left:
        if place.is_symlink():
            place.unlink()
        else:
            shutil.rmtree(place)
    return left


def put_in_place(partial: Path, target: Path) -> None:
    """Let a whole draft be a release; what had its name, and was damaged, goes.

    Raises: OSError.
    Guarantee: what stands under the name is never half of a release. A damaged one is set aside
    first, so that for a moment there may be none.
    """
    sync(partial)
    if target.exists():
        remove(target, partial)
    else:
        partial.rename(target)
    sync(target.parent)


def remove(release: Path, successor: Path | None = None) -> None:
    """Remove a release, and put another in its place if there is one.

    Guarantee: it loses its name in one step, before its first file is gone.
    """
    aside = release.with_name(f"{_SET_ASIDE}{release.name}")
    release.rename(aside)
    if successor is not None:
        successor.rename(release)
    sync(release.parent)
    shutil.rmtree(aside)


def prune(folder: Path, keep: int) -> list[KeptRelease]:
    """Remove from a folder that is held all but the current release and the newest others.

    In: how many are kept, the current one among them. Damaged ones that are not current go first.
    Out: what was removed.
    """
    clear_drafts(folder)
    releases = kept_releases(folder, is_checked=True)
    others = [one for one in releases if not one.is_current and not one.fault]
    kept = others[: max(keep - 1, 0)]
    removed = [one for one in releases if not one.is_current and one not in kept]
    for one in removed:
        remove(one.folder)
    return removed
