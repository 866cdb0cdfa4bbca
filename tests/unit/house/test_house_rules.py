"""Rules that hold for every file: small, documented, no error swallowed, no machine's own paths."""

import ast
import re
import socket
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path

import pytest

from tests.fixtures.paths import ROOT

CATCH = "except"
MADE = {"build", "dist", "release"}
"""Folders at the top that are made; `loaders/release` is a room."""
TOOL_FOLDERS = {"__pycache__", ".git", ".hypothesis", ".mypy_cache", ".pytest_cache", ".ruff_cache"}
MAXIMUM_MODULE_LINES = 400
MAXIMUM_FUNCTION_LINES = 60
MAXIMUM_FOLDER_MODULES = 15
NOUNS = {
    "killing": "what the test is about, in the words of the promise",
    "packaging": "the trade's own word",
    "paging": "the trade's own word",
    "publishing": "the trade's own word, beside the command `publish`",
    "templating": "the trade's own word, and the name of the library's module",
}
"""Modules that end as an action does, and are a noun of the field; each with the reason."""
OWN = {"api", "data", "loaders", "ontology", "queries", "shapes"}
CONSTANT = re.compile(r"[A-Z][A-Z0-9_]+")
BROAD = {"Exception", "BaseException"}
# A folder that belongs to one machine, but not the same word inside a web address.
MACHINE_PATH = re.compile(r"(?<![\w./~*>-])(?:/(?:home|root|Users|work|tmp|opt)/\w|[A-Z]:\\+Users)")
INDEX_ADDRESS = re.compile(
    r"--(?:extra-)?index-url\b|-{2}find-links\b"
    r"|\bregistry *= *\"?http|\"resolved\": *\"http"
)
Function = ast.FunctionDef | ast.AsyncFunctionDef


def is_source(path: Path) -> bool:
    """Return whether a file is ours: not git's, not a tool's, not in a virtual environment."""
    relative = path.relative_to(ROOT)
    folders = [ROOT / parent for parent in relative.parents]
    return not (
        relative.parts[0] in MADE
        or TOOL_FOLDERS & set(relative.parts)
        or any(part.endswith(".egg-info") for part in relative.parts)
        or any((folder / "pyvenv.cfg").exists() for folder in folders)
    )


SOURCES = sorted(path for path in ROOT.rglob("*") if path.is_file() and is_source(path))
MODULES = [path for path in SOURCES if path.suffix == ".py"]


def functions(tree: ast.Module) -> Iterator[Function]:
    """Yield every function and method of a module, nested ones too."""
    for node in ast.walk(tree):
        if isinstance(node, Function):
            yield node


def public_functions(node: ast.Module | ast.ClassDef) -> Iterator[Function]:
    """Yield the functions and methods that others may call, in source order."""
    for child in node.body:
        if isinstance(child, Function) and not child.name.startswith("_"):
            yield child
        elif isinstance(child, ast.ClassDef) and not child.name.startswith("_"):
            yield from public_functions(child)


def names_in(node: ast.expr | None) -> set[str]:
    """Return every name that an expression mentions, without what stands before its dot."""
    inside = list(ast.walk(node)) if node else []
    names = {part.id for part in inside if isinstance(part, ast.Name)}
    return names | {part.attr for part in inside if isinstance(part, ast.Attribute)}


def broad_catches(tree: ast.Module) -> Iterator[int]:
    """Yield the lines that catch, or suppress, every kind of error."""
    for node in ast.walk(tree):
        match node:
            case ast.ExceptHandler(type=caught) if caught is None or names_in(caught) & BROAD:
                yield node.lineno
            case ast.Call(func=function, args=arguments) if "suppress" in names_in(function):
                if any(names_in(argument) & BROAD for argument in arguments):
                    yield node.lineno


def is_annotated(function: Function) -> bool:
    """Return whether the result and every argument but self and cls have a type."""
    spec = function.args
    given = [*spec.posonlyargs, *spec.args, *spec.kwonlyargs]
    given += [argument for argument in (spec.vararg, spec.kwarg) if argument]
    untyped = [a.arg for a in given if a.annotation is None and a.arg not in {"self", "cls"}]
    return function.returns is not None and not untyped


def complaints(path: str, text: str) -> list[str]:
    """Return what one module does against the rules, each with its line."""
    tree, lines = ast.parse(text), len(text.splitlines())
    found = [f"{path}: {lines} lines"] if lines > MAXIMUM_MODULE_LINES else []
    for function in functions(tree):
        length = (function.end_lineno or function.lineno) - function.lineno + 1
        if length > MAXIMUM_FUNCTION_LINES:
            found.append(f"{path}:{function.lineno} {function.name} has {length} lines")
    for function in public_functions(tree):
        if not ast.get_docstring(function):
            found.append(f"{path}:{function.lineno} {function.name} has no docstring")
        if not is_annotated(function):
            found.append(f"{path}:{function.lineno} {function.name} is not fully typed")
    return found + [f"{path}:{line} catches every error" for line in broad_catches(tree)]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_module_keeps_the_rules(path: Path) -> None:
    """Small modules, small functions, documented and typed, and no error is swallowed."""
    assert complaints(path.name, path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "text",
    [
        "x = 1\n" * 401,
        "def _long() -> None:\n" + "    x = 1\n" * 60,
        "def bare(x: int) -> int:\n    return x",
        'def untyped(x) -> int:\n    """Return it."""\n    return x',
        'class A:\n    def method(self):\n        """Return nothing."""',
        f"try:\n    x = 1\n{CATCH} Exception:\n    pass",
        "try:\n    x = 1\nexcept (ValueError, builtins.BaseException):\n    pass",
        f"try:\n    x = 1\n{CATCH}:\n    pass",
        "with contextlib.suppress(Exception):\n    pass",
    ],
)
def test_a_planted_fault_is_found(text: str) -> None:
    """Each rule can fail."""
    assert len(complaints("planted.py", text)) == 1


