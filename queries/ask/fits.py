"""How a way of asking fits the parts of a question: what it takes and lacks, and its values."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from queries.ask.names import Names
from queries.ask.parts import Span
from queries.ask.premises import false_premise, says
from queries.ask.times import Time
from queries.ask.vocabulary import Item, Way, each_row
from queries.ask.words import plain
from queries.catalogue import CatalogueQuery, catalogue

_FIRST_DAY = "1900-01-01"
"""The first day of a period that the question does not limit."""
_PERIOD, _SPAN, _DEFINITION = "period", "span", "definition"
"""The slot of a time, that of a time of more than a day, and a notion."""
_TURNING = frozenset(("no", "not", "never", "without", "neither", "nor", "or", "how", "two"))
"""Words that turn a question round, which the catalogue's own words never allow by themselves."""
_SORTS = frozenset(("kind", "office", "form", "regime", "paykind", "framework", "model"))
"""Parameters whose values are what a definition may be asked of."""
_ANY_THING = "thing"
"""The parameter that takes a reference to whatever there is."""
_RANGE = "from", "to"
_JOINING = frozenset(("or", "vs", "versus"))
_UNTIL = "as at", "as of", "by", "up to", "until"
"""Words before the day until which all counts that had been said, where no other day is asked."""
_OR, _EVER = "or", "all-time"
_TOLD_KINDS = frozenset(("office", "paykind"))
"""Parameters of which the answer tells the value in its column "kind"."""
_ALIKE = {"power": "provision"}
"""What people name is another type of value than that of the parameter, with the same values."""


