"""Keep the newest copies of the publishers' tables; a copy is replaced only by one that reads."""

import hashlib
import json
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from pydantic import BaseModel, ConfigDict, ValidationError

from data.disk.replacement import replace_files
from data.sources import TableSource, published_place
from data.tables.metadata import read_metadata
from loaders.tables.download import DownloadLimits, Validators, download
from ontology.errors import InputRefused, NotFetched, WrongParameter

_RECEIPT_SUFFIX = ".fetched.toml"

Sources = Callable[[Path | None], Iterable[TableSource[Any]]]
"""Gives how each table is read, knowing a folder of publishers' files."""

Read = Callable[[TableSource[Any], Path], object]
"""Reads the publisher's file of a table in a folder."""

Check = Callable[[bytes], None]
"""Reads a new copy, and raises InputRefused for one that cannot be read."""


class CopyOutcome(StrEnum):
    """What became of a copy."""

    NEW = "a new copy"
    SAME = "the publisher has no newer one"


class Receipt(BaseModel):
    """What is known of a copy: whence, when, its hash, and what tells its version."""

    model_config = ConfigDict(extra="forbid", frozen=True)
    address: str
    retrieved_at: datetime
    checked_at: datetime
    sha256: str
    etag: str | None = None
    last_modified: str | None = None

    def content(self) -> bytes:
        """Return the receipt as TOML."""
        entries = self.model_dump(mode="json", exclude_none=True)
        # A text of JSON that keeps to ASCII is one of TOML too.
        return "".join(
            f"{name} = {json.dumps(value)}\n" for name, value in entries.items()
        ).encode()


@dataclass(frozen=True)
class FetchTarget:
    """A published file, and where it can be fetched, if anywhere."""

    source: str
    file: str
    address: str


def targets(sources: Iterable[TableSource[Any]], names: Iterable[str]) -> list[FetchTarget]:
    """Return the published files of the named sources, or of all.

    Raises: WrongParameter for a name that no source has.
    """
    published = list(dict.fromkeys((source.name, source.file) for source in sources))
    known = list(dict.fromkeys(name for name, _ in published))
    wanted = list(names) or known
    if unknown := [name for name in wanted if name not in known]:
        raise WrongParameter(f"there is no source {unknown[0]!r}; known are {', '.join(known)}")
    return [
        FetchTarget(name, file, read_metadata(name).published[file].address)
        for name, file in published
        if name in wanted
    ]


def reader_of(target: FetchTarget, sources: Sources, read: Read, data: Path) -> Check:
    """Return what reads a new copy of a file as a build would, with the other files of its source.

    In: the folder of the copies is `data`.
    """
    files = {source.file for source in sources(None) if source.name == target.source} - {
        target.file
    }

    def check(content: bytes) -> None:
        with TemporaryDirectory() as name:
            folder = Path(name)
            (folder / target.file).write_bytes(content)
            for file in files:
                if place := published_place(file, data):
                    (folder / file).write_bytes(place.read_bytes())
            for source in sources(folder):
                if source.file == target.file:
                    read(source, folder)

    return check


def renew_copy(
    target: FetchTarget, data: Path, limits: DownloadLimits, check: Check
) -> CopyOutcome:
    """Fetch the newest copy of a published file into a folder, if the publisher has a newer one.

    Raises: NotFetched for an answer that is not the table, or not the table that we can read.
    Guarantee: the earlier copy stays until the new one has been read; it is replaced in one step.
    """
    place = published_place(target.file, data) or data / target.file
    receipt = _receipt(place, target.address)
    known = Validators(receipt.etag, receipt.last_modified) if receipt else Validators()
    try:
        answer = download(target.address, known, limits)
        if answer is not None:
            check(answer.content)
    except InputRefused as error:
        state = "the earlier copy is kept" if place.is_file() else "there is no copy yet"
        raise NotFetched(f"{target.source}, {target.file}: {error} ({state})") from None
    now = datetime.now(UTC).replace(microsecond=0)
    if answer is None:
        if receipt:
            seen = receipt.model_copy(update={"checked_at": now})
            replace_files({_receipt_place(place): seen.content()})
        return CopyOutcome.SAME
    new = Receipt(
        address=target.address,
        retrieved_at=now,
        checked_at=now,
        sha256=hashlib.sha256(answer.content).hexdigest(),
        etag=answer.validators.etag,
        last_modified=answer.validators.last_modified,
    )
    changed = replace_files({place: answer.content, _receipt_place(place): new.content()})
    return CopyOutcome.NEW if place.name in changed else CopyOutcome.SAME


def _receipt_place(place: Path) -> Path:
    return place.with_name(place.name + _RECEIPT_SUFFIX)


def _receipt(place: Path, address: str) -> Receipt | None:
    """Return the receipt of a copy, or None if it does not fit the copy or the address.

    Without one the table is fetched again whole, so that a damaged copy or receipt mends itself.
    """
    try:
        text = _receipt_place(place).read_text(encoding="utf-8")
        receipt = Receipt.model_validate(tomllib.loads(text))
        sha256 = hashlib.sha256(place.read_bytes()).hexdigest()
    except (FileNotFoundError, UnicodeDecodeError, tomllib.TOMLDecodeError, ValidationError):
        return None
    return receipt if (receipt.address, receipt.sha256) == (address, sha256) else None
