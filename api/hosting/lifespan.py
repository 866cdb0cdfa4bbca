"""Tell in one line what hinders the application from starting."""

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from ontology.errors import InterventionsError

_FAILED = "lifespan.startup.failed"


async def live(app: ASGIApp, scope: Scope, receive: Receive, send: Send) -> None:
    """Let an application start, and end when the server does.

    Guarantee: what the project itself says of a start that failed is told in its own words, without
    the lines of code that led there; a fault keeps them.
    """
    held: list[Message] = []

    async def send_on(message: Message) -> None:
        if message["type"] == _FAILED:
            held.append(message)
        else:
            await send(message)

    told = ""
    try:
        await app(scope, receive, send_on)
    except InterventionsError as error:
        told = str(error)
        raise
    finally:
        for message in held:
            await send({**message, "message": told} if told else message)
