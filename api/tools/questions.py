"""The tools of the catalogue: which questions there are, and the answer to one."""

from urllib.parse import urlencode

from api.contract.schemas import STRING, Schema
from api.hosting.state import Service
from api.http.problems import shortened
from api.routes.catalogue import bound, describe_query, rows_of
from api.routes.filters import check_filters
from api.routes.list_endpoint import covered
from api.tools import schemas
from api.tools.arguments import check_names, needed, object_of, text_of, texts_of, whole_number
from api.tools.tool import Call, Cut, Found, Tool
from ontology.errors import UnknownQuery
from queries.catalogue import CatalogueQuery, catalogue, find_query

_ROWS = 50
_TOLD = "id", "title", "question", "columns", "column_meanings", "notes", "caveat"
_IN_SHORT = "id", "question"
_DETAILS = "Each in short; with containing they are told in full: values, columns, caveat."
_LISTING, _ASKING = ("containing",), ("name", "parameters", "limit")
_NAME = "the id of a question, as list_questions tells it"


def question_tools() -> list[Tool]:
    """Return the tools."""
    listing = Tool(
        "list_questions",
        "The catalogue of questions",
        "Questions that are ready to ask: all in short with the names of their parameters, or "
        "those with certain words (containing) in full, with the values of parameters, the columns "
        "and their meanings. Read it before ask_question.",
        _listing_inputs,
        {"items": schemas.ROWS, "details": STRING},
        _list_questions,
    )
    asking = Tool(
        "ask_question",
        "The answer to a question of the catalogue",
        "Answers one question of the catalogue as rows. Its name and parameters are those that "
        "list_questions tells; the values of parameters are texts.",
        _asking_inputs,
        {
            "question": STRING,
            "given": {"type": "object"},
            "columns": schemas.NAMES,
            "column_meanings": schemas.ROWS,
            "caveat": STRING,
            "items": schemas.ROWS,
        },
        _ask_question,
    )
    return [listing, asking]


def _listing_inputs(service: Service) -> Schema:
    text = {"type": "string", "maxLength": 200}
    meaning = "only questions with all of these words, in any case; all if it is not given"
    return schemas.arguments({"containing": schemas.described(text, meaning)})


async def _list_questions(call: Call) -> Found:
    check_names(call.arguments, _LISTING)
    words = text_of("containing", call.arguments.get("containing") or "").lower().split()
    found = [
        query
        for query in catalogue().values()
        if all(word in f"{query.name} {query.title} {query.question}".lower() for word in words)
    ]
    if not words:
        items = [_in_short(call.service, query) for query in found]
        return Found({"items": items, "details": _DETAILS}, "/queries", Cut(len(items)))
    items = [_described(call.service, query) for query in found]
    return Found({"items": items, "details": ""}, "/queries", Cut(len(items)))


def _in_short(service: Service, query: CatalogueQuery) -> dict[str, object]:
    known = describe_query(service, query)
    required = [parameter.name for parameter in query.parameters if not parameter.optional]
    names = [parameter.name for parameter in query.parameters if parameter.optional]
    parameters = {"required": required, "optional": names}
    return {**{key: known[key] for key in _IN_SHORT}, "parameters": parameters}


def _described(service: Service, query: CatalogueQuery) -> dict[str, object]:
    known = describe_query(service, query)
    parameters = {
        parameter.name: schemas.value_schema(service, parameter) for parameter in query.parameters
    }
    required = [parameter.name for parameter in query.parameters if not parameter.optional]
    return {
        **{key: known[key] for key in _TOLD},
        "parameters": schemas.arguments(parameters, required),
    }


def _asking_inputs(service: Service) -> Schema:
    most = service.settings.page_items_maximum
    return schemas.arguments(
        {
            "name": schemas.described({"type": "string", "enum": list(catalogue())}, _NAME),
            "parameters": schemas.described(
                {"type": "object", "additionalProperties": {"type": ["string", "integer"]}},
                'the parameters of the question by name, such as {"council": "NFK"}',
            ),
            "limit": schemas.count("most rows in the answer", min(_ROWS, most), most),
        },
        ["name"],
    )


async def _ask_question(call: Call) -> Found:
    service, most = call.service, call.service.settings.page_items_maximum
    check_names(call.arguments, _ASKING)
    query = _question(text_of("name", needed(call.arguments, "name", _NAME)))
    pairs = texts_of(object_of("parameters", call.arguments.get("parameters")), ())
    given = check_filters(service, pairs, query.parameters)
    limit = whole_number(call.arguments, "limit", min(_ROWS, most), most)
    columns, rows = await rows_of(service, query, bound(query, given))
    left = max(len(rows) - limit, 0)
    rest = f"{limit} of {len(rows)} rows are here; a larger limit, or the address, gives more."
    told = describe_query(service, query, given.get("council"))
    asked = f"?{urlencode(given)}" if given else ""
    return Found(
        {
            "question": query.question,
            "given": given,
            "columns": columns,
            "column_meanings": told["column_meanings"],
            "caveat": told["caveat"],
            "items": rows[:limit],
        },
        f"/queries/{query.name}{asked}",
        Cut(len(rows), left, rest),
        covered(service, given.get("council")),
    )


def _question(name: str) -> CatalogueQuery:
    """Return a question of the catalogue.

    Raises: UnknownQuery, with the names there are.
    """
    known = catalogue()
    if name not in known:
        told = shortened(name)
        raise UnknownQuery(
            f"name: there is no question {told!r}; list_questions tells those there are",
            told,
            list(known),
        )
    return find_query(name)
