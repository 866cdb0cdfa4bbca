"""The ontology is clean: declared, labelled, defined, used, and equal to its Python terms."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rdflib import BNode, Graph, Literal, URIRef
from rdflib.namespace import DCTERMS, OWL, RDF, RDFS, SKOS

import ontology
from ontology import CI, NS, PREFIXES, ontology_graph
from ontology.terms import term_names
from tests.fixtures.guards import not_empty
from tests.fixtures.paths import ROOT

TURTLE = sorted((ROOT / "ontology").rglob("*.ttl"))
SCHEMES = sorted((ROOT / "ontology" / "schemes").glob("*.ttl"))
RECORDS = sorted((ROOT / "data" / "records").glob("*.yaml"))
SHAPES = sorted((ROOT / "shapes").rglob("*.ttl"))
QUERIES = sorted((ROOT / "queries").rglob("*.rq"))
PYTHON = [
    ROOT / "ontology" / "__init__.py",
    ROOT / "data" / "records" / "form.py",
    *sorted((ROOT / "loaders").rglob("*.py")),
    *sorted((ROOT / "api").rglob("*.py")),
]

DECLARES = OWL.Class, OWL.ObjectProperty, OWL.DatatypeProperty, OWL.AnnotationProperty
PROPER_NAMES = {"Best", "DfE", "EDTF", "GSS", "Ofsted", "URN", "Value"}
PREFIX = re.compile(r"^\s*@?prefix\s+([a-z-]+):\s*<([^>]*)>", re.IGNORECASE | re.MULTILINE)
TERM = re.compile(r"(?<!\w)ci:([A-Za-z]\w*)")

DERIVED = {
    RDFS.label,
    URIRef("http://data.europa.eu/eli/ontology#based_on"),
    CI.CouncilUnderRegime,
    CI.FormerChoice,
    CI.FormerStatePeriod,
    CI.Intervention,
    CI.InterventionStep,
    CI.Sign,
    CI.StatePeriod,
    CI.StateSpan,
    CI.act,
    CI.afterEnd,
    CI.attestation,
    CI.basisOnDay,
    CI.began,
    CI.certainty,
    CI.chosenClaim,
    CI.closes,
    CI.daysLasted,
    CI.dueOn,
    CI.endedCourses,
    CI.ending,
    CI.firstSign,
    CI.firstStatedIn,
    CI.followedBy,
    CI.formerChoice,
    CI.formerStateOf,
    CI.hasAreaNotJudged,
    CI.hasJudgement,
    CI.hasStep,
    CI.held,
    CI.heardOfUntil,
    CI.heldFrom,
    CI.heldTo,
    CI.highestStage,
    CI.inOfficeOnDay,
    CI.inOfficeBy,
    CI.inOfficeFrom,
    CI.inspectionForm,
    CI.knownFrom,
    CI.knownUntil,
    CI.lastSeenInOffice,
    CI.lastSign,
    CI.linkCertainty,
    CI.linkGround,
    CI.nextSign,
    CI.ninthDecileDays,
    CI.notHeardOfOnDay,
    CI.ofInspection,
    CI.officeNamedThen,
    CI.officeOverBy,
    CI.onArea,
    CI.onSiteFrom,
    CI.onSiteTo,
    CI.partOfIntervention,
    CI.partOfJudgement,
    CI.position,
    CI.powerBasis,
    CI.powerExplanation,
    CI.powerOnDay,
    CI.previousStep,
    CI.publishedOn,
    CI.qualifiedBy,
    CI.reportPublishedOn,
    CI.revokedBy,
    CI.signAbout,
    CI.signBy,
    CI.signClaim,
    CI.signFrom,
    CI.signKind,
    CI.signOf,
    CI.signTime,
    CI.signedOn,
    CI.spanFrom,
    CI.spanOf,
    CI.spanState,
    CI.spanUntil,
    CI.spanYear,
    CI.stage,
    CI.stageOnDay,
    CI.stageChange,
    CI.stateFrom,
    CI.stateOf,
    CI.stateUntil,
    CI.statedIn,
    CI.statedOn,
    CI.succeeds,
    CI.successorCouncil,
    CI.takesPlaceOf,
}


def names() -> list[str]:
    """Return the name of every term that Python knows."""
    return term_names()


def declared() -> dict[str, set[URIRef]]:
    """Return what kind of term each name is declared as."""
    graph, found = ontology_graph(), dict[str, set[URIRef]]()
    for kind in DECLARES:
        for term in graph.subjects(RDF.type, kind):
            if str(term).startswith(NS):
                found.setdefault(str(term).removeprefix(NS), set()).add(kind)
    return found


def without_comments(path: Path) -> str:
    """Return a Turtle or SPARQL file without the lines that are only comments."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return "\n".join(line for line in lines if not line.lstrip().startswith("#"))


