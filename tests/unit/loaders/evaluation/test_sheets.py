"""Made-up directions with sheets of facts: read, counted, and those not seen kept apart."""

from __future__ import annotations

import json
from pathlib import Path
from shutil import copy

import pytest
from click.testing import CliRunner

from loaders.commands.evaluate import evaluate_command
from loaders.evaluation.sheets import compare_sheet, seen_in, sheets_in
from tests.fixtures.paths import ROOT

FOLDER = ROOT / "tests" / "fixtures" / "gold_directions"


def test_every_sheet_has_its_document_and_says_that_it_is_made_up() -> None:
    """A sheet without its document would count as read badly; a made-up one must say so."""
    sheets = sheets_in(FOLDER)
    names = {sheet.name.removesuffix(".gold.json") for sheet in sheets}
    assert len(sheets) >= 34 and seen_in(FOLDER) <= names
    for sheet in sheets:
        assert json.loads(sheet.read_text("utf-8"))["made_up"] is True
        beside = [path.suffix for path in FOLDER.glob(f"{sheet.name.split('.')[0]}.*")]
        assert len(beside) == 2, sheet.name


def test_seen_and_unseen_stand_apart(tmp_path: Path) -> None:
    """One table for what the rules were written by, one for what their author had not seen."""
    for name in ("d01-blackpool", "d10-stoke"):
        for path in FOLDER.glob(f"{name}.*"):
            copy(path, tmp_path)
    (tmp_path / "seen.txt").write_text("d10-stoke\n")
    shown = CliRunner().invoke(evaluate_command, [str(tmp_path), "--documents", str(tmp_path)])
    assert shown.exit_code == 0, shown.output
    assert "had not seen: 1" in shown.output and "were written by: 1" in shown.output
    assert shown.output.count("| kind of fact | wrong, certain |") == 2


def test_a_name_with_an_office_is_neither_right_nor_wrong(tmp_path: Path) -> None:
    """What a sheet marks as only a mention is left out of the count, found or not."""
    copy(FOLDER / "w06-guildford.docx", tmp_path)
    gold = json.loads((FOLDER / "w06-guildford.gold.json").read_text("utf-8"))
    sheet = tmp_path / "w06-guildford.gold.json"
    counted = {}
    for mention in (True, False):
        for each in gold["appointments"]:
            if each["person"] == "Peter Quennell":
                each["mention_only"] = mention
        sheet.write_text(json.dumps(gold), "utf-8")
        counted[mention] = compare_sheet(sheet).tallies["appointments"].gold
    assert counted == {True: 2, False: 3}


@pytest.mark.parametrize(
    ("change", "line"),
    [
        ({"duties": []}, "duties: wrong 7.a "),
        ({"date": "2017-10-13"}, "dates: wrong date 2017-10-12"),
    ],
)
def test_a_planted_fault_is_counted(tmp_path: Path, change: dict[str, object], line: str) -> None:
    """What the sheet has not is wrong, and certain where nothing says that it was inferred."""
    gold = json.loads((FOLDER / "d01-blackpool.gold.json").read_text("utf-8"))
    copy(FOLDER / "d01-blackpool.txt", tmp_path)
    sheet = tmp_path / "d01-blackpool.gold.json"
    sheet.write_text(json.dumps(gold | change), "utf-8")
    comparison = compare_sheet(sheet)
    assert any(difference.startswith(line) for difference in comparison.differences)
    assert comparison.tallies[line.partition(":")[0]].certain > 0
