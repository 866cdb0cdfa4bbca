"""The limits within which one document is read, so that no file can stop the others."""

from dataclasses import dataclass


@dataclass(frozen=True)
class ReadingLimits:
    """What one document may take at most.

    In: `seconds` is for all that is done with a file; what takes its text may have a part of them.
    Units: bytes, pages, characters; seconds of processor time, of which a busy machine takes none.
    """

    file_bytes: int = 40_000_000
    unpacked_bytes: int = 60_000_000
    pages: int = 400
    characters: int = 3_000_000
    word_characters: int = 2_000
    seconds: float = 60.0

    @property
    def clock_seconds(self) -> float:
        """Longest time on the clock, for what waits and uses no processor."""
        return 20 * self.seconds

    @property
    def pdf_seconds(self) -> float:
        """Longest time for the text of a PDF, so that its facts can still be read after it."""
        return 0.75 * self.seconds

    @property
    def page_seconds(self) -> float:
        """Longest time for the text of a web page; the longest of them take a second."""
        return 0.25 * self.seconds


LIMITS = ReadingLimits()
