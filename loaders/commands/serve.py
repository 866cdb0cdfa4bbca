"""The command that starts the service."""

import os
from pathlib import Path

import click

from data.settings import read_settings, variable
from loaders.commands import FILE, FOLDER
from loaders.release.service import serve
from ontology.errors import WrongUse


@click.command(name="serve")
@click.option("--host", help="Address to listen on [default: 127.0.0.1].")
@click.option("--port", type=int, help="Port to listen on [default: 8000].")
@click.option(
    "--workers", type=click.IntRange(1), default=1, show_default=True, help="Server processes."
)
@click.option(
    "--dataset", type=FILE, help="Serve this N-Quads or TriG file in place of the release."
)
@click.option("--release", type=FOLDER, help="Folder of the releases [default: release].")
@click.option("--engine", help="Serve from this SPARQL 1.1 store, its address for queries.")
def serve_command(
    host: str | None,
    port: int | None,
    workers: int,
    dataset: Path | None,
    release: Path | None,
    engine: str | None,
) -> None:
    """Start the service on the current release."""
    if engine and (dataset or release):
        raise WrongUse("give --engine, --dataset or --release, not two of them")
    given = {"host": host, "port": port, "dataset": dataset, "release": release, "engine": engine}
    os.environ.update(
        {variable(name): str(value) for name, value in given.items() if value is not None}
    )
    serve(read_settings(), workers)
