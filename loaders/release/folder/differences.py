"""What changed between two releases: new, corrected and withdrawn statements of sources.

A statement is corrected where the same source says something else of the same fact, or says it at
another place; it is new, or withdrawn, where only one of the releases has it.
"""

import builtins
import csv
import io
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from pathlib import Path

import pyoxigraph as ox
from rdflib import URIRef

from data.releases import CURRENT, DATA_FILE, whole_release
from loaders.release.answers import table_of
from loaders.release.folder.quads import GraphChange, shown_graphs
from ontology import CI, multi_valued
from ontology.errors import NoRelease, UnreadableGraph, WrongUse
from ontology.identifiers import short
from ontology.namespaces import ID

NEW, CORRECTED, WITHDRAWN = "new", "corrected", "withdrawn"
KINDS = NEW, CORRECTED, WITHDRAWN
"""What can have become of a statement, in the order in which it is told."""
_CLAIM = f"{ID}claim/"
_PARTS: dict[str, str] = {
    str(CI[name]): name for name in ("about", "property", "valueKey", "source", "evidence")
}
_REGIME = str(CI.regime)
_OF_LAW = str(CI.toPost), str(CI.ofAct)
"""What leads from a thing to another whose body of law is its own."""
_ACT = str(CI.act)
"""What leads from a step of an intervention, which has a body of law, to its act."""
# takes: "id/direction/WOR-2017-02", "id/post/WOR-childrens", "id/intervention/best-value-LIV-1"
# leaves: "id/person/dave-hill"
_COUNCIL = re.compile(r"(?:^|[/-])([A-Z]{3,})(?=[/-]|$)")
_STEPS = 2
_TABLE = "kind", "thing", "property", "before", "after", "source"
"""Columns of the table for a terminal; CSV and JSON have all."""


@dataclass(frozen=True)
class Statement:
    """What one source says of one fact: its claim, the thing, the property, the value."""

    claim: str
    thing: str
    property: str
    value: str
    source: str
    evidence: str = ""

    # `property` alone is a field of this class.
    @builtins.property
    def fact(self) -> tuple[str, str, str]:
        """The source, and what it speaks of, whatever it says."""
        return self.source, self.thing, self.property


@dataclass(frozen=True)
class StatementChange:
    """A statement that one of two releases has and the other has not, or has otherwise.

    In: of what is corrected, `replaces` is the claim before; `before` and `after` are the same
    where only the place in the source is another.
    """

    kind: str
    council: str
    regime: str
    thing: str
    property: str
    before: str
    after: str
    source: str
    claim: str
    replaces: str


COLUMNS = tuple(field.name for field in fields(StatementChange))


@dataclass(frozen=True)
class ReleaseStatements:
    """The statements of a release by their claims, and the body of law of things that have one."""

    statements: Mapping[str, Statement]
    regimes: Mapping[str, str]


def data_of(text: str, folder: Path) -> Path:
    """Return the file of the data that is meant: a file, the folder of a release, an identifier.

    In: what was given, and the folder in which releases with that identifier are.
    Raises: NoRelease; DamagedRelease; WrongUse for an identifier that begins several.
    """
    place = Path(text)
    if place.is_file():
        return place
    if place.is_dir():
        return _whole(place)
    releases = [one.parent.name for one in sorted(folder.glob(f"*/{DATA_FILE}"))]
    named = [one for one in releases if one.startswith(text) and one != CURRENT]
    if not named:
        known = ", ".join(one for one in releases if one != CURRENT)
        raise NoRelease(
            f"{text} is no file, no folder of a release and no release of {folder}; "
            f"there are: {known or 'none'}"
        )
    if len(named) > 1:
        raise WrongUse(f"{text} begins several releases: {', '.join(named)}; give more")
    return _whole(folder / named[0])


def _whole(place: Path) -> Path:
    if (place / CURRENT).exists():
        return whole_release(place) / DATA_FILE
    if not (place / DATA_FILE).is_file():
        raise NoRelease(f"{place} has no {DATA_FILE}; expected the folder of a release")
    return place / DATA_FILE


def read_statements(path: Path) -> ReleaseStatements:
    """Return the statements of the data of a release.

    Raises: UnreadableGraph for a file in no form of RDF with graphs, or with an error in it.
    """
    parts: dict[str, dict[str, str]] = defaultdict(dict)
    regimes: dict[str, str] = {}
    leading: dict[str, str] = {}
    for subject, name, value in _triples(path):
        if subject.startswith(_CLAIM) and name in _PARTS:
            parts[subject][_PARTS[name]] = value
        elif name == _REGIME:
            regimes[subject] = value
        elif name == _ACT:
            leading[value] = subject
        elif name in _OF_LAW:
            leading[subject] = value
    for thing in leading:
        if law := _law(thing, regimes, leading):
            regimes.setdefault(thing, law)
    told = {
        claim: Statement(
            claim, one["about"], one["property"], one["valueKey"], one["source"], one["evidence"]
        )
        for claim, one in parts.items()
        if len(one) == len(_PARTS)
    }
    return ReleaseStatements(told, regimes)