@pytest.mark.parametrize("path", TURTLE, ids=lambda path: path.name)
def test_every_file_is_turtle_that_opens_with_a_sentence(path: Path) -> None:
    """A reader learns from the first line what the file is for."""
    assert len(Graph().parse(path, format="turtle")) > 0
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# ") and len(first) > 20


def test_python_terms_equal_the_turtle() -> None:
    """A term is in both or in neither, and is of one kind only."""
    found = declared()
    assert sorted(found) == names()
    assert {name: kinds for name, kinds in found.items() if len(kinds) != 1} == {}
    classes = {name for name, kinds in found.items() if OWL.Class in kinds}
    assert classes == {name for name in names() if name[0].isupper()}


@pytest.mark.parametrize("name", names())
def test_every_term_is_documented(name: str) -> None:
    """A label in lower case, a definition that is not the label, examples, and where it is."""
    graph, term = ontology_graph(), CI[name]
    (label,), (definition,) = graph.objects(term, RDFS.label), graph.objects(term, SKOS.definition)
    for text in (label, definition):
        assert isinstance(text, Literal) and text.language == "en" and text.strip() == str(text)
    assert all(
        word in PROPER_NAMES or word == word.lower() for word in not_empty(str(label).split())
    )
    assert str(definition).casefold() != str(label).casefold()
    assert not str(definition).endswith(".")
    for example in not_empty(graph.objects(term, SKOS.example)):
        assert str(example).strip() and str(example) not in (str(label), str(definition))
    assert list(graph.objects(term, RDFS.isDefinedBy)) == [URIRef(ontology.BASE + "ontology")]


def test_labels_are_unique() -> None:
    """One name has one meaning, whatever its capitals."""
    seen: dict[str, str] = {}
    for name in not_empty(names()):
        label = str(ontology_graph().value(CI[name], RDFS.label)).casefold()
        assert label not in seen, f"{name} and {seen[label]} are both called {label!r}"
        seen[label] = name


def test_no_literal_is_ill_typed_and_no_node_is_blank() -> None:
    """A blank node would get another name in every build, and two builds must be equal."""
    for graph in (ontology_graph(), ontology.alignments_graph()):
        for triple in not_empty(graph):
            assert not any(isinstance(node, BNode) for node in triple)
            assert not any(isinstance(node, Literal) and node.ill_typed for node in triple)


@pytest.mark.parametrize("path", [*TURTLE, *SHAPES, *QUERIES], ids=lambda path: path.name)
def test_prefixes_mean_the_same_everywhere(path: Path) -> None:
    """A prefix of the project's table stands for the project's namespace."""
    declared = PREFIX.findall(path.read_text(encoding="utf-8"))
    assert [one for one in declared if one[1] != PREFIXES.get(*one)] == []


@pytest.mark.parametrize("path", [*TURTLE, *SHAPES, *QUERIES], ids=lambda path: path.name)
def test_every_term_used_is_declared(path: Path) -> None:
    """A misspelt term would silently match nothing."""
    unknown = set(TERM.findall(without_comments(path))) - set(names())
    assert unknown == set(), f"{path.relative_to(ROOT)} uses undeclared terms"


