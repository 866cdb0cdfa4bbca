"""Every error this project raises.

InterventionsError
├── InputRefused            what came in cannot be used; nothing was changed
│   ├── UnreadableRecord    a record file is not well-formed or not complete
│   ├── UnreadableTable     a table has a wrong header, row or value
│   ├── UnknownIdentifier   an identifier that no register holds
│   ├── UnreadableDate      a date that no calendar has, or not in EDTF
│   ├── UnreadableGraph     a file that is not RDF in the format its name says
│   └── ReleaseRefused      the data breaks a shape or a check
├── WrongUse                a command, parameter or setting used wrongly
│   ├── UnknownQuery        no catalogue query has this name
│   ├── WrongParameter      a query parameter missing, unknown or of the wrong type
│   └── WrongSetting        a setting with a value that cannot be used
├── QueryRefused            a query the engine will not run (syntax, SERVICE, a remote FROM)
├── QueryTooLarge           an answer above the byte limit
├── NoRelease               there is no release to serve or to ask
├── NotAcceptable           no format we have is acceptable to the client
└── NotFound                no thing with this identifier
"""

from __future__ import annotations


class InterventionsError(Exception):
    """The parent of every error this project raises."""


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


class ReleaseRefused(InputRefused):
    """The data breaks a shape or a check."""


class WrongUse(InterventionsError):
    """A command, parameter or setting used wrongly."""


class UnknownQuery(WrongUse):
    """No catalogue query has this name."""


class WrongParameter(WrongUse):
    """A query parameter that is missing, unknown or of the wrong type."""


class WrongSetting(WrongUse):
    """A setting with a value that cannot be used."""


class QueryRefused(InterventionsError):
    """A query that the engine will not run."""


class QueryTooLarge(InterventionsError):
    """An answer above the byte limit."""


class NoRelease(InterventionsError):
    """There is no release to serve or to ask."""


class NotAcceptable(InterventionsError):
    """No format we have is acceptable to the client."""


class NotFound(InterventionsError):
    """There is no thing with this identifier."""
