"""Rules of clauses: each takes and leaves the examples that stand with it."""

from __future__ import annotations

import pytest

from loaders.documents.clauses.marks import kinds_in, marked_words
from loaders.documents.clauses.rules import Rule, rule_file
from loaders.documents.files.fixed_text import text_of
from loaders.documents.find.parties import Parties
from loaders.documents.layout.blocks import DocumentReading
from loaders.documents.layout.numbered_tree import read_tree

FILES = ("appointments", "frames", "headings")
RULES = [(name, rule) for name in FILES for rule in rule_file(name).rules]


def marked(words: str) -> str:
    """Return the words of an example, in which Rutland is the council, with names marked over."""
    tree = read_tree(text_of(words.encode(), "example.txt"))
    reading = DocumentReading(tree, Parties("RUT", "sos-education", "childrens"))
    (block,) = reading.blocks
    return marked_words(reading, block)


def faults(rule: Rule) -> list[str]:
    """Return the examples of a rule that are not so."""
    taken = {words: any(rule.matches(marked(words))) for words in (*rule.takes, *rule.leaves)}
    return [
        *(f"does not take {words!r}" for words in rule.takes if not taken[words]),
        *(f"takes {words!r}" for words in rule.leaves if taken[words]),
    ]


@pytest.mark.parametrize(
    ("file", "rule"), RULES, ids=[f"{name}-{rule.name}" for name, rule in RULES]
)
def test_every_rule_has_true_examples(file: str, rule: Rule) -> None:
    """A rule without an example that it takes and one that it leaves cannot be judged."""
    assert rule.takes and rule.leaves, file
    assert faults(rule) == []


@pytest.mark.parametrize("name", FILES)
def test_names_of_rules_are_used_once(name: str) -> None:
    """A claim names its rule; two of one name could not be told apart."""
    names = [rule.name for rule in rule_file(name).rules]
    assert sorted(set(names)) == sorted(names)


def test_marks_keep_every_place() -> None:
    """A marked text is as long as the words, so that what is found leads back to them."""
    words = "By 1 May 2024 Rutland County Council must report to Ann Other under section 497A(4B)."
    kinds = [(words[start:end], kind) for start, end, kind in kinds_in(marked(words))]
    assert len(marked(words)) == len(words)
    assert kinds == [
        ("1 May 2024", "day"),
        ("Rutland County Council", "council"),
        ("Ann Other", "person"),
        ("section 497A(4B)", "provision"),
    ]
