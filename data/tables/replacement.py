"""Replace files so that a reader finds the old content or the new, and never half of one."""

from collections.abc import Mapping
from pathlib import Path


def replace_files(contents: Mapping[Path, bytes]) -> list[str]:
    """Write the files whose content differs, and return their names.

    Guarantee: everything is on the disk before the first file is replaced; the files are replaced
    in the order given, each in one step.
    """
    changed = {
        path: content
        for path, content in contents.items()
        if not path.is_file() or path.read_bytes() != content
    }
    try:
        for path, content in changed.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            _beside(path).write_bytes(content)
        for path in changed:
            _beside(path).replace(path)
    finally:
        for path in changed:
            _beside(path).unlink(missing_ok=True)
    return [path.name for path in changed]


def _beside(path: Path) -> Path:
    """Return where the new content of a file stands until it is whole."""
    return path.with_name(f".{path.name}.new")
