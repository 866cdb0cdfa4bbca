"""Write the register of councils into the reference layer: bodies, areas, and changes."""

from __future__ import annotations

from datetime import date

from rdflib import Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, ORG, RDF, RDFS, SKOS, XSD

from data.councils.bodies import Area, Body
from data.councils.register import Register, read_register
from data.councils.rows import StructuralChangeRow
from ontology import CI
from ontology.identifiers import concept, reference, thing
from ontology.namespaces import ONS, WIKIDATA


def council_graph(register: Register | None = None) -> Graph:
    """Return the councils and authorities, their areas, and the changes between them."""
    register = register or read_register()
    graph = Graph()
    for body in register.bodies.values():
        _add_body(graph, register, body)
    for change in register.changes:
        _add_change(graph, register, change)
    return graph


def body_iri(body: Body) -> URIRef:
    """Return the address of a council or of another authority."""
    return thing("council" if body.is_council else "authority", body.code)


def _add_body(graph: Graph, register: Register, body: Body) -> None:
    """Add one body: what it is, what it is called, where and when it serves."""
    node, row = body_iri(body), body.row
    graph.add((node, CI.registerCode, Literal(row.code)))
    graph.add((node, CI.region, concept("region", row.region)))
    if body.is_council:
        graph.add((node, RDF.type, CI.Council))
        graph.add((node, CI.councilType, concept("council-type", row.type)))
    else:
        graph.add((node, RDF.type, CI.StrategicAuthority))
    _add_names(graph, node, body)
    _add_day(graph, node, CI.vestedOn if body.is_council else CI.establishedOn, row.began_on)
    _add_day(graph, node, CI.dissolvedOn, row.ended_on)
    if row.county:
        graph.add((node, CI.withinCounty, body_iri(register.by_code(row.county))))
    if row.authority:
        graph.add((node, CI.constituentOf, body_iri(register.by_code(row.authority))))
    for successor in register.successors(row.code):
        graph.add((body_iri(successor), CI.succeeds, node))
    _add_identifiers(graph, node, body)
    _add_areas(graph, node, body.areas)


def _add_names(graph: Graph, node: URIRef, body: Body) -> None:
    """Add the official name, and the others as names or as mere spellings."""
    graph.add((node, RDFS.label, Literal(body.name, lang="en")))
    for name in (body.row.short_name, *body.names):
        if name != body.name:
            graph.add((node, SKOS.altLabel, Literal(name, lang="en")))
    for name in body.former_names:
        graph.add((node, CI.formerName, Literal(name, lang="en")))
    for name in body.spellings:
        graph.add((node, SKOS.hiddenLabel, Literal(name, lang="en")))


def _add_identifiers(graph: Graph, node: URIRef, body: Body) -> None:
    """Add by what numbers and addresses others know the body; none of them names an area."""
    for urn in body.ofsted_urns:
        graph.add((node, CI.ofstedUrn, Literal(urn)))
    for number in body.dfe_numbers:
        graph.add((node, CI.dfeNumber, Literal(number)))
    if body.wikidata:
        graph.add((node, SKOS.exactMatch, WIKIDATA[body.wikidata]))
    if body.open_data_communities:
        graph.add((node, RDFS.seeAlso, URIRef(body.open_data_communities)))


def _add_areas(graph: Graph, node: URIRef, areas: tuple[Area, ...]) -> None:
    """Add the area, and the areas whose codes it superseded; an area is never a body."""
    current, *former = areas
    graph.add((node, CI.governs, ONS[current.gss_code]))
    for one in former:
        graph.add((node, CI.formerArea, ONS[one.gss_code]))
        graph.add((ONS[one.gss_code], DCTERMS.isReplacedBy, ONS[current.gss_code]))
    for area in areas:
        graph.add((ONS[area.gss_code], RDF.type, CI.CouncilArea))
        graph.add((ONS[area.gss_code], CI.gssCode, Literal(area.gss_code)))
        _add_day(graph, ONS[area.gss_code], CI.codeInUseFrom, area.valid_from)
        _add_day(graph, ONS[area.gss_code], CI.codeInUseUntil, area.valid_until)


def _add_change(graph: Graph, register: Register, change: StructuralChangeRow) -> None:
    """Add one change, and link the bodies that ended and began by it."""
    node = thing("change", change.id)
    graph.add((node, RDF.type, CI.StructuralChange))
    graph.add((node, RDFS.label, Literal(change.name, lang="en")))
    graph.add((node, DCTERMS.date, Literal(change.happened_on)))
    if change.order:
        graph.add((node, CI.madeUnder, reference(change.order)))
    for body in map(register.by_code, change.original_codes):
        graph.add((node, ORG.originalOrganization, body_iri(body)))
        graph.add((body_iri(body), ORG.changedBy, node))
    for body in map(register.by_code, change.resulting_codes):
        graph.add((node, ORG.resultingOrganization, body_iri(body)))
        graph.add((body_iri(body), ORG.resultedFrom, node))


def _add_day(graph: Graph, node: URIRef, prop: URIRef, day: date | None) -> None:
    """Add a day if it is known."""
    if day:
        graph.add((node, prop, Literal(day, datatype=XSD.date)))
