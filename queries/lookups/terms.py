"""A term of the graph, and how the engine writes it in the answers to look-ups."""

import json
from collections.abc import Callable

import pyoxigraph as ox

from queries.engine.csv_rows import csv_cell

RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"


class KnownTerm:
    """A term that the graph holds; how it is written is worked out when it is asked for first.

    Guarantee: one object stands for each term of a table, so terms are compared by identity.
    """

    __slots__ = ("csv", "json", "term", "text")

    csv: str
    """The term as a field of the CSV results format."""
    json: str
    """The term as an object of the JSON results format."""
    term: ox.NamedNode | ox.Literal
    """The term as the engine has it."""

    def __init__(self, text: str) -> None:
        """Stand for a term.

        In: the term as N-Triples has it.
        """
        self.text = text

    @property
    def node(self) -> ox.NamedNode:
        """The term where only an address can stand."""
        assert isinstance(self.term, ox.NamedNode)
        return self.term

    def __getattr__(self, name: str) -> object:
        """Work out a form of the term; from then on that is an attribute like any other."""
        if name not in _FORMS:
            raise AttributeError(name)
        form = _FORMS[name](_parsed(self.text))
        setattr(self, name, form)
        return form


def _parsed(text: str) -> ox.NamedNode | ox.Literal:
    """Return a term from its N-Triples form, as the engine's own parser reads it."""
    triple = next(ox.parse(f"<a:a> <a:a> {text} .", ox.RdfFormat.N_TRIPLES)).triple
    assert isinstance(triple.object, ox.NamedNode | ox.Literal)
    return triple.object


def _as_csv(term: ox.NamedNode | ox.Literal) -> str:
    return csv_cell(term.value)


def _itself(term: ox.NamedNode | ox.Literal) -> ox.NamedNode | ox.Literal:
    return term


def _as_json(term: ox.NamedNode | ox.Literal) -> str:
    value = json.dumps(term.value, ensure_ascii=False)
    if isinstance(term, ox.NamedNode):
        return f'{{"type":"uri","value":{value}}}'
    if term.language:
        return f'{{"type":"literal","value":{value},"xml:lang":"{term.language}"}}'
    if term.datatype.value == _XSD_STRING:
        return f'{{"type":"literal","value":{value}}}'
    return f'{{"type":"literal","value":{value},"datatype":"{term.datatype.value}"}}'


_FORMS: dict[str, Callable[[ox.NamedNode | ox.Literal], object]] = {
    "csv": _as_csv,
    "json": _as_json,
    "term": _itself,
}
