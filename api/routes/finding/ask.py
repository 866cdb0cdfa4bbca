"""A question in ordinary English: the answer of a question of the catalogue, or none."""

import asyncio
from datetime import UTC, date, datetime

from fastapi import APIRouter, Request
from starlette.responses import Response

from api.hosting.state import Service, Shared
from api.http.negotiation import TABLE, wanted_format
from api.http.responses import OF_TODAY, ResponseContent, reply
from api.routes.catalogue import labels_of, rows_of
from api.routes.filters import check_filters, read_request
from api.routes.list_endpoint import covered
from api.views.serialisers import Json
from ontology.errors import WrongParameter
from queries.ask.answer import answered, not_answered, with_reach
from queries.ask.matcher import LONGEST_CHARACTERS, NotUnderstood, Understood, understand
from queries.parameters import Parameter

router = APIRouter()

_Q = Parameter("q", "text", True, "a question in ordinary English")
_EXAMPLES = (
    "Which councils were under intervention on 1 January 2018?",
    "Which directions has Norfolk received?",
    "What did the commissioners in Liverpool cost in total?",
    "Which councils issued a section 114 notice since 2020?",
)


_NOT_UNDERSTOOD = "Which councils wibbled?"
"""A question for which all that is read of lists and examples is needed."""


async def prepare_understanding(service: Service) -> None:
    """Read what the first question would wait for: words, ways of asking and examples."""
    await asyncio.to_thread(understand, _NOT_UNDERSTOOD, service.names, date.min)


@router.get("/ask", summary="Ask in ordinary English")
async def ask(request: Request, service: Shared) -> Response:
    """Answer a question in ordinary English, with what was understood, or say that none fits."""
    chosen = wanted_format(request, TABLE)
    text = request.query_params.get(_Q.name, "").strip()
    if not text and chosen != "html":
        raise WrongParameter(f"q is needed: {_Q.meaning}", None, [_Q.name])
    read_request(request, service, (), (_Q.name,))
    _check_length(text)
    today = datetime.now(UTC).date()
    found = await asyncio.to_thread(understand, text, service.names, today)
    body = await answer_to(service, found)
    if chosen == "html":
        labels = await labels_of(service, body["items"])
        body |= {"q": text, "examples": _EXAMPLES, "labels": labels}
    headers = OF_TODAY if str(today) in body["parameters"].values() else {}
    content = ResponseContent(
        "Ask", body, body["items"], body["columns"], template="ask.html", headers=headers
    )
    return reply(request, chosen, content)


def _check_length(text: str) -> None:
    if len(text) > LONGEST_CHARACTERS:
        accepted = f"at most {LONGEST_CHARACTERS} characters"
        raise WrongParameter(f"q: it has {len(text):,}; expected {accepted}", text, [accepted])


async def answer_to(service: Service, found: Understood | NotUnderstood) -> dict[str, Json]:
    """Return the answer to a question that was understood, or what is nearest to one that was not.

    Out: a value that the release does not know is no answer either.
    """
    reach, release = service.reach, service.release.id
    if not isinstance(found, Understood):
        return with_reach(not_answered(found), release, reach)
    try:
        given = check_filters(service, [*found.given.items()], found.query.parameters)
    except WrongParameter as error:
        refused = NotUnderstood(f"Cannot answer that: {error}.", (found.query,))
        return with_reach(not_answered(refused), release, reach)
    columns, items = await rows_of(service, found.query, found.query.bind(given))
    council = covered(service, given.get("council"))
    return with_reach(
        answered(found, given, columns, items), release, reach, council, found.query.topics
    )
