"""The page of one council: everything that it shows, worked out from the answer of the service."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.pages.acts import Act, acts_of
from api.pages.days import Bounds, bounds, moment, span, time_words
from api.pages.entries import HUES, Entry, Lane, begun_words, lanes_of
from api.pages.events import Shown, anchors_of, shown_events
from api.pages.grades import GradeTable, grade_table
from api.pages.money import Year, columns_of, latest_total_gbp, years_of
from api.pages.story import Story, story_of
from api.pages.timeline import WIDTHS, Life, Picture, lives, picture, pictures
from api.views.serialisers import Json

Body = Mapping[str, Json]
_NEWEST_SHOWN = 3
"""Of events and of people; the others stand behind a disclosure."""
_COMMANDS, _LEADS = "Commissioner", ("lead", "chief", "managing director")
_PERSON_HUE = "pe"
_NOTHING = "Nothing is known"
_ACTS_SHOWN, _PAY_SHOWN, _YEARS_SHOWN = 2, 2, 4


@dataclass(frozen=True)
class Holder:
    """A person in an office: who, what, from when to when, and what they were paid."""

    appointment: Body
    post: Body
    role: str
    since: str
    until: str
    pay: Sequence[Body]
    under: Sequence[tuple[str, str]]


@dataclass(frozen=True)
class CouncilPage:
    """What the page of a council shows beside its answer."""

    story: Story
    pictures: Mapping[str, Picture]
    events: Sequence[Shown]
    coming: Sequence[Shown]
    earlier: Sequence[Shown]
    grades: GradeTable | None
    years: Sequence[Year]
    earlier_years: Sequence[Year]
    total_gbp: float
    holders: Sequence[Holder]
    former: Sequence[Holder]
    acts: Sequence[Act]
    earlier_acts: Sequence[Act]
    lives: Sequence[tuple[Body, Life]]


def council_page(
    body: Body,
    states: Sequence[Body],
    story: Sequence[Body],
    sources: Mapping[str, Sequence[Body]],
    duties: Sequence[Body],
    day: str,
    read_to: str | None,
) -> CouncilPage:
    """Return what the page of a council shows.

    In: the answer about it, its states and its events; who speaks of each thing; what it must do
    by its directions; the day that is asked about, and the last day of which a source on
    interventions was read.
    """
    told = shown_events(body, story, sources)
    coming = [one for one in told if one.day and one.day > day]
    events = [one for one in told if one not in coming]
    years = years_of(body["financial_support"])
    holders = sorted(_holders(body), key=_newest_holder, reverse=True)
    holders.sort(key=_rank)
    acts = acts_of(body, duties)
    found = story_of(body, states, day)
    return CouncilPage(
        story=found,
        pictures=council_pictures(body, states, story, day, read_to),
        events=events[:_NEWEST_SHOWN],
        coming=coming[::-1],
        earlier=events[_NEWEST_SHOWN:],
        grades=grade_table(body["inspections"]),
        years=years[:_YEARS_SHOWN],
        earlier_years=years[_YEARS_SHOWN:],
        total_gbp=latest_total_gbp(years),
        holders=holders[:_NEWEST_SHOWN],
        former=holders[_NEWEST_SHOWN:],
        acts=acts[:_ACTS_SHOWN],
        earlier_acts=acts[_ACTS_SHOWN:],
        lives=lives_of(found.told, day),
    )


def council_pictures(
    body: Body,
    states: Sequence[Body],
    story: Sequence[Body],
    day: str,
    read_to: str | None,
    widths: Sequence[int] = WIDTHS,
) -> Mapping[str, Picture]:
    """Return the picture of a council's story in some widths; none where it has nothing."""
    own = [event for event in story if event["whose"] == "own"]
    lanes = lanes_of(body, states, own, anchors_of(story))
    if columns := columns_of(years_of(body["financial_support"])):
        lanes.append(Lane("Support, £ million", columns=columns))
    return pictures(lanes, day, read_to, widths) if lanes else {}


def empty_picture(day: str, read_to: str | None) -> Picture:
    """Return the picture of a council of which nothing is known: the years, and that in words."""
    return picture([Lane(_NOTHING)], day, read_to)


