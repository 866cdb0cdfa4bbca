"""The words of a passage, from the document itself where it is at hand."""

import hashlib
from pathlib import Path


class Documents:
    """The folder of the source documents; it may be absent.

    Guarantee: only a file with exactly the hash that the release names is read from.
    """

    def __init__(self, folder: Path | None) -> None:
        self._folder = folder
        self._texts: dict[tuple[str, str], str | None] = {}

    def words(self, file: str | None, sha256: str | None, start: int, end: int) -> str | None:
        """Return the words from one character to another; none without the document."""
        text = self._text(file, sha256) if file and sha256 else None
        return None if text is None else " ".join(text[start:end].split())

    def _text(self, file: str, sha256: str) -> str | None:
        """Return the text of a document that is at hand and is the one that was read."""
        if (file, sha256) not in self._texts:
            self._texts[file, sha256] = self._read(file, sha256)
        return self._texts[file, sha256]

    def _read(self, file: str, sha256: str) -> str | None:
        """Return the text of a file with this hash in the folder, and of no other."""
        if self._folder is None or Path(file).name != file or not (self._folder / file).is_file():
            return None
        content = (self._folder / file).read_bytes()
        return content.decode("utf-8") if hashlib.sha256(content).hexdigest() == sha256 else None
