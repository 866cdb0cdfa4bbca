"""A release that was asked before answers from a store that was kept, and no damage to it shows."""

from __future__ import annotations

import fcntl
import hashlib
import os
import random
import shutil
import signal
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from data.releases import DATA_FILE, current_release, read_manifest
from data.settings import Settings
from loaders.release.answers import release_answers
from ontology.errors import QueryRefused
from ontology.namespaces import GRAPH
from queries.catalogue import catalogue
from queries.engine.dataset import load_dataset
from queries.engine.embedded import EmbeddedEngine
from queries.engine.interface import EVERYTHING, Question
from queries.engine.kept_store import KeptStores, cache_folder
from tests.fixtures.guards import not_empty
from tests.integration.queries.test_catalogue import EXAMPLES

MOST_CUT_SHORT = 3
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"


def write_data(path: Path, mark: str) -> str:
    """Write the data of a small release, and return its hash."""
    graph = f"{GRAPH}resolved"
    lines = (f'<x:s{n}> <x:p{n % 7}> "{mark} {n}" <{graph}> .\n' for n in range(3_000))
    path.write_text("".join(lines), encoding="utf-8")
    return hashlib.sha256(path.read_bytes()).hexdigest()


def rows(stores: KeptStores, data: Path, sha256: str) -> bytes:
    """Return what a kept store answers."""
    store = stores.opened(data, sha256)
    assert store is not None
    return EmbeddedEngine(store, 10_000, is_complete=True).answer_now(Question(COUNT, "text/csv"))


@contextmanager
def nothing_made(folder: Path) -> Iterator[None]:
    """Be the one who makes stores in a folder, and make none."""
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def cut_short(stores: KeptStores, data: Path, sha256: str) -> int:
    """Cut the making of a store short until it is not begun again; return how often it was."""
    times = 0
    while (made := stores.keep_later(data, sha256)) is not None:
        made.kill()
        made.wait()
        times += 1
    return times


