"""The command that answers a question in ordinary English."""

import sys
from datetime import UTC, datetime
from pathlib import Path

import click

from data.releases import current_release
from data.settings import read_settings
from loaders.commands import FOLDER
from loaders.release.answers import kept_answers, release_answers
from loaders.release.questions import (
    OUTPUTS,
    answer_json,
    answer_lines,
    ask_in_english,
    is_too_long,
)
from ontology.errors import WrongParameter


@click.command(name="ask")
@click.argument("question")
@click.option(
    "-f", "--format", "output", type=click.Choice(OUTPUTS), default="text", show_default=True
)
@click.option("--release", type=FOLDER, help="Folder of the releases [default: release].")
def ask_command(question: str, output: str, release: Path | None) -> None:
    """Answer a question in ordinary English by a question of the catalogue, or not at all.

    What was understood is told in words; where nothing fits, the nearest questions are.
    """
    text = question.strip()
    if not text or not text.isprintable() or is_too_long(text):
        raise WrongParameter(
            f"a question of {len(text):,} characters; expected one in ordinary English, such as "
            '"Which directions has Norfolk received?"'
        )
    settings = read_settings()
    folder = release or settings.release
    ask = release_answers(folder, settings)
    lists, today = kept_answers(folder, settings, ask), datetime.now(UTC).date()
    answer = ask_in_english(ask, lists, current_release(folder).name, text, today)
    lines = answer_lines(answer, sys.stdout.isatty())
    click.echo(answer_json(answer) if output == "json" else "\n".join(lines))
