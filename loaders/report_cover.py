"""Read the cover of an inspection report or letter: council, days, publication."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from data.council_bodies import Body
from loaders.councils_in_text import CouncilFound, bodies_of, councils_in, likenesses_in
from loaders.dates_in_text import DateFound, dates_in
from loaders.days_on_site import Stay, stay_in
from loaders.reading_view import View

COVER_CHARACTERS = 5000
VALUE_CHARACTERS = 170
DATES_LABEL = re.compile(
    r"\b(?:inspection|visit|fieldwork|on-?site)(?: start)? dates?(?: of (?:the )?"
    r"(?:inspection|visit))?\b:?|\bdates? of (?:the )?(?:this )?(?:inspection|visit|fieldwork)\b:?"
    r"|\binspected (?:on|between|from)\b|\bdates? inspected\b:?",
    re.IGNORECASE,
)
CARRIED_OUT = re.compile(
    r"\b(?:inspection|visit|fieldwork)\b[^.]{0,160}?\b(?:between|from|on|took place)\b"
    r"(?= [^.]{0,20}\d)",
    re.IGNORECASE,
)
DAYS_FIRST = re.compile(
    r"\b(?:between|from|on) (?=(?:(?:mon|tues|wednes|thurs|fri)day,? )?(?:the )?\d)"
    r"(?=[^.]{6,60}?\d,? [^.\d]{0,260}?\b(?:inspection|inspected|revisit(?:ed)?|visit(?:ed)?)\b)",
    re.IGNORECASE,
)
BEFORE = re.compile(r"\b(?:last|previous|earlier|initial|first|next)(?: \w+)?[ :]*$", re.IGNORECASE)
NEXT_LABEL = re.compile(
    r"\b(?:(?:lead|reporting) inspector|inspectors?\b|(?:report |first )?published|publication"
    r"|date (?:of publication|published)|judgements?|age group|the overall|overall effectiveness"
    r"|children'?s services|reference|unique reference|type of|(?:previous|last) inspection"
    r"|dear|date of (?:previous|last))\b",
    re.IGNORECASE,
)
PUBLISHED = re.compile(
    r"\b(?:(?:report |first |date )?published(?: on| date)?|(?:date of )?publication(?: date)?)\b"
    r" ?:? ?(?=(?:mon|tues|wednes|thurs|fri)?(?:day)?,? ?\d)",
    re.IGNORECASE,
)
OTHER_LABELS = re.compile(
    r"[ :]*(?:(?:(?:lead|reporting) inspectors?|judge?ments?|grades?|age group|published)[ :]+)+",
    re.IGNORECASE,
)
TITLE_NAME = re.compile(
    r"\b(?:inspection|visit) (?:of|to)(?: the)? (?P<name>[A-Z][^.:;]{2,70}?)(?:'s?)?"
    r" (?:local authority|local area|children'?s (?:social care )?services|council's|adoption"
    r"|area)",
    re.IGNORECASE,
)
IN_PLACE = re.compile(
    r"\bchildren'?s services in (?P<name>[A-Z][\w'&,. -]{2,60}?) (?:is|are|ha[sv]e?|requires?)\b"
)
IN_ADDRESS = re.compile(r"[\s,]*[A-Z]{1,2}\d[\dA-Z]? ?\d[A-Z]{2}\b")
"""A postcode, before which a place is that of an office."""

DESIGNATIONS = ("", " County Council", " City Council", " Council", " Borough Council")


@dataclass(frozen=True)
class CouncilNamed:
    """The council that a document is about, and where its name stands."""

    body: Body
    start: int
    end: int
    note: str = ""


def stay_of(view: View) -> Stay | None:
    """Return the days on site: after their label, else in the sentence that tells of the visit."""
    for label in _labels_of_days(view, 0, COVER_CHARACTERS):
        stay = stay_in(view, label.end(), _value_end(view, label.end()))
        stay = stay or _stay_in_columns(view, label.end())
        if stay is not None:
            return stay
    # The dot of St. Helens ends no sentence.
    plain = re.sub(r"\bSt\.", "St ", view.text)
    told = [one.end() for one in DAYS_FIRST.finditer(plain, 0, COVER_CHARACTERS)]
    for place in (*told, *(one.end() for one in CARRIED_OUT.finditer(plain, 0, COVER_CHARACTERS))):
        stop = plain.find(". ", place)
        stay = stay_in(view, place, min(place + 90, stop if stop > 0 else len(view.text)))
        if stay is not None and stay.first is not None:
            return stay
    for label in _labels_of_days(view, COVER_CHARACTERS, len(view.text)):
        stay = stay_in(view, label.end(), _value_end(view, label.end()))
        if stay is not None and stay.first is not None:
            return stay
    return None


def _labels_of_days(view: View, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield the labels of days on site, without those of another inspection."""
    for label in DATES_LABEL.finditer(view.text, start, end):
        if not BEFORE.search(view.text, max(0, label.start() - 30), label.start()):
            yield label


