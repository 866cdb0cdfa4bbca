"""What things are called on a page: names that a citizen knows, and no identifiers."""

from collections.abc import Mapping, Sequence

from api.pages.days import moment, time_words
from api.views.serialisers import Json, class_words
from ontology.namespaces import ID

Body = Mapping[str, Json]
_NAMES = "title", "name", "summary", "area_label", "topic_label", "pay_kind_label"
"""Keys of a text that is the name of the thing, the best first."""
_PEOPLE = "holder", "paid_to"
_KINDS = "form_label", "framework_label", "regime_label"
"""Keys that tell what kind of thing it is, more closely than its class."""
_TIMES = (
    *("report_published", "letter_dated", "on_site", "effective_from", "signed", "published"),
    *("dated", "happened", "began", "held"),
)
_COMPUTED = "grades", "holders", "used_by"
"""Columns that are worked out of other keys and always tell something."""
_OTHER = "other"
_NEEDS: Mapping[str, str] = {
    "council": "About one council",
    "date": "About a day or a time",
    _OTHER: "About one document, direction or thing",
    "": "About all councils",
}
"""What the questions are about, by the type of parameter that they need."""


def item_name(item: Body) -> str:
    """Return what a thing is called: its name, its holder, or its kind with its day.

    >>> item_name({"id": "BIR-2023-01", "kind": "Direction", "signed": None})
    'Direction, day not stated'
    >>> item_name({"id": "x", "kind": "Post", "names": ["lead commissioner"]})
    'lead commissioner'
    """
    for key in _NAMES:
        if item.get(key):
            return str(item[key])
    if item.get("names"):
        return str(item["names"][0])
    for key in _PEOPLE:
        if item.get(key):
            return str(item[key]["label"] or item[key]["id"])
    if item.get("year"):
        return f"Support for {item['year']}"
    kind = next((str(item[key]) for key in _KINDS if item.get(key)), class_words(item["kind"]))
    if not any(key in item for key in _TIMES):
        return kind
    times = (item.get(key) for key in _TIMES)
    day = next((time_words(time) for time in times if time and moment(time).is_known), "")
    return f"{kind}, {day or 'day not stated'}"


def council_iri(code: str | None) -> str:
    """Return the address of the council that has a register code; of no code, none."""
    return f"{ID}council/{code}" if code else ""


def holder(about: Body) -> str:
    """Return the address that the council of a thing would have, by the name of the thing.

    >>> holder({"kind": "appointment", "id": "BIR-2014-01"})
    'https://w3id.org/council-interventions/id/council/BIR'
    """
    return council_iri(str(about["id"]).partition("/")[0].partition("-")[0])


def by_need(questions: Sequence[Body]) -> list[tuple[str, Sequence[Body]]]:
    """Return the questions of the catalogue under what they have to be told."""
    found: dict[str, list[Body]] = {heading: [] for heading in _NEEDS.values()}
    for one in questions:
        needed = {each["type"] for each in one["parameters"] if not each["optional"]}
        kind = next((kind for kind in _NEEDS if kind in needed), _OTHER if needed else "")
        found[_NEEDS[kind]].append(one)
    return [(heading, several) for heading, several in found.items() if several]


def is_told(item: Body, key: str) -> bool:
    """Return whether anything is told of a column of a thing."""
    return key in _COMPUTED or item[key] not in (None, "", [])
