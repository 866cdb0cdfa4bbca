"""Every rule is kept by good examples and broken by bad ones; the shapes are sound.

The examples of a rule begin with its code: those of S17 are `tests/fixtures/shapes/S17.*.ttl`, and
`pytest tests/integration/shapes -k S17` runs them.
"""

import random
import re
from collections.abc import Iterable
from functools import cache
from itertools import chain
from pathlib import Path

import pyshacl
import pytest
from rdflib import RDF, RDFS, SH, BNode, Graph, Literal, URIRef
from rdflib.collection import Collection

from ontology import CI, ID, NS, SCHEME, ontology_graph
from shapes import STAGES, ValidationFinding, report_graph, report_turtle, shapes_graph, validate
from shapes.findings import path_text
from tests.fixtures.guards import not_empty
from tests.fixtures.paths import FIXTURES

FOLDER = FIXTURES / "shapes"
# The rules that there are: each has a graph that keeps it, and one that breaks it.
RULES = sorted({path.name[:3] for path in FOLDER.glob("S??.*.ttl")})
GOOD = sorted(FOLDER.glob("S??.good*.ttl"))
BAD = sorted(FOLDER.glob("S??.bad-*.ttl"))
LEAST_GOOD, LEAST_BAD = 70, 185
WARNINGS = {"S08", "S12", "S23-disagreement"}
EVERY_STAGE = [stage.name for stage in STAGES]


def read(path: Path) -> Graph:
    """Return one example as a graph."""
    return Graph().parse(path)


@cache
def found(path: Path) -> tuple[ValidationFinding, ...]:
    """Return the findings of one example."""
    return tuple(validate(read(path)))


def told(findings: Iterable[ValidationFinding]) -> list[str]:
    """Return rule and severity of each finding, as examples write them."""
    return sorted(f"{finding.shape} {finding.severity}" for finding in findings)


def expected(path: Path) -> list[str]:
    """Return what the first line of a bad example says."""
    first, _, _ = path.read_text(encoding="utf-8").partition("\n")
    assert first.startswith("# expect: "), (
        f"{path.name}: the first line must be '# expect: S01 violation'"
    )
    return sorted(first.removeprefix("# expect: ").split(", "))


def node_shapes(stage: str) -> list[URIRef]:
    """Return the named shapes of one stage."""
    found = shapes_graph(stage).subjects(RDF.type, SH.NodeShape)
    return sorted(one for one in found if isinstance(one, URIRef))


def local(shape: URIRef) -> str:
    """Return the name of a shape, such as S19-bounds."""
    return str(shape).partition("#")[2]


@pytest.mark.parametrize("path", GOOD, ids=lambda path: path.stem)
def test_good_example_conforms(path: Path) -> None:
    """Nothing is found in data that keeps the rules."""
    assert found(path) == ()


@pytest.mark.parametrize("path", BAD, ids=lambda path: path.stem)
def test_bad_example_gives_exactly_the_finding_it_names(path: Path) -> None:
    """A mistake is reported under its own rule and under no other."""
    findings = found(path)
    assert told(findings) == expected(path), findings
    assert {finding.shape for finding in findings} == {path.name[:3]}


def test_every_rule_has_good_and_bad_examples() -> None:
    """An example that gets lost would let its rule rot unseen."""
    assert sorted({path.name[:3] for path in GOOD}) == RULES
    assert sorted({path.name[:3] for path in BAD}) == RULES
    assert len(GOOD) >= LEAST_GOOD
    assert len(BAD) >= LEAST_BAD
    assert set(FOLDER.iterdir()) == set(GOOD) | set(BAD)


def test_every_constraint_is_broken_by_an_example() -> None:
    """A constraint that no example breaks may be one that cannot be broken."""
    given = {finding.message for path in BAD for finding in found(path)}
    for message in not_empty(
        chain(*(shapes_graph(stage).objects(None, SH.message) for stage in EVERY_STAGE))
    ):
        form = re.compile(".+".join(map(re.escape, re.split(r"\{\?\w+\}", str(message)))))
        assert any(form.fullmatch(one) for one in given), message


def test_every_shape_is_a_rule_with_examples_and_no_number_is_left_out() -> None:
    """Each rule is a shape of its own name, and a part names its rule."""
    names = [local(shape) for stage in EVERY_STAGE for shape in node_shapes(stage)]
    assert len(names) == len(set(names))
    assert sorted({name.partition("-")[0] for name in names}) == RULES
    assert set(RULES) - set(names) == set()
    assert [f"S{number:02}" for number in range(1, len(RULES) + 1)] == RULES and len(RULES) >= 30


