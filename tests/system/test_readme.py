"""What the README shows is what happens: its examples run, its tables are those of the code."""

from __future__ import annotations

import contextlib
import io
import json
import os
import re
import shlex
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.error import HTTPError, URLError
from urllib.request import urlopen

import pytest

from data.settings import settings_table
from tests.fixtures.guards import replaced
from tests.fixtures.paths import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
EXAMPLES = (ROOT / "api" / "EXAMPLES.md").read_text(encoding="utf-8")
SETTINGS = (ROOT / "data" / "SETTINGS.md").read_text(encoding="utf-8")
PORT_IN_README = "127.0.0.1:8000"
START_LIMIT_S = 60
COMMAND = [sys.executable, "-m", "loaders"]


def example(user: str, page: str = README) -> str:
    """Return the code that follows a user's mark on a page, the README if no other is named."""
    match = re.search(rf"<!-- example: {user} -->\n```\w+\n(.*?)```", page, re.DOTALL)
    assert match, f"the page has no example for {user}"
    return match.group(1)


@pytest.fixture(scope="module")
def environment(national: Path) -> dict[str, str]:
    """Return the environment of a command that works on the national release."""
    return {**os.environ, "INTERVENTIONS_RELEASE": str(national), "PYTHONPATH": str(ROOT)}