def _stay_in_columns(view: View, start: int) -> Stay | None:
    """Return the days on site where all labels of a cover stand before all their values."""
    label = OTHER_LABELS.match(view.text, start)
    if label is None:
        return None
    stay = stay_in(view, label.end(), min(label.end() + 60, len(view.text)))
    first = view.text[label.end() : label.end() + 30]
    return stay if stay is not None and re.match(r"(?:\w+day )?\d", first) else None


def _value_end(view: View, start: int) -> int:
    """Return where the value after a label ends: at the next label."""
    end = min(start + VALUE_CHARACTERS, len(view.text))
    following = NEXT_LABEL.search(view.text, start, end)
    return following.start() if following else end


def published_of(view: View) -> DateFound | None:
    """Return the date of publication that the cover prints, if it prints one."""
    for label in PUBLISHED.finditer(view.text, 0, COVER_CHARACTERS):
        part = view.part(label.end(), min(len(view.text), label.end() + 40))
        for found in dates_in(part)[:1]:
            if found.start <= 2 and (found.edtf or found.candidates):
                start = label.end()
                return DateFound(
                    start + found.start,
                    start + found.end,
                    found.edtf,
                    found.status,
                    found.candidates,
                    found.reason,
                )
    return None


def council_of_report(view: View, day: date | None) -> CouncilNamed | None:
    """Return the council that a report or letter is about: the body that existed on a day."""
    for start, end in _name_places(view):
        found = _named(view.text[start:end], start, day)
        if found is not None:
            return found
    for part in (view.part(0, min(len(view.text), COVER_CHARACTERS)), view):
        named = [one for one in councils_in(part) if not IN_ADDRESS.match(part.text, one.end)]
        for one in _likeliest(named, day):
            body = one.on(day)
            if body is not None and body.is_upper_tier:
                return CouncilNamed(body, one.start, one.end)
    for likeness in likenesses_in(view.part(0, min(len(view.text), COVER_CHARACTERS))):
        body = likeness.on(day)
        if body is not None:
            note = "The name is not in the register; this is the one most like it."
            return CouncilNamed(body, likeness.start, likeness.end, note)
    return None


def _likeliest(found: list[CouncilFound], day: date | None) -> Iterator[CouncilFound]:
    """Yield the councils of a part, those named as councils before places."""
    yield from (one for one in found if one.is_full and one.on(day))
    yield from (one for one in found if not one.is_full and one.on(day))


def _name_places(view: View) -> Iterator[tuple[int, int]]:
    """Yield where the cover is likely to name the council."""
    for match in TITLE_NAME.finditer(view.text, 0, COVER_CHARACTERS):
        yield match.span("name")
    cover = min(len(view.text), COVER_CHARACTERS)
    label = DATES_LABEL.search(view.text, 0, cover)
    start = 0
    for place in range(1, label.start() + 1 if label else min(cover, 600)):
        if re.search(r"[\n\f\r]", view.fixed[view.origin[place - 1] : view.origin[place]]):
            if 2 < place - start < 70 and not IN_ADDRESS.match(view.text, place):
                yield start, place
            start = place
    for match in IN_PLACE.finditer(view.text, 0, cover):
        yield match.span("name")


def _named(words: str, start: int, day: date | None) -> CouncilNamed | None:
    """Return the council that words name as a whole: the one that existed on a day."""
    plain = words.strip(" .,:;*0123456789")
    begin = start + words.index(plain) if plain else start
    if not re.search(r"[A-Z]", plain):
        return None
    late: Body | None = None
    place = re.sub(r" Council$", "", plain)
    for name in (*(f"{plain}{ending}" for ending in DESIGNATIONS), place):
        bodies = [one for one in bodies_of(name)[0] if one.is_upper_tier]
        lived = [one for one in bodies if day is None or one.existed_on(day)]
        if len(lived) == 1:
            return CouncilNamed(lived[0], begin, begin + len(plain))
        if len(bodies) == 1 and late is None:
            late = bodies[0]
    if late is not None:
        note = "The register has this council under the name; it did not exist on the days on site."
        return CouncilNamed(late, begin, begin + len(plain), note)
    return None