@pytest.mark.parametrize("stage", EVERY_STAGE)
def test_shape_says_what_it_means_and_how_bad_it_is(stage: str) -> None:
    """A council reads label, description and message; the build reads the severity."""
    graph = shapes_graph(stage)
    for shape in not_empty(node_shapes(stage)):
        severity = SH.Warning if local(shape) in WARNINGS else SH.Violation
        assert graph.value(shape, SH.severity, any=False) == severity, shape
        assert graph.value(shape, RDFS.label, any=False), shape
        assert graph.value(shape, SH.description, any=False), shape


@pytest.mark.parametrize("stage", EVERY_STAGE)
def test_every_message_begins_with_the_code_of_its_rule(stage: str) -> None:
    """The code in the message is how a finding knows its rule, so no constraint may lack it."""
    graph = shapes_graph(stage)
    for shape in not_empty(node_shapes(stage)):
        parts = list(chain(graph.objects(shape, SH.property), graph.objects(shape, SH.sparql)))
        bearers = parts or [shape]
        for bearer in not_empty(bearers):
            messages = [str(message) for message in graph.objects(bearer, SH.message)]
            assert len(messages) == 1, f"{shape} has a constraint with {len(messages)} messages"
            assert re.match(
                rf"{local(shape)[:3]} [A-Z].*\. [A-Z].*\.$|{local(shape)[:3]} [A-Z].*\.$",
                messages[0],
            ), messages


def test_warnings_of_property_shapes_are_warnings() -> None:
    """A property shape does not take the severity of the shape around it."""
    graph = shapes_graph("3-advisory")
    for part in not_empty(graph.objects(None, SH.property)):
        assert graph.value(part, SH.severity) == SH.Warning


def test_first_stage_is_core_only() -> None:
    """It must not meet a value that SPARQL would compare wrongly."""
    assert not list(shapes_graph("1-wellformed").subject_objects(SH.sparql))


@pytest.mark.parametrize("stage", EVERY_STAGE)
def test_shapes_are_valid_shacl(stage: str) -> None:
    """The shapes keep the rules that SHACL sets for shapes."""
    conforms, _, text = pyshacl.validate(Graph(), shacl_graph=shapes_graph(stage), meta_shacl=True)
    assert conforms, text


@pytest.mark.parametrize("stage", EVERY_STAGE)
def test_shapes_use_declared_terms_only(stage: str) -> None:
    """A misspelt term would make a rule that is never broken."""
    graph = shapes_graph(stage)
    named = {str(node) for node in graph.all_nodes() | set(graph.predicates())}
    used = {name.removeprefix(str(NS)) for name in named if name.startswith(str(NS))} - {""}
    for query in graph.objects(None, SH.select):
        used |= set(re.findall(r"\bci:(\w+)", str(query)))
    assert {name for name in used if name not in CI} == set()


@pytest.mark.parametrize("stage", EVERY_STAGE)
def test_shapes_name_concepts_that_exist(stage: str) -> None:
    """A misspelt concept would make a rule that is never broken."""
    concepts = {
        node for node in shapes_graph(stage).all_nodes() if str(node).startswith(str(SCHEME))
    }
    known = set(ontology_graph().subjects())
    assert {str(concept) for concept in concepts - known if isinstance(concept, URIRef)} == set()


def test_lists_of_kinds_and_statuses_are_the_whole_scheme() -> None:
    """A concept added to a scheme must be added to the shape that lists it."""
    graph = shapes_graph("1-wellformed")
    for scheme in ("coverage-status", "date-status", "deadline-kind", "review-status"):
        inside = {
            subject
            for subject in ontology_graph().subjects()
            if str(subject).startswith(f"{SCHEME}{scheme}/")
        }
        lists = [set(Collection(graph, head)) for head in graph.objects(None, SH["in"])]
        assert inside in lists, scheme


def test_examples_use_declared_terms_only() -> None:
    """An example with a misspelt term would show nothing."""
    for path in not_empty(GOOD + BAD):
        graph = read(path)
        names = {str(node) for node in graph.all_nodes() | set(graph.predicates())}
        used = {name.removeprefix(str(NS)) for name in names if name.startswith(str(NS))}
        assert {name for name in used if name not in CI} == set(), path.name


