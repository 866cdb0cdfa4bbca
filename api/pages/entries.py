"""What the picture of a council's story shows: entries in lanes, from the answer about it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from api.pages.days import Bounds, bounds, moment, span, time_words
from api.pages.grades import family_of, overall_judgement
from api.views.serialisers import Json, class_words

Body = Mapping[str, Json]

HUES: Mapping[str, str] = {
    "best-value": "bv",
    "childrens-services": "cs",
    "send": "se",
    "planning": "pl",
}
"""Class of colour of each regime."""
_PLAIN_HUE = "pe"
_INSPECTION_HUE = "se"
_LETTERS: Mapping[str, str] = {"minded-to letter": "minded to act", "assurance review": "review"}
_OTHER_REGIME = "other"
_OTHER_ACTS = "other acts"
_VISIT, _NO_GRADE = "tick", "ring"


@dataclass(frozen=True)
class Entry:
    """One thing in the picture: a moment with a shape, or a time with a begin.

    In: `seen` is the last day on which a source speaks of it as lasting; `planned` the planned
    end; `row` names the row it stands in, or is empty for the first one that is free.
    """

    text: str
    title: str
    href: str
    hue: str
    begin: Bounds
    end: Bounds | None = None
    seen: str | None = None
    planned: str | None = None
    shape: str = ""
    row: str = ""


@dataclass(frozen=True)
class Column:
    """The support of one year: the sum as first told, and as told last."""

    year: int
    label: str
    first_gbp: float
    latest_gbp: float
    title: str
    is_revised: bool = False


@dataclass(frozen=True)
class Lane:
    """Entries of one kind, under one title."""

    title: str
    entries: Sequence[Entry] = ()
    columns: Sequence[Column] = ()
    rows: Sequence[str] = field(default=())


def lanes_of(
    body: Body, states: Sequence[Body], story: Sequence[Body], anchors: Mapping[str, str]
) -> list[Lane]:
    """Return the lanes of a council's picture; one that would be empty is left out.

    In: the answer about the council, the states of a day, its own events, and where on the page
    the event of a thing stands, by the address of the thing.
    """
    lanes = [
        _inspections(body, anchors),
        *_acts(body, states, story, anchors),
        Lane("People sent in", list(_people(body, anchors))),
        Lane("Other events", list(_others(body, story, anchors))),
    ]
    return [lane for lane in lanes if lane.entries]


def _link(thing: Body, anchors: Mapping[str, str]) -> str:
    return anchors.get(thing["iri"], "")


def _inspections(body: Body, anchors: Mapping[str, str]) -> Lane:
    """Return the lane of inspections: a row for each area that was graded, one for the rest."""
    entries: list[Entry] = []
    for one in body["inspections"]:
        begin = _reported(one)
        if not begin.is_known:
            continue
        overall = overall_judgement(one)
        name = one["form_label"] or one["framework_label"] or class_words(one["kind"])
        when = time_words(one["report_published"] or one["letter_dated"] or one["on_site"])
        plain = Entry(
            "",
            f"{when}: {name}",
            _link(one, anchors),
            _INSPECTION_HUE,
            begin,
        )
        graded = [judgement for judgement in one["judgements"] if judgement["grade"]]
        for judgement in graded:
            grade = judgement["grade"].replace("-", " ")
            shown = replace(
                plain,
                title=f"{plain.title}, {judgement['area_label']}: {grade}",
                shape=judgement["grade"],
                row=family_of(judgement),
            )
            entries.append(replace(shown, text=grade) if judgement is overall else shown)
        if not graded:
            shape = _VISIT if one["kind"] == "FocusedVisit" else _NO_GRADE
            words = one["outcome_label"] or ""
            entries.append(
                replace(
                    plain,
                    shape=shape,
                    row="Visits without grade",
                    title=f"{plain.title}{', ' if words else ''}{words}",
                )
            )
    return Lane("Inspections", entries, rows=_rows_in_order(entries))


def _rows_in_order(entries: Iterable[Entry]) -> list[str]:
    order = (
        "Overall",
        "Help and protection",
        "Children in care",
        "Care leavers",
        "Adoption",
        "Leadership",
        "Other areas",
        "Visits without grade",
    )
    there = {entry.row for entry in entries}
    return [row for row in order if row in there]


def _reported(inspection: Body) -> Bounds:
    times = (inspection[key] for key in ("report_published", "letter_dated", "on_site"))
    return next((found for time in times if (found := moment(time)).is_known), Bounds())


def regime_of_act(act: Body, body: Body) -> str:
    """Return the regime of an act, by the interventions that it belongs to."""
    regimes = {one["id"]: one["regime"] for one in body["interventions"]}
    belongs = [regimes[one["id"]] for one in act.get("interventions") or () if one["id"] in regimes]
    return belongs[0] if belongs else _OTHER_REGIME


def _acts(
    body: Body, states: Sequence[Body], story: Sequence[Body], anchors: Mapping[str, str]
) -> list[Lane]:
    """Return a lane of directions, notices and letters for each regime."""
    labels = {one["regime"]: one["regime_label"] or one["regime"] for one in body["interventions"]}
    labels |= {one["regime"]: one["regime_label"] or one["regime"] for one in states}
    labels[_OTHER_REGIME] = _OTHER_ACTS
    by_label = {label: regime for regime, label in labels.items()}
    seen = {
        one["regime"]: bounds((one["last_sign"] or {}).get("day") or "").first for one in states
    }
    found: dict[str, list[Entry]] = {regime: [] for regime in labels}
    stages = {
        step["act"]["iri"]: step["stage_label"]
        for one in body["interventions"]
        for step in one["steps"]
        if step["act"]
    }
    acts = [*body["directions"], *body["notices"]]
    newest = {regime_of_act(act, body): act["iri"] for act in sorted(acts, key=_act_order)}
    for act in acts:
        regime = regime_of_act(act, body)
        last = seen.get(regime) if newest[regime] == act["iri"] else None
        found[regime].append(
            _act(act, stages, HUES.get(regime, _PLAIN_HUE), last, _link(act, anchors))
        )
    for event in story:
        if event["kind"] in _LETTERS:
            regime = by_label.get(event["detail"] or "", _OTHER_REGIME)
            found[regime].append(_letter(event, HUES.get(regime, _PLAIN_HUE), anchors))
    return [Lane(_title(labels[regime]), entries) for regime, entries in found.items()]


def _title(regime: str) -> str:
    return f"Acts on {regime}" if regime != _OTHER_ACTS else "Other acts"


def begun(act: Body) -> Bounds:
    """Return when an act began: as it takes effect, was signed, or was published."""
    times = (act.get(key) for key in ("effective_from", "signed", "published"))
    return next((found for time in times if (found := moment(time)).is_known), Bounds())


def begun_words(act: Body) -> str:
    """Return when an act began in words, or nothing where no day is known."""
    times = (act.get(key) for key in ("effective_from", "signed", "published"))
    return next((time_words(time) for time in times if moment(time).is_known), "")


def _act_order(act: Body) -> str:
    return begun(act).any_day or ""


def _act(act: Body, stages: Mapping[str, str], hue: str, seen: str | None, href: str) -> Entry:
    label = stages.get(act["iri"]) or class_words(act["kind"]).lower()
    time = act.get("effective_from") or act.get("signed") or act.get("published")
    begin = begun(act)
    end = moment(act["ended"]) if act.get("ended") else None
    title = f"{time_words(time) or 'day not known'}: {class_words(act['kind']).lower()}, {label}"
    if end:
        title += f", ended {time_words(act['ended'])}"
    planned = moment(act.get("planned_end"))
    if planned.is_known:
        title += f", planned until {time_words(act['planned_end'])}"
    return Entry(label, title, href, hue, begin, end, seen, planned.last)


def _letter(event: Body, hue: str, anchors: Mapping[str, str]) -> Entry:
    text = _LETTERS[event["kind"]]
    when = Bounds(event["time"]["earliest"], event["time"]["latest"])
    title = f"{time_words({'edtf': None, **event['time']})}: {event['kind']}"
    return Entry(text, title, anchors.get(event["thing"]["iri"], ""), hue, when, shape="ring")


def _people(body: Body, anchors: Mapping[str, str]) -> Iterable[Entry]:
    """Yield those who held an office, in order of their begin."""
    for post in body["posts"]:
        for one in post["appointments"]:
            begin, end = span(one["held"])
            seen = one["last_seen_in_office"]
            if not begin.is_known:
                begin = Bounds(None, seen)
            if not begin.is_known or not one["holder"]:
                continue
            name = one["holder"]["label"] or one["holder"]["id"]
            role = one["titles"][0] if one["titles"] else post["office_label"] or ""
            planned = moment(one["planned_end"])
            title = f"{name}, {role}: {time_words(one['held']) or 'begin not stated'}"
            if planned.is_known:
                title += f", planned until {time_words(one['planned_end'])}"
            is_over = end is not None and end.is_known
            yield Entry(
                name,
                title,
                _link(one, anchors),
                _PLAIN_HUE,
                begin,
                end if is_over else None,
                seen,
                planned.last,
            )


def _others(body: Body, story: Sequence[Body], anchors: Mapping[str, str]) -> Iterable[Entry]:
    """Yield section 114 reports, services moved, and the begin and end of the council."""
    for one in body["section_114_reports"]:
        title = f"{time_words(one['dated'])}: section 114 report"
        yield Entry(
            "section 114", title, _link(one, anchors), "no", moment(one["dated"]), shape="square"
        )
    for one in body["transfers"]:
        name = (
            ", ".join(each["label"] or each["id"] for each in one["operated_by"]) or "another body"
        )
        end = moment(one["ended"]) if one["ended"] else None
        title = f"{time_words(one['happened'])}: services run by {name}"
        yield Entry(name, title, _link(one, anchors), "cs", moment(one["happened"]), end)
    for event in story:
        if event["kind"] == "reorganisation":
            when = Bounds(event["time"]["earliest"], event["time"]["latest"])
            title = f"{time_words({'edtf': None, **event['time']})}: {event['thing']['label']}"
            yield Entry(
                "reorganisation",
                title,
                anchors.get(event["thing"]["iri"], ""),
                _PLAIN_HUE,
                when,
                shape="square",
            )