def _law(thing: str, regimes: Mapping[str, str], leading: Mapping[str, str]) -> str | None:
    """Return the body of law of a thing, or of what it leads to, over two steps at most."""
    for _ in range(_STEPS):
        if thing in regimes or thing not in leading:
            break
        thing = leading[thing]
    return regimes.get(thing)


def _triples(path: Path) -> Iterator[tuple[str, str, str]]:
    form = ox.RdfFormat.from_extension(path.suffix.removeprefix("."))
    if form is None or not form.supports_datasets:
        raise UnreadableGraph(f"{path} has no graphs; expected .nq or .trig")
    try:
        for quad in ox.parse(path=path, format=form):
            if isinstance(quad.subject, ox.NamedNode):
                value = quad.object
                text = value.value if isinstance(value, ox.NamedNode | ox.Literal) else ""
                yield quad.subject.value, quad.predicate.value, text
    except (SyntaxError, UnicodeDecodeError) as error:
        raise UnreadableGraph(f"{path} cannot be read: {error}") from None


def changes_between(old: ReleaseStatements, new: ReleaseStatements) -> list[StatementChange]:
    """Return what became of the statements, in order of thing, property and source."""
    gone, come = _missing(old, new), _missing(new, old)
    regimes = {**old.regimes, **new.regimes}
    found = [
        _change(before, after, regimes)
        for fact in gone.keys() | come.keys()
        for before, after in _pairs(gone.get(fact, []), come.get(fact, []))
    ]
    return sorted(found, key=lambda one: (one.thing, one.property, one.source, one.claim))


def _missing(
    having: ReleaseStatements, lacking: ReleaseStatements
) -> dict[tuple[str, str, str], list[Statement]]:
    """Return the statements that only the first has, by their facts."""
    found: dict[tuple[str, str, str], list[Statement]] = defaultdict(list)
    for claim in sorted(having.statements.keys() - lacking.statements.keys()):
        statement = having.statements[claim]
        found[statement.fact].append(statement)
    return found


def _pairs(
    before: Sequence[Statement], after: Sequence[Statement]
) -> Iterator[tuple[Statement | None, Statement | None]]:
    """Yield what took the place of what; the same value elsewhere first, then another value.

    Of a property that has several values at once, another value takes the place of none.
    """
    left, come = list(before), list(after)
    for one in before:
        same = next((other for other in come if other.value == one.value), None)
        if same is not None:
            left.remove(one)
            come.remove(same)
            yield one, same
    while left and come and URIRef(left[0].property) not in multi_valued():
        yield left.pop(0), come.pop(0)
    yield from ((one, None) for one in left)
    yield from ((None, other) for other in come)


def _change(
    before: Statement | None, after: Statement | None, regimes: Mapping[str, str]
) -> StatementChange:
    kind = CORRECTED if before and after else NEW if after else WITHDRAWN
    (told, *_) = [one for one in (after, before) if one]
    code = _COUNCIL.search(short(told.thing))
    return StatementChange(
        kind,
        code.group(1) if code else "",
        regimes.get(told.thing, "").rpartition("/")[2],
        told.thing,
        told.property,
        before.value if before else "",
        after.value if after else "",
        told.source,
        told.claim,
        before.claim if before and after else "",
    )


def summary(changes: Iterable[StatementChange]) -> str:
    """Return in words how many statements are new, corrected and withdrawn.

    >>> summary([])
    'no statement is new, corrected or withdrawn'
    """
    counted = Counter(one.kind for one in changes)
    told = ", ".join(f"{counted[kind]:,} {kind}" for kind in KINDS if counted[kind])
    return f"statements: {told}" if told else "no statement is new, corrected or withdrawn"


def shown(
    changes: Sequence[StatementChange], output: str, graphs: Sequence[GraphChange] = ()
) -> str:
    """Return the changes as a table for a terminal, as CSV or as JSON.

    In: what differs by graph, which CSV, a list of statements, does not tell.
    """
    rows = [asdict(one) for one in changes]
    if output == "json":
        counted = Counter(one.kind for one in changes)
        body = {
            "counts": {kind: counted[kind] for kind in KINDS},
            "changes": rows,
            "graphs": [asdict(one) for one in graphs],
        }
        return f"{json.dumps(body, ensure_ascii=False, indent=2)}\n"
    if output == "csv":
        text = io.StringIO()
        writer = csv.DictWriter(text, COLUMNS, lineterminator="\n")
        writer.writeheader()
        writer.writerows(rows)
        return text.getvalue()
    plain = [row | {"property": row["property"].rpartition("#")[2]} for row in rows]
    table = f"{table_of(_TABLE, plain)}\n" if rows else ""
    return f"{table}{summary(changes)}\n{shown_graphs(graphs)}"
