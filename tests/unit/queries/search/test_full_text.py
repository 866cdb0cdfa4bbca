"""Words find things: whole, begun, misspelt, or some of them (made-up things)."""

import threading

import pytest

from queries.search.full_text import FullTextIndex, SearchEntry

ENTRIES = [
    SearchEntry("person", "ann-lee", "/people/ann-lee", "Ann Lee", "Ambridge Council"),
    SearchEntry("document", "plan", "/documents/plan", "Improvement plan for Ambridge"),
    SearchEntry("document", "plans", "/documents/plans", "Improvement plans"),
    SearchEntry(
        "question", "plans_of", "/queries/plans_of", "Plans", "Who has an improvement plan?"
    ),
]
INDEX = FullTextIndex(ENTRIES)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ann Lee", ["ann-lee"]),
        ("lee", ["ann-lee"]),
        ("ANN  LEE!", ["ann-lee"]),
        ("improvement plans", ["plans", "plan", "plans_of"]),
        ("impr", ["plans", "plan", "plans_of"]),
        ("improvment plan ambridge", ["plan"]),
        ("who is the", []),
        ('" OR * NEAR(', []),
        ("", []),
    ],
)
def test_words_find_things_the_best_first(text: str, found: list[str]) -> None:
    """A name that is meant stands before a description."""
    hits = sorted(INDEX.search(text), key=lambda hit: -hit.score)
    assert {hit.entry.id for hit in hits} == set(found)
    assert [hit.entry.id for hit in hits][:1] == found[:1]


def test_a_corrected_word_is_told_and_counts_less() -> None:
    """Nobody is left to wonder why something else was found."""
    (right,) = INDEX.search("plan ambridge")
    (mended,) = INDEX.search("plan ambrige")
    assert right.entry == mended.entry and right.score > mended.score
    assert "read as plan ambridge" in mended.because and "read as" not in right.because


def test_some_of_the_words_count_least() -> None:
    """Where nothing has them all."""
    hits = INDEX.search("ambridge zzzzzz")
    assert {hit.entry.id for hit in hits} == {"ann-lee", "plan"}
    assert all(hit.score < 40 and hit.because == "some of the words" for hit in hits)


def test_several_threads_may_search_at_once() -> None:
    """The service does not wait for one search to end."""
    found: list[int] = []
    threads = [
        threading.Thread(target=lambda: found.append(len(INDEX.search("improvement"))))
        for _ in range(8)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [3] * 8
