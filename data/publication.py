"""What is said of the data as a whole: its title, its licence, whom it is by."""

import tomllib
from functools import cache
from importlib.resources import files

import pyoxigraph as ox
from pydantic import BaseModel, field_validator
from rdflib.namespace import DCTERMS, RDF

from ontology.namespaces import BASE

_DCAT = "http://www.w3.org/ns/dcat#"

DATASET = f"{BASE}dataset"
"""Address of the data as a whole, of which every release is a version."""


class Publication(BaseModel, extra="forbid", frozen=True):
    """The content of `publication.toml`."""

    title: str
    description: str
    keywords: tuple[str, ...]
    language: str
    creator: str
    publisher: str
    licence: str
    licence_name: str
    licence_code: str
    rights: str
    place_name: str
    place: str

    @field_validator("description", "rights")
    @classmethod
    def in_one_line(cls, text: str) -> str:
        """Return a text without the line breaks of the file."""
        return " ".join(text.split())

    def citation(self, release: str, day: str) -> str:
        """Return how a release is cited.

        In: its identifier, and the day on which it was built, if that is known.
        """
        year, of_day = (f" ({day[:4]})", f" of {day}") if day else ("", "")
        return f"{self.creator}{year}: {self.title}, release {release}{of_day}. {DATASET}"


@cache
def publication() -> Publication:
    """Return what is said of the data as a whole."""
    place = files(__name__.partition(".")[0]).joinpath("publication.toml")
    return Publication.model_validate(tomllib.loads(place.read_text(encoding="utf-8")))


def release_address(release: str) -> str:
    """Return the address of one release of the data.

    >>> release_address("0123456789ab")
    'https://w3id.org/council-interventions/dataset/0123456789ab'
    """
    return f"{DATASET}/{release}"


def dataset_triples(address: str) -> list[ox.Triple]:
    """Return what is said of the data as a whole, or of a version of it: above all its licence.

    In: its address.
    """
    told, node = publication(), ox.NamedNode(address)

    def english(name: str, text: str) -> ox.Triple:
        return ox.Triple(node, _term(name), ox.Literal(text, language=told.language))

    found = [
        ox.Triple(node, _term(str(RDF.type)), dcat("Dataset")),
        english(str(DCTERMS.title), told.title),
        english(str(DCTERMS.description), told.description),
        ox.Triple(node, _term(str(DCTERMS.license)), ox.NamedNode(told.licence)),
        english(str(DCTERMS.rights), told.rights),
        ox.Triple(node, _term(str(DCTERMS.spatial)), ox.NamedNode(told.place)),
    ]
    found += [english(f"{_DCAT}keyword", word) for word in told.keywords]
    if address != DATASET:
        found.append(ox.Triple(node, _term(str(DCTERMS.isVersionOf)), ox.NamedNode(DATASET)))
    return found


def dcat(name: str) -> ox.NamedNode:
    """Return a term of DCAT."""
    return ox.NamedNode(f"{_DCAT}{name}")


def _term(iri: str) -> ox.NamedNode:
    return ox.NamedNode(iri)
