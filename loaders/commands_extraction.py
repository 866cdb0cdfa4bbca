"""The commands that read documents, and that measure how well they are read."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import click

from data.reading import read_records, records_folder
from data.settings import read_settings
from loaders.document_kinds import document_kinds
from loaders.evaluation import Comparison, evaluate_records, table_lines, totals
from loaders.extraction import extract
from loaders.many_files import Outcome, read_many
from loaders.side_by_side import side_by_side
from ontology.errors import WrongSetting

REFUSED = 1
FOLDER = click.Path(file_okay=False, path_type=Path)
ANY_FILE = click.Path(path_type=Path)
EXISTING = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command(name="extract")
@click.argument("files", nargs=-1, required=True, type=ANY_FILE, metavar="FILE…")
@click.option("--output", type=FOLDER, help="Folder for the candidates; one alone is printed.")
@click.option("--kind", help="Kind of the documents, if it is not to be recognised.")
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
    refused: list[Outcome] = []
    number = min(len(files), workers or os.cpu_count() or 1)
    with click.progressbar(length=len(files), label="reading", file=sys.stderr) as bar:
        for outcome in read_many(files, kind, number):
            bar.update(1)
            written = outcome if outcome.error else _keep(outcome, output)
            if written.error:
                refused.append(written)
    if opened and not refused:
        _show(files[0], output or Path(tempfile.mkdtemp()), kind)
    for one in refused:
        click.echo(f"Error: {one.error}", err=True)
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


def _keep(outcome: Outcome, output: Path | None) -> Outcome:
    """Print a candidate, or write it and the text that its passages count in."""
    if output is None:
        click.echo(outcome.record, nl=False)
        click.echo(f"{len(outcome.unread)} passages not read; see left_out", err=True)
        return outcome
    output.mkdir(parents=True, exist_ok=True)
    parts = {f"{outcome.path.stem}.yaml": outcome.record}
    if outcome.fixed_name:
        parts[outcome.fixed_name] = outcome.fixed
    for name in parts:
        if (output / name).exists():
            message = f"{output / name} exists already; nothing is written over"
            return Outcome(outcome.path, error=f"{outcome.path.name}: {message}")
    for name, text in parts.items():
        with (output / name).open("x", encoding="utf-8", newline="") as file:
            file.write(text)
    click.echo(f"{output / outcome.path.stem}.yaml  {outcome.kind}, {len(outcome.unread)} not read")
    return outcome


@click.command(name="evaluate")
@click.argument("gold", required=False, type=EXISTING)
@click.option("--documents", type=EXISTING, help="Folder of the documents of the gold records.")
@click.option("--differences", is_flag=True, help="Also list each fact missed or invented.")
def evaluate_command(gold: Path | None, documents: Path | None, differences: bool) -> None:
    """Compare what is read of documents with reviewed records of them.

    GOLD is a folder of records [default: the project's own].
    """
    folder = documents or read_settings().documents
    if folder is None:
        raise WrongSetting("no folder of documents; give --documents or INTERVENTIONS_DOCUMENTS")
    records = read_records(gold or records_folder())
    comparisons, left_out = evaluate_records(records, folder)
    click.echo("\n".join(table_lines(totals(comparisons))))
    for line in left_out:
        click.echo(f"not measured: {line}")
    if differences:
        click.echo("\n".join(_difference_lines(comparisons)))


def _difference_lines(comparisons: Sequence[Comparison]) -> list[str]:
    """Return each fact that was missed or invented."""
    return [
        f"{word} {comparison.name} {line}"
        for comparison in comparisons
        for word, lines in (
            ("missed", comparison.lines(comparison.missed)),
            ("invented", comparison.lines(comparison.invented)),
        )
        for line in lines
    ]
