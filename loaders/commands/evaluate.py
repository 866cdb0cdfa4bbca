"""The command that measures how right the reading of documents is."""

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from data.records.files import read_records
from data.settings import read_settings
from loaders.evaluation.score import Comparison, evaluate_records, table_lines, totals
from loaders.evaluation.sheets import (
    SheetComparison,
    compare_sheet,
    seen_in,
    sheets_in,
    table_of_sheets,
)
from ontology.errors import WrongSetting

_CHECKOUT = Path(__file__).parents[2]
_OWN_GOLD = (_CHECKOUT / "data" / "records", _CHECKOUT / "tests" / "fixtures" / "gold")
"""Records made by reading: of the project, and of reports for the tests alone."""

_EXISTING = click.Path(exists=True, file_okay=False, path_type=Path)


@click.command(name="evaluate")
@click.argument("gold", nargs=-1, type=_EXISTING, metavar="[GOLD]…")
@click.option(
    "--documents",
    type=_EXISTING,
    help="Folder of the documents; those of its folders are found too "
    "[default: INTERVENTIONS_DOCUMENTS, else ../shared/documents].",
)
@click.option("--differences", is_flag=True, help="Also list each fact missed or invented.")
def evaluate_command(gold: tuple[Path, ...], documents: Path | None, differences: bool) -> None:
    """Compare what is read of documents with reviewed records of them, kind by kind of fact.

    GOLD are folders of records, each with a table of its own [default: data/records, and
    tests/fixtures/gold, where they are]. A document that is not at hand is named and not counted;
    that none is at hand is an error. Sheets of facts (`*.gold.json`) stand beside their documents;
    documents named in `seen.txt` there are those that the rules were written by.
    """
    sheeted = [place for place in gold if sheets_in(place)]
    for place in sheeted:
        _compare_sheets(place, differences)
    if sheeted and len(sheeted) == len(gold):
        return
    gold = tuple(place for place in gold if place not in sheeted)
    folder = documents or read_settings().documents or _beside(_CHECKOUT.parent)
    if folder is None:
        raise WrongSetting("no folder of documents; give --documents or INTERVENTIONS_DOCUMENTS")
    number = 0
    for place in gold or [gold_folder for gold_folder in _OWN_GOLD if gold_folder.is_dir()]:
        comparisons, left_out = evaluate_records(read_records(place), folder)
        number += len(comparisons)
        if comparisons:
            shown = place.relative_to(_CHECKOUT) if place.is_relative_to(_CHECKOUT) else place
            click.echo(f"Documents read and compared with {shown.as_posix()}: {len(comparisons)}\n")
            click.echo("\n".join(table_lines(totals(comparisons))) + "\n")
        for line in left_out:
            click.echo(f"not measured: {line}", err=True)
        if differences:
            click.echo("\n".join(_difference_lines(comparisons)))
    if not number:
        raise WrongSetting(f"none of the documents of the records is in {folder}")


def _compare_sheets(place: Path, differences: bool) -> None:
    """Print how documents with a sheet of facts were read: those seen apart from the others."""
    seen = seen_in(place)
    sheets = sheets_in(place)
    with click.progressbar(sheets, label="reading", file=sys.stderr) as bar:
        comparisons = [compare_sheet(sheet) for sheet in bar]
    groups = {
        "the rules were written by": [each for each in comparisons if each.name in seen],
        "the rules' author had not seen": [each for each in comparisons if each.name not in seen],
    }
    for words, group in groups.items():
        if group:
            click.echo(f"Documents with sheets of facts that {words}: {len(group)}\n")
            click.echo("\n".join(table_of_sheets(group)) + "\n")
            if differences:
                click.echo("\n".join(_sheet_lines(group)) + "\n")


def _sheet_lines(comparisons: Sequence[SheetComparison]) -> list[str]:
    return [f"{each.name}: {line}" for each in comparisons for line in each.differences]


def _beside(parent: Path) -> Path | None:
    """Return the folder of documents beside a checkout, if there is one."""
    folder = parent / "shared" / "documents"
    return folder if folder.is_dir() else None


def _difference_lines(comparisons: Sequence[Comparison]) -> list[str]:
    return [
        f"{word} {comparison.name} {line}"
        for comparison in comparisons
        for word, lines in (
            ("missed", comparison.lines(comparison.missed)),
            ("invented", comparison.lines(comparison.invented)),
        )
        for line in lines
    ]
