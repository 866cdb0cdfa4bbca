"""The objects of statutes and provisions: what each says of itself, and what it was used for."""

from collections.abc import Sequence

from api.views.description import Description, describe, gather
from api.views.serialisers import Field, alike, concept, many, ref, table, text
from queries.engine.interface import Engine

_NAME = Field("name", "rdfs:label|skos:prefLabel", text)
_USES: dict[str, str] = {
    "used_by": "^madeUnder",
    "applied_in": "^appliedBy",
    "directed_in": "^functionInScope",
}
"""Acts made under a provision, acts whose power it extends, and acts about functions under it."""

STATUTE = table(
    "Statute",
    _NAME,
    Field("year", "dcterms:date", text),
    many("provisions", "^dcterms:isPartOf", ref),
    *(many(key, f"^dcterms:isPartOf/{path}", ref) for key, path in _USES.items()),
)

PROVISION = table(
    "Provision",
    _NAME,
    Field("statute", "dcterms:isPartOf", ref),
    Field("regime", "regime", concept),
    Field("definition", "skos:definition", text),
    Field("note", "skos:scopeNote", text),
    Field("part_of", "skos:broader", ref),
    many("parts", "^skos:broader", ref),
    *alike(ref, "first_provision", "last_provision"),
    many("members", "hasMember", ref),
    Field("in_use_from", "inUseFrom", text),
    *(many(key, path, ref) for key, path in _USES.items()),
)


async def describe_legislation(engine: Engine, items: Sequence[str]) -> Description:
    """Return what is known of statutes and provisions, with the acts that used them."""
    known = await describe(engine, items)
    known.add(await gather(engine, "uses_of_provisions", items))
    provisions = [part for item in items for part in known.texts(item, "^dcterms:isPartOf")]
    known.add(await gather(engine, "uses_of_provisions", provisions))
    return known
