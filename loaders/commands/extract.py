"""The command that reads documents."""

import os
import sys
import tempfile
from pathlib import Path

import click

from loaders.commands import FOLDER, REFUSED
from loaders.documents.extract import ReadingOutcome, extract, outcome_of, read_many
from loaders.documents.kinds.recognition import document_kinds
from loaders.documents.record.decisions import decided, read_decisions
from loaders.documents.review import side_by_side
from ontology.errors import UnreadableDocument, WrongSetting

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
@click.option(
    "--review",
    "review",
    type=_ANY_FILE,
    help="Decisions saved on the page of one document: its record of what was accepted is given.",
)
@click.option("--workers", type=click.IntRange(1), help="Files read at once [default: cores].")
def extract_command(
    files: tuple[Path, ...],
    output: Path | None,
    kind: str | None,
    opened: bool,
    review: Path | None,
    workers: int | None,
) -> None:
    """Read documents into candidate records, with a passage for every claim.

    Each candidate ends with what could not be read. A file that cannot be used is listed, does not
    stop the others, and makes the exit code 1. Nothing is written over.
    """
    _check_fits(len(files), output, opened, review)
    if review:
        _give_reviewed(files[0], review, output, kind)
        return
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


def _check_fits(number: int, output: Path | None, opened: bool, review: Path | None) -> None:
    """Raise what is wrong with options that do not go together."""
    if output is None and number > 1:
        raise WrongSetting("several files need a folder for their candidates; give --output")
    if opened and number > 1:
        raise WrongSetting("--open shows one document; give one file")
    if review and (number > 1 or opened):
        raise WrongSetting("--review is of one document, and without --open; give one file")


def _give_reviewed(path: Path, review: Path, output: Path | None, kind: str | None) -> None:
    """Print or write the record of what a reviewer accepted."""
    try:
        made = read_decisions(review.read_bytes(), review.name)
        outcome = outcome_of(path, decided(extract(path, kind), made))
    except OSError as error:
        raise UnreadableDocument(f"{error.filename}: {error.strerror}") from None
    written = _write(outcome, output, False)
    if written.error:
        raise UnreadableDocument(written.error)


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
