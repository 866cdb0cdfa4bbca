"""Recognise what kind of document a text is, with the reasons.

A kind is a file of this folder that names its `reader`: the module that reads such documents. Its
signs stand in it too; nothing else needs to know of it, and of the modules only one is imported.
"""

from __future__ import annotations

import importlib
import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from loaders.documents.text.view import view_of
from ontology.errors import UnreadableDocument, WrongUse

if TYPE_CHECKING:
    from loaders.documents.files.fixed_text import FixedText
    from loaders.documents.record.candidate import Candidate

_LEAST_WEIGHT = 5
"""What the signs of a kind must weigh together for a document to be of it."""

_CLEAR_LEAD = 2
"""By how much the likeliest kind must outweigh the next one."""


@dataclass(frozen=True)
class Sign:
    """Words that speak for a kind, how much they weigh, and how to say so."""

    pattern: re.Pattern[str]
    weight: int
    reason: str
    takes: str
    leaves: str | None = None


@dataclass(frozen=True)
class DocumentKind:
    """A kind of document: its name, what reads it, and the signs by which it is recognised.

    In: `form` is what its file tells its reader besides, where one reader reads several kinds.
    """

    name: str
    title: str
    reader: str
    form: Mapping[str, Any] = field(default_factory=dict)
    rows: Sequence[Mapping[str, Any]] = ()

    @cached_property
    def signs(self) -> Sequence[Sign]:
        """The signs by which it is recognised."""
        return [
            Sign(
                re.compile("|".join(row["patterns"]), re.IGNORECASE),
                row["weight"],
                row["reason"],
                row["takes"],
                row.get("leaves"),
            )
            for row in self.rows
        ]

    def read(self, document: FixedText) -> Candidate:
        """Return the candidate record of a document of this kind.

        Raises: UnreadableDocument if it holds too little for a record.
        """
        module = importlib.import_module(f"{__package__}.{self.reader}")
        candidate: Candidate = module.read(module.TREE(document), **self.form)
        return candidate


@dataclass(frozen=True)
class Recognition:
    """A kind that a document may be, what speaks for it, and how much that weighs."""

    kind: DocumentKind
    weight: int
    reasons: tuple[str, ...]


@cache
def document_kinds() -> dict[str, DocumentKind]:
    """Return every kind by its name."""
    kinds = {}
    for file in sorted(files(__package__).iterdir(), key=lambda file: file.name):
        name, _, suffix = file.name.rpartition(".")
        rules = tomllib.loads(file.read_text(encoding="utf-8")) if suffix == "toml" else {}
        if "reader" in rules:
            kinds[name] = DocumentKind(
                name, rules["title"], rules["reader"], rules.get("form", {}), rules["signs"]
            )
    return kinds


def recognise(text: str, name: str) -> Recognition:
    """Return the kind of a document.

    Raises: UnreadableDocument if no kind is likely, or two are, saying what speaks for each.
    """
    possible = _recognitions(text)
    likely = [kind for kind in possible if kind.weight >= _LEAST_WEIGHT]
    if not likely or (len(likely) > 1 and likely[0].weight < likely[1].weight + _CLEAR_LEAD):
        seen = "; ".join(
            f"{recognition.kind.name}: {', '.join(recognition.reasons)}"
            for recognition in possible
            if recognition.reasons
        )
        raise UnreadableDocument(
            f"{name}: cannot tell what kind of document it is ({seen or 'no sign of any kind'}); "
            f"say it with --kind, one of {', '.join(document_kinds())}"
        )
    return likely[0]


def _recognitions(text: str) -> list[Recognition]:
    """Return the kinds that a text may be of, the likeliest first."""
    plain = view_of(text, [(0, len(text))]).text
    recognised = []
    for kind in document_kinds().values():
        seen = [sign for sign in kind.signs if sign.pattern.search(plain)]
        weight = sum(sign.weight for sign in seen)
        recognised.append(Recognition(kind, weight, tuple(sign.reason for sign in seen)))
    return sorted(recognised, key=lambda recognition: -recognition.weight)


def kind_named(name: str) -> DocumentKind:
    """Return a kind by its name.

    Raises: WrongUse for a name that no kind has.
    """
    kinds = document_kinds()
    if name not in kinds:
        raise WrongUse(f"unknown kind {name!r}; known are {', '.join(kinds)}", name, list(kinds))
    return kinds[name]
