"""Gather what the graph says of things: their triples, parts and times, and the names around them.

It goes in steps of one simple query each: one query with all the paths takes the engine
thousands of times longer.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache

import pyoxigraph as ox
from rdflib.namespace import XSD

from ontology.namespaces import ID, NS, PREFIXES
from queries.catalogue import bind_terms, internal_query
from queries.engine.interface import EVERYTHING, N_TRIPLES, Engine, Question, Row, select
from queries.lookups.things import TabledEngine

Term = ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple

_ITEMS_AT_ONCE = 200
"""Things that are looked up while others wait."""
_ITEM_SLOT = "VALUES (?item) { (UNDEF) }"
_TIME = f"{ID}time/"
_DATE = ox.NamedNode(str(XSD.date))
_LABELS = "rdfs:label", "skos:prefLabel", "foaf:name", "dcterms:title", "namedAs"
_PARTS = (
    "hasJudgement",
    "hasAreaNotJudged",
    "hasFinding",
    "satisfiedOf",
    "qualifiedBy",
    "deadline",
    "hasStep",
    "governs",
    "formerArea",
    "org:changedBy",
    "org:resultedFrom",
    "hasMembership",
    "stateOf",
    "firstSign",
    "lastSign",
    "nextSign",
)
_CONTEXTS = "imposedBy", "ofInspection", "toPost"
_COUNCILS = "addressedTo", "ofCouncil", "forCouncil", "aboutCouncil", "underFramework"


@cache
def expand(name: str) -> str:
    """Return the address of a property by its short name; our own namespace needs no prefix.

    >>> expand("signed"), expand("org:member")
    ('https://w3id.org/council-interventions/ns#signed', 'http://www.w3.org/ns/org#member')
    """
    prefix, colon, local = name.partition(":")
    return PREFIXES[prefix] + local if colon else f"{NS}{name}"


@cache
def compact(iri: str) -> str:
    """Return the short name of a property or class: the inverse of `expand`.

    >>> compact("https://w3id.org/council-interventions/ns#signed")
    'signed'
    """
    if iri.startswith(str(NS)):
        return iri.removeprefix(str(NS))
    for prefix, namespace in PREFIXES.items():
        if iri.startswith(namespace) and "/" not in iri.removeprefix(namespace):
            return f"{prefix}:{iri.removeprefix(namespace)}"
    return iri


class Description:
    """Triples about some things, found by thing and property."""

    def __init__(self, triples: Iterable[ox.Triple] = ()) -> None:
        """Take the triples, each once."""
        self._found: dict[str, dict[str, dict[Term, None]]] = defaultdict(lambda: defaultdict(dict))
        self._inverse: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
        self._triples: dict[ox.Triple, None] = {}
        self.add(triples)

    def add(self, triples: Iterable[ox.Triple]) -> None:
        """Take more triples."""
        for triple in triples:
            self._triples[triple] = None
            subject, predicate, value = _text(triple.subject), triple.predicate.value, triple.object
            self._found[subject][predicate][value] = None
            if isinstance(value, ox.NamedNode):
                self._inverse[value.value, predicate][subject] = None

    def include(self, other: "Description") -> None:
        """Take all that another description has."""
        self.add(other._triples)

    @property
    def triples(self) -> list[ox.Triple]:
        """All triples in a fixed order."""
        return sorted(self._triples, key=str)

    @property
    def subjects(self) -> list[str]:
        """The things of which anything is said."""
        return list(self._found)

    def knows(self, iri: str) -> bool:
        """Return whether anything is said of a thing."""
        return iri in self._found

    def properties(self, iri: str) -> dict[str, list[Term]]:
        """Return everything said of a thing, by property, in a fixed order."""
        found = self._found.get(iri, {})
        return {name: sorted(found[name], key=_text) for name in sorted(found)}

    def values(self, iri: str, path: str) -> list[Term]:
        """Return the values at the end of a path, such as `imposedBy/addressedTo` or `^toPost`.

        In: of several paths with a bar between, `ended|^act/ended`, the first that leads anywhere.
        """
        found = (self._at_end_of(iri, one) for one in path.split("|"))
        return next((values for values in found if values), [])

    def _at_end_of(self, iri: str, path: str) -> list[Term]:
        nodes: list[Term] = [ox.NamedNode(iri)]
        for step in path.split("/"):
            inverse, name = step.startswith("^"), expand(step.removeprefix("^"))
            following: dict[Term, None] = {}
            for node in nodes:
                if inverse:
                    following |= {
                        ox.NamedNode(subject): None
                        for subject in self._inverse.get((_text(node), name), {})
                    }
                else:
                    following |= self._found.get(_text(node), {}).get(name, {})
            nodes = sorted(following, key=_text) if len(following) > 1 else list(following)
        return nodes

    def texts(self, iri: str, path: str) -> list[str]:
        """Return the values at the end of a path as text."""
        return [_text(value) for value in self.values(iri, path)]

    def text(self, iri: str, path: str) -> str | None:
        """Return the first value at the end of a path as text, or none."""
        return next(iter(self.texts(iri, path)), None)

    def label(self, iri: str) -> str | None:
        """Return the name of a thing for people, if it has one."""
        return next((text for name in _LABELS if (text := self.text(iri, name))), None)

    def objects(self, names: Sequence[str], subjects: Iterable[str] | None = None) -> list[str]:
        """Return the things that some properties, or all, point to; of some things, or of all."""
        wanted = {expand(name) for name in names}
        found: dict[str, None] = {}
        for subject in list(self._found) if subjects is None else subjects:
            for predicate, values in self._found.get(subject, {}).items():
                if not wanted or predicate in wanted:
                    found |= {
                        value.value: None for value in values if isinstance(value, ox.NamedNode)
                    }
        return list(found)


def _text(term: Term) -> str:
    return str(term) if isinstance(term, ox.Triple) else term.value


def ask_about(name: str, items: Iterable[str]) -> str:
    """Return a query of the lists folder with things in its row of items, each bound as a term."""
    rows = " ".join(f"({ox.NamedNode(item)})" for item in items)
    return internal_query("lists", name).text.replace(_ITEM_SLOT, f"VALUES (?item) {{ {rows} }}")


async def gather(
    engine: Engine, name: str, items: Sequence[str], everywhere: bool = False
) -> list[ox.Triple]:
    """Return the triples that one query finds about some things."""
    if not items:
        return []
    if isinstance(engine, TabledEngine) and not everywhere:
        found, left = await _looked_up(engine, name, items)
        return [*found, *await gather(engine.inner, name, left)]
    graphs = (EVERYTHING,) if everywhere else ()
    return await _triples(engine, Question(ask_about(name, items), N_TRIPLES, graphs))


async def _looked_up(
    engine: TabledEngine, name: str, items: Sequence[str]
) -> tuple[list[ox.Triple], list[str]]:
    """Return what the table tells of some things; of many in a thread, so that others may go on."""
    if len(items) <= _ITEMS_AT_ONCE:
        return engine.triples(name, items)
    return await asyncio.to_thread(engine.triples, name, items)


async def _triples(engine: Engine, question: Question) -> list[ox.Triple]:
    body = await engine.answer(question)
    return await asyncio.to_thread(
        lambda: [quad.triple for quad in ox.parse(body, ox.RdfFormat.N_TRIPLES)]
    )


async def rows_about(engine: Engine, name: str, items: Sequence[str]) -> list[Row]:
    """Return the rows that one query finds about some things."""
    return (await select(engine, ask_about(name, items)))[1] if items else []


async def describe(engine: Engine, items: Sequence[str]) -> Description:
    """Return what is known of things, with their parts, their times, and the names around them."""
    known = Description(await gather(engine, "triples_of", items))
    holders = await gather(engine, "holders_of", items)
    parts = [*known.objects(_PARTS), *dict.fromkeys(_text(triple.subject) for triple in holders)]
    known.add(await gather(engine, "triples_of", parts))
    known.add(await gather(engine, "linked_to", items))
    deeper = known.objects(_PARTS, parts)
    known.add(await gather(engine, "triples_of", deeper))
    await _add_times(engine, known)
    await _add_names(engine, known)
    return known


async def describe_as_known(engine: Engine, items: Sequence[str], day: str) -> Description:
    """Return what was known of sums by a day: nothing that was published later shows in it."""
    if not items:
        return Description()
    term = ox.Literal(day, datatype=_DATE)
    query = bind_terms(ask_about("known_by", items), {"known_at": term})
    known = Description(await _triples(engine, Question(query, N_TRIPLES)))
    await _add_times(engine, known)
    await _add_names(engine, known)
    return known


async def describe_claims(engine: Engine, claims: Sequence[str]) -> Description:
    """Return what claims say, where they say it, and what became of them."""
    known = Description(await gather(engine, "triples_of", claims, everywhere=True))
    around = known.objects(["evidence", "slot", "between", "usedClaim"])
    known.add(await gather(engine, "triples_of", around, everywhere=True))
    await _add_times(engine, known, everywhere=True)
    await _add_names(engine, known, everywhere=True)
    return known


async def describe_anything(engine: Engine, iri: str) -> Description:
    """Return what any graph says of one thing, with times and names."""
    known = Description(await gather(engine, "triples_of", [iri], everywhere=True))
    await _add_times(engine, known, everywhere=True)
    await _add_names(engine, known, everywhere=True)
    return known


async def _add_times(engine: Engine, known: Description, everywhere: bool = False) -> None:
    """Add the time statements that are pointed to, and the readings they may stand for."""
    times = [iri for iri in known.objects([]) if iri.startswith(_TIME)]
    known.add(await gather(engine, "triples_of", times, everywhere))
    known.add(
        await gather(engine, "triples_of", known.objects(["candidateReading"], times), everywhere)
    )


async def _add_names(engine: Engine, known: Description, everywhere: bool = False) -> None:
    near = [iri for iri in known.objects([]) if not known.knows(iri)]
    known.add(await gather(engine, "names_of", near, everywhere))
    contexts = known.objects(_CONTEXTS)
    far = [iri for iri in known.objects(_COUNCILS, contexts) if not known.knows(iri)]
    known.add(await gather(engine, "names_of", far, everywhere))
