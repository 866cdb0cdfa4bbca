"""The command that copies what is taken away of a release."""

from pathlib import Path

import click

from data.releases import whole_release
from data.settings import read_settings
from loaders.commands import FOLDER
from loaders.exports.copy import ALL, FORMATS, copy_exports


@click.command(name="export")
@click.argument("folder", type=FOLDER)
@click.option(
    "--formats",
    default=ALL,
    show_default=True,
    help=f"Formats to write, with commas between: {', '.join((ALL, *FORMATS))}.",
)
@click.option("--release", type=FOLDER, help="Folder of the releases [default: release].")
def export_command(folder: Path, formats: str, release: Path | None) -> None:
    """Write the current release into a folder: linked data, tables, descriptions, hashes."""
    current = whole_release(release or read_settings().release)
    for path in copy_exports(current, folder, [name.strip() for name in formats.split(",")]):
        click.echo(f"{path.stat().st_size:>12,} bytes  {path}")
