"""A record that nests or holds itself without end is refused in one line."""

from __future__ import annotations

import pytest

from data.records.yaml_lines import read_yaml
from ontology.errors import UnreadableRecord

DOUBLING = "".join(
    f"- &{chr(98 + step)} [{', '.join([f'*{chr(97 + step)}'] * 9)}]\n" for step in range(9)
)
"""Nine lists, each of nine times the one before."""


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("document: &a [*a]", "without end"),
        ("document: &a {b: *a}", "without end"),
        ("document: " + "[" * 3000 + "]" * 3000, "without end"),
        ("document: " + "[" * 200_000, "without end"),
        ("document: " + "{a: " * 50_000, "without end"),
        ("".join(f"{' ' * level}a:\n" for level in range(300)), "without end"),
        ("- &a [x, x, x, x]\n" + DOUBLING, "without end"),
        ("a: &a {<<: *a}", "without end"),
        ("{[a]: b}", "a key has to be a word"),
        ("? {a: b}\n: c", "a key has to be a word"),
    ],
)
def test_yaml_without_end_is_refused(text: str, told: str) -> None:
    """The message names the file, and no traceback stands before it."""
    with pytest.raises(UnreadableRecord, match=told) as caught:
        read_yaml(text, "made-up.yaml")
    assert "made-up.yaml" in str(caught.value)
