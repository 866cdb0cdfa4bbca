"""The commands that keep the data: identifiers, the project's tables, the publishers' files."""

import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import click

from data.decisions.identity import MATCHES_FILE, read_matches
from data.records.files import read_records
from data.registry.identifiers import read_registers, registry_folder, write_registers
from data.settings import read_settings
from data.sources import publishers_folder
from loaders.claims.claim import read_claims
from loaders.commands import FOLDER, REFUSED
from loaders.identifiers.clusters import mentions
from loaders.identifiers.mint import Minting, Unclear, mint
from loaders.identifiers.windows import class_names_of_things, windows_of_things
from loaders.tables.all_tables import FACTS, SOURCES, own_rows, rows_of, table_sources
from loaders.tables.download import DownloadLimits
from loaders.tables.publisher_copies import Check, FetchTarget, reader_of, renew_copy, targets
from loaders.tables.refresh import renewals, tables_folder, write_renewals
from ontology.errors import InputRefused, WrongSetting

_FETCHED = Path("published")


@click.command(name="mint")
@click.option("--data", type=FOLDER, help="Folder of publishers' tables, read in place of our own.")
@click.option("--dry-run", is_flag=True, help="Only say what would be minted.")
def mint_command(data: Path | None, dry_run: bool) -> None:
    """Give every row of the tables an identifier in data/registry.

    Rows that may be one of several things are listed, and nothing is minted for them; the exit code
    is then 1. Decide in data/decisions/matches.csv, and run the command again.
    """
    folder = registry_folder()
    click.echo("reading records and tables …", err=True)
    claims = [claim for file in read_records() for claim in read_claims(file)]
    rows = mentions((*SOURCES, *FACTS), publishers_folder(data))
    minting = mint(
        rows,
        read_registers(folder),
        read_matches(),
        windows_of_things(claims),
        class_names_of_things(claims),
    )
    changed = [] if dry_run else write_registers(folder, minting.registers)
    for line in _minting_lines(minting):
        click.echo(line)
    if not dry_run:
        click.echo(f"written: {', '.join(changed) or 'nothing, all is as it was'}")
    if minting.unclear:
        sys.exit(REFUSED)


def _minting_lines(minting: Minting) -> Iterator[str]:
    for thing, group in minting.minted.items():
        yield f"new: {thing} for {group}"
    for row, thing in minting.joined.items():
        yield f"joined: {row} to {thing}"
    for unclear in minting.unclear:
        yield from _unclear_lines(unclear)
    count = len(minting.unclear)
    yield f"{len(minting.minted)} new, {len(minting.joined)} joined, {count} unclear"
    if count:
        yield f"decide the unclear in data/decisions/{MATCHES_FILE}, and run the command again"


def _unclear_lines(unclear: Unclear) -> Iterator[str]:
    """Yield what a person has to decide about some rows."""
    yield f"unclear: {unclear.group}"
    for thing, description in unclear.candidates.items():
        yield f"  may be {thing} ({description})"
        yield f"  {MATCHES_FILE}: {unclear.group.rows[0]},{thing},same or different,why"
    if unclear.group.span is None:
        yield "  has no date to number it by: if it is new, enter it in data/registry by hand"


@click.command(name="tables")
@click.option("--data", type=FOLDER, help="Folder of publishers' tables.")
@click.option("--dry-run", is_flag=True, help="Only say what would change.")
def tables_command(data: Path | None, dry_run: bool) -> None:
    """Make the project's own tables anew from the publishers' files.

    Nothing is written if a cell of any file cannot be used.
    """
    folder = publishers_folder(data)
    if folder is None:
        raise WrongSetting("no folder of publishers' tables; give --data or INTERVENTIONS_DATA")
    renewed = renewals(table_sources(folder), folder, tables_folder(), own_rows)
    if not dry_run:
        write_renewals(renewed)
    for renewal in renewed:
        for line in renewal.lines():
            click.echo(line)
    made = "would be made" if dry_run else "made"
    click.echo(f"{len(renewed)} tables {made} from {folder}; then run `interventions mint`")


@click.command(name="fetch")
@click.argument("sources", nargs=-1, metavar="[SOURCE]…")
@click.option("--data", type=FOLDER, help="Folder of the copies [default: published].")
def fetch_command(sources: tuple[str, ...], data: Path | None) -> None:
    """Get the newest copies of the published tables from their publishers.

    A copy that cannot be read is refused and the earlier one stays; the exit code is then 1. This
    is the only command that uses the network.
    """
    settings = read_settings()
    folder = data or settings.data or _FETCHED
    limits = DownloadLimits(settings.fetch_seconds, settings.fetch_bytes)
    wanted = targets(table_sources(), sources)
    refused = fetch_all(
        wanted, folder, limits, lambda target: reader_of(target, table_sources, rows_of, folder)
    )
    if folder.is_dir() and any(folder.iterdir()):
        click.echo(
            f"the copies are in {folder}; build with them: interventions build --data {folder}"
        )
    if refused:
        sys.exit(REFUSED)


def fetch_all(
    wanted: Iterable[FetchTarget],
    folder: Path,
    limits: DownloadLimits,
    reader: Callable[[FetchTarget], Check],
) -> int:
    """Renew the copies in a folder, say what becomes of each, and return how many were refused.

    In: gives what reads a new copy of a published file.
    Guarantee: one that is refused does not keep the others from being renewed.
    """
    refused = 0
    for target in wanted:
        name = f"{target.source}, {target.file}"
        if not target.address:
            click.echo(f"{name}: source.toml gives no address; there is nothing to fetch")
            continue
        click.echo(f"{name}: asking {target.address} …", err=True)
        try:
            click.echo(f"{name}: {renew_copy(target, folder, limits, reader(target))}")
        except InputRefused as error:
            click.echo(f"Error: {error}", err=True)
            refused += 1
    return refused
