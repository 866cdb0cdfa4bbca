"""The files of an export packed, for readers who take them so."""

import gzip
import shutil
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import zstandard

from queries.tables.files import PACKED_FOLDER, kinds_in

_PACKED_LEVEL = 6
_WORTH_PACKING_BYTES = 1_400
_PACKED_ALREADY = ".parquet", ".duckdb", ".gz"
_PIECE_BYTES = 2**20


def pack(folder: Path) -> None:
    """Put a packed form of each file that is worth it where the service finds it."""
    found = [
        path
        for path in (folder / name for name in kinds_in(folder))
        if path.is_file()
        and path.suffix not in _PACKED_ALREADY
        and path.stat().st_size >= _WORTH_PACKING_BYTES
    ]
    places = {path: path.parent / PACKED_FOLDER / path.name for path in found}
    for place in places.values():
        place.parent.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(2) as pool:
        waiting = [
            pool.submit(write, path, place.with_name(f"{place.name}{suffix}"))
            for path, place in places.items()
            for suffix, write in ((".gz", gzip_file), (".zst", _zstandard_file))
        ]
        for one in waiting:
            one.result()


def gzip_file(source: Path, target: Path) -> None:
    """Write a file packed, without the time and the name that gzip keeps by habit."""
    with (
        source.open("rb") as plain,
        target.open("wb") as raw,
        gzip.GzipFile("", "wb", _PACKED_LEVEL, raw, mtime=0) as packed,
    ):
        shutil.copyfileobj(plain, packed, _PIECE_BYTES)


def _zstandard_file(source: Path, target: Path) -> None:
    packer = zstandard.ZstdCompressor(level=_PACKED_LEVEL, write_checksum=True)
    with source.open("rb") as plain, target.open("wb") as packed:
        packer.copy_stream(plain, packed, size=source.stat().st_size)
