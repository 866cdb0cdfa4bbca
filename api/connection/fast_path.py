"""The fast path of what is asked most: cached answers and plain queries, given at the connection.

A cached answer needs no more than a look into a table, and a plain query no more than its text and
the format; the parser, the task and the application of a request take several times as long. A
request is known by all of its bytes, so whatever it may contain is taken into account.
"""

import asyncio
import re
from functools import lru_cache
from typing import Any
from urllib.parse import unquote_to_bytes

from starlette.types import Message
from uvicorn.protocols.http.httptools_impl import STATUS_LINE

from api.connection.connection import LimitedConnection
from api.http.cache import CACHED, Cache, CachedBytes, CachedResponse, KnownHeaders, PlainQuery
from api.http.representation import header_lines
from api.http.sparql_request import PATH
from api.observation.observer import Told

_QUERY_BEGINS, _QUERY_ENDS = b"GET /sparql?query=", b" HTTP/1.1"
_REQUEST_ENDS = b"\r\n\r\n"
_PLAIN = re.compile(rb"[!-\"$%'-~]*")
"""What has one meaning for every reader of a request: no white space, no other parameter."""
_LONGEST_REQUEST_BYTES = 8_192
_OF_ONE_REQUEST = frozenset((b"x-forwarded-for", b"x-forwarded-proto", b"x-request-id"))
"""Headers that mean something from some clients, or once, only."""
_LARGEST_ANSWER_BYTES = 64 * 2**10
"""Larger answers take so long to send that the way they go makes no difference."""
_USUAL_ESCAPES = tuple((b"%%%02X" % ord(sign), sign) for sign in map(str.encode, ' :/?#<>{}"\n,;'))
_BODY_BEGINS = b"%7B"
"""The first bracket of a query, as it stands in an address."""
_BEGINNINGS = 200
_CACHED_BYTES = 32 * 2**20
_HEADERS_BYTES = 2**20
_PLAIN_HEADERS = frozenset(
    (b"accept", b"accept-encoding", b"accept-language", b"connection", b"host", b"user-agent")
)
"""Headers of a plain query; any other may ask for something that only the long way knows."""