def test_reused_terms_in_the_turtle_are_declared() -> None:
    """OWL 2 DL wants every class and property declared, also those of other vocabularies."""
    graph = ontology_graph()
    known = {term for kind in DECLARES for term in graph.subjects(RDF.type, kind)}
    builtin = (str(OWL), str(RDF), str(RDFS))
    for _, predicate, _ in not_empty(graph):
        assert predicate in known or str(predicate).startswith(builtin), predicate
    for parent in not_empty(graph.objects(None, RDFS.subClassOf | RDFS.subPropertyOf)):
        assert parent in known, parent


def test_no_axiom_can_hide_a_mistake() -> None:
    """No global domain or range, nothing functional, nothing declared the same as another thing."""
    graph = ontology_graph()
    for predicate in (RDFS.domain, RDFS.range, OWL.sameAs, OWL.equivalentClass):
        assert list(graph.subject_objects(predicate)) == []
    assert list(graph.subjects(RDF.type, OWL.FunctionalProperty)) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (CI.Council, CI.CouncilArea),
        (CI.Inspection, CI.SourceDocument),
        (CI.Direction, CI.DirectionDocument),
        (CI.Claim, CI.Judgement),
        (CI.Duty, CI.Recommendation),
        (CI.Commissioner, CI.Person),
        (CI.Commissioner, CI.Appointment),
        (CI.MinisterialOffice, CI.Department),
        (CI.Intervention, CI.LegalInstrument),
    ],
)
def test_pairs_that_nothing_can_be_at_once(one: URIRef, other: URIRef) -> None:
    """The act is not the paper, the body is not the place, the statement is not the fact."""
    assert (one, OWL.disjointWith, other) in ontology_graph()


def test_derived_properties_are_these_and_no_others() -> None:
    """Everything else in the resolved graph needs a claim."""
    assert set(ontology_graph().subjects(CI.derivation)) == DERIVED


def test_differences_of_one_valued_properties_are_shown() -> None:
    """Several sections can be cited at once; a name, a grade or a date has one value."""
    several = ontology.multi_valued()
    assert {CI.cites, CI.madeUnder, CI.bearer, DCTERMS.isPartOf, DCTERMS.creator} <= several
    single = {CI.namedAs, CI.grade, CI.signed, CI.onSite, CI.statedRating, CI.employer}
    assert several.isdisjoint(single)


def test_alignments_speak_of_declared_terms_only() -> None:
    """The left side of every mapping is one of our terms."""
    subjects = set(ontology.alignments_graph().subjects())
    assert set(not_empty(subjects)) <= {CI[name] for name in names()}


@pytest.fixture(scope="module")
def used() -> set[str]:
    """Return the names of the terms that a query, shape, code list, record or the code uses."""
    turtle = "\n".join(without_comments(path) for path in [*SHAPES, *QUERIES, *SCHEMES])
    python = "\n".join(path.read_text(encoding="utf-8") for path in PYTHON)
    records = "\n".join(path.read_text(encoding="utf-8") for path in RECORDS)
    return (
        set(TERM.findall(turtle))
        | set(re.findall(r"\bCI\.(\w+)", python))
        # loaders/claims/writer.py names the properties it writes by their short names.
        | set(re.findall(r'\("(\w+)", ', python))
        # api/views/fields.py names the property that a key of an object is the value of.
        | set(re.findall(r'(?:Field|many|named)\("\w+", "\^?(\w+)"', python))
        # api/views/claims.py names the property that a note about a claim is the value of.
        | set(re.findall(r'noted\("(\w+)"\)', python))
        | set(re.findall(r"\bkind: (\w+)", records))
    )


@pytest.mark.parametrize("name", names())
def test_every_term_is_used(name: str, used: set[str]) -> None:
    """A term that no question, rule or record needs is left out."""
    assert name in used, f"ci:{name} is used in no query, shape, code list, record, loader or route"