@dataclass(frozen=True)
class Fit:
    """How a way of asking fits: the parts it does not take, the parts it lacks, and its values."""

    way: Way
    left: tuple[Span, ...]
    lacks: tuple[Item, ...]
    unsaid: int
    given: Mapping[str, str]
    said: Mapping[str, str]
    wrong: str = ""
    excused: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether it takes everything, lacks nothing, and holds nothing for true that is not."""
        return not (self.left or self.lacks or self.unsaid or self.wrong)

    @property
    def distance(self) -> int:
        """How much there is that does not fit."""
        return 2 * len(self.left) + 2 * len(self.lacks) + self.unsaid + bool(self.wrong)

    @property
    def taken(self) -> int:
        """How much of what it needs is said."""
        return (
            sum(item.is_needed for item in self.way.items)
            - len(self.lacks)
            + len(self.way.words)
            - self.unsaid
            - bool(self.excused)
        )


def fit_of(way: Way, spans: Sequence[Span], names: Names, today: date, is_present: bool) -> Fit:
    """Return how a way of asking fits a question.

    In: the parts of the question; whether without a day it is about today.
    """
    query = catalogue()[way.question]
    types = {parameter.name: parameter.type for parameter in query.parameters}
    taken: dict[Item, list[Span]] = {}
    left = []
    for span in spans:
        if not _take(way, span, types, taken):
            left.append(span)
    _fill_from_parts(way, spans, types, taken)
    told, counting = each_row(way.question)
    excused = 0
    if all(span.notions.isdisjoint(counting) for span in spans):
        every, left = left, [span for span in left if span.notions.isdisjoint(told)]
        excused = len(every) - len(left)
    left = [span for span in left if not _joins(span, spans, left)]
    named = any(item.is_slot and not item.names & _SORTS for item in taken)
    needed = {some[0] for item, some in taken.items() if item.is_needed}
    is_dated = not any(types.get(name) == "date" for item in way.items for name in item.names)
    if named or (len(needed) > 1 and is_dated):
        # "What are the grades of Norfolk" asks for no definition, nor "what is the share of ...".
        left = [span for span in left if not says(span, _DEFINITION)]
    is_present = is_present and not any(says(span, _EVER) for span in spans)
    filled = _Filling(way, types, taken, today, is_present)
    left = [span for span in left if not _is_council_of(filled.given.get("direction", ""), span)]
    lacks = [item for item in way.items if item.is_needed and item not in taken]
    lacks = [item for item in lacks if not filled.by_default(item)]
    unsaid = way.words.difference(*(span.plain for span in spans))
    wrong = filled.wrong or false_premise(way, spans, names, today)
    return Fit(
        way, tuple(left), tuple(lacks), len(unsaid), filled.given, filled.said, wrong, excused
    )


def _joins(one: Span, spans: Sequence[Span], left: Sequence[Span]) -> bool:
    """Return whether "or" joins two things that a way of asking takes, neither of them a value."""
    if not one.plain or not one.plain <= _JOINING:
        return False
    place = spans.index(one)
    beside = [*_first_said(spans[:place][::-1]), *_first_said(spans[place + 1 :])]
    return len(beside) == 2 and all(
        span.time is None and span not in left and not any(some.value for some in span.readings)
        for span in beside
    )


def _first_said(spans: Sequence[Span]) -> Iterator[Span]:
    yield from [span for span in spans if not span.is_filler][:1]


def _take(way: Way, span: Span, types: Mapping[str, str], taken: dict[Item, list[Span]]) -> bool:
    """Return whether a part of a question fits into a way of asking, and note where.

    A part that fits nowhere as a whole may do so in shorter parts, each for itself.
    """
    # Most parts say none of what a way lists: only its few values have to be looked at then.
    listed = way.slots if way.notions.isdisjoint(span.notions) else way.items
    items = [item for item in listed if _takes(item, span, types)]
    if items:
        best = min(items, key=lambda item: (item in taken, not item.is_needed))
        # An independent trust is a trust, and the value of a parameter too.
        others = [
            item
            for item in items
            if item not in taken
            and item.is_slot != best.is_slot
            and (item.is_slot or item.is_needed)
        ]
        for item in [best, *others[:1]]:
            taken.setdefault(item, []).append(span)
        return True
    if any(one.value and one.name in types.values() for one in span.readings):
        # What it says of a parameter would be lost.
        return False
    if _take_parts(way, span, types, taken):
        return True
    return span.is_filler or _is_own(catalogue()[way.question], span, way.words)


def _take_parts(
    way: Way, span: Span, types: Mapping[str, str], taken: dict[Item, list[Span]]
) -> bool:
    fitting: dict[Item, list[Span]] = {item: [*spans] for item, spans in taken.items()}
    if not span.parts or not all(_take(way, part, types, fitting) for part in span.parts):
        return False
    taken.update(fitting)
    return True


def _fill_from_parts(
    way: Way, spans: Sequence[Span], types: Mapping[str, str], taken: dict[Item, list[Span]]
) -> None:
    """Take phrases in their parts where a part says what a way of asking needs and lacks.

    "An inadequate overall grade" may be the overall grade, or one that is inadequate.
    """
    for span in spans:
        lacking = [item for item in way.items if item.is_needed and item not in taken]
        if any(_takes(item, part, types) for item in lacking for part in span.parts):
            _take_parts(way, span, types, taken)


def _is_own(query: CatalogueQuery, span: Span, words: frozenset[str]) -> bool:
    """Return whether a part of a question says only what the catalogue's own question says."""
    if span.time is not None or any(
        one.label != one.value.replace("-", " ") for one in span.readings
    ):
        return False
    return span.plain <= _own_words(query.name) | words


@cache
def _own_words(name: str) -> frozenset[str]:
    query = catalogue()[name]
    return frozenset(plain(f"{query.title} {query.question}")) - _TURNING


def _is_council_of(direction: str, span: Span) -> bool:
    """Return whether a part of a question names the council of a direction that it names too."""
    code = direction.partition("-")[0]
    return bool(code) and any((one.name, one.value) == ("council", code) for one in span.readings)


def _takes(item: Item, span: Span, types: Mapping[str, str]) -> bool:
    if not item.is_slot:
        return not item.names.isdisjoint(span.notions)
    return bool(_values(item, span, types))


