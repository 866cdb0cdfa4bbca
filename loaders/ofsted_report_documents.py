"""Read an inspection report of Ofsted on a council, of any framework from 2009 on."""

from __future__ import annotations

from typing import Any

from loaders.candidate import Candidate
from loaders.document_kinds import DocumentKind, Sign
from loaders.judgement_rows import Row
from loaders.numbered_tree import Tree
from loaders.ofsted_parts import InspectionReading, candidate_with, inspection_reading
from loaders.report_earlier import earlier_inspection, unnamed_earlier
from loaders.report_frameworks import AREAS, ReportFramework, edition_of, family_of
from loaders.report_judgements import part_of_2009, rows_in

SIGNS = [
    Sign(
        r"\A.{0,800}?\b(?:re-?)?inspection (?:report )?(?:of|for) "
        r"(?![^.:]{0,140}?(?:\bSEND\b|special educational))[^.:]{0,140}?(?:children|adoption)",
        5,
        "titled an inspection of services for children",
    ),
    Sign(
        r"\A.{0,2500}?\binspection dates?\b",
        2,
        "gives the dates of an inspection on its cover",
    ),
    Sign(r"\b(?:lead|reporting) inspectors?\b", 2, "names the lead inspector"),
    Sign(r"\bjudge?ments? grades?\b|\boverall effectiveness\b", 2, "has judgements with grades"),
    Sign(r"\bofsted\b", 1, "speaks of Ofsted"),
]
TITLE = 1500
COVER = 5000
JOINT = "joint targeted area inspection"


def read(tree: Tree) -> Candidate:
    """Return the candidate record of an inspection report.

    Raises: UnreadableDocument if no council of the register is named.
    """
    reading = inspection_reading(tree, "report")
    view = reading.view
    family = family_of(view.text[: reading.title_end]) or family_of(view.text[:TITLE])
    rows = rows_in(view, family.framework if family else "")
    joint = JOINT in view.text[:COVER].casefold()
    entry: dict[str, Any] = {
        **reading.entry(),
        "kind": "JointTargetedAreaInspection" if joint else "GradedInspection",
    }
    left_out: list[dict[str, Any]] = []
    others: list[dict[str, Any]] = []
    if family is not None and not joint:
        chosen = edition_of(family, reading.last_day, {row.area for row in rows})
        entry["framework"] = [reading.framework(chosen)]
        entry["judgements"] = _judgements(reading, chosen, rows, left_out)
        others = earlier_inspection(reading, entry)
        if not others:
            left_out += unnamed_earlier(reading)
    return candidate_with(reading, [*others, entry], left_out)


def _judgements(
    reading: InspectionReading,
    chosen: ReportFramework,
    rows: list[Row],
    left_out: list[dict[str, Any]],
) -> list[dict[str, Any]]:
    """Return the judgements, and list the rows whose area the framework does not have."""
    areas = AREAS[chosen.framework]
    found = []
    for row in rows:
        area = areas.get(row.area, "")
        if chosen.framework.startswith("safeguarding") and row.area == "overall":
            area = part_of_2009(reading.view, row)
        place = reading.place(row.start, row.end)
        if not area:
            reason = "Not read: a grade for which the framework has no judgement area."
            left_out.append({**place, "reason": reason})
        elif row.grade == "not-judged":
            found.append({"area": area, **place, "not_judged": [{"value": "not-inspected"}]})
        else:
            found.append({"area": area, **place, "grade": [{"value": row.grade}]})
    for name in sorted(set(areas.values()) - {one["area"] for one in found}):
        place = reading.place(chosen.start, chosen.end)
        left_out.append({**place, "reason": f"No grade was read for the area {name}."})
    return found


KIND = DocumentKind("inspection-report", "inspection report of Ofsted", SIGNS, read)
