"""The tool that answers one council with all that is known of it."""

from collections.abc import Mapping, Sequence

from api.contract.schemas import Schema
from api.hosting.state import Service
from api.routes.councils import SECTIONS, council_object
from api.routes.finding.council_names import council_code
from api.routes.finding.council_redirects import council_address
from api.tools import schemas
from api.tools.arguments import check_names, needed, text_of, whole_number
from api.tools.tool import Call, Cut, Found, Tool
from api.views.lists import BY_PATH
from api.views.serialisers import Json
from ontology.errors import WrongParameter
from queries.parameters import Parameter

_ITEMS = 2
"""Items of each section where the call does not say: the newest, for each has many fields."""
_AT_ITS_BEGIN = ("inspections",)
"""Sections whose newest items stand first; of the others they stand last."""
_UNASKED = "pay", "discrepancies"
"""Sections that an answer has only if it is asked for them."""
_CODE = "the register code of a council, such as NFK, or any of its names and numbers"
_COUNCIL = Parameter("council", "council", False, _CODE)
_INPUTS = "council", "sections", "limit"


def council_tool() -> Tool:
    """Return the tool."""
    return Tool(
        "council",
        "One council",
        "Everything known of one council: names, type, years, what came before and after it, and "
        "its inspections, directions, notices, section 114 reports, financial support, transfers "
        "of services, interventions and posts of commissioners, each with the documents that state "
        "it: the newest of each, unless more is asked for. pay and discrepancies between sources "
        "are there if asked for. counts tells how many there are in each section. An empty section "
        "means what coverage.absence says, never by itself that nothing happened.",
        _inputs,
        {
            "council": schemas.described({"type": "object"}, "the council and its sections"),
            "counts": schemas.described({"type": "object"}, "how many there are in each section"),
        },
        _answer,
    )


def _inputs(service: Service) -> Schema:
    names = list(SECTIONS)
    return schemas.arguments(
        {
            "council": schemas.described({"type": "string", "maxLength": 200}, _CODE),
            "sections": schemas.described(
                {"type": "array", "items": {"type": "string", "enum": names}},
                f"the sections wanted; all but {' and '.join(_UNASKED)} if it is not given",
            ),
            "limit": schemas.count(
                "most items of each section", _ITEMS, service.settings.page_items_maximum
            ),
        },
        ["council"],
    )


async def _answer(call: Call) -> Found:
    service, given = call.service, call.arguments
    check_names(given, _INPUTS)
    named = text_of("council", needed(given, "council", _CODE))
    code = council_code(service, _COUNCIL, named, service.known.get("council", ()))
    wanted = _sections(given.get("sections"))
    limit = whole_number(given, "limit", _ITEMS, service.settings.page_items_maximum)
    _, body = await council_object(service, code)
    counts = {name: len(body[name]) for name in SECTIONS}
    shown = {name: value for name, value in body.items() if name not in SECTIONS}
    shown |= {name: _newest(name, body[name], limit) for name in wanted}
    left = {name: total - len(shown.get(name, ())) for name, total in counts.items()}
    topics = [topic for name in wanted for topic in BY_PATH[SECTIONS[name]].topics]
    return Found(
        {"council": shown, "counts": counts},
        f"/councils/{code}",
        Cut(sum(counts.values()), sum(left.values()), _rest(left)),
        council_address(service, code),
        list(dict.fromkeys(topics)),
    )


def _newest(section: str, items: Sequence[Json], limit: int) -> Sequence[Json]:
    """Return the newest items of a section, in its order."""
    return items[:limit] if section in _AT_ITS_BEGIN else items[-limit:]


def _rest(left: Mapping[str, int]) -> str:
    told = ", ".join(f"{count} of {name}" for name, count in left.items() if count)
    return f"Left off: {told}. Call again with the sections wanted and a larger limit."


def _sections(value: Json) -> Sequence[str]:
    """Return the sections that are wanted.

    Raises: WrongParameter, naming those there are.
    """
    if value is None:
        return [name for name in SECTIONS if name not in _UNASKED]
    names = [value] if isinstance(value, str) else value
    if not isinstance(names, list) or not names:
        raise WrongParameter("sections: expected a list of names", None, list(SECTIONS))
    texts = [text_of("sections", name) for name in names]
    unknown = next((name for name in texts if name not in SECTIONS), None)
    if unknown is not None:
        message = f"sections: {unknown!r} is none; expected some of {', '.join(SECTIONS)}"
        raise WrongParameter(message, unknown, list(SECTIONS))
    return list(dict.fromkeys(texts))
