"""What changed between two releases, told from their statements alone."""

import json
import random
from pathlib import Path

import pyoxigraph as ox
import pytest
from click.testing import CliRunner

from data.releases import DATA_FILE
from loaders.commands.releases import diff_command
from loaders.release.folder.differences import (
    CORRECTED,
    NEW,
    WITHDRAWN,
    ReleaseStatements,
    Statement,
    changes_between,
    data_of,
    read_statements,
)
from ontology.errors import InterventionsError, NoRelease, UnreadableGraph, WrongUse
from ontology.namespaces import BASE
from tests.fixtures.guards import not_empty, replaced

NS, ID = f"{BASE}ns#", f"{BASE}id/"
MADE_UP = [
    ("claim/1", "about", "appointment/ABC-2020-01"),
    ("claim/1", "property", "ns#takenUp"),
    ("claim/1", "valueKey", '"2020-01-01"'),
    ("claim/1", "source", "document/page-one"),
    ("claim/1", "evidence", "document/page-one#char=1,9"),
    ("appointment/ABC-2020-01", "toPost", "post/ABC-board"),
    ("post/ABC-board", "regime", "scheme/regime/best-value"),
]
"""One statement about an appointment that is made up, and the body of law of its post."""


def n_quads(lines: list[tuple[str, str, str]] = MADE_UP) -> str:
    """Return statements as N-Quads."""

    def node(text: str) -> str:
        whole = BASE if text.startswith(("ns#", "scheme/")) else ID
        return text if text.startswith('"') else f"<{whole}{text}>"

    return "".join(
        f"{node(subject)} <{NS}{name}> {node(value)} <{BASE}graph/source/page-one> .\n"
        for subject, name, value in lines
    )


def written(folder: Path, name: str, text: str) -> Path:
    """Write the data of a release, and return its folder."""
    (folder / name).mkdir(parents=True)
    (folder / name / DATA_FILE).write_text(text)
    return folder / name


def told(old: Path, new: Path, *options: str) -> str:
    """Return what the command says of two releases."""
    result = CliRunner().invoke(diff_command, [str(old), str(new), *options])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.output
    return f"{result.exit_code} {result.stdout}"


def test_a_corrected_value_is_told_with_what_it_replaces(tmp_path: Path) -> None:
    """The same source says something else of the same fact."""
    old = written(tmp_path, "a1", n_quads())
    later = replaced(replaced(n_quads(), "2020-01-01", "2020-02-02"), "claim/1", "claim/2")
    new = written(tmp_path, "b2", later)
    (one,) = json.loads(told(old, new, "-f", "json")[2:])["changes"]
    assert (one["kind"], one["council"], one["regime"]) == (CORRECTED, "ABC", "best-value")
    assert (one["before"], one["after"]) == ("2020-01-01", "2020-02-02")
    assert (one["claim"], one["replaces"]) == (f"{ID}claim/2", f"{ID}claim/1")
    assert "takenUp" in told(old, new) and "1 corrected" in told(old, new)
    assert told(old, new, "-f", "csv").splitlines()[1].startswith("corrected,ABC,best-value,")


def test_the_exit_code_tells_of_changes_where_that_is_asked_for(tmp_path: Path) -> None:
    """Without the option what was done is done, changes or none."""
    old, new = written(tmp_path, "a1", n_quads()), written(tmp_path, "b2", "")
    assert told(old, new)[0] == "0" and told(old, new, "--exit-code")[0] == "1"
    assert told(old, old, "--exit-code").startswith("0 no statement is new, corrected")


def test_the_quads_of_one_alone_are_written(tmp_path: Path) -> None:
    """What was added and removed, line by line; together they turn one release into the other."""
    old = written(tmp_path, "a1", n_quads())
    new = written(tmp_path, "b2", n_quads(MADE_UP[1:]) + n_quads([("claim/3", "about", "x")]))
    told(old, new, "--quads", str(tmp_path / "quads"))
    added = set((tmp_path / "quads" / "added.nq").read_text().splitlines())
    removed = set((tmp_path / "quads" / "removed.nq").read_text().splitlines())
    lines = {place: set((place / DATA_FILE).read_text().splitlines()) for place in (old, new)}
    assert added and removed and (lines[old] - removed) | added == lines[new]


