"""Gather what the graph says of things: their triples, parts and times, and the names around them.

It goes in steps of one simple query each: one query with all the paths takes the engine
thousands of times longer.
"""

import asyncio
from collections import defaultdict
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from typing import Any

import pyoxigraph as ox
from rdflib.namespace import XSD

from ontology.namespaces import ID, NS, PREFIXES
from queries.catalogue import bind_terms, internal_query
from queries.engine.interface import (
    EVERYTHING,
    N_TRIPLES,
    RESULTS_JSON,
    Engine,
    Question,
    Row,
    rows,
)
from queries.lookups.things import Statement, TabledEngine
from queries.sparql.query_inspection import inspect_template

Term = ox.NamedNode | ox.Literal | ox.BlankNode | ox.Triple

_ITEMS_AT_ONCE = 200
"""Things that are looked up while others wait."""
_READ_AT_ONCE = 100_000
"""Bytes of triples that are read while others wait."""
_REMEMBERED_TERMS = 50_000
_NOTHING: dict[str, Any] = {}
_END_OF_LINE = " .\n"
"""What stands nowhere but at the end of a line: a line break in a text is escaped."""
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
    "formerStateOf",
    "firstSign",
    "lastSign",
    "nextSign",
)
_OF_CLAIMS = "evidence", "slot"
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


@lru_cache(_REMEMBERED_TERMS)
def _term(text: str) -> Term:
    r"""Return a term from its N-Triples form.

    >>> _term('"a\\tb"@en').value, _term("<http://x/>").value, _term("_:b").value
    ('a\tb', 'http://x/', 'b')
    """
    if text[0] == "<" and text[1] != "<":
        return ox.NamedNode(text[1:-1])
    if text[0] == "_":
        return ox.BlankNode(text[2:])
    if text[0] == '"' and "\\" not in text:
        value, _, kind = text[1:].rpartition('"')
        if not kind:
            return ox.Literal(value)
        if kind[0] == "^":
            return ox.Literal(value, datatype=ox.NamedNode(kind[3:-1]))
    parsed: Term = next(ox.parse(f"<a:a> <a:a> {text} .", ox.RdfFormat.N_TRIPLES)).triple.object
    return parsed


def statement(triple: ox.Triple) -> Statement:
    """Return a triple with its terms as N-Triples has them."""
    value = triple.object
    written = f"<<( {value} )>>" if isinstance(value, ox.Triple) else str(value)
    return str(triple.subject), str(triple.predicate), written


