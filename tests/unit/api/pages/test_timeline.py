"""The picture says no more than the sources: no bar runs to today by itself."""

import re

import pytest

from api.http.templating import environment
from api.pages.days import Bounds
from api.pages.entries import Column, Entry, Lane
from api.pages.timeline import WIDE, WIDTHS, Drawn, Picture, lives, picture, pictures
from tests.fixtures.guards import not_empty

TODAY = "2026-11-30"
BEGUN = Bounds("2020-01-01", "2020-01-01")
HOSTILE = '</text><script>alert(1)</script>" onload="x'


def bar(**more: object) -> Entry:
    """Return a bar that begins on a day."""
    values: dict[str, object] = {
        **{"text": "direction", "title": "direction of a day", "href": "#e-1", "hue": "bv"},
        **{"begin": BEGUN},
    }
    return Entry(**{**values, **more})  # type: ignore[arg-type]


def drawn(entry: Entry, width: int = WIDE) -> tuple[Drawn, Picture]:
    """Return an entry as the only one of a picture, and the picture."""
    found = picture([Lane("Acts", [entry])], TODAY, "2026-03-06", width)
    return found.lanes[0].entries[0], found


@pytest.mark.parametrize(
    ("more", "textures", "is_open"),
    [
        ({}, ["fade"], True),
        ({"seen": "2024-01-01"}, ["solid", "fade"], True),
        ({"seen": "2024-01-01", "planned": "2028-01-01"}, ["solid", "planned"], False),
        ({"end": Bounds("2023-01-01", "2023-01-01")}, ["solid"], False),
        ({"end": Bounds("2023-01-01", "2023-12-31")}, ["solid", "somewhere"], False),
        ({"begin": Bounds("2020-01-01", "2020-12-31")}, ["somewhere", "fade"], True),
        ({"begin": Bounds(None, "2020-12-31")}, ["rise", "fade"], True),
    ],
)
def test_a_bar_is_as_sure_as_its_days(
    more: dict[str, object], textures: list[str], is_open: bool
) -> None:
    """Solid as far as a source speaks of it, hatched or fading beyond."""
    one, found = drawn(bar(**more))
    assert [piece.texture for piece in one.pieces] == textures
    assert (one.mark == "?") is is_open
    solid = [piece.left + piece.width for piece in one.pieces if piece.texture == "solid"]
    assert max(solid, default=0.0) < found.today


def test_a_day_that_is_not_known_has_a_bracket_as_wide_as_it() -> None:
    """A month is a month wide, and a day has no bracket."""
    month, _ = drawn(bar(shape="good", begin=Bounds("2020-01-01", "2020-12-31")))
    assert month.bracket is not None and month.bracket[1] - month.bracket[0] > 50
    day, _ = drawn(bar(shape="good"))
    assert day.bracket is None


@pytest.mark.parametrize("width", WIDTHS)
def test_nothing_stands_outside_the_picture(width: int) -> None:
    """Texts are cut rather than lost beyond an edge."""
    entries = [bar(text="a long name of an organisation " * 3), bar(shape="good", text="good " * 9)]
    found = picture([Lane("Acts", entries)], TODAY, None, width)
    for one in not_empty(found.lanes[0].entries):
        length = len(one.entry.text) * 6.3
        left = one.text_at - length if one.anchor == "end" else one.text_at
        assert left >= 0 and left + length <= width + 1
        assert max((piece.left + piece.width for piece in one.pieces), default=0.0) <= width


def test_rows_do_not_overlap() -> None:
    """Two bars of one time stand in two rows, two of different times may share one."""
    same = picture([Lane("Acts", [bar(), bar()])], TODAY, None).lanes[0].entries
    assert len({one.middle for one in same}) == 2
    apart = [bar(end=Bounds("2020-02-01", "2020-02-01")), bar(begin=Bounds("2025-01-01", None))]
    assert (
        len({one.middle for one in picture([Lane("A", apart)], TODAY, None).lanes[0].entries}) == 1
    )


def test_sums_stand_on_one_scale_from_zero() -> None:
    """Twice the sum is twice as high; a revised one shows both."""
    sums = [Column(2023, "10", 10.0, 10.0, "a"), Column(2024, "20", 40.0, 20.0, "b", True)]
    one, two = picture([Lane("Support", columns=sums)], TODAY, None).lanes[0].columns
    assert (one.base - one.latest_top) * 2 == pytest.approx(two.base - two.latest_top, abs=0.2)
    assert two.first_top < two.latest_top


def test_hostile_words_are_escaped_in_the_picture() -> None:
    """Nothing that stands in the data can become markup of the picture."""
    lane = Lane(HOSTILE, [bar(text=HOSTILE, title=HOSTILE, href=HOSTILE)])
    columns = Lane("Sums", columns=[Column(2020, HOSTILE, 1.0, 1.0, HOSTILE)])
    found = picture([lane, columns], TODAY, None)
    values = {"picture": found, "kind": "alone", "title": HOSTILE, "day_name": HOSTILE}
    text = (
        environment()
        .get_template("timeline.svg")
        .render({**values, "base": "/councils/NFK", "stands_alone": True})
    )
    assert "&lt;script&gt;" in text and "<script" not in text
    assert not re.search(r'" onload="', text)


def test_a_page_gets_the_picture_in_three_widths_and_each_life_on_one_scale() -> None:
    """The style shows the one that fits."""
    assert [one.width for one in pictures([Lane("A", [bar()])], TODAY, None).values()] == [*WIDTHS]
    first, second = lives([bar(), bar(begin=Bounds("2015-01-01", "2015-01-01"))], TODAY)
    assert first.years == second.years and first.today == second.today
    assert lives([], TODAY) == []


def test_a_telephone_sees_the_newest_of_a_crowded_lane() -> None:
    """The title tells how many earlier ones are left to the list; a wide picture has them all."""
    crowd = [
        bar(text=f"person {year}", begin=Bounds(f"{year}-01-01", f"{year}-01-01"))
        for year in range(2010, 2024)
    ]
    narrow = picture([Lane("People", crowd)], TODAY, None, min(WIDTHS)).lanes[0]
    shown = [one.entry.title for one in not_empty(narrow.entries)]
    assert len({one.middle for one in narrow.entries}) <= 5 and shown
    assert narrow.title == (f"People, and {len(crowd) - len(shown)} earlier in the list",)
    wide = picture([Lane("People", crowd)], TODAY, None).lanes[0]
    assert len(wide.entries) == len(crowd) and wide.title == ["People"]
