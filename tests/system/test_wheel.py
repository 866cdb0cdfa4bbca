"""The wheel is whole: it carries the six packages, and runs where nothing else is."""

import os
import re
import subprocess
import sys
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.fixtures.paths import ROOT

PACKAGES = {"api", "data", "loaders", "ontology", "queries", "shapes"}
COUNT_COUNCILS = """\
# Title: Number of councils
# Question: How many councils does the release know?
# Columns: councils
PREFIX ci: <https://w3id.org/council-interventions/ns#>
SELECT (COUNT(DISTINCT ?council) AS ?councils) WHERE { ?council a ci:Council }
"""
pytestmark = pytest.mark.wheel


def run(*command: Path | str, folder: Path) -> str:
    """Return what a command prints; it sees no setting of ours and no path of the checkout."""
    hidden = ("INTERVENTIONS_", "PYTHON", "VIRTUAL_ENV")
    environment = {name: v for name, v in os.environ.items() if not name.startswith(hidden)}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, f"{command} ended with {done.returncode}:\n{done.stderr[-4000:]}"
    return done.stdout


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a new wheel, made from a new source archive, as a release would be."""
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, folder=folder)
    (path,) = folder.glob("*.whl")
    return path


@pytest.fixture(scope="module")
def asking_programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the programs of an environment that holds the wheel without any of its extras."""
    environment = tmp_path_factory.mktemp("asking")
    venv.create(environment, with_pip=True)
    folder = environment / ("Scripts" if sys.platform == "win32" else "bin")
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    pins = environment / "constraints.txt"
    pins.write_text("\n".join(re.findall(r"^[^\s#]+==[^\\\n]+", lock, re.MULTILINE)))
    pip = (folder / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    run(*pip, "--constraint", pins, wheel, folder=environment)
    return folder


def content(wheel: Path) -> set[str]:
    """Return the names of the files in a wheel."""
    with ZipFile(wheel) as archive:
        return set(archive.namelist())


@pytest.fixture(scope="module")
def programs(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the programs of an environment that holds the wheel and the pinned dependencies."""
    environment = tmp_path_factory.mktemp("environment")
    venv.create(environment, with_pip=True)
    folder = environment / ("Scripts" if sys.platform == "win32" else "bin")
    pip = (folder / "python", "-m", "pip", "install", "--quiet", "--disable-pip-version-check")
    run(*pip, "--require-hashes", "-r", ROOT / "requirements.lock", folder=environment)
    run(*pip, "--no-deps", wheel, folder=environment)
    run(folder / "python", "-m", "pip", "check", folder=environment)
    return folder


def test_nothing_but_our_packages_is_installed(wheel: Path) -> None:
    """Import names are shared by everything in an environment, so we take these six and no more."""
    names = {name.partition("/")[0] for name in content(wheel)}
    assert {name for name in names if ".dist-info" not in name} == PACKAGES


def test_no_file_of_a_package_is_left_behind(wheel: Path) -> None:
    """Every query, table, record and page of the checkout is installed as well."""
    ours = [path for package in PACKAGES for path in (ROOT / package).rglob("*.*")]
    names = {str(path.relative_to(ROOT).as_posix()) for path in ours if path.suffix != ".pyc"}
    assert sorted(names - content(wheel)) == []


def test_wheel_carries_the_licence(wheel: Path) -> None:
    """Whoever gets the wheel gets the terms with it."""
    assert any(name.endswith("licenses/LICENSE") for name in content(wheel))


def test_installed_command_explains_itself(programs: Path, tmp_path: Path) -> None:
    """The command starts in an empty folder, with nothing to find there by luck."""
    assert "build" in run(programs / "interventions", "--help", folder=tmp_path)


def test_installed_command_builds_and_answers(programs: Path, tmp_path: Path) -> None:
    """From the wheel alone, in an empty folder: a release, and an answer from it."""
    run(programs / "interventions", "build", folder=tmp_path)
    question = tmp_path / "councils.rq"
    question.write_text(COUNT_COUNCILS, encoding="utf-8")
    answer = run(programs / "interventions", "query", question, "-f", "csv", folder=tmp_path)
    header, count = answer.split()
    assert header == "councils"
    assert int(count) > 0


def test_who_only_asks_needs_no_extra(asking_programs: Path, release: Path, tmp_path: Path) -> None:
    """Help, version and answers come without what builds, reads documents and serves."""
    program = asking_programs / "interventions"
    assert "build" in run(program, "--help", folder=tmp_path)
    assert "version" in run(program, "--version", folder=tmp_path)
    question = tmp_path / "councils.rq"
    question.write_text(COUNT_COUNCILS, encoding="utf-8")
    asked = ("query", question, "-f", "csv", "--release", release)
    assert int(run(program, *asked, folder=tmp_path).split()[1]) > 0
    for command, extra in (
        (("build",), "build"),
        (("validate", "--help"), "build"),
        (("extract", "a.pdf"), "extract"),
        (("serve", "--port", "8000"), "serve"),
    ):
        done = subprocess.run((program, *command), cwd=tmp_path, capture_output=True, text=True)
        assert done.returncode == 2
        assert f"pip install 'council-interventions[{extra}]'" in done.stderr
