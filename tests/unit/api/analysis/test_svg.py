"""Drawings: hostile words stay words, the same marks give the same bytes, colours have twins."""

import re
import xml.etree.ElementTree as ElementTree
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.analysis.palette import COLOURS, Texture, Tone
from api.analysis.svg import Drawing, steps
from api.analysis.takeaway import as_png

_STYLES = (files("api") / "static" / "analysis.css").read_text(encoding="utf-8")
_LIGHT, _DARK = _STYLES.split("@media (prefers-color-scheme: dark)")
_SURFACES = Tone.PAPER, Tone.RULE
_READABLE = 4.5


def _drawing(words: str) -> Drawing:
    drawing = Drawing("test", words, 100, 50)
    drawing.text(10, 20, words)
    drawing.bar(0, 0, 10, 10, Tone.MONEY, Texture.HATCHED, words)
    return drawing


@given(st.text(min_size=1))
def test_no_words_leave_their_element(words: str) -> None:
    """Whatever a council is called, the drawing has the same elements and can be read."""
    drawn = ElementTree.fromstring(_drawing(words).svg())
    plain = ElementTree.fromstring(_drawing("Slough").svg())
    assert [mark.tag for mark in drawn.iter()] == [mark.tag for mark in plain.iter()]


def test_markup_in_a_name_is_written_as_text() -> None:
    """The drawing stands inline in a page, where an element would be one of the page."""
    svg = _drawing('</text><script>"&').svg()
    assert "<script" not in svg and "&lt;script&gt;" in svg


def test_png_has_the_same_bytes_each_time() -> None:
    """No clock, no font of the machine."""
    svg = _drawing("Norfolk").svg()
    assert as_png(svg) == as_png(svg)
    assert as_png(svg) != as_png(_drawing("Suffolk").svg())


def test_a_band_closes_its_path() -> None:
    """The upper edge from left to right, the lower one back."""
    assert steps([(0, 1), (1, 2)], [9, 9], [5, 4]) == "M0 5 1 5 L1 4 2 4 L2 9 1 9 L1 9 0 9Z"


def _luminance(colour: str) -> float:
    """Return the relative luminance of a colour (WCAG 2.2)."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def _contrast(one: str, other: str) -> float:
    low, high = sorted((_luminance(one), _luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("tone", [tone for tone in Tone if tone not in _SURFACES])
def test_a_tone_can_be_read_on_light_and_on_dark_paper(tone: Tone) -> None:
    """The style sheet has the dark twin of every tone, for filling and for lines alike."""
    for styles in (_LIGHT, _DARK):
        paper, filled = _colour(styles, "fill", Tone.PAPER), _colour(styles, "fill", tone)
        assert filled == _colour(styles, "stroke", tone)
        assert _contrast(filled, paper) >= _READABLE


@pytest.mark.parametrize("tone", Tone)
def test_the_style_sheet_has_the_light_colour_of_the_file(tone: Tone) -> None:
    """A picture in a page looks as the one that is taken away."""
    assert _colour(_LIGHT, "fill", tone) == _colour(_LIGHT, "stroke", tone) == COLOURS[tone]


def _colour(styles: str, kind: str, tone: Tone) -> str:
    """Return the colour that a style sheet gives to a tone."""
    found = re.search(rf"\.{kind}-{tone} \{{ {kind}: (#[0-9a-f]{{6}}); \}}", styles)
    assert found, f"no {kind} of {tone}"
    return found[1]
