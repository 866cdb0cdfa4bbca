"""What every address takes and answers, one entry each, for the release that is served."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from api.analysis.pictures.all_pictures import PICTURES
from api.contract import bodies
from api.contract.parameters import (
    ANY_TEXT,
    Described,
    choosing,
    filter_of,
    in_path,
    in_query,
    paging,
    text_in_path,
)
from api.contract.reference_bodies import (
    CHANGED,
    CHECKED,
    COLUMNS,
    CSVW_TABLE,
    EXPORTED,
    FINDING,
    FLYOUT,
    PICTURE,
    PICTURE_LIST,
    PROPOSED,
    RECONCILED,
    SUGGESTED,
    TERM,
)
from api.contract.schemas import Schema, shared
from api.hosting.state import Service
from api.http.negotiation import LIST, PAGE, QUADS, QUERY_RDF, RDF, SVG, TABLE, THING
from api.http.sparql_request import PATH as SPARQL
from api.routes.pages import ON
from api.routes.reference import changes
from api.routes.reference.analysis import PNG
from api.routes.reference.choice import WITH
from api.routes.reference.columns import CSVW
from api.routes.reference.contexts import CONTEXT, TABLES
from api.routes.reference.feeds import LIST_OR_FEED, THING_OR_FEED, formats_of
from api.routes.reference.validation import ACCEPTED, FORM, FORMS_OF_FINDINGS, RULE, SEVERITY
from api.routes.resources import ITEMS
from api.routes.shown.start import SHOWS
from api.views.legislation import PROVISION, STATUTE
from api.views.lists import BY_PATH, CLOCKS, RESOURCES, Resource
from queries.ask.matcher import LONGEST_CHARACTERS
from queries.catalogue import CatalogueQuery, catalogue
from queries.columns import columns_of
from queries.engine.formats import RDF_FORMATS
from queries.engine.interface import TABLE_FORMATS
from queries.parameters import ALSO
from queries.sparql.query_inspection import inspect_query
from queries.tables.files import file_kinds

_JSON_HTML: dict[str, str] = {"json": "application/json", "html": "text/html"}
_JSON: dict[str, str] = {"json": "application/json"}
_ROWS: dict[str, str] = {name: media for media, name in TABLE_FORMATS.items()}


@dataclass(frozen=True)
class Operation:
    """What can be asked at an address, and how it answers.

    In: `answer` is the schema of the JSON; `media` the media types, by suffix; `moved` the statuses
    of redirections; `body` the media types of what is sent, with their schemas or none; `source`
    the path of the route, if the address is not itself one.
    """

    id: str
    media: Mapping[str, str]
    answer: Schema | None = None
    parameters: Sequence[Described] = ()
    moved: tuple[int, ...] = ()
    body: Mapping[str, Schema] = field(default_factory=dict)
    source: str = ""
    summary: str = ""
    description: str = ""


_Found = Iterator[tuple[str, str, Operation]]
"""Path, method and operation of each."""


def _lists(service: Service) -> _Found:
    for resource in RESOURCES:
        yield f"/{resource.path}", "get", _list_of(service, resource)
    for path in ("requirements", "tasks"):
        direction = in_path("direction", "direction", "identifier of the direction")
        inner = _list_of(service, BY_PATH[path], "direction")
        operation = Operation(
            f"{path}_of_direction", LIST, inner.answer, [direction, *inner.parameters]
        )
        yield f"/directions/{{direction}}/{path}", "get", operation
    events = bodies.page(shared("Event"))
    for path, kind, meaning, example in (
        ("/councils", "council", "register code, or any name or number of the council", "NFK"),
        ("/authorities", "authority", "register code of the authority", "WMCA"),
    ):
        code = text_in_path("code", meaning, example)
        moved = (308,) if kind == "council" else ()
        operation = Operation(
            f"events_of_{kind}", LIST_OR_FEED, events, [code, *paging(service)], moved
        )
        yield f"{path}/{{code}}/events", "get", operation


def _list_of(service: Service, resource: Resource, without: str = "") -> Operation:
    filters = [
        filter_of(service, one) for one in resource.filters if one.name not in (without, WITH)
    ]
    also = ALSO if any(one.name == WITH for one in resource.filters) else ()
    chosen = choosing(resource.columns_by_key, also, resource.csv_columns)
    name = f"list_{resource.path.replace('-', '_')}"
    parameters = [*filters, *chosen, *paging(service)]
    return Operation(name, formats_of(resource), bodies.list_page(resource), parameters)


def _changes(service: Service) -> _Found:
    filters = [filter_of(service, one) for one in changes.FILTERS if one.name != "release"]
    if names := changes.recorded(service):
        meaning = next(one.meaning for one in changes.FILTERS if one.name == "release")
        filters.append(in_query("release", meaning, {"type": "string", "enum": names}))
    operation = Operation("changes", changes.FORMATS, CHANGED, [*filters, *paging(service)])
    yield "/changes", "get", operation


def _search(service: Service) -> _Found:
    parameters = [
        in_query("q", "a name, code, number or words, with or without a year", ANY_TEXT, True),
        in_query("kind", "kinds of things, with a comma between several", {"type": "string"}),
        *paging(service),
    ]
    yield "/search", "get", Operation("search", TABLE, bodies.page(bodies.HIT), parameters)
    question = {"type": "string", "minLength": 1, "maxLength": LONGEST_CHARACTERS}
    question["examples"] = ["Which directions has Norfolk received?"]
    asked = in_query("q", "a question in ordinary English", question, True)
    yield "/ask", "get", Operation("ask", TABLE, bodies.ASKED, [asked])


def _things(service: Service) -> _Found:
    code = text_in_path("code", "register code, or any name or number of the council", "NFK")
    clocks = [filter_of(service, clock) for clock in CLOCKS]
    yield (
        "/councils/{code}",
        "get",
        Operation(
            "council",
            THING_OR_FEED,
            bodies.COUNCIL,
            [code, *clocks, *choosing(bodies.COUNCIL["properties"])],
            (308,),
        ),
    )
    picture = Operation("timeline", {"svg": SVG}, None, [code, *clocks], (308,))
    yield "/councils/{code}/timeline.svg", "get", picture
    for path, (kind, table) in ITEMS.items():
        item = in_path("item", kind, f"identifier of the {kind}")
        is_clocked = path in BY_PATH and bool(BY_PATH[path].known_as)
        answer = bodies.one(table, is_clocked=is_clocked)
        parameters = [item, *(clocks if is_clocked else ()), *choosing(answer["properties"])]
        operation = Operation(kind.replace("-", "_"), THING, answer, parameters)
        yield f"/{path}/{{item}}", "get", operation
    for kind, table, example in (
        ("statute", STATUTE, "ukpga/1996/56"),
        ("provision", PROVISION, "ukpga/1996/56/section/497A"),
    ):
        item = text_in_path(
            "item", f"identifier of the {kind}, as legislation.gov.uk has it", example
        )
        moved = (308,) if kind == "provision" else ()
        answer = bodies.one(table)
        parameters = [item, *choosing(answer["properties"])]
        yield f"/{kind}s/{{item}}", "get", Operation(kind, THING, answer, parameters, moved)
    claim = in_path("claim", "claim", "identifier of the claim")
    yield "/claims/{claim}", "get", Operation("claim", THING, bodies.CLAIM_ANSWER, [claim])


def _questions(service: Service) -> _Found:
    yield "/queries", "get", Operation("list_queries", LIST, bodies.QUESTIONS)
    for query in catalogue().values():
        yield f"/queries/{query.name}", "get", _question(service, query)


def _question(service: Service, query: CatalogueQuery) -> Operation:
    gives_triples = inspect_query(query.text).gives_triples
    return Operation(
        f"query_{query.name}",
        RDF if gives_triples else LIST_OR_FEED,
        None if gives_triples else bodies.answer_to(columns_of(query)),
        [filter_of(service, parameter) for parameter in query.parameters],
        source="/queries/{name}",
        summary=query.title,
        description=query.question,
    )


def _analysis(service: Service) -> _Found:
    name = text_in_path("name", "name of the picture", *PICTURES)
    yield "/analysis", "get", Operation("list_pictures", _JSON_HTML, PICTURE_LIST)
    path = "/analysis/{name}"
    yield path, "get", Operation("picture", TABLE, PICTURE, [name])
    yield f"{path}.svg", "get", Operation("picture_svg", {"svg": SVG}, None, [name])
    yield f"{path}.png", "get", Operation("picture_png", {"png": PNG}, None, [name])
    yield f"{path}/embed", "get", Operation("embedded_picture", PAGE, None, [name])


def _of_form(pattern: str, example: str) -> Schema:
    """Return the schema of texts that fit a pattern."""
    return {"type": "string", "pattern": f"^(?:{pattern})$", "examples": [example]}


def _reference(service: Service) -> _Found:
    yield "/columns", "get", Operation("columns", TABLE, COLUMNS)
    path = text_in_path("path", "list, as in its address", "directions", *BY_PATH)
    yield (
        "/columns/{path}",
        "get",
        Operation("columns_of_list", CSVW, CSVW_TABLE, [path]),
    )
    path = text_in_path("path", "beginning of the address", "directions", *TABLES)
    contexts = {"type": "object", "required": ["@context"]}
    yield "/context/{path}", "get", Operation("context", CONTEXT, contexts, [path])
    examples = {RULE: "S12", SEVERITY: "warning"}
    filters = [
        in_query(one.name, one.meaning, _of_form(FORMS_OF_FINDINGS[one.name][0], example))
        for one, example in examples.items()
    ]
    filters += paging(service)
    findings = bodies.page(shared("ValidationFinding"))
    yield "/validation", "get", Operation("validation", LIST, findings, filters)
    found = text_in_path("finding", "identifier of the finding", "0123456789abcdef")
    yield (
        "/validation/{finding}",
        "get",
        Operation("finding", THING, FINDING, [found]),
    )
    text: Schema = {"type": "string", "minLength": 1}
    form: Schema = {
        "type": "object",
        "properties": {"data": text, "format": {"type": "string", "enum": list(RDF_FORMATS)}},
        "required": ["data"],
    }
    # The schema of JSON is that of what is read from it: a graph may be any object or list. None is
    # told, for generators of clients make one body of all that they take for JSON or a form.
    sent = {**{media: {} if media.endswith("json") else text for media in ACCEPTED}, FORM: form}
    yield "/validate", "post", Operation("validate", THING, CHECKED, body=sent)


def _reconciliation(service: Service) -> _Found:
    queries = {"type": "string", "examples": ['{"q0": {"query": "Norfolk CC"}}']}
    extend = {"type": "string", "examples": ['{"ids": ["NFK"], "properties": [{"id": "region"}]}']}
    asked: dict[str, tuple[str, Schema]] = {
        "queries": (
            "queries by name, as JSON: query, and perhaps type, limit, properties",
            queries,
        ),
        "extend": ("what shall be told of which councils, as JSON: ids, properties", extend),
    }
    parameters = [in_query(name, *described) for name, described in asked.items()]
    form: Schema = {
        "type": "object",
        "properties": {name: schema for name, (_, schema) in asked.items()},
    }
    path = "/reconcile"
    yield path, "get", Operation("reconcile_get", _JSON, RECONCILED, parameters)
    yield path, "post", Operation("reconcile_post", _JSON, RECONCILED, body={FORM: form})
    part = {"type": "string", "examples": ["norf"]}
    prefix = in_query("prefix", "part of a name; without one no council, or all there are", part)
    for name in ("entity", "property", "type"):
        operation = Operation(f"suggest_{name}", _JSON, SUGGESTED, [prefix])
        yield f"{path}/suggest/{name}", "get", operation
    kinds = in_query(
        "type", "type of what is extended", {"type": "string", "examples": ["council"]}
    )
    most = in_query("limit", "most properties", {"type": "integer", "minimum": 1, "maximum": 1000})
    yield f"{path}/properties", "get", Operation("extended_by", _JSON, PROPOSED, [kinds, most])
    code = in_query("id", "register code", {"type": "string", "examples": ["NFK"]}, True)
    yield f"{path}/preview", "get", Operation("preview", PAGE, None, [code])
    yield f"{path}/flyout/entity", "get", Operation("flyout", _JSON, FLYOUT, [code])


def _sparql(service: Service) -> _Found:
    text: Schema = {
        "type": "string",
        "minLength": 1,
        "maxLength": service.settings.query_characters,
        "examples": ["ASK { ?s ?p ?o }"],
    }
    graph: Schema = {"type": "array", "items": {"type": "string", "format": "iri"}}
    formats = sorted({*_ROWS, *QUERY_RDF, "html"})
    asked: dict[str, tuple[str, Schema]] = {
        "query": ("a query of SPARQL 1.1; without one the service is described", text),
        "default-graph-uri": ("graph of the release that is the default graph", graph),
        "named-graph-uri": ("graph of the release that GRAPH reaches", graph),
        "format": ("format of the answer, before Accept", {"type": "string", "examples": formats}),
    }
    parameters = [in_query(name, *described) for name, described in asked.items()]
    form: Schema = {
        "type": "object",
        "properties": {name: schema for name, (_, schema) in asked.items()},
        "required": ["query"],
    }
    media = _ROWS | QUERY_RDF | {"html": "text/html"}
    yield SPARQL, "get", Operation("sparql_get", media, None, parameters)
    sent = {"application/sparql-query": text, "application/x-www-form-urlencoded": form}
    yield SPARQL, "post", Operation("sparql_post", media, None, parameters[1:], body=sent)


def _graphs(service: Service) -> _Found:
    name: Schema = {"type": "string", "format": "iri", "enum": ["", *service.graphs]}
    parameters = [
        in_query("graph", "the graph that is wanted", name | {"minLength": 1}),
        in_query("default", "the default graph is wanted", {"type": "string", "enum": [""]}),
    ]
    media = _JSON_HTML | QUADS | RDF
    yield "/graphs", "get", Operation("graphs", media, bodies.GRAPHS, parameters)
    names = [graph.partition("/graph/")[2] for graph in service.graphs]
    part = text_in_path("name", "name of the graph, or all", "ontology", "all", *names)
    yield "/graph/{name}", "get", Operation("graph", RDF, None, [part])


def _linked_data(service: Service) -> _Found:
    kind = text_in_path("kind", "kind of thing", "council")
    local = text_in_path("local", "identifier of the thing", "NFK")
    concept = text_in_path("path", "a scheme, or a scheme and a notation", "grade/inadequate")
    see_other = (303,)
    pair = [kind, local]
    yield "/id/{kind}/{local}", "get", Operation("identify", {}, None, pair, see_other)
    yield "/doc/{kind}/{local}", "get", Operation("describe", THING, bodies.THING, pair)
    yield "/scheme/{path}", "get", Operation("scheme", {}, None, [concept], see_other)
    yield "/ns", "get", Operation("namespace", {}, None, (), see_other)
    yield "/ontology", "get", Operation("ontology", THING, bodies.TERMS)
    yield "/.well-known/void", "get", Operation("void", RDF)
    name = text_in_path("name", "name of a term, or a version of the ontology", "Direction")
    yield "/ontology/{name}", "get", Operation("ontology_term", THING, TERM, [name], see_other)
    yield "/catalog", "get", Operation("catalog", RDF)
    yield "/dataset", "get", Operation("dataset", {}, None, (), see_other)
    part = text_in_path("path", "release, or a file of it", service.release.id)
    yield "/dataset/{path}", "get", Operation("dataset_release", {}, None, [part], see_other)
    yield "/exports", "get", Operation("exports", _JSON_HTML, EXPORTED)
    name = text_in_path("name", "file of the export", "tables/acts.csv", *file_kinds())
    kinds = {kind.media_type: kind.media_type for kind in file_kinds().values()}
    yield "/exports/{name}", "get", Operation("export_file", kinds, None, [name])


def _of_the_service(service: Service) -> _Found:
    shown = [in_query("show", "what the map of the page shows", {"enum": [*SHOWS]})]
    day = filter_of(service, ON)
    yield "/", "get", Operation("start", _JSON_HTML, bodies.START, [*shown, day])
    yield "/coverage/figures", "get", Operation("figures", TABLE, bodies.FIGURES)
    yield "/coverage/parliament", "get", Operation("parliament", TABLE, bodies.PARLIAMENT)
    yield "/docs", "get", Operation("documentation", PAGE)
    described = {"type": "object", "required": ["openapi", "paths"]}
    yield "/openapi.json", "get", Operation("openapi", _JSON, described)
    yield "/health/live", "get", Operation("live", _JSON, bodies.LIVE)
    yield "/health/ready", "get", Operation("ready", _JSON, bodies.READY)
    yield "/metrics", "get", Operation("metrics", {"txt": "text/plain"})


_GROUPS: dict[str, Callable[[Service], _Found]] = {
    "Lists": _lists,
    "Changes": _changes,
    "Search": _search,
    "Reconciliation": _reconciliation,
    "Things": _things,
    "Questions": _questions,
    "Analysis": _analysis,
    "Reference": _reference,
    "SPARQL": _sparql,
    "Graphs": _graphs,
    "Linked data": _linked_data,
    "Service": _of_the_service,
}
"""The parts of the contract, in the order in which they are shown."""


def operations(service: Service) -> Iterator[tuple[str, str, str, Operation]]:
    """Yield the group, path, method and operation of everything that can be asked."""
    for group, find in _GROUPS.items():
        for path, method, operation in find(service):
            yield group, path, method, operation
