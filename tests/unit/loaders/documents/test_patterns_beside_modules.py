"""Patterns in files: each takes and leaves the examples that stand with it."""

import tomllib
from pathlib import Path
from typing import Any

import pytest

from loaders.documents.text import patterns_beside
from tests.fixtures.paths import ROOT

EXAMPLES = {"takes", "takes-match", "takes-fullmatch", "leaves", "leaves-match", "leaves-fullmatch"}


def rules_of(path: Path) -> dict[str, Any]:
    """Return the rules of a file, if it is one of patterns by name."""
    rules = tomllib.loads(path.read_text(encoding="utf-8"))
    named = all(isinstance(rule, dict) and "patterns" in rule for rule in rules.values())
    return rules if named else {}


FILES = {
    ".".join(path.relative_to(ROOT).with_suffix("").parts): rules
    for path in sorted((ROOT / "loaders" / "documents").rglob("*.toml"))
    if (rules := rules_of(path))
}


def faults(module: str, rules: dict[str, Any]) -> list[str]:
    """Return what is wrong with the examples of the patterns beside a module."""
    patterns = patterns_beside(module)
    found = []
    for name, rule in rules.items():
        kinds = {key.partition("-")[0] for key in rule}
        found += [f"{name}: no {kind}" for kind in ("takes", "leaves") if kind not in kinds]
        found += [f"{name}: {key} is not known" for key in rule.keys() - EXAMPLES - {"patterns"}]
        for key in rule.keys() & EXAMPLES:
            kind, _, way = key.partition("-")
            found += [
                f"{name}: {key} {example!r} is not so"
                for example in rule[key]
                if (getattr(patterns[name], way or "search")(example) is None) == (kind == "takes")
            ]
    return found


@pytest.mark.parametrize("module", FILES)
def test_every_pattern_has_true_examples(module: str) -> None:
    """Nobody can read a pattern of five lines; two examples say what it is for."""
    assert faults(module, FILES[module]) == []


@pytest.mark.parametrize("module", FILES)
def test_every_pattern_is_used_by_its_module(module: str) -> None:
    """A pattern that the module does not name is dead, unless it goes through them all."""
    text = ROOT.joinpath(*module.split(".")).with_suffix(".py").read_text(encoding="utf-8")
    goes_through_all = "_PATTERNS = patterns_beside" not in text
    unused = [name for name in FILES[module] if f'_PATTERNS["{name}"]' not in text]
    assert goes_through_all or unused == []


@pytest.mark.parametrize(
    "rule",
    [
        {"takes": ["annex A"], "leaves": ["annexed"]},
        {"takes-fullmatch": ["This is annex A"], "leaves": ["plan"]},
        {"takes": ["Annex A"]},
        {"takes": ["Annex A"], "leaves": ["plan"], "take": ["Annex B"]},
    ],
)
def test_a_planted_fault_is_found(rule: dict[str, list[str]]) -> None:
    """An example that is not so, one that is missing, and a misspelt kind of example."""
    assert len(faults("loaders.documents.layout.sections", {"annex": rule})) == 1
