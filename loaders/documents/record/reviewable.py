"""What a reviewer decides on: each thing of a record, each statement, each line not read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from data.records.form import Record
from data.records.statements import Entity, Manner, Model, Passage, Said, Time

_MANNERS = ("voice", "force", "modality", "polarity", "condition")
_PLAIN: Mapping[str, str] = {
    "force": "reportive", "modality": "asserted", "polarity": "positive"
}  # fmt: skip
_NAMED_BY = ("id", "paragraph", "area", "thing")


@dataclass(frozen=True)
class Reviewable:
    """Something to decide on.

    In: `at` is its place in the record, such as directions.0.signed.0; `thing` what it is said of;
    `value` is empty where only its being there is decided; `manner` what is not plain in it.
    """

    at: str
    thing: str
    name: str
    value: str
    place: Passage
    manner: Mapping[str, str]
    note: str = ""


def reviewable(record: Record) -> Iterator[Reviewable]:
    """Yield everything to decide on, in the order of the record: a thing, then what it says."""
    for section in type(record).model_fields:
        part = getattr(record, section)
        if section == "document":
            yield from _said(part, section, f"document/{part.slug}", {})
        elif section != "left_out" and isinstance(part, list):
            yield from _things(part, section, section, {})


def _things(
    things: list[Entity], at: str, section: str, manner: Mapping[str, str]
) -> Iterator[Reviewable]:
    for number, entity in enumerate(things):
        name = next((str(getattr(entity, key)) for key in _NAMED_BY if hasattr(entity, key)), "")
        thing = f"{section} {name}".strip()
        place, within = f"{at}.{number}", _within(entity, manner)
        yield Reviewable(place, thing, "is told of", "", entity, within, entity.note or "")
        yield from _said(entity, place, thing, within)


def _said(part: Model, at: str, thing: str, manner: Mapping[str, str]) -> Iterator[Reviewable]:
    """Yield the statements of a thing, then the things within it."""
    within: list[tuple[str, list[Entity]]] = []
    for name in type(part).model_fields:
        values = getattr(part, name)
        if not isinstance(values, list) or not values:
            continue
        if isinstance(values[0], Entity):
            within.append((name, values))
            continue
        for number, said in enumerate(values):
            if isinstance(said, Said | Time):
                own = said if said.is_given or not isinstance(part, Passage) else part
                value = said.value if isinstance(said, Said) else said.reading.key
                manners = _within(said, manner)
                yield Reviewable(
                    f"{at}.{name}.{number}", thing, name, value, own, manners, said.note or ""
                )
    for name, entities in within:
        yield from _things(entities, f"{at}.{name}", f"{thing}, {name}", manner)


def _within(part: Manner, around: Mapping[str, str]) -> dict[str, str]:
    """Return the manner of a part, as far as it is not plain: its own, else that around it."""
    own = {name: given for name in _MANNERS if (given := getattr(part, name))}
    return {name: value for name, value in {**around, **own}.items() if _PLAIN.get(name) != value}
