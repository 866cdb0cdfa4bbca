"""One connection: requests as clients write them, within limits of size and time."""

import asyncio
import socket
from functools import partial
from typing import Any, Protocol

import httptools
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol, RequestResponseCycle

from api.connection.admission import Admission
from api.connection.ended_by_close import speak_as_the_client
from api.connection.refusals import refusal
from api.http.cache import DELIVERY_S, PlainQuery
from api.http.representation import FoundAnswer
from api.observation.observer import REQUEST_ID, TOLD, Observer, Told
from ontology.errors import (
    AddressTooLong,
    HeadTooLong,
    InterventionsError,
    MalformedRequest,
    RequestTooSlow,
)

_LONGEST_ADDRESS_BYTES = 65_535
"""The parser of addresses counts no further."""
_LONGEST_HEAD_BYTES = 128 * 2**10
_HEALTH = b"/health/"
_UPGRADES = b"upgrade", b"http2-settings"
"""Headers by which a client offers to go on in another protocol, which the answer declines."""
_NAME = b"x-request-id"
_BEGUN = "council-interventions.begun"
"""Where the time at which a request began stands in its scope."""
_STATUS = slice(len("HTTP/1.1 "), len("HTTP/1.1 200"))
_LINGERING_S = 2.0
"""How long what a client still sends is read and thrown away, so that it sees why it was refused.
"""
_LOOK_AFTER_S = 0.3
_LOOK_EVERY_S = 0.1
_ARE_YOU_THERE = b"HTTP/1.1 100 Continue\r\n\r\n"


class Application(Protocol):
    """What a connection needs of the application beside its answers."""

    @property
    def admission(self) -> Admission:
        """Return who counts the connections."""

    @property
    def observer(self) -> Observer:
        """Return who notes what was asked."""

    def look_up(self, query: PlainQuery) -> FoundAnswer | None:
        """Answer a look-up at once; None for what goes another way."""

    async def answer_plain(self, query: PlainQuery, send: Any) -> bool:
        """Answer a plain query, or leave it to the long way."""


