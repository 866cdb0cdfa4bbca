"""Record a release in the ledger: its claims, and what changed since the one recorded before."""

from datetime import date
from pathlib import Path

from data.registry.ledger import (
    REASONS,
    Ledger,
    RecordedChange,
    RecordedRelease,
    digest_of,
)
from loaders.release.folder.differences import (
    NEW,
    ReleaseStatements,
    StatementChange,
    changes_between,
    read_statements,
)
from ontology.errors import WrongUse
from ontology.identifiers import short


def recorded(
    ledger: Ledger, new: Path, old: Path | None, day: date, note: str, reason: str
) -> Ledger:
    """Return the ledger with one more release.

    In: the data of the release, and that of the one recorded before it, unless there is none; the
    day and a note; why statements were corrected or withdrawn, if any were.
    Raises: WrongUse for a release that is recorded, for one before that is not that of the ledger,
    and for a reason that is missing, or is none of those there are.
    """
    after = read_statements(new)
    if ledger.is_of(after.statements):
        raise WrongUse(f"these statements are recorded, as {ledger.releases[-1].release}")
    changes = _changes(ledger, after, old)
    if any(one.kind != NEW for one in changes) and reason not in REASONS:
        meant = "; ".join(f"{name}: {words}" for name, words in REASONS.items())
        raise WrongUse(f"statements were corrected or withdrawn; give a --reason. {meant}")
    name = ledger.name_of(day)
    release = RecordedRelease(
        release=name,
        day=day,
        claims=len(after.statements),
        digest=digest_of(after.statements),
        note=note,
    )
    return ledger.with_release(release, [_row(one, name, reason) for one in changes])


def _changes(ledger: Ledger, after: ReleaseStatements, old: Path | None) -> list[StatementChange]:
    """Return what changed since the last recorded release; nothing for the first."""
    if not ledger.releases:
        return []
    last = ledger.releases[-1].release
    if old is None:
        raise WrongUse(f"give the release that is recorded as {last}: --before RELEASE")
    before = read_statements(old)
    if not ledger.is_of(before.statements):
        raise WrongUse(f"{old} is not the release that is recorded as {last}; build that one again")
    return changes_between(before, after)


def _row(change: StatementChange, release: str, reason: str) -> RecordedChange:
    return RecordedChange(
        change=f"{release}/{change.claim.rpartition('/')[2]}",
        release=release,
        kind=change.kind,
        claim=short(change.claim),
        replaces=short(change.replaces),
        council=change.council,
        regime=change.regime,
        thing=short(change.thing),
        property=change.property.rpartition("/")[2].rpartition("#")[2],
        before=short(change.before),
        after=short(change.after),
        source=short(change.source),
        reason="" if change.kind == NEW else reason,
    )
