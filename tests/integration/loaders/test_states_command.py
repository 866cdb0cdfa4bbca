"""How certain it is who was under intervention is counted on the command line."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from loaders.__main__ import cli


def asked(release: Path, *arguments: str) -> tuple[int, str]:
    """Return the exit code of the command, and what it says."""
    result = CliRunner().invoke(cli, ["states", "--release", str(release), *arguments])
    return result.exit_code, f"{result.output}{result.exception or ''}"


def test_answers_are_counted_by_day_and_regime(release: Path) -> None:
    """The share is that of certain and planned in all answers but ended."""
    code, text = asked(release, "--on", "2016-02-01", "--regime", "childrens-services")
    header, row, total = text.splitlines()
    assert (code, header.split()[0], total.split()[:2]) == (0, "day", ["in", "all"])
    assert row.split() == ["2016-02-01", "childrens-services", "1", "0", "1", "0", "0", "50", "%"]


def test_each_answer_is_listed_with_its_reason(release: Path) -> None:
    """The council, how certain, and because of what."""
    _, text = asked(release, "--on", "2016-02-01", "--list")
    assert "NFK  certain  Norfolk County Council: Before: direction NFK-2016-01" in text


def test_what_is_not_counted_is_told(release: Path) -> None:
    """Regimes that nobody named are left out by name; whoever names some knows which."""
    _, text = asked(release, "--on", "2016-02-01")
    assert text.splitlines()[-1] == (
        "Not counted: send and planning; ask with --regime send --regime planning"
    )
    assert "Not counted" not in asked(release, "--on", "2016-02-01", "--regime", "send")[1]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [(("--on", "2016-02-30"), "2016-02-30"), (("--regime", "war"), "war")],
)
def test_what_is_no_day_or_regime_is_refused(
    release: Path, arguments: tuple[str, ...], message: str
) -> None:
    """The value is told."""
    code, text = asked(release, *arguments)
    assert code != 0 and message in text
