"""The command that reads documents."""

import os
import sys
import tempfile
from pathlib import Path

import click

from loaders.commands import FOLDER, REFUSED
from loaders.documents.extract import ReadingOutcome, extract, read_many
from loaders.documents.kinds.recognition import document_kinds
from loaders.documents.review import side_by_side
from ontology.errors import WrongSetting

_ANY_FILE = click.Path(path_type=Path)


@click.command(name="extract")
@click.argument("files", nargs=-1, required=True, type=_ANY_FILE, metavar="FILE…")
@click.option("--output", type=FOLDER, help="Folder for the candidates; one alone is printed.")
@click.option(
    "--kind", help="Kind of the documents, such as direction, in place of recognising it."
)
@click.option(
    "--open", "opened", is_flag=True, help="Also show one document and its claims side by side."
)
@click.option("--workers", type=click.IntRange(1), help="Files read at once [default: cores].")
def extract_command(
    files: tuple[Path, ...],
    output: Path | None,
    kind: str | None,
    opened: bool,
    workers: int | None,
) -> None:
    """Read documents into candidate records, with a passage for every claim.

    Each candidate ends with what could not be read. A file that cannot be used is listed, does not
    stop the others, and makes the exit code 1. Nothing is written over.
    """
    if output is None and len(files) > 1:
        raise WrongSetting("several files need a folder for their candidates; give --output")
    if opened and len(files) > 1:
        raise WrongSetting("--open shows one document; give one file")
    document_kinds()
    refused: list[ReadingOutcome] = []
    number = min(len(files), workers or os.cpu_count() or 1)
    with click.progressbar(length=len(files), label="reading", file=sys.stderr) as bar:
        for outcome in read_many(files, kind, number):
            bar.update(1)
            written = outcome if outcome.error else _write(outcome, output, opened)
            if written.error:
                refused.append(written)
    if opened and not refused:
        _show(files[0], output or Path(tempfile.mkdtemp()), kind)
    for outcome in refused:
        click.echo(f"Error: {outcome.error}", err=True)
    if len(files) > 1:
        click.echo(f"{len(files) - len(refused)} read, {len(refused)} refused", err=True)
    if refused:
        sys.exit(REFUSED)


def _show(path: Path, folder: Path, kind: str | None) -> None:
    """Write the page of one document and its claims, and open it."""
    page = folder / f"{path.stem}.html"
    with page.open("x", encoding="utf-8") as file:
        file.write(side_by_side(extract(path, kind)))
    click.echo(f"{page}", err=True)
    click.launch(str(page))


def _write(outcome: ReadingOutcome, output: Path | None, opened: bool) -> ReadingOutcome:
    """Print a candidate, or write it and the text that its passages count in.

    In: whether a page will be written beside them, for which there must be room too.
    """
    if output is None:
        click.echo(outcome.record, nl=False)
        click.echo(f"{outcome.unread} passages not read; see left_out", err=True)
        return outcome
    output.mkdir(parents=True, exist_ok=True)
    parts = {f"{outcome.path.stem}.yaml": outcome.record}
    if outcome.fixed_name:
        parts[outcome.fixed_name] = outcome.fixed
    for name in [*parts, *([f"{outcome.path.stem}.html"] if opened else [])]:
        if (output / name).exists():
            message = f"{output / name} exists already and is not written over; move it away"
            return ReadingOutcome(outcome.path, error=f"{outcome.path.name}: {message}")
    for name, text in parts.items():
        with (output / name).open("x", encoding="utf-8", newline="") as file:
            file.write(text)
    click.echo(f"{output / outcome.path.stem}.yaml  {outcome.kind}, {outcome.unread} not read")
    return outcome
