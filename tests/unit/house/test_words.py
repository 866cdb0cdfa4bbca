"""What the pages in words name is there: links, files, modules, commands."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest

from loaders.__main__ import cli
from tests.fixtures.guards import not_empty
from tests.fixtures.paths import ROOT
from tests.unit.house.test_house_rules import SOURCES

PAGES = [path for path in SOURCES if path.suffix == ".md"]
README_LINES = 200
LINK = re.compile(r"\]\(([^)#\s]+)\)")
# A file or a folder of ours in code font, as in `loaders/claims/` or `data/settings.py`.
PLACE = re.compile(r"`((?:api|data|loaders|ontology|queries|shapes|tests)/[\w/.-]*)`")

# A command as it is typed or quoted: at the beginning of a line or of code, behind the folder of a
# program, a colon or a quotation mark; and not the subject of a sentence.
# takes (search): "`interventions query NAME`", "bin/interventions serve", "by: interventions build"
# takes (search): "interventions releases verify"
# leaves (search): "the interventions in force", "both interventions and notices"
COMMAND = re.compile(r"(?:^|[`\"'/]|: )interventions ([a-z]+(?:-[a-z]+)*)\b", re.MULTILINE)
TYPED = [
    *(path for path in SOURCES if path.suffix in {".md", ".py"} and "tests" not in path.parts),
    *(ROOT / name for name in ("Makefile", "Dockerfile", "compose.yaml")),
    ROOT / "api" / "council-interventions.service",
]
"""Files in which people read what to type, or programs read what to run."""


def names(path: Path, pattern: re.Pattern[str]) -> list[str]:
    """Return what a pattern finds in a page."""
    return pattern.findall(path.read_text(encoding="utf-8"))


def test_the_readme_is_short() -> None:
    """A user needs what is on it; the rest stands beside what it explains, and is linked."""
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) <= README_LINES


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_link_leads_to_a_file(path: Path) -> None:
    """A page that was moved is linked from where it is now."""
    links = [link for link in names(path, LINK) if "://" not in link]
    assert [link for link in links if not (path.parent / link).exists()] == []


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(ROOT)))
def test_every_place_that_a_page_names_exists(path: Path) -> None:
    """The map on a page is that of the house."""
    assert [place for place in names(path, PLACE) if not (ROOT / place).exists()] == []


def test_every_page_is_reached_from_the_readme() -> None:
    """Whoever begins at the README finds every page, by one link or by several."""
    reached, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page in reached:
            continue
        reached.add(page)
        targets = [
            (page.parent / link).resolve() for link in names(page, LINK) if "://" not in link
        ]
        waiting += [target for target in targets if target.suffix == ".md" and target.exists()]
    assert {str(path.relative_to(ROOT)) for path in set(PAGES) - reached} == set()


def test_every_command_is_in_the_words() -> None:
    """A command that no page names is known to nobody."""
    words = "\n".join(path.read_text(encoding="utf-8") for path in PAGES)
    commands = cli.list_commands(click.Context(cli))
    assert [name for name in commands if f"interventions {name}" not in words] == []


def test_every_command_that_is_named_is_one() -> None:
    """What a page, a message or a docstring tells to type can be typed."""
    commands = set(cli.list_commands(click.Context(cli)))
    named = [(path, name) for path in TYPED for name in names(path, COMMAND)]
    assert {name for _, name in not_empty(named)} == commands
    assert [(str(path), name) for path, name in named if name not in commands] == []
