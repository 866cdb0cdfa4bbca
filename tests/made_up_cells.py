"""Days on site and tables of judgements in the many ways in which reports print them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from random import Random

from tests.made_up_frameworks import GRADE_NAMES


def days_printed(random: Random, first: date, last: date) -> str:
    """Return a stay as a cover may print it."""
    same_month = (first.year, first.month) == (last.year, last.month)
    short = f"{first.day}" if same_month else f"{first.day} {first:%B}"
    if first.year != last.year:
        short = f"{first.day} {first:%B %Y}"
    end = f"{last.day} {last:%B %Y}"
    forms = [
        f"{first.day} {first:%B %Y} to {end}",
        f"{first.day} {first:%B %Y} \u2013 {end}",
        f"{first.day} {first:%B %Y}-{end}",
        f"{short} to {end}",
        f"{short} \u2013 {end}",
        f"{short}\u2013{end}",
        f"{short}-{end}",
        f"{first:%A} {short} to {last:%A} {end}",
        f"{first:%d/%m/%Y} to {last:%d/%m/%Y}",
        f"{first.day}/{first.month}/{first:%y}\u2013{last.day}/{last.month}/{last:%y}",
        f"{first:%d.%m.%Y} - {last:%d.%m.%Y}",
        f"{first.day:02} {first:%b %Y} to {last.day:02} {last:%b %Y}",
        f"from {short} to {end}",
        f"{short} and {end}" if (last - first).days == 1 else f"{short} to {end}",
    ]
    return random.choice(forms)


def grade_printed(random: Random, framework: str, grade: str) -> str:
    """Return a grade as a table may print it."""
    name = GRADE_NAMES[grade]
    if grade == "requires-improvement":
        name = random.choice((name, "Requires improvement to be good", "Requires Improvement"))
        if framework.startswith("ilacs"):
            name = "Requires improvement to be good"
    return random.choice((name, name, name, name.upper(), name.lower().capitalize()))


def broken(random: Random, words: str, width: int) -> list[str]:
    """Return words as lines of a cell."""
    lines: list[str] = []
    for word in words.split(" "):
        if lines and len(lines[-1]) + len(word) < width:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def table(random: Random, rows: Sequence[tuple[str, str]]) -> str:
    """Return a table of judgements in one of the orders in which its cells may be extracted."""
    form = random.choice(("line", "below", "columns", "around", "broken grade", "broken label"))
    if form == "columns":
        cells = [area for area, _ in rows], [grade for _, grade in rows]
        return "\n".join([*cells[0], *cells[1]])
    lines: list[str] = []
    for area, grade in rows:
        parts = broken(random, area, random.choice((30, 42, 60)))
        if form == "line":
            lines += [*parts[:-1], f"{parts[-1]} {grade}"]
        elif form == "around" and len(parts) > 1:
            lines += [f"{parts[0]} {grade}", *parts[1:]]
        elif form == "broken grade":
            lines += [*parts, *grade.split(" ", 1)]
        elif form == "broken label":
            lines += [*parts, "", f" {grade} "]
        else:
            lines += [*parts, grade]
    return "\n".join(lines)
