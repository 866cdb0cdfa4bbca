"""What changed from release to release: replayed, it gives the newest byte for byte."""

import csv
import shutil
import subprocess
from pathlib import Path

import pytest
from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDFS

from data.releases import DATA_FILE
from loaders.exports.deltas import Delta, quads_of, read_index, replay, write_deltas
from loaders.release.folder.differences import read_statements
from loaders.release.layers import Layers
from ontology.checksums import hash_and_lines
from ontology.identifiers import source_graph
from queries.tables.files import DELTAS_FOLDER, EXPORTS_FOLDER, kinds_in
from tests.fixtures.guards import not_empty

CLAIM = b"/id/claim/"


@pytest.fixture(scope="module")
def releases(copied: Path, tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Return four releases one after another, each with its deltas; the last is the project's own.

    In each before, the claims of other sources are missing.
    """
    folder = tmp_path_factory.mktemp("four")
    lines = (copied / DATA_FILE).read_bytes().splitlines(keepends=True)
    sources = sorted({line.rsplit(b" ", 2)[1] for line in lines if b"/graph/source/" in line})
    found: list[Path] = []
    for number, missing in enumerate((sources[:2], sources[1:3], sources[3:4], [])):
        release = folder / (copied.name if not missing else f"{number}" * 12)
        (release / EXPORTS_FOLDER).mkdir(parents=True)
        kept = (line for line in lines if line.rsplit(b" ", 2)[1] not in missing)
        (release / DATA_FILE).write_bytes(b"".join(kept))
        write_deltas(found[-1] if found else None, release, release / EXPORTS_FOLDER)
        found.append(release)
    return found


def test_replaying_all_deltas_gives_the_newest(releases: list[Path]) -> None:
    """From the first release, and from each after it; the newest has the deltas of all."""
    folder = releases[-1] / EXPORTS_FOLDER
    deltas = read_index(folder)
    assert [one.before for one in deltas] == [one.name for one in releases[:-1]]
    assert [one.after for one in deltas] == [one.name for one in releases[1:]]
    newest = (releases[-1] / DATA_FILE).read_bytes()
    for start, release in enumerate(not_empty(releases)):
        steps = [quads_of(folder, delta) for delta in deltas[start:]]
        assert replay((release / DATA_FILE).read_bytes(), steps) == newest, release.name
    hashes = {one.name: hash_and_lines(one / DATA_FILE)[0] for one in releases}
    for delta in not_empty(deltas):
        added, removed = quads_of(folder, delta)
        assert (added.count(b"\n"), removed.count(b"\n")) == (delta.added, delta.removed)
        assert (hashes[delta.before], hashes[delta.after]) == (
            delta.before_sha256,
            delta.after_sha256,
        )


def test_graphs_stand_in_the_order_of_a_release() -> None:
    """Also where the name of one begins that of another."""
    layers = Layers()
    for name in ("notice", "notice-2", "notice.b"):
        graph = Graph().add((URIRef(f"urn:x-thing:{name}"), RDFS.label, Literal(name)))
        layers.add_graph(source_graph(name), graph)
    data = b"".join(layers.n_quads())
    assert replay(b"", [(data, b"")]) == data and data.count(b"\n") == 3


def test_tools_of_others_replay_a_delta(releases: list[Path], tmp_path: Path) -> None:
    """The set of quads is had with zcat, grep and sort alone."""
    (before, after), (delta, *_) = releases[:2], read_index(releases[1] / EXPORTS_FOLDER)
    place = releases[1] / EXPORTS_FOLDER / DELTAS_FOLDER
    script = (
        f"zcat {place}/{delta.name}.removed.nq.gz > removed.nq; "
        f"(grep --fixed-strings --line-regexp --invert-match --file=removed.nq {before}/data.nq; "
        f"zcat {place}/{delta.name}.added.nq.gz) | sort > found; sort {after}/data.nq | cmp - found"
    )
    shell = ["bash", "-c", script]
    done = subprocess.run(
        shell, cwd=tmp_path, env={"LC_ALL": "C"}, capture_output=True, text=True, check=False
    )
    assert (done.returncode, done.stdout + done.stderr) == (0, "")


def test_statements_are_added_and_deleted(releases: list[Path]) -> None:
    """As many as the claims of the releases differ by; each names its source."""
    folder = releases[-1] / EXPORTS_FOLDER
    statements = {one.name: read_statements(one / DATA_FILE).statements for one in releases}
    for delta in not_empty(read_index(folder)):
        old, new = (statements[name] for name in (delta.before, delta.after))
        path = folder / DELTAS_FOLDER / f"{delta.name}.statements.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = list(csv.DictReader(file))
        told = {"ADD": new.keys() - old.keys(), "DEL": old.keys() - new.keys(), "MOD": set()}
        found = {name: {row["claim"] for row in rows if row["operation"] == name} for name in told}
        assert found == told, delta.name
        assert told["ADD"] and all(row["source"] and row["property"] for row in not_empty(rows))


def test_a_release_that_came_back_begins_anew(releases: list[Path], tmp_path: Path) -> None:
    """No chain goes round in a circle, and a release is no step from itself."""
    first, second, third, *_ = releases
    (tmp_path / "again").mkdir()
    again = write_deltas(third, first, tmp_path / "again")
    assert [(one.before, one.after) for one in again] == [(third.name, first.name)]
    (tmp_path / "same").mkdir()
    assert write_deltas(second, second, tmp_path / "same") == read_index(tmp_path / "same") == []


def test_the_files_are_known(releases: list[Path]) -> None:
    """So that they are sealed, described and served like every other."""
    folder = releases[-1] / EXPORTS_FOLDER
    there = {path.relative_to(folder).as_posix() for path in folder.rglob("*.*")}
    assert there == set(kinds_in(folder)) and len(there) == 1 + 3 * len(read_index(folder))
    shutil.rmtree(folder / DELTAS_FOLDER)
    assert read_index(folder) == list[Delta]()
