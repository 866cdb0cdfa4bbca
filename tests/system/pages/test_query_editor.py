"""The query page by keyboard: write, complete, run, break, mend, sort, and take away."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from ontology.namespaces import NS
from tests.fixtures.guards import replaced

EDITOR = ".query-editor .cm-content"
TEXT = "textarea#query"
_READING_MS = 500
COUNTED = f"""PREFIX ci: <{NS}>
SELECT ?council (COUNT(*) AS ?directions) {{ ?direction ci:addressedTo ?council }}
GROUP BY ?council ORDER BY DESC(?directions) LIMIT 5"""


def write(page: Page, text: str) -> None:
    """Put a text in the place of what stands in the editor, as a paste does."""
    page.locator(EDITOR).click()
    page.keyboard.press("Control+A")
    page.keyboard.press("Delete")
    page.keyboard.insert_text(text)


def test_a_term_is_completed_by_its_label_and_its_prefix_declared(page: Page) -> None:
    """A word of English is enough to find a class; the query can then be run by keyboard alone."""
    page.goto("/sparql")
    write(page, "SELECT * { ?who a ")
    page.keyboard.type("commissioner")
    offered = page.get_by_role("option", selected=True)
    expect(offered).to_have_text("commissionerci:Commissioner")
    # The editor takes no key as a choice that comes before anybody can have read the offer.
    page.wait_for_timeout(_READING_MS)
    page.keyboard.press("Enter")
    expect(page.locator(TEXT)).to_have_value(
        f"PREFIX ci: <{NS}>\nSELECT * {{ ?who a ci:Commissioner"
    )
    page.keyboard.type(" } LIMIT 3")
    page.keyboard.press("Control+Enter")
    expect(page.get_by_text("3 rows.")).to_be_visible()


def test_a_fault_is_marked_and_mended(page: Page) -> None:
    """What was typed survives the fault, whose place is marked; mended, it gives an answer."""
    page.goto("/sparql")
    write(page, replaced(COUNTED, "BY DESC", "BE DESC"))
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("The query cannot be answered")
    expect(page.locator(".query-editor .cm-lintRange-error")).to_have_count(1)
    write(page, COUNTED)
    page.get_by_role("button", name="Run").click()
    expect(page.get_by_text("5 rows.")).to_be_visible()


def test_rows_are_sorted_by_a_heading(page: Page) -> None:
    """Numbers are put in order as numbers, and the heading says which way."""
    page.goto("/sparql")
    write(page, COUNTED)
    page.keyboard.press("Control+Enter")
    heading = page.get_by_role("columnheader", name="directions")
    expect(heading).to_be_visible()
    numbers = page.locator("table.sortable td.number")
    before = numbers.all_inner_texts()
    heading.get_by_role("button").focus()
    page.keyboard.press("Enter")
    expect(heading).to_have_attribute("aria-sort", "ascending")
    assert numbers.all_inner_texts() == sorted(before, key=int)
    assert numbers.all_inner_texts() != before


def test_the_tabulator_leaves_the_editor(page: Page) -> None:
    """Nobody who uses the keyboard is caught in it."""
    page.goto("/sparql")
    page.locator(EDITOR).click()
    page.keyboard.press("Escape")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Run")).to_be_focused()


def test_without_script_the_form_is_the_page(page: Page, site: str) -> None:
    """The text area is all that is needed."""
    browser = page.context.browser
    assert browser is not None
    context = browser.new_context(base_url=site, java_script_enabled=False)
    plain = context.new_page()
    plain.goto("/sparql")
    plain.fill(TEXT, COUNTED)
    plain.get_by_role("button", name="Run").click()
    expect(plain.get_by_text("5 rows.")).to_be_visible()
    context.close()
