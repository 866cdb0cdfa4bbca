"""Acts of ministers made up for tests, and what a build works out from them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rdflib import Graph

from loaders.asking import answer_to
from loaders.dataset import ONTOLOGY, RESOLVED, Layers, reference_name
from loaders.derivation import derive
from ontology import ontology_graph
from ontology.dates import bounds
from queries.catalogue import read_query

PREFIXES = """
@prefix ci: <https://w3id.org/council-interventions/ns#> .
@prefix id: <https://w3id.org/council-interventions/id/> .
@prefix s: <https://w3id.org/council-interventions/scheme/> .
@prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
@prefix edtf: <http://id.loc.gov/datatypes/edtf/> .
"""
REFERENCE = r"""
id:council\/ABC ci:registerCode "ABC" ; rdfs:label "Abbey Council"@en .
id:office\/sos-education ci:regime s:regime\/childrens-services .
id:office\/sos-hclg ci:regime s:regime\/best-value .
"""
STEPS = """
# Title: Steps
# Question: Which steps are there?
# Columns: act, intervention, position, stage, change, link, certainty
PREFIX ci: <https://w3id.org/council-interventions/ns#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?act ?intervention ?position ?stage ?change ?link ?certainty
WHERE {
  ?step ci:act ?act ; ci:partOfIntervention ?intervention ; ci:position ?position .
  ?step ci:stage/skos:notation ?stage ; ci:stageChange/skos:notation ?change .
  ?step ci:linkGround/skos:notation ?link ; ci:certainty/skos:notation ?certainty .
}
ORDER BY ?intervention ?position
"""
WHOLES = """
# Title: Interventions
# Question: Which interventions are there?
# Columns: intervention, ending, certainty, highest, ended, successor, label
PREFIX ci: <https://w3id.org/council-interventions/ns#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT ?intervention ?ending ?certainty ?highest ?ended ?successor ?label
WHERE {
  ?intervention a ci:Intervention ; rdfs:label ?label ; ci:ending/skos:notation ?ending .
  ?intervention ci:certainty/skos:notation ?certainty ; ci:highestStage/skos:notation ?highest .
  OPTIONAL { ?intervention ci:ended/ci:verbatim ?ended }
  OPTIONAL { ?intervention ci:successorCouncil ?successor }
}
ORDER BY ?intervention ?successor
"""


@dataclass(frozen=True)
class Act:
    """A direction or notice of the council ABC; times are in EDTF."""

    local: str
    signed: str
    kind: str = "Direction"
    office: str = "sos-education"
    ended: str = ""
    more: str = ""

    def turtle(self) -> str:
        """Return the act as Turtle."""
        path = "direction" if self.kind == "Direction" else "notice"
        lines = [
            rf"id:{path}\/{self.local} a ci:{self.kind} ; ci:addressedTo id:council\/ABC ;",
            rf"ci:issuedBy id:office\/{self.office} ; ci:signed {moment(self.signed)} .",
        ]
        if self.ended:
            lines.append(rf"id:{path}\/{self.local} ci:ended {moment(self.ended)} .")
        return "\n".join([*lines, self.more, time_of(self.signed), time_of(self.ended)])


def moment(edtf: str) -> str:
    """Return the address of a time."""
    return f"<urn:time:{edtf}>"


def time_of(edtf: str) -> str:
    """Return a time statement as Turtle."""
    if not edtf:
        return ""
    first, last = bounds(edtf)
    lines = [f'{moment(edtf)} ci:verbatim "{edtf}" ; ci:edtf "{edtf}"^^edtf:EDTF-level1 .']
    for term, day in (("earliest", first), ("latest", last)):
        if day:
            lines.append(f'{moment(edtf)} ci:{term} "{day}"^^xsd:date .')
    return "\n".join(lines)


def worked_out(acts: Iterable[Act], more: str = "", reference: str = "") -> Layers:
    """Return layers with the acts and all that follows from them."""
    layers = Layers()
    layers.add_graph(ONTOLOGY, ontology_graph())
    text = PREFIXES + REFERENCE + reference
    layers.add_graph(reference_name("councils"), Graph().parse(data=text, format="turtle"))
    text = "\n".join([PREFIXES, *(act.turtle() for act in acts), more])
    layers.add_graph(RESOLVED, Graph().parse(data=text, format="turtle"))
    derive(layers)
    return layers


def steps(*acts: Act, more: str = "") -> list[tuple[str, ...]]:
    """Return act, intervention, stage, change and link of each step."""
    columns = ("act", "intervention", "stage", "change", "link")
    rows = answer_to(worked_out(acts, more), read_query(STEPS, "steps"))
    return [tuple(row[name].rpartition("/")[2] for name in columns) for row in rows]


def links(*acts: Act) -> list[tuple[str, str]]:
    """Return ground and certainty of each step's link, in order."""
    rows = answer_to(worked_out(acts), read_query(STEPS, "steps"))
    return [(row["link"], row["certainty"]) for row in rows]


def whole(*acts: Act, more: str = "", reference: str = "") -> dict[str, str]:
    """Return the only intervention there is."""
    (row,) = answer_to(worked_out(acts, more, reference), read_query(WHOLES, "interventions"))
    return row


def commissioner(direction: str, kind: str = "Commissioner") -> str:
    """Return a post created by a direction as Turtle."""
    return rf"""
id:post\/ABC-{direction} a ci:{kind} ; ci:forCouncil id:council\/ABC ;
    ci:regime s:regime\/childrens-services ; ci:createdBy id:direction\/{direction} .
"""
