"""Find what a report says of each area: in tables, in headings with a grade, in sentences."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from loaders.judgement_rows import (
    GRADE,
    GRADE_TEXT,
    LABEL,
    LABEL_NAMES,
    LABELS,
    Row,
    ends_line,
    grade_of,
    starts_line,
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
OVERALL = re.compile(
    rf"(?:the )?overall judge?ment(?: (?:is|of))?"
    rf"(?: that (?:it|the (?:council|local authority|service)s?)(?: is)?)?:? ['\"]?{GRADED}\b",
    re.IGNORECASE,
)
EFFECTIVENESS = re.compile(
    r"overall effectiveness (?P<of>(?:of|in|for) [^.;:]{2,170}? |and [^.;:]{2,60}? )?"
    rf"(?:has been |{IS})(?:judged (?:to be |as )?)?['\"]?{GRADED}\b",
    re.IGNORECASE,
)
OTHER_SERVICES = re.compile(
    r"\bboard\b|lscb|\bhomes?\b|fostering service|school|college|early help|\b(?:teams?|hubs?)\b"
    r"|front door|commissioning|training|panel",
    re.IGNORECASE,
)
PLAIN_SENTENCE = re.compile(
    rf"(?:{NAMED})(?: of the (?:(?:adoption|fostering) )?(?:agency|service|local authority))? {IS}"
    rf"(?:judged (?:to be |as )?)?['\"]?{GRADED}\b",
    re.IGNORECASE,
)
PARTS_2009 = re.compile(
    r"(?P<looked>(?:services for )?looked[ -]after children(?: services)?)"
    r"|(?P<safe>safeguarding(?: services)?)\b",
    re.IGNORECASE,
)
ROWS_OF: dict[str, tuple[str, ...]] = {
    "sif": ("overall", "help", "looked-after", "adoption", "care-leavers", "leadership"),
    "ilacs": ("overall", "leadership", "help", "both", "looked-after", "care-leavers"),
    "protection-of-children-2012": ("overall", "help", "quality", "leadership"),
    "looked-after-2013": ("overall", "capacity", "outcomes", "quality", "leadership"),
    "adoption-2012": ("overall", "outcomes", "quality", "safeguarding", "leadership"),
}
"""The rows that tables of each family of frameworks can have."""

RECALLED = re.compile(
    r"(?<!date of )(?<!dates of )(?<!date of the )\b(?:last|previous|earlier|former) (?:\w+ )?"
    r"(?:inspections?|judge?ments?|reports?|grades?|outcomes?)\b(?!s? dates?)[^.;]*$",
    re.IGNORECASE,
)
RECALLING_CHARACTERS = 80
COVER_CHARACTERS = 4000
"""Characters within which a report says how it judges children's services as a whole."""

TABLE, HEADED = 3, 2
"""Weights of a row in a table and of a heading with a grade."""


def rows_in(view: View, framework: str = "") -> list[Row]:
    """Return every judgement that a report prints of itself, in order; areas by plain names."""
    areas = ROWS_OF.get(framework, LABEL_NAMES)
    found: list[Row] = []
    recalled: list[Row] = []
    for table in tables_in(view, areas):
        # A table on the cover is of this inspection; a later one may recall another.
        own = not found and table[0].start < COVER_CHARACTERS
        rows = [replace(row, weight=row.weight + 1) if own else row for row in table]
        again = _is_recalled(view, table[0].start, 4 * RECALLING_CHARACTERS)
        (recalled if again else found).extend(rows)
    # The dot of St. Helens ends no sentence.
    plain = View(view.fixed, re.sub(r"\bSt\.", "St ", view.text), view.origin)
    for kind in (_headings(view), _sentences(plain, framework)):
        for row in kind:
            if _covered(row, [*found, *recalled]):
                continue
            before = [one.end for one in recalled if one.end <= row.start]
            listed = before and not re.search(r"[.;] ", view.text[max(before) : row.start])
            again = listed or _is_recalled(view, row.start)
            (recalled if again else found).append(row)
    return sorted(_beside_table(found, framework), key=lambda row: row.start)


def _beside_table(found: list[Row], framework: str) -> list[Row]:
    """Return the rows without what prose says of areas that the table on the cover leaves out.

    The prose of such a report has the overall effectiveness of much else, of early help or a team.
    """
    own = {row.area for row in found if row.weight > TABLE}
    if framework != "ilacs" or not own:
        return found
    return [
        row
        for row in found
        if row.weight >= TABLE
        or row.area in own
        or (row.weight == HEADED and row.start < COVER_CHARACTERS)
    ]


def _is_recalled(view: View, start: int, within: int = RECALLING_CHARACTERS) -> bool:
    """Return whether the words before a grade say that an earlier inspection gave it."""
    return RECALLED.search(view.text, max(0, start - within), start) is not None


def _covered(row: Row, found: list[Row]) -> bool:
    """Return whether a grade stands in a row that was read already."""
    return any(one.start < row.end and row.start < one.end for one in found)


def _headings(view: View) -> Iterator[Row]:
    """Yield the headings that end with a grade."""
    for label in LABEL.finditer(view.text):
        if not starts_line(view, label.start()):
            continue
        gap = HEADING.match(view.text, label.end())
        grade = GRADE.match(view.text, gap.end() if gap else label.end())
        if grade is None or not ends_line(view, grade.end()):
            continue
        # Grades that follow one another are a column, of which this may be any.
        if GRADE.match(view.text, grade.end() + 1) and view.text[grade.end() + 1 :][:1].isupper():
            continue
        name = LABEL_NAMES[int((label.lastgroup or "l0")[1:])]
        if name != "bare":
            yield Row(name, grade_of(grade), label.start(), grade.end(), *grade.span(), 2)


def _sentences(view: View, framework: str) -> Iterator[Row]:
    """Yield the sentences that give a grade."""
    for match in GRADED_JUDGEMENT.finditer(view.text):
        yield _told(match, _label(match))
    for match in WHOLE.finditer(view.text, 0, COVER_CHARACTERS):
        if starts_line(view, match.start()) or "verall" in match[0][:12]:
            yield _told(match, "overall")
    for match in OVERALL.finditer(view.text, 0, COVER_CHARACTERS):
        if starts_line(view, match.start()):
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
    return "looked-after part" if inside["looked"] else "safeguarding part"
