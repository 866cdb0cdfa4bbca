"""Find what a report says of each area, and turn it into one judgement for each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from loaders.documents.facts.inspections.judgement_tables import (
    GRADE,
    GRADE_TEXT,
    LABEL,
    LABEL_NAMES,
    LABELS,
    ROWS_OF,
    GradedRow,
    ends_line,
    grade_of,
    starts_line,
    tables_in,
)
from loaders.documents.facts.inspections.ofsted_document import InspectionReading
from loaders.documents.facts.inspections.placed_tables import placed_tables
from loaders.documents.find.frameworks import AREAS, EDITIONS, ReportFramework
from loaders.documents.text import patterns_beside
from loaders.documents.text.view import View

_NAMED = "|".join(f"(?P<l{number}>{words})" for number, words in enumerate(LABELS.values()))
_GRADED = rf"(?P<grade>{GRADE_TEXT})"
_IS = r"(?:is|are|remains?)(?: that it)?(?: now)?(?: is| are)?(?: judged)?(?: to be)? ?"
_HEADING = re.compile(r"[\s:;,.-]*(?:(?:judgement|outcome|is)\b[\s:]*){0,3}", re.IGNORECASE)
# takes: "graded judgement for leadership, management and governance is inadequate"
# leaves: "judgement for the year ahead is good"
_GRADED_JUDGEMENT = re.compile(
    rf"graded judge?ment (?:for|about|of|on) (?:the )?(?:experiences? and progress of )?"
    rf"(?:{_NAMED}) "
    rf"(?:{_IS})?['\"]?{_GRADED}\b",
    re.IGNORECASE,
)
# takes: "Children's services in Anytown are inadequate"
# takes: "The overall judgement is that children's services require improvement"
# leaves: "Children's services in Anytown were inadequate"
_WHOLE = re.compile(
    r"(?:(?:[Tt]he )?[Oo]verall judge?ment is (?:that )?)?"
    r"(?P<what>[Cc]hildren'?s (?:social care )?services)"
    r"(?: (?:in|at|for|provided by) (?:the )?(?:[A-Z][\w'.&,-]*|of|and|upon|the|on|in|with)"
    r"(?: (?:[A-Z][\w'.&,-]*|of|and|upon|the|on|with|in)){0,7}?)?"
    rf" (?:{_IS})?(?:found to be )?['\"]?(?i:{_GRADED})\b"
)
# takes: "The overall judgement is that the local authority is inadequate"
# takes: "Overall judgement: good"
# leaves: "The overall judgement was given in May"
_OVERALL = re.compile(
    rf"(?:the )?overall judge?ment(?: (?:is|of))?"
    rf"(?: that (?:it|the (?:council|local authority|service)s?)(?: is)?)?:? ['\"]?{_GRADED}\b",
    re.IGNORECASE,
)
# takes: "Overall effectiveness of the service is judged to be good"
# leaves: "Overall effectiveness of the service has declined"
_EFFECTIVENESS = re.compile(
    r"overall effectiveness (?P<of>(?:of|in|for) [^.;:]{2,170}? |and [^.;:]{2,60}? )?"
    rf"(?:has been |{_IS})(?:judged (?:to be |as )?)?['\"]?{_GRADED}\b",
    re.IGNORECASE,
)
_PATTERNS = patterns_beside(__name__)
_OTHER_SERVICES = _PATTERNS["other-services"]
# takes: "Capacity for improvement is adequate"
# takes: "The quality of provision of the adoption agency is good"
# leaves: "Capacity for improvement was adequate"
_PLAIN_SENTENCE = re.compile(
    rf"(?:{_NAMED})(?: of the (?:(?:adoption|fostering) )?(?:agency|service|local authority))? "
    rf"{_IS}(?:judged (?:to be |as )?)?['\"]?{_GRADED}\b",
    re.IGNORECASE,
)
_PARTS_2009 = _PATTERNS["parts-2009"]
_RECALLED = _PATTERNS["recalled"]
_RECALLING_CHARACTERS = 80
# takes: "The earlier inspection was in June 2015. The judgements were: "
# leaves: "The last inspection was in June 2015. The service is: "
_RECALLED_LIST = re.compile(
    r"\b(?:last|previous|earlier|former) (?:\w+ )?inspections?\b[^:;]{0,160}"
    r"\b(?:judge?ments?|grades?|outcomes?|results?)\b[^.:;]{0,40}:\s*$",
    re.IGNORECASE,
)
_LISTING_CHARACTERS = 260
_COVER_CHARACTERS = 4000
"""Characters within which a report says how it judges children's services as a whole."""

_TABLE, _HEADED = 3, 2
"""Weights of a row in a table and of a heading with a grade."""


