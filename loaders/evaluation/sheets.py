"""Compare what is read of a direction with a sheet of its facts, made by reading it.

A sheet stands beside its document as `<name>.gold.json`: dates, powers, duties with bearer and
deadline, appointments and functions, in plain words and labels, so that whoever makes one need not
know the form of a record. What a sheet names as not counted, or as a part, is neither right nor
wrong.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from data.records.acts import WrittenInstrument
from data.records.form import Record
from loaders.documents.extract import extract
from loaders.documents.find.councils import bodies_of
from loaders.documents.find.people import person_slug
from loaders.documents.find.provisions import read_known_statutes
from loaders.documents.record.candidate import Candidate
from loaders.evaluation.intervals import interval
from loaders.evaluation.sheet_duties import compare_duties
from loaders.evaluation.tallies import Counting, FoundFact, Tally, is_certain, words_of
from ontology.errors import UnreadableDocument

_ENDING = ".gold.json"
_TITLE = re.compile(r"^(?:(?:mrs?|ms|miss|mx|dr|sir|dame|lord|lady|baroness|professor|rt|hon)-)+")
"""Titles before a name, which sheets are compared without."""

_LEAST_SHARED_WORDS = 0.6
"""Share of the words of a function that both sides must have."""


@dataclass(frozen=True)
class SheetComparison:
    """One document beside its sheet: tallies by kind, and each difference in a line."""

    name: str
    tallies: Mapping[str, Tally]
    differences: Sequence[str]


def sheets_in(folder: Path) -> list[Path]:
    """Return the sheets of a folder, in order of their names."""
    return sorted(folder.glob(f"*{_ENDING}"))


def seen_in(folder: Path) -> frozenset[str]:
    """Return the names of the documents that the rules' author has read: those in `seen.txt`."""
    listed = folder / "seen.txt"
    return frozenset(listed.read_text("utf-8").split()) if listed.is_file() else frozenset()


def compare_sheet(sheet: Path) -> SheetComparison:
    """Return how one document was read; one that could not be has found nothing."""
    gold = json.loads(sheet.read_text("utf-8"))
    name = sheet.name.removesuffix(_ENDING)
    paths = [path for path in sheet.parent.glob(f"{name}.*") if path != sheet]
    counting = Counting()
    try:
        candidate = extract(paths[0])
    except UnreadableDocument as error:
        counting.differences.append(f"not read: {error}")
        candidate = None
    own = _own(candidate.record) if candidate else None
    for kind, facts in _FACTS.items():
        wanted, given = facts(gold, candidate, own)
        counting.compare(kind, wanted, given)
    compare_duties(gold, candidate, own, counting)
    return SheetComparison(name, counting.tallies, counting.differences)


def _own(record: Record) -> WrittenInstrument | None:
    """Return the instrument that the document makes, or tells of as its subject."""
    written = [*record.directions, *record.notices, *record.letters]
    return next((each for each in written if each.embodied_in), None)


Facts = tuple[Sequence[str], Sequence[FoundFact]]


def _dates(
    gold: Mapping[str, Any], candidate: Candidate | None, own: WrittenInstrument | None
) -> Facts:
    names = {"date": "signed", "in_force": "effective_from", "ends": "planned_end"}
    dates = [(name, str(gold.get(name) or "")) for name in names]
    wanted = [f"{name} {day}" for name, day in dates if re.match(r"\d{4}", day)]
    if "revoked" in str(gold.get("ends") or ""):
        wanted.append("ends until revoked")
    # A letter that explains a direction has a day of its own: that of the document is asked for.
    days = {"date": candidate.record.document.dated if candidate else []}
    days |= {name: getattr(own, names[name]) if own else [] for name in ("in_force", "ends")}
    found = [
        FoundFact(f"{name} {time.date}", is_certain(time))
        for name, times in days.items()
        for time in times
        # A day from which it is in force is often that of the signature, which sheets leave out.
        if time.date and (name != "in_force" or gold.get("in_force"))
    ]
    if own and any("until-revoked" in said.value for said in own.end_condition):
        ended = str(gold.get("ends") or "")
        found += [] if re.match(r"\d{4}", ended) else [FoundFact("ends until revoked")]
    # What is said twice of one day is one fact.
    return wanted, list({fact.value: fact for fact in found}.values())


def _powers(
    gold: Mapping[str, Any], candidate: Candidate | None, own: WrittenInstrument | None
) -> Facts:
    titles = read_known_statutes().titles
    wanted = []
    for power in gold["powers"]:
        act = titles.get(str(power["act"]).casefold(), power["act"])
        number = re.sub(r"[()]+", "/", str(power["section"])).strip("/")
        # The form of a record has the subsection; its paragraphs are no powers of their own.
        parts = number.split("/")[: 2 if power.get("role") != "applies the power" else 3]
        wanted.append(f"{act}/section/{'/'.join(parts)}")
    said = [*own.made_under, *own.applied_by] if own else []
    found = {each.value: FoundFact(each.value, is_certain(each)) for each in said}
    return sorted(set(wanted)), list(found.values())


def _revokes(
    gold: Mapping[str, Any], candidate: Candidate | None, own: WrittenInstrument | None
) -> Facts:
    signed = {
        act.id: next((time.date or "" for time in act.signed), "")
        for act in ([*candidate.record.directions, *candidate.record.notices] if candidate else ())
    }
    said = own.revokes if own else ()
    found = [
        FoundFact(signed.get(each.value.rpartition("/")[2], each.value), is_certain(each))
        for each in said
    ]
    wanted = [str(each["date"]) for each in gold["revokes"]]
    return wanted, list({fact.value: fact for fact in found}.values())


