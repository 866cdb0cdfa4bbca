"""The command that looks after the releases of a folder."""

import sys
from pathlib import Path

import click

from data.disk.lock import only_writer
from data.settings import read_settings
from loaders.commands import FOLDER, REFUSED
from loaders.release.folder.kept import KeptRelease, clear_drafts, kept_releases, prune
from ontology.errors import NoRelease, WrongUse

_ACTIONS = "list", "verify", "prune"
_KEPT = 2


@click.command(name="releases")
@click.argument("action", type=click.Choice(_ACTIONS), default="list")
@click.option("--release", type=FOLDER, help="Folder of the releases [default: release].")
@click.option(
    "--keep",
    type=click.IntRange(1),
    help=f"With prune: how many stay, the current one among them [default: {_KEPT}].",
)
def releases_command(action: str, release: Path | None, keep: int | None) -> None:
    """List the releases of a folder; verify each file of each; or prune, all but the newest.

    The current release is never removed. What was damaged is named and ends with exit code 1;
    `interventions build` writes it anew.
    """
    if keep is not None and action != "prune":
        raise WrongUse("--keep goes with prune: interventions releases prune --keep 2")
    folder = release or read_settings().release
    if not folder.is_dir():
        raise NoRelease(f"there is no folder {folder}; make one with: interventions build")
    if action == "prune":
        with only_writer(folder, lambda: click.echo(f"A build writes into {folder}; waiting …")):
            _report(prune(folder, keep or _KEPT), "removed")
            clear_drafts(folder)
    kept = kept_releases(folder, is_checked=action == "verify")
    _report(kept, "whole" if action == "verify" else "kept")
    if any(one.fault for one in kept):
        sys.exit(REFUSED)


def _report(releases: list[KeptRelease], state: str) -> None:
    for one in releases:
        mark = "current" if one.is_current else "       "
        built = one.built_at or "time unknown"
        condition = f"damaged: {one.fault}" if one.fault else state
        click.echo(f"{one.folder.name}  {mark}  {built}  {one.size_bytes:>13,} bytes  {condition}")