class FastPath(LimitedConnection):
    """One connection.

    Guarantee: the fast path is taken only between requests, so that bytes within a body are never
    taken for a request; and only for what the application has cached for everybody, or for headers
    that came with such a request before.
    """

    cached: Cache[CachedBytes] = Cache(_CACHED_BYTES)
    known_headers: Cache[KnownHeaders] = Cache(_HEADERS_BYTES)
    _own_pairs: list[tuple[bytes, bytes]] | None = None
    _own_lines = b""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        self._requests_begun = 0
        self._has_begun_answer = False
        self._request_id = b""
        self._asked: bytes | None = None
        self._underway: PlainQuery | None = None
        self._held = b""
        self._is_stopping = False
        self._closed: asyncio.Future[None] | None = None

    @property
    def is_waiting(self) -> bool:
        """Return whether nothing has been asked that is not answered."""
        return self._underway is None and super().is_waiting

    @property
    def _may_be_asked(self) -> bool:
        """Return whether an answer that is not the last one can be sent now."""
        return super()._may_be_asked if self._underway is None else not self._has_begun_answer

    def data_received(self, data: bytes) -> None:
        """Answer what is known at once, and let everything else go its way."""
        if self._underway is not None:
            self._held += data
            self.flow.pause_reading()
            return
        # For a client that does not read, the long way waits before it writes more.
        is_between = not (
            self._is_within_request or self.flow.write_paused or self._is_ending or self.is_extra
        ) and (self.cycle is None or self.cycle.response_complete)
        if is_between:
            known = self.cached.get(data)
            if known is not None and known.is_current():
                self._answer(known)
                return
            query = self._plain_query(data)
            if query is not None:
                if not self._answer_at_once(query):
                    self._begin(query, data)
                return
        self._asked, self._requests_begun = None, 0
        super().data_received(data)
        is_whole = self._requests_begun == 1 and not self._is_within_request
        if is_between and is_whole and _is_one_request(data):
            self._asked = bytes(data)

    def connection_lost(self, exc: Exception | None) -> None:
        """Let a query end whose client has gone."""
        if self._closed is not None and not self._closed.done():
            self._closed.set_result(None)
        super().connection_lost(exc)

    async def closed(self) -> None:
        """Wait until the client has closed the connection."""
        if self._closed is None:
            self._closed = asyncio.get_running_loop().create_future()
        if not self.transport.is_closing():
            await asyncio.shield(self._closed)

    def shutdown(self) -> None:
        """Close the connection, once a query that is underway has been answered."""
        self._is_stopping = True
        if self._underway is None:
            super().shutdown()

    def _answer_at_once(self, query: PlainQuery) -> bool:
        """Answer a look-up, if the query is one."""
        begun = self.loop.time()
        found = self.application.look_up(query)
        if found is None:
            return False
        head = STATUS_LINE[200], self._own_headers(), found.lines, b"\r\n", found.body
        self.transport.write(b"".join(head))
        self._note_fast(PATH, Told(200, len(found.body), False), begun)
        self._wait_for_next()
        return True

    def _answer(self, known: CachedBytes) -> None:
        begun = self.loop.time()
        self.transport.write(known.status_line + self._own_headers() + known.rest)
        self._note_fast(known.path, known.told, begun)
        self._wait_for_next()

    def _note_fast(self, path: str, told: Told | None, begun: float) -> None:
        """Note a request that did not pass the parser."""
        seconds = self.loop.time() - begun
        self._observer.answered(path, told, None if told and told.is_kept else seconds)
        if self._observer.logs_requests:
            client = self.client[0] if self.client else ""
            self._observer.log_request(client, ("GET", path), told, seconds, self._request_id)

    def _own_headers(self) -> bytes:
        """Return the name of a request and the headers of the server, new lists every second."""
        pairs = self.server_state.default_headers
        if self._own_pairs is not pairs:
            type(self)._own_lines = header_lines(pairs)
            type(self)._own_pairs = pairs
        self._request_id = self._observer.request_id()
        return b"%bx-request-id: %b\r\n" % (self._own_lines, self._request_id)

    def _wait_for_next(self) -> None:
        """Count a request, and the time until the next."""
        self.server_state.total_requests += 1
        self._unset_keepalive_if_required()
        self._since, self._is_within_head = self.loop.time(), False

    def _plain_query(self, data: bytes) -> PlainQuery | None:
        if not data.startswith(_QUERY_BEGINS) or not _is_one_request(data):
            return None
        line, _, headers = data.partition(b"\r\n")
        known = self.known_headers.get(headers)
        asked = line[len(_QUERY_BEGINS) : -len(_QUERY_ENDS)]
        if known is None or not line.endswith(_QUERY_ENDS) or not _PLAIN.fullmatch(asked):
            return None
        try:
            text = _unquoted(asked).decode()
        except UnicodeDecodeError:
            return None
        return PlainQuery(text, known.headers, self.closed)

    def _begin(self, query: PlainQuery, data: bytes) -> None:
        self._unset_keepalive_if_required()
        self._underway, self._has_begun_answer = query, False
        self._is_within_head = False
        task = asyncio.get_running_loop().create_task(self._ask(query, data))
        self.tasks.add(task)
        task.add_done_callback(self.tasks.discard)

    async def _ask(self, query: PlainQuery, data: bytes) -> None:
        """Let the application answer a plain query; what it leaves goes the long way."""
        is_over = False
        begun = self.loop.time()
        try:
            is_answered = await self.application.answer_plain(query, ConnectionSender(self))
            is_over = True
        except TimeoutError:
            # The client is too slow; nothing can follow an answer that stays incomplete.
            return
        finally:
            self._underway = None
            if not is_over:
                self.transport.abort()
        if self.transport.is_closing():
            return
        if not is_answered:
            self._requests_begun = 0
            super().data_received(data)
        else:
            if query.cached is not None and query.is_known:
                self._cache(data, query.cached)
            self._note_fast(PATH, query.told, begun)
            self._wait_for_next()
        if self._is_stopping:
            super().shutdown()
            return
        if self._has_ended and self.is_waiting and not self._held:
            self.transport.close()
            return
        held, self._held = self._held, b""
        self.flow.resume_reading()
        if held:
            self.data_received(held)

    def on_message_begin(self) -> None:
        """Count the requests of a packet."""
        self._requests_begun += 1
        super().on_message_begin()

    def on_response_complete(self) -> None:
        """Cache an answer for those who ask with the same bytes, and the headers of a query."""
        answer = self.cycle.scope.get(CACHED)
        if self._asked is not None and self.cycle.keep_alive and isinstance(answer, CachedResponse):
            self._remember(self._asked, list(self.cycle.scope["headers"]), answer)
        self._asked = None
        super().on_response_complete()

    def _remember(
        self, asked: bytes, headers: list[tuple[bytes, bytes]], answer: CachedResponse
    ) -> None:
        by_name = dict(headers)
        if not _OF_ONE_REQUEST.isdisjoint(by_name):
            return
        self._cache(asked, answer)
        is_plain = len(by_name) == len(headers) and _PLAIN_HEADERS.issuperset(by_name)
        if is_plain and asked.startswith(_QUERY_BEGINS):
            block = asked.partition(b"\r\n")[2]
            self.known_headers.add(block, KnownHeaders(by_name, 2 * len(block)))

    def _cache(self, asked: bytes, answer: CachedResponse) -> None:
        if len(answer.body) > _LARGEST_ANSWER_BYTES:
            return
        rest = b"".join((header_lines(answer.headers), b"\r\n", answer.body))
        line = STATUS_LINE[answer.status]
        told = Told(answer.status, len(answer.body), is_kept=True)
        path = asked.split(b" ", 2)[1].partition(b"?")[0].decode("latin-1")
        known = CachedBytes(len(asked), line, rest, answer.is_current, path, told)
        self.cached.add(asked, known)


