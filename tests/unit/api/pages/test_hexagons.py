"""The map has a hexagon for each council that answers for children's services, and no other."""

import csv
from importlib.resources import files

from api.http.templating import environment
from api.pages.hexagons import Told, hexagon_map, places
from tests.fixtures.guards import not_empty

HOSTILE = "</title><script>alert(1)</script>"
UPPER_TIER = {"county", "london", "metropolitan", "unitary"}
NONE = Told("none-known", "none known")


def test_each_upper_tier_council_of_today_has_one_place() -> None:
    """By the register, and no two stand in one place."""
    text = files("data").joinpath("tables/councils/register.csv").read_text(encoding="utf-8")
    rows = csv.DictReader(text.splitlines())
    there = {row["code"] for row in rows if row["type"] in UPPER_TIER and not row["ended_on"]}
    assert set(places()) == there and len(set(places().values())) == len(there) == 153


def test_neighbours_do_not_overlap_and_all_stand_inside() -> None:
    """The middles of two hexagons are a step apart, or more."""
    found = hexagon_map({}, {}, NONE)
    for one in not_empty(found.hexagons):
        assert 15 < one.x < found.width - 15 and 15 < one.y < found.height - 15
        apart = [
            (one.x - other.x) ** 2 + (one.y - other.y) ** 2
            for other in found.hexagons
            if other is not one
        ]
        assert min(apart) > 28**2


def test_hostile_names_are_escaped_in_the_map() -> None:
    """Names and words come from the data."""
    told = {"NFK": Told("planned", HOSTILE, "bv")}
    found = hexagon_map({"NFK": HOSTILE}, told, NONE)
    template = '{% import "map.html" as maps %}{{ maps.hexagons(map, title) }}'
    text = environment().from_string(template).render(map=found, title=HOSTILE)
    assert "&lt;script&gt;" in text and "<script" not in text
    assert text.count("<a href=") == 153 and "none known" in text
