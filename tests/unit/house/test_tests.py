"""A test can fail: it asserts something, and what it asserts of is not empty by accident.

What these rules see is the text of a test. A loop, an `all` or a subset over something that may be
empty holds whatever the code does; a text in which nothing was replaced is the text as it was. The
two ways out are in `tests/fixtures/guards.py`.
"""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fixtures.paths import ROOT

Function = ast.FunctionDef | ast.AsyncFunctionDef
MODULES = sorted((ROOT / "tests").rglob("test_*.py"))
CHECKING = ("assert_", "check_")
"""How the names of helpers begin that assert for the test that calls them."""
RAISING = {"raises", "warns", "fail", "wait_until", "expect"}
GUARDS = {"replaced", "not_empty"}
MARK = 2
"""Length of a mark, such as a comma or a line end: replacing it sets a text in another form."""


def called(node: ast.AST) -> str:
    """Return the name of what is called, without what stands before its dot; else nothing."""
    function = node.func if isinstance(node, ast.Call) else None
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def checks(node: ast.AST, helpers: set[str]) -> list[ast.AST]:
    """Return what in a node can make a test fail on purpose."""
    return [
        part
        for part in ast.walk(node)
        if isinstance(part, ast.Assert)
        or called(part) in RAISING | GUARDS | helpers
        or called(part).startswith(CHECKING)
    ]


def functions(tree: ast.Module, *, tests: bool) -> list[Function]:
    """Return the tests of a module, or its other functions and methods."""
    return [
        node
        for node in ast.walk(tree)
        if isinstance(node, Function) and node.name.startswith("test_") == tests
    ]


def is_full(node: ast.expr) -> bool:
    """Return whether an expression has something in it, whatever the code under test does."""
    match node:
        case ast.Constant():
            return bool(node.value)
        case ast.Tuple(elts=elements) | ast.List(elts=elements) | ast.Set(elts=elements):
            return any(not isinstance(element, ast.Starred) for element in elements)
        case ast.Dict(keys=keys):
            return any(key is not None for key in keys)
        case ast.Call(func=ast.Attribute(value=value, attr="items" | "keys" | "values")):
            return is_full(value)
        case ast.Call(args=[inner, *_]) if called(node) in {"range", "set", "enumerate", "sorted"}:
            return is_full(inner)
    return called(node) == "not_empty"


class Names(dict[str, bool]):
    """The names that stand for something full wherever a module, or a test, assigns them."""

    def __init__(self, *scopes: ast.AST) -> None:
        """Read the assignments."""
        super().__init__()
        for scope in scopes:
            for node in ast.walk(scope):
                if isinstance(node, ast.Assign | ast.AnnAssign) and node.value is not None:
                    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
                    for name in (ast.unparse(target) for target in targets):
                        self[name] = self.get(name, True) and is_full(node.value)

    def hold(self, node: ast.expr) -> bool:
        """Return whether an expression is full, perhaps by its name."""
        match node:
            case ast.Call(func=ast.Attribute(value=value, attr="items" | "keys" | "values")):
                return self.hold(value)
            case ast.SetComp(generators=[ast.comprehension(iter=items, ifs=[])]):
                return self.hold(items)
            case ast.Call(args=[inner]) if called(node) in {"set", "sorted"}:
                return self.hold(inner)
        return is_full(node) or self.get(ast.unparse(node), False)


def is_guarded(node: ast.expr, within: ast.AST, test: Function) -> bool:
    """Return whether an assertion of the test speaks of an expression, outside a part of it."""
    words, inside = ast.unparse(node), {id(part) for part in ast.walk(within)}
    return any(
        ast.unparse(part) == words
        for check in ast.walk(test)
        if isinstance(check, ast.Assert)
        for part in ast.walk(check)
        if id(part) not in inside
    )


