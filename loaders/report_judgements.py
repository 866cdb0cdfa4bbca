"""Find what a report says of each area: in tables, in headings with a grade, in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator

from loaders.judgement_rows import (
    GRADE,
    GRADE_TEXT,
    LABEL,
    LABEL_NAMES,
    LABELS,
    Row,
    grade_of,
    tables_in,
)
from loaders.reading_view import View

NAMED = "|".join(f"(?P<l{number}>{one})" for number, one in enumerate(LABELS.values()))
GRADED = rf"(?P<grade>{GRADE_TEXT})"
IS = r"(?:is|are|remains?)(?: that it)?(?: now)?(?: is| are)?(?: judged)?(?: to be)? ?"
HEADING = re.compile(r"[\s:;,.-]*(?:(?:judgement|outcome|is)\b[\s:]*){0,3}", re.IGNORECASE)
GRADED_JUDGEMENT = re.compile(
    rf"graded judge?ment (?:for|about|of|on) (?:the )?(?:experiences? and progress of )?"
    rf"(?:{NAMED}) "
    rf"(?:{IS})?['\"]?{GRADED}\b",
    re.IGNORECASE,
)
WHOLE = re.compile(
    r"(?:(?:[Tt]he )?[Oo]verall judge?ment is (?:that )?)?"
    r"(?P<what>[Cc]hildren'?s (?:social care )?services)"
    r"(?: (?:in|at|for|provided by) (?:the )?(?:[A-Z][\w'.&,-]*|of|and|upon|the|on|in|with)"
    r"(?: (?:[A-Z][\w'.&,-]*|of|and|upon|the|on|with|in)){0,7}?)?"
    rf" (?:{IS})?(?:found to be )?['\"]?(?i:{GRADED})\b"
)
EFFECTIVENESS = re.compile(
    r"overall effectiveness (?P<of>(?:of|in|for) [^.;:]{2,170}? |and [^.;:]{2,60}? )?"
    rf"(?:has been |{IS})(?:judged (?:to be |as )?)?['\"]?{GRADED}\b",
    re.IGNORECASE,
)
OTHER_SERVICES = re.compile(
    r"\bboard\b|lscb|\bhomes?\b|fostering service|school|college", re.IGNORECASE
)
PLAIN_SENTENCE = re.compile(rf"(?:{NAMED}) {IS}['\"]?{GRADED}\b", re.IGNORECASE)
PARTS_2009 = re.compile(
    r"(?P<looked>(?:services for )?looked[ -]after children(?: services)?)"
    r"|(?P<safe>safeguarding(?: services)?)\b",
    re.IGNORECASE,
)
COVER_CHARACTERS = 4000
"""Characters within which a report says how it judges children's services as a whole."""


def rows_in(view: View, framework: str = "") -> list[Row]:
    """Return every judgement that a report prints of itself, in order; areas by plain names."""
    found = [row for table in tables_in(view.text) for row in table]
    found += [row for row in _headings(view) if not _covered(row, found)]
    sentences = list(_sentences(view, framework))
    found += [row for row in sentences if not _covered(row, found)]
    return sorted(found, key=lambda row: row.start)


def _covered(row: Row, found: list[Row]) -> bool:
    """Return whether a grade stands in a row that was read already."""
    return any(one.start < row.end and row.start < one.end for one in found)


def starts_line(view: View, place: int) -> bool:
    """Return whether a place of a view is the first of a line; a number may stand before it."""
    before = view.fixed[max(0, view.origin[place] - 12) : view.origin[place]]
    last = re.split(r"[\n\f\r]", before)
    return (len(last) > 1 or view.origin[place] < 12) and not re.search(r"[A-Za-z]", last[-1])


def ends_line(view: View, place: int) -> bool:
    """Return whether a line ends before a place of a view."""
    if place >= len(view.text):
        return True
    begin = view.origin[place - 1] + 1
    after = view.fixed[begin : begin + 12]
    return re.match(r"[ \t.\d]*(?:[\n\f\r]|$)", after) is not None


def _headings(view: View) -> Iterator[Row]:
    """Yield the headings that end with a grade."""
    for label in LABEL.finditer(view.text):
        if not starts_line(view, label.start()):
            continue
        gap = HEADING.match(view.text, label.end())
        grade = GRADE.match(view.text, gap.end() if gap else label.end())
        if grade is None or not ends_line(view, grade.end()):
            continue
        name = LABEL_NAMES[int((label.lastgroup or "l0")[1:])]
        if name != "bare":
            yield Row(name, grade_of(grade), label.start(), grade.end(), *grade.span())


def _sentences(view: View, framework: str) -> Iterator[Row]:
    """Yield the sentences that give a grade."""
    for match in GRADED_JUDGEMENT.finditer(view.text):
        yield _told(match, _label(match))
    for match in WHOLE.finditer(view.text, 0, COVER_CHARACTERS):
        if starts_line(view, match.start()) or "verall" in match[0][:12]:
            yield _told(match, "overall")
    for match in EFFECTIVENESS.finditer(view.text):
        if not OTHER_SERVICES.search(match["of"] or ""):
            yield _told(match, "overall")
    if framework in {"sif", ""} or framework.startswith("ilacs"):
        return
    for match in PLAIN_SENTENCE.finditer(view.text):
        before = view.text[max(0, match.start() - 6) : match.start()]
        begins = re.search(r"(?:^|[.:;•] |\d\. |\bthe )$", before, re.IGNORECASE)
        if begins or starts_line(view, match.start()):
            yield _told(match, _label(match))


def _label(match: re.Match[str]) -> str:
    """Return what the area is called in a match."""
    return next(name for number, name in enumerate(LABEL_NAMES) if match[f"l{number}"])


def _told(match: re.Match[str], area: str) -> Row:
    """Return a sentence as a row."""
    grade = GRADE.match(match["grade"])
    name = grade_of(grade) if grade else "not-judged"
    return Row(area, name, *match.span(), *match.span("grade"))


def part_of_2009(view: View, row: Row) -> str:
    """Return which of its two services an overall grade of 2009 is for; empty if unclear."""
    inside = PARTS_2009.search(view.text, row.start, row.end)
    if inside is None:
        before = [
            one
            for one in PARTS_2009.finditer(view.text, 0, row.start)
            if starts_line(view, one.start()) and ends_line(view, one.end())
        ]
        if not before:
            return ""
        inside = before[-1]
    return "slas-looked-after" if inside["looked"] else "slas-safeguarding"
