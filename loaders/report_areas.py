"""Turn the rows that a report prints into its judgements: one for each area of its framework."""

from __future__ import annotations

from typing import Any

from loaders.judgement_rows import Row
from loaders.ofsted_parts import InspectionReading
from loaders.report_frameworks import AREAS, ReportFramework
from loaders.report_judgements import part_of_2009

SCALES: dict[bool, frozenset[str]] = {
    True: frozenset({"outstanding", "good", "requires-improvement", "inadequate"}),
    False: frozenset({"outstanding", "good", "adequate", "inadequate"}),
}
"""The grades of the frameworks since November 2013, and of those before."""

NO_AREA = "Not read: a grade for which the framework has no judgement area."
NO_SUCH_GRADE = "Not read: a grade that the scale of the framework does not have."
OTHER_GRADE = "Not read: another grade for {}; the one printed more plainly, or first, is kept."
DIFFERS = "The report prints another grade for this area as plainly; this one stands first."


def judgements(
    reading: InspectionReading,
    chosen: ReportFramework,
    rows: list[Row],
    left_out: list[dict[str, Any]],
) -> list[dict[str, Any]]:
    """Return one judgement for each area, and list what was not read or is missing."""
    scale = SCALES[chosen.framework.startswith(("sif", "ilacs"))]
    by_area: dict[str, list[Row]] = {}
    for row in rows:
        area = _area(reading, chosen, row)
        place = reading.place(row.start, row.end, reading.body)
        if not area:
            left_out.append({**place, "reason": NO_AREA})
        elif row.grade != "not-judged" and row.grade not in scale:
            left_out.append({**place, "reason": NO_SUCH_GRADE})
        else:
            by_area.setdefault(area, []).append(row)
    found = [_judgement(reading, area, by_area[area], left_out) for area in by_area]
    for name in sorted(set(AREAS[chosen.framework].values()) - set(by_area)):
        place = reading.place(chosen.start, chosen.end, reading.body)
        left_out.append({**place, "reason": f"No grade was read for the area {name}."})
    return found


def _area(reading: InspectionReading, chosen: ReportFramework, row: Row) -> str:
    """Return the judgement area of a row; empty if the framework has none for it."""
    if chosen.framework.startswith("safeguarding") and row.area == "overall":
        return AREAS[chosen.framework].get(part_of_2009(reading.body, row), "")
    return AREAS[chosen.framework].get(row.area, "")


def _judgement(
    reading: InspectionReading, area: str, rows: list[Row], left_out: list[dict[str, Any]]
) -> dict[str, Any]:
    """Return the judgement of an area: the row printed most plainly, and of such the first."""
    weight = max(row.weight for row in rows)
    plainest = [row for row in rows if row.weight == weight]
    row = plainest[0]
    manner = {}
    for other in rows:
        if other.grade != row.grade:
            place = reading.place(other.start, other.end, reading.body)
            left_out.append({**place, "reason": OTHER_GRADE.format(area)})
            if other.weight == weight:
                manner = {"modality": "inferred", "note": DIFFERS}
    place = reading.place(row.start, row.end, reading.body)
    if row.grade == "not-judged":
        return {"area": area, **place, "not_judged": [{"value": "not-inspected", **manner}]}
    return {"area": area, **place, "grade": [{"value": row.grade, **manner}]}
