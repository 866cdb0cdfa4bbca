"""The types of query parameters: how a person's text becomes a term, or an error that helps."""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass

import pyoxigraph as ox
from rdflib import URIRef
from rdflib.namespace import XSD

from ontology.errors import UnknownIdentifier, WrongParameter
from ontology.identifiers import concept, reference, thing
from ontology.terms import CI

_NOTICE_KINDS: dict[str, URIRef] = {
    "best-value-notice": CI.BestValueNotice,
    "improvement-notice": CI.ImprovementNotice,
}
"""Class of each kind of notice."""

AUTHORITY_CODE = r"[A-Z]{4,}"
"""Form of the register code of a combined authority, which no council has."""

ALSO = ("not-heard-of",)
"""What a list for a day leaves out unless it is asked for, by its notation."""
_CHANGES = ("new", "corrected", "withdrawn")
"""What can have become of a statement."""
_CHANGES_OF = ("record", "sources")
"""Where something changed: in this record, or in what sources tell."""
_ACT_KINDS: dict[str, URIRef] = {
    **_NOTICE_KINDS,
    "assurance-review": CI.AssuranceReview,
    "best-value-inspection": CI.BestValueInspection,
    "direction": CI.Direction,
    "informal-intervention": CI.InformalIntervention,
    "minded-to-letter": CI.MindedToLetter,
    "planning-designation": CI.PlanningDesignation,
    "statement-of-action": CI.StatementOfAction,
}
"""Class of each kind of act of a minister."""
CLOSED: dict[str, Collection[str]] = {
    "act": _ACT_KINDS,
    "also": ALSO,
    "change": _CHANGES,
    "changeof": _CHANGES_OF,
    "notice": _NOTICE_KINDS,
}
"""Values of the types that do not depend on the release."""

# takes: "2018-01-01", "2020-02-29"
# leaves: "2019-02-29", "2018-W01-1", "20180101", "9999-01-01"
_DAY = (
    r"(?:1[89]|2[01])[0-9]{2}-"
    r"(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])"
    r"|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)"
    r"|02-(?:0[1-9]|1[0-9]|2[0-8]))"
    r"|(?:(?:1[89]|2[01])(?:0[48]|[2468][048]|[13579][26])|2000)-02-29"
)
_YEARS = "|".join(f"20{year:02}-{(year + 1) % 100:02}" for year in range(100))
PATTERNS: dict[str, str] = {"date": _DAY, "financialyear": _YEARS, "integer": "-?[0-9]{1,18}"}
"""Pattern of the values of a type that has more than a list could name, and a form of its own."""
_TEXT_CHARACTERS = 200
"""Longest value of a parameter that is a text."""

FORMS: dict[str, str] = {
    "date": "YYYY-MM-DD",
    "financialyear": "20YY-YY",
    "integer": "0",
    "reference": "kind/name",
    "text": "*",
}
"""Form of the values of each type that takes more of them than can be listed."""

Term = ox.NamedNode | ox.Literal


@dataclass(frozen=True)
class Parameter:
    """A parameter of a query: its name, type, and what it means."""

    name: str
    type: str
    optional: bool
    meaning: str


def _address(find: Callable[..., URIRef], *kind: str) -> Callable[[str], Term]:
    return lambda text: ox.NamedNode(str(find(*kind, text)))


def _council(text: str) -> Term:
    """Return a council, or a combined authority, which a minister may address as one."""
    kind = "authority" if re.fullmatch(AUTHORITY_CODE, text) else "council"
    return ox.NamedNode(str(thing(kind, text)))


def _date(text: str) -> Term:
    if not re.fullmatch(_DAY, text):
        raise UnknownIdentifier(
            f"{text!r} is not a day from 1800 to 2199; expected for example 2018-01-01"
        )
    return ox.Literal(text, datatype=ox.NamedNode(str(XSD.date)))


def _financial_year(text: str) -> Term:
    if not re.fullmatch(_YEARS, text):
        raise UnknownIdentifier(f"{text!r} is not a financial year; expected for example 2024-25")
    return ox.Literal(text)


def _integer(text: str) -> Term:
    if not re.fullmatch(PATTERNS["integer"], text):
        raise UnknownIdentifier(f"{text!r} is not a whole number")
    return ox.Literal(int(text))


def _text(text: str) -> Term:
    if len(text) > _TEXT_CHARACTERS:
        raise UnknownIdentifier(
            f"a text of {len(text):,} characters; expected at most {_TEXT_CHARACTERS}"
        )
    return ox.Literal(text)


def _also(text: str) -> Term:
    """Return a list of what is wanted too; each word has to be known."""
    wrong = [word for word in text.split(",") if word not in ALSO]
    if wrong:
        raise UnknownIdentifier(f"{wrong[0]!r} is not possible; expected {', '.join(ALSO)}")
    return ox.Literal(text)


