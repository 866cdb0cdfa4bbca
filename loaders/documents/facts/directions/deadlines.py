"""Find when a duty falls due: by a day, after an event, again and again, or when asked."""

import re
from collections.abc import Iterator
from operator import itemgetter
from typing import Any

from loaders.documents.find.dates import limit_of
from loaders.documents.layout.blocks import Block, time_in
from loaders.documents.text import words_beside
from loaders.documents.text.numbers import CARDINAL, whole_number

_COUNT = rf"(?:\d{{1,3}}|{CARDINAL})"
_NUMBER = rf"(?P<number>{_COUNT}|an?)"
_AND = r"(?:\s*,\s*(?:and )?|\s+and\s+)"
_UNIT = r"(?P<unit>working days?|days?|weeks?|months?|years?)"

# takes: "within three months of the date of this direction"
# leaves: "three months before the election"
_WITHIN = re.compile(
    r"\b(?:with ?in|after|no later than|not later than|in the first) "
    rf"{_NUMBER} (?:calendar )?{_UNIT}(?:'s?)?"
    r"(?: (?:of|from|after|following|beginning with) (?:the )?(?P<event>"
    r"(?:date of )?(?:(?:his|her|their|this|these|the) )?\w+(?: of this direction)?))?",
    re.IGNORECASE,
)
# takes: "after 3, 6 and 12 months"
# leaves: "after 3 months"
_AT_INTERVALS = re.compile(
    rf"\b(?:at|after|in) (?P<numbers>{_COUNT}(?:{_AND}{_COUNT})+) {_UNIT}\b", re.IGNORECASE
)
# takes: "three months and nine months after the date of this Direction"
# leaves: "three months after the election"
_COUNTED = re.compile(
    rf"(?P<numbers>{_COUNT} months?(?:{_AND}{_COUNT} months?)*) "
    r"(?:after|from) (?:the )?(?:date|day) of (?:this|these) directions?",
    re.IGNORECASE,
)
# takes: "at least seven days before the decision"
# leaves: "seven days before the decision"
_AHEAD = re.compile(
    rf"\b(?:at least|not less than|no fewer than) {_NUMBER} (?:clear )?{_UNIT}(?:'s?)? before\b",
    re.IGNORECASE,
)
# takes: "on a six-monthly basis"
# leaves: "on a monthly basis"
_N_MONTHLY = re.compile(
    rf"\b(?:thereafter )?(?:on an? )?(?P<number>{_COUNT})[- ](?P<unit>week|month)ly(?: basis)?",
    re.IGNORECASE,
)
_EVERY = re.compile(rf"\b(?:thereafter )?every {_NUMBER} {_UNIT}", re.IGNORECASE)

# takes: "the report issued before "
# leaves: "to report before "
_NOT_DUE = re.compile(
    r"\b(?:made|issued|given|published|incurred|entered into|held|as (?:it|they)|in force"
    r"|immediately|was|were|had|(?:which|that|who) (?:is|are))\b"
    r"[^,;]{0,60}\bbefore (?:the )?(?:end of )?$"
    r"|^\W*(?:if|unless)\b[^,]*$",
    re.IGNORECASE,
)
"""Words that set a day before which something was, and not by which it is to be."""

# takes: "regular reports on progress, the first by 1 May"
# leaves: "a first report on progress by 1 May"
_FIRST_OF = re.compile(
    r"(?P<what>\b(?:to )?(?:provide |deliver )?(?P<noun>(?:regular )?(?:reports?"
    r"|updates?)\b[^.;,]*)),? "
    r"(?:the first(?: of which)?) (?:\w+ ){0,3}?(?=by\b|no later|on\b|in\b)",
    re.IGNORECASE,
)


_RULES: dict[str, Any] = words_beside(__name__)


def deadlines_in(block: Block, anchor: str | None, direction: str) -> list[dict[str, Any]]:
    """Return the deadlines of a duty, in the order of its words.

    In: the references of the appointment and of the direction, from which times may count.
    """
    deadlines = [
        *_fixed(block),
        *_relative(block, anchor, direction),
        *_at_intervals(block),
        *_recurring(block),
        *_on_request(block),
    ]
    return _joined([deadline for _, deadline in sorted(deadlines, key=itemgetter(0))])


