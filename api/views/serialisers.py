"""Turn a described thing into a JSON object by a table of fields."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

import pyoxigraph as ox

from api.views.description import Description, Term, compact, expand
from ontology.dates import precision as precision
from ontology.identifiers import local_id as local_id
from ontology.namespaces import ID, LEGISLATION, NS, SCHEME
from queries.json_values import Json as Json
from queries.json_values import literal_value

MONEY = "_gbp"
"""End of the keys of sums of money."""
Reader = Callable[[Description, Term], Json]
_HEAD = "id", "iri", "kind"
"""What every object begins with."""


TIME_COLUMNS: tuple[str, ...] = (
    "words",
    "edtf",
    "earliest",
    "latest",
    "precision",
    "status",
    "reason",
    "may_stand_for",
    "relative_to",
    "relative_to_label",
)
"""What a time statement fills in a table; a reference in it has its identifier and its name."""


def referred(key: str) -> tuple[str, str]:
    """Return the columns of a reference: its identifier, and its name."""
    return key, f"{key}_label"


def inside(key: str, columns: Iterable[str]) -> tuple[str, ...]:
    """Return the columns of a thing inside a thing."""
    return tuple(f"{key}_{column}" for column in columns)


@dataclass(frozen=True)
class Field:
    """A key of an object, the path to its value, how to read it, and whether there are several.

    In: several objects stand in the order of one of their own keys, if `order` names it; a `rare`
    field is left out where nothing is stated.
    """

    key: str
    path: str
    read: Reader
    many: bool = False
    order: str = ""
    rare: bool = False

    def value(self, known: Description, iri: str) -> Json:
        """Return the value: a list if there can be several, else one value or null."""
        values = [self.read(known, value) for value in known.values(iri, self.path)]
        if self.order:
            values.sort(key=lambda thing: (thing[self.order] is None, thing[self.order]))
        return values if self.many else next(iter(values), None)

    @property
    def is_literal(self) -> bool:
        """Whether its values are numbers, truths or texts as they are stated."""
        return self.read is text

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of a table that it fills, whatever is stated; several values share one."""
        if self.many:
            return (self.key,)
        if isinstance(self.read, _Part) and "label" not in self.read.inner.columns:
            return inside(self.key, self.read.inner.columns)
        if self.read is time:
            return inside(self.key, TIME_COLUMNS)
        is_reference = self.read in (ref, source) or isinstance(self.read, _Part)
        return referred(self.key) if is_reference else (self.key,)


@dataclass(frozen=True)
class FieldTable:
    """The form of the objects of one resource.

    In: `classes` are those that the graph uses for such a thing, if it is not `cls`.
    """

    cls: str
    fields: tuple[Field, ...]
    classes: tuple[str, ...] = ()

    def of(self, known: Description, iri: str) -> dict[str, Json]:
        """Return the object of one thing: its identifiers, its kind, and every field."""
        head = {"id": local_id(iri), "iri": iri, "kind": kind_of(known, iri, self.cls)}
        values = [(field, field.value(known, iri)) for field in self.fields]
        return head | {
            field.key: value for field, value in values if value is not None or not field.rare
        }

    @property
    def columns_by_key(self) -> dict[str, tuple[str, ...]]:
        """The columns of a table of such things, by the key of the objects that they show."""
        head = {key: (key,) for key in _HEAD}
        return head | {field.key: field.columns for field in self.fields}

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of a table of such things, the same whatever is known of them."""
        return tuple(name for names in self.columns_by_key.values() for name in names)

    def is_known(self, known: Description, iri: str) -> bool:
        """Return whether the graph says that the thing is of the table's class."""
        wanted = {expand(name) for name in self.classes or (self.cls,)}
        return bool(wanted & set(known.texts(iri, "rdf:type")))


def table(cls: str, *fields: Field, classes: tuple[str, ...] = ()) -> FieldTable:
    """Return the form of the objects of a class."""
    return FieldTable(cls, fields, classes)


def alike(read: Reader, *keys: str, many: bool = False) -> tuple[Field, ...]:
    """Return a field for each key that is the name of its property in other letters.

    >>> [field.path for field in alike(text, "signed_on", "published_on")]
    ['signedOn', 'publishedOn']
    """
    paths = [re.sub("_(.)", lambda match: match[1].upper(), key) for key in keys]
    return tuple(Field(key, path, read, many) for key, path in zip(keys, paths, strict=True))


def named(key: str, path: str) -> tuple[Field, Field]:
    """Return two fields of a concept: its notation, and its name for people."""
    return Field(key, path, concept), Field(f"{key}_label", path, label)


