"""Read the cover of an inspection report or letter: council, days, publication, lead inspector."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import chain

from data.councils.bodies import Body
from loaders.documents.facts.inspections.days_on_site import Stay, stay_in
from loaders.documents.find.councils import CouncilFound, bodies_of, councils_in, likenesses_in
from loaders.documents.find.dates import DateFound, dates_in
from loaders.documents.text import patterns_beside
from loaders.documents.text.view import View

_COVER_CHARACTERS = 5000
_VALUE_CHARACTERS = 170
_PATTERNS = patterns_beside(__name__)
_DATES_LABEL = _PATTERNS["dates-label"]
_CARRIED_OUT = _PATTERNS["carried-out"]
_DAYS_FIRST = _PATTERNS["days-first"]
_VISITS = (_DAYS_FIRST, _CARRIED_OUT)
_BEFORE = re.compile(
    r"\b(?:last|previous|earlier|initial|first|next)(?: \w+)?[ :]*$", re.IGNORECASE
)
_NEXT_LABEL = _PATTERNS["next-label"]
_PUBLISHED = _PATTERNS["published"]
_OTHER_LABELS = re.compile(
    r"[ :]*(?:(?:(?:lead|reporting) inspectors?|judge?ments?|grades?|age group|published)[ :]+)+",
    re.IGNORECASE,
)
_TITLE_NAME = _PATTERNS["title-name"]
_IN_PLACE = re.compile(
    r"\bchildren'?s services in (?P<name>[A-Z][\w'&,. -]{2,60}?) (?:is|are|ha[sv]e?|requires?)\b"
)
_IN_ADDRESS = re.compile(r"[\s,]*[A-Z]{1,2}\d[\dA-Z]? ?\d[A-Z]{2}\b")
"""A postcode, before which a place is that of an office."""

_DESIGNATIONS = ("", " County Council", " City Council", " Council", " Borough Council")


@dataclass(frozen=True)
class CouncilNamed:
    """The council that a document is about, and where its name stands."""

    body: Body
    start: int
    end: int
    note: str = ""


def stay_of(view: View, written: date | None = None) -> Stay | None:
    """Return the days on site: after their label, else in the sentence that tells of the visit.

    In: the day of a letter, whose sentence may leave out the year.
    """
    for label in _labels_of_days(view, 0, _COVER_CHARACTERS):
        stay = stay_in(view, label.end(), _value_end(view, label.end()))
        stay = stay or _stay_in_columns(view, label.end())
        if stay is not None:
            return stay
    # The dot of St. Helens ends no sentence.
    plain = re.sub(r"\bSt\.", "St ", view.text)
    sentences = (pattern.finditer(plain, 0, _COVER_CHARACTERS) for pattern in _VISITS)
    for place in (match.end() for match in chain.from_iterable(sentences)):
        stop = plain.find(". ", place)
        stay = stay_in(view, place, min(place + 90, stop if stop > 0 else len(view.text)), written)
        if stay is not None and stay.first is not None:
            return stay
    for label in _labels_of_days(view, _COVER_CHARACTERS, len(view.text)):
        stay = stay_in(view, label.end(), _value_end(view, label.end()))
        if stay is not None and stay.first is not None:
            return stay
    return None


def _labels_of_days(view: View, start: int, end: int) -> Iterator[re.Match[str]]:
    for label in _DATES_LABEL.finditer(view.text, start, end):
        if not _BEFORE.search(view.text, max(0, label.start() - 30), label.start()):
            yield label


def _stay_in_columns(view: View, start: int) -> Stay | None:
    """Return the days on site where all labels of a cover stand before all their values."""
    label = _OTHER_LABELS.match(view.text, start)
    if label is None:
        return None
    stay = stay_in(view, label.end(), min(label.end() + 60, len(view.text)))
    first = view.text[label.end() : label.end() + 30]
    return stay if stay is not None and re.match(r"(?:\w+day )?\d", first) else None


def _value_end(view: View, start: int) -> int:
    end = min(start + _VALUE_CHARACTERS, len(view.text))
    following = _NEXT_LABEL.search(view.text, start, end)
    return following.start() if following else end


def published_of(view: View) -> DateFound | None:
    """Return the date of publication that the cover prints, if it prints one."""
    for label in _PUBLISHED.finditer(view.text, 0, _COVER_CHARACTERS):
        part = view.part(label.end(), min(len(view.text), label.end() + 40))
        for found in dates_in(part)[:1]:
            if found.start <= 2 and (found.edtf or found.candidates):
                return found.moved(label.end())
    return None


def council_of_report(view: View, day: date | None) -> CouncilNamed | None:
    """Return the council that a report or letter is about: the body that existed on a day."""
    for start, end in _name_places(view):
        found = _named(view.text[start:end], start, day)
        if found is not None:
            return found
    for part in (view.part(0, min(len(view.text), _COVER_CHARACTERS)), view):
        named = [
            council
            for council in councils_in(part)
            if not _IN_ADDRESS.match(part.text, council.end)
        ]
        for council in _likeliest(named, day):
            body = council.on(day)
            if body is not None and body.is_upper_tier:
                return CouncilNamed(body, council.start, council.end)
    for likeness in likenesses_in(view.part(0, min(len(view.text), _COVER_CHARACTERS))):
        body = likeness.on(day)
        if body is not None:
            note = "The name is not in the register; this is the one most like it."
            return CouncilNamed(body, likeness.start, likeness.end, note)
    return None


def _likeliest(found: list[CouncilFound], day: date | None) -> Iterator[CouncilFound]:
    """Yield the councils of a part, those named as councils before places."""
    yield from (council for council in found if council.is_full and council.on(day))
    yield from (council for council in found if not council.is_full and council.on(day))


def _name_places(view: View) -> Iterator[tuple[int, int]]:
    """Yield where the cover is likely to name the council."""
    for match in _TITLE_NAME.finditer(view.text, 0, _COVER_CHARACTERS):
        yield match.span("name")
    cover = min(len(view.text), _COVER_CHARACTERS)
    label = _DATES_LABEL.search(view.text, 0, cover)
    start = 0
    for place in range(1, label.start() + 1 if label else min(cover, 600)):
        if re.search(r"[\n\f\r]", view.fixed[view.origin[place - 1] : view.origin[place]]):
            if 2 < place - start < 70 and not _IN_ADDRESS.match(view.text, place):
                yield start, place
            start = place
    for match in _IN_PLACE.finditer(view.text, 0, cover):
        yield match.span("name")


def _named(words: str, start: int, day: date | None) -> CouncilNamed | None:
    """Return the council that words name as a whole: the one that existed on a day."""
    plain = words.strip(" .,:;*0123456789")
    begin = start + words.index(plain) if plain else start
    if not re.search(r"[A-Z]", plain):
        return None
    late: Body | None = None
    place = re.sub(r" Council$", "", plain)
    for name in (*(f"{plain}{ending}" for ending in _DESIGNATIONS), place):
        bodies = [body for body in bodies_of(name)[0] if body.is_upper_tier]
        lived = [body for body in bodies if day is None or body.existed_on(day)]
        if len(lived) == 1:
            return CouncilNamed(lived[0], begin, begin + len(plain))
        if len(bodies) == 1 and late is None:
            late = bodies[0]
    if late is not None:
        note = "The register has this council under the name; it did not exist on the days on site."
        return CouncilNamed(late, begin, begin + len(plain), note)
    return None


_INSPECTOR = _PATTERNS["inspector"]
_AGENCY_INSPECTOR = re.compile(r"\bInspectors?\b:?")
"""How the cover of a report on an adoption or fostering agency has it, before 2014."""

_AGENCY = re.compile(r"\bunique reference number\b", re.IGNORECASE)
_AGENCY_COVER_CHARACTERS = 1500
_LONGEST_NAME = 60
# takes: "Jane Doe, HMI"
# takes: "Jane Doe Her Majesty's Inspector"
# leaves: "Jane A. Doe"
_NAME_ENDS = re.compile(
    r"[,;(:|/]|(?<=[a-z]{2})\.(?=\s|$)"
    r"|\bS?HMI\b|\b(?:Her|His) Majesty|\b(?:Ofsted|Social Care|Regulatory|Senior|Deputy"
    r"|Team|Judgement|Age|Report|Published|Additional|Inspectors?|Children|Inspection)\b"
    r"|\s{3,}"
)
_NAME = re.compile(
    r"[A-ZÀ-Þ][\w'’.-]*(?: (?:[A-ZÀ-Þ][\w'’.-]*|de|van|der|la|le|von|al|el|bin)){1,4}"
)
_DAYS_LINE = re.compile(
    r"\s*:?\s*(?:(?:from )?(?:\w+day )?\d[^\n\f\r]*\d{4}[^\n\f\r]*[\n\f\r]\s*)?(?P<line>[^\n\f\r]*)"
)


@dataclass(frozen=True)
class NameFound:
    """A name as printed, and its range in the view."""

    name: str
    start: int
    end: int


def inspectors_of(view: View) -> list[NameFound]:
    """Return the lead inspectors by name: from the cover, else from the list of the team."""
    labels = list(_INSPECTOR.finditer(view.text))
    if _AGENCY.search(view.text, 0, _AGENCY_COVER_CHARACTERS):
        labels += _AGENCY_INSPECTOR.finditer(view.text, 0, _AGENCY_COVER_CHARACTERS)
    for label in labels:
        start, end = _line_after(view, label.end())
        if label.lastgroup == "sentence":
            # A sentence goes on over the end of a line.
            start, end = label.end(), min(len(view.text), label.end() + _LONGEST_NAME)
        value = view.text[start:end]
        stop = _NAME_ENDS.search(value, len(value) - len(value.lstrip(" :")))
        value = value[: stop.start()] if stop else value
        found = []
        place = start
        for part in re.split(r"( and | & )", value):
            named = _NAME.fullmatch(part.strip())
            if named is not None:
                start = place + len(part) - len(part.lstrip())
                end = start + len(named[0])
                first, last = view.span(start, end)
                found.append(NameFound(_as_printed(named[0], view.fixed[first:last]), start, end))
            place += len(part)
        if found:
            return found
    return []


def _as_printed(name: str, printed: str) -> str:
    """Return a name with its letters as printed, which are never mended; lost spaces may be."""
    same = re.sub(r"\s", "", name) == re.sub(r"\s", "", printed)
    return name if same else " ".join(printed.split())


def _line_after(view: View, place: int) -> tuple[int, int]:
    """Return the first line after a label; a line of days between them is the value of another."""
    end = min(len(view.text), place + 90)
    begin = view.origin[place - 1] + 1
    line = _DAYS_LINE.match(view.fixed, begin, begin + 160)
    if line is None:
        return place, end
    first, last = line.span("line")
    start = bisect_left(view.origin, first, place, end)
    return start, max(start, bisect_left(view.origin, last, start, end))
