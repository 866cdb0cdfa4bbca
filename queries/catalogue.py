"""The catalogue: one `.rq` file per question; its header says title, parameters and columns.

A parameter stands in the query as a row of UNDEF, `VALUES ($council) { (UNDEF) }`. Binding puts a
term in its place; the text of a value never becomes part of the query. Where a day of
knowledge is given, another text may answer: that of the same name in `as_known/`.
"""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field, replace
from difflib import get_close_matches
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

import pyoxigraph as ox
from rdflib.namespace import XSD

from ontology.errors import UnknownQuery, WrongParameter
from queries.parameters import TYPES, Parameter, Term, read_term

_HEADER = re.compile(
    r"^# (Title|Question|Number|Params|Columns|Coverage|Source): (.+)$", re.MULTILINE
)
_COLUMN = re.compile(r"(\w+)(?: \(([a-z]+)\))?")
_PARAMETER = re.compile(r"\$(\w+) \(([a-z]+)(, optional)?\): (.+)")
# takes: "  OPTIONAL {\n    SELECT ?a (1 AS ?b)\n    WHERE { ?a ?p ?q }\n  }\n"
# leaves: "  OPTIONAL { ?a ?p ?b }\n"
_OPTIONAL_PART = re.compile(
    r"""
    ^[ ]{2}OPTIONAL[ ]\{\n
    [ ]{4}SELECT[ ](.*)\n       # what it works out
    (?:.*\n)*?
    ^[ ]{2}\}\n
    """,
    re.MULTILINE | re.VERBOSE,
)
_NEAREST = 3
"""How many names are offered in place of one that there is not."""
_ALL_TOPICS = "all"
_WORKED_OUT = re.compile(r"AS \?(\w+)")
# takes: "    # The rows of acts_as_known, as of $day"
# takes: "    # The rows of lists/under_intervention, as of $day"
# leaves: "# Title: What was in force on a day, as known on another"
_ROWS_OF = re.compile(r"^ *# The rows of ([\w/]+), as of (\$\w+)$", re.MULTILINE)
_PREFIX_LINE = re.compile(r"^PREFIX .+\n", re.MULTILINE)
_LAST_ORDER = re.compile(r"\}\s*ORDER BY .+\s*\Z")
_DATE = ox.NamedNode(XSD.date)
_KNOWN_AT = "known_at"
# takes: "$as_of", "$on", and "$on" of "$on_year"
# leaves: "$only"
_AS_OF = re.compile(r"\$(?:as_of|on)(?![a-z])")
_SLOT = re.compile(r"VALUES\s*\(([^)]*)\)\s*\{\s*\((?:\s*UNDEF\s*)+\)\s*\}")


