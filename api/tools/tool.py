"""One tool: what it is called, what it takes, what answers a call of it, and what it found."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass

from api.contract.schemas import Schema
from api.hosting.state import Service
from api.views.serialisers import Json
from queries.engine.interface import Gone


@dataclass(frozen=True)
class Call:
    """One call of a tool.

    In: `gone` ends when the client has gone, for whom a query need not run any longer.
    """

    service: Service
    arguments: Mapping[str, Json]
    gone: Gone


@dataclass(frozen=True)
class Cut:
    """How much of what was found an answer holds.

    In: `total` counts what was found, `left_off` what of it is not in the answer, both None where
    more was found than was counted; `rest` says in a sentence how to get that; `cursor` is that of
    the next page, if there are pages.
    """

    total: int | None
    left_off: int | None = 0
    rest: str = ""
    cursor: str | None = None


@dataclass(frozen=True)
class Found:
    """What a tool found.

    In: `address` is where the service answers the same to anybody; `council` the address of the
    council that it is about; `topics` the topics of coverage, or none for all.
    """

    content: Mapping[str, Json]
    address: str
    cut: Cut
    council: str | None = None
    topics: Sequence[str] = ()


@dataclass(frozen=True)
class Tool:
    """A tool.

    In: `inputs` returns the schema of its arguments on a release; `outputs` are the schemas of what
    it finds, by key.
    """

    name: str
    title: str
    description: str
    inputs: Callable[[Service], Schema]
    outputs: Mapping[str, Schema]
    answer: Callable[[Call], Awaitable[Found]]
