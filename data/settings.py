"""Every setting, with its unit, default and meaning; each may come from the environment.

The variable of a setting is its name in capitals after `INTERVENTIONS_`, such as
`INTERVENTIONS_PORT`.
"""

import os
import re
from collections.abc import Callable
from dataclasses import dataclass
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    Field,
    NonNegativeInt,
    PositiveInt,
    ValidationError,
)
from pydantic_core import PydanticCustomError, PydanticKnownError
from pydantic_settings import BaseSettings, SettingsConfigDict

from ontology.errors import WrongSetting

PREFIX = "INTERVENTIONS_"
_HIGHEST_PORT = 65535
_LONGEST_S = 366 * 24 * 3600
_MOST_BYTES = 2**40
_MOST = 10**9
_MOST_CONNECTIONS = 100_000
_MOST_PROCESSES = 64
"""Queries run in processes of their own, of which a machine has so many at best."""
# takes (fullmatch): "https://example.org/interventions"
# leaves (fullmatch): "example.org", "https://example.org/?page=1"
_ADDRESS = re.compile(r"https?://[^\s/?#\"<>]+(?:/[^\s?#\"<>]*)?")
# takes (fullmatch): "http://localhost:3030/ds/query?default"
# leaves (fullmatch): "localhost:3030/ds", "http://a b/"
_STORE = re.compile(r"https?://[^\s\"<>]+")
# takes (fullmatch): "localhost", "council-data.example.org"
# leaves (fullmatch): "127.0.0.1", "localhost:8000", "no host", "-x"
_HOST_NAME = re.compile(r"(?!-)(?![0-9.]+$)[A-Za-z0-9_-]{1,63}(?:\.[A-Za-z0-9_-]{1,63})*")
_DEEPEST = 100
"""The engine reads brackets by calling itself, and has not been tried with deeper ones."""


@dataclass(frozen=True)
class _Unit:
    """What a number counts."""

    name: str


def _check_digits(value: object) -> object:
    """Refuse `+5`, `1_0`, `5.0` and ` 5`, which pydantic alone would take for numbers."""
    if isinstance(value, str) and not re.fullmatch(r"-?[0-9]+", value):
        raise PydanticKnownError("int_parsing")
    return value


def _check_address(value: str | None) -> str | None:
    """Refuse what no link can begin with, and return the rest without the slash at its end."""
    if value is not None and (not _ADDRESS.fullmatch(value) or not _has_host_and_port(value)):
        raise PydanticCustomError("address", "an address that begins with https:// or http://")
    return value.rstrip("/") if value is not None else None


def _check_store(value: str | None) -> str | None:
    """Refuse what no store can be asked at."""
    if value is not None and (not _STORE.fullmatch(value) or not _has_host_and_port(value)):
        raise PydanticCustomError(
            "store", "the address of a SPARQL endpoint, beginning with https:// or http://"
        )
    return value


