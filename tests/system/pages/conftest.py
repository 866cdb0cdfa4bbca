"""A browser, and the service on the national record that it looks at."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.fixtures.servers.served import serving, wait_until

CHROMIUM = "chromium", "chromium-browser", "google-chrome"
ALONE = (
    # As root there is no sandbox; and nothing is asked of anybody but the service.
    "--no-sandbox",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WAIT_MS = 60_000
"""How long what must appear may take: only what hangs takes longer."""
expect.set_options(timeout=WAIT_MS)


@pytest.fixture(scope="package")
def site(national: Path) -> Iterator[str]:
    """Return the address of a service on the national record, once its pages are there."""
    with serving(release=national) as served:
        wait_until(lambda: served.get("/councils/NFK.html").status == 200)
        yield f"http://127.0.0.1:{served.port}"


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """Return a browser."""
    found = next(filter(None, map(shutil.which, CHROMIUM)), None)
    if found is None:
        pytest.skip("no Chromium is installed (Debian package chromium)")
    with sync_playwright() as tool:
        running = tool.chromium.launch(executable_path=found, args=ALONE)
        yield running
        running.close()


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """Return a new page, whose addresses are those of the service.

    What the browser complains of, such as a breach of the policy of a page, fails the test.
    """
    context = browser.new_context(base_url=site, viewport={"width": 1280, "height": 900})
    complaints: list[str] = []
    opened = context.new_page()
    opened.set_default_timeout(WAIT_MS)
    opened.on("pageerror", lambda error: complaints.append(str(error)))
    opened.on(
        "console",
        lambda told: complaints.append(told.text) if "Content Security" in told.text else None,
    )
    yield opened
    context.close()
    assert complaints == []
