"""Write what offices and departments were called: one thing through time, its names dated."""

from collections import defaultdict
from collections.abc import Mapping, Sequence

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import RDF, RDFS, SKOS, XSD

from data.tables.table import NameRow, OfficeRow, OrganisationRow, read_table
from ontology import CI
from ontology.dates import edtf_level, ends_of, read_time
from ontology.errors import UnreadableTable
from ontology.identifiers import concept, digest, reference, thing
from ontology.namespaces import EDTF

_FILE = "organisations/names.csv"
_OPEN = ".."


def name_graph() -> Graph:
    """Return the names that offices and departments bore, each with its time.

    Raises: UnreadableTable for a name of nothing known, and names that do not follow each other.
    """
    graph = Graph()
    called = _names_of_today()
    for bearer, rows in _by_bearer(read_table("organisations", "names.csv", NameRow)).items():
        _check_order(bearer, rows, called)
        for row in rows:
            _add_name(graph, row, called[bearer])
    return graph


def _names_of_today() -> dict[str, str]:
    """Return what offices and organisations are called now, by reference."""
    offices = read_table("organisations", "offices.csv", OfficeRow)
    organisations = read_table("organisations", "organisations.csv", OrganisationRow)
    names = {f"office/{row.id}": row.name for row in offices}
    return names | {f"organisation/{row.id}": row.name for row in organisations}


def _by_bearer(rows: Sequence[NameRow]) -> dict[str, list[NameRow]]:
    found: dict[str, list[NameRow]] = defaultdict(list)
    for row in rows:
        found[row.bearer].append(row)
    return found


def _check_order(bearer: str, rows: Sequence[NameRow], called: Mapping[str, str]) -> None:
    """Refuse names that leave a gap or overlap, and a last one that is not that of today."""
    if bearer not in called:
        raise UnreadableTable(
            f"{_FILE}, column bearer: {bearer!r}; expected an office of offices.csv or an "
            "organisation of organisations.csv"
        )
    spans = [ends_of(row.in_use) or (row.in_use, row.in_use) for row in rows]
    following = [first for first, _ in spans[1:]] + [_OPEN]
    for row, (_, last), first in zip(rows, spans, following, strict=True):
        if last != first:
            raise UnreadableTable(
                f"{_FILE}, row {row.key}, column in_use: {row.in_use!r}; expected its end to be "
                f"{first}, where the next name of {bearer} begins, or .. for the last one"
            )
    if rows[-1].name != called[bearer]:
        raise UnreadableTable(
            f"{_FILE}, row {rows[-1].key}, column name: {rows[-1].name!r}; expected the name of "
            f"today, {called[bearer]!r}; correct one of the two tables"
        )


def _add_name(graph: Graph, row: NameRow, today: str) -> None:
    """Add one name, the time of its use, and what it rests on."""
    node, bearer = thing("name", row.key), reference(row.bearer)
    time = thing("time", digest(row.key, row.in_use))
    reading = read_time(row.words, row.in_use, "partial")
    graph.add((node, RDF.type, CI.NameInUse))
    graph.add((node, RDFS.label, Literal(row.name, lang="en")))
    graph.add((node, CI.nameOf, bearer))
    graph.add((node, CI.inUse, time))
    graph.add((node, RDFS.seeAlso, URIRef(row.source)))
    graph.add((node, CI.explanation, Literal(row.reason, lang="en")))
    graph.add((time, RDF.type, CI.TimeStatement))
    graph.add((time, CI.verbatim, Literal(row.words)))
    graph.add((time, CI.dateStatus, concept("date-status", reading.status)))
    graph.add((time, CI.edtf, Literal(row.in_use, datatype=EDTF[edtf_level(row.in_use)])))
    for prop, day in ((CI.earliest, reading.earliest), (CI.latest, reading.latest)):
        if day:
            graph.add((time, prop, Literal(day, datatype=XSD.date)))
    if row.name != today:
        graph.add((bearer, SKOS.altLabel, Literal(row.name, lang="en")))
