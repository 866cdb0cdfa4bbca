"""The commands that read documents, and that measure how well they are read."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

import click

from data.reading import read_records
from data.settings import read_settings
from loaders.document_kinds import document_kinds
from loaders.evaluation import Comparison, evaluate_records, table_lines, totals
from loaders.extraction import extract
from loaders.many_files import Outcome, read_many
from loaders.side_by_side import side_by_side
from ontology.errors import WrongSetting

REFUSED = 1
CHECKOUT = Path(__file__).parent.parent
OWN_GOLD = (CHECKOUT / "data" / "records", CHECKOUT / "tests" / "fixtures" / "gold")
"""Records made by reading: of the project, and of reports for the tests alone."""

FOLDER = click.Path(file_okay=False, path_type=Path)
ANY_FILE = click.Path(path_type=Path)
EXISTING = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command(name="extract")
@click.argument("files", nargs=-1, required=True, type=ANY_FILE, metavar="FILE…")
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
    refused: list[Outcome] = []
    number = min(len(files), workers or os.cpu_count() or 1)
    with click.progressbar(length=len(files), label="reading", file=sys.stderr) as bar:
        for outcome in read_many(files, kind, number):
            bar.update(1)
            written = outcome if outcome.error else _keep(outcome, output, opened)
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


def _keep(outcome: Outcome, output: Path | None, opened: bool) -> Outcome:
    """Print a candidate, or write it and the text that its passages count in.

    In: whether a page will be written beside them, for which there must be room too.
    """
    if output is None:
        click.echo(outcome.record, nl=False)
        click.echo(f"{len(outcome.unread)} passages not read; see left_out", err=True)
        return outcome
    output.mkdir(parents=True, exist_ok=True)
    parts = {f"{outcome.path.stem}.yaml": outcome.record}
    if outcome.fixed_name:
        parts[outcome.fixed_name] = outcome.fixed
    for name in [*parts, *([f"{outcome.path.stem}.html"] if opened else [])]:
        if (output / name).exists():
            message = f"{output / name} exists already and is not written over; move it away"
            return Outcome(outcome.path, error=f"{outcome.path.name}: {message}")
    for name, text in parts.items():
        with (output / name).open("x", encoding="utf-8", newline="") as file:
            file.write(text)
    click.echo(f"{output / outcome.path.stem}.yaml  {outcome.kind}, {len(outcome.unread)} not read")
    return outcome


@click.command(name="evaluate")
@click.argument("gold", nargs=-1, type=EXISTING, metavar="[GOLD]…")
@click.option(
    "--documents",
    type=EXISTING,
    help="Folder of the documents; those of its folders are found too "
    "[default: INTERVENTIONS_DOCUMENTS, else ../shared/documents].",
)
@click.option("--differences", is_flag=True, help="Also list each fact missed or invented.")
def evaluate_command(gold: tuple[Path, ...], documents: Path | None, differences: bool) -> None:
    """Compare what is read of documents with reviewed records of them, kind by kind of fact.

    GOLD are folders of records, each with a table of its own [default: data/records, and
    tests/fixtures/gold, where they are]. A document that is not at hand is named and not counted;
    that none is at hand is an error.
    """
    folder = documents or read_settings().documents or _beside(CHECKOUT.parent)
    if folder is None:
        raise WrongSetting("no folder of documents; give --documents or INTERVENTIONS_DOCUMENTS")
    number = 0
    for place in gold or [one for one in OWN_GOLD if one.is_dir()]:
        comparisons, left_out = evaluate_records(read_records(place), folder)
        number += len(comparisons)
        if comparisons:
            shown = place.relative_to(CHECKOUT) if place.is_relative_to(CHECKOUT) else place
            click.echo(f"Documents read and compared with {shown.as_posix()}: {len(comparisons)}\n")
            click.echo("\n".join(table_lines(totals(comparisons))) + "\n")
        for line in left_out:
            click.echo(f"not measured: {line}", err=True)
        if differences:
            click.echo("\n".join(_difference_lines(comparisons)))
    if not number:
        raise WrongSetting(f"none of the documents of the records is in {folder}")


def _beside(parent: Path) -> Path | None:
    """Return the folder of documents beside a checkout, if there is one."""
    folder = parent / "shared" / "documents"
    return folder if folder.is_dir() else None


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
