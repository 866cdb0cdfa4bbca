"""The types of query parameters: how a person's text becomes a term, or an error that helps."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

import pyoxigraph as ox
from rdflib import URIRef
from rdflib.namespace import XSD

from ontology.errors import UnknownIdentifier, WrongParameter
from ontology.identifiers import concept, reference, thing
from ontology.terms import CI

NOTICE_KINDS: dict[str, URIRef] = {
    "best-value-notice": CI.BestValueNotice,
    "improvement-notice": CI.ImprovementNotice,
}
"""Class of each kind of notice."""

AUTHORITY_CODE = r"[A-Z]{4,}"
"""Form of the register code of a combined authority, which no council has."""

ALSO = ("not-heard-of",)
"""What a list for a day leaves out unless it is asked for, by its notation."""
ACT_KINDS: dict[str, URIRef] = {
    **NOTICE_KINDS,
    "assurance-review": CI.AssuranceReview,
    "best-value-inspection": CI.BestValueInspection,
    "direction": CI.Direction,
    "informal-intervention": CI.InformalIntervention,
    "minded-to-letter": CI.MindedToLetter,
    "planning-designation": CI.PlanningDesignation,
    "statement-of-action": CI.StatementOfAction,
}
"""Class of each kind of act of a minister."""

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
    try:
        return ox.Literal(
            date.fromisoformat(text).isoformat(), datatype=ox.NamedNode(str(XSD.date))
        )
    except ValueError:
        raise UnknownIdentifier(f"{text!r} is not a day; expected for example 2018-01-01") from None


def _financial_year(text: str) -> Term:
    if not re.fullmatch(r"20[0-9]{2}-[0-9]{2}", text) or (int(text[2:4]) + 1) % 100 != int(
        text[5:]
    ):
        raise UnknownIdentifier(f"{text!r} is not a financial year; expected for example 2024-25")
    return ox.Literal(text)


def _integer(text: str) -> Term:
    if not re.fullmatch(r"-?[0-9]{1,18}", text):
        raise UnknownIdentifier(f"{text!r} is not a whole number")
    return ox.Literal(int(text))


def _also(text: str) -> Term:
    """Return a list of what is wanted too; each word has to be known."""
    wrong = [word for word in text.split(",") if word not in ALSO]
    if wrong:
        raise UnknownIdentifier(f"{wrong[0]!r} is not possible; expected {', '.join(ALSO)}")
    return ox.Literal(text)


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
    "act": _kind(ACT_KINDS, "act"),
    "council": _council,
    "also": _also,
    "date": _date,
    "financialyear": _financial_year,
    "integer": _integer,
    "notice": _kind(NOTICE_KINDS, "notice"),
    "power": _address(reference),
    "provision": _address(reference),
    "reference": _address(reference),
    "text": ox.Literal,
}


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
