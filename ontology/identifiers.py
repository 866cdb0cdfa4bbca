"""Form and parse the addresses of things; numbers are given by `loaders/identifiers/mint.py`.

Every address of a thing is `BASE + id/ + kind + / + local name`. Statutes and provisions keep the
identifiers of legislation.gov.uk, areas those of the Office for National Statistics.
"""

import hashlib
import re
from typing import NamedTuple

from rdflib import URIRef

from ontology.errors import UnknownIdentifier
from ontology.namespaces import GRAPH, ID, LEGISLATION, SCHEME

_ORDINAL = r"[A-Z]{3,5}-[0-9]{4}-[0-9]{2}"
_IMPOSING = rf"(?:(?:letter|notice)-)?{_ORDINAL}"
_OFFICE_ORDINAL = r"[a-z][a-z-]*-[0-9]{4}-[0-9]{2}"
SLUG = r"[a-z0-9]+(?:-[a-z0-9]+)*"
_PROVISION = r"(?:ukpga|uksi)/[0-9]{4}/[0-9]+(?:/[A-Za-z0-9]+)*"
_DAY = r"[0-9]{4}-[0-9]{2}-[0-9]{2}"
_LABEL = r"[A-Za-z0-9]+(?:[.-][A-Za-z0-9]+)*"

KINDS: dict[str, str] = {
    "appointment": rf"(?:{_ORDINAL}|{_OFFICE_ORDINAL})",
    "arrangement": rf"{SLUG}/{SLUG}",
    "authority": r"[A-Z]{3,5}",
    "change": SLUG,
    "choice": r"[0-9a-f]{16}",
    "claim": r"[0-9a-f]{16}",
    "council": r"[A-Z]{3}",
    "council-list": SLUG,
    "coverage": rf"[A-Z]{{3}}-{SLUG}",
    "deadline": rf"(?:requirement|task)/{_IMPOSING}/{_LABEL}/[0-9]+",
    "designation": _ORDINAL,
    "direction": _ORDINAL,
    "discrepancy": r"[0-9a-f]{16}",
    "document": SLUG,
    "figure": rf"{SLUG}/{SLUG}",
    "finding": rf"(?:(?:inspection|direction|notice|letter)/{_ORDINAL}|document/{SLUG})/{_LABEL}",
    "inspection": _ORDINAL,
    "intervention": rf"(?:appointment|designation|direction|measure|notice)-{_ORDINAL}(?:-{SLUG})?",
    "judgement": rf"{_ORDINAL}/{SLUG}(?:\.[0-9])?",
    "letter": _ORDINAL,
    "measure": _ORDINAL,
    "membership": r"[A-Z]{3}-[A-Z]{3,5}",
    "milestone": rf"{SLUG}/{SLUG}",
    "name": SLUG,
    "notice": _ORDINAL,
    "office": SLUG,
    "organisation": SLUG,
    "pay": SLUG,
    "period": rf"(?:state|step)/[A-Za-z0-9-]+/{_DAY}(?:/{_DAY})?",
    "person": SLUG,
    "post": rf"[A-Z]{{3,5}}-{SLUG}",
    "power-rule": SLUG,
    "provision": rf"{SLUG}",
    "question": SLUG,
    "recommendation": rf"{SLUG}/{_LABEL}",
    "request": rf"{SLUG}/{_LABEL}",
    "requirement": rf"{_IMPOSING}/{_LABEL}",
    "run": SLUG,
    "section-114-report": _ORDINAL,
    "sighting": SLUG,
    "sign": r"(?:begin|end|inspection|report|sighting|superseded)-[A-Za-z0-9-]+",
    "slot": r"[0-9a-f]{16}",
    "span": rf"[A-Za-z0-9-]+/{_DAY}(?:/{_DAY})?",
    "state": rf"[A-Z]{{3,4}}-{SLUG}",
    "step": rf"(?:appointment|designation|direction|measure|notice)-{_ORDINAL}(?:-{SLUG})?",
    "support-amount": SLUG,
    "task": rf"{_IMPOSING}/{_LABEL}",
    "time": r"[0-9a-f]{16}",
    "transfer": _ORDINAL,
}
"""Form of the local name of every kind of thing that has an address of ours."""


EXAMPLES: dict[str, str] = {
    "appointment": "WOR-2017-02",
    "arrangement": "nfk-commissioner-report-2016/sandwell",
    "authority": "WMCA",
    "change": "northamptonshire-2021",
    "choice": "0123456789abcdef",
    "claim": "0123456789abcdef",
    "council": "NFK",
    "council-list": "statement-2024-11-20",
    "coverage": "NFK-childrens-inspections-2018",
    "deadline": "requirement/WOR-2017-02/7.d.ii/1",
    "designation": "CHO-2023-01",
    "direction": "WOR-2017-02",
    "discrepancy": "0123456789abcdef",
    "document": "wor-direction-2017",
    "figure": "nfk-commissioner-report-2016/pathway-plans",
    "finding": "inspection/NTH-2018-01/workforce",
    "inspection": "NFK-2015-01",
    "intervention": "direction-NTH-2013-01",
    "judgement": "NFK-2015-01/sif-2.2",
    "letter": "NGM-2023-01",
    "measure": "HRY-2008-01",
    "membership": "GAT-NNECA",
    "milestone": "nfk-commissioner-report-2016/strategy",
    "name": "sos-hclg-2021-09",
    "notice": "HAL-2022-01",
    "office": "sos-education",
    "organisation": "ofsted",
    "pay": "bir-2023-10-05-lead-commissioner",
    "period": "state/BIR-best-value/2023-10-05",
    "person": "trevor-doughty",
    "post": "WOR-childrens",
    "power-rule": "best-value",
    "provision": "children-act-1989-23c-to-24d",
    "question": "commons-240756",
    "recommendation": "nfk-commissioner-report-2016/1",
    "request": "nth-commissioners-letter-2018/1",
    "requirement": "WOR-2017-02/7.d.ii",
    "run": "build",
    "section-114-report": "NTH-2018-01",
    "sign": "begin-direction-NTH-2018-02",
    "sighting": "slg-2023-08-04-send-direction",
    "slot": "0123456789abcdef",
    "span": "BIR-best-value/2023-10-05",
    "state": "BIR-best-value",
    "step": "direction-NTH-2018-02",
    "support-amount": "bir-2024-25-685000000-in-principle",
    "task": "WOR-2017-02/annex.9",
    "time": "0123456789abcdef",
    "transfer": "DNC-2014-01",
}
"""A local name of each kind, for messages."""


