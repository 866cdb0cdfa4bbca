"""Fill the templates of the pages; every value is escaped, and no page runs a script."""

import re
from functools import cache
from typing import Any
from urllib.parse import quote

from fastapi import Request
from jinja2 import Environment, PackageLoader, StrictUndefined

from api.pages.acts import by_law, deadline_words
from api.pages.citation import Citation, citation
from api.pages.days import day_words, days_in_words, time_words
from api.pages.entries import begun_words
from api.pages.events import source_kind
from api.pages.grades import overall_judgement
from api.pages.money import pounds, sums_in_words
from api.pages.names import (
    by_need,
    council_iri,
    finding,
    has_place,
    hint,
    holder,
    is_told,
    item_name,
    regime_words,
    told_by_any,
    told_in_rows,
    without_identifiers,
)
from api.pages.story import BADGES
from api.views.serialisers import MONEY, class_words, key_words
from ontology.namespaces import BASE, PREFIXES
from queries.reach import WORDS

_ALTERNATIVES = (
    ("json", "JSON"),
    ("csv", "CSV"),
    ("ttl", "Turtle"),
    ("nt", "N-Triples"),
    ("rdf", "RDF/XML"),
    ("jsonld", "JSON-LD"),
    ("atom", "Atom"),
)


def address(iri: str) -> str:
    """Return the link to a thing: on this service for what we minted, elsewhere as it is.

    >>> address("https://w3id.org/council-interventions/id/council/NFK")
    '/id/council/NFK'
    """
    local = iri.removeprefix(BASE)
    if local != iri:
        return "/" + local.replace("ns#", "ontology#", 1)
    return iri if iri.startswith(("http://", "https://")) else ""


def spaced(name: str) -> str:
    """Return a key or notation as words.

    >>> spaced("report_published_on"), spaced("requires-improvement")
    ('report published on', 'requires improvement')
    >>> spaced("childrens-services")
    "children's services"
    """
    return key_words(str(name)).replace("-", " ").replace("childrens ", "children's ")


def sentence(text: str) -> str:
    """Return words with a capital at their beginning, and all others as they are.

    >>> sentence("seen in February")
    'Seen in February'
    """
    return text[:1].upper() + text[1:]


# takes: "City of Doncaster Council"
# leaves: "Isles of Scilly"
_OF_COUNCILS = re.compile(
    r"^(?:(?:Royal |London )*Borough of|City of|County of|Council of the) |"
    r"(?: (?:Metropolitan|Borough|District|County|City|Unitary|and))* Council$"
)


def short_name(name: str) -> str:
    """Return the name of a council as people say it.

    >>> short_name("St Albans City and District Council"), short_name("London Borough of Barnet")
    ('St Albans', 'Barnet')
    """
    return _OF_COUNCILS.sub("", name) or name


def figure(number: float, key: str) -> str:
    """Return a number as people write it: thousands of a sum of money are set apart.

    >>> figure(405700000, "amount_gbp"), figure(1032.22, "amount_gbp"), figure(2024, "year")
    ('405,700,000', '1,032.22', '2024')
    """
    return f"{number:,}" if key.endswith(MONEY) else str(number)


def at(paragraph: str) -> str:
    """Return where a passage stands, for people; a bare number or label is one of a paragraph.

    >>> at("7.d.ii"), at("paragraph 3"), at("row 50276411")
    ('paragraph 7.d.ii', 'paragraph 3', 'row 50276411')
    """
    is_label = paragraph[:1].isdigit() or ("." in paragraph and not paragraph.startswith("row "))
    return f"paragraph {paragraph}" if is_label else paragraph


_MEANINGS: dict[str, str] = {
    "certain": "There is a sign of it before the day and one after it, or a stated end after it.",
    "planned": "Only a source's own plan reaches beyond the last sign, and no end is told.",
    "possible": "No longer after the last sign than nine in ten of the ended courses lasted.",
    "not-heard-of": "Longer after the last sign than nine in ten of the ended courses lasted.",
    "ended": "A source tells that it had ended by then.",
    "not-at-stage": "At another stage than the one asked for, or at none that a source tells.",
    "none-known": "No source that was read tells of any.",
}
"""What each certainty of an answer about a day means, in a sentence for a page."""


def meaning(certainty: str) -> str:
    """Return what a certainty means, in a sentence."""
    return _MEANINGS[certainty]


def reading(status: str) -> str:
    """Return a status of coverage as words that no one can mistake for another.

    >>> reading("covered-nothing-found"), reading("not-covered")
    ('complete list read: nothing found', 'not read at all')
    """
    return WORDS.get(status, spaced(status))


@cache
def environment() -> Environment:
    """Return the templates with what they may call."""
    found = Environment(
        loader=PackageLoader("api"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.filters |= {
        "at": at,
        "address": address,
        "begun": begun_words,
        "by_law": by_law,
        "by_need": by_need,
        "council_iri": council_iri,
        "count": lambda number: f"{number:,}",
        "certainty": lambda name: BADGES.get(name, spaced(name)),
        "day": day_words,
        "days": lambda text: days_in_words(without_identifiers(text)),
        "due": deadline_words,
        "figure": figure,
        "finding": finding,
        "hint": hint,
        "holder": holder,
        "is_told": is_told,
        "item_name": item_name,
        "meaning": meaning,
        "moment": time_words,
        "overall": overall_judgement,
        "pounds": pounds,
        "reading": reading,
        "regime": regime_words,
        "sentence": sentence,
        "source_kind": source_kind,
        "short_name": short_name,
        "spaced": spaced,
        "sums": sums_in_words,
        "told_by_any": told_by_any,
        "told_in_rows": told_in_rows,
        "words": class_words,
        "quoted": lambda text: quote(str(text), safe=""),
    }
    found.tests["has_place"] = has_place
    found.globals["prefixes"] = PREFIXES
    return found


def compile_templates() -> None:
    """Read and compile every template, so that nobody who asks for a page waits for that."""
    for name in environment().list_templates():
        environment().get_template(name)


def page(
    template: str, request: Request, title: str, *, is_dated: bool = False, **values: Any
) -> str:
    """Return a page.

    In: the title and the values that the template names; it also gets the service, its own address
    and how it is cited, by an address with `known_at` if it takes that.
    """
    query = request.url.query
    shared = {
        "service": request.scope["service"],
        "path": request.url.path,
        "query": f"?{query}" if query else "",
        "alternatives": _ALTERNATIVES,
        "title": title,
        "cited": None if "problem" in values else _cited(request, title, is_dated=is_dated),
    }
    return environment().get_template(template).render(shared | values)


def _cited(request: Request, title: str, *, is_dated: bool) -> Citation:
    """Return how the page that a request asks for is cited."""
    service = request.scope["service"]
    # The Host that a client sends is not believed: an answer is kept for all who ask.
    site = service.settings.public_address or ""
    given = dict(request.query_params.multi_items())
    return citation(
        *(title, site, request.url.path, service.release.id, service.newest_day, given),
        is_dated=is_dated,
    )
