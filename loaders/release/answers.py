"""Answer a catalogue query on the command line."""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from data.councils.register import is_council
from data.releases import DATA_FILE
from data.settings import Settings
from ontology.errors import UnknownQuery, WrongParameter, WrongUse
from ontology.identifiers import short
from queries.catalogue import CatalogueQuery, catalogue, find_query, read_query
from queries.engine.dataset import load_dataset
from queries.engine.embedded import EmbeddedEngine
from queries.engine.interface import RESULTS_JSON, TURTLE, Question
from queries.engine.limits import limits_of
from queries.pool.pool import Places
from queries.remote.call import Endpoint
from queries.remote.lookup import find_release
from queries.remote.store import RemoteEngine
from queries.sparql.query_inspection import inspect_query

Answers = Callable[[Question], bytes]
"""What answers a question."""

OUTPUTS = "table", "csv", "json", "turtle"
_MEDIA_TYPES = {"table": RESULTS_JSON, "csv": "text/csv", "json": RESULTS_JSON, "turtle": TURTLE}
_WIDEST_COLUMN_CHARACTERS = 60


def catalogue_lines() -> Iterator[str]:
    """Yield a line for each query of the catalogue: name, title and parameters."""
    for query in catalogue().values():
        parameters = " ".join(
            f"[{parameter.name}]" if parameter.optional else parameter.name
            for parameter in query.parameters
        )
        yield f"{query.name:<40}{query.title}{f'  ({parameters})' if parameters else ''}"


def release_answers(release: Path, answer_bytes: int) -> Answers:
    """Return what answers questions on a release in a folder; it is loaded for the first one."""
    engine: list[EmbeddedEngine] = []

    def ask(question: Question) -> bytes:
        if not engine:
            engine.append(EmbeddedEngine(load_dataset(release / DATA_FILE), answer_bytes))
        return engine[0].answer_now(question)

    return ask


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


def answer(ask: Answers, name: str, given: Mapping[str, str], output: str) -> str:
    """Return the answer to a catalogue query, or to a `.rq` file, in the wanted form.

    Raises: UnknownQuery, WrongParameter; WrongUse for Turtle of a table or a table of triples.
    """
    query = _query_from_file(Path(name)) if name.endswith(".rq") else find_query(name)
    _check_councils(query, given)
    text = query.bind(given)
    if inspect_query(text).gives_triples != (output == "turtle"):
        form = (
            "triples: use -f turtle"
            if inspect_query(text).gives_triples
            else "a table: use -f table, csv or json"
        )
        raise WrongUse(f"the query {query.name} gives {form}")
    body = ask(Question(text, _MEDIA_TYPES[output])).decode()
    return _table(body) if output == "table" else f"{body.rstrip()}\n"


def _check_councils(query: CatalogueQuery, given: Mapping[str, str]) -> None:
    """Check that the register holds each council asked about: no council has no news to miss."""
    for parameter in query.parameters:
        code = given.get(parameter.name)
        if parameter.type == "council" and code is not None and not is_council(code):
            raise WrongParameter(
                f"-p {parameter.name}={code}: the register holds no council {code}; use a code of "
                "data/tables/councils/register.csv, such as NFK",
                code,
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


def _table(body: str) -> str:
    results = json.loads(body)
    if "boolean" in results:
        return f"{'yes' if results['boolean'] else 'no'}\n"
    columns = results["head"]["vars"]
    rows = [
        [short(row.get(name, {}).get("value", "")) for name in columns]
        for row in results["results"]["bindings"]
    ]
    shown = [[_shorten(cell) for cell in row] for row in (columns, *rows)]
    widths = [max(len(row[place]) for row in shown) for place in range(len(columns))]
    lines = [
        "  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip()
        for row in shown
    ]
    return "\n".join((*lines, f"({len(rows)} rows)")) + "\n"


def _shorten(cell: str) -> str:
    """Return a cell that fits a terminal, cut with a sign that it was cut."""
    line = " ".join(cell.split())
    return (
        line
        if len(line) <= _WIDEST_COLUMN_CHARACTERS
        else line[: _WIDEST_COLUMN_CHARACTERS - 1] + "…"
    )
