"""Every error this project raises.

InterventionsError
├── InputRefused            what came in cannot be used; nothing was changed
│   ├── UnreadableRecord    a record file is not well-formed or not complete
│   ├── UnreadableTable     a table has a wrong header, row or value
│   ├── UnknownIdentifier   an identifier that no register holds
│   ├── UnreadableDate      a date that no calendar has, or not in EDTF
│   ├── UnreadableGraph     a file that is not RDF in the format its name says
│   ├── UnreadableDocument  a document without text that can be read, or beyond a limit
│   ├── NotFetched          a publisher's address did not give what was expected
│   └── ReleaseRefused      the data breaks a shape or a check
├── WrongUse                a command, parameter or setting used wrongly
│   ├── UnknownQuery        no catalogue query has this name
│   ├── WrongParameter      a query parameter missing, unknown or of the wrong type
│   ├── RequestTooLong      a request with more text than is read
│   ├── AddressTooLong      a request whose address is longer than is read
│   ├── HeadTooLong         a request with more headers than are read
│   ├── MalformedRequest    a request that is not one of HTTP
│   ├── RequestTooSlow      a request whose text does not arrive in time
│   ├── ForeignOrigin       a request that a page of another site lets a browser send
│   ├── WrongMediaType      a request whose body is in a form that is not read
│   ├── BeyondTheFile       a request for a part of a file that has no such part
│   └── WrongSetting        a setting with a value that cannot be used
├── QueryRefused            a query the engine will not run (syntax, SERVICE, a remote FROM)
├── QueryTooLarge           an answer above the limit of bytes or rows
├── QueryTimeout            a query that was ended at its limit of time
├── QueryLost               a query whose process ended: out of memory, or killed
├── TooManyQueries          more queries at once than the service runs and lets wait
├── TooManyConnections      more connections at once than the service holds
├── TooManyRequests         more requests from one client than it may send
├── EngineFailed            the engine cannot be started or reached
│   └── EngineTimeout       a remote engine gave no answer in time
├── NoRelease               there is no release to serve or to ask
│   └── DamagedRelease      a release whose files are not as they were written
├── DamagedFile             a file to be taken away that is not as it was written
├── NotWritten              what was to be written is not; what was there before stays
├── NotReady                the pages of a large dataset are not prepared yet
├── NotAcceptable           no format we have is acceptable to the client
└── NotFound                no thing with this identifier
    └── Withdrawn           a thing that an earlier release had
"""

from collections.abc import Sequence


class InterventionsError(Exception):
    """The parent of every error this project raises.

    It may carry the value that is at fault, and what is accepted in its place.
    """

    def __init__(
        self, detail: str = "", value: str | None = None, accepted: Sequence[str] = ()
    ) -> None:
        super().__init__(detail)
        self.value = value
        self.accepted = tuple(accepted)


class InputRefused(InterventionsError):
    """What came in cannot be used; nothing was changed."""


class UnreadableRecord(InputRefused):
    """A record file is not well-formed or not complete."""


class UnreadableTable(InputRefused):
    """A table has a wrong header, row or value."""


class UnknownIdentifier(InputRefused):
    """An identifier that no register holds."""


class UnreadableDate(InputRefused, ValueError):
    """A date that no calendar has, or that is not in EDTF."""


class UnreadableGraph(InputRefused):
    """A file that is not RDF in the format its name says."""


class UnreadableDocument(InputRefused):
    """A document that is empty, scanned, encrypted, broken, beyond a limit, or of no known kind."""


class NotFetched(InputRefused):
    """A publisher's address did not give what was expected; the earlier copy stays."""


class ReleaseRefused(InputRefused):
    """The data breaks a shape or a check."""


class WrongUse(InterventionsError):
    """A command, parameter or setting used wrongly."""


class UnknownQuery(WrongUse):
    """No catalogue query has this name."""


class WrongParameter(WrongUse):
    """A query parameter that is missing, unknown or of the wrong type."""


class RequestTooLong(WrongUse):
    """A request with more text than is read."""


class AddressTooLong(WrongUse):
    """A request whose address is longer than is read."""


class HeadTooLong(WrongUse):
    """A request with more headers than are read."""


class MalformedRequest(WrongUse):
    """A request that is not one of HTTP."""


class RequestTooSlow(WrongUse):
    """A request whose text does not arrive in the time that its answer may take."""


class ForeignOrigin(WrongUse):
    """A request that a page of another site lets a browser send, where only our own may."""


class WrongMediaType(WrongUse):
    """A request whose body is in a form that is not read."""


class WrongSetting(WrongUse):
    """A setting with a value that cannot be used."""


class QueryRefused(InterventionsError):
    """A query that the engine will not run."""


class QueryTooLarge(InterventionsError):
    """An answer above the limit of bytes or rows."""


class QueryTimeout(InterventionsError):
    """A query that was ended at its limit of time."""


class QueryLost(InterventionsError):
    """A query whose process ended before the answer: out of memory, or killed."""


class TooManyQueries(InterventionsError):
    """More queries at once than the service runs and lets wait."""


class TooManyConnections(InterventionsError):
    """More connections at once than the service holds."""


class TooManyRequests(InterventionsError):
    """More requests from one client than it may send."""


class EngineFailed(InterventionsError):
    """The engine cannot be started or reached."""


class EngineTimeout(EngineFailed):
    """A remote engine gave no answer in time."""


class BeyondTheFile(WrongUse):
    """A request for a part of a file that has no such part; it carries the size of the file."""

    def __init__(self, detail: str, value: str, size_bytes: int) -> None:
        super().__init__(detail, value, [f"bytes=0-{max(size_bytes - 1, 0)}"])
        self.size_bytes = size_bytes


class NoRelease(InterventionsError):
    """There is no release to serve or to ask."""


class DamagedRelease(NoRelease):
    """A release whose files are not as they were written, or not those of its manifest."""


class DamagedFile(InterventionsError):
    """A file to be taken away that is not as it was written."""


class NotWritten(InterventionsError):
    """What was to be written is not, for want of room or of permission; the earlier stays."""


class NotReady(InterventionsError):
    """The pages of a large dataset are not prepared yet."""


class NotAcceptable(InterventionsError):
    """No format we have is acceptable to the client."""


class NotFound(InterventionsError):
    """There is no thing with this identifier."""


class Withdrawn(NotFound):
    """There was a thing with this identifier in an earlier release."""
