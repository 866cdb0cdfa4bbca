"""Find when a duty falls due: by a day, after an event, again and again, or when asked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from loaders.documents.find.dates import DateFound, limit_of
from loaders.documents.layout.blocks import Block
from loaders.documents.text.numbers import CARDINAL, whole_number

_COUNT = rf"(?:\d{{1,3}}|{CARDINAL})"
_NUMBER = rf"(?P<number>{_COUNT}|an?)"
_UNIT = r"(?P<unit>working days?|days?|weeks?|months?|years?)"

_WITHIN = re.compile(
    r"\b(?:with ?in|after|no later than|not later than|in the first) "
    rf"{_NUMBER} (?:calendar )?{_UNIT}(?:'s?)?"
    r"(?: (?:of|from|after|following|beginning with) (?:the )?(?P<event>"
    r"(?:date of )?(?:(?:his|her|their|this|these|the) )?\w+(?: of this direction)?))?",
    re.IGNORECASE,
)
_AT_INTERVALS = re.compile(
    rf"\b(?:at|after|in) (?P<numbers>{_COUNT}"
    rf"(?:(?:\s*,\s*(?:and )?|\s+and\s+){_COUNT})+) {_UNIT}\b",
    re.IGNORECASE,
)
"""Several times after an event, as in: after 3, 6 and 12 months."""

_COUNTED = re.compile(
    rf"(?P<numbers>{_COUNT} months?"
    rf"(?:(?:\s*,\s*(?:and )?|\s+and\s+){_COUNT} months?)*) "
    r"(?:after|from) "
    r"(?:the )?(?:date|day) of (?:this|these) directions?",
    re.IGNORECASE,
)
_AHEAD = re.compile(
    rf"\b(?:at least|not less than|no fewer than) {_NUMBER} (?:clear )?{_UNIT}(?:'s?)? before\b",
    re.IGNORECASE,
)
"""A time before an event, as in: at least seven days before it is made."""

_RECURRING: list[tuple[re.Pattern[str], str]] = [
    (
        re.compile(
            rf"\b(?:thereafter )?(?:on an? )?(?P<number>{_COUNT})[- ]"
            r"(?P<unit>week|month)ly(?: basis)?",
            re.IGNORECASE,
        ),
        "",
    ),
    (re.compile(rf"\b(?:thereafter )?every {_NUMBER} {_UNIT}", re.IGNORECASE), ""),
    (re.compile(r"\b(?:on a )?fortnightly(?: basis)?", re.IGNORECASE), "P14D"),
    (re.compile(r"\b(?:on a )?(?<!-)quarterly(?: basis)?", re.IGNORECASE), "P3M"),
    (
        re.compile(
            r"\b(?:on an? )?(?<!-)(?:annual|yearly)(?:ly)? basis|\bannually\b", re.IGNORECASE
        ),
        "P1Y",
    ),
    (
        re.compile(r"\b(?:on a )monthly basis|(?<![-\w])monthly\b(?! basis)", re.IGNORECASE),
        "P1M",
    ),
    (
        re.compile(r"\b(?:on a )weekly basis|(?<![-\w])weekly\b(?! basis)", re.IGNORECASE),
        "P7D",
    ),
    (re.compile(r"\b(?:every|each) (?P<unit>month|week|quarter|year)\b", re.IGNORECASE), "unit"),
    (
        re.compile(
            r"(?<!-)\bannual (?=(?:progress )?(?:reviews?|reports?|assessments?|updates?)\b)",
            re.IGNORECASE,
        ),
        "P1Y",
    ),
]
_RECURRING += [
    (
        re.compile(r"\bhalf[- ]?yearly\b|\btwice (?:a|each|every|in each) year\b", re.IGNORECASE),
        "P6M",
    ),
    (re.compile(r"\bin (?:each|every) (?P<unit>month|week|quarter|year)\b", re.IGNORECASE), "unit"),
]
_UNIT_PERIODS = {"month": "P1M", "week": "P7D", "quarter": "P3M", "year": "P1Y"}

_ON_REQUEST: list[tuple[re.Pattern[str], str]] = [
    (re.compile(r"\bon request\b(?: allowing\b.*?\bat all reasonable times)?", re.IGNORECASE),
     "A request, at a reasonable time."),
    (re.compile(r"\bwhen(?:ever)? (?:so )?(?:requested|asked|required|instructed)(?: to do "
                r"so)?\b", re.IGNORECASE),
     "A request or an instruction."),
    (re.compile(r"\bon (?:such )?dates to be notified(?: to the \w+)?", re.IGNORECASE),
     "Notice of the dates."),
    (re.compile(r"\bas (?:he|she|they|the [\w' ]+?) (?:may|might) reasonably require(?: from "
                r"time to time)?", re.IGNORECASE),
     "A reasonable need of those who receive it."),
    (re.compile(r"\b(?:as (?:and when )?required|as necessary|as and when "
                r"requested)\b", re.IGNORECASE),
     "A need for it."),
    (re.compile(r"\b(?:and )?(?P<words>more frequently (?:if|as|when)\b[^.;]*)", re.IGNORECASE),
     "A need for it more often."),
]  # fmt: skip

_NOT_DUE = re.compile(
    r"\b(?:made|issued|given|published|incurred|entered into|held|as (?:it|they)|in force"
    r""
    r"|immediately|was|were|had|(?:which|that|who) (?:is|are))\b"
    r"[^,;]{0,60}\bbefore (?:the )?(?:end of )?$"
    r"|^\W*(?:if|unless)\b[^,]*$",
    re.IGNORECASE,
)
"""Words that set a day before which something was, and not by which it is to be."""

_FIRST_OF = re.compile(
    r"(?P<what>\b(?:to )?(?:provide |deliver )?(?P<noun>(?:regular )?(?:reports?"
    r"|updates?)\b[^.;,]*)),? "
    r"(?:the first(?: of which)?) (?:\w+ ){0,3}?(?=by\b|no later|on\b|in\b)",
    re.IGNORECASE,
)


def deadlines_in(block: Block, anchor: str | None, direction: str) -> list[dict[str, Any]]:
    """Return the deadlines of a duty, in the order of its words.

    In: the references of the appointment and of the direction, from which times may count.
    """
    found = [
        *_fixed(block),
        *_relative(block, anchor, direction),
        *_at_intervals(block),
        *_recurring(block),
        *_on_request(block),
    ]
    return _joined([deadline for _, deadline in sorted(found, key=lambda pair: pair[0])])


def _joined(deadlines: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return deadlines with the day of the first report on those that come again."""
    again = [one for one in deadlines if one["kind"] == "recurring"]
    first = [one for one in deadlines if "first_due" in one]
    if len(again) != 1 or not first:
        return deadlines
    again[0]["first_due"] = first[0]["first_due"]
    return [one for one in deadlines if one is not first[0]]