def may_be_empty(test: Function, names: Names, helpers: set[str]) -> Iterator[ast.expr]:
    """Yield what a test loops over, or takes as a part of something, and what may be empty."""
    for node in ast.walk(test):
        match node:
            case ast.For(iter=items) | ast.AsyncFor(iter=items):
                suspects = [items] if checks(node, helpers) else []
            case ast.Call(args=[ast.GeneratorExp(generators=[first, *_])]) if called(node) == "all":
                suspects = [first.iter]
            case ast.Compare(left=left, ops=[ast.LtE()], comparators=[right]) if is_set(
                left
            ) or is_set(right):
                suspects = [left]
            case _:
                continue
        yield from (
            suspect
            for suspect in suspects
            if not (names.hold(suspect) or is_guarded(suspect, node, test))
        )


def is_set(node: ast.expr) -> bool:
    """Return whether an expression is a set by its form."""
    if isinstance(node, ast.BinOp):
        return is_set(node.left) or is_set(node.right)
    return isinstance(node, ast.Set | ast.SetComp) or called(node) in {"set", "keys", "frozenset"}


def unchecked_replacements(tree: ast.Module) -> Iterator[ast.Call]:
    """Yield each `replace` in a text that may leave the text as it is."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and called(node) == "replace" and len(node.args) > 1:
            receiver = ast.unparse(node.func).removesuffix(".replace")
            old = node.args[0]
            mark = old.value if isinstance(old, ast.Constant) else None
            is_mark = isinstance(mark, str | bytes) and len(mark) <= MARK
            is_text = isinstance(node.func, ast.Attribute) and not receiver.endswith("writer")
            if is_text and not is_mark:
                yield node


def complaints(text: str) -> list[str]:
    """Return what in a module of tests cannot fail, each with its line."""
    tree = ast.parse(text)
    helpers = {
        function.name for function in functions(tree, tests=False) if checks(function, set())
    }
    found = [
        f"{node.lineno}: replaces {ast.unparse(node.args[0])} perhaps nowhere; take `replaced`"
        for node in unchecked_replacements(tree)
    ]
    for test in functions(tree, tests=True):
        fixtures = {argument.arg for argument in test.args.args}
        if not checks(test, helpers) and not fixtures & helpers:
            found.append(f"{test.lineno}: {test.name} asserts nothing")
        for node in may_be_empty(test, Names(tree), helpers):
            found.append(f"{node.lineno}: {ast.unparse(node)} may be empty; take `not_empty`")
    return found


@pytest.mark.parametrize("path", MODULES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_test_can_fail(path: Path) -> None:
    """No test without an assertion, and none that holds for nothing at all."""
    assert complaints(path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    ("body", "complaint"),
    [
        ("    load()", "asserts nothing"),
        ("    assert load(TEXT.replace('old', 'new'))", "perhaps nowhere"),
        ("    assert load(TEXT.replace(old, new))", "perhaps nowhere"),
        ("    for row in load():\n        assert row", "load() may be empty"),
        ("    rows = load()\n    for row in rows:\n        assert row", "rows may be empty"),
        ("    for row in []:\n        check_row(row)", "[] may be empty"),
        ("    assert all(row.name for row in load())", "load() may be empty"),
        ("    assert {row.name for row in load()} <= {'a', 'b'}", "may be empty"),
        ("    assert set(load()) <= known", "may be empty"),
    ],
)
def test_a_planted_test_that_cannot_fail_is_found(body: str, complaint: str) -> None:
    """Each rule can fail."""
    (found,) = complaints(f"def test_planted(old, new, known):\n{body}\n")
    assert complaint in found


@pytest.mark.parametrize(
    "body",
    [
        "    assert load(replaced(TEXT, 'old', 'new'))",
        "    assert load(TEXT.replace(',', ';').replace('\\r\\n', '\\n'))",
        "    with pytest.raises(ValueError):\n        load()",
        "    rows = load()\n    assert rows\n    for row in rows:\n        assert row",
        "    for row in ('a', 'b'):\n        assert row",
        "    for row in not_empty(load()):\n        check_row(row)",
        "    for row in load():\n        row.close()\n    assert row",
        "    assert all(row.name for row in not_empty(load()))",
        "    assert {'a', 'b'} <= {row.name for row in load()}",
        "    helper()\n\ndef helper():\n    assert load()",
    ],
)
def test_a_test_that_can_fail_is_left(body: str) -> None:
    """The ways to write it that the rules ask for."""
    assert complaints(f"def test_planted(old, new, known):\n{body}\n") == []
