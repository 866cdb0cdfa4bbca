"""The command that says what is wrong in the data."""

import logging
import sys
from pathlib import Path

import click

from loaders.commands import FILE, REFUSED
from loaders.commands.progress import stages
from loaders.release.build import BuildStage, build
from loaders.release.validate import check_files, describe_findings


@click.command(name="validate")
@click.argument("files", nargs=-1, type=FILE)
def validate_command(files: tuple[Path, ...]) -> None:
    """Say what is wrong in the project's data, or in any RDF files given.

    Exit code 1 if a rule is broken; warnings alone give 0.
    """
    # A rule says in one line of an impossible date what the reader of RDF would say in twenty.
    logging.getLogger("rdflib.term").setLevel(logging.CRITICAL)
    with stages(len(BuildStage)) as report:
        findings = check_files(files) if files else list(build(report=report).findings)
    for line in describe_findings(findings):
        click.echo(line)
    if any(finding.severity == "violation" for finding in findings):
        sys.exit(REFUSED)