def many(key: str, path: str, read: Reader) -> Field:
    """Return a field with a list."""
    return Field(key, path, read, many=True)


def kind_of(known: Description, iri: str, cls: str) -> str:
    """Return the narrowest class of a thing: another one than the table's, if there is."""
    names = [compact(text) for text in known.texts(iri, "rdf:type") if text.startswith(str(NS))]
    wider = {cls, "Duty", "LegalInstrument", "Provision", "SourceDocument"}
    return next((name for name in names if name not in wider), cls)


def class_words(name: str) -> str:
    """Return the name of a class as words.

    >>> class_words("Section114Report"), class_words("Direction")
    ('Section 114 report', 'Direction')
    """
    return re.sub(r"(?<=[a-z])(?=[A-Z0-9])|(?<=[0-9])(?=[A-Z])", " ", name).capitalize()


def key_words(key: str) -> str:
    """Return a key as words; the unit of a sum of money is written out.

    >>> key_words("report_published_on"), key_words("amount_gbp")
    ('report published on', 'amount in pounds')
    """
    if key.endswith(MONEY):
        key = f"{key.removesuffix(MONEY)}_in_pounds"
    return key.replace("_", " ")


def term(known: Description, value: Term) -> Json:
    """Read a property or a class as its short name."""
    return compact(str(text(known, value)))


def text(known: Description, value: Term) -> Json:
    """Read a literal as text, number or truth."""
    if isinstance(value, ox.Literal):
        return literal_value(value.datatype.value, value.value)
    return str(value) if isinstance(value, ox.Triple) else value.value


def concept(known: Description, value: Term) -> Json:
    """Read a concept of a scheme as its notation."""
    iri = text(known, value)
    return known.text(iri, "skos:notation") or iri.rpartition("/")[2]


def label(known: Description, value: Term) -> Json:
    """Read a thing as its name for people."""
    return known.label(text(known, value))


def ref(known: Description, value: Term) -> Json:
    """Read a thing as a reference: its kind, identifier, address, and name if it has one."""
    iri = text(known, value)
    return {
        "kind": kind_of_address(iri),
        "id": local_id(iri),
        "iri": iri,
        "label": known.label(iri),
    }


def source(known: Description, value: Term) -> Json:
    """Read a source as a reference with its standing: tier, kind, and the copy that was read."""
    iri = text(known, value)
    tier = known.text(iri, "sourceTier")
    return ref(known, value) | {
        "tier": int(tier) if tier else None,
        "source_kind": next(
            (concept(known, kind) for kind in known.values(iri, "sourceKind")), None
        ),
        "seen_in": known.text(iri, "seenIn"),
    }


def kind_of_address(iri: str) -> str | None:
    """Return the kind of thing that an address is of, as far as its form says."""
    if iri.startswith(str(ID)):
        return iri.removeprefix(str(ID)).partition("/")[0]
    starts = ((str(SCHEME), "concept"), (str(NS), "term"), (str(LEGISLATION), "provision"))
    return next((kind for start, kind in starts if iri.startswith(start)), None)


def time(known: Description, value: Term) -> Json:
    """Read a time statement: the words, what they can mean, and how sure that is."""
    iri = text(known, value)
    first, last = known.text(iri, "earliest"), known.text(iri, "latest")
    status = next((concept(known, term) for term in known.values(iri, "dateStatus")), None)
    return {
        "iri": iri,
        "words": known.text(iri, "verbatim"),
        "edtf": known.text(iri, "edtf"),
        "earliest": first,
        "latest": last,
        "precision": precision(first, last, status or "valid"),
        "status": status,
        "reason": known.text(iri, "boundReason"),
        "may_stand_for": known.texts(iri, "candidateReading/edtf"),
        "relative_to": next((ref(known, term) for term in known.values(iri, "relativeTo")), None),
    }


def anything(known: Description, value: Term) -> Json:
    """Read any value by what it is: a time, a thing or a literal."""
    if isinstance(value, ox.NamedNode):
        return time(known, value) if known.text(value.value, "dateStatus") else ref(known, value)
    return text(known, value)


@dataclass(frozen=True)
class _Part:
    """Reads things inside a thing."""

    inner: FieldTable

    def __call__(self, known: Description, value: Term) -> Json:
        """Read one of them by its own table of fields."""
        return self.inner.of(known, text(known, value))


def part(inner: FieldTable) -> Reader:
    """Return a reader of things inside a thing."""
    return _Part(inner)


def inner_table(read: Reader) -> FieldTable | None:
    """Return the form of the things that a reader reads inside a thing; none of another reader."""
    return read.inner if isinstance(read, _Part) else None
