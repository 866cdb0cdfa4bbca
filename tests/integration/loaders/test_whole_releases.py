"""What is damaged is written anew, what is left over goes, and a full disk leaves no half file."""

from __future__ import annotations

import json
import os
import resource
import shutil
import threading
import time
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from data.disk.lock import only_writer
from data.records.files import read_records
from data.releases import (
    CHANGES_FILE,
    CURRENT,
    DATA_FILE,
    MANIFEST_FILE,
    REPORT_FILE,
    SUMS_FILE,
    check_release,
    current_release,
    whole_release,
)
from loaders.__main__ import main
from loaders.exports.copy import copy_exports
from loaders.exports.rdf import DUMPS
from loaders.release.build import Built, build
from loaders.release.write import write_release
from ontology.errors import DamagedRelease, NotWritten
from tests.fixtures.datasets.small_release import write_small_release
from tests.fixtures.guards import not_empty
from tests.fixtures.servers.contained import NOT_PERMITTED, contain

FILES = DATA_FILE, REPORT_FILE, CHANGES_FILE, MANIFEST_FILE, SUMS_FILE


@pytest.fixture(scope="module")
def built() -> Built:
    """Return a build of the project's own records."""
    return build(read_records())


@pytest.fixture
def copied(release: Path, tmp_path: Path) -> Path:
    """Return a folder of releases of one's own."""
    return Path(shutil.copytree(release, tmp_path / "copied", symlinks=True))


def run(monkeypatch: pytest.MonkeyPatch, *arguments: object) -> int:
    """Return the exit code of a command."""
    monkeypatch.setattr("sys.argv", ["interventions", *map(str, arguments)])
    try:
        main()
    except SystemExit as end:
        return int(end.code or 0)
    return 0


