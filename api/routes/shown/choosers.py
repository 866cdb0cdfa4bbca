"""What the filters of a page can be chosen from: each value with the name that people use."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from api.hosting.state import Service
from api.routes.shown.start import SUMS, kept_rows
from api.views.description import Description, gather
from api.views.serialisers import key_words
from ontology.identifiers import concept, reference, thing
from queries.parameters import CLOSED, SCHEMES, Parameter

_MOST = 200
"""Of more values nobody can choose: a text is asked for."""
_YEARS = "financialyear"
_REFERENCES = "power", "provision"
_THINGS = "direction", "office"


@dataclass(frozen=True)
class Chosen:
    """A value of a filter, and what it is called."""

    value: str
    label: str


async def choosers(
    service: Service, filters: Sequence[Parameter]
) -> Mapping[str, Sequence[Chosen]]:
    """Return the values of each filter by the name of the filter, in order of what they are called.

    Out: none for a filter with more values than anybody can look through, or with a form of its
    own, such as a day.
    """
    return {one.name: await _values(service, one.type) for one in filters}


async def _values(service: Service, kind: str) -> Sequence[Chosen]:
    if kind in CLOSED:
        return [Chosen(value, _words(value)) for value in CLOSED[kind]]
    if kind == _YEARS:
        rows = await kept_rows(service, SUMS)
        years = sorted({row["year"]["value"] for row in rows if "year" in row}, reverse=True)
        return [Chosen(year, year) for year in years]
    addresses = _addresses(service, kind)
    if not 0 < len(addresses) <= _MOST:
        return ()
    names = Description(await gather(service.engine, "names_of", list(addresses.values())))
    found = [Chosen(value, names.label(iri) or _words(value)) for value, iri in addresses.items()]
    return sorted(found, key=lambda one: one.label.lower())


def _addresses(service: Service, kind: str) -> Mapping[str, str]:
    """Return the values of a type with the things that they name; none where it names none."""
    if kind in SCHEMES:
        scheme = SCHEMES[kind]
        return {name: str(concept(scheme, name)) for name in service.notations.get(scheme, ())}
    known = service.known.get(kind, ())
    if kind in _REFERENCES:
        return {name: str(reference(name)) for name in known}
    return {name: str(thing(kind, name)) for name in known} if kind in _THINGS else {}


def _words(value: str) -> str:
    return key_words(value).replace("-", " ")