@pytest.mark.parametrize("is_sorted", [True, False], ids=["in order", "in no order"])
def test_what_is_derived_is_told_by_graph_and_property(tmp_path: Path, is_sorted: bool) -> None:
    """Also where no source says anything else, as after a change of a rule."""
    stage = f"<{ID}step/1> <{NS}stage> <{BASE}scheme/stage/%s> <{BASE}graph/resolved> .\n"
    same = f'<{ID}step/1> <{NS}position> "1" <{BASE}graph/resolved> .\n'
    texts = [n_quads() + same + stage % name for name in ("notice", "direction")]
    texts[1] += f'<{ID}x> <{NS}found> "1" <{BASE}graph/reference/coverage> .\n'
    places = []
    for name, text in not_empty(zip("ab", texts, strict=True)):
        lines = text.splitlines(keepends=True)
        lines.sort(key=(lambda line: (line.rsplit(" ", 2)[1], line)), reverse=not is_sorted)
        places.append(written(tmp_path, name, "".join(lines)))
    old, new = places
    said = told(old, new)
    assert said.startswith("0 no statement is new, corrected or withdrawn\nquads of what is der")
    rows = [tuple(line.split()) for line in said.splitlines()[3:-1]]
    assert rows == [("reference/coverage", "found", "1", "0"), ("resolved", "stage", "1", "1")]
    assert told(old, new, "--exit-code")[0] == "1"
    both = json.loads(told(old, new, "-f", "json")[2:])
    assert both["changes"] == [] and [one["added"] for one in both["graphs"]] == [1, 1]
    assert told(old, old, "--exit-code")[0] == "0"
    trig = tmp_path / "b.trig"
    ox.serialize(ox.parse(texts[1], ox.RdfFormat.N_QUADS), output=trig, format=ox.RdfFormat.TRIG)
    assert told(old, trig) == said


@pytest.mark.parametrize(
    ("given", "error", "words"),
    [
        ("zz", NoRelease, "no release of"),
        ("/not/there", NoRelease, "no file"),
        ("a", WrongUse, "begins several"),
        ("empty", NoRelease, "has no data.nq"),
    ],
)
def test_what_is_no_release_is_refused(
    tmp_path: Path, given: str, error: type[InterventionsError], words: str
) -> None:
    """With what was expected, or which there are."""
    written(tmp_path, "a1", n_quads())
    written(tmp_path, "a2", n_quads())
    (tmp_path / "empty").mkdir()
    with pytest.raises(error, match=words):
        data_of(str(tmp_path / "empty") if given == "empty" else given, tmp_path)
    assert data_of("a1", tmp_path) == tmp_path / "a1" / DATA_FILE
    table = tmp_path / "table.csv"
    table.write_text("a,b\n")
    with pytest.raises(UnreadableGraph, match="no graphs"):
        read_statements(table)


def test_every_statement_has_one_change_at_most() -> None:
    """At random: what is gone is corrected or withdrawn, what came is new or corrected."""
    chance = random.Random(14)
    for _ in range(50):
        sides = [
            {
                str(number): Statement(
                    str(number), chance.choice("xy"), f"{NS}signed", chance.choice("123"), "page"
                )
                for number in chance.sample(range(20), 8)
            }
            for _ in range(2)
        ]
        old, new = (ReleaseStatements(side, {}) for side in sides)
        changes = changes_between(old, new)
        came = sorted(one.claim for one in changes if one.kind != WITHDRAWN)
        gone = [one.replaces for one in changes if one.kind == CORRECTED]
        gone += [one.claim for one in changes if one.kind == WITHDRAWN]
        assert came == sorted(sides[1].keys() - sides[0].keys())
        assert sorted(gone) == sorted(sides[0].keys() - sides[1].keys())
        for one in not_empty(changes):
            assert bool(one.before) == (one.kind != NEW) and bool(one.after) == (
                one.kind != WITHDRAWN
            )


def test_of_several_values_at_once_none_takes_the_place_of_another() -> None:
    """Another document is a new one, and the old one is withdrawn."""
    sides = [
        ReleaseStatements({value: Statement(value, "x", f"{NS}embodiedIn", value, "page")}, {})
        for value in ("one", "two")
    ]
    assert {one.kind for one in changes_between(*sides)} == {NEW, WITHDRAWN}
