"""Answer a catalogue query on the command line."""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path

from data.releases import DATA_FILE, current_release, read_manifest, whole_release
from data.settings import Settings
from loaders.identifiers.council_entries import register_matcher
from ontology.errors import QueryRefused, UnknownQuery, WrongParameter, WrongUse
from ontology.identifiers import short
from queries.catalogue import CatalogueQuery, catalogue, find_query, read_query
from queries.engine.dataset import load_dataset
from queries.engine.embedded import EmbeddedEngine
from queries.engine.interface import RESULTS_JSON, TURTLE, Question
from queries.engine.kept_store import KeptStores, cache_folder
from queries.engine.limits import limits_of
from queries.parameters import AUTHORITY_CODE, day_asked
from queries.pool.pool import Places
from queries.remote.call import Endpoint
from queries.remote.lookup import find_release
from queries.remote.store import RemoteEngine
from queries.search.meant import is_taken, meant, refusal
from queries.sparql.query_inspection import inspect_query

Answers = Callable[[Question], bytes]
"""What answers a question."""

OUTPUTS = "table", "csv", "json", "turtle"
_MEDIA_TYPES = {"table": RESULTS_JSON, "csv": "text/csv", "json": RESULTS_JSON, "turtle": TURTLE}
_WIDEST_COLUMN_CHARACTERS = 60
_CUT = "…"
_NAMED_KINDS = "council", "authority"
"""Kinds of identifiers beside which a table shows the name."""
_DAMAGED = "Corruption:"
"""How the engine begins what it says of a part of a store that does not fit its checksum."""


def catalogue_lines() -> Iterator[str]:
    """Yield a line for each query of the catalogue: name, title and parameters."""
    for query in catalogue().values():
        parameters = " ".join(
            f"[{parameter.name}]" if parameter.optional else parameter.name
            for parameter in query.parameters
        )
        yield f"{query.name:<40}{query.title}{f'  ({parameters})' if parameters else ''}"


def release_answers(folder: Path, settings: Settings) -> Answers:
    """Return what answers questions on the current release of a folder.

    It answers from the store that was kept when the release was asked before. Where there is none,
    the release is loaded for the first question, and a store is made for the next time.
    Raises: NoRelease; DamagedRelease, here or when the release is loaded.
    """
    release = current_release(folder)
    data, sha256 = release / DATA_FILE, read_manifest(release)["files"][DATA_FILE]
    kept = KeptStores(settings.cache_folder or cache_folder(), settings.kept_stores)

    @cache
    def from_memory() -> EmbeddedEngine:
        kept.keep_later(whole_release(folder) / DATA_FILE, sha256)
        return EmbeddedEngine(load_dataset(data, is_release=True), settings.answer_bytes)

    @cache
    def from_store() -> EmbeddedEngine | None:
        store = kept.opened(data, sha256)
        if store is None:
            return None
        return EmbeddedEngine(store, settings.answer_bytes, is_complete=True)

    def ask(question: Question) -> bytes:
        # Several graphs are made one by changing the store, which cannot be done to one on disk.
        engine = None if inspect_query(question.text).default_graphs else from_store()
        if engine is None:
            return from_memory().answer_now(question)
        try:
            return engine.answer_now(question)
        except (OSError, QueryRefused) as error:
            if isinstance(error, QueryRefused) and _DAMAGED not in str(error):
                raise
        kept.discard(sha256)
        return from_memory().answer_now(question)

    return ask


def kept_answers(folder: Path, settings: Settings, ask: Answers) -> Answers:
    """Return what answers questions that every command asks alike, each asked of a release once.

    In: what answers on the current release of the folder. The answers are kept beside its store.
    """
    release = current_release(folder)
    data, sha256 = release / DATA_FILE, read_manifest(release)["files"][DATA_FILE]
    kept = KeptStores(settings.cache_folder or cache_folder(), settings.kept_stores)

    def answer_kept(question: Question) -> bytes:
        key = f"{question.media_type}\n{question.text}"
        return kept.answered(data, sha256, key, lambda: ask(question))

    return answer_kept


def opened_release(data: Path, answer_bytes: int) -> Answers:
    """Return what answers many questions on the file of a release, which is loaded once."""
    return EmbeddedEngine(load_dataset(data), answer_bytes).answer_now


def remote_answers(settings: Settings) -> Answers:
    """Return what answers questions on the store that the settings name."""

    def ask(question: Question) -> bytes:
        endpoint = Endpoint(settings.engine or "", settings.engine_user, settings.engine_password)
        places = Places(1, 0, 0, b"")
        engine = RemoteEngine(endpoint, find_release(endpoint), limits_of(settings), places)
        return engine.answer_now(question)

    return ask


