"""What a question asks: a question of the catalogue with its parameters, or why none.

Nothing is guessed. A question is understood if one way of asking takes every part of it, and every
parameter that has to be given is said, or is the present day in a question about the present.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from itertools import chain

from queries.ask.askers import without_asker
from queries.ask.names import Names
from queries.ask.openings import without_opening
from queries.ask.parts import Span, take_apart
from queries.ask.slips import Slip, without_slips
from queries.ask.times import Time
from queries.ask.unsaid import unsaid
from queries.ask.vocabulary import Item, Way, phrases, words_of_tense
from queries.ask.words import plain
from queries.catalogue import CatalogueQuery, catalogue

LONGEST_CHARACTERS = 300
"""A longer question says more than one question of the catalogue takes."""
_LONGEST_WORDS = 60
_TOO_LONG = (
    "Cannot answer that: it has {} words; expected at most {}, which ask one thing. Leave out what "
    "the question is for."
)
_NEAREST = 3
_FIRST_DAY = "1900-01-01"
"""The first day of a period that the question does not limit."""
_PERIOD, _SPAN, _DEFINITION = "period", "span", "definition"
"""The slot of a time, that of a time of more than a day, and a notion."""
_GIVING, _MINISTER = "to-issue", "minister"
_TURNING = frozenset(("no", "not", "never", "without", "neither", "nor", "or", "how", "two"))
"""Words that turn a question round, which the catalogue's own words never allow by themselves."""
_REFERS_TO_NOTHING = "Cannot answer that: the question does not say whom or what {!r} means."
_OWN_REPORT = "section-114"
_HAVING = frozenset(("has", "have", "had"))
_GIVEN_AWAY = frozenset(
    plain(
        "issued sent written wrote published made provided imposed served signed granted approved"
        " appointed agreed awarded handed proposed supplied announced ordered"
    )
)
"""What ministers have done, never a council, where the verb comes right after its name."""
_SEVERAL_FIT = (
    "Cannot answer that: several questions fit it equally well; choose among the nearest."
)
_SORTS = frozenset(("kind", "office", "form", "regime", "paykind", "framework", "model"))
"""Parameters whose values are what a definition may be asked of."""
_RANGE = "from", "to"
_ALIKE = {"power": "provision"}
"""What people name is another type of value than that of the parameter, with the same values."""


@dataclass(frozen=True)
class Understood:
    """A question of the catalogue, its parameters, and both in words."""

    query: CatalogueQuery
    given: Mapping[str, str]
    words: str


@dataclass(frozen=True)
class NotUnderstood:
    """Why a question cannot be answered, in words, and the questions nearest to it."""

    words: str
    nearest: tuple[CatalogueQuery, ...]


@dataclass(frozen=True)
class _Fit:
    """How a way of asking fits: the parts it does not take, the parts it lacks, and its values."""

    way: Way
    left: tuple[Span, ...]
    lacks: tuple[Item, ...]
    unsaid: int
    given: Mapping[str, str]
    said: Mapping[str, str]
    wrong: str = ""

    @property
    def is_whole(self) -> bool:
        return not (self.left or self.lacks or self.unsaid or self.wrong)

    @property
    def distance(self) -> int:
        return 2 * len(self.left) + 2 * len(self.lacks) + self.unsaid + bool(self.wrong)

    @property
    def taken(self) -> int:
        return (
            sum(item.is_needed for item in self.way.items)
            - len(self.lacks)
            + len(self.way.words)
            - self.unsaid
        )


def understand(text: str, names: Names, today: date) -> Understood | NotUnderstood:
    """Return what a question asks, or why it cannot be answered.

    In: the names that the release knows; the day on which is asked.
    """
    text, slips = without_slips(without_opening(without_asker(text)), names.words)
    if len(plain(text)) > _LONGEST_WORDS:
        return NotUnderstood(_TOO_LONG.format(len(plain(text)), _LONGEST_WORDS), ())
    spans = take_apart(text, names, today)
    missing = unsaid(spans, plain(text))
    present = _is_present(frozenset(plain(text)))
    fit = partial(_fit, spans=spans, names=names, today=today, is_present=present)
    best = _best([one for one in map(fit, _sayable(spans)) if one.is_whole])
    if len(best) == 1 and not missing:
        return _understood(best[0], slips)
    near = [fit(way) for way in _beside(spans)]
    near.sort(key=lambda one: (one.taken == 0, one.distance - 2 * one.taken))
    if best and not missing:
        return NotUnderstood(_SEVERAL_FIT, tuple(_nearest([*best, *near])))
    reason = _REFERS_TO_NOTHING.format(missing) if best else _reason(spans, near)
    return NotUnderstood(reason, tuple(_nearest(near)))


