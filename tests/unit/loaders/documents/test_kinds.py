"""A document's kind says which tree its facts need, and by which signs it is recognised."""

from __future__ import annotations

import ast
import importlib
import sys
from collections import Counter
from types import FrameType
from typing import Any

import pytest

from loaders.documents.extract import extract_text
from loaders.documents.files.fixed_text import text_of
from loaders.documents.kinds.recognition import document_kinds
from loaders.documents.layout.numbered_tree import read_tree
from loaders.documents.layout.prose_tree import article_tree, prose_tree
from tests.fixtures.documents.small_documents import direction
from tests.fixtures.paths import ROOT
from tests.unit.house.test_layers import imported_names

TREES = {tree.__code__: tree.__name__ for tree in (read_tree, prose_tree, article_tree)}


def trees_built(text: str, kind: str | None) -> Counter[str]:
    """Return how often each tree is built while a text is read."""
    built: Counter[str] = Counter()

    def count(frame: FrameType, event: str, _: object) -> None:
        if event == "call" and frame.f_code in TREES:
            built[TREES[frame.f_code]] += 1

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        extract_text(text_of(text.encode(), "a.txt"), kind)
    finally:
        sys.setprofile(before)
    return built


def tree_of(kind: str) -> Any:
    """Return what builds the tree of a kind."""
    reader = document_kinds()[kind].reader
    return importlib.import_module(f"loaders.documents.kinds.{reader}").TREE


def test_recognition_builds_no_tree() -> None:
    """What kind a text is of is told by its words: the one tree is that of the kind found."""
    assert trees_built(direction(), None) == {"read_tree": 1}


@pytest.mark.parametrize("kind", sorted(document_kinds()))
def test_only_the_tree_of_the_kind_is_built(kind: str) -> None:
    """Prose is not read as numbered items first."""
    text = f"Inspection of children's services in Suffolk County Council\n\n{direction()}"
    assert trees_built(text, kind) == {tree_of(kind).__name__: 1}


def test_prose_kinds_declare_the_tree_of_paragraphs() -> None:
    """Only what is numbered throughout is read by its numbers."""
    trees = {name: tree_of(name) for name in document_kinds()}
    assert trees == {
        "area-send-report": prose_tree,
        "commissioner-report": prose_tree,
        "direction": read_tree,
        "inspection-report": read_tree,
        "minded-to-letter": read_tree,
        "notice": read_tree,
        "ofsted-letter": read_tree,
        "press-article": article_tree,
    }


@pytest.mark.parametrize("kind", sorted(document_kinds()))
def test_each_sign_takes_its_example_and_leaves_the_other(kind: str) -> None:
    """A sign says with a phrase what it is for, and a long one with a near miss what it is not."""
    signs = document_kinds()[kind].signs
    assert signs
    for sign in signs:
        assert sign.pattern.search(sign.takes), sign.reason
        assert sign.leaves is None or not sign.pattern.search(sign.leaves), sign.reason
        assert sign.leaves or len(sign.pattern.pattern) < 70, f"no near miss: {sign.reason}"


def test_no_kind_imports_another() -> None:
    """What two kinds share lies below them: a kind can be taken away without the others."""
    modules = sorted((ROOT / "loaders" / "documents" / "kinds").glob("*.py"))
    imported = {
        name
        for module in modules
        for _, name in imported_names(ast.parse(module.read_text(encoding="utf-8")), "loaders")
        if name.startswith("loaders.documents.kinds.")
    }
    assert len(modules) > len(document_kinds()) // 2
    assert imported == set()


def test_a_new_kind_of_instrument_is_one_file() -> None:
    """A kind of instrument has no module of its own, and no other file names it."""
    instruments = {name for name, kind in document_kinds().items() if kind.reader == "instruments"}
    assert instruments == {"direction", "minded-to-letter", "notice"}
    assert all(document_kinds()[name].form["classes"] for name in instruments)


ACTS = {
    "notice": """
        BEST VALUE NOTICE: SUFFOLK COUNTY COUNCIL

        The Department has concerns. This Notice is issued outside the statutory powers of section
        15 of the Local Government Act 1999. The Council is expected to keep a plan.

        4 March 2024
        """,
    "minded-to-letter": """
        Dear Chief Executive,

        Suffolk County Council

        The Secretary of State is minded to exercise his powers under section 15(5) of the Local
        Government Act 1999 and to nominate commissioners. The proposed Directions are attached.
        You may make representations by 1 May 2024.
        """,
    "direction": """
        EXPLANATORY MEMORANDUM TO THE DIRECTIONS GIVEN TO SUFFOLK COUNTY COUNCIL

        This memorandum explains the Directions that the Secretary of State for Education gave
        under section 497A(4B) of the Education Act 1996 on 4 March 2024.
        """,
}
"""Acts of ministers in few words, made up; each in a form that says of itself what it is."""


@pytest.mark.parametrize("kind", ACTS)
def test_an_act_of_a_minister_is_of_its_kind(kind: str) -> None:
    """What asks or proposes is no direction, though it names the power to direct."""
    candidate = extract_text(text_of(ACTS[kind].encode(), "a.txt"))
    assert candidate.kind == kind


def test_what_a_letter_proposes_is_no_duty() -> None:
    """A letter that asks for views holds no requirement; a notice stands among the notices."""
    letter = extract_text(text_of(ACTS["minded-to-letter"].encode(), "a.txt")).record
    assert [str(act.kind[0].value) for act in letter.letters] == ["MindedToLetter"]
    assert letter.directions == []
    assert letter.letters[0].requirements == []
    notice = extract_text(text_of(ACTS["notice"].encode(), "a.txt")).record
    assert [act.kind[0].value for act in notice.notices] == ["BestValueNotice"]
