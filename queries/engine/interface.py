"""The one interface behind which queries are answered, so that no route knows where the data is."""

import json
from collections.abc import Callable, Coroutine
from dataclasses import dataclass, field
from typing import Protocol, TypedDict

from ontology.errors import QueryRefused
from ontology.namespaces import GRAPH
from queries.sparql.query_inspection import QueryInspection, inspect_template

EVERYTHING = str(GRAPH["all"])
"""Virtual graph that stands for all graphs of the release, claims included."""

DEFAULT_LAYERS = str(GRAPH["ontology"]), str(GRAPH["reference/"]), str(GRAPH["resolved"])
"""Names, or beginnings of names, of the graphs that make up the default graph."""

RESULTS_JSON = "application/sparql-results+json"
N_TRIPLES = "application/n-triples"
TURTLE = "text/turtle"

TABLE_FORMATS: dict[str, str] = {
    RESULTS_JSON: "json",
    "application/sparql-results+xml": "xml",
    "text/csv": "csv",
    "text/tab-separated-values": "tsv",
}
GRAPH_FORMATS: dict[str, str] = {
    TURTLE: "ttl",
    N_TRIPLES: "nt",
    "application/rdf+xml": "rdf",
    "application/ld+json": "jsonld",
    "application/trig": "trig",
    "application/n-quads": "nq",
}
"""Formats of triples; in the last two a graph is the default graph of a dataset."""


@dataclass(frozen=True)
class Question:
    """A query, the media type of the answer, and the dataset if the request names one.

    In: what was seen of the text, if it has been looked at; the engine looks at no other.
    """

    text: str
    media_type: str
    default_graphs: tuple[str, ...] = ()
    named_graphs: tuple[str, ...] = ()
    inspection: QueryInspection | None = field(default=None, compare=False)


@dataclass(frozen=True)
class EngineLoad:
    """How busy an engine is: its workers or places, and the queries that run and wait.

    In: `restarts` are the workers that were started in place of one that ended.
    """

    workers: int
    running: int
    waiting: int
    restarts: int = 0


Gone = Callable[[], Coroutine[None, None, None]]


class Engine(Protocol):
    """Answers queries on one immutable dataset.

    Guarantee: it never changes data and never leaves the machine for a query.
    """

    @property
    def load(self) -> EngineLoad:
        """Return how busy it is."""
        ...

    async def answer(self, question: Question, gone: Gone | None = None) -> bytes:
        """Return the whole answer in the media type of the question.

        In: what ends when the client has gone, for whom a query need not run any longer.
        Raises: QueryRefused for a query it will not run; QueryTooLarge, QueryTimeout and QueryLost
        for one beyond a limit; TooManyQueries; EngineFailed.
        """
        ...


class TermJson(TypedDict, total=False):
    """A term as the SPARQL JSON results format writes it."""

    type: str
    value: str
    datatype: str


WHOLE_GRAPH = "CONSTRUCT { ?thing ?property ?value } WHERE { ?thing ?property ?value }"
WHOLE_DATASET = "# every quad"
"""Stands for a query, as there is none that answers quads; the formats are TriG and N-Quads."""

Row = dict[str, TermJson]
"""One row of an answer, by variable; a variable without a value is absent."""


def no_graph(name: str) -> QueryRefused:
    """Return the error for a graph that is not here, because it would have to be fetched."""
    return QueryRefused(
        f"the dataset has no graph <{name}>, and nothing is fetched from elsewhere; "
        "the graphs there are stand at /graphs",
        name,
    )


async def select(engine: Engine, text: str, template: str = "") -> tuple[list[str], list[Row]]:
    """Return the columns and the rows of a SELECT query.

    In: the query without what was bound in it, where it is one of ours, which is looked at once.
    """
    seen = inspect_template(template) if template else None
    return await rows(engine, Question(text, RESULTS_JSON, inspection=seen))


async def rows(engine: Engine, question: Question) -> tuple[list[str], list[Row]]:
    """Return the columns and the rows of a question whose answer is a table in JSON."""
    body = json.loads(await engine.answer(question))
    return body["head"].get("vars", []), body["results"]["bindings"]
