"""Read what stands in an address or in a form: names and values, with signs as %XX.

A visitor may send more than a megabyte of it, and everybody else waits while it is read; so all of
it is read by functions that do not go through it sign by sign in Python.
"""

import asyncio
import binascii
import re
from urllib.parse import unquote_to_bytes

from starlette.requests import ClientDisconnect, Request

from ontology.errors import RequestTooLong, RequestTooSlow, WrongParameter

_MOST_PAIRS = 1_000
# takes (search): "100%"
# leaves (search): "%20"
_NO_ESCAPE = re.compile(rb"%(?![0-9A-Fa-f]{2})")


def unescaped(text: bytes) -> bytes:
    """Return a text as it was before it stood in an address or a form.

    What is =XX in a mail is %XX here, and the reader of mails takes a twelfth of the time; where a
    percent sign escapes nothing, it would lose that sign.

    >>> unescaped(b"SELECT+%3Fa%20%7B%7D+%23+100%25=")
    b'SELECT ?a {} # 100%='
    """
    text = text.replace(b"+", b" ")
    if b"%" not in text:
        return text
    if _NO_ESCAPE.search(text):
        return unquote_to_bytes(text)
    return binascii.a2b_qp(text.replace(b"=", b"=3D").replace(b"%", b"="))


def pairs_of(form: bytes) -> list[tuple[str, str]]:
    """Return the names and values of a form in their order; one without a value has an empty one.

    Raises: WrongParameter for more than are read, and for what is not UTF-8.

    >>> pairs_of(b"query=ASK+%7B%7D&default&x=1=2")
    [('query', 'ASK {}'), ('default', ''), ('x', '1=2')]
    """
    count = form.count(b"&") + 1
    if count > _MOST_PAIRS:
        accepted = f"at most {_MOST_PAIRS:,} parameters"
        raise WrongParameter(
            f"the request has {count:,} parameters; {accepted} are read", str(count), [accepted]
        )
    parts = [part.partition(b"=") for part in form.split(b"&") if part]
    try:
        return [(unescaped(name).decode(), unescaped(value).decode()) for name, _, value in parts]
    except UnicodeDecodeError:
        raise WrongParameter("a value is not UTF-8", None, ["UTF-8"]) from None


async def read_body(request: Request, most_bytes: int) -> bytes:
    """Return the body of a request, and stop reading above a limit.

    Raises: RequestTooLong, RequestTooSlow.
    """
    content = bytearray()
    longest_s: float = request.scope["service"].settings.body_seconds
    try:
        async with asyncio.timeout(longest_s):
            async for chunk in request.stream():
                content += chunk
                if len(content) > most_bytes:
                    raise RequestTooLong(
                        f"the body is larger than {most_bytes:,} bytes",
                        None,
                        [f"at most {most_bytes:,} bytes"],
                    )
    except TimeoutError:
        raise RequestTooSlow(f"the body did not arrive within {longest_s:g} s") from None
    except ClientDisconnect:
        # Nobody reads this any longer; it is no fault to be logged.
        raise RequestTooSlow("the body ended before its end") from None
    return bytes(content)