def damage(path: Path) -> None:
    """Change one bit in the middle of a file."""
    content = bytearray(path.read_bytes())
    content[len(content) // 2] ^= 1
    path.write_bytes(content)


@pytest.mark.parametrize("name", FILES)
def test_the_next_build_mends_what_is_damaged(name: str, built: Built, copied: Path) -> None:
    """It has the same content, so it would have been taken as it is."""
    release = current_release(copied)
    damage(release / name)
    with pytest.raises(DamagedRelease):
        whole_release(copied)
    assert write_release(built, copied) == release
    check_release(release)
    assert {path.name for path in copied.iterdir()} == {release.name, CURRENT}
    assert {path.name for path in release.iterdir()} == set(FILES)


@pytest.mark.parametrize("command", ["query", "states", "export", "publish"])
def test_no_command_answers_from_what_is_damaged(
    command: str, copied: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The message names the file and what to do."""
    damage(current_release(copied) / DATA_FILE)
    arguments = {
        "query": ("powers_by_year",),
        "export": (copied / "dumps",),
        "publish": ("http://127.0.0.1:9/",),
    }
    assert run(monkeypatch, command, *arguments.get(command, ()), "--release", copied) == 1
    told = capsys.readouterr()
    assert DATA_FILE in told.err and "interventions build" in told.err and told.out == ""


def test_what_killed_builds_left_goes(built: Built, copied: Path) -> None:
    """Also what was set aside; and nothing else."""
    release = current_release(copied)
    (copied / ".new-1234").mkdir()
    (copied / ".new-1234" / DATA_FILE).write_text("half", encoding="utf-8")
    (copied / ".current-1234").symlink_to("1234")
    (copied / ".old-1234").mkdir()
    (copied / "notes.txt").write_text("of the operator", encoding="utf-8")
    write_release(built, copied)
    assert {path.name for path in copied.iterdir()} == {release.name, CURRENT, "notes.txt"}


def limited(maximum_bytes: int, action: Callable[[], object]) -> str:
    """Return what an action says that is refused further bytes in a file, in another process."""
    said, say = os.pipe()
    number = os.fork()
    if number == 0:
        try:
            resource.setrlimit(resource.RLIMIT_FSIZE, (maximum_bytes, maximum_bytes))
            action()
        except NotWritten as error:
            os.write(say, str(error).encode())
        finally:
            os._exit(0)
    os.close(say)
    os.waitpid(number, 0)
    with os.fdopen(said) as told:
        return told.read()


@pytest.mark.parametrize("name", [DATA_FILE, REPORT_FILE, MANIFEST_FILE])
def test_a_build_without_room_leaves_what_was_there(name: str, built: Built, copied: Path) -> None:
    """Wherever the room ends; the message names the file."""
    before = current_release(copied)
    size = (before / name).stat().st_size
    shorter = replace(built, records=built.records[1:])
    told = limited(size // 2, lambda: write_release(shorter, copied))
    assert "was not written" in told and str(copied) in told and "Make room" in told
    assert whole_release(copied) == before
    assert {path.name for path in copied.iterdir()} == {before.name, CURRENT}


@pytest.mark.parametrize("name", ["nquads", "turtle", "csv", "sqlite", "duckdb"])
def test_an_export_without_room_leaves_no_half_file(
    name: str, release: Path, tmp_path: Path
) -> None:
    """What was there before stays; where nothing was, nothing is."""
    wanted = tmp_path / DUMPS["turtle"].file
    told = limited(10_000, lambda: copy_exports(current_release(release), tmp_path, [name]))
    assert f"{tmp_path} was not written" in told
    assert list(tmp_path.iterdir()) == []
    wanted.write_text("of yesterday", encoding="utf-8")
    assert limited(10_000, lambda: copy_exports(current_release(release), tmp_path, [name]))
    assert [path.read_text(encoding="utf-8") for path in tmp_path.iterdir()] == ["of yesterday"]


def test_a_disk_that_is_full_is_told(built: Built, tmp_path: Path) -> None:
    """A real one, of 4 MiB: the release before is whole, and of the new one nothing is left."""
    said, say = os.pipe()
    number = os.fork()
    if number == 0:
        code = 1
        try:
            contain(tmp_path)
            write_small_release(tmp_path / "release", "before", "<x:a> <x:b> <x:c> <x:g> .\n")
            write_release(built, tmp_path / "release")
        except NotWritten as error:
            left = sorted(path.name for path in (tmp_path / "release").iterdir())
            os.write(say, json.dumps([str(error), left]).encode())
            code = 0 if whole_release(tmp_path / "release").name == "before" else 2
        except SystemExit as end:
            code = int(end.code or 0)
        finally:
            os._exit(code)
    os.close(say)
    code = os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])
    with os.fdopen(said) as told:
        words = told.read()
    if code == NOT_PERMITTED:
        pytest.skip("the machine does not permit a small disk of one's own")
    assert code == 0
    message, left = json.loads(words)
    assert "No space left on device" in message and "Make room" in message
    assert left == ["before", CURRENT]


def test_the_second_writer_waits_and_says_so(tmp_path: Path) -> None:
    """It comes when the first has ended, not before."""
    order = []

    def second() -> None:
        with only_writer(tmp_path, lambda: order.append("waits")):
            order.append("second")

    waiting = threading.Thread(target=second)
    with only_writer(tmp_path):
        waiting.start()
        while not order:
            time.sleep(0.01)
        order.append("first ends")
    waiting.join()
    assert order == ["waits", "first ends", "second"]


def test_a_lock_ends_with_its_process(tmp_path: Path) -> None:
    """Killed, and though a process that it forked lives on."""
    told, tell = os.pipe()
    number = os.fork()
    if number == 0:
        with only_writer(tmp_path):
            child = os.fork()
            if child:
                os.write(tell, child.to_bytes(4, "big"))
            time.sleep(60)
    child = int.from_bytes(os.read(told, 4), "big")
    try:
        os.kill(number, 9)
        os.waitpid(number, 0)
        with only_writer(tmp_path, lambda: pytest.fail("the lock is still held")):
            os.kill(child, 0)
    finally:
        os.kill(child, 9)
        for file in (told, tell):
            os.close(file)


def test_releases_are_listed_verified_and_pruned(
    built: Built,
    copied: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """The current one is never removed, whatever its age; a damaged one ends with 1 and goes."""
    first = current_release(copied)
    others = [
        write_release(replace(built, records=built.records[number:]), copied)
        for number in (1, 2, 3)
    ]
    write_release(built, copied)
    assert run(monkeypatch, "releases", "--release", copied) == 0
    lines = capsys.readouterr().out.splitlines()
    assert sorted(line.split()[0] for line in lines) == sorted(
        path.name for path in (first, *others)
    )
    assert [line.split()[0] for line in lines if "current" in line] == [first.name]
    damage(others[1] / DATA_FILE)
    assert run(monkeypatch, "releases", "verify", "--release", copied) == 1
    told = capsys.readouterr().out
    assert told.count("whole") == 3
    assert f"damaged: {others[1] / DATA_FILE} differs from its hash" in told
    assert run(monkeypatch, "releases", "prune", "--keep", "2", "--release", copied) == 0
    assert len(not_empty(path for path in copied.iterdir() if path.name != CURRENT)) == 2
    assert whole_release(copied) == first and not others[1].exists()
    assert run(monkeypatch, "releases", "--keep", "2", "--release", copied) == 2
    assert run(monkeypatch, "releases", "--release", copied / "nowhere") == 1