def _one_of(words: Collection[str]) -> Callable[[str], Term]:
    """Return what reads one of some words."""

    def read(text: str) -> Term:
        if text not in words:
            raise UnknownIdentifier(f"{text!r} is not possible; expected {', '.join(words)}")
        return ox.Literal(text)

    return read


def _kind(kinds: dict[str, URIRef], what: str) -> Callable[[str], Term]:
    """Return what reads the name of a kind as its class."""

    def read(text: str) -> Term:
        if text not in kinds:
            raise UnknownIdentifier(
                f"{text!r} is not a kind of {what}; expected one of {', '.join(kinds)}"
            )
        return ox.NamedNode(str(kinds[text]))

    return read


SCHEMES: dict[str, str] = {
    "area": "area",
    "counciltype": "council-type",
    "form": "inspection-form",
    "framework": "framework",
    "grade": "grade",
    "kind": "deadline-kind",
    "model": "delivery-model",
    "officekind": "office-kind",
    "paykind": "pay-kind",
    "regime": "regime",
    "region": "region",
    "stage": "intervention-stage",
    "status": "coverage-status",
    "supportstatus": "support-status",
    "topic": "coverage-topic",
    "transferground": "transfer-ground",
    "type": "discrepancy-type",
}
"""Scheme whose notations a type of parameter accepts."""
_THINGS = "direction", "document", "inspection", "office"
TYPES: dict[str, Callable[[str], Term]] = {
    **{kind: _address(thing, kind) for kind in _THINGS},
    **{name: _address(concept, scheme) for name, scheme in SCHEMES.items()},
    "act": _kind(_ACT_KINDS, "act"),
    "change": _one_of(_CHANGES),
    "changeof": _one_of(_CHANGES_OF),
    "council": _council,
    "also": _also,
    "date": _date,
    "financialyear": _financial_year,
    "integer": _integer,
    "notice": _kind(_NOTICE_KINDS, "notice"),
    "power": _address(reference),
    "provision": _address(reference),
    "reference": _address(reference),
    "text": _text,
}

_BY_WHEN_KNOWN = "known_at"
"""The day that says which sources count, and not of which day they tell."""


def day_asked(parameters: Iterable[Parameter], given: Mapping[str, str]) -> str | None:
    """Return the one day that is asked about; none where none or a range is.

    >>> on = [Parameter(name, "date", True, "a day") for name in ("known_at", "from", "on")]
    >>> day_asked(on, {"known_at": "2018-01-01", "from": "2017-01-01", "on": "2016-01-01"})
    '2016-01-01'
    """
    days = (
        given[one.name]
        for one in parameters
        if one.type == "date" and one.name in given
        if one.name != _BY_WHEN_KNOWN and not one.name.endswith(("from", "to"))
    )
    return next(days, None)


_LISTED_AT: dict[str, str] = {
    "council": "/councils",
    "direction": "/directions",
    "document": "/documents",
    "inspection": "/inspections",
    "office": "/queries/names_of_offices",
    "power": "/scheme/power",
    "provision": "/queries/functions_in_scope",
}
"""Where the values of a type are listed that no scheme has."""
_NAMED: dict[str, tuple[str, ...]] = {
    "act": tuple(_ACT_KINDS),
    "also": ALSO,
    "change": _CHANGES,
    "changeof": _CHANGES_OF,
    "notice": tuple(_NOTICE_KINDS),
}
"""Types with few values, which are the same in every release."""


def source_of_values(kind: str) -> str:
    """Return where the values of a type of parameter come from, in a few words.

    >>> source_of_values("grade"), source_of_values("date"), source_of_values("also")
    ('listed at /scheme/grade', 'written YYYY-MM-DD', 'one of: not-heard-of')
    """
    if kind in SCHEMES:
        return f"listed at /scheme/{SCHEMES[kind]}"
    if kind in _LISTED_AT:
        return f"listed at {_LISTED_AT[kind]}"
    if kind in _NAMED:
        return f"one of: {', '.join(_NAMED[kind])}"
    form = FORMS[kind]
    return "any text" if form == FORMS["text"] else f"written {form}"


def read_term(parameter: Parameter, text: str) -> Term:
    """Return the term that a person's text means for a parameter.

    Raises: WrongParameter, naming the parameter, the value and what is accepted.

    >>> str(read_term(Parameter("council", "council", False, "register code"), "NFK"))
    '<https://w3id.org/council-interventions/id/council/NFK>'
    """
    try:
        return TYPES[parameter.type](text)
    except UnknownIdentifier as error:
        raise WrongParameter(f"{parameter.name}: {error} ({parameter.meaning})") from None
