"""The types of query parameters: how a person's text becomes a term, or an error that helps."""

from __future__ import annotations

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

Term = ox.NamedNode | ox.Literal


@dataclass(frozen=True)
class Parameter:
    """A parameter of a query: its name, type, and what it means."""

    name: str
    type: str
    optional: bool
    meaning: str


def _thing(kind: str) -> Callable[[str], Term]:
    """Return a reader of local names of one kind of thing."""
    return lambda text: ox.NamedNode(str(thing(kind, text)))


def _concept(scheme: str) -> Callable[[str], Term]:
    """Return a reader of notations of one scheme."""
    return lambda text: ox.NamedNode(str(concept(scheme, text)))


def _date(text: str) -> Term:
    """Return a calendar day."""
    try:
        return ox.Literal(
            date.fromisoformat(text).isoformat(), datatype=ox.NamedNode(str(XSD.date))
        )
    except ValueError:
        raise UnknownIdentifier(f"{text!r} is not a day; expected for example 2018-01-01") from None


def _integer(text: str) -> Term:
    """Return a whole number."""
    if not re.fullmatch(r"-?[0-9]{1,18}", text):
        raise UnknownIdentifier(f"{text!r} is not a whole number")
    return ox.Literal(int(text))


def _notice_kind(text: str) -> Term:
    """Return the class of notices that a kind of notice stands for."""
    if text not in NOTICE_KINDS:
        raise UnknownIdentifier(
            f"{text!r} is not a kind of notice; expected one of {', '.join(NOTICE_KINDS)}"
        )
    return ox.NamedNode(str(NOTICE_KINDS[text]))


def _reference(text: str) -> Term:
    """Return any thing, from the short form that answers give for it."""
    return ox.NamedNode(str(reference(text)))


TYPES: dict[str, Callable[[str], Term]] = {
    "area": _concept("area"),
    "council": _thing("council"),
    "counciltype": _concept("council-type"),
    "date": _date,
    "direction": _thing("direction"),
    "document": _thing("document"),
    "framework": _concept("framework"),
    "grade": _concept("grade"),
    "inspection": _thing("inspection"),
    "integer": _integer,
    "kind": _concept("deadline-kind"),
    "model": _concept("delivery-model"),
    "notice": _notice_kind,
    "office": _thing("office"),
    "power": _reference,
    "reference": _reference,
    "regime": _concept("regime"),
    "stage": _concept("intervention-stage"),
    "status": _concept("coverage-status"),
    "region": _concept("region"),
    "text": ox.Literal,
    "topic": _concept("coverage-topic"),
    "type": _concept("discrepancy-type"),
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
