"""Write files so that a reader finds the old content or the new, and never half of one.

What is written is on the disk before it takes its name: after a loss of power, too, the name stands
for something whole.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from ontology.errors import NotWritten


def replace_files(contents: Mapping[Path, bytes]) -> list[str]:
    """Write the files whose content differs, and return their names.

    Raises: NotWritten.
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
            with told(path):
                path.parent.mkdir(parents=True, exist_ok=True)
            write_synced(_beside(path), [content])
        for path in changed:
            with told(path):
                _beside(path).replace(path)
                sync(path.parent)
    finally:
        for path in changed:
            with suppress(FileNotFoundError, NotADirectoryError):
                _beside(path).unlink()
    return [path.name for path in changed]


@contextmanager
def whole_file(path: Path) -> Iterator[Path]:
    """Yield the place where a file is written; it takes its name once it is on the disk.

    Raises: NotWritten. What had that name before stays until then, and stays after a fault.
    """
    draft = _beside(path)
    try:
        with told(path):
            yield draft
            sync(draft)
            draft.replace(path)
            sync(path.parent)
    finally:
        draft.unlink(missing_ok=True)


def write_synced(path: Path, parts: Iterable[bytes]) -> None:
    """Write a file; when this returns, it is on the disk.

    Raises: NotWritten.
    """
    with told(path), path.open("wb") as file:
        file.writelines(parts)
        file.flush()
        os.fsync(file.fileno())


def sync(path: Path) -> None:
    """Let the content of a file, or the names in a folder, be on the disk.

    Raises: OSError.
    """
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)


@contextmanager
def told(path: Path) -> Iterator[None]:
    """Let a fault of the disk name the file, and say that nothing was lost.

    Raises: NotWritten in place of OSError.
    """
    try:
        yield
    except OSError as error:
        raise NotWritten(
            f"{path} was not written ({error.strerror or error}); what was there before stays. "
            "Make room, or name a folder that may be written"
        ) from None


def _beside(path: Path) -> Path:
    """Return where the new content of a file stands until it is whole."""
    return path.with_name(f".{path.name}.new")
