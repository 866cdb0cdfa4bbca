"""The events of a council as a page lists them: in plain words, the newest first, with sources."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from api.pages.days import day_words
from api.pages.money import pounds, sums_in_words
from api.pages.names import regime_words
from api.views.serialisers import Json, class_words

Body = Mapping[str, Json]
_UNTOLD = "no change"
_OPENING = "opening"
_OWN = "own"

_KINDS_OF_SOURCES: Mapping[str, str] = {
    "inspection-report": "inspector",
    "official-page": "official",
    "parliamentary-record": "Parliament",
    "council-page": "council",
    "association-page": "association",
    "trade-press": "press",
    "library-briefing": "library",
    "compiled-list": "list",
    "firm-page": "firm",
    "personal-page": "private page",
    "table": "table",
}


_KINDS_OF_TIERS: Mapping[int, str] = {1: "act", 2: "act", 3: "report", 5: "press"}
"""What a document is that was read word by word, by how near it stands to the act."""


@dataclass(frozen=True)
class Shown:
    """An event as it is shown, or several of one day that are told together."""

    anchor: str
    when: str
    day: str | None
    title: str
    thing: Body
    precision: str
    claims: str | None
    sources: Sequence[Body]
    council: Body | None = None
    parts: Sequence[str] = field(default=())


@dataclass(frozen=True)
class _Known:
    """What else the answer about a council tells of the things that the events are about."""

    appointments: Mapping[str, str]
    sums: Mapping[str, str]
    regimes: Mapping[str, str]
    operators: Mapping[str, str]


def anchor_of(event: Body) -> str:
    """Return where the event stands on its page."""
    return "e-" + str(event["id"]).replace("/", "-").replace(".", "-")


def anchors_of(story: Sequence[Body]) -> dict[str, str]:
    """Return where the first event of each thing stands, by the address of the thing."""
    found: dict[str, str] = {}
    for event in story:
        found.setdefault(event["thing"]["iri"], f"#{anchor_of(event)}")
    return found


def source_kind(one: Body) -> str:
    """Return what kind of source it is, in a word.

    >>> source_kind({"source_kind": "copy-of-official-page"})
    'copy'
    >>> source_kind({"source_kind": None, "tier": 2}), source_kind({"source_kind": None})
    ('act', 'source')
    """
    kind = str(one["source_kind"] or _KINDS_OF_TIERS.get(one.get("tier") or 0, "source"))
    return (
        "copy" if kind.startswith("copy-") else _KINDS_OF_SOURCES.get(kind, kind.replace("-", " "))
    )


def shown_events(
    body: Body, story: Sequence[Body], sources: Mapping[str, Sequence[Body]]
) -> list[Shown]:
    """Return the events of a council in plain words, the newest first.

    In: the answer about the council, its events in order, and who speaks of each thing.
    Out: the sums of support that were told on one day are one event.
    """
    known = _known(body)
    shown: list[Shown] = []
    for event in sorted(story, key=_newest, reverse=True):
        one = _shown(event, known, sources)
        before = shown[-1] if shown else None
        is_sum = event["kind"] == "financial support"
        if (
            is_sum
            and before
            and before.parts
            and (before.day, before.council) == (one.day, one.council)
        ):
            shown[-1] = _joined(before, one)
        else:
            shown.append(one)
    return shown


def _newest(event: Body) -> str:
    return event["time"]["latest"] or event["time"]["earliest"] or ""


def _known(body: Body) -> _Known:
    appointments = {
        one["iri"]: _appointed(post, one) for post in body["posts"] for one in post["appointments"]
    }
    sums = {
        one["iri"]: f"{one['year']}: {pounds(one['amount_gbp'])}"
        + (f", {one['status_label']}" if one["status_label"] else "")
        for one in body["financial_support"]
    }
    regimes = {
        step["act"]["iri"]: one["regime_label"] or one["regime"]
        for one in body["interventions"]
        for step in one["steps"]
        if step["act"]
    }
    operators = {
        one["iri"]: ", ".join(each["label"] or each["id"] for each in one["operated_by"])
        for one in body["transfers"]
    }
    return _Known(appointments, sums, regimes, operators)


def _appointed(post: Body, appointment: Body) -> str:
    holder = appointment["holder"] or {}
    name = holder.get("label") or holder.get("id") or "A person not named"
    role = appointment["titles"][0] if appointment["titles"] else post["office_label"] or "office"
    regime = regime_words(post["regime"] or "")
    return f"{name} appointed {role}" + (f" ({regime})" if regime else "")


def _shown(event: Body, known: _Known, sources: Mapping[str, Sequence[Body]]) -> Shown:
    time, thing = event["time"], event["thing"]
    is_sum = event["kind"] == "financial support"
    told = known.sums.get(thing["iri"]) or sums_in_words(event["detail"] or "")
    part = told if is_sum else ""
    make = _TITLES.get(event["kind"], _plain)
    return Shown(
        anchor=anchor_of(event),
        when=day_words(_words(time)) or "day not known",
        day=time["latest"],
        title=make(event, known),
        thing=thing,
        precision=event["precision"],
        claims=event["claims"],
        sources=sources.get(thing["iri"], ()),
        council=None if event["whose"] == _OWN else event["council"],
        parts=(part,) if is_sum else (),
    )


def _words(time: Body) -> str:
    """Return the day of an event: the source's words where these are no form of a date."""
    if time["earliest"] and time["earliest"] == time["latest"]:
        return str(time["earliest"])
    return str(time["words"] or "")


