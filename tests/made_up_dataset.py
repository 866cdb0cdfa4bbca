"""A small dataset of made-up graphs, some under the names that the tests of the W3C ask for."""

from pathlib import Path

DATA = "http://kasei.us/2009/09/sparql/data/data"
"""Beginning of the names of four graphs: data0.rdf to data3.rdf; data0.rdf is left out as empty."""
DIRECT = "http://testserver/shelf/first.ttl"
"""A graph whose name is an address of the service that is tested."""
TERMS = "http://example.org/terms"
"""A graph with each kind of term."""

TRIG = f"""
PREFIX ex: <http://example.org/>
PREFIX foaf: <http://xmlns.com/foaf/0.1/>
PREFIX xsd: <http://www.w3.org/2001/XMLSchema#>

ex:default a ex:Thing ; foaf:name "in the default graph" .

<{DATA}1.rdf> {{ <{DATA}1.rdf> a foaf:Document ; foaf:name "one" . }}
<{DATA}2.rdf> {{ <{DATA}2.rdf> a foaf:Document ; foaf:name "two" . }}
<{DATA}3.rdf> {{ <{DATA}3.rdf> a foaf:Document ; foaf:name "three" . }}

<{DIRECT}> {{ ex:direct foaf:knows [ foaf:name "nobody" ] . }}

<{TERMS}> {{
    ex:a ex:n1 ex:b .
    ex:a ex:n2 [] .
    ex:a ex:n3 "plain" .
    ex:a ex:n4 "colour"@en-GB .
    ex:a ex:n5 7 .
    ex:a ex:n6 2.5 .
    ex:a ex:n7 true .
    ex:a ex:n8 "2018-11-13"^^xsd:date .
    ex:a ex:n9 "a \\"quoted\\" word, a comma\\tand a tab\\nand a line" .
}}
"""


def write_dataset(folder: Path) -> Path:
    """Return the file of the dataset."""
    path = folder / "made-up.trig"
    path.write_text(TRIG, encoding="utf-8")
    return path
