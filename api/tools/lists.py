"""Tools that answer a list of the service, with its filters."""

from functools import partial
from urllib.parse import urlencode

from api.contract.bodies import ABOUT_DAY
from api.contract.schemas import Schema
from api.hosting.state import Service
from api.routes.filters import check_filters
from api.routes.list_endpoint import ListPage, about_day, as_of_today, day_of, find_page
from api.routes.reference.choice import FIELDS, Choice, read_choice
from api.tools import schemas
from api.tools.arguments import text_of, texts_of, whole_number
from api.tools.tool import Call, Cut, Found, Tool
from api.views.lists import BY_PATH, Resource
from api.views.serialisers import Json
from ontology.errors import WrongParameter

_ITEMS = 20
"""Items where the call does not say: what an assistant can read at once."""
_PAGING = "limit", "cursor"
_CHOOSING = *_PAGING, FIELDS
_LONGEST_CURSOR = 1_000


def list_tool(name: str, path: str, description: str) -> Tool:
    """Return the tool that answers the list at an address."""
    resource = BY_PATH[path]
    outputs = {"items": schemas.described(schemas.ROWS, "as the fields of the list")}
    if resource.today:
        outputs |= ABOUT_DAY
    return Tool(
        name,
        resource.title,
        description,
        partial(_inputs, resource),
        outputs,
        partial(_answer, resource),
    )


def _inputs(resource: Resource, service: Service) -> Schema:
    filters = {
        parameter.name: schemas.value_schema(service, parameter) for parameter in resource.filters
    }
    if resource.today:
        filters[resource.today]["description"] += "; today if it is not given"
    most = service.settings.page_items_maximum
    limit = schemas.count("most items in the answer", min(_ITEMS, most), most)
    cursor = schemas.described(
        {"type": "string", "maxLength": _LONGEST_CURSOR}, "from cut.cursor of the answer before"
    )
    names = schemas.described(
        {
            "type": ["array", "string"],
            "items": {"type": "string", "enum": [*resource.columns_by_key]},
        },
        "the fields wanted of each item beside its id, as a list or with commas between them; all "
        "if it is not given, which is long",
    )
    return schemas.arguments({**filters, FIELDS: names, "limit": limit, "cursor": cursor})


async def _answer(resource: Resource, call: Call) -> Found:
    service, most = call.service, call.service.settings.page_items_maximum
    pairs = texts_of(call.arguments, _CHOOSING)
    choice = _choice(resource, call.arguments.get(FIELDS))
    checked = check_filters(service, pairs, resource.filters, _CHOOSING, day_of(resource))
    given = as_of_today(resource, checked)
    limit = whole_number(call.arguments, "limit", min(_ITEMS, most), most)
    cursor = call.arguments.get("cursor")
    after = None if cursor is None else text_of("cursor", cursor, _LONGEST_CURSOR)
    page = await find_page(service, resource, given, limit, after)
    asked = f"?{urlencode(given)}" if given else ""
    return Found(
        {
            "items": [choice.of(item) for item in page.items],
            **about_day(service, resource, given, page),
        },
        f"/{resource.path}{asked}",
        _cut(page, after is not None),
        page.council,
        resource.topics,
    )


def _choice(resource: Resource, names: Json) -> Choice:
    """Return which fields are wanted.

    In: a list of names, or as in an address a text with commas between them.
    Raises: WrongParameter for anything but such names.
    """
    if names is None:
        return Choice()
    if isinstance(names, str):
        names = [name.strip() for name in names.split(",")]
    if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
        expected = "a list of names of fields"
        raise WrongParameter(f"{FIELDS}: expected {expected}", None, [expected])
    return read_choice([(FIELDS, ",".join(names))], resource.columns_by_key)[0]


def _cut(page: ListPage, is_later: bool) -> Cut:
    left = page.total - len(page.items)
    rest = f"{len(page.items)} of {page.total} are here. "
    if page.following is None:
        rest += "The others are on the pages before this one."
    elif is_later:
        rest += "For those after them call again with this cursor; some are on earlier pages."
    else:
        rest += "Call again with this cursor, or a larger limit, for the others."
    return Cut(page.total, left, rest, page.following)
