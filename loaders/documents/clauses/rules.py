"""Rules of clauses as they stand in files, and how they are matched: searched, never anchored.

A pattern is written over marked words (`marks`): `{council}` is the council by any of its names,
`{modal}` a part of the lexicon. So a rule tells the order of words, and not whose names they are.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from loaders.documents.clauses.marks import MARKS

_NAMED_PART = re.compile(r"\{(?P<name>[a-z][a-z-]*)\}")
_DEEPEST = 6
"""Parts within parts; a part that holds itself is a fault of the file."""


@dataclass(frozen=True)
class Rule:
    """One order of words, and what it says of a clause.

    In: `frame` is what the clause does, such as binds; `bearer` is of whom, where the words name
    nobody; `after` are words behind which the order is part of another clause; what is not certain
    is marked as inferred wherever it is used.
    """

    name: str
    frame: str
    pattern: re.Pattern[str]
    bearer: str = ""
    after: re.Pattern[str] | None = None
    takes: Sequence[str] = ()
    leaves: Sequence[str] = ()
    is_certain: bool = True

    def matches(
        self, marked: str, start: int = 0, end: int | None = None
    ) -> Iterator[re.Match[str]]:
        """Yield where the order stands in marked words."""
        for match in self.pattern.finditer(marked, start, len(marked) if end is None else end):
            if self.after is None or not self.after.search(marked[start : match.start()]):
                yield match


@dataclass(frozen=True)
class RuleFile:
    """The rules of one kind of fact, in the order in which they count, and their version."""

    name: str
    version: int
    rules: Sequence[Rule]

    def cited(self, rule: Rule) -> str:
        """Return a rule with its file and version, as claims name it."""
        return f"{self.name}/{rule.name}@{self.version}"


@cache
def rule_file(name: str) -> RuleFile:
    """Return the rules of a file of this folder.

    Raises: KeyError if a pattern names a part that neither the lexicon nor the marks have.
    """
    content = _content(name)
    parts = {**MARKS, **_content("lexicon")["parts"], **content.get("parts", {})}
    rules = tuple(_rule(entry, parts) for entry in content["rules"])
    return RuleFile(name, content["version"], rules)


def _content(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(f"{name}.toml").read_text(encoding="utf-8"))


def _rule(entry: Mapping[str, Any], parts: Mapping[str, str]) -> Rule:
    after = entry.get("after")
    return Rule(
        entry["name"],
        entry["frame"],
        _compiled(entry["pattern"], parts),
        entry.get("bearer", ""),
        _compiled(parts[after], parts) if after else None,
        tuple(entry["takes"]),
        tuple(entry["leaves"]),
        entry.get("certain", True),
    )


def _in_place(name: str, parts: Mapping[str, str]) -> str:
    """Return a part as it stands in a pattern; signs of a class of characters stand bare."""
    return parts[name] if name.endswith("-signs") else f"(?:{parts[name]})"


def _compiled(pattern: str, parts: Mapping[str, str]) -> re.Pattern[str]:
    """Return a pattern with its named parts in place; line breaks are no part of it."""
    for _ in range(_DEEPEST):
        pattern = _NAMED_PART.sub(lambda part: _in_place(part["name"], parts), pattern)
    return re.compile(re.sub(r"\n *", "", pattern), re.IGNORECASE)
