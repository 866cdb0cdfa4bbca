"""Recognise what kind of document a text is, with the reasons; each kind is one module of its own.

A module of this folder that has a `KIND` is a kind, and its signs are in `signs.toml`: nothing else
needs to know of it.
"""

from __future__ import annotations

import importlib
import pkgutil
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from loaders.documents.text import words_beside
from loaders.documents.text.view import view_of
from ontology.errors import UnreadableDocument, WrongUse

if TYPE_CHECKING:
    from loaders.documents.files.fixed_text import FixedText
    from loaders.documents.layout.numbered_tree import Tree
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
    """A kind of document: its name, the tree that its facts need, and how they are read."""

    name: str
    title: str
    tree: Callable[[FixedText], Tree]
    read: Callable[[Tree], Candidate]

    @property
    def signs(self) -> Sequence[Sign]:
        """The signs by which it is recognised."""
        return _signs()[self.name]


@dataclass(frozen=True)
class Recognition:
    """A kind that a document may be, what speaks for it, and how much that weighs."""

    kind: DocumentKind
    weight: int
    reasons: tuple[str, ...]


@cache
def _signs() -> Mapping[str, Sequence[Sign]]:
    return {
        kind: [
            Sign(
                re.compile("|".join(row["patterns"]), re.IGNORECASE),
                row["weight"],
                row["reason"],
                row["takes"],
                row.get("leaves"),
            )
            for row in rows
        ]
        for kind, rows in words_beside(f"{__package__}.signs").items()
    }


@cache
def document_kinds() -> dict[str, DocumentKind]:
    """Return every kind by its name."""
    package = __name__.rpartition(".")[0]
    names = [module.name for module in pkgutil.iter_modules([str(Path(__file__).parent)])]
    modules = [importlib.import_module(f"{package}.{name}") for name in names]
    kinds = [module.KIND for module in modules if hasattr(module, "KIND")]
    return {kind.name: kind for kind in kinds}


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
