"""The command that writes the dumps of a release."""

from pathlib import Path

import click

from data.releases import whole_release
from data.settings import read_settings
from loaders.commands import FOLDER
from loaders.release.folder.exports import EXPORTS, export


@click.command(name="export")
@click.argument("folder", type=FOLDER)
@click.option(
    "--formats",
    default=",".join(EXPORTS),
    show_default=True,
    help="Formats to write, with commas between.",
)
@click.option("--release", type=FOLDER, help="Folder of the releases [default: release].")
def export_command(folder: Path, formats: str, release: Path | None) -> None:
    """Write the current release's dumps into a folder."""
    current = whole_release(release or read_settings().release)
    for path in export(current, folder, [name.strip() for name in formats.split(",")]):
        click.echo(f"{path.stat().st_size:>12,} bytes  {path}")