def answer(
    ask: Answers,
    name: str,
    given: Mapping[str, str],
    output: str,
    is_cut: bool = True,
    tell: Callable[[str], None] = lambda _: None,
) -> str:
    """Return the answer to a catalogue query, or to a `.rq` file, in the wanted form.

    In: whether long cells of a table are cut to fit a terminal; what takes the remarks on what was
    understood, which are no part of the answer.
    Raises: UnknownQuery, WrongParameter; WrongUse for Turtle of a table or a table of triples.
    """
    query = _query_from_file(Path(name)) if name.endswith(".rq") else find_query(name)
    text = query.bind(_with_codes(query, given, tell))
    if inspect_query(text).gives_triples != (output == "turtle"):
        form = (
            "triples: use -f turtle"
            if inspect_query(text).gives_triples
            else "a table: use -f table, csv or json"
        )
        raise WrongUse(f"the query {query.name} gives {form}")
    body = ask(Question(text, _MEDIA_TYPES[output])).decode()
    return _table(body, is_cut) if output == "table" else f"{body.rstrip()}\n"


def _with_codes(
    query: CatalogueQuery, given: Mapping[str, str], tell: Callable[[str], None]
) -> dict[str, str]:
    """Return the values with the code of each council, which may be named in any way.

    Out: which council is meant is told where the value is neither its code nor its name.

    Raises: WrongParameter if the register does not hold it: no council has no news to miss.
    """
    names = [parameter.name for parameter in query.parameters if parameter.type == "council"]
    day = day_asked(query.parameters, given)
    return {
        name: _code_of(name, value, day, tell) if name in names else value
        for name, value in given.items()
    }


def _code_of(name: str, text: str, day: str | None, tell: Callable[[str], None]) -> str:
    match = meant(register_matcher(), text, day)
    if (
        match.entry is not None
        and is_taken(match)
        and (match.entry.kind == "council" or re.fullmatch(AUTHORITY_CODE, match.entry.code))
    ):
        own = {match.entry.code, *match.entry.every_name}
        if text.strip().casefold() not in {one.casefold() for one in own}:
            tell(f"-p {name}={text}: taken to mean {match.entry.described}")
        return match.entry.code
    offered = match.offered
    raise WrongParameter(
        f"-p {name}={text}: it {refusal(match, offered)}; expected a register code, such as NFK",
        text,
        [one.code for one in offered],
    )


def _query_from_file(path: Path) -> CatalogueQuery:
    """Return the query in a file; a header is needed only for parameters."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UnknownQuery(f"{path} cannot be read: {error}") from None
    if "# Title:" in text:
        return read_query(text, path.stem)
    return CatalogueQuery(path.stem, path.stem, "", None, (), (), text)


def _table(body: str, is_cut: bool) -> str:
    results = json.loads(body)
    if "boolean" in results:
        return f"{'yes' if results['boolean'] else 'no'}\n"
    columns = results["head"]["vars"]
    rows = [
        {name: row.get(name, {}).get("value", "") for name in columns}
        for row in results["results"]["bindings"]
    ]
    return f"{table_of(columns, rows, is_cut)}\n"


def table_of(
    columns: Sequence[str], items: Sequence[Mapping[str, object]], is_cut: bool = True
) -> str:
    """Return rows as a table, with short identifiers, names of councils and the number of rows.

    In: whether long cells are cut to fit a terminal; then the last line says so.
    """
    rows = [[_cell(item[name]) for name in columns] for item in items]
    whole = [[" ".join(cell.split()) for cell in row] for row in (columns, *rows)]
    shown = [[_shorten(cell) for cell in row] for row in whole] if is_cut else whole
    widths = [max(len(row[place]) for row in shown) for place in range(len(columns))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in shown
    ]
    hint = f"; what ends in {_CUT} is cut, and whole in a pipe, a file or -f csv"
    hint = "" if shown == whole else hint
    return "\n".join((*lines, f"({len(rows)} rows{hint})"))


def _cell(value: object) -> str:
    """Return a value as it stands in a table: of a council its identifier and its name."""
    text = "" if value is None else short(str(value))
    kind, _, code = text.partition("/")
    entry = register_matcher().entries.get(code) if kind in _NAMED_KINDS else None
    return f"{text} {entry.name}" if entry else text


def _shorten(cell: str) -> str:
    """Return a cell that fits a terminal, cut with a sign that it was cut."""
    is_short = len(cell) <= _WIDEST_COLUMN_CHARACTERS
    return cell if is_short else cell[: _WIDEST_COLUMN_CHARACTERS - 1] + _CUT