def _sayable(spans: Sequence[Span]) -> Iterator[Way]:
    """Yield the ways of which each notion is among some parts: no other takes them whole."""
    every = [*spans, *chain.from_iterable(span.parts for span in spans)]
    notions = frozenset[str]().union(*(span.notions for span in every))
    words = frozenset[str]().union(*(span.plain for span in spans))
    return (way for way in phrases().ways if way.can_be_said(notions, words))


def _beside(spans: Sequence[Span]) -> list[Way]:
    """Return the ways that share a notion that has to be said with some parts, or all of them."""
    notions = frozenset[str]().union(*(span.notions for span in spans))
    ways = [way for way in phrases().ways if not way.words]
    return [way for way in ways if not way.needed.isdisjoint(notions)] or ways


def _is_present(words: frozenset[str]) -> bool:
    """Return whether a question without a day is about today: what was issued can remain."""
    past = words_of_tense("past")
    if "remain" in words:
        past -= words_of_tense("participles")
    return bool(words & words_of_tense("present")) and not words & past


def _best(whole: Sequence[_Fit]) -> list[_Fit]:
    """Return the ways that take most of what is said, one of each question that does.

    A question about all kinds of acts yields to one about the kind that is asked for.
    """
    most = max((fit.taken for fit in whole), default=0)
    by_question = {fit.way.question: fit for fit in reversed(whole) if fit.taken == most}
    yields = phrases().yields
    return [
        fit
        for name, fit in by_question.items()
        if yields.get(name, frozenset()).isdisjoint(by_question)
    ]


def _understood(fit: _Fit, slips: Sequence[Slip]) -> Understood:
    query = catalogue()[fit.way.question]
    said = "; ".join(f"{name}: {words}" for name, words in fit.said.items())
    read = "; ".join(f"{slip.written!r} as {slip.read!r}" for slip in slips)
    parts = (query.question, f"With {said}." if said else "", f"Read {read}." if read else "")
    return Understood(query, fit.given, " ".join(filter(None, parts)))


def _fit(way: Way, spans: Sequence[Span], names: Names, today: date, is_present: bool) -> _Fit:
    query = catalogue()[way.question]
    types = {parameter.name: parameter.type for parameter in query.parameters}
    taken: dict[Item, list[Span]] = {}
    left = []
    for span in spans:
        if not _take(way, span, types, taken):
            left.append(span)
    if any(item.is_slot and not item.names & _SORTS for item in taken):
        # "What are the grades of Norfolk" asks for no definition.
        left = [span for span in left if not _says(span, _DEFINITION)]
    filled = _Filling(way, types, taken, today, is_present)
    left = [span for span in left if not _is_council_of(filled.given.get("direction", ""), span)]
    lacks = [item for item in way.items if item.is_needed and item not in taken]
    lacks = [item for item in lacks if not filled.by_default(item)]
    unsaid = way.words.difference(*(span.plain for span in spans))
    wrong = (
        filled.wrong
        or _giver(way, spans)
        or _council_gives(way, spans)
        or _out_of_reach(way, spans, names, today)
    )
    return _Fit(way, tuple(left), tuple(lacks), len(unsaid), filled.given, filled.said, wrong)


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
        slots = [item for item in items if item.is_slot and item not in taken and item != best]
        for item in [best, *slots[:1]]:
            taken.setdefault(item, []).append(span)
        return True
    if span.is_filler or _is_own(catalogue()[way.question], span, way.words):
        return True
    fitting: dict[Item, list[Span]] = {item: [*spans] for item, spans in taken.items()}
    if not span.parts or not all(_take(way, part, types, fitting) for part in span.parts):
        return False
    taken.update(fitting)
    return True


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


