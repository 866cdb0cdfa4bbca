"""What things are called on a page: names that a citizen knows, and no identifiers."""

import re
from collections.abc import Iterable, Mapping, Sequence

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


_REGIMES: Mapping[str, str] = {
    "childrens-services": "children's services",
    "send": "special educational needs",
}
"""What a body of law is called, where its notation is not its name."""


def regime_words(notation: str) -> str:
    """Return what a body of law is called.

    >>> regime_words("send"), regime_words("best-value")
    ('special educational needs', 'best value')
    """
    return _REGIMES.get(notation, notation.replace("-", " "))


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


# takes (match): "row 50276411"
# takes (match): "paragraph 7.a"
# leaves (match): "row slg-2021-12-01-direction"
_FOUND_BY_PEOPLE = re.compile(r"(?!row (?![0-9]+$)).")


# takes: "direction/BNE-2018-01"
# leaves: "and/or 2018"
_NAMED_IN_FINDING = re.compile(r"\b[a-z][a-z0-9-]*/[\w-]*[0-9][\w/.-]*\b")


def finding(message: str, labels: Mapping[str, str]) -> str:
    """Return what a rule found, without the number that begins it, its things by their names.

    >>> finding("S12 It and direction/A-1 differ.", {f"{ID}direction/A-1": "Direction of 2018"})
    'It and Direction of 2018 differ.'
    """
    text = re.sub(r"^[SV][0-9]{2} ", "", message)
    return _NAMED_IN_FINDING.sub(lambda found: labels.get(f"{ID}{found[0]}", found[0]), text)


# takes: "direction CRY-2025-01, 17 July 2025"
# takes: "direction SAW-2014-01 gave way"
# leaves: "CRY-2025-01"
_WITH_IDENTIFIER = re.compile(
    r"(?<=[a-z]) [A-Z]{3,4}-(\d{4})-\d{2}(?![\w-])(?:(, )(?=\d|[A-Z\[]))?"
)


def without_identifiers(text: str) -> str:
    """Return a sentence in which an act is named by its day or year, where it had its identifier.

    >>> without_identifiers("until it ends (direction CRY-2025-01, 17 July 2025)")
    'until it ends (direction of 17 July 2025)'
    >>> without_identifiers("direction SAW-2014-01 gave way")
    'direction of 2014 gave way'
    """
    return _WITH_IDENTIFIER.sub(lambda found: " of " if found[2] else f" of {found[1]}", text or "")


def has_place(paragraph: str | None) -> bool:
    """Return whether readers can find a place by its name; a row of our own they cannot.

    >>> has_place("paragraph 7.a"), has_place("row slg-2021-12-01-direction"), has_place("")
    (True, False, False)
    """
    return bool(paragraph and _FOUND_BY_PEOPLE.match(paragraph))


def hint(meaning: str) -> str:
    """Return what a filter means, for who chooses from names and need not know how to write them.

    >>> hint("office that issued it, such as sos-education")
    'office that issued it'
    >>> hint("not-heard-of, for courses too of which nothing had been heard for long")
    'for courses too of which nothing had been heard for long'
    """
    first, _, others = re.sub(" such as .*", "", meaning).partition(",")
    return first.partition(":")[0] if " " in first else others.strip()


def told_by_any(keys: Iterable[str], items: Sequence[Body]) -> list[str]:
    """Return the columns of which anything is told of any of some things."""
    return [key for key in keys if any(is_told(item, key) for item in items)]


def told_in_rows(columns: Iterable[str], rows: Sequence[Body]) -> list[str]:
    """Return the columns of an answer in which any row tells anything; all of an empty one.

    Out: a notation that has its name beside it is left out.

    >>> told_in_rows(["area", "area_label", "note"], [{"area": "a", "area_label": "b", "note": ""}])
    ['area_label']
    """
    named = {f"{one}_label" for one in columns} & {*columns}
    worded = [one for one in columns if f"{one}_label" not in named]
    return [one for one in worded if not rows or any(row[one] not in (None, "") for row in rows)]


def is_told(item: Body, key: str) -> bool:
    """Return whether anything is told of a column of a thing."""
    return key in _COMPUTED or item[key] not in (None, "", [])
