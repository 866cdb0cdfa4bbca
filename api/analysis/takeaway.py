"""A picture to take away: with its question, finding and source on the paper, as SVG or PNG."""

import textwrap
from importlib.resources import as_file, files

import resvg_py

from api.analysis.palette import COLOURS, Tone
from api.analysis.picture import Chart, Picture
from api.analysis.svg import FONT_FAMILY, Drawing

WIDE_PX = 960
NARROW_PX = 328
_ZOOM = 1.5
_LINE_PX = 16
_TITLE_PX = 18
_PADDING_PX = 16
_FONTS = "Inter-Regular.ttf", "Inter-SemiBold.ttf"


def drawn(picture: Picture, chart: Chart, width: float, place: str) -> Drawing:
    """Return the chart alone, for a page that says the rest.

    In: where it stands, which tells it apart from others on the page.
    """
    drawing = Drawing(f"{picture.name}-{place}", chart.finding, width)
    chart.draw(drawing)
    return drawing


def whole_svg(picture: Picture, chart: Chart, source: str) -> str:
    """Return the picture with all that has to be said where it stands alone.

    In: the sentence that tells the release.
    """
    inner = drawn(picture, chart, WIDE_PX - 2 * _PADDING_PX, "whole")
    sheet = Drawing(inner.name, chart.finding, WIDE_PX)
    y: float = _PADDING_PX + _TITLE_PX
    sheet.text(_PADDING_PX, y, picture.title, size_px=_TITLE_PX, is_bold=True)
    y = _paragraph(sheet, y + 8, chart.finding, Tone.INK)
    sheet.place(inner, y + 12, _PADDING_PX)
    y = _paragraph(sheet, y + 12 + inner.height + 8, picture.key, Tone.QUIET)
    y = _paragraph(sheet, y, picture.caveat, Tone.QUIET)
    y = _paragraph(sheet, y, source, Tone.QUIET)
    sheet.height = y + _PADDING_PX
    return sheet.svg() + "\n"


def _paragraph(sheet: Drawing, y: float, words: str, tone: Tone) -> float:
    """Write a paragraph, and return where the next may begin."""
    for line in textwrap.wrap(words, 135):
        y += _LINE_PX
        sheet.text(_PADDING_PX, y, line, tone=tone)
    return y + 4


def as_png(svg: str) -> bytes:
    """Return a drawing as PNG, half as large again for fine screens.

    Guarantee: the fonts are our own, so that the bytes do not depend on those of the machine.
    """
    folder = files("api") / "analysis" / "fonts"
    with as_file(folder / _FONTS[0]) as regular, as_file(folder / _FONTS[1]) as bold:
        return resvg_py.svg_to_bytes(
            svg_string=svg,
            background=COLOURS[Tone.PAPER],
            zoom=_ZOOM,
            skip_system_fonts=True,
            font_files=[str(regular), str(bold)],
            font_family=FONT_FAMILY.partition(",")[0],
            sans_serif_family=FONT_FAMILY.partition(",")[0],
        )