@pytest.fixture(scope="module")
def service(environment: dict[str, str], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Start the service as a person would and return its host and port."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    folder = tmp_path_factory.mktemp("elsewhere")
    command = [*COMMAND, "serve", "--port", str(port)]
    with subprocess.Popen(command, env=environment, cwd=folder) as process:
        try:
            wait_until_ready(f"http://127.0.0.1:{port}/health/ready", process)
            yield f"127.0.0.1:{port}"
        finally:
            process.terminate()


def wait_until_ready(address: str, process: subprocess.Popen[bytes]) -> None:
    """Wait until the service answers, and fail if it ends or takes too long."""
    for _ in range(START_LIMIT_S * 10):
        assert process.poll() is None, "the service ended"
        try:
            with urlopen(address) as response:
                assert response.status == 200
                return
        except URLError:
            time.sleep(0.1)
    pytest.fail(f"{address} does not answer within {START_LIMIT_S} s")


def test_first_two_commands_are_run_and_test() -> None:
    """A newcomer's first two commands, in this order."""
    commands = re.findall(r"```sh\n(.*?)\n```", README, re.DOTALL)
    assert commands[:2] == ["make run", "make test"]


def test_example_of_the_analyst(service: str) -> None:
    """The Python example prints the directions signed on a known day, as many as the page says."""
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(replaced(example("analyst"), PORT_IN_README, service), {})
    lines = printed.getvalue().splitlines()
    told = re.search(r"It prints (\d+) directions, from (\S+) to (\S+)\. ", README)
    assert told
    assert (str(len(lines)), lines[0][:10], lines[-1][:10]) == told.groups()


def test_example_of_the_researcher(environment: dict[str, str], tmp_path: Path) -> None:
    """The export command writes the whole files of the release into the folder it names."""
    arguments = example("researcher").split()
    assert arguments[0] == "interventions"
    subprocess.run([*COMMAND, *arguments[1:]], cwd=tmp_path, env=environment, check=True)
    found = {path.name for path in (tmp_path / "dumps").iterdir()}
    dumps = {
        f"council-interventions.{form}" for form in ("nq", "trig", "ttl", "nt", "rdf", "jsonld")
    }
    assert found >= dumps | {"tables", "council-interventions.sqlite", "SHA256SUMS"}
    check = ["sha256sum", "--check", "--quiet", "SHA256SUMS"]
    subprocess.run(check, cwd=tmp_path / "dumps", check=True)


def test_example_of_the_service(service: str) -> None:
    """The HTTP call answers one direction, certain to be in force."""
    address = re.search(r"'(http[^']+)'", example("service"))
    assert address
    with urlopen(replaced(address.group(1), PORT_IN_README, service)) as response:
        answer = json.load(response)
    assert [(item["id"], item["certainty"]) for item in answer["items"]] == [
        ("WOR-2017-02", "certain")
    ]
    assert {"items", "total", "next", "release", "coverage"} <= answer.keys()


@pytest.mark.parametrize(
    ("language", "program", "first_line"),
    [
        ("curl", ["bash", "-c"], "council,regime,since,"),
        ("pandas", [sys.executable, "-c"], "year"),
        ("r", ["Rscript", "-e"], "      power_basis"),
    ],
)
def test_examples_for_notebooks(
    service: str, language: str, program: list[str], first_line: str
) -> None:
    """Each runs as it is printed, where its language is there, and prints a table."""
    needed = "curl" if language == "curl" else program[0]
    if shutil.which(needed) is None:
        pytest.skip(f"{needed} is not installed")
    code = replaced(example(language, EXAMPLES), PORT_IN_README, service)
    done = subprocess.run([*program, code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    lines = done.stdout.splitlines()
    assert lines[0].startswith(first_line) and len(lines) > 5, done.stdout


def test_examples_of_tools(service: str) -> None:
    """Each is run as it is printed; one lists the tools, the other calls one of them."""
    answers = []
    for mark in ("tools", "tool"):
        code = replaced(example(mark, EXAMPLES), PORT_IN_README, service)
        done = subprocess.run(["bash", "-c", code], capture_output=True, text=True)
        answers.append(json.loads(done.stdout)["result"])
    assert "directions" in [tool["name"] for tool in answers[0]["tools"]]
    items = answers[1]["structuredContent"]["items"]
    assert len(items) > 1 and all(item["id"].startswith("NFK-") for item in items)
    assert {"signed", "attestation"} < items[0].keys()


@pytest.mark.parametrize(
    "line", re.findall(r"^interventions (?:ask|query|validate) ?.*$", README, re.MULTILINE)
)
def test_other_commands_run(line: str, environment: dict[str, str], tmp_path: Path) -> None:
    """Every command line that stands alone in the README ends well."""
    command = [*COMMAND, *shlex.split(line)[1:]]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout


def test_every_address_of_the_table_is_served(service: str) -> None:
    """An address that the README names gives an answer and not a 404."""
    paths = [path for path in re.findall(r"`(/[a-z/{}…]+)`", README) if "…" not in path]
    known = {"{code}": "NFK", "{name}": "directions_of_council"}
    kinds = {
        "/directions": "WOR-2017-02",
        "/pay": "bir-2023-10-05-commissioners-and-political-advisers-together-daily-rate",
        "/people": "trevor-doughty",
    }
    # The release of this test was written without the files that are taken away.
    paths = [path for path in paths if not path.startswith(("/exports", "/catalog"))]
    assert len(paths) > 15
    for path in paths:
        known["{id}"] = kinds.get("/" + path.split("/")[1], "")
        target = re.sub(r"\{\w+\}", lambda mark: known[mark[0]], path)
        if path == "/mcp":
            # It takes messages that are posted, and nothing else.
            with pytest.raises(HTTPError, match="405"):
                urlopen(f"http://{service}{target}")
            continue
        with urlopen(f"http://{service}{target}") as response:
            assert response.status == 200, path


def test_settings_are_those_of_the_code() -> None:
    """The table of settings is the one table in the code."""
    rows = re.findall(
        r"^\| `(INTERVENTIONS_\w+)` \| `?([^|`]*)`? \| ([^|]*) \|$", SETTINGS, re.MULTILINE
    )
    expected = [
        (name, default, meaning.rstrip(".") + (f" ({unit})" if unit else ""))
        for name, default, unit, meaning in settings_table()
    ]
    assert [(name, default.strip(), meaning.strip()) for name, default, meaning in rows] == expected