@pytest.fixture(scope="module")
def settings(release: Path, tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """Return settings with a folder in which a store of the release is kept."""
    folder = tmp_path_factory.mktemp("kept")
    current = current_release(release)
    sha256 = read_manifest(current)["files"][DATA_FILE]
    stores = KeptStores(folder, 1)
    stores.keep(current / DATA_FILE, sha256)
    # It was cut short so often that it is not tried again in the background, whatever is asked.
    assert cut_short(stores, current / DATA_FILE, sha256) == MOST_CUT_SHORT
    return Settings(release=release, cache_folder=folder, kept_stores=1)


@pytest.fixture(scope="module")
def memory(release: Path, settings: Settings) -> EmbeddedEngine:
    """Return an engine that holds the release in memory."""
    loaded = load_dataset(current_release(release) / DATA_FILE, is_release=True)
    return EmbeddedEngine(loaded, settings.answer_bytes)


def test_every_question_is_answered_as_from_memory(
    release: Path, settings: Settings, memory: EmbeddedEngine, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The store has the same facts, in all graphs, and nothing is loaded beside it."""
    ask = release_answers(release, settings)
    monkeypatch.delattr("loaders.release.answers.load_dataset")
    for query in not_empty(list(catalogue().values())):
        needed = [one.name for one in query.parameters if not one.optional]
        text = query.bind({name: EXAMPLES[name] for name in needed})
        question = Question(text, "text/csv")
        found, expected = ask(question), memory.answer_now(question)
        # Rows that are equal in what they are ordered by may come in either order.
        assert sorted(found.splitlines()) == sorted(expected.splitlines()), query.name


def test_several_graphs_are_one_as_in_memory(
    release: Path, settings: Settings, memory: EmbeddedEngine
) -> None:
    """What counts over all graphs is asked of the release itself; a refusal is one everywhere."""
    ask = release_answers(release, settings)
    everything = f"SELECT (COUNT(*) AS ?n) FROM <{EVERYTHING}> {{ ?s ?p ?o }}"
    question = Question(everything, "text/csv")
    assert ask(question) == memory.answer_now(question)
    with pytest.raises(QueryRefused, match="SELEC"):
        ask(Question("SELEC ?s {}", "text/csv"))


@pytest.mark.parametrize("kind", ["flipped", "cut", "missing"])
def test_a_damaged_store_is_not_asked(
    kind: str, release: Path, settings: Settings, memory: EmbeddedEngine, tmp_path: Path
) -> None:
    """The release answers in its place, and the store is removed, to be made anew."""
    assert settings.cache_folder is not None
    shutil.copytree(settings.cache_folder, tmp_path / "kept")
    files = not_empty(sorted((tmp_path / "kept").glob("*/*.sst")))
    chance = random.Random(3)
    for path in files:
        content = bytearray(path.read_bytes())
        if kind == "missing":
            path.unlink()
            continue
        for _ in range(40):
            content[chance.randrange(len(content))] ^= 0x55
        path.write_bytes(content[: len(content) // 2] if kind == "cut" else content)
    damaged = settings.model_copy(update={"cache_folder": tmp_path / "kept"})
    question = Question(COUNT, "text/csv")
    assert release_answers(release, damaged)(question) == memory.answer_now(question)


def test_only_data_as_it_is_now_is_kept(tmp_path: Path) -> None:
    """A file that differs from its hash is not kept; one that was written again needs another."""
    data, stores = tmp_path / DATA_FILE, KeptStores(tmp_path / "kept", 2)
    sha256 = write_data(data, "a")
    stores.keep(data, "0" * 64)
    assert stores.opened(data, "0" * 64) is None
    stores.keep(data, sha256)
    assert rows(stores, data, sha256) == b"n\r\n3000\r\n"
    write_data(data, "b")
    assert stores.opened(data, sha256) is None


def test_an_answer_is_made_once_for_the_data_as_it_is(tmp_path: Path) -> None:
    """It is kept beside the store, goes with it, and is made anew where it is damaged."""
    data, stores = tmp_path / DATA_FILE, KeptStores(tmp_path / "kept", 1)
    sha256, made = write_data(data, "a"), iter([b"1", b"2", b"3", b"4", b"5", b"6"])

    def answer(question: str = COUNT) -> bytes:
        return stores.answered(data, sha256, question, lambda: next(made))

    assert [answer(), answer()] == [b"1", b"2"]
    stores.keep(data, sha256)
    assert [answer(), answer(), answer("ASK {}"), answer()] == [b"3", b"3", b"4", b"3"]
    assert rows(stores, data, sha256)
    (kept, _) = sorted(stores.folder.glob("*/*.answer.gz"), key=lambda one: one.stat().st_mtime_ns)
    kept.write_bytes(kept.read_bytes()[:-1])
    assert answer() == b"5"
    write_data(data, "b")
    assert answer() == b"6"


def test_those_asked_last_are_kept(tmp_path: Path) -> None:
    """Of more than there is room for, the one that was not asked for longest goes."""
    stores = KeptStores(tmp_path / "kept", 2)
    files = {mark: tmp_path / f"{mark}.nq" for mark in "abc"}
    hashes = {mark: write_data(path, mark) for mark, path in files.items()}
    for mark in "ab":
        stores.keep(files[mark], hashes[mark])
    assert rows(stores, files["a"], hashes["a"])
    stores.keep(files["c"], hashes["c"])
    found = [mark for mark in "abc" if stores.opened(files[mark], hashes[mark]) is not None]
    assert found == ["a", "c"]


def test_two_at_once_make_one_store(tmp_path: Path) -> None:
    """While one process makes it another leaves it alone, and what a killed one left is removed."""
    data, stores = tmp_path / DATA_FILE, KeptStores(tmp_path / "kept", 2)
    sha256 = write_data(data, "a")
    left = stores.folder / f"{'1' * 64}.new"
    left.mkdir(parents=True)
    with nothing_made(stores.folder):
        stores.keep(data, sha256)
        assert stores.opened(data, sha256) is None
        beside = stores.keep_later(data, sha256)
        assert beside is not None and beside.wait(60) == 0
    made = stores.keep_later(data, sha256)
    assert made is not None
    assert made.wait(60) == 0
    assert rows(stores, data, sha256)
    assert not left.exists()


def test_the_folder_is_that_of_the_platform(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is what the environment names, if that is a whole path."""
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("XDG_CACHE_HOME", "/var/cache/me")
    assert cache_folder() == Path("/var/cache/me/council-interventions")
    monkeypatch.setenv("XDG_CACHE_HOME", "relative")
    assert cache_folder() == Path.home() / ".cache" / "council-interventions"


def test_who_has_no_home_keeps_nothing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """What is asked is answered all the same."""
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr("os.path.expanduser", lambda path: path)
    data = tmp_path / DATA_FILE
    stores = KeptStores(cache_folder(), 2)
    with pytest.raises(OSError):
        stores.keep(data, write_data(data, "a"))
    assert stores.opened(data, write_data(data, "a")) is None


def test_only_its_owner_enters_the_folder(tmp_path: Path) -> None:
    """Whoever could write there could choose what is answered."""
    data, stores = tmp_path / DATA_FILE, KeptStores(tmp_path / "kept", 2)
    stores.keep(data, write_data(data, "a"))
    assert stat.S_IMODE(stores.folder.stat().st_mode) == 0o700


def test_of_none_none_is_asked(tmp_path: Path) -> None:
    """Whoever wants no store is not answered from one that was kept before."""
    data = tmp_path / DATA_FILE
    sha256 = write_data(data, "a")
    KeptStores(tmp_path / "kept", 1).keep(data, sha256)
    assert KeptStores(tmp_path / "kept", 0).opened(data, sha256) is None
    assert KeptStores(tmp_path / "kept", 0).keep_later(data, sha256) is None
    assert rows(KeptStores(tmp_path / "kept", 1), data, sha256)


def test_what_could_not_be_made_is_not_tried_with_every_question(tmp_path: Path) -> None:
    """It is tried again when the data is another, or a day later; what was made leaves no mark."""
    data, stores = tmp_path / DATA_FILE, KeptStores(tmp_path / "kept", 2)
    write_data(data, "a")
    wrong = "0" * 64
    first = stores.keep_later(data, wrong)
    assert first is not None and first.wait(60) == 0
    assert stores.opened(data, wrong) is None and stores.keep_later(data, wrong) is None
    (mark,) = stores.folder.glob("*.tried")
    yesterday = time.time() - 25 * 3600
    os.utime(mark, (yesterday, yesterday))
    again = stores.keep_later(data, wrong)
    assert again is not None and again.wait(60) == 0
    sha256 = write_data(data, "b")
    made = stores.keep_later(data, sha256)
    assert made is not None and made.wait(60) == 0
    assert rows(stores, data, sha256)
    assert list(stores.folder.glob(f"{sha256}*.tried")) == []


def test_what_was_cut_short_is_begun_again(tmp_path: Path) -> None:
    """With the next question, but not while it is being made, and not again and again."""
    data, stores = tmp_path / DATA_FILE, KeptStores(tmp_path / "kept", 2)
    sha256 = write_data(data, "a")
    first = stores.keep_later(data, sha256)
    assert first is not None
    os.kill(first.pid, signal.SIGSTOP)
    assert stores.keep_later(data, sha256) is None
    first.kill()
    first.wait()
    second = stores.keep_later(data, sha256)
    assert second is not None and second.wait(60) == 0
    assert rows(stores, data, sha256)
    stores.discard(sha256)
    assert cut_short(stores, data, sha256) == MOST_CUT_SHORT
    (mark,) = stores.folder.glob("*.tried")
    yesterday = time.time() - 25 * 3600
    os.utime(mark, (yesterday, yesterday))
    assert cut_short(stores, data, sha256) == MOST_CUT_SHORT


def _offer(process: int | str) -> int:
    """Return how much sooner than others a process is to end; one that has ended offers nothing.

    What is read while it changes has a second line, the rest of the new number.
    """
    told = Path(f"/proc/{process}/oom_score_adj").read_text(encoding="ascii")
    return int(told.partition("\n")[0] or 0)


@pytest.mark.skipif(not Path("/proc/self/oom_score_adj").exists(), reason="another system")
def test_what_makes_a_store_goes_first_when_memory_ends(tmp_path: Path) -> None:
    """It is nobody's loss; whoever waits for an answer, or serves, is to stay."""
    data, stores = tmp_path / DATA_FILE, KeptStores(tmp_path / "kept", 2)
    sha256 = write_data(data, "a" * 20_000)
    made = stores.keep_later(data, sha256)
    assert made is not None
    own = told = _offer("self")
    while made.poll() is None and told <= own:
        told = _offer(made.pid)
    made.kill()
    assert made.wait(60) is not None
    assert told > own