def rows_in(view: View, framework: str) -> list[GradedRow]:
    """Return every judgement that a report prints of itself, in order; areas by plain names.

    In: the family of its framework.
    """
    areas = ROWS_OF.get(framework, LABEL_NAMES)
    found: list[GradedRow] = []
    recalled: list[GradedRow] = []
    for table in tables_in(view, areas):
        # A table on the cover is of this inspection; a later one may recall another.
        own = not found and table[0].start < _COVER_CHARACTERS
        rows = [replace(row, weight=row.weight + 1) if own else row for row in table]
        again = _is_recalled(view, table[0].start, 4 * _RECALLING_CHARACTERS)
        (recalled if again else found).extend(rows)
    # The dot of St. Helens ends no sentence.
    plain = View(view.fixed, re.sub(r"\bSt\.", "St ", view.text), view.origin)
    for kind in (_headings(view), _sentences(plain, framework)):
        for row in kind:
            if _covered(row, [*found, *recalled]):
                continue
            before = [earlier.end for earlier in recalled if earlier.end <= row.start]
            listed = before and not re.search(r"[.;] ", view.text[max(before) : row.start])
            again = listed or _is_recalled(view, row.start)
            (recalled if again else found).append(row)
    return sorted(_beside_table(found, framework), key=lambda row: row.start)


def _beside_table(found: list[GradedRow], framework: str) -> list[GradedRow]:
    """Return the rows without what prose says of areas that the table on the cover leaves out.

    The prose of such a report has the overall effectiveness of much else, of early help or a team.
    """
    own = {row.area for row in found if row.weight > _TABLE}
    if framework != "ilacs" or not own:
        return found
    return [
        row
        for row in found
        if row.weight >= _TABLE
        or row.area in own
        or (row.weight == _HEADED and row.start < _COVER_CHARACTERS)
    ]


def _is_recalled(view: View, start: int, within: int = _RECALLING_CHARACTERS) -> bool:
    """Return whether the words before a grade say that an earlier inspection gave it."""
    return bool(
        _RECALLED.search(view.text, max(0, start - within), start)
        or _RECALLED_LIST.search(view.text[max(0, start - _LISTING_CHARACTERS) : start])
    )


def _covered(row: GradedRow, found: list[GradedRow]) -> bool:
    return any(known.start < row.end and row.start < known.end for known in found)


def _headings(view: View) -> Iterator[GradedRow]:
    for label in LABEL.finditer(view.text):
        if not starts_line(view, label.start()):
            continue
        gap = _HEADING.match(view.text, label.end())
        grade = GRADE.match(view.text, gap.end() if gap else label.end())
        if grade is None or not ends_line(view, grade.end()):
            continue
        # Grades that follow one another are a column, of which this may be any.
        if GRADE.match(view.text, grade.end() + 1) and view.text[grade.end() + 1 :][:1].isupper():
            continue
        name = LABEL_NAMES[int((label.lastgroup or "l0")[1:])]
        if name != "bare":
            yield GradedRow(name, grade_of(grade), label.start(), grade.end(), *grade.span(), 2)


def _sentences(view: View, framework: str) -> Iterator[GradedRow]:
    for match in _GRADED_JUDGEMENT.finditer(view.text):
        yield _row(match, _label(match))
    for match in _WHOLE.finditer(view.text, 0, _COVER_CHARACTERS):
        if starts_line(view, match.start()) or "verall" in match[0][:12]:
            yield _row(match, "overall")
    for match in _OVERALL.finditer(view.text, 0, _COVER_CHARACTERS):
        if starts_line(view, match.start()):
            yield _row(match, "overall")
    for match in _EFFECTIVENESS.finditer(view.text):
        if not _OTHER_SERVICES.search(match["of"] or ""):
            yield _row(match, "overall")
    # Since November 2013 grades stand in tables and headings; prose has those of much else.
    if framework not in {"sif", "ilacs"}:
        yield from _plain_sentences(view)


def _plain_sentences(view: View) -> Iterator[GradedRow]:
    for match in _PLAIN_SENTENCE.finditer(view.text):
        before = view.text[max(0, match.start() - 6) : match.start()]
        begins = re.search(r"(?:^|[.:;•] |\d\. |\bthe )$", before, re.IGNORECASE)
        if begins or starts_line(view, match.start()):
            yield _row(match, _label(match))


def _label(match: re.Match[str]) -> str:
    return next(name for number, name in enumerate(LABEL_NAMES) if match[f"l{number}"])


def _row(match: re.Match[str], area: str) -> GradedRow:
    grade = GRADE.match(match["grade"])
    name = grade_of(grade) if grade else "not-judged"
    return GradedRow(area, name, *match.span(), *match.span("grade"))


def _part_of_2009(view: View, row: GradedRow) -> str:
    """Return which of its two services an overall grade of 2009 is for; empty if unclear."""
    inside = _PARTS_2009.search(view.text, row.start, row.end)
    if inside is None:
        before = [
            heading
            for heading in _PARTS_2009.finditer(view.text, 0, row.start)
            if starts_line(view, heading.start()) and ends_line(view, heading.end())
        ]
        if not before:
            return ""
        inside = before[-1]
    return "looked-after part" if inside["looked"] else "safeguarding part"


