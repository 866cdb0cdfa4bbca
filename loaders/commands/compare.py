"""The command that sets the record beside what others say of councils."""

import csv
import io
import json
from pathlib import Path

import click

from data.releases import DATA_FILE, whole_release
from data.settings import read_settings
from data.tables.comparisons import pairings_in, read_pairings
from loaders.commands import FILE, FOLDER
from loaders.release.answers import opened_release
from loaders.release.comparison import compared, report
from loaders.tables.facts.lists_of_councils import lists_in
from ontology.errors import WrongUse
from queries.comparison_views import COLUMNS, as_json, rows_of

_OUTPUTS = "table", "csv", "json"


@click.command(name="compare")
@click.option("--release", type=FOLDER, help="Folder of the releases [default: release].")
@click.option(
    "--lists", type=FILE, help="Lists of your own (CSV), in the columns of lists-of-councils."
)
@click.option(
    "--pairings", type=FILE, help="How they are answered (CSV), in the columns of comparisons."
)
@click.option(
    "-f", "--format", "output", type=click.Choice(_OUTPUTS), default="table", show_default=True
)
def compare_command(
    release: Path | None, lists: Path | None, pairings: Path | None, output: str
) -> None:
    """Set questions to ministers, and lists of councils, beside the current release.

    For each: whether the record could answer it, what was said, what the record says, and for each
    council that only one side names the claim, or the gap in what was read, that explains it.
    """
    if (lists is None) != (pairings is None):
        raise WrongUse("--lists and --pairings go together: give both, or neither")
    settings = read_settings()
    place = whole_release(release or settings.release) / DATA_FILE
    questions = compared(
        opened_release(place, settings.answer_bytes),
        read_pairings() if pairings is None else pairings_in(pairings),
        None if lists is None else lists_in(lists),
    )
    if output == "json":
        click.echo(json.dumps(as_json(questions), ensure_ascii=False, indent=2))
    elif output == "csv":
        text = io.StringIO()
        writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows_of(questions))
        click.echo(text.getvalue(), nl=False)
    else:
        click.echo("\n".join(report(questions)))
