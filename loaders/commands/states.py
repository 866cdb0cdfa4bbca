"""The command that counts how certain the answers about a day are."""

from pathlib import Path

import click

from data.settings import read_settings
from loaders.commands import FOLDER
from loaders.release.answers import release_answers
from loaders.release.states import ALL_REGIMES, DAYS, REGIMES, share_lines, state_lines, states


@click.command(name="states")
@click.option("--on", "days", multiple=True, metavar="DAY", help="A day, such as 2018-01-01.")
@click.option(
    "--regime", "regimes", multiple=True, type=click.Choice(ALL_REGIMES), help="A regime."
)
@click.option("--list", "is_listed", is_flag=True, help="Each answer with its reason too.")
@click.option("--release", type=FOLDER, help="Folder of the releases [default: release].")
def states_command(
    days: tuple[str, ...], regimes: tuple[str, ...], is_listed: bool, release: Path | None
) -> None:
    """Count how certain it is who was under intervention: by day, regime and certainty.

    Without a day, on six days between 2015 and 2025; without a regime, for children's services and
    best value. The last column is the share of certain and planned in all answers but ended.
    """
    settings = read_settings()
    others = [] if regimes else [one for one in ALL_REGIMES if one not in REGIMES]
    days, regimes = days or DAYS, regimes or REGIMES
    found = states(release_answers(release or settings.release, settings), days, regimes)
    if is_listed:
        click.echo("\n".join(state_lines(found)))
    click.echo("\n".join(share_lines(found, days, regimes)))
    if others:
        asked = " ".join(f"--regime {one}" for one in others)
        click.echo(f"Not counted: {' and '.join(others)}; ask with {asked}", err=True)
