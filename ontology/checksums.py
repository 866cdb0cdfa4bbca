"""The hash of a file and the number of its lines, read in one pass."""

import hashlib
from pathlib import Path

_READ_AT_ONCE_BYTES = 2**20


def hash_and_lines(path: Path) -> tuple[str, int]:
    """Return the SHA-256 of a file and how many lines end in it.

    Raises: OSError.
    """
    sha256, lines = hashlib.sha256(), 0
    with path.open("rb") as file:
        while part := file.read(_READ_AT_ONCE_BYTES):
            sha256.update(part)
            lines += part.count(b"\n")
    return sha256.hexdigest(), lines
