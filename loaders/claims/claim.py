"""Turn records into claims: what one document says of a thing, and where it says so."""

from __future__ import annotations

import builtins
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache, cached_property

from rdflib import Graph, URIRef
from rdflib.namespace import RDF, SKOS

from data.records.files import RecordFile
from data.records.form import Published
from data.records.statements import OMISSION, Claims, Entity, Manner, Model, Passage, Said, Time
from loaders.claims.entities import CLASSES, ChildAddress, children, judgement_address, top_level
from loaders.claims.values import Value, key_of, read_value
from ontology import CI, multi_valued
from ontology.dates import TimeReading
from ontology.errors import InterventionsError, UnreadableRecord
from ontology.identifiers import digest, parse, reference, thing

_INHERITED = "voice", "force", "modality", "polarity", "condition"
AFFIRMED = frozenset({"asserted", "inferred", "conditional"})
"""Modalities that can become a fact; a possibility or a plan is kept as a claim only."""

_DEFAULTS = {"force": "reportive", "modality": "asserted", "polarity": "positive"}


@dataclass(frozen=True)
class Claim:
    """What one document says of one thing: a property, its value, and the words for it."""

    about: URIRef
    property: URIRef
    value: Value
    document: str
    passage: Passage
    voice: URIRef
    force: str
    modality: str
    polarity: str
    condition: str | None
    note: str | None
    file: str
    line: int
    as_printed: str | None = None
    derived_from: URIRef | None = None
    review: str = "reviewed"

    @cached_property
    def key(self) -> str:
        """The form in which values are compared; a denial never equals what it denies."""
        key = key_of(self.value)
        return f"not:{key}" if self.polarity == "negative" else key

    @cached_property
    def iri(self) -> URIRef:
        """The address, the same in every build."""
        parts = (self.document, self.passage.place, str(self.about), str(self.property), self.key)
        return thing("claim", digest(*parts))

    @cached_property
    def slot(self) -> URIRef:
        """The fact it is about: thing, property, and the value if several can be true at once."""
        parts = [str(self.about), str(self.property)]
        if self.property == RDF.type or self.property in multi_valued():
            parts.append(self.key.removeprefix("not:"))
        return thing("slot", digest(*parts))

    @cached_property
    def evidence(self) -> str:
        """The address of the passage: the document with characters (RFC 5147), or with a row."""
        document, passage = thing("document", self.document), self.passage
        if passage.row:
            return f"{document}#row={passage.row}"
        return f"{document}#char={passage.start},{passage.end}"

    @cached_property
    def value_address(self) -> str:
        """The address of the value, or its text: a time has a statement with one of its own."""
        if isinstance(self.value, TimeReading):
            return str(thing("time", digest(str(self.iri))))
        return str(self.value)

    # `property` alone is a field of this class.
    @builtins.property
    def is_affirmed(self) -> bool:
        """Return whether the source says that it is so: no possibility, plan or denial."""
        return self.polarity == "positive" and self.modality in AFFIRMED

    @builtins.property
    def place(self) -> str:
        """Where the claim stands: file, line and paragraph, for messages."""
        if self.passage.row:
            return f"{self.file}, row {self.passage.row}, column {self.passage.at}"
        return f"{self.file}, line {self.line} (paragraph {self.passage.at})"


@dataclass(frozen=True)
class Context:
    """What a statement inherits from the things around it."""

    file: str
    document: str
    voice: URIRef
    review: str
    passage: Passage | None = None
    manner: tuple[tuple[str, str], ...] = tuple(_DEFAULTS.items())

    def inside(self, part: Manner) -> Context:
        """Return the context within a part, which may give its own passage and manner."""
        manner = dict(self.manner)
        manner |= {name: given for name in _INHERITED if (given := getattr(part, name))}
        voice = reference(manner.pop("voice")) if "voice" in manner else self.voice
        passage = part if part.is_given else self.passage
        return Context(self.file, self.document, voice, self.review, passage, tuple(manner.items()))

    def of_kind(self) -> Context:
        """Return the context for what kind of thing it is: a denial of something denies no kind.

        What is only possible or planned is of no kind yet.
        """
        manner = {**dict(self.manner), "polarity": "positive"}
        if manner["modality"] in AFFIRMED:
            manner["modality"] = "asserted"
        manner.pop("condition", None)
        return replace(self, manner=tuple(manner.items()))


def read_claims(file: RecordFile) -> list[Claim]:
    """Return every claim of a record, in the order of the record, each once.

    Raises: UnreadableRecord, naming file and line, for a value that no register or scheme holds.
    """
    document = file.record.document
    review = document.review if isinstance(document, Published) else "reviewed"
    context = Context(file.name, document.slug, reference(document.voice), review)
    claims: dict[URIRef, Claim] = {}
    for claim in _field_claims(document, thing("document", document.slug), context):
        claims.setdefault(claim.iri, claim)
    for address, entity in top_level(file.record):
        for claim in _entity_claims(entity, address, context):
            claims.setdefault(claim.iri, claim)
    return list(claims.values())


