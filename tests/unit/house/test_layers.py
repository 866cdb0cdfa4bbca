"""Imports between the six folders go one way: words, then their parts, then their two users."""

import ast
from collections.abc import Iterator
from importlib.util import resolve_name
from pathlib import Path

import pytest

from tests.fixtures.paths import ROOT

LAYERS = (("ontology",), ("data", "queries", "shapes"), ("loaders", "api"))
FOLDERS = {folder for layer in LAYERS for folder in layer}
# Calls that load a module, or open its files, by a name given as text.
LOADING_CALLS = {"import_module", "__import__", "find_spec", "run_module", "files"}


def reachable(folder: str) -> set[str]:
    """Return the folders that one folder may import: itself and every lower layer."""
    level = next(i for i, layer in enumerate(LAYERS) if folder in layer)
    return {folder}.union(*LAYERS[:level])


def imported_names(tree: ast.Module, package: str) -> Iterator[tuple[int, str]]:
    """Yield line and full name of every module that a file of the package imports.

    In: the package that relative names start from, such as "data".
    Guarantee: a name computed at run time is not seen.
    """
    for node in ast.walk(tree):
        match node:
            case ast.Import(names=names):
                yield from ((node.lineno, alias.name) for alias in names)
            case ast.ImportFrom(module=module, names=names, level=level):
                base = resolve_name("." * level + (module or ""), package) if level else module
                # `from .. import api` names the folder in its list, `from api import x` before it.
                yield from ((node.lineno, f"{base}.{alias.name}") for alias in names)
            case ast.Call(
                func=ast.Name(id=name) | ast.Attribute(attr=name),
                args=[ast.Constant(value=str(target)), *_],
            ) if name in LOADING_CALLS:
                yield node.lineno, resolve_name(target, package)


def trespasses(source: str, path: Path) -> list[str]:
    """Return what a file imports from a folder that its own folder may not know."""
    package = ".".join(path.parent.parts)
    allowed = reachable(path.parts[0])
    foreign = (FOLDERS | {"tests"}) - allowed
    return [
        f"{path}:{line} imports {name}, but {path.parts[0]} may import only {sorted(allowed)}"
        for line, name in imported_names(ast.parse(source), package)
        if name.split(".")[0] in foreign
    ]


def test_folders_import_only_themselves_and_lower_layers() -> None:
    """Loaders write, the service reads, and neither knows the other."""
    found = [
        trespass
        for folder in sorted(FOLDERS)
        for path in sorted((ROOT / folder).rglob("*.py"))
        for trespass in trespasses(path.read_text(encoding="utf-8"), path.relative_to(ROOT))
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("ontology/terms.py", "import rdflib, data.records.form"),
        ("data/records/form.py", "from queries.catalogue import read"),
        ("shapes/validate.py", "def late():\n    import loaders"),
        ("loaders/release/build.py", "from api.app import create"),
        ("api/app.py", "from loaders import build as make"),
        ("api/routes/lists.py", "import tests.conftest"),
        ("queries/engine/interface.py", "import importlib\nimportlib.import_module('api.app')"),
        ("data/records/reading.py", "__import__('shapes')"),
        ("api/routes/pages.py", "from importlib.resources import files\nfiles('loaders')"),
    ],
)
def test_a_planted_trespass_is_found(path: str, source: str) -> None:
    """The test above can fail, whatever the way of importing."""
    assert len(trespasses(source, Path(path))) == 1


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("data/records/form.py", "from ontology.terms import CI\nfrom . import statements"),
        (
            "loaders/release/build.py",
            "import data, queries, shapes, ontology, loaders.claims.claim",
        ),
        ("api/routes/lists.py", "from ..app import create\nfrom queries import catalogue"),
        ("loaders/serve.py", "uvicorn.run('api.app:create', factory=True)"),
        ("shapes/read.py", "from importlib.resources import files\nfiles(__name__)"),
    ],
)
def test_a_permitted_import_is_not_reported(path: str, source: str) -> None:
    """The command line may start the service by its import string, and all may look down."""
    assert trespasses(source, Path(path)) == []
