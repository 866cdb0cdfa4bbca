"""Imports go one way: between the six folders, between the rooms inside them, and between modules.

The six folders: words, then their parts, then their two users. The rooms: see the table below.
"""

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
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
        ("data/records/files.py", "__import__('shapes')"),
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


# What each room may import of its own folder, beside itself; a room is a folder with all below it,
# but for the rooms that have a line of their own. `""` stands for what lies directly in the folder.
ROOMS: dict[str, dict[str, set[str]]] = {
    "loaders": {
        "": {"commands"},
        "commands": {"documents", "documents.kinds", "evaluation", "exports", "release", "tables"}
        | {"documents.record", "identifiers", "claims"},
        "exports": {"release"},
        "evaluation": {"documents", "documents.record", "documents.find", "claims"},
        "release": {"tables", "claims", "identifiers"},
        "documents": {"documents.kinds", "documents.record", "documents.layout"}
        | {"documents.text", "documents.files", "identifiers", "claims"},
        "documents.kinds": {"documents.facts", "documents.record", "documents.layout"}
        | {"documents.find", "documents.text", "documents.files"},
        "documents.facts": {"documents.record", "documents.clauses", "documents.layout"}
        | {"documents.find", "documents.text"},
        "documents.clauses": {"documents.layout", "documents.find", "documents.text"},
        "documents.record": {"documents.layout", "documents.find", "documents.files"}
        | {"documents.text"},
        "documents.layout": {"documents.find", "documents.text", "documents.files"},
        "documents.find": {"documents.text"},
        # Word and HTML number their lists as documents label their items.
        "documents.files": {"documents.text"},
        "documents.text": set(),
        "identifiers": {"tables", "claims"},
        "tables": {"claims"},
        "claims": set(),
    },
    "queries": {
        "": set(),
        "remote": {"pool", "engine", "sparql"},
        "pool": {"engine", "sparql"},
        "lookups": {"", "engine"},
        "search": {""},
        "ask": {"", "search"},
        "engine": {"sparql"},
        "sparql": set(),
        "tables": {"engine"},
    },
    "api": {
        "": {"contract", "tools", "routes", "hosting", "connection", "http", "observation"},
        "contract": {"routes", "analysis.pictures", "hosting", "http", "views"},
        "connection": {"http", "observation"},
        "observation": set(),
        "tools": {"contract", "routes", "hosting", "http", "views"},
        "routes": {"analysis", "analysis.pictures", "hosting", "http", "observation", "pages"}
        | {"views"},
        "analysis.pictures": {"analysis"},
        "analysis": set(),
        "hosting": {"http", "observation", "views"},
        "http": {"observation", "pages", "views"},
        "pages": {"views"},
        "views": set(),
    },
    "data": {
        "": {"decisions", "tables"},
        "disk": set(),
        "councils": {"", "tables"},
        "decisions": {"records", "tables"},
        "registry": {"disk", "tables"},
        "records": set(),
        "tables": set(),
    },
}


def module_imports() -> dict[str, set[str]]:
    """Return each module of the six folders with those that it imports."""
    paths = [path for folder in sorted(FOLDERS) for path in sorted((ROOT / folder).rglob("*.py"))]
    names = {
        ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__"): path
        for path in paths
    }
    found: dict[str, set[str]] = {}
    for name, path in names.items():
        package = ".".join(path.relative_to(ROOT).parent.parts)
        imported = imported_names(ast.parse(path.read_text(encoding="utf-8")), package)
        targets = {
            target if target in names else target.rpartition(".")[0] for _, target in imported
        }
        found[name] = {target for target in targets if target in names} - {name}
    return found


def room_of(module: str, rooms: dict[str, set[str]]) -> str:
    """Return the room in which a module lies: the deepest that has a line in the table."""
    _, _, rest = module.partition(".")
    inside = rest.split(".")
    while inside and ".".join(inside) not in rooms:
        inside.pop()
    return ".".join(inside)


def upward_imports(imports: dict[str, set[str]]) -> list[str]:
    """Return the imports that go against the table of rooms."""
    found = []
    for folder, rooms in ROOMS.items():
        for module, targets in imports.items():
            if module.split(".")[0] != folder:
                continue
            room = room_of(module, rooms)
            for target in sorted(targets):
                if target.split(".")[0] == folder and target != folder:
                    other = room_of(target, rooms)
                    if other != room and other not in rooms[room]:
                        found.append(f"{module} imports {target}")
    return found


def test_rooms_import_only_what_lies_below_them() -> None:
    """A newcomer who knows the table knows what a change in a room can reach."""
    assert upward_imports(module_imports()) == []


def test_no_module_imports_itself_by_a_circle() -> None:
    """Two modules that need each other are one, or hide a third."""
    try:
        TopologicalSorter(module_imports()).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


@pytest.mark.parametrize(
    ("module", "target"),
    [
        ("loaders.claims.claim", "loaders.tables.events.source_pages"),
        ("loaders.documents.find.dates", "loaders.documents.layout.blocks"),
        ("loaders.documents.facts.directions.powers", "loaders.documents.kinds.instruments"),
        ("queries.engine.dataset", "queries.pool.worker"),
        ("api.http.middleware", "api.routes.sparql"),
        ("data.tables.cells", "data.decisions.corrections"),
    ],
)
def test_a_planted_import_upward_is_found(module: str, target: str) -> None:
    """The table can be broken."""
    assert upward_imports({module: {target}}) == [f"{module} imports {target}"]