class LimitedConnection(HttpToolsProtocol):
    """One connection.

    Guarantee: it ends when its client takes longer than it may for a head, a body, the next request
    or an answer. A client that has sent all that it will still gets its answers, and a query whose
    client has gone is not gone on with.
    """

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        loaded: Any = self.config.loaded_app
        # What reads the headers of a proxy stands before the application.
        self.application: Application = loaded if hasattr(loaded, "answer_plain") else loaded.app
        self._admission: Admission = self.application.admission
        self._observer: Observer = self.application.observer
        self._is_within_request = self._is_within_head = False
        self._heads_begun = self._head_bytes = 0
        self._since = 0.0
        self._unread_since: float | None = None
        self._answering: RequestResponseCycle | None = None
        """The request that is being answered; `cycle` is the one that came last."""
        self._offers_upgrade = self._is_lingering = False
        self._has_ended: bool = False
        self._refusal: bytes | None = None

    @property
    def is_waiting(self) -> bool:
        """Return whether nothing has been asked that is not answered."""
        if self.cycle is None:
            return True
        is_answered: bool = self.cycle.response_complete
        return is_answered and not self.pipeline

    @property
    def _is_ending(self) -> bool:
        """Return whether nothing more is read: the client has ended, or was refused."""
        return self._has_ended or self._refusal is not None

    @property
    def is_extra(self) -> bool:
        """Return whether it came when every place was taken."""
        return self._admission.is_extra(self)

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        """Take a place."""
        super().connection_made(transport)
        self._since = self.loop.time()
        self._is_within_head = True
        self._admission.take(self)

    def connection_lost(self, exc: Exception | None) -> None:
        """Give the place back."""
        self._admission.give(self)
        for cycle in (self._answering, *(waiting for waiting, _ in reversed(self.pipeline))):
            if cycle is not None and not cycle.response_complete:
                self._note(cycle.scope, None)
                cycle.disconnected = True
                cycle.message_event.set()
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        """Read a part of a request."""
        if self._is_ending:
            return
        self._unset_keepalive_if_required()
        begun = self._heads_begun
        try:
            self.parser.feed_data(data)
        except httptools.HttpParserUpgrade as offer:
            self._decline_upgrade(data[offer.args[0] :])
        except httptools.HttpParserError as error:
            cause = error.__context__
            if not isinstance(cause, InterventionsError):
                cause = MalformedRequest(f"it cannot be read: {error}")
            self.refuse(cause)
        else:
            if self._is_within_head and self._heads_begun == begun:
                self._head_bytes += len(data)
                self._check_head()

    def eof_received(self) -> bool:  # type: ignore[override]
        """Let a client that has said all it will get its answers; others have gone."""
        if self.is_waiting or self._is_within_request or self._is_lingering:
            return False
        self._has_ended = True
        self.loop.call_later(_LOOK_AFTER_S, self._look_for_client, True)
        return True

    def send_400_response(self, msg: str) -> None:
        """Refuse what is no request."""
        self.refuse(MalformedRequest(msg))

    def refuse(self, error: InterventionsError) -> None:
        """Say that a request cannot be taken, once those before it are answered, and end."""
        self._refusal = refusal(error)
        self._is_within_request = self._is_within_head = False
        if self.is_waiting:
            self._end_refused()

    def check(self, now: float) -> None:
        """End the connection if its client has had its time."""
        if self._is_being_read(now):
            return
        times = self._admission.times
        passed_s = now - self._since
        if self._is_lingering:
            if passed_s > _LINGERING_S:
                self.transport.abort()
        elif self._is_within_head:
            if passed_s > times.head_s:
                self._end_late()
        elif self._is_within_request:
            if passed_s > times.body_s + _LINGERING_S:
                # The application has said so already, if it waited for the body.
                self.transport.abort()
        elif self.is_waiting and passed_s > self._admission.idle_s():
            self.transport.close()

    def _is_being_read(self, now: float) -> bool:
        """Return whether an answer is on its way, which is ended if that takes too long."""
        if not self.transport.get_write_buffer_size():
            self._unread_since = None
            return False
        if self._unread_since is None:
            self._unread_since = now
            return True
        scope: Any = {} if self._answering is None else self._answering.scope
        if now - self._unread_since > scope.get(DELIVERY_S, self._admission.times.delivery_s):
            self.transport.abort()
        return True

    def _end_late(self) -> None:
        if self._heads_begun and self.is_waiting:
            late_s = self._admission.times.head_s
            self.refuse(RequestTooSlow(f"the headers did not arrive within {late_s:g} s"))
        else:
            self.transport.abort()

    def _check_head(self) -> None:
        if self._head_bytes <= _LONGEST_HEAD_BYTES:
            return
        limit = f"{_LONGEST_HEAD_BYTES:,} bytes"
        self.refuse(HeadTooLong(f"the headers are longer than {limit}", None, [f"at most {limit}"]))

    def _end_refused(self) -> None:
        """Write why, and throw away what still comes: else its sender might not get to read it."""
        if self.transport.is_closing() or self._refusal is None:
            return
        if self._heads_begun:
            told = Told(int(self._refusal[_STATUS]), len(self._refusal), False)
            self._note(self.scope, told)
        self.transport.write(self._refusal)
        if self.is_extra or self._has_ended or not self.transport.can_write_eof():
            self.transport.close()
            return
        self.transport.write_eof()
        self._is_lingering = True
        self._since = self.loop.time()
        self.flow.resume_reading()

    def on_message_begin(self) -> None:
        """Note that a request has begun."""
        self._is_within_request = self._is_within_head = True
        self._heads_begun += 1
        self._head_bytes = 0
        self._since = self.loop.time()
        super().on_message_begin()
        scope: Any = self.scope
        scope[_BEGUN] = self._since

    def on_url(self, url: bytes) -> None:
        """Take a part of the address."""
        super().on_url(url)
        if len(self.url) > _LONGEST_ADDRESS_BYTES:
            limit = f"{_LONGEST_ADDRESS_BYTES:,} bytes"
            raise AddressTooLong(
                f"the address is longer than {limit}; post the query as the body of a request",
                None,
                [f"an address of at most {limit}", "POST"],
            )

    def on_headers_complete(self) -> None:
        """Begin to answer, unless there is no place for that or a better head will follow."""
        self._is_within_head = False
        self._since = self.loop.time()
        if self.parser.should_upgrade():
            if self.parser.get_method() == b"CONNECT":
                raise MalformedRequest("CONNECT is not possible here", "CONNECT")
            self._offers_upgrade = True
            return
        is_extra = self.is_extra
        if is_extra and not self.url.startswith(_HEALTH):
            raise self._admission.crowded()
        is_next = self.is_waiting
        super().on_headers_complete()
        cycle = self.cycle
        if is_next:
            self._answering = cycle
        # The task of the request has not begun to run yet.
        speak_as_the_client(cycle)
        named = self._observer.request_id(dict(self.headers).get(_NAME))
        scope: Any = self.scope
        scope[REQUEST_ID] = named
        cycle.default_headers = [*cycle.default_headers, (_NAME, named)]
        cycle.on_response = partial(self._note_response, cycle)
        if is_extra:
            cycle.keep_alive = False

    def on_message_complete(self) -> None:
        """Note that a request has been received."""
        if not self._offers_upgrade:
            self._is_within_request = False
            super().on_message_complete()

    def on_response_complete(self) -> None:
        """Let the next request follow, or end a connection on which none can."""
        self._since = self.loop.time()
        self._answering = self.pipeline[-1][0] if self.pipeline else None
        super().on_response_complete()
        if self.is_waiting:
            if self._refusal is not None:
                self._end_refused()
            elif self._has_ended:
                self.transport.close()

    def _note_response(self, cycle: RequestResponseCycle) -> None:
        scope: Any = cycle.scope
        # What the application did not live to say, the server has said for it.
        self._note(scope, scope.get(TOLD, Told(500, 0, False)))
        self.on_response_complete()

    def _note(self, scope: Any, told: Told | None) -> None:
        """Note a request and what was answered; None for a client that left before that."""
        seconds = self.loop.time() - scope[_BEGUN]
        path = scope.get("path", self.url.partition(b"?")[0].decode("latin-1"))
        self._observer.answered(path, told, seconds)
        if self._observer.logs_requests:
            client = scope["client"][0] if scope["client"] else ""
            line = scope.get("method", self.parser.get_method().decode()), path
            self._observer.log_request(client, line, told, seconds, scope.get(REQUEST_ID, b""))

    def _decline_upgrade(self, rest: bytes) -> None:
        """Read a request once more without its offer to upgrade, so that its body is its body."""
        self._offers_upgrade = False
        lines = [
            b"%b: %b\r\n" % (name, value)
            for name, value in self.headers
            if name not in (*_UPGRADES, b"connection")
        ]
        wishes = [value for name, value in self.headers if name == b"connection"]
        kept = [
            wish
            for wish in (part.strip() for value in wishes for part in value.split(b","))
            if wish.lower() not in _UPGRADES
        ]
        if kept:
            lines.append(b"connection: %b\r\n" % b", ".join(kept))
        version = self.parser.get_http_version().encode()
        line = b"%b %b HTTP/%b\r\n" % (self.parser.get_method(), self.url, version)
        self.parser = httptools.HttpRequestParser(self)
        self.data_received(b"".join((line, *lines, b"\r\n", rest)))

    def _look_for_client(self, is_first: bool) -> None:
        """Find out whether a client that sends nothing more still reads.

        One that has gone and one that only waits look the same until something is sent to them.
        """
        if self.is_waiting or self.transport.is_closing():
            return
        link = self.transport.get_extra_info("socket")
        if link.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR):
            self.transport.abort()
            return
        if is_first and self._may_be_asked:
            self.transport.write(_ARE_YOU_THERE)
        self.loop.call_later(_LOOK_EVERY_S, self._look_for_client, False)

    @property
    def _may_be_asked(self) -> bool:
        """Return whether an answer that is not the last one can be sent now."""
        cycle = self._answering
        return (
            cycle is not None
            and not cycle.response_started
            and cycle.scope["http_version"] == "1.1"
        )
