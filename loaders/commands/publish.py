"""The command that puts a release into a remote store."""

from pathlib import Path

import click

from data.releases import whole_release
from data.settings import read_settings
from loaders.commands import FOLDER
from loaders.commands.progress import tally
from loaders.release.publish import publish, work_bytes
from loaders.release.remote_store import Login, open_target
from ontology.errors import WrongUse


@click.command(name="publish")
@click.argument("url")
@click.option("--graph-store-url", help="Where the store takes graphs (Graph Store Protocol).")
@click.option("--update-url", help="Where the store takes SPARQL updates, in place of graphs.")
@click.option(
    "--user", help="Who writes; the password comes from INTERVENTIONS_ENGINE_PASSWORD only."
)
@click.option(
    "--release",
    type=FOLDER,
    help="Folder of the releases [default: release].",
)
def publish_command(
    url: str,
    graph_store_url: str | None,
    update_url: str | None,
    user: str | None,
    release: Path | None,
) -> None:
    """Put the current release into the SPARQL 1.1 store at URL, its address for queries.

    Graph by graph, each counted; a publication that was broken off is continued. Services that
    serve from the store go on with the release before until all is there.
    """
    settings = read_settings()
    if graph_store_url and update_url:
        raise WrongUse("give --graph-store-url or --update-url, not both")
    user = user or settings.engine_user
    login = Login(user, settings.engine_password or "") if user else None
    current = whole_release(release or settings.release)
    target = open_target(url, graph_store_url, update_url, login)
    with tally(work_bytes(current), f"Publishing release {current.name}") as report:
        done = publish(current, target, report)
    click.echo(f"Release {done.identifier} is current in {target.endpoint.url}.")
    click.echo(f"{done.graphs:>7,}  Graphs, and the default graph and everything beside them")
    for count, words in (
        (done.skipped, "Of them loaded by an earlier attempt"),
        (done.removed, "Graphs of older releases removed"),
    ):
        if count:
            click.echo(f"{count:>7,}  {words}")