class Description:
    """Triples about some things, found by thing and property.

    They are kept as N-Triples has them: of thousands only what is shown becomes a term.
    """

    def __init__(self, statements: Iterable[Statement] = ()) -> None:
        """Take the triples, each once."""
        self._found: dict[str, dict[str, dict[str, None]]] = defaultdict(lambda: defaultdict(dict))
        self._inverse: dict[tuple[str, str], dict[str, None]] = defaultdict(dict)
        self._statements: list[Statement] = []
        self.add(statements)

    def add(self, statements: Iterable[Statement]) -> None:
        """Take more triples."""
        taken = list(statements)
        self._statements += taken
        for subject, predicate, value in taken:
            thing, name = _name(subject), predicate[1:-1]
            self._found[thing][name][value] = None
            if is_address(value):
                self._inverse[value, name][thing] = None

    def include(self, other: "Description") -> None:
        """Take all that another description has."""
        self.add(other._statements)

    @property
    def statements(self) -> list[Statement]:
        """All triples, each once, their terms as N-Triples has them."""
        return list(dict.fromkeys(self._statements))

    @property
    def triples(self) -> list[ox.Triple]:
        """All triples in a fixed order."""
        lines = sorted({" ".join(one) for one in self._statements})
        text = "".join(f"{line}{_END_OF_LINE}" for line in lines)
        return [quad.triple for quad in ox.parse(text, ox.RdfFormat.N_TRIPLES)]

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
        return {name: [_term(text) for text in _sorted(found[name])] for name in sorted(found)}

    def values(self, iri: str, path: str) -> list[Term]:
        """Return the values at the end of a path, such as `imposedBy/addressedTo` or `^toPost`.

        In: of several paths with a bar between, `ended|^act/ended`, the first that leads anywhere.
        """
        return [_term(text) for text in self._at_end_of(iri, path)]

    def _at_end_of(self, iri: str, paths: str) -> list[str]:
        steps = _steps(paths)
        if isinstance(steps, str):
            # Most paths are one step forward.
            following = self._found.get(iri, _NOTHING).get(steps, _NOTHING)
            return _sorted(following) if len(following) > 1 else list(following)
        found = (self._at_end_of_steps(iri, path) for path in steps)
        return next((nodes for nodes in found if nodes), [])

    def _at_end_of_steps(self, iri: str, path: Sequence[tuple[bool, str]]) -> list[str]:
        nodes = [f"<{iri}>"]
        for is_inverse, name in path:
            following: dict[str, None] = {}
            for node in nodes:
                if is_inverse:
                    subjects = self._inverse.get((node, name), ())
                    following |= {f"<{subject}>": None for subject in subjects}
                elif (found := self._found.get(_name(node))) is not None:
                    following |= found.get(name, {})
            nodes = _sorted(following) if len(following) > 1 else list(following)
        return nodes

    def texts(self, iri: str, path: str) -> list[str]:
        """Return the values at the end of a path as text."""
        return [said(text) for text in self._at_end_of(iri, path)]

    def text(self, iri: str, path: str) -> str | None:
        """Return the first value at the end of a path as text, or none."""
        found = self._at_end_of(iri, path)
        return said(found[0]) if found else None

    def label(self, iri: str) -> str | None:
        """Return the name of a thing for people, if it has one."""
        return next((text for name in _LABELS if (text := self.text(iri, name))), None)

    def objects(self, names: Sequence[str], subjects: Iterable[str] | None = None) -> list[str]:
        """Return the things that some properties, or all, point to; of some things, or of all."""
        wanted = {expand(name) for name in names}
        if subjects is None:
            values = (value for value, name in self._inverse if not wanted or name in wanted)
            return [value[1:-1] for value in dict.fromkeys(values)]
        found: dict[str, None] = {}
        for subject in subjects:
            for name, values_of in self._found.get(subject, {}).items():
                if not wanted or name in wanted:
                    found |= {value: None for value in values_of if is_address(value)}
        return [value[1:-1] for value in found]


@cache
def _steps(paths: str) -> str | tuple[tuple[tuple[bool, str], ...], ...]:
    """Return the steps of each of some paths: whether it goes backwards, and the property.

    Out: the property alone of a single step forward.
    """
    if not set(paths) & set("/|^"):
        return expand(paths)
    return tuple(
        tuple((step.startswith("^"), expand(step.removeprefix("^"))) for step in path.split("/"))
        for path in paths.split("|")
    )


def is_address(text: str) -> bool:
    """Return whether a term in its N-Triples form is an address."""
    return text[0] == "<" and text[1] != "<"


def _name(text: str) -> str:
    """Return the name of a thing from its N-Triples form: its address, or that of a blank node."""
    return text[1:-1] if text[0] == "<" else text[2:]


def said(text: str) -> str:
    """Return what a term says, from its N-Triples form: an address, or the text of a literal."""
    if is_address(text):
        return text[1:-1]
    if text[0] == '"' and "\\" not in text:
        return text[1 : text.rindex('"')]
    return _text(_term(text))


def _sorted(texts: Iterable[str]) -> list[str]:
    """Return terms in their N-Triples form in the order of what they say."""
    return sorted(texts, key=said)


def _text(term: Term) -> str:
    return str(term) if isinstance(term, ox.Triple) else term.value