def _appointments(
    gold: Mapping[str, Any], candidate: Candidate | None, own: WrittenInstrument | None
) -> Facts:
    people = {person.id for person in (candidate.record.people if candidate else ())}
    # A name with an office that nobody is given here is neither right nor wrong.
    told = {_holder(each) for each in gold["appointments"] if each.get("mention_only")}
    found = {}
    for appointment in candidate.record.appointments if candidate else ():
        member = appointment.member[0]
        kind, _, slug = member.value.partition("/")
        if (slug in people or kind == "council") and slug not in told:
            found[slug] = FoundFact(slug, is_certain(member))
    wanted = [_holder(each) for each in gold["appointments"] if not each.get("mention_only")]
    return wanted, list(found.values())


def _holder(appointment: Mapping[str, Any]) -> str:
    """Return who is appointed as records name them: a person, or a council by its code."""
    name = str(appointment["person"])
    bodies, _ = bodies_of(name)
    return bodies[0].code if len(bodies) == 1 else _plain_name(name)


def _terms_of_office(
    gold: Mapping[str, Any], candidate: Candidate | None, own: WrittenInstrument | None
) -> Facts:
    wanted = [
        f"{_holder(each)} {end} {each[end]}"
        for each in gold["appointments"]
        for end in ("from", "until")
        if each[end] and re.match(r"\d{4}", str(each[end])) and end not in each.get("derived", ())
    ]
    found = [
        FoundFact(
            f"{appointment.member[0].value.partition('/')[2]} {end} {time.date}", is_certain(time)
        )
        for appointment in (candidate.record.appointments if candidate else ())
        for end, times in (
            ("from", appointment.taken_up),
            ("until", [*appointment.planned_end, *appointment.vacated]),
        )
        for time in times
        if time.date
    ]
    return wanted, found


def _signatory(
    gold: Mapping[str, Any], candidate: Candidate | None, own: WrittenInstrument | None
) -> Facts:
    name = (gold.get("signed_by") or {}).get("name")
    said = own.signed_by if own else ()
    found = [
        FoundFact(_TITLE.sub("", each.value.partition("/")[2] or each.value), is_certain(each))
        for each in said
    ]
    return [_plain_name(str(name))] if name else [], found


def _council(
    gold: Mapping[str, Any], candidate: Candidate | None, own: WrittenInstrument | None
) -> Facts:
    bodies, _ = bodies_of(str(gold["council"]))
    said = own.addressed_to if own else ()
    return [body.code for body in bodies][:1], [
        FoundFact(each.value.removeprefix("council/"), is_certain(each)) for each in said
    ]


def _functions(
    gold: Mapping[str, Any], candidate: Candidate | None, own: WrittenInstrument | None
) -> Facts:
    """Return the functions that move, each by the gold's words where they are the same ones."""
    wanted = [str(words) for words in gold["functions"]]
    said = [
        each
        for post in (candidate.record.posts if candidate else ())
        for each in post.functions_exercised
    ]
    said += own.functions_of_others if own else []
    found = []
    for each in said:
        shares = {words: _share(words, each.value) for words in wanted}
        best = max(shares, key=lambda words: shares[words], default="")
        alike = best if shares and shares[best] >= _LEAST_SHARED_WORDS else each.value
        found.append(FoundFact(alike, is_certain(each)))
    return wanted, found


_FACTS: Mapping[
    str, Callable[[Mapping[str, Any], Candidate | None, WrittenInstrument | None], Facts]
] = {
    "councils": _council,
    "dates": _dates,
    "powers": _powers,
    "revocations": _revokes,
    "appointments": _appointments,
    "terms of office": _terms_of_office,
    "functions moved": _functions,
    "signatories": _signatory,
}


def _plain_name(name: str) -> str:
    """Return the identifier of a person without titles and honours.

    >>> _plain_name("Dame JO O'NEILL OBE")
    'jo-oneill'
    """
    plain = re.sub(
        r"\b(?:Mrs?|Ms|Miss|Mx|Dr|Sir|Dame|Lord|Lady|Baroness|Professor|Rt|Hon)\b\.? ", "", name
    )
    return person_slug(re.sub(r",? (?:[CODMK]BE|PhD|QPM|K?CB|QC|KC|DL|MP|JP)\b", "", plain).strip())


def _share(words: str, others: str) -> float:
    """Return which share of the words of the shorter of two texts both have."""
    first, second = set(words_of(words)), set(words_of(others))
    return len(first & second) / max(1, min(len(first), len(second)))


def table_of_sheets(comparisons: Sequence[SheetComparison]) -> list[str]:
    """Return the table of comparisons by kind: wrong and certain first, shares with intervals."""
    sums: dict[str, Tally] = {}
    for comparison in comparisons:
        for kind, tally in comparison.tallies.items():
            for name in (kind, "all"):
                sums.setdefault(name, Tally())
                sums[name] += tally
    lines = [
        "| kind of fact | wrong, certain | gold | found | right | precision | recall |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for kind in [*(kind for kind in sums if kind != "all"), "all"] if sums else ():
        tally = sums[kind]
        precision = _shown(tally.right, tally.found)
        recall = _shown(tally.right, tally.gold)
        lines.append(
            f"| {kind} | {tally.certain} | {tally.gold} | {tally.found} | {tally.right} "
            f"| {precision} | {recall} |"
        )
    return lines


def _shown(right: int, counted: int) -> str:
    if not counted:
        return "-"
    low, high = interval(right, counted)
    return f"{right / counted:.3f} ({low:.2f}-{high:.2f})"
