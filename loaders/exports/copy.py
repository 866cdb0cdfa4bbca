"""Copy what is taken away: the whole folder of an export, or some of its formats."""

import shutil
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from data.disk.lock import only_writer
from data.disk.replacement import told, whole_file
from loaders.exports.folder import write_exports
from loaders.exports.rdf import DUMPS, NAME
from ontology.errors import WrongUse
from queries.tables.files import DELTAS_FOLDER, EXPORTS_FOLDER, kinds_in

ALL = "all"
FORMATS: Mapping[str, str] = {
    **{name: dump.file for name, dump in DUMPS.items()},
    "csv": ".csv",
    "parquet": ".parquet",
    "sqlite": f"{NAME}.sqlite",
    "duckdb": f"{NAME}.duckdb",
}
"""The formats, each with what the names of its files end with."""


def copy_exports(release: Path, folder: Path, formats: Sequence[str] = (ALL,)) -> list[Path]:
    """Copy the files of some formats, or all with their descriptions, and return their paths.

    Raises: WrongUse for a format that is not offered; NotWritten.
    Guarantee: the same release gives the same bytes, but for the DuckDB file; a file has its name
    once it is whole.
    """
    ends = tuple(_ends(formats))
    made = release / EXPORTS_FOLDER
    with only_writer(folder):
        if made.is_dir():
            return _copied(made, folder, ends)
        with told(folder), tempfile.TemporaryDirectory(prefix=".new-", dir=folder) as place:
            write_exports(release, Path(place), folder)
            return _copied(Path(place), folder, ends)


def _ends(formats: Sequence[str]) -> Sequence[str]:
    if ALL in formats:
        return ("",)
    if unknown := [name for name in formats if name not in FORMATS]:
        raise WrongUse(f"unknown format {unknown[0]!r}; there are {', '.join((ALL, *FORMATS))}")
    return [FORMATS[name] for name in formats]


def _copied(source: Path, folder: Path, ends: tuple[str, ...]) -> list[Path]:
    """Copy the files whose names end so; deltas go with the whole folder alone."""
    paths = [
        folder / name
        for name in kinds_in(source)
        if name.endswith(ends) and (ends == ("",) or not name.startswith(DELTAS_FOLDER))
    ]
    for path in paths:
        with told(path):
            path.parent.mkdir(parents=True, exist_ok=True)
        with whole_file(path) as draft:
            shutil.copyfile(source / path.relative_to(folder), draft)
    return paths
