"""The changelog keeps its form and agrees with the version of the package."""

import re
import tomllib

from tests.fixtures.guards import not_empty
from tests.fixtures.paths import ROOT

CHANGELOG = (ROOT / "CHANGELOG.md").read_text(encoding="utf-8")
SECTIONS = {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
RELEASE = re.compile(r"^## \[(\d+\.\d+\.\d+)\] - (\d{4}-\d{2}-\d{2})$", re.MULTILINE)


def test_newest_version_is_the_version_of_the_package() -> None:
    """A new version is written down in both places or in neither."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    newest = RELEASE.search(CHANGELOG)
    assert newest is not None
    assert newest.group(1) == project["version"]


def test_changes_to_come_stand_first_and_all_headings_are_known() -> None:
    """Each heading is [Unreleased], a version with its date, or one of the six kinds of change."""
    versions = re.findall(r"^## .*$", CHANGELOG, re.MULTILINE)
    assert versions[0] == "## [Unreleased]"
    assert [line for line in versions[1:] if not RELEASE.fullmatch(line)] == []
    assert set(not_empty(re.findall(r"^### (.*)$", CHANGELOG, re.MULTILINE))) <= SECTIONS


def test_versions_fall_from_the_newest_to_the_oldest() -> None:
    """The newest is first, by number and by date."""
    releases = [(tuple(map(int, n.split("."))), day) for n, day in RELEASE.findall(CHANGELOG)]
    assert releases == sorted(releases, reverse=True)