def _joined(deadlines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return deadlines with the day of the first report on those that come again."""
    recurring = [deadline for deadline in deadlines if deadline["kind"] == "recurring"]
    first = next((deadline for deadline in deadlines if "first_due" in deadline), None)
    if len(recurring) != 1 or first is None:
        return deadlines
    recurring[0]["first_due"] = first["first_due"]
    return [deadline for deadline in deadlines if deadline is not first]


def _fixed(block: Block) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the deadlines with a day or a month; a first report has no time for those after it."""
    first = _FIRST_OF.search(block.text)
    for date in block.dates:
        if not date.lead and not (first and date.start >= first.end()):
            continue
        before = block.text[block.sentence_at(date.start)[0] : date.start]
        if date.lead == "until" or _NOT_DUE.search(before):
            continue
        limit = limit_of(date, block.view)
        time = time_in(block, limit)
        if date.lead == "before" and date.edtf:
            time.setdefault("reason", "It falls due before this time.")
        if first and 0 <= date.start - first.end() < 30:
            place = block.place(first.start("noun"), date.end)
            yield first.start("noun"), {"kind": "unspecified", "first_due": time, **place}
        else:
            place = block.place(limit.start, limit.end)
            yield limit.start, {"kind": "fixed", "due": time, **place}


def _relative(
    block: Block, anchor: str | None, direction: str
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the deadlines that count from an event."""
    for match in _WITHIN.finditer(block.text):
        event = (match["event"] or "").casefold()
        deadline: dict[str, Any] = {
            "kind": "relative",
            **_length("offset", match["number"], match["unit"]),
            **block.place(*match.span()),
        }
        if "appointment" in event and anchor:
            deadline["anchor_event"] = anchor
        elif "direction" in event or "date" in event:
            deadline["anchor_event"] = direction
        yield match.start(), deadline


def _at_intervals(block: Block) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the deadlines of a list of times that count from the same event."""
    for match in _AT_INTERVALS.finditer(block.text):
        place = block.place(*match.span())
        for number in re.findall(_COUNT, match["numbers"], re.IGNORECASE):
            offset = _length("offset", number, match["unit"])
            yield match.start(), {"kind": "relative", **offset, **place}
    for match in _AHEAD.finditer(block.text):
        offset = _length("offset", match["number"], match["unit"])
        yield match.start(), {"kind": "relative", **offset, **block.place(*match.span())}
    for match in _COUNTED.finditer(block.text):
        if re.search(r"\b(?:within|than|after|first|every) $", block.text[: match.start()], re.I):
            continue
        place = block.place(*match.span())
        for number in re.findall(_COUNT, match["numbers"], re.IGNORECASE):
            offset = _length("offset", number, "months")
            yield match.start(), {"kind": "relative", **offset, **place}


def _length(name: str, number: str, unit: str) -> dict[str, str]:
    """Return a length of time under its name; working days are counted, not measured.

    >>> _length("offset", "six", "months"), _length("period", "6", "week")
    ({'offset': 'P6M'}, {'period': 'P42D'})
    >>> _length("offset", "ten", "working days")
    {'amount': '10', 'unit': 'working-days'}
    """
    count = 1 if number.casefold() in {"a", "an"} else whole_number(number)
    kind = unit[0].upper()
    if unit.casefold().startswith("working"):
        return {"amount": str(count), "unit": "working-days"}
    return {name: f"P{7 * (count or 0)}D" if kind == "W" else f"P{count}{kind}"}


def _recurring(block: Block) -> Iterator[tuple[int, dict[str, Any]]]:
    taken: list[range] = []
    for match, period in _periods(block.text):
        if not any(match.start() < other.stop and other.start < match.end() for other in taken):
            taken.append(range(*match.span()))
            yield match.start(), {"kind": "recurring", **period, **block.place(*match.span())}


def _periods(text: str) -> Iterator[tuple[re.Match[str], dict[str, str]]]:
    """Yield the words for periods in a text, those with numbers first; they may overlap."""
    for pattern in (_N_MONTHLY, _EVERY):
        for match in pattern.finditer(text):
            yield match, _length("period", match["number"], match["unit"])
    for rule in _RULES["recurring"]:
        for match in re.finditer(rule["pattern"], text, re.IGNORECASE):
            yield (
                match,
                {"period": rule.get("period") or _RULES["units"][match["unit"].casefold()]},
            )


def _on_request(block: Block) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the deadlines that wait for somebody to ask."""
    for rule in _RULES["on-request"]:
        match = block.search(rule["pattern"])
        if match:
            place = match.span("words" if "words" in match.groupdict() else 0)
            deadline = {"kind": "on-request", "trigger": rule["trigger"], **block.place(*place)}
            yield place[0], deadline