@dataclass(frozen=True)
class CatalogueQuery:
    """A question with its parameters and columns.

    In: `kinds` has the kind of value of a column where the header names it; `topics` are those of
    coverage that the answer rests on, none for all that was read; `notes` are its lines on sources;
    `as_known` is the text that answers where a day of knowledge is given, if it is another one.
    """

    name: str
    title: str
    question: str
    number: int | None
    parameters: tuple[Parameter, ...]
    columns: tuple[str, ...]
    text: str
    kinds: Mapping[str, str] = field(default_factory=dict)
    topics: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    as_known: str | None = None

    def asked(self, given: Collection[str]) -> str:
        """Return the text that answers, before values are bound: with a day of knowledge or not."""
        return self.as_known if self.as_known and _KNOWN_AT in given else self.text

    def missing(self, given: Collection[str]) -> list[Parameter]:
        """Return the parameters that have to be given and are not."""
        return [item for item in self.parameters if not item.optional and item.name not in given]

    def bind(self, given: Mapping[str, str]) -> str:
        """Return the query with the given values bound as terms.

        Raises: WrongParameter, naming the parameter and what it accepts.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        unknown = sorted(given.keys() - known.keys())
        if unknown:
            accepted = ", ".join(known) or "none"
            raise WrongParameter(
                f"the query {self.name} has no parameter {unknown[0]!r}; it has: {accepted}"
            )
        for parameter in self.missing(given):
            raise WrongParameter(
                f"the query {self.name} needs {parameter.name}: {parameter.meaning}"
            )
        terms = {name: read_term(known[name], value) for name, value in given.items()}
        return bind_terms(self.asked(given), terms | _years(terms))


def _years(terms: Mapping[str, Term]) -> dict[str, ox.Literal]:
    """Return the year of each day, by which a query finds fast what it then takes for the day."""
    return {
        f"{name}_year": ox.Literal(int(term.value[:4]))
        for name, term in terms.items()
        if isinstance(term, ox.Literal) and term.datatype == _DATE
    }


def bind_terms(text: str, terms: Mapping[str, ox.NamedNode | ox.Literal]) -> str:
    r"""Return a query with terms in place of the UNDEF of its parameters.

    >>> bind_terms("SELECT * { VALUES ($n) { (UNDEF) } ?s ?p $n }", {"n": ox.Literal("a'b")})
    'SELECT * { VALUES ($n) { ("a\'b") } ?s ?p $n }'
    """

    def row(match: re.Match[str]) -> str:
        names = [name.lstrip("$?") for name in match.group(1).split()]
        values = " ".join(str(terms[name]) if name in terms else "UNDEF" for name in names)
        return f"VALUES ({match.group(1)}) {{ ({values}) }}"

    return _SLOT.sub(row, text)


def bind_rows(text: str, name: str, terms: Sequence[ox.NamedNode | ox.Literal]) -> str:
    """Return a query with several terms, each a row, in place of the UNDEF of one parameter.

    >>> bind_rows("SELECT * { VALUES ($n) { (UNDEF) } }", "n", [ox.Literal(1), ox.Literal("b")])
    'SELECT * { VALUES ($n) { ("1"^^<http://www.w3.org/2001/XMLSchema#integer>) ("b") } }'
    """
    slot = f"VALUES (${name}) {{ (UNDEF) }}"
    rows = " ".join(f"({term})" for term in terms)
    return text.replace(slot, f"VALUES (${name}) {{ {rows} }}")


def without_columns(text: str, unasked: Collection[str]) -> str:
    r"""Return a query without the parts that only work out columns nobody asks for.

    What is optional leaves the other columns as they are. A part counts if it is a query of its own
    inside OPTIONAL, and nothing else uses what it finds.

    >>> query = "SELECT ?a ?b {\n  ?a ?p 1\n  OPTIONAL {\n    SELECT ?a (1 AS ?b)\n  }\n}"
    >>> without_columns(query, ["b"])
    'SELECT ?a ?b {\n  ?a ?p 1\n}'
    """

    def kept(match: re.Match[str]) -> str:
        found = set(_WORKED_OUT.findall(match.group(1)))
        rest = text.replace(match.group(), "")
        is_used = any(len(re.findall(rf"[?$]{name}\b", rest)) > 1 for name in found)
        return match.group() if is_used or not found or not found <= set(unasked) else ""

    return _OPTIONAL_PART.sub(kept, text)


def read_query(text: str, name: str) -> CatalogueQuery:
    """Return a query from the text of its file.

    Raises: UnknownQuery if the header is not complete.
    """
    header: dict[str, list[str]] = {}
    for key, value in _HEADER.findall(text):
        header.setdefault(key, []).append(value.strip())
    missing = [key for key in ("Title", "Question", "Columns") if key not in header]
    if missing:
        raise UnknownQuery(f"{name}.rq: the header has no line '# {missing[0]}: …'")
    columns = [_column(text, name) for text in header["Columns"][0].split(",")]
    topics = header.get("Coverage", [_ALL_TOPICS])[0]
    return CatalogueQuery(
        name,
        header["Title"][0],
        header["Question"][0],
        int(header["Number"][0]) if "Number" in header else None,
        tuple(_parameter(line, name) for line in header.get("Params", [])),
        tuple(column for column, _ in columns),
        text,
        {column: kind for column, kind in columns if kind},
        () if topics == _ALL_TOPICS else tuple(topics.split(", ")),
        tuple(header.get("Source", [])),
    )


def _column(text: str, name: str) -> tuple[str, str]:
    """Return the name of a column and its kind of value, or nothing for the usual one."""
    match = _COLUMN.fullmatch(text.strip())
    if not match:
        raise UnknownQuery(f"{name}.rq: {text.strip()!r} is not a column, nor 'column (kind)'")
    return match.group(1), match.group(2) or ""


def _parameter(line: str, name: str) -> Parameter:
    match = _PARAMETER.fullmatch(line)
    if not match or match.group(2) not in TYPES:
        raise UnknownQuery(
            f"{name}.rq: {line!r} is not '$name (type): meaning'; types are {', '.join(TYPES)}"
        )
    return Parameter(match.group(1), match.group(2), bool(match.group(3)), match.group(4))


def folder(*path: str) -> Traversable:
    """Return the folder of the query files, or one inside it."""
    return files(__name__.partition(".")[0]).joinpath(*path)


@cache
def catalogue() -> Mapping[str, CatalogueQuery]:
    """Return every catalogue query by name, in order of its number and name."""
    place = folder("as_known")
    known = {
        entry.name[:-3]: _with_rows_of(entry.read_text(encoding="utf-8"))
        for entry in place.iterdir()
        if entry.name.endswith(".rq")
    }
    queries = [
        replace(one, text=_with_rows_of(one.text), as_known=known.get(one.name))
        for one in queries_in(folder())
    ]
    return {
        query.name: query
        for query in sorted(queries, key=lambda query: (query.number or 1000, query.name))
    }


def _with_rows_of(text: str) -> str:
    """Return a query with the question whose rows it goes on from, as a query inside it."""
    match = _ROWS_OF.search(text)
    if match is None:
        return text
    whole = internal_query(*match.group(1).split("/")).text
    inner = _AS_OF.sub(match.group(2), whole[whole.index("\nSELECT") :])
    prefixes = {*_PREFIX_LINE.findall(text), *_PREFIX_LINE.findall(whole)}
    head, _, body = _PREFIX_LINE.sub("", text).partition("\nSELECT")
    rows = _LAST_ORDER.sub("}", inner)
    return f"{head}{''.join(sorted(prefixes))}\nSELECT{_ROWS_OF.sub(lambda _: rows, body)}"


def queries_in(place: Traversable) -> list[CatalogueQuery]:
    """Return the queries of one folder by name."""
    names = sorted(entry.name for entry in place.iterdir() if entry.name.endswith(".rq"))
    return [
        read_query(place.joinpath(name).read_text(encoding="utf-8"), name[:-3]) for name in names
    ]


def find_query(name: str) -> CatalogueQuery:
    """Return a catalogue query.

    Raises: UnknownQuery, with the nearest names, or all where none is near.
    """
    known = catalogue()
    if name not in known:
        near = get_close_matches(name, known, _NEAREST)
        offered = f"the nearest are {', '.join(near)}" if near else f"there are: {', '.join(known)}"
        raise UnknownQuery(f"there is no query {name!r}; {offered}")
    return known[name]


@cache
def internal_query(*path: str) -> CatalogueQuery:
    """Return a query that the service or the build asks for itself, such as `lists/directions`."""
    text = folder(*path[:-1], f"{path[-1]}.rq").read_text(encoding="utf-8")
    return read_query(text, path[-1])