class ConnectionSender:
    """Sends an answer on a connection, its head together with the first part of its body."""

    def __init__(self, connection: FastPath) -> None:
        self._connection = connection
        self._head: list[bytes] = []

    async def __call__(self, message: Message) -> None:
        """Send a part, as soon as the client can take it."""
        connection = self._connection
        if message["type"] == "http.response.start":
            line, lines = STATUS_LINE[message["status"]], header_lines(message["headers"])
            self._head = [line, connection._own_headers(), lines, b"\r\n"]
            return
        if connection.flow.write_paused:
            await connection.flow.drain()
        if not connection.transport.is_closing():
            connection._has_begun_answer = True
            connection.transport.write(b"".join((*self._head, message["body"])))
        self._head = []


def _is_one_request(data: bytes) -> bool:
    return (
        len(data) <= _LONGEST_REQUEST_BYTES
        and data.startswith(b"GET ")
        and data.find(_REQUEST_ENDS) == len(data) - len(_REQUEST_ENDS)
    )


def _unquoted(text: bytes) -> bytes:
    """Return the text of a query as it was before it stood in an address.

    What stands before the first bracket is mostly prefixes, the same in every query of a client.

    >>> _unquoted(b"SELECT+%3Fa%20%7B%7D+%23+100%25")
    b'SELECT ?a {} # 100%'
    """
    beginning, bracket, rest = text.partition(_BODY_BEGINS)
    return _beginning_unquoted(beginning + bracket) + _part_unquoted(rest)


def _part_unquoted(text: bytes) -> bytes:
    """Return a part of an address without its escapes.

    What clients escape in every query is replaced at once, which takes a fifth of the time; nothing
    that is put in begins an escape.
    """
    text = text.replace(b"+", b" ")
    for escape, sign in _USUAL_ESCAPES:
        text = text.replace(escape, sign)
    return unquote_to_bytes(text) if b"%" in text else text


_beginning_unquoted = lru_cache(_BEGINNINGS)(_part_unquoted)
