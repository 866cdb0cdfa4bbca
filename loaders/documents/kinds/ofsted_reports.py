"""Read an inspection report of Ofsted on a council, of any framework from 2009 on."""

import re
from typing import Any

from loaders.documents.facts.inspections.judgement_tables import ROWS_OF, GradedRow
from loaders.documents.facts.inspections.judgements import judgements_of, rows_in
from loaders.documents.facts.inspections.ofsted_document import (
    InspectionReading,
    candidate_with,
    inspection_reading,
    inspection_repeated,
    is_reinspection,
)
from loaders.documents.facts.inspections.priority_actions import priority_actions
from loaders.documents.find.frameworks import (
    FAMILIES,
    ReportFramework,
    edition_of,
    family_of,
    framework_of_rows,
)
from loaders.documents.layout.numbered_tree import Tree, read_tree
from loaders.documents.record.candidate import Candidate

TREE = read_tree

_TITLE = 1500
_COVER = 5000
_TITLED = 300
_FEWEST_ROWS, _HEADED = 3, 2
"""Areas by which a framework is sure; the weight of a row in a heading, above one in a sentence."""

_JOINT = "joint targeted area inspection"
_OTHERS: list[tuple[str, str]] = [
    (r"targeted local authority inspection", "Inspection"),
    (r"review of the effectiveness of the local safeguarding", "SafeguardingBoardReview"),
]
"""Titles of inspections without grades on the council, where no framework is titled."""
_REPEATS = "The report calls itself a re-inspection and tells of one earlier inspection first."
_NO_DATE = "Not read: which inspection this one repeats; the report gives it no date."
_NO_FRAMEWORK = "Not read: what is judged; the record has no framework for a report of this title."


def read(tree: Tree) -> Candidate:
    """Return the candidate record of an inspection report.

    Raises: UnreadableDocument if no council of the register is named.
    """
    reading = inspection_reading(tree, "report")
    family = family_of(reading.title.text) or family_of(reading.body.text[:_TITLE])
    kind = _kind(reading, family)
    entry: dict[str, Any] = {**reading.entry(), "kind": kind}
    left_out: list[dict[str, Any]] = []
    others: list[dict[str, Any]] = []
    rows, chosen = _judged(reading, family) if kind == "GradedInspection" else ([], None)
    if kind != "GradedInspection":
        entry["findings"] = priority_actions(reading)
    elif chosen is not None:
        entry["framework"] = [reading.framework(chosen)]
        judged = judgements_of(reading, chosen, rows)
        entry["judgements"] = judged.judgements
        left_out += judged.left_out
        title = is_reinspection(reading)
        earlier = inspection_repeated(reading, title) if title else None
        if earlier:
            entry["reinspection_of"] = [{**earlier.link, "note": _REPEATS}]
            others.append(earlier.entry)
        elif title:
            left_out.append({**reading.place(*title.span()), "reason": _NO_DATE})
    else:
        place = reading.place(reading.council.start, reading.council.end)
        left_out.append({**place, "reason": _NO_FRAMEWORK})
    entry = {name: value for name, value in entry.items() if value}
    return candidate_with(reading, [*others, entry], left_out)


def _judged(
    reading: InspectionReading, family: ReportFramework | None
) -> tuple[list[GradedRow], ReportFramework | None]:
    """Return the graded rows of a report and their framework: the rows tell it, then the title."""
    named = family if family is not None and family.framework in FAMILIES else None
    rows = rows_in(reading.body, named.framework) if named else []
    areas = {row.area for row in rows}
    chosen = edition_of(named, reading.last_day, areas) if named else None
    if len(areas) >= _FEWEST_ROWS or (named and named.framework not in ROWS_OF):
        return rows, chosen
    plain = [row for row in rows_in(reading.body, "") if row.weight >= _HEADED]
    if plain:
        ends = plain[0].start, plain[-1].end
        by_rows = framework_of_rows({row.area for row in plain}, reading.last_day, *ends)
        if by_rows:
            return plain, by_rows
    return rows, chosen


def _kind(reading: InspectionReading, family: ReportFramework | None) -> str:
    """Return the class of the inspection, by its title."""
    low = reading.view.text.casefold()
    titled = max(_TITLED, reading.title_end)
    if _JOINT in low[:titled] or (family is None and _JOINT in low[:_COVER]):
        return "JointTargetedAreaInspection"
    for pattern, kind in _OTHERS:
        if (family is None or kind == "Inspection") and re.search(pattern, low[:titled]):
            return kind
    return "GradedInspection"
