"""Every setting, with its unit, default and meaning; each may come from the environment.

The variable of a setting is its name in capitals after `INTERVENTIONS_`, such as
`INTERVENTIONS_PORT`.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

from ontology.errors import WrongSetting

PREFIX = "INTERVENTIONS_"
_HIGHEST_PORT = 65535
_STORES = "memory", "disk"


def _about(meaning: str, unit: str = "") -> dict[str, str]:
    """Return what a field says of itself beside its type and default."""
    return {"meaning": meaning, "unit": unit}


@dataclass(frozen=True)
class Settings:
    """The settings of one run."""

    release: Path = field(
        default=Path("release"), metadata=_about("Folder that holds the releases.")
    )
    documents: Path | None = field(
        default=None,
        metadata=_about(
            "Folder of the source documents; where it is given, passages are checked and shown."
        ),
    )
    data: Path | None = field(
        default=None,
        metadata=_about("Folder of publishers' tables; those there are read in place of our own."),
    )
    dataset: Path | None = field(
        default=None, metadata=_about("N-Quads or TriG file to serve in place of a release.")
    )
    engine: str | None = field(
        default=None,
        metadata=_about(
            "Address for queries of a SPARQL 1.1 store to serve from, in place of a release here."
        ),
    )
    engine_user: str | None = field(
        default=None, metadata=_about("User of that store, where it asks for one.")
    )
    engine_password: str | None = field(
        default=None, repr=False, metadata=_about("Password of that user.")
    )
    host: str = field(default="127.0.0.1", metadata=_about("Address the service listens on."))
    port: int = field(default=8000, metadata=_about("Port the service listens on."))
    page_items: int = field(
        default=50,
        metadata=_about("Items on a page of a list where the request does not say.", "items"),
    )
    page_items_maximum: int = field(
        default=1000, metadata=_about("Most items on a page of a list.", "items")
    )
    query_characters: int = field(
        default=100_000, metadata=_about("Longest query text that is accepted.", "characters")
    )
    visitor_queries: int = field(
        default=2, metadata=_about("Visitors' own SPARQL queries that run at once.", "queries")
    )
    visitor_queue: int = field(
        default=8, metadata=_about("Visitors' own queries that wait; more get 503.", "queries")
    )
    visitor_burst: int = field(
        default=100,
        metadata=_about("Further ones that wait for a quarter of a second.", "queries"),
    )
    curated_queries: int = field(
        default=2,
        metadata=_about("Queries of the service's own pages that run at once.", "queries"),
    )
    curated_queue: int = field(
        default=200, metadata=_about("Queries of the service's own pages that wait.", "queries")
    )
    query_seconds: int = field(
        default=10,
        metadata=_about("Longest time of a query from arrival to answer.", "seconds"),
    )
    query_bytes: int = field(
        default=512 * 2**20,
        metadata=_about("Most memory of a query, beyond the loaded data.", "bytes"),
    )
    answer_bytes: int = field(
        default=64 * 2**20, metadata=_about("Largest answer to a query.", "bytes")
    )
    answer_rows: int = field(
        default=1_000_000, metadata=_about("Most rows of an answer to a query.", "rows")
    )
    client_requests: int | None = field(
        default=None,
        metadata=_about(
            "Requests to /sparql that one client may send each minute; more get 429. "
            "Without it there is no such limit.",
            "requests",
        ),
    )
    cache_bytes: int = field(
        default=128 * 2**20, metadata=_about("Answers that are kept for the next client.", "bytes")
    )
    delivery_bytes: int = field(
        default=256 * 2**20,
        metadata=_about("Answers on their way to slow clients, together.", "bytes"),
    )
    delivery_seconds: int = field(
        default=300, metadata=_about("Longest time to deliver an answer.", "seconds")
    )
    store: str = field(
        default="memory",
        metadata=_about("Where the data is while it is served: memory, or disk."),
    )
    engine_folder: Path | None = field(
        default=None,
        metadata=_about("Folder in which `serve` tells its server processes of the engine."),
    )
    fetch_seconds: int = field(
        default=60, metadata=_about("Longest time that the fetching of a table takes.", "seconds")
    )
    fetch_bytes: int = field(
        default=32 * 2**20, metadata=_about("Largest table that is fetched.", "bytes")
    )


def variable(name: str) -> str:
    """Return the environment variable of a setting.

    >>> variable("port")
    'INTERVENTIONS_PORT'
    """
    return PREFIX + name.upper()


def read_settings(environment: Mapping[str, str] | None = None) -> Settings:
    """Return the settings, with what the environment gives in place of the defaults.

    In: an empty text means the default.
    Raises: WrongSetting for an unknown `INTERVENTIONS_…` variable or a value of the wrong type.

    >>> read_settings({"INTERVENTIONS_PORT": "9000"}).port
    9000
    """
    source = os.environ if environment is None else environment
    known = {variable(one.name): one for one in fields(Settings)}
    given: dict[str, Any] = {}
    for name, text in source.items():
        if not name.startswith(PREFIX):
            continue
        if name not in known:
            raise WrongSetting(f"unknown setting {name}; known are {', '.join(known)}")
        if text:
            given[known[name].name] = _read(name, text, known[name].type)
    return Settings(**given)


def _read(name: str, text: str, kind: Any) -> Any:
    """Return the value of one setting."""
    if "Path" in str(kind):
        return Path(text)
    if "int" in str(kind):
        if not (text.isascii() and text.isdecimal() and int(text) > 0):
            raise WrongSetting(f"{name}={text!r}; expected a whole number above 0")
        if name == variable("port") and int(text) > _HIGHEST_PORT:
            raise WrongSetting(f"{name}={text!r}; expected a port from 1 to {_HIGHEST_PORT}")
        return int(text)
    if name == variable("store") and text not in _STORES:
        raise WrongSetting(f"{name}={text!r}; expected {' or '.join(_STORES)}")
    return text


def settings_table() -> list[tuple[str, str, str, str]]:
    """Return variable, default, unit and meaning of every setting, for help and documentation."""
    return [
        (variable(one.name), str(one.default), one.metadata["unit"], one.metadata["meaning"])
        for one in fields(Settings)
    ]
