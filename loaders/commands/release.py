"""The commands that make a release, check it, ask it, write it out and serve it."""

from __future__ import annotations

import gc
import os
import socket
import sys
from pathlib import Path

import click

from data.releases import current_release, read_manifest
from data.settings import read_settings, variable
from loaders.commands.data import existing
from loaders.commands.progress import Progress
from loaders.commands.query import OUTPUTS, answer, catalogue_lines, release_answers, remote_answers
from loaders.commands.serve import serve
from loaders.release.build import BuildStage, build
from loaders.release.check_files import check_files, describe_findings
from loaders.release.counts import report_lines
from loaders.release.write import EXPORTS, export, write_release
from ontology.errors import WrongParameter, WrongUse
from shapes import Finding

REFUSED = 1

_FOLDER = click.Path(file_okay=False, path_type=Path)
_FILE = click.Path(exists=True, dir_okay=False, path_type=Path)


@click.command(name="build")
@click.option("--release", type=_FOLDER, help="Folder of the releases [default: release].")
@click.option(
    "--documents",
    type=_FOLDER,
    help="Folder of the source documents; their words are then compared.",
)
@click.option(
    "--data",
    type=_FOLDER,
    help="Folder of publishers' tables, read in place of the project's own.",
)
def build_command(release: Path | None, documents: Path | None, data: Path | None) -> None:
    """Make a release from the records and tables, check it, and switch to it."""
    settings = read_settings()
    folder = release or settings.release
    # A build throws nothing away before it ends, so looking for garbage is time lost.
    gc.disable()
    with Progress() as progress:
        built = build(
            documents=documents or settings.documents, data=existing(data), report=progress.stage
        )
        progress.stage(BuildStage.WRITE)
        target = write_release(built, folder)
    manifest = read_manifest(target)
    click.echo(f"Release {manifest['id']} is current in {folder}.")
    for line in report_lines(built.figures):
        click.echo(line)
    for name in ("claims", "warnings"):
        click.echo(f"{manifest['counts'][name]:>7,}  {name.capitalize()}")


@click.command(name="validate")
@click.argument("files", nargs=-1, type=_FILE)
def validate_command(files: tuple[Path, ...]) -> None:
    """Say what is wrong in the project's data, or in any RDF files given.

    Exit code 1 if a rule is broken; warnings alone give 0.
    """
    with Progress() as progress:
        findings = check_files(files) if files else list(build(report=progress.stage).findings)
    _say_findings(findings)


def _say_findings(findings: list[Finding]) -> None:
    """Print findings and leave with 1 if a rule is broken."""
    for line in describe_findings(findings):
        click.echo(line)
    if any(finding.severity == "violation" for finding in findings):
        sys.exit(REFUSED)


@click.command(name="query")
@click.argument("name", required=False)
@click.option(
    "-p", "--parameter", "given", multiple=True, metavar="KEY=VALUE", help="Value of a parameter."
)
@click.option(
    "-f", "--format", "output", type=click.Choice(OUTPUTS), default="table", show_default=True
)
@click.option("--release", type=_FOLDER, help="Folder of the releases [default: release].")
@click.option("--engine", help="Ask this SPARQL 1.1 store in place of a release here.")
def query_command(
    name: str | None,
    given: tuple[str, ...],
    output: str,
    release: Path | None,
    engine: str | None,
) -> None:
    """Answer a catalogue query, or a .rq file, on the current release.

    Without a name, list the catalogue.
    """
    if name is None:
        click.echo("\n".join(catalogue_lines()))
        return
    settings = read_settings()
    address = engine or (None if release else settings.engine)
    asked = (
        remote_answers(settings.model_copy(update={"engine": address}))
        if address
        else release_answers(current_release(release or settings.release), settings.answer_bytes)
    )
    click.echo(answer(asked, name, _pairs(given), output), nl=False)


def _pairs(given: tuple[str, ...]) -> dict[str, str]:
    """Return parameters given as key=value."""
    pairs: dict[str, str] = {}
    for text in given:
        key, sign, value = text.partition("=")
        if not sign:
            raise WrongParameter(f"-p {text}: expected key=value, for example -p council=NFK")
        if key in pairs:
            raise WrongParameter(f"-p {key}: it is given twice; give it once")
        pairs[key] = value
    return pairs


@click.command(name="export")
@click.argument("folder", type=_FOLDER)
@click.option(
    "--formats",
    default=",".join(EXPORTS),
    show_default=True,
    help="Formats to write, with commas between.",
)
@click.option("--release", type=_FOLDER, help="Folder of the releases [default: release].")
def export_command(folder: Path, formats: str, release: Path | None) -> None:
    """Write the current release's dumps into a folder."""
    current = current_release(release or read_settings().release)
    for path in export(current, folder, [name.strip() for name in formats.split(",")]):
        click.echo(f"{path.stat().st_size:>12,} bytes  {path}")


@click.command(name="serve")
@click.option("--host", help="Address to listen on [default: 127.0.0.1].")
@click.option("--port", type=int, help="Port to listen on [default: 8000].")
@click.option(
    "--workers", type=click.IntRange(1), default=1, show_default=True, help="Server processes."
)
@click.option(
    "--dataset", type=_FILE, help="Serve this N-Quads or TriG file in place of the release."
)
@click.option("--release", type=_FOLDER, help="Folder of the releases [default: release].")
@click.option("--engine", help="Serve from this SPARQL 1.1 store, its address for queries.")
def serve_command(
    host: str | None,
    port: int | None,
    workers: int,
    dataset: Path | None,
    release: Path | None,
    engine: str | None,
) -> None:
    """Start the service on the current release."""
    if engine and (dataset or release):
        raise WrongUse("give --engine, --dataset or --release, not two of them")
    given = {"host": host, "port": port, "dataset": dataset, "release": release, "engine": engine}
    os.environ.update(
        {variable(name): str(value) for name, value in given.items() if value is not None}
    )
    settings = read_settings()
    # A port in use is told here, in our words, before anything is loaded.
    socket.create_server((settings.host, settings.port)).close()
    serve(settings, workers)
