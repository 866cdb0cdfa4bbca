"""The command line explains itself, ends with the right code, and says what is wrong in words."""

from __future__ import annotations

import json
import sys
import tomllib
from pathlib import Path

import pytest

from data.releases import current_release
from loaders.__main__ import _EXTRAS, main
from tests.fixtures.guards import not_empty
from tests.fixtures.paths import FIXTURES, ROOT

NAME = "Northamptonshire"
SHAPE_EXAMPLES = FIXTURES / "shapes"


def run(monkeypatch: pytest.MonkeyPatch, *arguments: str | Path) -> int:
    """Return the exit code of a command."""
    monkeypatch.setattr("sys.argv", ["interventions", *map(str, arguments)])
    with pytest.raises(SystemExit) as caught:
        main()
    code = caught.value.code
    return code if isinstance(code, int) else 0


@pytest.mark.parametrize("command", ["build", "validate", "query", "export", "serve"])
def test_every_command_has_help(
    command: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Help says what the command does, in a sentence."""
    assert run(monkeypatch, command, "--help") == 0
    assert "Usage: interventions" in capsys.readouterr().out


def test_query_lists_the_catalogue(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Without a name, the questions there are."""
    assert run(monkeypatch, "query") == 0
    assert "directions_of_council" in capsys.readouterr().out


def test_query_answers_in_each_form(
    release: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A table for people, CSV and JSON for programs, with the same rows."""
    common = ("query", "directions_of_council", "-p", "council=WOR", "--release", release)
    assert run(monkeypatch, *common) == 0
    table = capsys.readouterr().out
    assert run(monkeypatch, *common, "-f", "csv") == 0
    csv = capsys.readouterr().out
    assert run(monkeypatch, *common, "-f", "json") == 0
    rows = json.loads(capsys.readouterr().out)["results"]["bindings"]
    assert table.endswith("(2 rows)\n")
    assert len(csv.strip().splitlines()) == len(rows) + 1 == 3


def test_a_name_means_the_council_of_the_day(
    release: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """As at the addresses of the service; without a day it may mean two."""
    asked = ("query", "acts_in_force_on_day", "-p", "day=2018-01-01", "--release", release)
    told = []
    for name in ("Worcestershire", "WOR"):
        assert run(monkeypatch, *asked, "-p", f"council={name}") == 0
        told.append(capsys.readouterr().out)
    assert told[0] == told[1] and "WOR-2017-02" in told[0]
    assert run(monkeypatch, *asked, "-p", "council=Buckinghamshire") == 0


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("Worcestershir", "-p council=Worcestershir: taken to mean Worcestershire"),
        ("Worcs CC", "-p council=Worcs CC: taken to mean Worcestershire"),
        ("wor", ""),
        ("Worcestershire County Council", ""),
    ],
)
def test_who_is_taken_for_the_one_named_is_told(
    release: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    name: str,
    told: str,
) -> None:
    """Beside the answer, which stays what a program reads; of a code or a name nothing."""
    asked = "query", "directions_of_council", "-f", "csv", "--release", release
    assert run(monkeypatch, *asked, "-p", f"council={name}") == 0
    found = capsys.readouterr()
    assert "WOR-2017-02" in found.out and "taken to mean" not in found.out
    assert (told in found.err) if told else (found.err == "")


@pytest.mark.parametrize("is_terminal", [True, False])
def test_cells_are_cut_on_a_terminal_alone(
    release: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    is_terminal: bool,
) -> None:
    """A pipe gets them whole; where some are cut the last line says how they are had whole."""
    monkeypatch.setattr(sys.stdout, "isatty", lambda: is_terminal)
    asked = "query", "directions_in_force", "-p", "day=2018-01-01", "--release", release
    assert run(monkeypatch, *asked) == 0
    text = capsys.readouterr().out
    assert ("…" in text, "-f csv" in text.splitlines()[-1]) == (is_terminal, is_terminal)
    assert ("No end is told." in text) != is_terminal
    assert "council/NFK Norfolk County Council" in text


def test_query_file_gives_turtle(
    release: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """A question of one's own needs no header, and triples come as Turtle."""
    question = tmp_path / "own.rq"
    question.write_text("CONSTRUCT { ?s a ?c } WHERE { ?s a ?c } LIMIT 3", encoding="utf-8")
    assert run(monkeypatch, "query", question, "-f", "turtle", "--release", release) == 0
    assert "<https://" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "code", "expected"),
    [
        (("query", "no_such_query"), 2, "there is no query 'no_such_query'"),
        (("query", "direction_in_force"), 2, "the nearest are directions_in_force, "),
        (("query", "directions_of_council"), 2, "needs council"),
        (("query", "directions_of_council", "-p", "council"), 2, "expected key=value"),
        (
            ("query", "directions_of_council", "-p", "council=NFK", "-f", "turtle"),
            2,
            "gives a table",
        ),
        (
            (
                "query",
                "under_intervention",
                "-p",
                "council=Northamptonshire",
                "-p",
                "day=2022-06-01",
            ),
            2,
            f"after it came North {NAME} Council (NNT); West {NAME} Council (WNT)",
        ),
        (("query", "missing.rq"), 2, "No such file"),
        (("export", "x", "--formats", "xlsx"), 2, "unknown format 'xlsx'"),
        (("nonsense",), 2, "No such command"),
    ],
)
def test_wrong_use_ends_with_2(
    arguments: tuple[str, ...],
    code: int,
    expected: str,
    release: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The message says what was wrong and what is accepted; there is never a traceback."""
    monkeypatch.setenv("INTERVENTIONS_RELEASE", str(release))
    assert run(monkeypatch, *arguments) == code
    assert expected in capsys.readouterr().err


def test_without_a_release_the_way_to_one_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The first thing a newcomer may forget."""
    monkeypatch.setenv("INTERVENTIONS_RELEASE", str(tmp_path))
    assert run(monkeypatch, "query", "powers_by_year") == 1
    assert "interventions build" in capsys.readouterr().err


def test_unknown_setting_is_named(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A misspelt setting is not ignored."""
    monkeypatch.setenv("INTERVENTIONS_PROT", "9000")
    assert run(monkeypatch, "query", "powers_by_year") == 2
    assert "INTERVENTIONS_PORT" in capsys.readouterr().err


@pytest.mark.parametrize(("name", "code"), [("S14.good.ttl", 0), ("S09.bad-later.ttl", 1)])
def test_validate_checks_any_file(
    name: str, code: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Data from elsewhere meets the same rules; a violation ends with 1."""
    assert run(monkeypatch, "validate", SHAPE_EXAMPLES / name) == code
    assert ("S09" in capsys.readouterr().out) == (code == 1)


def test_validate_refuses_what_is_not_rdf(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """A broken file and an unknown kind of file are named."""
    broken, unknown = tmp_path / "broken.ttl", tmp_path / "data.xlsx"
    broken.write_text("<a> <b>", encoding="utf-8")
    unknown.write_text("", encoding="utf-8")
    assert run(monkeypatch, "validate", broken) == 1
    assert "broken.ttl" in capsys.readouterr().err
    assert run(monkeypatch, "validate", unknown) == 1
    assert "expected a file that ends in" in capsys.readouterr().err


def test_exports_are_the_same_each_time(
    release: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Dumps of one release have the same bytes, so that their hashes can be compared."""
    for folder in ("one", "two"):
        arguments = "--formats", "nquads,turtle,csv,parquet,sqlite", "--release", release
        assert run(monkeypatch, "export", tmp_path / folder, *arguments) == 0
    files = [path for path in (tmp_path / "one").rglob("*") if path.is_file()]
    for path in not_empty(files):
        other = tmp_path / "two" / path.relative_to(tmp_path / "one")
        assert path.read_bytes() == other.read_bytes()
    data = (current_release(release) / "data.nq").read_bytes()
    assert (tmp_path / "one" / "council-interventions.nq").read_bytes() == data


def test_a_dump_that_cannot_be_written_says_why(
    release: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Also where the fault has words of its own and none of the system."""
    (tmp_path / "council-interventions.nq").mkdir()
    arguments = ("export", tmp_path, "--formats", "nquads", "--release", release)
    assert run(monkeypatch, *arguments) == 1
    assert "directory" in capsys.readouterr().err


@pytest.mark.parametrize("arguments", [("serve", "--port", "1"), ("serve", "--help"), ("--help",)])
def test_a_command_without_its_extra_says_which(
    arguments: tuple[str, ...], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The command and the list of commands name what to install; the others stay as they are."""
    for name in ("loaders.commands.serve", "loaders.release.service"):
        monkeypatch.delitem(sys.modules, name, raising=False)
    monkeypatch.setitem(sys.modules, "uvicorn", None)
    assert run(monkeypatch, *arguments) == (0 if arguments == ("--help",) else 2)
    words = capsys.readouterr()
    assert "council-interventions[serve]" in " ".join((words.out + words.err).split())


def test_a_module_that_no_extra_brings_is_a_fault_of_ours(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is not explained away."""
    monkeypatch.delitem(sys.modules, "loaders.commands.query", raising=False)
    monkeypatch.setitem(sys.modules, "loaders.release.answers", None)
    monkeypatch.setattr("sys.argv", ["interventions", "query"])
    with pytest.raises(ModuleNotFoundError):
        main()


def test_the_modules_of_extras_are_those_of_the_project() -> None:
    """What the command line explains, the project offers."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for module, extra in not_empty(_EXTRAS.items()):
        needs = project["optional-dependencies"][extra]
        assert any(need.lower().startswith(module) for need in needs), (module, extra)
