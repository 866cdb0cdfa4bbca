"""Signs of a fact in the prose of an inspection report, of which most sentences hold none.

A report praises good plans and counts children on a day. A record of it holds what it judges and
the inspections, directions and commissioners of which it tells; only their signs are asked about.
"""

from __future__ import annotations

from collections.abc import Mapping

from data.records.form import Record
from loaders.documents.find.grades import AREAS_OF, areas_in, grades_in
from loaders.documents.layout.blocks import Block, DocumentReading
from loaders.documents.text import patterns_beside

_PATTERNS = patterns_beside(__name__)
_EVENT = _PATTERNS["event"]
_JUDGED = _PATTERNS["judged"]
_WHOLE = _PATTERNS["judged-whole"]

_GradesByArea = Mapping[str, set[str]]


def sign_in_report(
    reading: DocumentReading, record: Record, block: Block, start: int, end: int
) -> str:
    """Return which sign of a fact a sentence of a report has; empty if none."""
    words = block.text[start:end]
    if _judges(words, _grades(record)):
        return "a grade"
    if not _EVENT.search(words):
        return ""
    if any(start <= date.start < end for date in block.dates):
        return "a date"
    if any(start <= provision.start < end for provision in reading.provisions(block)):
        return "a power"
    other = (
        party.reference.startswith("council/") and party.reference != f"council/{reading.council}"
        for party in reading.parties_in(block)
        if start <= party.start < end
    )
    return "a council" if any(other) else ""


def _judges(words: str, known: _GradesByArea) -> bool:
    """Return whether a sentence gives a grade that the record does not have for the area."""
    grades = {found.grade for found in grades_in(words)}
    # Where no grade was read at all, every word of one may be of the table.
    if not grades or not (_JUDGED.search(words) or not known):
        return False
    areas = {found.area for found in areas_in(words)}
    if _WHOLE.search(words):
        areas.add("overall")
    return bool(areas) and not any(grades <= known.get(area, set()) for area in areas)


def _grades(record: Record) -> dict[str, set[str]]:
    """Return the grades of the report's own inspection, by what prose calls their areas."""
    known: dict[str, set[str]] = {}
    for inspection in record.inspections:
        frameworks = [AREAS_OF.get(said.value, {}) for said in inspection.framework]
        for judgement in inspection.judgements:
            for area in (name for areas in frameworks for name in areas):
                if any(areas.get(area) == judgement.area for areas in frameworks):
                    known.setdefault(area, set()).update(said.value for said in judgement.grade)
    return known
