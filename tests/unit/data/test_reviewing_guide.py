"""The guide for reviewers names commands, options, files and kinds that exist."""

from __future__ import annotations

import re
import shlex

import click
import pytest

from data.records.files import read_record
from loaders.__main__ import Commands
from loaders.commands.extract import extract_command
from loaders.documents.extract import extract_text
from loaders.documents.files.fixed_text import text_of
from loaders.documents.kinds.recognition import kind_named
from loaders.documents.record.candidate import candidate_yaml
from loaders.documents.review import hints_of
from ontology.errors import UnreadableRecord
from tests.fixtures.documents.small_documents import direction
from tests.fixtures.guards import not_empty
from tests.fixtures.paths import ROOT

DATA = ROOT / "data"
GUIDE = (DATA / "REVIEWING.md").read_text(encoding="utf-8")
LINES = re.findall(r"^interventions .*$", GUIDE, re.MULTILINE)


@pytest.mark.parametrize("line", LINES)
def test_command_has_the_options_shown(line: str) -> None:
    """Every option that the guide shows is one of the command."""
    name, *rest = shlex.split(line)[1:]
    command = Commands().get_command(click.Context(extract_command), name)
    assert command is not None
    known = {option for parameter in command.params for option in parameter.opts}
    assert [option for option in rest if option.startswith("--") and option not in known] == []


def test_files_and_kinds_of_the_guide_exist() -> None:
    """What the guide sends a reviewer to is there."""
    for path in not_empty(re.findall(r"\]\(([^)#]+)\)", GUIDE)):
        assert (DATA / path).is_file()
    assert (DATA / "registry" / "directions.csv").is_file()
    for kind in not_empty(re.findall(r"--kind ([\w-]+)", GUIDE)):
        assert kind_named(kind)


def test_candidate_with_a_question_mark_is_refused() -> None:
    """Nobody commits a proposal by mistake."""
    found = extract_text(text_of(direction().encode(), "direction.txt"))
    with pytest.raises(UnreadableRecord, match=r"\?1"):
        read_record(candidate_yaml(found).encode(), "direction.yaml")


def test_head_of_a_candidate_names_what_the_register_may_hold() -> None:
    """A thing that no record tells of is found in the register by council and year."""
    words = {"title": "WEST SUSSEX COUNTY COUNCIL", "council": "West Sussex County Council"}
    found = extract_text(text_of(direction(**words, signed="20 April 2022").encode(), "a.txt"))
    hints = [
        hint for hint in hints_of(found.record, "a.txt") if hint.startswith("direction/WSX-2022")
    ]
    assert [hint.partition(" may be ")[2].partition(":")[0] for hint in hints] == [
        "direction/WSX-2022-01 of the register"
    ]
