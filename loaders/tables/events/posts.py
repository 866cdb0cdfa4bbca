"""The offices to which ministers appoint, by regime, and the people who hold them, as records."""

from dataclasses import dataclass

from data.decisions.people import Holder
from data.records.form import Name, Person
from loaders.tables.claim_source import RowPlace
from ontology.errors import UnreadableTable
from ontology.identifiers import kind_and_local


@dataclass(frozen=True)
class PostForm:
    """The end of the identifier of an office, its class, and the type of commissioner it is."""

    suffix: str
    cls: str
    commissioner_type: str | None = None


_ADVISER, _REVIEWER, _OFFICER = "AdviserRole", "ReviewerRole", "OfficerRole"

_FORMS: dict[str, dict[str, PostForm]] = {
    "childrens-services": {
        "adviser": PostForm("adviser", _ADVISER),
        "board-chair": PostForm("childrens-board", _ADVISER),
        "commissioner": PostForm("childrens", "Commissioner", "childrens-services"),
        "expert-team": PostForm("expert-team", _ADVISER),
        "improvement-partner": PostForm("improvement-partner", _ADVISER),
        "panel-member": PostForm("childrens-panel-member", _ADVISER),
        "peer-support": PostForm("peer-support", _ADVISER),
        "reviewer": PostForm("childrens-reviewer", _REVIEWER),
        "seconded-director": PostForm("seconded-director", _OFFICER),
    },
    "best-value": {
        "adviser": PostForm("best-value-adviser", _ADVISER),
        "assistant-inspector": PostForm("assistant-inspector", _REVIEWER),
        "board-chair": PostForm("improvement-board", _ADVISER),
        "board-member": PostForm("improvement-board-member", _ADVISER),
        "chief-executive": PostForm("chief-executive", _OFFICER),
        "commissioner": PostForm("best-value", "Commissioner", "best-value"),
        "envoy": PostForm("envoy", _ADVISER),
        "expert-team": PostForm("best-value-team", _ADVISER),
        "improvement-partner": PostForm("best-value-partner", _ADVISER),
        "inspector": PostForm("inspector", _REVIEWER),
        "panel-chair": PostForm("improvement-panel", _ADVISER),
        "panel-member": PostForm("improvement-panel-member", _ADVISER),
        "reviewer": PostForm("reviewer", _REVIEWER),
    },
    "send": {
        "adviser": PostForm("send-adviser", _ADVISER),
        "board-chair": PostForm("send-board", _ADVISER),
        "commissioner": PostForm("send", "Commissioner", "send"),
        "expert-team": PostForm("send-team", _ADVISER),
        "improvement-partner": PostForm("send-partner", _ADVISER),
        "reviewer": PostForm("send-reviewer", _REVIEWER),
    },
    "planning": {},
}
"""The offices of each regime; no two have one identifier, so that a council's are told apart."""


def post_form(regime: str, office: str, place: str) -> PostForm:
    """Return how the offices of a kind are identified and classed under a regime.

    In: the place of the row, for the message.
    Raises: UnreadableTable for an office that the regime does not have.
    """
    form = _FORMS[regime].get(office)
    if form is None:
        expected = ", ".join(sorted(_FORMS[regime])) or "no office of this regime"
        raise UnreadableTable(f"{place}: {office!r}; expected one of {expected}")
    return form


def post_forms() -> dict[tuple[str, str], PostForm]:
    """Return every form by regime and kind of office."""
    return {
        (regime, office): form for regime, forms in _FORMS.items() for office, form in forms.items()
    }


def person_of(place: RowPlace, column: str, member: Holder) -> Person:
    """Return a person under the name by which the record knows the person, honours beside it."""
    return Person(
        id=kind_and_local(member.member)[1],
        at=column,
        row=place.row,
        words=member.printed,
        name=[place.said(member.name, column, member.printed)],
        honours=[place.said(honour, column, member.printed) for honour in member.honours],
    )


def other_names_of(place: RowPlace, column: str, member: Holder) -> list[Name]:
    """Return the printed name of a person where the record knows the person by another."""
    name = member.other_name
    if name is None:
        return []
    said = place.said(name, column, member.printed)
    return [Name(thing=member.member, at=column, row=place.row, words=member.printed, name=[said])]