def _values(item: Item, span: Span, types: Mapping[str, str]) -> dict[str, tuple[str, str]]:
    """Return the values that a part of a question gives to parameters, each with its words."""
    (name,) = item.names
    if name not in types and name not in (_PERIOD, _SPAN):
        return {}
    if span.time is not None:
        return _time_values(name, span.time, types, span.words)
    of_type = types.get(name, "")
    # A reference can be to any kind of thing; the name of its parameter tells which.
    is_kind = of_type == "reference" and name != _ANY_THING
    accepted = {name} if is_kind else {of_type, _ALIKE.get(of_type)}
    for one in span.readings:
        if one.value and one.name in accepted:
            return {name: (one.value, one.label)}
    return {}


def _time_values(
    name: str, time: Time, types: Mapping[str, str], words: str
) -> dict[str, tuple[str, str]]:
    first, last = str(time.first), str(time.last)
    if name == _PERIOD and time.kind in ("day", "period", "financial-year"):
        return {"from": (first, first), "to": (last, last)}
    if name == _SPAN and time.kind in ("period", "financial-year"):
        return {"from": (first, first), "to": (last, last)}
    if name == "known_at" and time.kind == "known-at":
        return {name: (first, first)}
    days = [one for one, of_type in types.items() if of_type == "date"]
    is_until = time.kind in ("day", "period") and words.lower().startswith(_UNTIL)
    if is_until and days == [name] == ["known_at"]:
        return {name: (last, last)}
    if types.get(name) == "financialyear" and time.kind == "financial-year":
        return {name: (time.label, time.label)}
    if types.get(name) == "date" and name != "known_at" and time.kind in ("day", "now"):
        return {name: (first, first)}
    return {}


class _Filling:
    """The parameters of a way of asking, filled from the parts that it takes."""

    def __init__(
        self,
        way: Way,
        types: Mapping[str, str],
        taken: Mapping[Item, Sequence[Span]],
        today: date,
        is_present: bool,
    ) -> None:
        self._types, self._today, self._is_present = types, today, is_present
        self.given = dict(way.fixed)
        self.said: dict[str, str] = {
            name: value.replace("-", " ") for name, value in way.fixed.items()
        }
        self.wrong = ""
        self._several: dict[str, set[str]] = {}
        for item, spans in taken.items():
            for span in spans if item.is_slot else ():
                self._put(_values(item, span, types))
        self._leave_open([span for spans in taken.values() for span in spans])
        is_ranged = any(item.names <= {_PERIOD, _SPAN} and not item.is_needed for item in way.items)
        if is_ranged and "from" not in self.given:
            self._put({"from": (_FIRST_DAY, "the beginning"), "to": (str(today), str(today))})

    def _put(self, values: Mapping[str, tuple[str, str]]) -> None:
        for name, (value, words) in values.items():
            known = self.given.get(name, value)
            if known != value:
                self._several[name] = {*self._several.get(name, {known}), value}
            self.given[name] = value
            self.said[name] = words if value in words else f"{words} ({value})"

    def _leave_open(self, spans: Iterable[Span]) -> None:
        """Give no value where one of several kinds is asked for, and the answer tells the kind."""
        has_or = any(_OR in span.plain for span in spans)
        for name, values in self._several.items():
            if name in _TOLD_KINDS and has_or:
                del self.given[name]
                self.said[name] = (
                    f"all, of which the column kind tells {' or '.join(sorted(values))}"
                )
            else:
                self.wrong = f"it names several values for {name}"

    def by_default(self, item: Item) -> bool:
        """Fill the day of a question about the present; return whether it is one."""
        (name,) = item.names if len(item.names) == 1 else ("",)
        is_day = item.is_slot and self._types.get(name) == "date"
        if not is_day or name == "known_at" or not self._is_present or name in _RANGE:
            return False
        self._put({name: (str(self._today), "today")})
        return True