def _holders(body: Body) -> list[Holder]:
    paid: dict[str, list[Body]] = {}
    for one in body["pay"]:
        if one["paid_to"] and one["amount_gbp"] is not None:
            paid.setdefault(one["paid_to"]["iri"], []).append(one)
    acts = {act["iri"]: act for act in [*body["directions"], *body["notices"]]}
    return [
        _holder(post, one, paid, acts)
        for post in body["posts"]
        for one in post["appointments"]
        if one["holder"]
    ]


def _holder(
    post: Body, one: Body, paid: Mapping[str, Sequence[Body]], acts: Mapping[str, Body]
) -> Holder:
    begin, end = span(one["held"])
    edtf = (one["held"] or {}).get("edtf") or ""
    first, _, last = edtf.partition("/")
    since = time_words({**one["held"], "edtf": first}) if begin.is_known and first else ""
    until = time_words({**one["held"], "edtf": last}) if end and end.is_known else ""
    role = one["titles"][0] if one["titles"] else post["office_label"] or ""
    under = [(act["iri"], _act_words(act, acts)) for act in one["under"]]
    pay = paid.get(one["holder"]["iri"], ())[:_PAY_SHOWN]
    return Holder(one, post, role, since, until, pay, under)


def _act_words(act: Body, acts: Mapping[str, Body]) -> str:
    """Return an act by its kind and day; by its name where that is not among those shown."""
    day = begun_words(acts[act["iri"]]) if act["iri"] in acts else ""
    return f"{act['kind']} of {day}" if day else str(act["label"] or act["id"])


def _rank(holder: Holder) -> tuple[bool, bool, bool]:
    """Return what orders holders before their days: commissioners first, still there, in the lead.

    Who advises or reviews was asked by somebody; who commands is who was sent in.
    """
    is_commissioner = holder.post["kind"] == _COMMANDS
    has_left = bool(holder.until)
    return not is_commissioner, has_left, not holder.role.lower().startswith(_LEADS)


def _newest_holder(holder: Holder) -> tuple[str, str]:
    begin, _ = span(holder.appointment["held"])
    seen = holder.appointment["last_seen_in_office"] or ""
    return begin.any_day or seen, holder.appointment["id"]


def lives_of(states: Sequence[Body], day: str) -> list[tuple[Body, Life]]:
    """Return each state on a day with the bar of its course, all on one scale of years."""
    bars = lives([_life(state) for state in states], day)
    return list(zip(states, bars, strict=True))


def career(appointments: Sequence[Body], day: str) -> list[tuple[Body, Life | None]]:
    """Return the offices of a person, the newest first, each with its bar on one scale of years.

    Out: no bar for one of which no day is told.
    """
    entries = [_tenure(one) for one in appointments]
    bars = iter(lives([entry for entry in entries if entry], day))
    found = [
        (one, next(bars) if entry else None)
        for one, entry in zip(appointments, entries, strict=True)
    ]
    return sorted(found, key=lambda one: _last_known(one[0]), reverse=True)


def _last_known(appointment: Body) -> str:
    """Return the last day on which an office is known to have been held, for an order."""
    begin, end = span(appointment["held"])
    days = appointment["last_seen_in_office"], end and end.last, begin.last, begin.first
    return max((day for day in days if day), default="")


def _tenure(appointment: Body) -> Entry | None:
    begin, end = span(appointment["held"])
    seen, planned = appointment["last_seen_in_office"], moment(appointment["planned_end"]).last
    if not begin.is_known:
        begin = Bounds(None, seen)
    is_over = end is not None and end.is_known
    told = Entry("", "", "", _PERSON_HUE, begin, end if is_over else None, seen, planned)
    return told if begin.is_known else None


def _life(state: Body) -> Entry:
    """Return a state as a bar: from its begin, as far as a source speaks of it."""
    since = state["since"] or {}
    sign = bounds((state["last_sign"] or {}).get("day") or "")
    begin = Bounds(since.get("earliest"), since.get("latest"))
    if not begin.is_known:
        begin = Bounds(None, sign.last or state["state_from"])
    planned = (state["planned_end"] or {}).get("latest")
    hue = HUES.get(state["regime"], "pe")
    end = (
        Bounds(state["state_from"], state["state_from"]) if state["certainty"] == "ended" else None
    )
    return Entry("", "", "", hue, begin, end, sign.first, planned)