def thing(kind: str, local: str) -> URIRef:
    """Return the address of a thing.

    Raises: UnknownIdentifier, saying the form expected.

    >>> str(thing("direction", "WOR-2017-02"))
    'https://w3id.org/council-interventions/id/direction/WOR-2017-02'
    """
    if kind not in KINDS:
        raise UnknownIdentifier(f"unknown kind {kind!r}; expected one of {', '.join(KINDS)}")
    if not re.fullmatch(KINDS[kind], local):
        raise UnknownIdentifier(
            f"{local!r} is not the identifier of a {kind}; expected for example {EXAMPLES[kind]}"
        )
    return ID[f"{kind}/{local}"]


def parse(iri: str) -> tuple[str, str]:
    """Return the kind and the local name of one of our addresses.

    Raises: UnknownIdentifier for an address that we did not mint.

    >>> parse("https://w3id.org/council-interventions/id/requirement/WOR-2017-02/7.d.ii")
    ('requirement', 'WOR-2017-02/7.d.ii')
    """
    kind, local = kind_and_local(iri.removeprefix(str(ID)))
    if not iri.startswith(str(ID)) or kind not in KINDS or not re.fullmatch(KINDS[kind], local):
        raise UnknownIdentifier(f"{iri} is not an address of ours")
    return kind, local


class Ordinal(NamedTuple):
    """What a minted local name says: whose the thing is, the year, and the number in that year."""

    holder: str
    year: int
    number: int


def ordinal(local: str) -> Ordinal:
    """Return the parts of a minted local name; its holder is a council or an office.

    >>> ordinal("sos-education-2016-01")
    Ordinal(holder='sos-education', year=2016, number=1)
    """
    holder, year, number = local.rsplit("-", 2)
    return Ordinal(holder, int(year), int(number))


def kind_and_local(path: str) -> tuple[str, str]:
    """Return the kind and the local name in a short reference; nothing is checked.

    >>> kind_and_local("requirement/WOR-2017-02/7.d.ii")
    ('requirement', 'WOR-2017-02/7.d.ii')
    """
    kind, _, local = path.partition("/")
    return kind, local


def reference(path: str) -> URIRef:
    """Return the address behind a short reference, as records write it.

    >>> str(reference("ukpga/1996/56/section/497A/4B"))
    'http://www.legislation.gov.uk/id/ukpga/1996/56/section/497A/4B'
    >>> str(reference("office/sos-education"))
    'https://w3id.org/council-interventions/id/office/sos-education'
    """
    kind, local = kind_and_local(path)
    if kind in ("ukpga", "uksi"):
        if not re.fullmatch(_PROVISION, path):
            raise UnknownIdentifier(
                f"{path!r} is not a provision; expected for example ukpga/2004/31/section/50"
            )
        return LEGISLATION[path]
    if kind == "scheme":
        return concept(*local.partition("/")[::2])
    return thing(kind, local)


def short(iri: str) -> str:
    """Return the short reference of an address: the inverse of `reference`, or the address itself.

    >>> short("https://w3id.org/council-interventions/id/office/sos-education")
    'office/sos-education'
    """
    for prefix, lead in ((str(ID), ""), (str(LEGISLATION), ""), (str(SCHEME), "scheme/")):
        if iri.startswith(prefix):
            return lead + iri.removeprefix(prefix)
    return iri


def local_id(iri: str) -> str:
    """Return the identifier of a thing as filters and addresses take it.

    >>> local_id("https://w3id.org/council-interventions/id/direction/WOR-2017-02")
    'WOR-2017-02'
    """
    try:
        return parse(iri)[1]
    except UnknownIdentifier:
        return short(iri)


def concept(scheme: str, notation: str) -> URIRef:
    """Return the address of a concept of one of our schemes.

    Raises: UnknownIdentifier for what cannot be a notation.

    >>> str(concept("grade", "requires-improvement"))
    'https://w3id.org/council-interventions/scheme/grade/requires-improvement'
    """
    if not re.fullmatch(SLUG, scheme) or not re.fullmatch(_LABEL, notation):
        raise UnknownIdentifier(f"{notation!r} is not a notation of the scheme {scheme!r}")
    return SCHEME[f"{scheme}/{notation}"]


def source_graph(document: str) -> URIRef:
    """Return the named graph that holds what one document says."""
    return GRAPH[f"source/{document}"]


def digest(*parts: str) -> str:
    """Return a short stable name for a combination of texts.

    Guarantee: the same parts give the same name in every build.
    """
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:16]
