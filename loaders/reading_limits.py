"""The limits within which one document is read, so that no file can stop the others."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Limits:
    """What one document may take at most.

    Units: bytes, pages, characters, seconds.
    """

    file_bytes: int = 40_000_000
    unpacked_bytes: int = 60_000_000
    pages: int = 400
    characters: int = 3_000_000
    seconds: float = 60.0


LIMITS = Limits()
