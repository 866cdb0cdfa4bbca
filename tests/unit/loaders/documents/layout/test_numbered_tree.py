"""The tree holds the numbers as printed, also where the text has lost or glued them."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loaders.documents.files.fixed_text import read_document, text_of
from loaders.documents.layout.numbered_tree import Tree, read_tree
from loaders.documents.text.numbers import printed_number
from tests.fixtures.documents.small_documents import docx
from tests.fixtures.guards import not_empty


def tree(text: str) -> Tree:
    """Return the tree of a text."""
    return read_tree(text_of(text.encode(), "a.txt"))


def labels(text: str) -> list[str]:
    """Return the labels of the numbered items of a text."""
    return [item.label for item in tree(text).items if item.is_numbered]


def test_three_levels() -> None:
    """Numbers, letters and roman numbers nest."""
    text = "1. One:\n a. x;\n  i. deep;\n  ii. deeper;\n b. y.\n2. Two.\n"
    assert labels(text) == ["1", "1.a", "1.a.i", "1.a.ii", "1.b", "2"]


def test_letter_or_roman_number() -> None:
    """(i) after (h) is a letter if (j) follows, and a roman number if (ii) does."""
    letters = "1. One:\n" + "".join(f"({letter}) x;\n" for letter in "abcdefghijk")
    assert labels(letters)[-3:] == ["1.i", "1.j", "1.k"]
    numbers = "1. One:\n" + "".join(f"({letter}) x:\n" for letter in "abcdefgh")
    assert labels(numbers + "(i) deep;\n(ii) deeper.\n")[-2:] == ["1.h.i", "1.h.ii"]


def test_lost_number_is_told_by_its_neighbours() -> None:
    """A bullet before number 2 has lost number 1; one between (i) and (iii) is (ii)."""
    text = "- First thing.\n- 2. Second:\n a. x:\n  i. p;\n  - q;\n\n iii. r.\n3. Third.\n"
    found = tree(text).items
    assert [(item.label, item.printed) for item in found if item.is_numbered] == [
        ("1", ""),
        ("2", "2"),
        ("2.a", "a"),
        ("2.a.i", "i"),
        ("2.a.ii", ""),
        ("2.a.iii", "iii"),
        ("3", "3"),
    ]


def test_bullets_in_place_of_numbers_are_counted() -> None:
    """A list of bullets counts as its depth does."""
    assert labels("1. One:\n a. x:\n • p;\n • q.\n b. y.\n") == [
        "1",
        "1.a",
        "1.a.i",
        "1.a.ii",
        "1.b",
    ]


def test_label_and_the_next_with_a_dash_between() -> None:
    """Statutory instruments print the first sub-paragraph on the line of its paragraph."""
    words = "1.\u2014(1) One.\n\n(2) Two.\n\n2.\u2014(1) Three.\n\n(2) Four.\n"
    tree = read_tree(text_of(words.encode(), "made-up.txt"))
    shown = [(item.label, tree.view(item).text) for item in tree.items if tree.view(item).text]
    assert shown == [("1.1", "One."), ("1.2", "Two."), ("2.1", "Three."), ("2.2", "Four.")]


def test_words_after_bullets_begin_anew() -> None:
    """A paragraph after a list of bullets is no part of its last, and the next list counts anew."""
    tree = read_tree(
        text_of(
            b"The Council must:\n- keep a plan.\n\nThe Council must also, by May:\n- report; and\n"
            b"- publish.\n",
            "made-up.txt",
        )
    )
    shown = [(item.label, tree.view(item).text) for item in tree.items]
    assert shown == [
        ("title", "The Council must:"),
        ("1", "keep a plan."),
        ("part-2", "The Council must also, by May:"),
        ("part-2.1", "report; and"),
        ("part-2.2", "publish."),
    ]


def test_paragraphs_of_word_stand_apart() -> None:
    """Word shows each paragraph by itself: a heading is no part of the sentence below it."""
    lines = ["The Council must:", "(a) report.", "Support", "Ann Other is the adviser."]
    content = docx([(None, line) for line in lines])
    tree = read_tree(text_of(content, "made-up.docx"))
    assert [tree.view(item).text for item in tree.items] == [
        "The Council must:",
        "report.",
        "Support",
        "Ann Other is the adviser.",
    ]


def test_items_glued_on_one_line() -> None:
    """Items after a semicolon on one line are items."""
    assert labels("1. To do: (a) one thing; (b) another; and (c) a third.\n2. Two.\n") == [
        "1",
        "1.a",
        "1.b",
        "1.c",
        "2",
    ]


def test_brackets_of_a_section_are_no_items() -> None:
    """The number of a provision is not the label of an item, nor is a year, nor a day."""
    text = "1. Under section 15(5) and (6) of the\n1999 Act and, on\n19 October 2015, it was so.\n"
    assert labels(text + "2. Two.\n") == ["1", "2"]


def test_words_after_a_list_belong_to_the_list() -> None:
    """Words that limit a whole list are kept apart, also if glued to its last item."""
    apart = "1. Access to:\n a. rooms; and\n b. papers,\n\nwhich appear to be needed.\n2. Two.\n"
    glued = "1. Access to:\n a. rooms; and\n b. papers,which appear to be needed.\n2. Two.\n"
    for text in (apart, glued):
        found = tree(text)
        item = next(one for one in found.items if one.label == "1")
        assert found.tail(item).text == "which appear to be needed."
        last = next(one for one in found.items if one.label == "1.b")
        assert found.view(last).text == "papers,"


def test_page_break_within_a_sentence() -> None:
    """A sentence that goes on after a page break stays one."""
    found = tree("1. The council has\n\nPublished: 5 May 2016\n\nnot done so.\n2. Two.\n")
    assert found.view(found.items[0]).text == "The council has not done so."


def test_numbered_heading_and_annex_that_restarts() -> None:
    """NOW THEREFORE may bear a number; an annex counts anew under its own name."""
    text = "WHEREAS:\n1. So.\n2. NOW THEREFORE:\n3. Do:\n a. x;\n b. y.\n"
    text += "Signed on behalf of the minister\n\nA NAME\n\nAnnex A\n\n1. First.\n2. Second.\n"
    found = tree(text)
    assert [item.label for item in found.items if item.is_numbered] == [
        "1",
        "2",
        "3",
        "3.a",
        "3.b",
        "annex-A.1",
        "annex-A.2",
    ]
    sections = {item.label: item.section for item in found.items}
    assert sections["1"] == "recitals"
    assert sections["3.a"] == "operative"
    assert sections["signature"] == "signature"


STYLES = st.sampled_from(["{}.", "({})", "{})"])


@given(
    st.lists(st.integers(2, 7), min_size=1, max_size=5),
    STYLES,
    st.sampled_from(["alpha", "roman", "upper-alpha"]),
    st.sampled_from(["\n", "\r\n", "\n\n"]),
)
def test_any_lettering_and_line_breaks(
    sizes: list[int], form: str, style: str, line_end: str
) -> None:
    """Whatever brackets, letters and line ends are used, the tree is the one that was written."""
    lines, expected = [], []
    for number, size in enumerate(sizes, 1):
        lines.append(f"{number}. A lead to a list:")
        expected.append(str(number))
        for child in range(1, size + 1):
            printed = printed_number(style, child)
            lines.append(f"{form.format(printed)} something to do;")
            expected.append(f"{number}.{printed}")
    assert labels(line_end.join(lines)) == expected


@given(st.text(alphabet="1ai.()- \nAb,;:", max_size=120))
def test_no_text_breaks_the_tree(text: str) -> None:
    """Whatever the text, every word of it is in the tree once, in a range of its own."""
    found = read_tree(text_of(f"Words. {text}".encode(), "a.txt"))
    ranges = sorted(one for item in found.items for one in (*item.ranges, *item.tail))
    assert [(one, two) for one, two in pairwise(ranges) if two[0] < one[1]] == []


@pytest.mark.parametrize(
    ("prefix", "count", "some"),
    [
        ("000", 29, ["1", "7.b.iii", "7.d.i", "7.f.ii", "9"]),
        ("002", 34, ["3.b.iv", "8", "9.c.ii", "10", "annex.4"]),
        ("003", 42, ["3.c", "7.b.iii", "7.e.iii", "annex.11"]),
    ],
)
def test_numbers_of_the_directions(
    documents: Path, prefix: str, count: int, some: list[str]
) -> None:
    """The directions at hand keep every number, those lost in the text too."""
    path = next(documents.glob(f"{prefix}_*.txt"))
    found = [item.label for item in read_tree(read_document(path)).items if item.is_numbered]
    assert set(not_empty(some)) <= set(found)
    assert len(found) == len(set(found)) == count
