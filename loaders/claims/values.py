"""Turn the text of a stated value into a term of the graph, by the kind its field declares."""

from collections.abc import Callable
from decimal import Decimal, InvalidOperation

from rdflib import Literal, URIRef
from rdflib.namespace import XSD

from ontology import CI, concept_exists
from ontology.classes import Classes
from ontology.dates import TimeReading, folded
from ontology.errors import UnknownIdentifier
from ontology.identifiers import concept, parse, reference, thing

Value = URIRef | Literal | TimeReading

_THINGS = frozenset(
    {"appointment", "council", "direction", "document", "inspection", "office", "person"}
)
"""Kinds whose values are the local name of a thing."""

_SCHEMES = frozenset(
    {
        "act-change",
        "commissioner-type",
        "deadline-kind",
        "delivery-model",
        "end-condition",
        "end-manner",
        "framework",
        "grade",
        "inspection-form",
        "not-judged-reason",
        "office-kind",
        "pay-basis",
        "pay-kind",
        "regime",
        "requirement-action",
        "section-114-ground",
        "service-domain",
        "sighting-state",
        "standard-clause",
        "support-status",
        "transfer-ground",
        "unit",
    }
)
"""Kinds whose values are the notation of a concept."""


_AUTHORITY_CODE_CHARACTERS = 4
"""Length of the code of a combined authority, which a minister may address as he does a council."""


def known_concept(scheme: str, notation: str) -> URIRef:
    """Return a concept that the ontology declares.

    Raises: UnknownIdentifier for a notation that the scheme does not hold.
    """
    if not concept_exists(scheme, notation):
        raise UnknownIdentifier(
            f"{notation!r} is not in the scheme {scheme!r}; "
            f"its notations stand in ontology/schemes/{scheme}.ttl"
        )
    return concept(scheme, notation)


def _class_term(name: str) -> URIRef:
    """Return a class of the ontology by its name."""
    if name not in Classes.__annotations__:
        raise UnknownIdentifier(
            f"{name!r} is not a class of the ontology; "
            "its classes stand in ontology/council-interventions.ttl"
        )
    return CI[name]


def integer(text: str) -> Literal:
    """Return a whole number."""
    if not text.lstrip("-").isdecimal():
        raise UnknownIdentifier(f"{text!r} is not a whole number; expected for example 3")
    return Literal(int(text))


def decimal(text: str) -> Literal:
    """Return a decimal number."""
    try:
        return Literal(Decimal(text))
    except InvalidOperation:
        raise UnknownIdentifier(f"{text!r} is not a number; expected for example 12.5") from None


def duration(text: str) -> Literal:
    """Return a length of time, such as P6M."""
    literal = Literal(text, datatype=XSD.duration)
    if literal.ill_typed:
        raise UnknownIdentifier(f"{text!r} is not a duration; expected for example P6M or P42D")
    return literal


def _text_literal(text: str) -> Literal:
    """Return words in English."""
    return Literal(text, lang="en")


def _web_address(text: str) -> Literal:
    """Return the address of a page."""
    if not text.startswith(("http://", "https://")):
        raise UnknownIdentifier(f"{text!r} is not the address of a page; it begins with https://")
    return Literal(text, datatype=XSD.anyURI)


_READERS: dict[str, Callable[[str], URIRef | Literal]] = {
    "address": _web_address,
    "class": _class_term,
    "decimal": decimal,
    "duration": duration,
    "integer": integer,
    "name": Literal,
    "provision": reference,
    "reference": reference,
    "text": _text_literal,
}


def read_value(kind: str, text: str, parent: URIRef) -> URIRef | Literal:
    """Return the term that a stated value means.

    In: `parent` is the thing the statement stands in; a duty is named by its paragraph within it.
    Raises: UnknownIdentifier, naming the value and where the accepted ones stand.
    """
    if kind == "council" and len(text) == _AUTHORITY_CODE_CHARACTERS:
        return thing("authority", text)
    if kind == "instrument":
        # A bare number is that of a direction, as most records name it.
        return reference(text) if "/" in text else thing("direction", text)
    if kind in _THINGS:
        return thing(kind, text)
    if kind in _SCHEMES:
        return known_concept(kind, text)
    if kind == "duty":
        family, local = parse(str(parent))
        return thing(family, f"{local.partition('/')[0]}/{text}")
    return _READERS[kind](text)


def key_of(value: Value) -> str:
    """Return the form by which two values are compared: EDTF, address, or folded text."""
    if isinstance(value, TimeReading):
        return value.key
    if isinstance(value, URIRef):
        return str(value)
    return folded(str(value))
