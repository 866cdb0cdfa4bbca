"""The command that makes a release."""

import gc
from pathlib import Path

import click

from data.disk.lock import only_writer
from data.releases import DATA_FILE, read_manifest, whole_release
from data.settings import read_settings
from data.sources import publishers_folder
from loaders.commands import FOLDER
from loaders.commands.progress import stages
from loaders.exports.folder import make_exports
from loaders.release.build import BuildStage, build
from loaders.release.coverage import report_lines
from loaders.release.write import write_locked
from ontology.errors import NoRelease
from queries.engine.on_disk import store_on_disk


@click.command(name="build")
@click.option("--release", type=FOLDER, help="Folder of the releases [default: release].")
@click.option(
    "--documents",
    type=FOLDER,
    help="Folder of the source documents; their words are then compared.",
)
@click.option(
    "--data",
    type=FOLDER,
    help="Folder of publishers' tables, read in place of the project's own.",
)
@click.option(
    "--exports/--no-exports",
    default=True,
    show_default=True,
    help="Make the folder of what is taken away, after the release.",
)
def build_command(
    release: Path | None, documents: Path | None, data: Path | None, exports: bool
) -> None:
    """Make a release from the records and tables, check it, and switch to it."""
    settings = read_settings()
    folder, tables = release or settings.release, publishers_folder(data)
    # A build throws nothing away before it ends, so looking for garbage is time lost.
    gc.disable()
    with only_writer(folder, lambda: _say_wait(folder)), stages(len(BuildStage)) as report:
        before = _current(folder)
        built = build(documents=documents or settings.documents, data=tables, report=report)
        report(BuildStage.WRITE)
        target = write_locked(built, folder)
    manifest = read_manifest(target)
    if settings.store == "disk":
        click.echo("making the store on disk …", err=True)
        store_on_disk(target / DATA_FILE, is_release=True, sha256=manifest["files"][DATA_FILE])
    click.echo(f"Release {manifest['id']} is current in {folder}.")
    for line in report_lines(built.figures):
        click.echo(line)
    for name in ("claims", "warnings"):
        click.echo(f"{manifest['counts'][name]:>7,}  {name.capitalize()}")
    if exports:
        _make_exports(folder, target, before)


def _current(folder: Path) -> Path | None:
    """Return the release that is current before the build, if there is one and it is whole."""
    try:
        return whole_release(folder)
    except NoRelease:
        return None


def _make_exports(folder: Path, release: Path, before: Path | None) -> None:
    """Make what is taken away; the release is current already, and others may use it."""
    click.echo("making what is taken away …", err=True)
    with only_writer(folder, lambda: _say_wait(folder)):
        made = make_exports(release, before)
    click.echo(
        f"{made.files} files, {made.size_bytes:,} bytes, are in {made.folder} "
        f"(after {made.took_s:.0f} s)."
    )


def _say_wait(folder: Path) -> None:
    click.echo(
        f"Another build writes into {folder}; this one begins when that has ended …", err=True
    )
