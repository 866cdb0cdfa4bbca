"""The commands: many files at once, a clear message for each bad one, nothing written over."""

from __future__ import annotations

import html
import re
from pathlib import Path

import click
import pytest
from click.testing import CliRunner, Result

from data.reading import read_record
from loaders.commands_extraction import evaluate_command, extract_command
from loaders.document_kinds import document_kinds, kind_named, recognise
from loaders.identifiers_proposed import as_read
from loaders.many_files import read_many
from loaders.reading_limits import Limits
from ontology.errors import UnreadableDocument, WrongSetting, WrongUse
from tests.small_documents import direction, pdf


def run(*arguments: str | Path) -> Result:
    """Return what `extract` does."""
    return CliRunner().invoke(extract_command, [str(one) for one in arguments])


def test_one_file_is_printed(tmp_path: Path) -> None:
    """The candidate of one file goes to standard output, in the form of a record."""
    path = tmp_path / "a.txt"
    path.write_text(direction(), encoding="utf-8")
    result = run(path)
    assert result.exit_code == 0
    content = as_read(result.stdout).encode()
    assert "council: SFK" in result.stdout
    assert read_record(content, "a.yaml").record.directions


def test_many_files_and_bad_ones(tmp_path: Path) -> None:
    """Bad files are listed, the others are read, and the exit code is 1."""
    (tmp_path / "a.txt").write_text(direction(), encoding="utf-8")
    lines = direction().split("\n")
    (tmp_path / "b.pdf").write_bytes(pdf([[line[:400] for line in lines]]))
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "news.txt").write_text("The weather was fine in the town. " * 20, encoding="utf-8")
    files = [tmp_path / name for name in ("a.txt", "b.pdf", "empty.txt", "news.txt", "none.txt")]
    result = run(*files, "--output", tmp_path / "out")
    assert result.exit_code == 1
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == [
        "a.yaml",
        "b.txt",
        "b.yaml",
    ]
    for words in ("empty.txt is empty", "news.txt: cannot tell", "none.txt", "2 read, 3 refused"):
        assert words in result.stderr


def test_nothing_is_written_over(tmp_path: Path) -> None:
    """A second run leaves what the first one wrote."""
    path = tmp_path / "a.txt"
    path.write_text(direction(), encoding="utf-8")
    assert run(path, "--output", tmp_path).exit_code == 0
    (tmp_path / "a.yaml").write_text("corrected by hand", encoding="utf-8")
    result = run(path, "--output", tmp_path)
    assert result.exit_code == 1
    assert "exists already" in result.stderr
    assert (tmp_path / "a.yaml").read_text(encoding="utf-8") == "corrected by hand"


def test_page_shows_the_document_and_its_claims(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The page holds the text with its passages marked, and a link for every claim."""
    opened: list[str] = []
    monkeypatch.setattr(click, "launch", opened.append)
    path = tmp_path / "a.txt"
    path.write_text(direction(), encoding="utf-8")
    assert run(path, "--output", tmp_path / "out", "--open").exit_code == 0
    page = (tmp_path / "out" / "a.html").read_text(encoding="utf-8")
    assert opened == [str(tmp_path / "out" / "a.html")]
    anchors = set(re.findall(r'id="(c[0-9]+)"', page))
    assert set(re.findall(r'href="#(c[0-9]+)"', page)) == anchors
    shown = page[page.index("<main") : page.index("</main>")].partition(">")[2]
    assert html.unescape(re.sub(r"<[^>]+>", "", shown)) == direction()


def test_several_files_need_a_folder(tmp_path: Path) -> None:
    """Candidates of several files are not mixed on one output."""
    assert isinstance(run(tmp_path / "a", tmp_path / "b").exception, WrongSetting)


def test_a_file_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    """The limit of time ends the reading of one file, not of the others."""
    path = tmp_path / "a.txt"
    path.write_text(direction() * 20, encoding="utf-8")
    outcomes = list(read_many([path], None, 1, Limits(seconds=0.001)))
    assert "took longer" in outcomes[0].error


def test_kind_is_recognised_with_reasons() -> None:
    """What speaks for a kind is said; a text without any sign is asked about."""
    found = recognise(direction(), "a.txt")
    assert found.kind.name == "direction"
    assert any("497A" in reason for reason in found.reasons)
    with pytest.raises(UnreadableDocument, match="--kind"):
        recognise("Nothing of the sort.", "a.txt")
    with pytest.raises(WrongUse, match="known are"):
        kind_named("novel")


def test_every_kind_is_a_module_of_its_own() -> None:
    """A kind is found by the name of its module, and by nothing else."""
    assert "direction" in document_kinds()
    assert all(kind.signs for kind in document_kinds().values())


def test_evaluation_prints_a_table(documents: Path) -> None:
    """The table has a line for each kind of fact and one for all."""
    result = CliRunner().invoke(evaluate_command, ["--documents", str(documents), "--differences"])
    assert result.exit_code == 0
    assert "| kind of fact |" in result.stdout
    assert "| all |" in result.stdout
