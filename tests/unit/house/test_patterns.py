"""A pattern that is longer than a line has an example of what it takes and of what it leaves.

The examples are comments directly above the pattern, and are run here:

    # takes: "The Council shall, within 28 days, report"
    # leaves: "28 days had passed"
    _WITHIN = re.compile(

`takes (match)` and `takes (fullmatch)` say that the pattern is used in that way; plain is a search.
"""

import ast
import importlib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

import pytest

from tests.fixtures.paths import ROOT

FOLDERS = ("ontology", "data", "queries", "shapes", "loaders", "api")
EXAMPLE = re.compile(r"\s*# (takes|leaves)(?: \((match|fullmatch)\))?: (\".*\")$")


@dataclass(frozen=True)
class LongPattern:
    """A pattern over several lines: where it begins, its expression, and its examples."""

    line: int
    call: ast.Call
    examples: tuple[tuple[str, str, str], ...]


def long_patterns(text: str) -> Iterator[LongPattern]:
    """Yield each call of `re.compile` at the level of the module whose pattern is over a line."""
    lines = text.splitlines()
    for statement in ast.parse(text).body:
        if isinstance(statement, ast.FunctionDef | ast.ClassDef):
            continue
        for node in ast.walk(statement):
            if not isinstance(node, ast.Call) or ast.unparse(node.func) != "re.compile":
                continue
            pattern = node.args[0]
            if pattern.end_lineno != pattern.lineno:
                yield LongPattern(node.lineno, node, tuple(examples_above(lines, node.lineno)))


def examples_above(lines: list[str], line: int) -> Iterator[tuple[str, str, str]]:
    """Yield kind, way and text of the examples in the comments directly above a line."""
    above = line - 1
    while above > 0 and lines[above - 1].lstrip().startswith("#"):
        above -= 1
        if match := EXAMPLE.match(lines[above]):
            yield match[1], match[2] or "search", ast.literal_eval(match[3])


def modules_with_long_patterns() -> list[str]:
    """Return the dotted names of the modules that have such patterns."""
    return [
        ".".join(path.relative_to(ROOT).with_suffix("").parts)
        for folder in FOLDERS
        for path in sorted((ROOT / folder).rglob("*.py"))
        if any(long_patterns(path.read_text(encoding="utf-8")))
    ]


def faults(module: ModuleType, text: str) -> list[str]:
    """Return what is wrong with the examples of a module's patterns."""
    found = []
    for long in long_patterns(text):
        expression = ast.fix_missing_locations(ast.Expression(long.call))
        pattern = eval(compile(expression, "pattern", "eval"), vars(module))
        kinds = {kind for kind, _, _ in long.examples}
        found += [
            f"line {long.line}: no {kind}" for kind in ("takes", "leaves") if kind not in kinds
        ]
        found += [
            f"line {long.line}: {kind} {example!r} is not so"
            for kind, way, example in long.examples
            if (getattr(pattern, way)(example) is not None) != (kind == "takes")
        ]
    return found


@pytest.mark.parametrize("name", modules_with_long_patterns())
def test_every_long_pattern_has_true_examples(name: str) -> None:
    """Nobody can read a pattern of five lines; two examples say what it is for."""
    path = ROOT / Path(*name.split(".")).with_suffix(".py")
    assert faults(importlib.import_module(name), path.read_text(encoding="utf-8")) == []


@pytest.mark.parametrize(
    "examples",
    ["", '# takes: "b"\n', '# takes: "a"\n# leaves: "a"\n', '# takes: "x"\n# leaves: "b"\n'],
)
def test_a_planted_fault_is_found(examples: str) -> None:
    """Missing and wrong examples are found."""
    module = ModuleType("planted")
    vars(module)["re"] = re
    text = examples + 'P = re.compile(\n    r"a"\n    r"|x{2}"\n)\n'
    assert faults(module, text) != []


def test_right_examples_are_no_fault() -> None:
    """Each way of using a pattern can be said."""
    module = ModuleType("planted")
    vars(module)["re"] = re
    text = '# takes: "ba"\n# takes (match): "ab"\n# leaves (fullmatch): "ab"\n'
    assert faults(module, text + 'P = re.compile(\n    r"a"\n    r"|x{2}"\n)\n') == []
