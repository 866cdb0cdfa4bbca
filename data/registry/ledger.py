"""The ledger of releases: which were recorded, and what changed from each to the next.

It is an input of the build, so that the same input tells the same changes.
"""

import hashlib
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from data.disk.replacement import replace_files
from data.registry.identifiers import registry_folder
from data.tables.table import TableRow, Text, read_rows, text_of, write_rows

_RELEASES, _CHANGES = "releases.csv", "changes.csv"
_DIGEST_CHARACTERS = 16
REASONS: dict[str, str] = {
    "source-read-again": "the source was read again, and says otherwise than was entered",
    "source-changed": "its publisher changed the source",
    "source-withdrawn": "the source was withdrawn, or is used no more",
    "entered-wrongly": "it was entered wrongly",
    "identified-anew": "it is told of another thing, or under another identifier",
    "rule-changed": "a rule of reading or of the model is another",
}
"""Why a statement was corrected or withdrawn: a closed list, with what each means."""


class RecordedRelease(TableRow):
    """A release that was recorded: its name, its day, its claims, and a note in words."""

    release: Text
    day: date
    claims: int
    digest: Text
    note: Text


class RecordedChange(TableRow):
    """What became of one statement in a recorded release.

    In: `change` is the name of the release and the claim, which no other row has.
    """

    change: Text
    release: Text
    kind: Text
    claim: Text
    replaces: str
    council: str
    regime: str
    thing: Text
    property: Text
    before: str
    after: str
    source: Text
    reason: str


@dataclass(frozen=True)
class Ledger:
    """The recorded releases, the oldest first, and the changes that came with each."""

    releases: tuple[RecordedRelease, ...] = ()
    changes: tuple[RecordedChange, ...] = ()

    def is_of(self, claims: Collection[str]) -> bool:
        """Return whether the last recorded release has these claims and no others."""
        return bool(self.releases) and self.releases[-1].digest == digest_of(claims)

    def name_of(self, day: date) -> str:
        """Return the name of a release of a day, which no other has.

        >>> Ledger().name_of(date(2026, 11, 30))
        '2026-11-30'
        """
        same = [one for one in self.releases if one.day == day]
        return f"{day}.{len(same) + 1}" if same else str(day)

    def with_release(self, release: RecordedRelease, changes: Iterable[RecordedChange]) -> "Ledger":
        """Return the ledger with one more release."""
        return Ledger((*self.releases, release), (*self.changes, *changes))


def digest_of(claims: Iterable[str]) -> str:
    """Return what tells whether two releases have the same claims."""
    text = "\n".join(sorted(set(claims))).encode()
    return hashlib.sha256(text).hexdigest()[:_DIGEST_CHARACTERS]


def read_ledger(folder: Path | None = None) -> Ledger:
    """Return the ledger of a folder, or the project's own.

    Raises: UnreadableTable, naming file and line.
    """
    place = folder or registry_folder()
    releases = read_rows(text_of(place / _RELEASES), f"registry/{_RELEASES}", RecordedRelease)
    changes = read_rows(text_of(place / _CHANGES), f"registry/{_CHANGES}", RecordedChange)
    return Ledger(tuple(releases), tuple(changes))


def write_ledger(ledger: Ledger, folder: Path | None = None) -> list[str]:
    """Write the ledger, and return the names of the files that changed."""
    place = folder or registry_folder()
    texts = {
        place / _RELEASES: write_rows(ledger.releases, RecordedRelease).encode(),
        place / _CHANGES: write_rows(ledger.changes, RecordedChange).encode(),
    }
    return replace_files(texts)
