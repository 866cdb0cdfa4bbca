"""A page is cited with release and day, by an address that keeps the day."""

from api.pages.citation import citation


def test_a_citation_keeps_the_day_of_the_record() -> None:
    """Where the address takes `known_at`; a day that is asked for stays."""
    cite = citation("Norfolk", "https://x.org", "/y", "r1", "2026-11-28", {"q": "a"}, is_dated=True)
    assert cite.permalink == "/y?q=a&known_at=2026-11-28"
    assert cite.text == (
        "Norfolk. Council interventions, release r1, record of 28 November 2026. "
        "https://x.org/y?q=a&known_at=2026-11-28"
    )
    asked = {"known_at": "2020-01-01", "cursor": "7"}
    assert citation("N", "", "/y", "r1", "2026-11-28", asked, is_dated=True).permalink == (
        "/y?known_at=2020-01-01"
    )
    assert citation("N", "", "/y", "r1", "2026-11-28", {}, is_dated=False).permalink == "/y"
    asked_title = citation("How many?", "", "/y", "r1", None, {}, is_dated=False).text
    assert asked_title == "How many? Council interventions, release r1. /y"


def test_bibtex_has_no_sign_that_means_something_else() -> None:
    """Braces and signs of a title are escaped."""
    text = citation("A & {B} 100%", "", "/y", "r_1", None, {}, is_dated=True).bibtex
    assert r"title = {A \& \{B\} 100\%}" in text and r"Release r\_1" in text
    assert text.startswith("@misc{council-interventions-a-b-100,") and text.endswith("}")
