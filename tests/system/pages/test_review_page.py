"""A reviewer decides on a candidate in the browser, by one key each; the record is what stands."""

from __future__ import annotations

import json
from pathlib import Path

import click
import pytest
import yaml
from click.testing import CliRunner
from playwright.sync_api import Browser, Page, expect

from loaders.commands.extract import extract_command
from tests.fixtures.documents.small_documents import direction
from tests.fixtures.guards import not_empty, replaced

HOSTILE = "weak </main><script>document.title = 'taken'</script>"


@pytest.fixture
def opened(
    browser: Browser, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> tuple[Page, Path, list[str]]:
    """Return the page of a direction as the command opens it, its file, and its complaints."""
    monkeypatch.setattr(click, "launch", lambda _: 0)
    path = tmp_path / "a.txt"
    path.write_text(replaced(direction(), "weak", HOSTILE), encoding="utf-8")
    options = [str(path), "--output", str(tmp_path / "out"), "--open"]
    assert CliRunner().invoke(extract_command, options).exit_code == 0
    page = browser.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda told: complaints.append(told.text))
    page.goto((tmp_path / "out" / "a.html").as_uri())
    return page, path, complaints


def item(page: Page, name: str) -> str:
    """Go to the first item of a name that is not decided, and return its place in the record."""
    found = page.locator("li[data-at]:not([data-verdict])").filter(has_text=name).first
    found.click(position={"x": 3, "y": 3})
    expect(found).to_have_attribute("aria-current", "true")
    return str(found.get_attribute("data-at"))


def saved(page: Page, folder: Path) -> Path:
    """Save the decisions and return their file."""
    with page.expect_download() as download:
        page.keyboard.press("s")
    target = folder / download.value.suggested_filename
    download.value.save_as(target)
    return target


def test_what_is_accepted_becomes_the_record(
    opened: tuple[Page, Path, list[str]], tmp_path: Path
) -> None:
    """Accept, correct and refuse by a key each; the record has them, by whom and when."""
    page, path, complaints = opened
    expect(page).not_to_have_title("taken")
    corrected = item(page, "signed: ")
    page.keyboard.press("c")
    page.keyboard.press("Control+a")
    page.keyboard.type("2015-04-21")
    page.keyboard.press("Enter")
    refused = item(page, "object: ")
    page.keyboard.press("r")
    page.locator("li[data-at]").first.click(position={"x": 3, "y": 3})
    total = page.locator("li[data-at]").count()
    for _ in range(total - 2):
        # Each decision leads to the next thing that is not decided.
        page.keyboard.press("a")
    expect(page.locator("#told")).to_contain_text(f"{total} of {total} decided")
    page.keyboard.press("s")
    expect(page.locator("#told")).to_contain_text("role")
    page.locator("#role").select_option("records officer")
    page.locator("aside").focus()
    made = saved(page, tmp_path)
    decisions = {each["at"]: each for each in json.loads(made.read_text())["decisions"]}
    assert decisions[refused]["verdict"] == "refused"
    assert decisions[corrected]["value"] == "2015-04-21"
    result = CliRunner().invoke(extract_command, [str(path), "--review", str(made)])
    assert result.exit_code == 0, result.output
    record = yaml.safe_load(result.stdout)
    (done,) = record["document"]["reviewed"]
    assert (done["by"], done["corrected"], done["refused"]) == ("records officer", 1, 1)
    assert str(done["on"]) == decisions[corrected]["on"][:10]
    signed = [time["date"] for act in record["directions"] for time in act.get("signed", [])]
    assert sorted(not_empty(signed)) == ["2015-04-20", "2015-04-21"]
    assert not [line for line in record.get("left_out", []) if "Not decided" in line["reason"]]
    assert complaints == []


def test_a_thing_that_is_refused_falls_with_all_that_is_said_of_it(
    opened: tuple[Page, Path, list[str]], tmp_path: Path
) -> None:
    """One key on a duty refuses its words, its bearer and its deadline; the rest is undecided."""
    page, path, _ = opened
    duty = page.locator("li[data-at*='.requirements.']").first
    place = str(duty.get_attribute("data-at"))
    duty.click(position={"x": 3, "y": 3})
    page.keyboard.press("r")
    under = page.locator(f"li[data-at^='{place}.']")
    assert under.count() > 2
    assert under.count() == page.locator(f"li[data-at^='{place}.'][data-verdict=refused]").count()
    page.locator("#role").select_option("editor")
    page.locator("aside").focus()
    result = CliRunner().invoke(
        extract_command, [str(path), "--review", str(saved(page, tmp_path))]
    )
    assert result.exit_code == 0, result.output
    record = yaml.safe_load(result.stdout)
    assert not record.get("directions")
    assert [line for line in record["left_out"] if "Not decided" in line["reason"]]
