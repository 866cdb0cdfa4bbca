"""A test stands where it belongs: in `unit` what is quick; and what is not ours has one door."""

import ast
from pathlib import Path

import pytest

from tests.fixtures.paths import ROOT

SERVING = {"client", "england", "listener", "made_up", "national", "release", "served"}
"""Fixtures that build a release, or run the service."""
STARTING = {"concurrent", "multiprocessing", "subprocess", "api.app", "loaders.release.build"}
STARTING |= {"loaders.release.write", "tests.fixtures.servers"}
"""Packages with which a test starts a process, builds a release or runs the service."""
ELSEWHERE = "shared"
"""The folder of files of others."""
PLACES = {ROOT / "tests" / "fixtures" / "shared.py", Path(__file__)}
"""The one module that knows where it is, and this one."""


def slow_means(text: str) -> list[str]:
    """Return by what a module starts a process, or needs a release; a unit test does neither."""
    found = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            found += [argument.arg for argument in node.args.args if argument.arg in SERVING]
        names = [alias.name for alias in getattr(node, "names", ()) if isinstance(alias, ast.alias)]
        if isinstance(node, ast.ImportFrom):
            names = [f"{node.module}.{name}" for name in names]
        found += [
            name for name in names if any(f"{name}.".startswith(f"{one}.") for one in STARTING)
        ]
    return found


def paths_elsewhere(text: str) -> list[int]:
    """Return the lines that name the folder of files of others."""
    return [
        node.lineno
        for node in ast.walk(ast.parse(text))
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and ELSEWHERE in node.value.split("/")
    ]


@pytest.mark.parametrize(
    "path", sorted((ROOT / "tests" / "unit").rglob("*.py")), ids=lambda path: path.stem
)
def test_a_unit_test_needs_no_process_and_no_release(path: Path) -> None:
    """So `unit` takes less than a minute, and is what is run first and most."""
    assert slow_means(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize("path", sorted((ROOT / "tests").rglob("*.py")), ids=lambda path: path.stem)
def test_files_of_others_are_looked_for_in_one_place(path: Path) -> None:
    """A test asks for a fixture, which skips it and says why where they are not at hand."""
    assert path in PLACES or paths_elsewhere(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "text",
    [
        "def test_planted(client): ...",
        "import subprocess",
        "from concurrent.futures import ProcessPoolExecutor",
        "from loaders.release import build",
        "from tests.fixtures.servers.served import start",
    ],
)
def test_a_planted_slow_unit_test_is_found(text: str) -> None:
    """Each way can be seen; others are none."""
    assert len(slow_means(text)) == 1
    assert slow_means("from loaders.release import layers\nimport subtle\ndef f(text): ...") == []


def test_a_planted_path_elsewhere_is_found() -> None:
    """As a part of a path, or within one; the word in a sentence is none."""
    assert paths_elsewhere(f'a = ROOT / "{ELSEWHERE}" / "data"\nb = "../{ELSEWHERE}/data"') == [
        2,
        1,
    ]
    assert paths_elsewhere(f'a = "what is {ELSEWHERE} by many"') == []