_SCALE_SINCE_2013 = frozenset({"outstanding", "good", "requires-improvement", "inadequate"})
_SCALE_BEFORE = frozenset({"outstanding", "good", "adequate", "inadequate"})
_SINCE_2013 = {"sif", *(edition for _, edition in EDITIONS)}
"""The frameworks since November 2013."""

_IN_TWO_PARTS = "safeguarding-and-looked-after-2009"
_NO_AREA = "Not read: a grade for which the framework has no judgement area."
_NO_SUCH_GRADE = "Not read: a grade that the scale of the framework does not have."
_OTHER_GRADE = "Not read: another grade for {}; the one printed more plainly, or first, is kept."
_TWO_READINGS = "Doubtful: where the words stand on the page, another grade is beside {}."
_NOT_ALIKE = "The order of the words and their places on the page give this table other grades."
_DIFFERS = "The report prints another grade for this area as plainly; this one stands first."


@dataclass(frozen=True)
class Judgements:
    """The judgements of a report, one for each area, and what was not read or is missing."""

    judgements: list[dict[str, Any]]
    left_out: list[dict[str, Any]]


def judgements_of(
    reading: InspectionReading, chosen: ReportFramework, rows: list[GradedRow]
) -> Judgements:
    """Return one judgement for each area that rows of a report have a grade for."""
    left_out: list[dict[str, Any]] = []
    scale = _SCALE_SINCE_2013 if chosen.framework in _SINCE_2013 else _SCALE_BEFORE
    by_area: dict[str, list[GradedRow]] = {}
    for row in rows:
        area = _area(reading, chosen, row)
        place = reading.place(row.start, row.end, reading.body)
        if not area:
            left_out.append({**place, "reason": _NO_AREA})
        elif row.grade != "not-judged" and row.grade not in scale:
            left_out.append({**place, "reason": _NO_SUCH_GRADE})
        else:
            by_area.setdefault(area, []).append(row)
    found = [_judgement(reading, area, by_area[area], left_out) for area in by_area]
    found = _compared(reading, chosen, found, left_out)
    for name in sorted(set(AREAS[chosen.framework].values()) - set(by_area)):
        place = reading.place(chosen.start, chosen.end, reading.body)
        left_out.append({**place, "reason": f"No grade was read for the area {name}."})
    return Judgements(found, left_out)


def _compared(
    reading: InspectionReading,
    chosen: ReportFramework,
    found: list[dict[str, Any]],
    left_out: list[dict[str, Any]],
) -> list[dict[str, Any]]:
    """Return judgements, none of them certain where their table says another on the page."""
    areas = AREAS[chosen.framework]
    placed = reading.reading.tree.document.placed
    second = next(placed_tables(placed, areas), {}) if chosen.framework != _IN_TWO_PARTS else {}
    on_page = {areas[area]: grade for area, grade in second.items()}
    stated = {
        each["area"]: each["grade"][0]["value"] if "grade" in each else "not-judged"
        for each in found
    }
    differing = [area for area in on_page if area in stated and on_page[area] != stated[area]]
    if not differing:
        return found
    for each in found:
        if each["area"] in differing:
            place = {key: each[key] for key in ("at", "chars", "words")}
            left_out.append({**place, "reason": _TWO_READINGS.format(each["area"])})
        for said in each.get("grade", []) + each.get("not_judged", []):
            said.update(modality="inferred", note=_NOT_ALIKE)
    return found


def _area(reading: InspectionReading, chosen: ReportFramework, row: GradedRow) -> str:
    """Return the judgement area of a row; empty if the framework has none for it."""
    if chosen.framework == _IN_TWO_PARTS and row.area == "overall":
        return AREAS[chosen.framework].get(_part_of_2009(reading.body, row), "")
    return AREAS[chosen.framework].get(row.area, "")


def _judgement(
    reading: InspectionReading, area: str, rows: list[GradedRow], left_out: list[dict[str, Any]]
) -> dict[str, Any]:
    """Return the judgement of an area: the row printed most plainly, and of such the first."""
    weight = max(row.weight for row in rows)
    plainest = [row for row in rows if row.weight == weight]
    row = plainest[0]
    manner = {}
    for other in rows:
        if other.grade != row.grade:
            place = reading.place(other.start, other.end, reading.body)
            left_out.append({**place, "reason": _OTHER_GRADE.format(area)})
            if other.weight == weight:
                manner = {"modality": "inferred", "note": _DIFFERS}
    place = reading.place(row.start, row.end, reading.body)
    if row.grade == "not-judged":
        return {"area": area, **place, "not_judged": [{"value": "not-inspected", **manner}]}
    return {"area": area, **place, "grade": [{"value": row.grade, **manner}]}
