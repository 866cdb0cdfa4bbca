"""The recipes for the release: each answers one question, by the tool that it is for."""

import csv
import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import duckdb
import owlready2
import pytest
from rdflib.namespace import RDFS, SKOS

from loaders.exports.rdf import NAME
from ontology import CI, ontology_graph
from queries.tables.recipes import recipes
from tests.fixtures.guards import not_empty, replaced
from tests.integration.exports.jena import jena_path
from tests.integration.exports.test_exports import rows_of
from tests.integration.exports.test_official_tools import TOOLS

BY_HAND = {"stata", "excel"}
"""What no machine of ours has: the recipes are read by people alone."""
OF_AN_EDITOR = {"protege"}
OF_THE_SERVICE = {"curl"}
OF_SOURCES = {"sources"}
MOST_LINES = 10
_OWL_API = Path(owlready2.__file__).parent / "hermit" / "HermiT.jar"
_READER = Path(__file__).with_name("ReadOntology.java")


def shell(command: str, exports: Path, place: Path, **environment: str) -> None:
    """Run a command where the answer is written, beside the files of the release."""
    for path in exports.iterdir():
        (place / path.name).symlink_to(path)
    done = subprocess.run(
        ["bash", "-e", "-c", command],
        cwd=place,
        env={**os.environ, **environment},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr


def by_python(program: Path, text: str, exports: Path, place: Path) -> None:
    """Run a recipe in Python."""
    shell(f"{shlex.quote(str(program))} -c {shlex.quote(text)}", exports, place)


def with_pandas(text: str, exports: Path, place: Path) -> None:
    """Run a recipe for pandas."""
    by_python(Path(sys.executable), text, exports, place)


def with_polars(text: str, exports: Path, place: Path) -> None:
    """Run a recipe for polars."""
    python = TOOLS / "python"
    known = [str(python), "-c", "import polars"]
    if not python.exists() or subprocess.run(known, capture_output=True, check=False).returncode:
        pytest.skip("polars is not at hand: make validators")
    by_python(python, text, exports, place)


def with_duckdb(text: str, exports: Path, place: Path) -> None:
    """Run a recipe for DuckDB."""
    with duckdb.connect(str(exports / f"{NAME}.duckdb"), read_only=True) as database:
        database.execute(replaced(text, "'outcomes.csv'", f"'{place / 'outcomes.csv'}'"))


def with_r(text: str, exports: Path, place: Path) -> None:
    """Run a recipe for R."""
    if shutil.which("Rscript") is None:
        pytest.skip("Rscript is not at hand")
    shell(f"Rscript --vanilla -e {shlex.quote(text)}", exports, place)


def with_jena(text: str, exports: Path, place: Path) -> None:
    """Run a recipe for Jena."""
    parts = place.parent / "jena"
    arq = parts / "arq"
    path = jena_path(parts)
    arq.write_text(f'#!/bin/sh\nexec java -cp {path} arq.arq "$@"\n', encoding="utf-8")
    arq.chmod(0o755)
    shell(text, exports, place, PATH=f"{parts}:{os.environ['PATH']}")


RUNS: Mapping[str, Callable[[str, Path, Path], None]] = {
    "pandas": with_pandas,
    "polars": with_polars,
    "duckdb": with_duckdb,
    "r": with_r,
    "jena": with_jena,
}


@pytest.mark.parametrize("name", RUNS)
def test_a_recipe_answers_the_question(name: str, exports: Path, tmp_path: Path) -> None:
    """As the tables are counted one by one."""
    place = tmp_path / "place"
    place.mkdir()
    RUNS[name](recipes()[name].text, exports, place)
    with (place / "outcomes.csv").open(encoding="utf-8", newline="") as file:
        found = [tuple(row.values()) for row in csv.DictReader(file)]
    assert sorted(found) == counted(exports)


def counted(exports: Path) -> list[tuple[str, str, str]]:
    """Return the rows that every recipe has to give."""
    published = {
        row["id"]: row["report_published_on"][:4] for row in rows_of(exports, "inspections")
    }
    counts: dict[tuple[str, str], int] = {}
    for row in rows_of(exports, "judgements"):
        year = published[row["inspection"]]
        if row["area"].endswith("-overall") and row["grade"] and "2011" <= year <= "2019":
            key = year, row["grade_label"]
            counts[key] = counts.get(key, 0) + 1
    return not_empty(sorted((*key, str(count)) for key, count in counts.items()))


def test_a_recipe_leads_from_a_value_to_its_source(exports: Path, tmp_path: Path) -> None:
    """With the passage, and where the source is opened or which file it was."""
    text = replaced(recipes()["sources"].text, "'sources.csv'", f"'{tmp_path / 'sources.csv'}'")
    with duckdb.connect(str(exports / f"{NAME}.duckdb"), read_only=True) as database:
        database.execute(text)
    with (tmp_path / "sources.csv").open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file))
    for row in not_empty(found):
        assert row["titles"] and (row["address"] or row["seen_in"] or row["sha256"])
        assert row["first_character"] or row["source_row"]
    acts = rows_of(exports, "acts")
    signed = {row["id"] for row in acts if row["council"] == "NFK" and row["signed"]}
    assert {row["id"] for row in found} == signed


def test_every_recipe_is_short_and_known(exports: Path) -> None:
    """Run by a test, or named as one that only people can run; all stand in the folder."""
    assert set(recipes()) == {
        *RUNS,
        *BY_HAND,
        *OF_AN_EDITOR,
        *OF_THE_SERVICE,
        *OF_SOURCES,
    }
    book = (exports / "RECIPES.md").read_text(encoding="utf-8")
    for recipe in not_empty(recipes().values()):
        assert len(recipe.text.splitlines()) <= MOST_LINES, recipe.title
        assert recipe.text in book


def test_protege_opens_the_file_of_its_recipe(exports: Path) -> None:
    """By the library that it opens files with, of which the reasoner of the tests has a copy.

    That copy reads no Turtle in which the sign "/" of a name is escaped; the editor may not either.
    """
    if shutil.which("javac") is None:
        pytest.skip("the compiler of Java is not at hand")
    (file,) = set(re.findall(rf"{NAME}\.[a-z]+", recipes()["protege"].text))
    done = subprocess.run(
        ["java", "-cp", _OWL_API, _READER, exports / file, CI.Judgement],
        capture_output=True,
        text=True,
        check=False,
    )
    shown = dict(line.split(" ", 1) for line in done.stdout.splitlines())
    rows = [row for row in rows_of(exports, "judgements") if row["kind"] == "Judgement"]
    assert shown["instances"] == str(len(not_empty(rows))), done.stderr
    words = ontology_graph()
    for name in (RDFS.label, SKOS.definition, SKOS.example):
        assert shown[str(name)] == f'"{words.value(CI.Judgement, name)}"@en'
