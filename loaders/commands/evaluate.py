"""The command that measures how right the reading of documents is."""

from collections.abc import Sequence
from pathlib import Path

import click

from data.records.files import read_records
from data.settings import read_settings
from loaders.evaluation.score import Comparison, evaluate_records, table_lines, totals
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
    that none is at hand is an error.
    """
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