def _fixed(block: Block) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the deadlines with a day or a month; a first report has no time for those after it."""
    first = _FIRST_OF.search(block.text)
    for date in block.dates:
        if not date.lead and not (first and date.start >= first.end()):
            continue
        told = _NOT_DUE.search(before(block, date))
        if date.lead == "until" or told:
            continue
        limit = limit_of(date, block.view)
        time = limit.time(block.view, block.label).model_dump(exclude_defaults=True)
        if date.lead == "before" and date.is_day:
            time.setdefault("reason", "It falls due before this day.")
        if first and 0 <= date.start - first.end() < 30:
            place = block.place(first.start("noun"), date.end)
            yield first.start("noun"), {"kind": "unspecified", "first_due": time, **place}
        else:
            place = block.place(limit.start, limit.end)
            yield limit.start, {"kind": "fixed", "due": time, **place}


def before(block: Block, date: DateFound) -> str:
    """Return the words before a date in its sentence."""
    return block.text[block.sentence_at(date.start)[0] : date.start]


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
    """Yield the deadlines that come again."""
    taken: list[tuple[int, int]] = []
    for pattern, fixed in _RECURRING:
        for match in pattern.finditer(block.text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            if fixed:
                named = fixed if fixed != "unit" else _UNIT_PERIODS[match["unit"].casefold()]
                period = {"period": named}
            else:
                period = _length("period", match["number"], match["unit"])
            yield match.start(), {"kind": "recurring", **period, **block.place(*match.span())}


def _on_request(block: Block) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the deadlines that wait for somebody to ask."""
    for pattern, trigger in _ON_REQUEST:
        match = pattern.search(block.text)
        if match:
            group = "words" if "words" in pattern.groupindex else 0
            place = block.place(*match.span(group))
            yield match.start(group), {"kind": "on-request", "trigger": trigger, **place}