def _says(span: Span, notion: str) -> bool:
    return any(one.name == notion for one in span.readings)


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
    accepted = {of_type, _ALIKE.get(of_type), name if of_type == "reference" else of_type}
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
        for item, spans in taken.items():
            for span in spans if item.is_slot else ():
                self._put(_values(item, span, types))
        is_ranged = any(item.names <= {_PERIOD, _SPAN} and not item.is_needed for item in way.items)
        if is_ranged and "from" not in self.given:
            self._put({"from": (_FIRST_DAY, "the beginning"), "to": (str(today), str(today))})

    def _put(self, values: Mapping[str, tuple[str, str]]) -> None:
        for name, (value, words) in values.items():
            if self.given.get(name, value) != value:
                self.wrong = f"it names several values for {name}"
            self.given[name] = value
            self.said[name] = words if value in words else f"{words} ({value})"

    def by_default(self, item: Item) -> bool:
        """Fill the day of a question about the present; return whether it is one."""
        (name,) = item.names if len(item.names) == 1 else ("",)
        is_day = item.is_slot and self._types.get(name) == "date"
        if not is_day or name == "known_at" or not self._is_present or name in _RANGE:
            return False
        self._put({name: (str(self._today), "today")})
        return True


def _giver(way: Way, spans: Sequence[Span]) -> str:
    """Return in words that somebody else gives than the ministers of a way of asking, if so.

    "Which directions did ministers send" has them before the verb; a council there is the giver.
    """
    if not {_GIVING, _MINISTER} <= way.needed:
        return ""
    before = ""
    for span in spans:
        if _says(span, _GIVING) and before != _MINISTER:
            return f"it does not say that ministers {span.words}"
        if not span.is_filler or _says(span, _MINISTER):
            before = _MINISTER if _says(span, _MINISTER) else span.words
    return ""


def _council_gives(way: Way, spans: Sequence[Span]) -> str:
    """Return in words that a council is said to give what ministers give, if it is.

    "Which directions has Slough issued" is not "which has it been issued"; reports of its finance
    officer are its own.
    """
    if _OWN_REPORT in way.needed:
        return ""
    for before, council, verb in zip(spans, spans[1:], spans[2:], strict=False):
        is_council = any(one.name == "council" and one.value for one in council.readings)
        is_having = before.words.split()[-1].lower() in _HAVING
        if is_having and is_council and not verb.plain.isdisjoint(_GIVEN_AWAY):
            return f"it says that {council.words} {verb.words}"
    return ""


def _out_of_reach(way: Way, spans: Sequence[Span], names: Names, today: date) -> str:
    """Return in words why a time is one of which the record can tell nothing, if it is."""
    topics = catalogue()[way.question].topics
    begins = [names.begins[one] for one in topics if one in names.begins]
    for span in spans:
        if span.time is None:
            continue
        first, last = span.time.first, span.time.last
        if first > today or (last > today and last.year > today.year + 1):
            return f"{span.words!r} lies in the future"
        if begins and last < min(begins):
            return f"nothing was read of the time before {min(begins)}"
    return ""


def _reason(spans: Sequence[Span], near: Sequence[_Fit]) -> str:
    doubtful = [span for span in spans if span.offered and not span.says_something]
    if doubtful:
        named = "; ".join(one.described for one in doubtful[0].offered)
        return f"Cannot answer that: {doubtful[0].words!r} may mean {named}."
    unknown = [span.words for span in spans if not span.is_understood]
    if unknown:
        return f"Cannot answer that: the words {', '.join(map(repr, unknown))} are not understood."
    best = near[0]
    if best.wrong:
        return f"Cannot answer that: {best.wrong}."
    if best.left:
        words = ", ".join(repr(span.words) for span in best.left)
        return f"Cannot answer that: no question of the catalogue takes {words} with the rest."
    lacking = [name for item in best.lacks for name in sorted(item.names)]
    title = catalogue()[best.way.question].title
    return f"Cannot answer that: the nearest question, {title!r}, needs {', '.join(lacking)} too."


def _nearest(near: Sequence[_Fit]) -> Iterator[CatalogueQuery]:
    names = list(dict.fromkeys(fit.way.question for fit in near))
    for name in names[:_NEAREST]:
        yield catalogue()[name]
