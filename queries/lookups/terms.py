"""A term of the graph, and how the engine writes it in the answers to look-ups."""

import json
import re

import pyoxigraph as ox

RDF_TYPE = "<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_XSD_STRING = "http://www.w3.org/2001/XMLSchema#string"
_QUOTED_IN_CSV = re.compile('[",\n\r]')


class KnownTerm:
    """A term that the graph holds; how it is written is worked out when it is asked for first.

    Guarantee: one object stands for each term of a table, so terms are compared by identity.
    """

    __slots__ = ("_csv", "_json", "text")

    def __init__(self, text: str) -> None:
        """Stand for a term.

        In: the term as N-Triples has it.
        """
        self.text = text
        self._json: str | None = None
        self._csv: str | None = None

    @property
    def json(self) -> str:
        """Return the term as an object of the JSON results format."""
        if self._json is None:
            self._json = _as_json(_parsed(self.text))
        return self._json

    @property
    def csv(self) -> str:
        """Return the term as a field of the CSV results format."""
        if self._csv is None:
            value = _parsed(self.text).value
            is_quoted = _QUOTED_IN_CSV.search(value) is not None
            self._csv = '"' + value.replace('"', '""') + '"' if is_quoted else value
        return self._csv


def _parsed(text: str) -> ox.NamedNode | ox.Literal:
    """Return a term from its N-Triples form, as the engine's own parser reads it."""
    triple = next(ox.parse(f"<a:a> <a:a> {text} .", ox.RdfFormat.N_TRIPLES)).triple
    assert isinstance(triple.object, ox.NamedNode | ox.Literal)
    return triple.object


def _as_json(term: ox.NamedNode | ox.Literal) -> str:
    value = json.dumps(term.value, ensure_ascii=False)
    if isinstance(term, ox.NamedNode):
        return f'{{"type":"uri","value":{value}}}'
    if term.language:
        return f'{{"type":"literal","value":{value},"xml:lang":"{term.language}"}}'
    if term.datatype.value == _XSD_STRING:
        return f'{{"type":"literal","value":{value}}}'
    return f'{{"type":"literal","value":{value},"datatype":"{term.datatype.value}"}}'