def ask_about(name: str, items: Iterable[str]) -> str:
    """Return a query of the lists folder with things in its row of items, each bound as a term."""
    rows = " ".join(f"({ox.NamedNode(item)})" for item in items)
    return internal_query("lists", name).text.replace(_ITEM_SLOT, f"VALUES (?item) {{ {rows} }}")


async def gather(
    engine: Engine, name: str, items: Sequence[str], everywhere: bool = False
) -> list[Statement]:
    """Return the triples that one query finds about some things, by default or everywhere."""
    if not items:
        return []
    if isinstance(engine, TabledEngine):
        found, left = await _looked_up(engine, name, items, everywhere)
        return [*found, *await gather(engine.inner, name, left, everywhere)]
    return await _statements(engine, _question(name, items, N_TRIPLES, everywhere))


def _question(
    name: str, items: Sequence[str], media_type: str, everywhere: bool = False
) -> Question:
    """Return what a query of the lists folder asks of things."""
    graphs = (EVERYTHING,) if everywhere else ()
    seen = inspect_template(internal_query("lists", name).text)
    return Question(ask_about(name, items), media_type, graphs, (), seen)


async def _looked_up(
    engine: TabledEngine, name: str, items: Sequence[str], everywhere: bool
) -> tuple[list[Statement], list[str]]:
    """Return what the table tells of some things; of many in a thread, so that others may go on."""
    if len(items) <= _ITEMS_AT_ONCE:
        return engine.statements(name, items, everywhere)
    return await asyncio.to_thread(engine.statements, name, items, everywhere)


async def _statements(engine: Engine, question: Question) -> list[Statement]:
    body = await engine.answer(question)
    return await asyncio.to_thread(_read, body) if len(body) > _READ_AT_ONCE else _read(body)


def _read(body: bytes) -> list[Statement]:
    """Return the triples of N-Triples as the engine writes them: a line each, one space between."""
    lines = body.decode().split(_END_OF_LINE)
    return [(one[0], one[1], one[2]) for line in lines[:-1] if (one := line.split(" ", 2))]


async def rows_about(engine: Engine, name: str, items: Sequence[str]) -> list[Row]:
    """Return the rows that one query finds about some things."""
    return (await rows(engine, _question(name, items, RESULTS_JSON)))[1] if items else []


async def describe(engine: Engine, items: Sequence[str]) -> Description:
    """Return what is known of things, with their parts, their times, and the names around them."""
    known = Description(await gather(engine, "triples_of", items))
    holders = await gather(engine, "holders_of", items)
    parts = [*known.objects(_PARTS), *dict.fromkeys(_name(subject) for subject, _, _ in holders)]
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
    known = Description(await _statements(engine, Question(query, N_TRIPLES)))
    await _add_times(engine, known)
    await _add_names(engine, known)
    return known


async def describe_claims(engine: Engine, claims: Sequence[str]) -> Description:
    """Return what claims say, where they say it, and what became of them."""
    return await _in_full(engine, "claims_in_full", claims, _OF_CLAIMS)


async def describe_discrepancies(engine: Engine, items: Sequence[str]) -> Description:
    """Return discrepancies with the claims that differ and the claims that are used."""
    leading = "between", "usedClaim", *_OF_CLAIMS, "preferredClaim"
    return await _in_full(engine, "discrepancies_in_full", items, leading)


async def _in_full(
    engine: Engine, name: str, items: Sequence[str], leading: Sequence[str]
) -> Description:
    """Return what one query finds; of another engine than ours, in steps along some properties."""
    known, wanted = Description(), list(items)
    if isinstance(engine, TabledEngine):
        known.add(await gather(engine, name, wanted, everywhere=True))
        wanted = []
    while wanted := [one for one in wanted if not known.knows(one)]:
        known.add(await gather(engine, "triples_of", wanted, everywhere=True))
        wanted = known.objects(leading, wanted)
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
