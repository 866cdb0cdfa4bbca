"""The longest stories on a telephone: all that matters is there before anything is opened."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser

from tests.system.pages.conftest import WAIT_MS

_WIDTH_PX, _SCREEN_PX, _SCREENS = 390, 800, 6


@pytest.mark.parametrize("code", ["SLG", "BIR", "NTH"])
def test_a_story_takes_six_screens_at_most(browser: Browser, site: str, code: str) -> None:
    """With disclosures closed; nothing is wider than the screen."""
    context = browser.new_context(
        base_url=site, viewport={"width": _WIDTH_PX, "height": _SCREEN_PX}
    )
    page = context.new_page()
    page.set_default_timeout(WAIT_MS)
    page.goto(f"/councils/{code}")
    root = "document.documentElement"
    width, height = page.evaluate(f"[{root}.scrollWidth, {root}.scrollHeight]")
    context.close()
    assert width <= _WIDTH_PX and height <= _SCREENS * _SCREEN_PX