def test_finding_names_rule_thing_property_value_and_remedy() -> None:
    """A finding is enough to find the mistake and to correct it."""
    (finding,) = found(FOLDER / "S14.bad-adequate-in-sif.ttl")
    assert finding.shape == "S14"
    assert finding.severity == "violation"
    assert finding.focus == str(ID["judgement/NFK-2015-01/sif-1"])
    assert finding.path == str(CI.grade)
    assert finding.value == str(SCHEME["grade/adequate"])
    assert "grade/adequate is not on the scale of framework/sif" in finding.message


def test_longer_path_is_written_as_in_sparql() -> None:
    """A path of several steps has no address of its own."""
    (finding,) = found(FOLDER / "S10.bad-two-revocations.ttl")
    assert finding.path == f"^<{CI.revokes}>"
    graph = Graph().parse(
        data="[] <urn:p> [ <http://www.w3.org/ns/shacl#zeroOrMorePath> <urn:a> ] ."
    )
    assert path_text(graph, next(graph.objects(None, URIRef("urn:p")))) == "<urn:a>*"


def test_violation_of_the_first_stage_ends_the_validation() -> None:
    """Dates that are no dates are never compared."""
    relational = read(FOLDER / "S07.bad-education-office-under-best-value.ttl")
    both = relational + read(FOLDER / "S19.bad-ill-typed-earliest.ttl")
    assert told(validate(relational)) == ["S07 violation"]
    assert told(validate(both)) == ["S19 violation"]


def test_violation_of_the_second_stage_leaves_the_warnings() -> None:
    """Warnings are kept beside the violations."""
    assert told(found(FOLDER / "S23.bad-undecided.ttl")) == ["S23 violation", "S23 warning"]


def test_reference_is_seen_and_nothing_is_changed() -> None:
    """What the data refers to may come in a graph of its own."""
    whole = read(FOLDER / "S05.good.ttl")
    data, reference = Graph(), Graph()
    for triple in whole:
        (data if "direction" in str(triple[0]) or "time" in str(triple[0]) else reference).add(
            triple
        )
    sizes = len(data), len(reference), len(ontology_graph())
    assert "S05 violation" in told(validate(data))
    assert validate(data, reference) == []
    assert (len(data), len(reference), len(ontology_graph())) == sizes


def test_blank_node_is_reported() -> None:
    """RDF that a visitor brings may hold things without an address."""
    graph = Graph()
    graph.add((BNode("somebody"), RDF.type, CI.Person))
    (finding,) = validate(graph)
    assert (finding.shape, finding.focus) == ("S30", "_:somebody")


def some_findings() -> list[ValidationFinding]:
    """Return findings of several rules, violations and warnings."""
    names = (
        "S01.bad-no-code",
        "S09.bad-cycle",
        "S12.bad-no-revocation",
        "S22.bad-beyond-the-document",
    )
    return [finding for name in names for finding in found(FOLDER / f"{name}.ttl")]


def test_report_has_the_same_bytes_for_the_same_findings() -> None:
    """Two builds from the same input write the same report."""
    findings = some_findings()
    text = report_turtle(findings)
    for seed in range(5):
        shuffled = random.Random(seed).sample(findings, len(findings))
        assert report_turtle(shuffled + shuffled[:1]) == text


def test_report_is_a_shacl_report_of_every_finding() -> None:
    """Tools that read SHACL reports read ours; nothing in it lacks an address."""
    findings = some_findings()
    graph = Graph().parse(data=report_turtle(findings), format="turtle")
    report = graph.value(None, RDF.type, SH.ValidationReport, any=False)
    assert graph.value(report, SH.conforms) == Literal(False)
    assert len(list(graph.objects(report, SH.result))) == len(findings)
    messages = {str(message) for message in graph.objects(None, SH.resultMessage)}
    assert messages == {finding.message for finding in findings}
    shapes = {
        local(shape) for shape in graph.objects(None, SH.sourceShape) if isinstance(shape, URIRef)
    }
    assert shapes == {"S01", "S09", "S12", "S22"}
    assert not [node for node in graph.all_nodes() if isinstance(node, BNode)]


def test_report_without_violations_conforms() -> None:
    """Warnings do not stop a release."""
    warnings = [finding for finding in some_findings() if finding.severity == "warning"]
    assert warnings
    for findings in ([], warnings):
        graph = report_graph(findings)
        assert (None, SH.conforms, Literal(True)) in graph
