"""People who were commissioner or adviser in several councils, one line each."""

from dataclasses import dataclass
from datetime import date
from math import ceil, floor

from api.analysis.names import counted, short_name
from api.analysis.palette import Texture, Tone
from api.analysis.picture import Chart, Names, Picture, Rows, Table
from api.analysis.scale import Scale, year_of
from api.analysis.svg import Drawing, text_width
from api.analysis.time_axis import LABEL_PX, draw_years
from ontology.dates import bounds
from ontology.errors import UnreadableDate

_VAGUE_DAYS = 31
"""A beginning that is open by more is drawn as wide as it is."""
_ROW_PX = 19
_LINE_PX = 17
_NAME_PX = 158
_COUNCILS_PX = 330
_TO = " to "
_Bounds = tuple[date | None, date | None]


@dataclass(frozen=True)
class Appointment:
    """One office of a person; the bounds of begin and end, each open where no source tells."""

    council: str
    post: str
    held: str
    begin: _Bounds
    end: _Bounds


@dataclass(frozen=True)
class Career:
    """The appointments of one person."""

    person: str
    number: int
    appointments: list[Appointment]

    @property
    def councils(self) -> list[str]:
        """Return the councils, in the order of the appointments."""
        return list(dict.fromkeys(one.council for one in self.appointments))


def _bounds(text: str) -> _Bounds:
    """Return the bounds of a time; none for words that are no date.

    >>> _bounds("[2023..2024]"), _bounds("spring")
    ((datetime.date(2023, 1, 1), datetime.date(2024, 12, 31)), (None, None))
    """
    try:
        return bounds(text) if text else (None, None)
    except UnreadableDate:
        return None, None


def read_careers(rows: Rows) -> list[Career]:
    """Return the people, those with the most councils first."""
    found: dict[str, Career] = {}
    for row in rows:
        career = found.setdefault(row["person"], Career(row["person"], row["councils"], []))
        held = row["held"] or ""
        begin, _, end = held.partition(_TO)
        council = short_name(row["council"])
        one = Appointment(council, row["post"], held, _bounds(begin), _bounds(end))
        career.appointments.append(one)
    return list(found.values())


def _chart(rows: Rows, _: Names) -> Chart:
    careers = read_careers(rows)
    return Chart(_finding(careers), _table(careers), lambda drawing: _draw(drawing, careers))


def _finding(careers: list[Career]) -> str:
    if not careers:
        return "Nobody is known to have held such an office in several councils."
    most = max(one.number for one in careers)
    those = [one.person for one in careers if one.number == most]
    who = those[0] if len(those) == 1 else counted(len(those), "person", "people")
    more = sum(one.number > 2 for one in careers)
    return (
        f"{counted(len(careers), 'person', 'people')} held such an office in two councils or more, "
        f"{more} of them in three or more; the most is {most} councils ({who})."
    )


def _table(careers: list[Career]) -> Table:
    rows = [
        (career.person, one.council, one.post, one.held or "not told")
        for career in careers
        for one in career.appointments
    ]
    return Table(("person", "council", "office", "held"), rows)


def _draw(drawing: Drawing, careers: list[Career]) -> None:
    days = [
        day
        for career in careers
        for one in career.appointments
        for day in (*one.begin, *one.end)
        if day is not None
    ]
    if not days:
        return
    is_narrow = drawing.width < 600
    start = 6 if is_narrow else _NAME_PX
    end = drawing.width - (10 if is_narrow else _COUNCILS_PX)
    years = Scale(floor(year_of(min(days))), ceil(year_of(max(days))), start, end)
    row_px = _ROW_PX + 2 * _LINE_PX if is_narrow else _ROW_PX
    bottom = row_px * len(careers)
    draw_years(drawing, years, 0, bottom)
    for index, career in enumerate(careers):
        y = index * row_px
        drawing.text(0, y + 13, career.person, is_bold=is_narrow)
        names_x, names_y, room = end + 12, y + 13, _COUNCILS_PX - 14
        if is_narrow:
            names_x, names_y, room = 0, y + 13 + _LINE_PX, round(drawing.width)
        words = _fitting(career.councils, room)
        drawing.text(names_x, names_y, words, tone=Tone.QUIET, size_px=11)
        line_y = y + row_px - 9.5
        drawing.line(start, line_y, end, line_y)
        for one in career.appointments:
            _draw_appointment(drawing, career.person, one, years, line_y)
    drawing.height = bottom + LABEL_PX + 4


def _fitting(councils: list[str], room: float) -> str:
    """Return as many names as have room, and how many more there are.

    >>> _fitting(["Slough", "Sandwell", "Dudley"], 120)
    'Slough + 2'
    """
    for number in range(len(councils), 0, -1):
        left = len(councils) - number
        words = ", ".join(councils[:number]) + (f" + {left}" if left else "")
        if text_width(words, 11) <= room:
            return words
    return counted(len(councils), "council")


def _draw_appointment(
    drawing: Drawing, person: str, one: Appointment, years: Scale, y: float
) -> None:
    first, last = one.begin
    day = first or last
    if day is None:
        return
    words = f"{person}: {one.post}, {one.council}, {one.held}"
    x = years.at(year_of(day))
    if one.end != (None, None):
        _draw_time(drawing, one, years, y, words)
    if first and last and (last - first).days > _VAGUE_DAYS:
        width = years.at(year_of(last)) - x
        drawing.bar(x, y - 3.5, width, 7, Tone.PEOPLE, Texture.HATCHED, words)
    else:
        is_open = first is None or last is None
        drawing.dot(x, y, 3.2, Tone.PEOPLE, is_hollow=is_open, title=words)


def _draw_time(drawing: Drawing, one: Appointment, years: Scale, y: float, words: str) -> None:
    """Draw the time in office: solid while certain, hatched to where it may have ended."""
    begun = one.begin[1] or one.begin[0]
    sure = one.end[0] or begun
    if begun is None or sure is None:
        return
    x, to_x = years.at(year_of(begun)), years.at(year_of(max(sure, begun)))
    drawing.bar(x, y - 2, to_x - x, 4, Tone.PEOPLE, title=words)
    if one.end[1] and (one.end[1] - sure).days > _VAGUE_DAYS:
        further = years.at(year_of(one.end[1]))
        drawing.bar(to_x, y - 2.5, further - to_x, 5, Tone.PEOPLE, Texture.HATCHED, words)


CAREERS = Picture(
    name="people-in-several-councils",
    title="Who was commissioner or adviser in several councils?",
    shows="Everyone who held such an office in two councils or more, one line each.",
    question="people_in_several_councils",
    key="A dot: the beginning of an appointment. A bar: the time in office, where a source tells "
    "the end. Hatched: the beginning, or the end, is a day somewhere in this span. Hollow: "
    "bounded on one side only.",
    caveat="A dot without a bar has no told end, which does not mean that it goes on. Appointments "
    "without any date are only in the table. That two appointments are of one person was decided "
    "by review; others may be missing.",
    chart=_chart,
)
