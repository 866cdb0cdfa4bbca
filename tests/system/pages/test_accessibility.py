"""Every kind of page as axe-core judges it: light and dark, on a telephone and on a desk."""

from __future__ import annotations

from pathlib import Path
from typing import Any, Literal

import pytest
from playwright.sync_api import Browser

from tests.fixtures.paths import ROOT
from tests.system.pages.conftest import WAIT_MS

AXE = ROOT / "build" / "clients" / "node_modules" / "axe-core" / "axe.min.js"
KINDS = (
    "/",
    "/?show=grade&on=2024-06-01",
    "/?show=support",
    "/?show=population",
    "/councils",
    "/councils/BIR",
    "/councils/BIR?as_of=2024-01-01",
    "/councils/ADU",
    "/councils/NTH/events",
    "/councils/SLG",
    "/councils/NFK",
    "/councils/NTH",
    "/under-intervention",
    "/under-intervention?on=2025-10-22",
    "/directions",
    "/directions/WOR-2017-02",
    "/inspections/NFK-2015-01",
    "/notices/HAL-2022-01",
    "/interventions/direction-NTH-2013-01",
    "/people/dave-hill",
    "/interventions",
    "/financial-support",
    "/discrepancies",
    "/coverage",
    "/documents",
    "/queries",
    "/queries/under_intervention?day=2025-10-22",
    "/search?q=norflk",
    "/ask?q=who+is+under+intervention+today",
    "/sparql",
    "/sparql?query=SELECT+%7B&format=html",
    "/queries/grades_of_council?council=NFK",
    "/directions?in_force_on=2024-02-30",
    "/analysis",
    "/analysis/lengths",
    "/changes",
    "/coverage/parliament",
    "/graphs",
    "/appointments",
    "/sparql?query=SELECT+*+%7B%3Fs+%3Fp+%3Fo%7D+LIMIT+3&format=html",
    "/ontology",
    "/docs",
    "/councils/ZZZ",
    "/no-such-address",
)
"""An address of each kind of page, those of faults among them."""
SCREENS: tuple[tuple[int, Literal["light", "dark"]], ...] = (
    (320, "light"),
    (320, "dark"),
    (1280, "light"),
    (1280, "dark"),
)
"""Widths, and what the reader prefers."""


@pytest.fixture(scope="module")
def axe() -> Path:
    """Return the judge, where it is installed."""
    if not AXE.exists():
        pytest.skip("axe-core is not installed (npm install --prefix build/clients axe-core)")
    return AXE


@pytest.mark.parametrize("address", KINDS)
def test_a_page_can_be_used_by_everybody(
    browser: Browser, site: str, axe: Path, address: str
) -> None:
    """Nothing that the judge objects to, and nothing wider than the screen."""
    context = browser.new_context(base_url=site, bypass_csp=True)
    page = context.new_page()
    page.set_default_timeout(WAIT_MS)
    page.goto(address)
    page.add_script_tag(path=axe)
    found: dict[str, Any] = {}
    # The page stays, and the screen before it changes: what it looks like is for the style to say.
    for width, scheme in SCREENS:
        page.set_viewport_size({"width": width, "height": 800})
        page.emulate_media(color_scheme=scheme)
        judged = page.evaluate("axe.run(document, { resultTypes: ['violations'] })")
        assert judged["testEngine"]["name"] == "axe-core"
        told = [
            (one["id"], [node["target"] for node in one["nodes"]][:3])
            for one in judged["violations"]
        ]
        wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
        if told or wide > 0:
            found[f"{width} {scheme}"] = told, wide
    context.close()
    assert found == {}