def read_times(file: RecordFile) -> Iterator[Claim]:
    """Yield the claims of a record that state a time of its things; no scheme is asked for them."""
    document = file.record.document
    context = Context(file.name, document.slug, reference(document.voice), "reviewed")
    for address, entity in top_level(file.record):
        within = context.inside(entity)
        for rule, statement in _statements(entity):
            if isinstance(statement, Time):
                inner = within.inside(statement)
                yield _claim(address.iri, rule.property, statement.reading, inner, statement)


def _entity_claims(entity: Entity, address: ChildAddress, context: Context) -> Iterator[Claim]:
    within = context.inside(entity)
    cls = CLASSES.get(address.role)
    if cls is not None:
        yield _claim(address.iri, RDF.type, cls, within.of_kind(), entity)
    for about, prop, value in address.facts:
        yield _claim(about, prop, value, within, entity)
    yield from _field_claims(entity, address.iri, within)
    for child_address, child in children(entity, address.iri):
        yield from _entity_claims(child, child_address, within)


def _field_claims(part: Model, about: URIRef, context: Context) -> Iterator[Claim]:
    """Yield the claims that the fields of one thing state."""
    for rule, statement in _statements(part):
        within = context.inside(statement)
        value = _value(statement, rule, about, within)
        yield _claim(about, rule.property, value, within, statement)


def _statements(part: Model) -> Iterator[tuple[Claims, Said | Time]]:
    """Yield the statements of a thing's fields, each with the rule of its field."""
    for name, rule in _fields_with_rules(type(part)):
        yield from ((rule, statement) for statement in getattr(part, name))


@cache
def _fields_with_rules(form: type[Model]) -> tuple[tuple[str, Claims], ...]:
    """Return the fields of a form that hold statements, each with its rule."""
    return tuple(
        (name, rule)
        for name, info in form.model_fields.items()
        for rule in info.metadata
        if isinstance(rule, Claims)
    )


def _value(statement: Said | Time, rule: Claims, about: URIRef, context: Context) -> Value:
    """Return the value of a statement, or say where the value cannot be used."""
    if isinstance(statement, Time):
        return statement.reading
    try:
        return read_value(rule.kind, statement.value, about)
    except InterventionsError as error:
        raise UnreadableRecord(
            f"{context.file}, line {_line(statement, context)}: {error}"
        ) from None


def _line(part: Manner, context: Context) -> int:
    """Return the line of a statement; a bare value has the line of the thing around it."""
    return part.line or (context.passage.line if context.passage else 0)


def _claim(about: URIRef, prop: URIRef, value: Value, context: Context, part: Manner) -> Claim:
    manner = dict(context.manner)
    if context.passage is None:
        raise UnreadableRecord(
            f"{context.file}, line {part.line}: a statement without a passage; "
            "give it at, chars and words"
        )
    return Claim(
        about,
        prop,
        value,
        context.document,
        context.passage,
        context.voice,
        manner["force"],
        manner["modality"],
        manner["polarity"],
        manner.get("condition"),
        part.note,
        context.file,
        _line(part, context),
        _as_printed(part),
        review=context.review,
    )


def _as_printed(part: Manner) -> str | None:
    """Return the words of a statement that quotes its value whole, or None.

    A thing's own passage only introduces it, and so quotes nothing.
    """
    if isinstance(part, Entity) or not part.is_given or OMISSION in part.printed:
        return None
    return part.printed


def expand_universal_grades(claims: Iterable[Claim], ontology: Graph) -> Iterator[Claim]:
    """Yield a claim per area for each claim on all areas whose inspection has a known framework.

    In: a possibility, a plan or a denial is not expanded.
    Out: the overall area is left out, for sources that grade every category state it beside the
    categories.
    """
    known = [claim for claim in claims if claim.is_affirmed]
    frameworks = {
        claim.about: claim.value for claim in known if claim.property == CI.underFramework
    }
    for claim in known:
        framework = frameworks.get(claim.about)
        if claim.property != CI.allAreasGraded or not isinstance(framework, URIRef):
            continue
        overall = ontology.value(framework, CI.overallArea)
        for area in sorted(ontology.objects(framework, CI.judgementArea), key=str):
            if area != overall:
                yield from _judgement_claims(claim, str(ontology.value(area, SKOS.notation)))


def _judgement_claims(universal: Claim, area: str) -> Iterator[Claim]:
    address = judgement_address(parse(str(universal.about))[1], area)
    facts = (
        (address.iri, RDF.type, CI.Judgement),
        (address.iri, CI.grade, universal.value),
    )
    for about, prop, value in facts:
        yield replace(
            universal,
            about=about,
            property=prop,
            value=value,
            modality="inferred",
            derived_from=universal.iri,
        )
