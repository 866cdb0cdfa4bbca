"""Publishing and asking a remote store on the command line: exit codes, and words that help."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from loaders.release.remote_store import open_target
from ontology.errors import WrongUse
from tests.fixtures.servers.flaky_server import flaky, send
from tests.fixtures.servers.remote_stores import Store, oxigraph
from tests.fixtures.servers.served import free_port
from tests.integration.loaders.test_publishing import small_release


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the command line."""
    command = [sys.executable, "-m", "loaders", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


def test_the_command_line(tmp_path: Path) -> None:
    """0 done, 1 refused, 2 wrong use; progress and faults go to standard error."""
    (tmp_path / "store").mkdir()
    with oxigraph(tmp_path / "store") as store:
        check_commands(store, tmp_path)


def check_commands(store: Store, tmp_path: Path) -> None:
    """Publish, ask, and do what is wrong."""
    folder = small_release(tmp_path / "releases", "one")
    question = tmp_path / "question.rq"
    question.write_text("SELECT ?o { ?s ?p ?o FILTER(isLiteral(?o)) }", encoding="utf-8")
    early = run("query", str(question), "--engine", store.url)
    assert early.returncode == 0 and "(0 rows)" in early.stdout
    done = run("publish", store.url.removesuffix("/query"), "--release", str(folder))
    assert done.returncode == 0, done.stderr
    assert "Release one is current in" in done.stdout and "100 %" in done.stderr
    asked = run("query", str(question), "--engine", store.url, "-f", "csv")
    assert asked.stdout.split() == ["o", "one"]
    shutil.rmtree(folder / "one")
    assert run("publish", store.url, "--release", str(folder)).returncode == 1
    for wrong in (
        ["publish", store.url, "--graph-store-url", store.url, "--update-url", store.url],
        ["serve", "--engine", store.url, "--release", str(folder)],
        ["query", str(question), "--engine", "file:///etc/hosts"],
    ):
        done = run(*wrong)
        assert done.returncode == 2 and done.stderr.startswith("Error: "), done.stderr
    nobody = run("serve", "--engine", "http://127.0.0.1:1/query", "--port", str(free_port()))
    assert nobody.returncode == 1 and "cannot be reached" in nobody.stderr


def test_an_unknown_server_needs_an_address() -> None:
    """What takes graphs is not guessed."""
    with (
        flaky(send(b""), name="Nobody/1.0") as server,
        pytest.raises(WrongUse, match="--graph-store-url"),
    ):
        open_target(server.url, None, None, None)
