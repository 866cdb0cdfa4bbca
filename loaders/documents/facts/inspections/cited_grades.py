"""Read the grades and findings that a sentence gives of an inspection that it tells of."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from loaders.documents.find.grades import ALL_AREAS, AreaFound, areas_in, grades_in

EARLIER = re.compile(r"(?:earlier|previous|prior) (?=['\"]?(?:inadequate|requires))", re.IGNORECASE)
# takes: "two areas for priority action around: recording"
# leaves: "areas for improvement: recording"
_PRIORITY = re.compile(
    r"areas? for priority action\b(?: (?:around|on|in|about|relating to|regarding))?:? ",
    re.IGNORECASE,
)
# takes: "which found that the front door was safer and issued a letter"
# leaves: "which was found on the council's site"
_FOUND_THAT = re.compile(
    r"(?:which found that|found that|concluded that) (?P<what>[^.;,]*?)(?= and issued|[.;,]|$)",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class AreaGrade:
    """A grade that a text gives to an area, and the range of both.

    In: `area` is its notation in the framework; empty where the grade is for all areas.
    """

    grade: str
    area: str
    start: int
    end: int


@dataclass(frozen=True)
class CitedFinding:
    """What a text says that inspectors found, without a grade."""

    name: str
    kind: str
    summary: str
    start: int
    end: int


def graded_areas(text: str, areas: Mapping[str, str]) -> Iterator[AreaGrade]:
    """Yield the grades of a sentence, each for the areas of a framework named before it."""
    earlier = EARLIER.search(text)
    place = 0
    for grade in grades_in(text):
        if earlier and grade.start <= earlier.end() + 2:
            bracket = text.find("),", grade.end)
            place = bracket + 1 if bracket > 0 else text.find(",", grade.end) + 1
            continue
        named = [area for area in areas_in(text[place : grade.start]) if area.area in areas]
        universal = ALL_AREAS.match(text[grade.end :])
        overall = re.match(r" overall", text[grade.end :])
        stop = grade.end + (overall.end() if overall else 0)
        for area, notation in _own_areas(named, areas, overall is not None):
            yield AreaGrade(grade.grade, notation, place + area.start, stop)
        if universal:
            yield AreaGrade(grade.grade, "", grade.start, grade.end + universal.end())
        if (universal or overall) and "overall" in areas:
            yield AreaGrade(grade.grade, areas["overall"], grade.start, stop)
        place = grade.end


def _own_areas(
    named: list[AreaFound], areas: Mapping[str, str], overall: bool
) -> Iterator[tuple[AreaFound, str]]:
    """Yield the areas that a grade is for, each once.

    Where areas are listed, "children's services" before them only says what they are areas of.
    """
    last = named[-1:] if overall else named
    seen: set[str] = set()
    for area in last:
        notation = areas["overall"] if overall and "overall" in areas else areas[area.area]
        if notation not in seen:
            seen.add(notation)
            yield area, notation


def cited_findings(text: str, is_graded: bool) -> Iterator[CitedFinding]:
    """Yield the areas for priority action of a sentence, and what a visit without grades found."""
    match = _PRIORITY.search(text)
    for start, end in _items(text, match.end()) if match else ():
        words = text[start:end]
        summary = f"Priority action is needed on: {words}."
        begin = match.start() if match else start
        yield CitedFinding(_name(words), "AreaForPriorityAction", summary, begin, end)
    found = None if is_graded else _FOUND_THAT.search(text)
    if found:
        words = found["what"]
        summary = f"{words[:1].upper()}{words[1:]}."[:240]
        yield CitedFinding(_name(words), "Finding", summary, *found.span("what"))


def _items(text: str, start: int) -> Iterator[tuple[int, int]]:
    """Yield the items of a list, which semicolons part; without one the rest is one item."""
    rest = text[start:].rstrip(" .;,")
    parts = re.split(r";(?: and)? ?", rest) if ";" in rest else [rest]
    place = start
    for part in parts:
        begin = text.find(part, place) if part else -1
        if begin >= 0:
            place = begin + len(part)
            yield begin, place


def _name(words: str) -> str:
    return "-".join(re.findall(r"[a-z0-9]+", words.casefold())[:4]) or "finding"