def crowded(modules: Iterable[Path]) -> dict[str, int]:
    """Return the folders with more modules than one can survey, and how many they have."""
    counts = Counter(str(path.parent) for path in modules)
    return {folder: count for folder, count in counts.items() if count > MAXIMUM_FOLDER_MODULES}


def actions(modules: Iterable[Path]) -> set[str]:
    """Return the modules whose name is an action, and not what they hold."""
    names = {path.stem.removeprefix("test_") for path in modules}
    return {name for name in names if name.endswith("ing") and name not in NOUNS}


def constants(text: str) -> set[str]:
    """Return the constants that a module shows to others; a variable of types is none."""
    found: set[str] = set()
    for node in ast.parse(text).body:
        if isinstance(node, ast.Assign):
            found |= {name for target in node.targets for name in names_in(target)}
        elif isinstance(node, ast.AnnAssign):
            found |= names_in(node.target)
    return {name for name in found if CONSTANT.fullmatch(name)}


def own_constants(texts: Mapping[str, str]) -> list[str]:
    """Return the constants of our folders that no other file names; each should begin with `_`."""
    holders: dict[str, set[str]] = defaultdict(set)
    for path, text in texts.items():
        for word in set(re.findall(r"\w+", text)):
            holders[word].add(path)
    return [
        f"{path}: {name}"
        for path, text in texts.items()
        if path.endswith(".py") and path.partition("/")[0] in OWN
        for name in sorted(constants(text))
        if holders[name] == {path}
    ]


def texts_of(paths: Iterable[Path]) -> dict[str, str]:
    """Return the files that have lines to read, by their place in the repository."""
    found = {}
    for path in paths:
        with suppress(UnicodeDecodeError):
            found[path.relative_to(ROOT).as_posix()] = path.read_text(encoding="utf-8")
    return found


def test_no_folder_is_crowded() -> None:
    """A newcomer who opens a folder sees at once what is in it."""
    assert crowded(MODULES) == {}
    folder = [Path("planted") / f"{number}.py" for number in range(MAXIMUM_FOLDER_MODULES + 1)]
    assert crowded(folder) == {"planted": 16} and crowded(folder[1:]) == {}


def test_a_module_is_named_by_what_it_holds() -> None:
    """And not by what it does; a noun that looks like it has its reason above."""
    assert actions(MODULES) == set()
    assert set(NOUNS) <= {path.stem.removeprefix("test_") for path in MODULES}, "not there any more"
    planted = [Path("loaders/reading.py"), Path("api/paging.py"), Path("data/rows.py")]
    assert actions(planted) == {"reading"}


def test_a_constant_of_one_file_is_private() -> None:
    """A name that begins with `_` can be changed without a look at any other file."""
    assert own_constants(texts_of(SOURCES)) == []
    texts = {
        "api/a.py": "SHARED = 1\nALONE: int = 2\n_OWN = 3\nT = TypeVar('T')\n",
        "api/b.py": "from api.a import SHARED\n",
        "tests/test_a.py": "LIMIT = 1\n",
    }
    assert own_constants(texts) == ["api/a.py: ALONE"]


def strays(text: str) -> list[str]:
    """Return the lines that show a folder of one machine or the address of a package index."""
    # A folder at the very top, such as that of a container, is also an ordinary word.
    machine = [f"{folder}/" for folder in (ROOT, Path.home()) if len(folder.parts) > 2]
    return [
        line
        for line in text.splitlines()
        if MACHINE_PATH.search(line)
        or INDEX_ADDRESS.search(line)
        or any(folder in line for folder in machine)
    ]


def test_no_file_shows_a_machine_or_a_package_index() -> None:
    """What holds on one machine only is a setting, and a lock file is valid for every index."""
    found = []
    for path in SOURCES:
        try:
            text = path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # pictures and archives have no lines to read
        found += [f"{path.relative_to(ROOT)}: {line.strip()[:100]}" for line in strays(text)]
    assert found == []


@pytest.mark.parametrize(
    "name", ["requirements.lock", "requirements-dev.lock", "requirements-serve.lock"]
)
def test_lock_file_holds_versions_and_hashes_only(name: str) -> None:
    """An address in a lock file would bind everyone to one index."""
    assert "://" not in (ROOT / name).read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "text",
    ["see /" + "home/me", "C:" + "\\Users", "-" + "-index-url x"],
)
def test_a_planted_stray_is_found(text: str) -> None:
    """The test above can fail, and an address of the web with such a word does not trouble it."""
    assert strays(text) == [text]
    assert strays("https://example.org/var/programme and ../var/notes") == []


def test_another_machine_cannot_be_reached() -> None:
    """The guard of conftest.py works, by number and by name."""
    with pytest.raises(AssertionError, match="tests stay on this machine"):
        socket.create_connection(("192.0.2.1", 9), timeout=1)
    with pytest.raises(AssertionError, match="tests stay on this machine"):
        socket.getaddrinfo("example.org", 443)


def test_this_machine_can_be_reached() -> None:
    """Tests may start a service and call it."""
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname(), timeout=5) as link,
    ):
        assert link.getpeername() == server.getsockname()
