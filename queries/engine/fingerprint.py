"""What tells that the file of a release is the one that was written."""

from dataclasses import dataclass
from pathlib import Path

from ontology.checksums import hash_and_lines
from ontology.errors import UnreadableGraph


@dataclass(frozen=True)
class Fingerprint:
    """The hash of a file of N-Quads and how many quads it has, a line each.

    In: `version` differs for a file that was written again, though it be the same.
    """

    sha256: str
    quads: int
    version: str = ""

    def check(self, path: Path) -> None:
        """Look whether a file is that one.

        Raises: UnreadableGraph, saying in what it differs; OSError.
        """
        sha256, lines = hash_and_lines(path)
        if (sha256, lines) != (self.sha256, self.quads):
            raise UnreadableGraph(
                f"{path} is damaged: {lines:,} quads with the SHA-256 {sha256}, and the manifest "
                f"of the release tells {self.quads:,} with {self.sha256}; build the release again, "
                "which mends it: interventions build"
            )
