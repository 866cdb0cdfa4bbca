"""Eight questions of the shapes that stores differ in, on the national record."""

from __future__ import annotations

from ontology.namespaces import ID

PREFIXES = """PREFIX ci: <https://w3id.org/council-interventions/ns#>
PREFIX id: <https://w3id.org/council-interventions/id/>
PREFIX scheme: <https://w3id.org/council-interventions/scheme/>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>
"""

BODIES: dict[str, str] = {
    "look-up": f"SELECT ?p ?o {{ <{ID}inspection/NFK-2015-01> ?p ?o }}",
    "join": f"""SELECT ?inspection ?from ?judgement ?grade {{
  ?inspection ci:ofCouncil <{ID}council/NFK> ; ci:onSiteFrom ?from ; ci:hasJudgement ?judgement .
  ?judgement ci:grade ?grade
}}""",
    "optional": """SELECT ?inspection ?from ?direction ?signed {
  ?inspection a ci:Inspection ; ci:ofCouncil ?council ; ci:onSiteFrom ?from .
  OPTIONAL { ?direction ci:addressedTo ?council ; ci:signedOn ?signed }
  FILTER(?from >= "2018-01-01"^^xsd:date && ?from < "2019-01-01"^^xsd:date)
}""",
    "aggregate": """SELECT ?area ?grade (COUNT(*) AS ?judgements) {
  ?judgement a ci:Judgement ; ci:onArea ?area ; ci:grade ?grade
} GROUP BY ?area ?grade ORDER BY ?area ?grade""",
    "path": f"""SELECT ?broader {{
  <{ID}judgement/NFK-2015-01/sif-2.1> (ci:partOfJudgement|ci:ofInspection|ci:ofCouncil)+ ?broader
}}""",
    "sort": """SELECT ?inspection ?from {
  ?inspection a ci:Inspection ; ci:onSiteFrom ?from
} ORDER BY DESC(?from) ?inspection LIMIT 20""",
    "construct": f"""CONSTRUCT {{ ?thing ?p ?o }} {{
  {{ <{ID}inspection/NFK-2015-01> ci:ofCouncil ?thing . ?thing ?p ?o }}
  UNION {{ <{ID}inspection/NFK-2015-01> ci:hasJudgement ?thing . ?thing ?p ?o }}
}}""",
    "count": "SELECT (COUNT(*) AS ?triples) { ?s ?p ?o }",
}

COUNCILS = [
    "NFK",
    "WOR",
    "BIR",
    "SLG",
    "CRY",
    "DNC",
    "ROT",
    "SAW",
    "TOB",
    "BPL",
    "KIR",
    "SND",
    "LIV",
    "HAL",
    "MDB",
    "NTH",
]
LOOK_UPS: dict[str, tuple[str, ...]] = {
    "facts of one": tuple(f"SELECT ?p ?o {{ <{ID}council/{code}> ?p ?o }}" for code in COUNCILS),
    "label of one": tuple(
        f"SELECT ?name {{ <{ID}council/{code}> rdfs:label ?name }}" for code in COUNCILS
    ),
    "those with a key": tuple(
        f"SELECT ?act {{ ?act ci:addressedTo <{ID}council/{code}> }} LIMIT 20" for code in COUNCILS
    ),
    "optional of one": tuple(
        f"SELECT ?name ?ended {{ <{ID}council/{code}> rdfs:label ?name "
        f"OPTIONAL {{ <{ID}council/{code}> ci:ended ?ended }} }}"
        for code in COUNCILS
    ),
}
"""Small questions, each about one of sixteen councils."""
QUESTIONS: dict[str, str] = {name: f"{PREFIXES}{body}" for name, body in BODIES.items()}
