"""Find when a duty falls due: by a day, after an event, again and again, or when asked."""

import datetime
import re
from collections.abc import Iterator
from functools import cache
from operator import itemgetter
from typing import Any

from loaders.documents.find.dates import DateFound, limit_of
from loaders.documents.layout.blocks import Block, time_in
from loaders.documents.text import words_beside
from loaders.documents.text.numbers import (
    CARDINAL,
    DAY,
    MONTH,
    day_number,
    is_in_calendar,
    month_number,
    whole_number,
)

# takes: "the report issued before "
# leaves: "to report before "
_NOT_DUE = re.compile(
    r"\b(?:made|issued|given|published|incurred|entered into|held|as (?:it|they)|in force"
    r"|immediately|was|were|had|(?:which|that|who) (?:is|are))\b"
    r"(?:(?! to be | must | shall )[^,;]){0,60}\bbefore (?:the )?(?:end of )?$"
    r"|^\W*(?:if|unless)\b[^,]*$",
    re.IGNORECASE,
)
"""Words that set a day before which something was, and not by which it is to be."""

# takes: "report to the Secretary of State on "
# leaves: "the report published on "
_ON_DAY = re.compile(
    r"\b(?:report|submit|publish|meet|provide|send|deliver|complete|hold|attend|present|cease|begin"
    r"|start|return|lay)\b(?!(?:[^.;,]* )?(?:\w+ed|given|made|held|sent|met|issued|of|for) on )"
    r"[^.;]{0,80} on (?:the )?$",
    re.IGNORECASE,
)
"""Words of a duty that is to be done on the day after them."""

# takes: "regular reports on progress, the first by 1 May"
# leaves: "a first report on progress by 1 May"
_FIRST_OF = re.compile(
    r"(?P<what>\b(?:to )?(?:provide |deliver )?(?P<noun>(?:regular )?(?:reports?"
    r"|updates?)\b[^.;,]*)),? "
    r"(?:the first(?: of which)?) (?:\w+ ){0,3}?(?=by\b|no later|on\b|in\b)",
    re.IGNORECASE,
)


# takes: "Staff have been consulted: "
# leaves: "Staff have been consulted on "
_AT_END = re.compile(r"[:(|–-]\s*$")
"""What stands before the day that ends an item, as the rows of a plan have it."""

# takes: "will review progress in "
# leaves: "the plan published in "
_IN_MONTH = re.compile(
    r"\b(?:shall|must|will|(?:is|are) to)\b[^.;]{0,20}\b(?:review|report|meet|held|hold|visit)\b"
    r"[^.;]{0,60}\bin $|^\W*In $",
    re.IGNORECASE,
)
"""Words of a duty that is to be done in the month after them."""

# takes: "complete at least 80 per cent of assessments "
# takes: "claims are determined on average "
# leaves: "complete the assessments "
_STANDARD = re.compile(
    r"\b(?:\d+ ?(?:%|per ?cent)|on average|all of (?:them|which)|the (?:share|proportion|number"
    r"|percentage) of|in each case)(?!\w)[^.;]*$",
    re.IGNORECASE,
)
"""Words before a time that each case is to keep, which is no time by which a duty is due."""

_OF_DIRECTION = re.compile(r"direction|date")

_RULES: dict[str, Any] = words_beside(__name__)
_PARTS = {**_RULES["parts"], "count": rf"(?:\d{{1,3}}|{CARDINAL})", "month": MONTH}


@cache
def _rules(kind: str) -> list[tuple[re.Pattern[str], dict[str, str]]]:
    """Return the rules of one kind of deadline: each pattern, and what it says by itself."""
    return [
        (compiled(rule["pattern"]), {**rule, "rule": _cited(f"{kind}-{number}")})
        for number, rule in enumerate(_RULES[kind], 1)
    ]


def _cited(name: str) -> str:
    """Return a rule of deadlines as claims name it, with its version."""
    return f"deadlines/{name}@{_RULES['version']}"


def compiled(pattern: str) -> re.Pattern[str]:
    """Return a pattern of the rules with its parts in place; line breaks are no part of it."""
    for _ in range(3):
        pattern = re.sub(r"\{([a-z-]+)\}", lambda part: _PARTS[part[1]], pattern)
    return re.compile(re.sub(r"\n *", "", pattern), re.IGNORECASE)


def deadlines_in(block: Block, anchor: str | None, direction: str) -> list[dict[str, Any]]:
    """Return the deadlines of a duty, in the order of its words.

    In: the references of the appointment and of the direction, from which times may count.
    """
    deadlines = [
        *_fixed(block),
        *_relative(block, anchor, direction),
        *_recurring(block),
        *_on_request(block),
    ]
    return _joined([deadline for _, deadline in sorted(deadlines, key=itemgetter(0))])


# takes: "no later than 21 July."
# leaves: "no later than 21 July 2006"
_WITHOUT_YEAR = re.compile(
    rf"\b(?:by|no(?:t)? later than|on or before|before) (?:\w+day,? )?(?:the )?(?P<day>{DAY})"
    rf"(?: day)?(?: of)? (?P<month>{MONTH})(?!,? ?(?:in |of )?(?:\d|each|every|next|this))",
    re.IGNORECASE,
)