def _has_host_and_port(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return bool(parts.hostname) and parts.port != 0
    except ValueError:
        return False


def _check_user(value: str | None) -> str | None:
    """Refuse a user that cannot be told apart from the password (RFC 7617)."""
    if value is not None and ":" in value:
        raise PydanticCustomError("user", "a name without a colon")
    return value


def _check_host(value: str) -> str:
    """Refuse what is no address of a machine, nor a name of one."""
    if not _HOST_NAME.fullmatch(value) and not _is(ip_address, value):
        raise PydanticCustomError(
            "host", "an address of this machine without the port, such as 127.0.0.1, 0.0.0.0 or ::1"
        )
    return value


def _check_proxies(value: str) -> str:
    """Refuse what would be compared with addresses of clients and never be one of them."""
    if value != "*" and not all(_is(ip_network, one.strip()) for one in value.split(",")):
        raise PydanticCustomError(
            "proxies",
            "addresses or networks with commas between, such as 127.0.0.1,10.0.0.0/8, or * for all",
        )
    return value


def _is(read: Callable[[str], object], value: str) -> bool:
    try:
        read(value)
    except ValueError:
        return False
    return True


def _check_folder(value: Path | None) -> Path | None:
    """Refuse a folder from which nothing could be read, which would look like an empty one."""
    if value is not None and not value.is_dir():
        raise PydanticCustomError("folder", "a folder that is there")
    return value


_Positive = Annotated[PositiveInt, BeforeValidator(_check_digits)]
_Whole = Annotated[_Positive, Field(le=_MOST)]
Bytes = Annotated[_Positive, Field(le=_MOST_BYTES), _Unit("bytes")]
_Number = Annotated[NonNegativeInt, BeforeValidator(_check_digits), Field(le=_MOST)]
Items = Annotated[_Whole, _Unit("items")]
Queries = Annotated[_Whole, _Unit("queries")]
Processes = Annotated[_Positive, Field(le=_MOST_PROCESSES), _Unit("queries")]
Seconds = Annotated[_Positive, Field(le=_LONGEST_S), _Unit("seconds")]


class Settings(BaseModel, frozen=True, extra="forbid"):
    """The settings of one run."""

    release: Path = Field(Path("release"), description="Folder that holds the releases.")
    documents: Annotated[Path | None, AfterValidator(_check_folder)] = Field(
        None,
        description=(
            "Folder of the source documents; where it is given, passages are checked and shown."
        ),
    )
    data: Path | None = Field(
        None,
        description="Folder of publishers' tables; those there are read in place of our own.",
    )
    dataset: Path | None = Field(
        None, description="N-Quads or TriG file to serve in place of a release."
    )
    engine: Annotated[str | None, AfterValidator(_check_store)] = Field(
        None,
        description=(
            "Address for queries of a SPARQL 1.1 store to serve from, in place of a release here."
        ),
    )
    engine_user: Annotated[str | None, AfterValidator(_check_user)] = Field(
        None, description="User of that store, where it asks for one."
    )
    engine_password: str | None = Field(None, repr=False, description="Password of that user.")
    host: Annotated[str, AfterValidator(_check_host)] = Field(
        "127.0.0.1", description="Address the service listens on."
    )
    port: _Positive = Field(8000, le=_HIGHEST_PORT, description="Port the service listens on.")
    public_address: Annotated[str | None, AfterValidator(_check_address)] = Field(
        None,
        description=(
            "Address under which the service is reached through a proxy, with the path that the "
            "proxy takes off; links begin with it."
        ),
    )
    proxies: Annotated[str, AfterValidator(_check_proxies)] = Field(
        "127.0.0.1",
        description=(
            "Addresses or networks of the proxies that are believed when they say for whom they "
            "ask (X-Forwarded-For, X-Forwarded-Proto), separated by commas."
        ),
    )
    page_items: Items = Field(
        50, description="Items on a page of a list where the request does not say."
    )
    page_items_maximum: Items = Field(1000, description="Most items on a page of a list.")
    query_characters: Annotated[_Whole, _Unit("characters")] = Field(
        100_000, description="Longest query text that is accepted."
    )
    query_prologue: Annotated[_Whole, _Unit("lines")] = Field(
        500, description="Most lines of PREFIX and BASE in a query; more get 400."
    )
    query_graphs: Annotated[_Whole, _Unit("graphs")] = Field(
        200, description="Most graphs that a query or its request names by FROM; more get 400."
    )
    query_depth: Annotated[_Positive, _Unit("brackets")] = Field(
        100, le=_DEEPEST, description="Most brackets of a query within one another; more get 400."
    )
    visitor_queries: Processes = Field(
        2, description="Visitors' own SPARQL queries that run at once."
    )
    visitor_queue: Queries = Field(8, description="Visitors' own queries that wait; more get 503.")
    visitor_burst: Queries = Field(
        100, description="Further ones that wait for a quarter of a second."
    )
    curated_queries: Processes = Field(
        2, description="Queries of the service's own pages that run at once."
    )
    curated_queue: Queries = Field(200, description="Queries of the service's own pages that wait.")
    query_seconds: Seconds = Field(
        10, description="Longest time of a query from arrival to answer."
    )
    query_bytes: Bytes = Field(
        512 * 2**20, description="Most memory of a query, beyond the loaded data."
    )
    answer_bytes: Bytes = Field(64 * 2**20, description="Largest answer to a query.")
    answer_rows: Annotated[_Whole, _Unit("rows")] = Field(
        1_000_000, description="Most rows of an answer to a query."
    )
    client_requests: Annotated[_Whole | None, _Unit("requests")] = Field(
        None,
        description=(
            "Requests to /sparql, /mcp and /validate that one client may send each minute; more "
            "get 429. Without it there is no such limit."
        ),
    )
    lookup_triples: Annotated[_Whole, _Unit("triples")] = Field(
        1_000_000,
        description="Largest default graph of which look-ups are answered without a worker.",
    )
    cache_bytes: Bytes = Field(
        128 * 2**20, description="Answers that are kept for the next client."
    )
    delivery_bytes: Bytes = Field(
        256 * 2**20, description="Answers on their way to slow clients, together."
    )
    delivery_seconds: Seconds = Field(300, description="Longest time to deliver an answer.")
    connections: Annotated[_Positive, _Unit("connections")] = Field(
        1_000,
        le=_MOST_CONNECTIONS,
        description="Connections of a server process at once; more get 503.",
    )
    head_seconds: Seconds = Field(
        10, description="Longest time in which the head of a request has to arrive."
    )
    body_seconds: Seconds = Field(
        10, description="Longest time in which the body of a request has to arrive."
    )
    idle_seconds: Seconds = Field(
        75, description="Longest time that a connection stays open on which nothing is asked."
    )
    access_log: Literal["off", "text", "json"] = Field(
        "off", description="A line for each request, on standard error: off, text or json."
    )
    client_addresses: Literal["shortened", "whole"] = Field(
        "shortened", description="How addresses of clients are written down: shortened, or whole."
    )
    metrics: Literal["loopback", "open", "off"] = Field(
        "loopback", description="Who may read /metrics: this machine (loopback), all (open), none."
    )
    store: Literal["memory", "disk"] = Field(
        "memory", description="Where the data is while it is served: memory, or disk."
    )
    engine_folder: Path | None = Field(
        None, description="Folder in which `serve` tells its server processes of the engine."
    )
    cache_folder: Path | None = Field(
        None,
        description=(
            "Folder in which `query` keeps releases ready to be asked; without it that of the "
            "platform for such things."
        ),
    )
    kept_stores: Annotated[_Number, _Unit("releases")] = Field(
        2, description="Most releases that `query` keeps so; 0 for none, nor is one asked."
    )
    fetch_seconds: Seconds = Field(
        60, description="Longest time that the fetching of a table takes."
    )
    fetch_bytes: Bytes = Field(32 * 2**20, description="Largest table that is fetched.")


def variable(name: str) -> str:
    """Return the environment variable of a setting.

    >>> variable("port")
    'INTERVENTIONS_PORT'
    """
    return PREFIX + name.upper()


class _EnvironmentSettings(BaseSettings, Settings):
    model_config = SettingsConfigDict(
        alias_generator=variable, case_sensitive=True, env_ignore_empty=True
    )


def read_settings() -> Settings:
    """Return the settings, with what the environment gives in place of the defaults.

    In: an empty text means the default.
    Raises: WrongSetting for an unknown `INTERVENTIONS_…` variable or a value that does not fit.
    """
    known = list(map(variable, Settings.model_fields))
    for name in os.environ:
        if name.startswith(PREFIX) and name not in known:
            raise WrongSetting(f"unknown setting {name}; known are {', '.join(known)}")
    try:
        return _EnvironmentSettings()
    except ValidationError as error:
        first = error.errors(include_url=False, include_context=False)[0]
        expected = first["msg"].removeprefix("Input should be ")
        given = first["input"]
        told = str(given) if isinstance(given, Path) else given
        raise WrongSetting(f"{first['loc'][0]}={told!r}; expected {expected}") from None


def settings_table() -> list[tuple[str, str, str, str]]:
    """Return variable, default, unit and meaning of every setting, for help and documentation."""
    return [
        (
            variable(name),
            str(field.default),
            next((mark.name for mark in field.metadata if isinstance(mark, _Unit)), ""),
            field.description or "",
        )
        for name, field in Settings.model_fields.items()
    ]