def _joined(before: Shown, one: Shown) -> Shown:
    """Return two events of one day as one."""
    sources = {source["iri"]: source for source in [*before.sources, *one.sources]}
    parts = (*before.parts, *one.parts)
    return Shown(
        **{
            **before.__dict__,
            "title": f"Financial support told for {len(parts)} years",
            "sources": list(sources.values()),
            "parts": parts,
        }
    )


def _of_regime(event: Body, known: _Known) -> str:
    regime = known.regimes.get(event["thing"]["iri"])
    return f" on {regime}" if regime else ""


def _act_name(event: Body) -> str:
    return class_words(event["thing"]["kind"].replace("-", " ")).lower()


def _act(event: Body, known: _Known) -> str:
    stage, _, change = (event["detail"] or "").partition(", ")
    more = (
        ""
        if change in ("", _UNTOLD)
        else ", the first of its course"
        if change == _OPENING
        else f", {change}"
    )
    kind = "Direction" if event["thing"]["kind"] == "direction" else _act_name(event).capitalize()
    name = "" if stage in ("", kind.lower()) else f": {stage}"
    return f"{kind}{_of_regime(event, known)}{name}{more}"


def _inspection(event: Body, _known: _Known) -> str:
    detail = event["detail"] or "inspection"
    named = (
        detail
        if "inspection" in detail.lower() or "visit" in detail.lower()
        else f"Inspection: {detail}"
    )
    return named[:1].upper() + named[1:]


def _appointment(event: Body, known: _Known) -> str:
    name = (event["detail"] or "A person not named").partition(", ")[0]
    return known.appointments.get(event["thing"]["iri"], f"{name} sent in")


def _section_114(event: Body, _known: _Known) -> str:
    detail = (event["detail"] or "").rstrip(".")
    return f"Section 114 report: {detail}" if detail else "Section 114 report"


def _support(event: Body, known: _Known) -> str:
    told = known.sums.get(event["thing"]["iri"]) or sums_in_words(event["detail"] or "")
    return f"Financial support: {told}"


def _moved(event: Body, known: _Known) -> str:
    to = known.operators.get(event["thing"]["iri"]) or event["detail"] or "another body"
    return f"Services moved to {to}"


def _returned(event: Body, known: _Known) -> str:
    of = known.operators.get(event["thing"]["iri"]) or event["detail"] or "another body"
    return f"Services no longer run by {of}"


def _plain(event: Body, _known: _Known) -> str:
    name = event["detail"] or event["thing"]["label"] or event["kind"]
    return str(name)[:1].upper() + str(name)[1:]


def _with_law(words: str) -> Callable[[Body, _Known], str]:
    """Return what names an event by some words and the law in its detail."""
    return lambda event, _: f"{words} ({event['detail']})" if event["detail"] else words


_TITLES: Mapping[str, Callable[[Body, _Known], str]] = {
    "act": _act,
    "end of act": lambda event, known: f"End of a {_act_name(event)}{_of_regime(event, known)}",
    "planned end of act": lambda event, known: (
        f"Planned end of a {_act_name(event)}{_of_regime(event, known)}"
    ),
    "appointment": _appointment,
    "assurance review": _with_law("Assurance review"),
    "financial support": _support,
    "inspection": _inspection,
    "inspection announced": _with_law("Inspection ordered"),
    "minded-to letter": _with_law("Minister minded to act"),
    "section 114 report": _section_114,
    "service returned": _returned,
    "service transfer": _moved,
}
