"""The commands that look after the releases of a folder, and that set two side by side."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from data.disk.lock import only_writer
from data.registry.ledger import read_ledger, write_ledger
from data.releases import DATA_FILE, whole_release
from data.settings import read_settings
from loaders.commands import FOLDER, REFUSED
from loaders.release.folder.differences import (
    changes_between,
    data_of,
    read_statements,
    shown,
)
from loaders.release.folder.kept import KeptRelease, clear_drafts, kept_releases, prune
from loaders.release.folder.quads import graph_changes, write_quads
from loaders.release.folder.record import recorded
from ontology.errors import NoRelease, WrongUse

_ACTIONS = "list", "verify", "prune", "record"
_KEPT = 2
_OUTPUTS = "table", "csv", "json"


@click.command(name="releases")
@click.argument("action", type=click.Choice(_ACTIONS), default="list")
@click.option("--release", type=FOLDER, help="Folder of the releases [default: release].")
@click.option(
    "--keep",
    type=click.IntRange(1),
    help=f"With prune: how many stay, the current one among them [default: {_KEPT}].",
)
@click.option("--note", help="With record: what the release brings, in words.")
@click.option("--reason", default="", help="With record: why statements changed.")
@click.option("--before", help="With record: the release that was recorded last.")
def releases_command(
    action: str,
    release: Path | None,
    keep: int | None,
    note: str | None,
    reason: str,
    before: str | None,
) -> None:
    """List the releases of a folder; verify each file of each; prune all but the newest; or record.

    To record the current release is to write into the ledger, data/registry, what changed since the
    one that was recorded before; the next build tells it at /changes.

    The current release is never removed. What was damaged is named and ends with exit code 1;
    `interventions build` writes it anew.
    """
    if keep is not None and action != "prune":
        raise WrongUse("--keep goes with prune: interventions releases prune --keep 2")
    folder = release or read_settings().release
    if not folder.is_dir():
        raise NoRelease(f"there is no folder {folder}; make one with: interventions build")
    if action == "record":
        _record(folder, note, reason, before)
        return
    if action == "prune":
        with only_writer(folder, lambda: click.echo(f"A build writes into {folder}; waiting …")):
            _report(prune(folder, keep or _KEPT), "removed")
            clear_drafts(folder)
    kept = kept_releases(folder, is_checked=action == "verify")
    _report(kept, "whole" if action == "verify" else "kept")
    if any(one.fault for one in kept):
        sys.exit(REFUSED)


def _record(folder: Path, note: str | None, reason: str, before: str | None) -> None:
    if not note:
        raise WrongUse("a release is recorded with a note: releases record --note 'What is new.'")
    old = None if before is None else data_of(before, folder)
    new, today = whole_release(folder) / DATA_FILE, datetime.now(UTC).date()
    ledger = recorded(read_ledger(), new, old, today, note, reason)
    write_ledger(ledger)
    told = sum(one.release == ledger.releases[-1].release for one in ledger.changes)
    click.echo(f"Recorded as {ledger.releases[-1].release}, with {told:,} changes.")


def _report(releases: list[KeptRelease], state: str) -> None:
    for one in releases:
        mark = "current" if one.is_current else "       "
        built = one.built_at or "time unknown"
        condition = f"damaged: {one.fault}" if one.fault else state
        click.echo(f"{one.folder.name}  {mark}  {built}  {one.size_bytes:>13,} bytes  {condition}")


@click.command(name="diff")
@click.argument("old")
@click.argument("new")
@click.option("--release", type=FOLDER, help="Folder of the releases [default: release].")
@click.option(
    "-f", "--format", "output", type=click.Choice(_OUTPUTS), default="table", show_default=True
)
@click.option("--quads", type=FOLDER, help="Folder to write added.nq and removed.nq into.")
@click.option("--exit-code", is_flag=True, help="End with exit code 1 if anything changed.")
def diff_command(
    old: str, new: str, release: Path | None, output: str, quads: Path | None, exit_code: bool
) -> None:
    """Tell what changed from the release OLD to NEW: new, corrected and withdrawn statements.

    Below them stands what else differs, by graph and property: a value that is derived may be
    another although no source says so.

    Each is a folder of a release or of releases, an identifier or how it begins, or a file of data.
    """
    folder = release or read_settings().release
    before, after = data_of(old, folder), data_of(new, folder)
    changes = changes_between(read_statements(before), read_statements(after))
    graphs = graph_changes(before, after)
    click.echo(shown(changes, output, graphs), nl=False)
    if quads is not None:
        added, removed = write_quads(before, after, quads)
        click.echo(f"quads: {added:,} added, {removed:,} removed; see {quads}", err=True)
    if exit_code and (changes or graphs):
        sys.exit(REFUSED)
