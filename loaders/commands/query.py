"""The command that asks a release, or a store that holds one."""

import sys
from pathlib import Path

import click

from data.settings import read_settings
from loaders.commands import FOLDER
from loaders.commands.progress import patience
from loaders.release.answers import (
    OUTPUTS,
    answer,
    catalogue_lines,
    release_answers,
    remote_answers,
)
from ontology.errors import WrongParameter


@click.command(name="query")
@click.argument("name", required=False)
@click.option(
    "-p", "--parameter", "given", multiple=True, metavar="KEY=VALUE", help="Value of a parameter."
)
@click.option(
    "-f", "--format", "output", type=click.Choice(OUTPUTS), default="table", show_default=True
)
@click.option("--release", type=FOLDER, help="Folder of the releases [default: release].")
@click.option("--engine", help="Ask this SPARQL 1.1 store in place of a release here.")
def query_command(
    name: str | None,
    given: tuple[str, ...],
    output: str,
    release: Path | None,
    engine: str | None,
) -> None:
    """Answer a catalogue query, or a .rq file, on the current release.

    Without a name, list the catalogue. On a terminal the long cells of a table are cut; in a pipe
    or a file nothing is. A query of your own has no limit of time here.
    """
    if name is None:
        click.echo("\n".join(catalogue_lines()))
        return
    settings = read_settings()
    address = engine or (None if release else settings.engine)
    asked = (
        remote_answers(settings.model_copy(update={"engine": address}))
        if address
        else release_answers(release or settings.release, settings)
    )
    with patience("Asking"):
        found = answer(asked, name, _pairs(given), output, sys.stdout.isatty(), _tell)
    click.echo(found, nl=False)


def _tell(remark: str) -> None:
    click.echo(remark, err=True)


def _pairs(given: tuple[str, ...]) -> dict[str, str]:
    pairs: dict[str, str] = {}
    for text in given:
        key, sign, value = text.partition("=")
        if not sign:
            raise WrongParameter(f"-p {text}: expected key=value, for example -p council=NFK")
        if key in pairs:
            raise WrongParameter(f"-p {key}: it is given twice; give it once")
        pairs[key] = value
    return pairs