def without_year(block: Block, day: datetime.date | None) -> list[dict[str, Any]]:
    """Return the deadlines on a day without a year: the next such day from that of the document."""
    found = []
    for match in _WITHOUT_YEAR.finditer(block.text) if day else ():
        month, number = month_number(match["month"]), day_number(match["day"])
        year = day.year + ((month, number) < (day.month, day.day)) if day else 0
        if is_in_calendar(year, month, number):
            place = block.place(*match.span())
            due = {"date": f"{year}-{month:02}-{number:02}", "modality": "inferred"}
            note = {"reason": "No year is printed; this is the next such day after the document."}
            found.append({"kind": "fixed", "due": {**place, **due, **note}, **place,
                          "modality": "inferred"})  # fmt: skip
    return found


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
        on_day = date.is_day and _ON_DAY.search(block.text[: date.start])
        ends = _AT_END.search(block.text[: date.start]) and not block.text[date.end :].strip(" .);")
        in_month = not date.is_day and _IN_MONTH.search(block.text[: date.start])
        if not (date.lead or on_day or in_month or ends) and not (
            first and date.start >= first.end()
        ):
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
            fixed = {"kind": "fixed", "rule": _cited("fixed"), **place}
            for month in _months_before(block, date) or [time]:
                yield limit.start, {**fixed, "due": month}


# takes: "in June and November 2009"
# leaves: "from June to November 2009"
_MONTHS = re.compile(
    rf"(?P<months>(?:{MONTH}(?:, | and |, and ))+){MONTH} (?P<year>\d{{4}})", re.IGNORECASE
)


def _months_before(block: Block, date: DateFound) -> list[dict[str, Any]]:
    """Return each of several months of one year, of which the last alone prints it."""
    listed = next(
        (match for match in _MONTHS.finditer(block.text) if match.end() == date.end), None
    )
    if listed is None or date.is_day:
        return []
    place = block.place(*listed.span())
    names = re.findall(rf"\b{MONTH}", listed[0], re.IGNORECASE)
    return [{"date": f"{listed['year']}-{month_number(name):02}", **place} for name in names]


def _relative(
    block: Block, anchor: str | None, direction: str
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the deadlines that count from an event, each number of a list by itself."""
    taken: list[range] = []
    for pattern, rule in _rules("relative"):
        for match in pattern.finditer(block.text):
            within = any(
                match.start() < other.stop and other.start < match.end() for other in taken
            )
            begin = block.sentence_at(match.start())[0]
            if within or _STANDARD.search(block.text, begin, match.start()):
                continue
            taken.append(range(*match.span()))
            groups = match.groupdict()
            numbers = groups.get("number") or match["numbers"]
            for number in re.findall(rf"\b(?:{_PARTS['count']}|an?)\b", numbers, re.IGNORECASE):
                unit = groups.get("unit") or "months"
                deadline: dict[str, Any] = {
                    "kind": "relative",
                    "rule": rule["rule"],
                    **_length("offset", number, unit),
                    **block.place(*match.span()),
                }
                event = (groups.get("event") or "").casefold()
                if "appointment" in event and anchor:
                    deadline["anchor_event"] = anchor
                elif event and rule.get("counts-from") == "event" and _OF_DIRECTION.search(event):
                    deadline["anchor_event"] = direction
                yield match.start(), deadline


def _length(name: str, number: str, unit: str) -> dict[str, str]:
    """Return a length of time under its name; working days are counted, not measured.

    >>> _length("offset", "six", "months"), _length("period", "6", "week")
    ({'offset': 'P6M'}, {'period': 'P42D'})
    >>> _length("offset", "ten", "working days")
    {'amount': '10', 'unit': 'working-days'}
    """
    count = 1 if number.casefold() in {"a", "an"} else whole_number(number)
    kind = unit[0].upper()
    if kind == "F":
        return {name: f"P{14 * (count or 0)}D"}
    if kind == "H":
        return {name: f"PT{count}H"}
    if unit.casefold().startswith("working"):
        return {"amount": str(count), "unit": "working-days"}
    return {name: f"P{7 * (count or 0)}D" if kind == "W" else f"P{count}{kind}"}


def _recurring(block: Block) -> Iterator[tuple[int, dict[str, Any]]]:
    taken: list[range] = []
    known: list[dict[str, str]] = []
    for match, period in _periods(block.text):
        within = any(match.start() < other.stop and other.start < match.end() for other in taken)
        # "An annual report, in July of each year" says one period twice.
        length = {name: said for name, said in period.items() if name != "rule"}
        if not within and length not in known:
            taken.append(range(*match.span()))
            known.append(length)
            yield match.start(), {"kind": "recurring", **period, **block.place(*match.span())}


def _periods(text: str) -> Iterator[tuple[re.Match[str], dict[str, str]]]:
    """Yield the words for periods in a text, in the order of the rules; they may overlap."""
    for pattern, rule in _rules("recurring"):
        for match in pattern.finditer(text):
            groups = match.groupdict()
            if groups.get("list"):
                times = len(re.findall(rf"\b{MONTH}", groups["list"], re.IGNORECASE))
                period = {"period": f"P{12 // times}M" if times > 1 else "P1Y"}
            elif groups.get("number"):
                period = _length("period", match["number"], match["unit"])
            else:
                named = rule.get("period") or _RULES["units"][match["unit"].casefold()]
                period = {"period": named}
            yield match, {**period, "rule": rule["rule"]}


def _on_request(block: Block) -> Iterator[tuple[int, dict[str, Any]]]:
    """Yield the deadlines that wait for somebody to ask."""
    for pattern, rule in _rules("on-request"):
        match = pattern.search(block.text)
        if match:
            place = match.span("words" if "words" in match.groupdict() else 0)
            said = {"kind": "on-request", "rule": rule["rule"], "trigger": rule["trigger"]}
            yield place[0], {**said, **block.place(*place)}
